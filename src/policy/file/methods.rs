//! Names of routes: a method, a space, a pattern.

use http::Method;

use crate::schema::nearest;

/// The methods of the registry (RFC 9110 §16.1), without `PRI`, which no client sends.
pub(super) const METHODS: &[&str] = &[
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "OPTIONS",
    "ORDERPATCH",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "TRACE",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

/// The method and the pattern of a route.
///
/// # Errors
///
/// What is wrong with the name.
pub(super) fn split(name: &str) -> Result<(Method, &str), String> {
    let shape = "a route is named by a method, one space and a path, such as \"GET /orders/{id}\"";
    let (method, pattern) = name.split_once(' ').ok_or(shape)?;
    if method.is_empty() || !pattern.starts_with('/') {
        return Err(shape.into());
    }
    let upper = method.to_ascii_uppercase();
    let known = METHODS.contains(&method);
    match Method::from_bytes(method.as_bytes()) {
        Ok(method) if known => Ok((method, pattern)),
        _ => {
            let near = nearest(&upper, METHODS.iter().copied());
            let near = near.map(|near| format!(": did you mean {near}?"));
            let near = near.unwrap_or_default();
            Err(format!("the method is none that is registered{near}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_has_one_spelling() {
        assert_eq!(split("GET /a"), Ok((Method::GET, "/a")));
        assert_eq!(split("GET /"), Ok((Method::GET, "/")));
        for name in [
            "",
            " ",
            "GET",
            "/a",
            "GET a",
            " /a",
            "GET  /a",
            "get /a",
            "Get /a",
            "GTE /a",
            "GET\t/a",
            "G\u{c9}T /a",
            "GET,POST /a",
            "* /a",
        ] {
            assert!(split(name).is_err(), "{name}");
        }
        let told = split("PSOT /a").expect_err("it is none");
        assert!(told.ends_with("did you mean POST?"), "{told}");
        assert_eq!(
            split("post /a").expect_err("it is none"),
            "the method is none that is registered: did you mean POST?"
        );
    }
}
