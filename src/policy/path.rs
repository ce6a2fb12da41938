//! Patterns of routes, as axum writes them: `/orders/{id}`, `/files/{*path}`, `/literal/{{x}}`.

/// The names of the parameters of a pattern, or what is wrong with it.
pub(super) fn parameters(pattern: &str) -> Result<Vec<&str>, String> {
    if !pattern.starts_with('/') {
        return Err("the path does not begin with '/'".into());
    }
    let mut names: Vec<&str> = Vec::new();
    let mut rest = pattern;
    while let Some(place) = rest.find(['{', '}']) {
        let (brace, behind) = rest[place..].split_at(1);
        if let Some(literal) = behind.strip_prefix(brace) {
            rest = literal;
            continue;
        }
        let end = behind.find('}').filter(|_| brace == "{");
        let Some(end) = end else {
            return Err(format!(
                "a {brace:?} has no counterpart; a literal one is written twice"
            ));
        };
        let name = behind[..end].strip_prefix('*').unwrap_or(&behind[..end]);
        if name.is_empty() || name.contains(['{', '/', '*']) {
            return Err("a parameter has no proper name".into());
        }
        if names.contains(&name) {
            return Err(format!("the parameter {name:?} stands twice"));
        }
        names.push(name);
        rest = &behind[end + 1..];
    }
    if pattern
        .split('/')
        .any(|segment| segment.starts_with(':') || segment.starts_with('*'))
    {
        return Err("':name' and '*name' are the old syntax: write '{name}' and '{*name}'".into());
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn names_of_parameters() {
        assert_eq!(parameters("/"), Ok(vec![]));
        assert_eq!(
            parameters("/orders/{id}/lines/{line}"),
            Ok(vec!["id", "line"])
        );
        assert_eq!(parameters("/files/{*path}"), Ok(vec!["path"]));
        assert_eq!(parameters("/{{literal}}/{id}.json"), Ok(vec!["id"]));
        for pattern in [
            "", "orders", "/{", "/{}", "/{*}", "/}", "/{a}/{a}", "/:id", "/*rest", "/{a/b}",
        ] {
            assert!(parameters(pattern).is_err(), "{pattern}");
        }
    }
}
