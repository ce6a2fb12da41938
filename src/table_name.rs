//! The name of a DynamoDB table.

use std::{borrow::Borrow, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, de::Error};

use crate::ConfigError;

/// The bare name of a DynamoDB table: 3 to 255 characters of `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`.
///
/// An ARN is not a table name. DynamoDB takes one in its place, and with it the account and the host
/// that a request goes to. Source: *Amazon DynamoDB Developer Guide*, "Supported data types and
/// naming rules".
///
/// ```
/// use tower_harden::TableName;
///
/// assert_eq!(TableName::try_from("Orders")?.as_str(), "Orders");
/// assert!(TableName::try_from("arn:aws:dynamodb:eu-west-1:111122223333:table/Orders").is_err());
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableName(Arc<str>);

impl TableName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `name` is a bare table name. Index names follow the same rule.
    pub(crate) fn is_valid(name: &[u8]) -> bool {
        (3..=255).contains(&name.len())
            && name.iter().all(
                |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.'),
            )
    }
}

impl TryFrom<&str> for TableName {
    type Error = ConfigError;

    fn try_from(name: &str) -> Result<Self, Self::Error> {
        if Self::is_valid(name.as_bytes()) {
            return Ok(Self(name.into()));
        }
        Err(ConfigError::one(
            format!("table {name:?}"),
            "is not a bare table name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'",
        ))
    }
}

/// What is no bare table name is an error that does not repeat it.
impl<'de> Deserialize<'de> for TableName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::try_from(name.as_str()).map_err(|_| D::Error::custom("is no bare table name"))
    }
}

impl AsRef<str> for TableName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for TableName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
