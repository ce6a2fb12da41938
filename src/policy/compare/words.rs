//! The words of a name, however it is written.

/// Whether a name has a word that says that its value is a URL or a host: `callbackUrl`, `redirect_to`,
/// `X-Proxy-Host`.
pub(super) fn names_location(name: &str) -> bool {
    words(name).any(|word| {
        let word = word.to_ascii_lowercase();
        let singular = word.strip_suffix('s').unwrap_or(&word);
        LOCATIONS.contains(&word.as_str()) || LOCATIONS.contains(&singular)
    })
}

const LOCATIONS: &[&str] = &[
    "callback", "domain", "endpoint", "host", "hostname", "href", "link", "origin", "proxy",
    "redirect", "referer", "referrer", "server", "target", "upstream", "uri", "url", "webhook",
];

/// The words of a name in snake, kebab and camel case. An abbreviation in capitals is one word.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|character: char| !character.is_ascii_alphabetic())
        .flat_map(humps)
}

fn humps(mut rest: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        let lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let ends = |at: &usize| {
            // `imageUrl` before the `U`, `URLPath` before the `P`, `URLs` nowhere.
            let plural = bytes.get(at + 1) == Some(&b's') && !lower(at + 2);
            upper(*at) && (lower(at - 1) || (lower(at + 1) && !plural))
        };
        let end = (1..bytes.len()).find(ends).unwrap_or(bytes.len());
        let (word, behind) = rest.split_at(end);
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        for (name, expected) in [
            ("", &[][..]),
            ("url", &["url"]),
            ("callback_url", &["callback", "url"]),
            ("x-proxy-host", &["x", "proxy", "host"]),
            ("imageUrl", &["image", "Url"]),
            ("URLPath", &["URL", "Path"]),
            ("theURL2", &["the", "URL"]),
            ("imageURLs", &["image", "URLs"]),
            ("A", &["A"]),
        ] {
            assert_eq!(words(name).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn words_name_locations_as_a_whole() {
        for name in [
            "url",
            "URLs",
            "callbackUrl",
            "redirect_to",
            "X-Webhook",
            "dbHost2",
        ] {
            assert!(names_location(name), "{name}");
        }
        for name in [
            "curl",
            "hosted_at",
            "targeted",
            "purlin",
            "linkage",
            "name",
            "",
        ] {
            assert!(!names_location(name), "{name}");
        }
    }
}
