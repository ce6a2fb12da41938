//! Patterns of routes, as axum writes them: `/orders/{id}`, `/files/{*path}`, `/literal/{{x}}`.

/// The names of the parameters of a pattern, or what is wrong with it.
pub(super) fn parameters(pattern: &str) -> Result<Vec<&str>, String> {
    if !pattern.starts_with('/') {
        return Err("the path does not begin with '/'".into());
    }
    if pattern.contains(|character: char| {
        matches!(character, '?' | '#') || character.is_whitespace() || character.is_control()
    }) {
        return Err(
            "a path has no '?', no '#' and no spaces: a query is declared by .query(..)".into(),
        );
    }
    let mut names: Vec<&str> = Vec::new();
    for piece in pieces(pattern) {
        let Piece::Parameter(name) = piece? else {
            continue;
        };
        if name.is_empty() || name.contains(['{', '/', '*', ':']) {
            return Err("a parameter has no proper name".into());
        }
        if names.contains(&name) {
            return Err(format!("the parameter {name:?} stands twice"));
        }
        names.push(name);
    }
    for segment in pattern.split('/') {
        if segment.starts_with([':', '*']) {
            return Err(
                "':name' and '*name' are the old syntax: write '{name}' and '{*name}'".into(),
            );
        }
        if segment.contains("}{") && !segment.contains("}}") {
            return Err(
                "two parameters stand in one segment: nothing says where the first one ends".into(),
            );
        }
    }
    match pattern.find("{*") {
        Some(rest) if pattern[rest..].contains('/') => {
            Err("'{*name}' takes the rest of the path: nothing can stand behind it".into())
        }
        _ => Ok(names),
    }
}

/// A path that a well-formed pattern matches, with this in place of each parameter.
pub(super) fn sample(pattern: &str, value: &str) -> String {
    let text = |piece| match piece {
        Ok(Piece::Literal(text)) => text,
        Ok(Piece::Parameter(_)) => value,
        Err(_) => "",
    };
    pieces(pattern).map(text).collect()
}

enum Piece<'a> {
    Literal(&'a str),
    /// The name, without the star that takes the rest of the path.
    Parameter(&'a str),
}

/// The pieces of a pattern in their order, up to the first that is none.
fn pieces(pattern: &str) -> impl Iterator<Item = Result<Piece<'_>, String>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        let brace = rest.find(['{', '}']);
        let (literal, from) = rest.split_at(brace.unwrap_or(rest.len()));
        if !literal.is_empty() {
            rest = from;
            return Some(Ok(Piece::Literal(literal)));
        }
        if from.is_empty() {
            return None;
        }
        let (brace, behind) = from.split_at(1);
        if behind.starts_with(brace) {
            rest = &behind[1..];
            return Some(Ok(Piece::Literal(brace)));
        }
        let Some(end) = behind.find('}').filter(|_| brace == "{") else {
            rest = "";
            return Some(Err(format!(
                "a {brace:?} has no counterpart; a literal one is written twice"
            )));
        };
        rest = &behind[end + 1..];
        let name = &behind[..end];
        Some(Ok(Piece::Parameter(name.strip_prefix('*').unwrap_or(name))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "",
            "orders",
            "/{",
            "/{}",
            "/{*}",
            "/}",
            "/{a}/{a}",
            "/:id",
            "/*rest",
            "/{a/b}",
            "/a?b=1",
            "/a b",
            "/a#b",
            "/{*rest}/b",
            "/{a}{b}",
            "/{id:[0-9]+}",
        ] {
            assert!(parameters(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn samples_are_paths() {
        assert_eq!(sample("/", "x"), "/");
        assert_eq!(sample("/{{a}}/{id}.json", "x"), "/{a}/x.json");
        assert_eq!(sample("/files/{*path}", "x"), "/files/x");
    }
}
