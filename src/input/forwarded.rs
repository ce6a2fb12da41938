//! Headers that list hosts, line by line.

use std::borrow::Cow;

/// The hosts of one line of `X-Forwarded-Host`, which proxies add theirs to. Empty ones are none (RFC 9110
/// §5.6.1.2).
pub(crate) fn listed_hosts(line: &str) -> impl Iterator<Item = &str> {
    line.split(',')
        .map(|host| host.trim_matches(WHITE_SPACE))
        .filter(|host| !host.is_empty())
}

/// The values of `host` in one line of `Forwarded`, unescaped, or `None` where the line is not of the
/// grammar (RFC 7239 §4) or an element has two of them. White space may stand around its commas and
/// semicolons, as most proxies write it.
pub(crate) fn forwarded_hosts(line: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut hosts = Vec::new();
    let mut in_element = false;
    let mut rest = line.trim_start_matches(WHITE_SPACE);
    while let Some(first) = rest.chars().next() {
        if !matches!(first, ',' | ';') {
            let (name, behind) = token(rest)?;
            let (value, behind) = value(behind.strip_prefix('=')?)?;
            if name.eq_ignore_ascii_case("host") {
                if in_element {
                    return None;
                }
                in_element = true;
                hosts.push(value);
            }
            rest = behind.trim_start_matches(WHITE_SPACE);
        }
        match rest.chars().next() {
            Some(',') => in_element = false,
            Some(';') => {}
            Some(_) => return None,
            None => break,
        }
        rest = rest[1..].trim_start_matches(WHITE_SPACE);
    }
    Some(hosts)
}

const WHITE_SPACE: [char; 2] = [' ', '\t'];

/// A token and what stands behind it (RFC 9110 §5.6.2).
fn token(text: &str) -> Option<(&str, &str)> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let end = text.bytes().position(|byte| !is_token(byte));
    let (token, behind) = text.split_at(end.unwrap_or(text.len()));
    (!token.is_empty()).then_some((token, behind))
}

/// A token or quoted string, unescaped, and what stands behind it (RFC 9110 §5.6.4).
fn value(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (token, behind) = token(text)?;
        return Some((Cow::Borrowed(token), behind));
    };
    let mut unescaped = String::new();
    let mut rest = quoted;
    loop {
        let (plain, behind) = rest.split_at(rest.find(['"', '\\'])?);
        if let Some(behind) = behind.strip_prefix('"') {
            let value = if unescaped.is_empty() {
                Cow::Borrowed(plain)
            } else {
                Cow::Owned(unescaped + plain)
            };
            return Some((value, behind));
        }
        let escaped = behind[1..].chars().next()?;
        unescaped.push_str(plain);
        unescaped.push(escaped);
        rest = &behind[1 + escaped.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_every_element_are_read() {
        for (line, hosts) in [
            ("", &[][..]),
            ("for=192.0.2.60;proto=http;by=203.0.113.43", &[]),
            (
                "for=_hidden, HOST=a.example;proto=https, host=b.example",
                &["a.example", "b.example"],
            ),
            (r#"host="a.example:80""#, &["a.example:80"]),
            (r#"host="\a.ex\"am\\ple""#, &[r#"a.ex"am\ple"#]),
            (r#"for="host=x,;";host=a"#, &["a"]),
            ("host=\"\" ; for=a ,\t, ;;host=b;", &["", "b"]),
            (" host=a ", &["a"]),
        ] {
            let read = forwarded_hosts(line).expect("the grammar");
            assert_eq!(read, hosts, "{line}");
        }
    }

    #[test]
    fn what_is_not_of_the_grammar_is_not_read() {
        for line in [
            "host",
            "host=",
            "=a",
            "host =a",
            "host= a",
            "host=a:80",
            "host=[::1]",
            "host=\"a",
            "host=\"a\\",
            "host=\"a\"b",
            "host=a b=c",
            "host=a;host=a",
            "host=a;for=b;Host=c",
            "host=a,host=b,c",
        ] {
            assert_eq!(forwarded_hosts(line), None, "{line}");
        }
    }

    #[test]
    fn lists_have_their_hosts() {
        let hosts = |line| listed_hosts(line).collect::<Vec<_>>();
        assert_eq!(hosts("a, b:80\t,,c "), ["a", "b:80", "c"]);
        assert_eq!(hosts(" , "), [""; 0]);
    }
}
