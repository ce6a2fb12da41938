//! Texts of IAM with wildcards and policy variables in them.

/// Whether a text has a `*` or `?` outside of policy variables.
pub(super) fn has_wildcards(text: &str) -> bool {
    let mut rest = text;
    while let Some(place) = rest.find(['*', '?', '$']) {
        rest = &rest[place..];
        if !rest.starts_with("${") {
            if !rest.starts_with('$') {
                return true;
            }
            rest = &rest[1..];
            continue;
        }
        match rest.find('}') {
            Some(end) => rest = &rest[end + 1..],
            None => return rest.contains(['*', '?']),
        }
    }
    false
}

/// Whether a pattern stands for all that another text or pattern does: `*` for any text and `?` for one
/// character. Where the other one has a wildcard, only one that is as wide stands for it; what a policy
/// variable stands for is not known.
pub(super) fn covers(pattern: &str, other: &str) -> bool {
    if pattern.contains("${") {
        return pattern == other;
    }
    let (pattern, other) = (pattern.as_bytes(), other.as_bytes());
    let (mut at, mut place) = (0, 0);
    // Where to go on when a text of one more byte is tried for the last `*`.
    let mut again = None;
    while place < other.len() {
        let same = match (pattern.get(at), other[place]) {
            (Some(b'*'), _) => {
                again = Some((at, place));
                at += 1;
                continue;
            }
            (Some(b'?'), byte) => byte != b'*',
            (Some(known), byte) => *known == byte && byte != b'*' && byte != b'?',
            (None, _) => false,
        };
        if same {
            at += 1;
            place += 1;
        } else if let Some((star, from)) = again {
            again = Some((star, from + 1));
            at = star + 1;
            place = from + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// The same for names of actions, which have no case.
pub(super) fn covers_action(pattern: &str, other: &str) -> bool {
    covers(&pattern.to_ascii_lowercase(), &other.to_ascii_lowercase())
}

/// A pattern that stands for whatever its policy variables may be.
pub(super) fn with_variables_open(text: &str) -> String {
    let mut open = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, variable)) = rest.split_once("${") {
        open.push_str(before);
        open.push('*');
        rest = variable.split_once('}').map_or("", |(_, after)| after);
    }
    open + rest
}

/// A text as it stands in a condition that knows no wildcards.
pub(super) fn literal(text: &str) -> String {
    text.replace("${", "${$}{")
}

/// A text as it stands in a condition that knows wildcards.
pub(super) fn literal_in_pattern(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '*' | '?' | '$' => literal.extend(['$', '{', character, '}']),
            _ => literal.push(character),
        }
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_what_is_narrower() {
        for (pattern, other) in [
            ("*", ""),
            ("*", "a*"),
            ("a*", "a*"),
            ("a*", "ab?"),
            ("a?", "ab"),
            ("a?", "a?"),
            ("*b*d", "abcbcd"),
            ("a**", "a"),
            ("${a}*", "${a}*"),
        ] {
            assert!(covers(pattern, other), "{pattern} {other}");
        }
        for (pattern, other) in [
            ("a", "*"),
            ("a", "?"),
            ("?", "*"),
            ("a?", "a"),
            ("a*c", "a*"),
            ("a*c", "abcb"),
            ("", "a"),
            ("A", "a"),
            ("${*}", "${a}"),
            ("${a}*", "${a}b"),
        ] {
            assert!(!covers(pattern, other), "{pattern} {other}");
        }
        assert!(covers_action("DynamoDB:get*", "dynamodb:GetItem"));
    }

    #[test]
    fn variables_have_no_wildcards() {
        for text in [
            "",
            "a",
            "${aws:PrincipalTag/tenant}",
            "${*}${?}",
            "$a",
            "a$",
        ] {
            assert!(!has_wildcards(text), "{text}");
        }
        for text in ["*", "a?", "${a}*", "${a*", "$*"] {
            assert!(has_wildcards(text), "{text}");
        }
        assert_eq!(literal("a${b}*"), "a${$}{b}*");
        assert_eq!(literal_in_pattern("a*?$"), "a${*}${?}${$}");
    }
}
