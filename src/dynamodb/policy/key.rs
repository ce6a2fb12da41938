use base64::{Engine, engine::general_purpose::STANDARD};

use crate::dynamodb::{AccessDeniedKind, Principal};

/// A partition key whose value is bound to the [`Principal`] of a call.
///
/// By itself it is a string that equals the principal:
///
/// ```
/// use tower_harden::dynamodb::PartitionKey;
///
/// PartitionKey::new("tenant");                              // tenant-7
/// PartitionKey::new("pk").after("TENANT#");                 // TENANT#tenant-7
/// PartitionKey::new("pk").after("TENANT#").followed_by("#"); // TENANT#tenant-7#2026, and whatever follows
/// PartitionKey::new("account").number();                    // 42
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct PartitionKey {
    pub(super) name: Box<str>,
    pub(in crate::dynamodb) kind: KeyKind,
    /// What stands before the principal.
    pub(in crate::dynamodb) prefix: Box<str>,
    /// What stands behind it, with anything behind that.
    pub(in crate::dynamodb) separator: Option<Box<str>>,
}

/// The type of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dynamodb) enum KeyKind {
    String,
    Number,
    Binary,
}

impl PartitionKey {
    /// A key of this name, which is a string and equals the principal.
    pub fn new(name: impl Into<Box<str>>) -> Self {
        Self {
            name: name.into(),
            kind: KeyKind::String,
            prefix: Box::default(),
            separator: None,
        }
    }

    /// It is a number. The principal has the digits as they are sent: another spelling of the same
    /// number is denied, and so is a principal that is one, such as `042` or `4.20`, since its items would
    /// be those of another.
    pub fn number(mut self) -> Self {
        self.kind = KeyKind::Number;
        self
    }

    /// It is binary, and its bytes are those of the principal.
    pub fn binary(mut self) -> Self {
        self.kind = KeyKind::Binary;
        self
    }

    /// This text stands before the principal.
    pub fn after(mut self, prefix: impl Into<Box<str>>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// This text stands behind the principal, and anything may follow. It marks where a principal ends:
    /// one that holds it, or ends in a part of it so that it begins twice, is denied, since its keys would
    /// look like those of another.
    pub fn followed_by(mut self, separator: impl Into<Box<str>>) -> Self {
        self.separator = Some(separator.into());
        self
    }

    /// The name of the attribute.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a key of this type and text, as they stand in a request, is one of the principal.
    ///
    /// # Errors
    ///
    /// Where it is not, or the principal can have none.
    pub(in crate::dynamodb) fn check(
        &self,
        kind: KeyKind,
        text: &str,
        principal: Option<&Principal>,
    ) -> Result<(), AccessDeniedKind> {
        let principal = principal.ok_or(AccessDeniedKind::Principal)?.bytes();
        let separator = self.separator.as_deref().map(str::as_bytes);
        // Also where it goes on behind the principal: with `##`, keys of `a#` look like some of `a`.
        let ambiguous = |separator: &[u8]| {
            let mut starts = 0..principal.len();
            starts.any(|start| {
                let behind = principal[start..].iter().chain(separator);
                behind.take(separator.len()).eq(separator)
            })
        };
        let respelled = self.kind == KeyKind::Number && !is_plain_number(principal);
        if principal.is_empty() || respelled || separator.is_some_and(ambiguous) {
            return Err(AccessDeniedKind::Principal);
        }
        let decoded;
        let bytes = match (kind, self.kind) {
            (KeyKind::String, KeyKind::String) | (KeyKind::Number, KeyKind::Number) => {
                text.as_bytes()
            }
            (KeyKind::Binary, KeyKind::Binary) => {
                decoded = STANDARD.decode(text).map_err(|_| AccessDeniedKind::Key)?;
                &decoded
            }
            _ => return Err(AccessDeniedKind::Key),
        };
        let rest = bytes
            .strip_prefix(self.prefix.as_bytes())
            .and_then(|rest| rest.strip_prefix(principal));
        let fits = match (rest, separator) {
            (Some([]), None) => true,
            (Some(rest), Some(separator)) => rest.starts_with(separator),
            _ => false,
        };
        fits.then_some(()).ok_or(AccessDeniedKind::Key)
    }
}

/// Whether a number is spelled as no other spelling of it: no signs, zeros or powers that could be left out.
fn is_plain_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let mut parts = digits.splitn(2, |byte| *byte == b'.');
    let (whole, fraction) = (parts.next().unwrap_or_default(), parts.next());
    let are_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    are_digits(whole)
        && (whole == b"0" || !whole.starts_with(b"0"))
        && fraction.is_none_or(|fraction| are_digits(fraction) && !fraction.ends_with(b"0"))
        && text != b"-0"
}

impl<T: Into<Box<str>>> From<T> for PartitionKey {
    fn from(name: T) -> Self {
        Self::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(key: &PartitionKey, kind: KeyKind, text: &str, principal: &str) -> bool {
        key.check(kind, text, Some(&Principal::new(principal)))
            .is_ok()
    }

    #[test]
    fn equal_keys_are_equal() {
        let key = PartitionKey::new("pk");
        assert!(fits(&key, KeyKind::String, "a", "a"));
        for other in ["", "A", "ab", " a", "a ", "b"] {
            assert!(!fits(&key, KeyKind::String, other, "a"), "{other}");
        }
        assert!(!fits(&key, KeyKind::Number, "1", "1"));
        assert!(!fits(&key, KeyKind::String, "", ""));
    }

    #[test]
    fn a_principal_ends_where_its_separator_stands() {
        let key = PartitionKey::new("pk").after("T#").followed_by("#");
        for text in ["T#a#", "T#a#2026", "T#a##"] {
            assert!(fits(&key, KeyKind::String, text, "a"), "{text}");
        }
        for text in ["T#a", "T#ab#", "t#a#", "a#", "T#b#a#"] {
            assert!(!fits(&key, KeyKind::String, text, "a"), "{text}");
        }
        // T#a#b# would be a key of "a" as well.
        assert!(!fits(&key, KeyKind::String, "T#a#b#", "a#b"));
    }

    #[test]
    fn a_principal_does_not_begin_the_separator_behind_it() {
        let key = PartitionKey::new("pk").after("T").followed_by("::");
        assert!(fits(&key, KeyKind::String, "Ta:::x", "a"));
        assert!(!fits(&key, KeyKind::String, "Ta:::x", "a:"));
        assert!(fits(&key, KeyKind::String, "Ta:b::x", "a:b"));
        let key = PartitionKey::new("pk").followed_by("aba");
        assert!(!fits(&key, KeyKind::String, "xababa", "xab"));
        assert!(fits(&key, KeyKind::String, "xaaba", "xa"));
    }

    #[test]
    fn numbers_and_bytes_have_one_spelling() {
        let number = PartitionKey::new("pk").number();
        assert!(fits(&number, KeyKind::Number, "42", "42"));
        for text in ["42.0", "042", "4.2e1", "+42"] {
            assert!(!fits(&number, KeyKind::Number, text, "42"), "{text}");
        }
        for plain in ["0", "-7", "0.5", "-0.05", "10", "100.01"] {
            assert!(fits(&number, KeyKind::Number, plain, plain), "{plain}");
        }
        // Items of 42, of 0.5 and of 0, and what is no number.
        for respelled in [
            "042", "42.0", "42.", "+42", "4.2e1", ".5", "0.50", "-0", "-0.0", " 42", "-", "٤٢",
            "NaN",
        ] {
            assert!(
                !fits(&number, KeyKind::Number, respelled, respelled),
                "{respelled}"
            );
        }
        let binary = PartitionKey::new("pk").binary();
        assert!(fits(&binary, KeyKind::Binary, "AQI=", "\u{1}\u{2}"));
        for text in ["AQI", "AQJ=", "AQI=\n", "AQI=AQI=", "*"] {
            assert!(
                !fits(&binary, KeyKind::Binary, text, "\u{1}\u{2}"),
                "{text}"
            );
        }
    }
}
