use std::collections::BTreeMap;

use super::pattern;
use crate::{ConfigError, error::Problems};

/// Where an IAM policy holds: an account, a region, and what IAM knows the principal by.
///
/// ```
/// use tower_harden::dynamodb::IamScope;
///
/// let scope = IamScope::new("111122223333", "eu-west-1")?
///     .principal("${aws:PrincipalTag/tenant}") // which is the default
///     .key_attributes("Orders", ["id"]);
/// assert!(IamScope::new("1111-2222-3333", "Ireland").is_err());
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct IamScope {
    account: String,
    region: String,
    principal: String,
    keys: BTreeMap<String, Vec<String>>,
}

impl IamScope {
    /// What stands for the principal where nothing else is said: the tag `tenant` of the session or role
    /// that calls. A call without it matches no leading key.
    pub const PRINCIPAL: &'static str = "${aws:PrincipalTag/tenant}";

    /// An account by its 12 digits, and a region such as `eu-west-1`. The region says in which partition
    /// of AWS the tables are: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` and those that are isolated.
    ///
    /// # Errors
    ///
    /// Where one of them is none.
    pub fn new(account: &str, region: &str) -> Result<Self, ConfigError> {
        let mut problems = Problems::default();
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.add(format!("account {account:?}"), "is not 12 digits");
        }
        if !is_region(region) {
            let problem = "is not the name of a region, such as eu-west-1";
            problems.add(format!("region {region:?}"), problem);
        }
        problems.into_result()?;
        Ok(Self {
            account: account.to_owned(),
            region: region.to_owned(),
            principal: Self::PRINCIPAL.to_owned(),
            keys: BTreeMap::new(),
        })
    }

    /// What stands for the principal of bound partition keys, as it stands in an IAM policy: another
    /// policy variable, or the identifier itself where a role is that of one tenant. For a binary key it
    /// is base64.
    pub fn principal(mut self, variable: impl Into<String>) -> Self {
        self.principal = variable.into();
        self
    }

    /// The attributes of the primary key of a table, and those of its indexes.
    ///
    /// IAM counts them among the attributes of a request. A declaration knows the bound partition keys and
    /// what is read and written: a key that is none of these has to be told, or AWS denies what the
    /// guard lets through.
    pub fn key_attributes<N: Into<String>>(
        mut self,
        table: impl Into<String>,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        let known = self.keys.entry(table.into()).or_default();
        known.extend(names.into_iter().map(Into::into));
        self
    }

    pub(super) fn principal_text(&self) -> &str {
        &self.principal
    }

    pub(super) fn keys_of(&self, table: &str) -> &[String] {
        self.keys.get(table).map_or(&[], Vec::as_slice)
    }

    /// The ARN of what has a region, such as `table/Orders`.
    pub(super) fn arn(&self, resource: &str) -> String {
        self.arn_in(&self.region, resource)
    }

    /// The ARN of a global table, which is in every region.
    pub(super) fn global_arn(&self, table: &str) -> String {
        self.arn_in("", &format!("global-table/{table}"))
    }

    fn arn_in(&self, region: &str, resource: &str) -> String {
        let partition = partition(&self.region);
        let account = &self.account;
        format!("arn:{partition}:dynamodb:{region}:{account}:{resource}")
    }

    /// What is wrong with what was said after the beginning.
    pub(super) fn check(&self, is_table: impl Fn(&str) -> bool, problems: &mut Problems) {
        let place = format!("principal {:?}", self.principal);
        if self.principal.is_empty() {
            problems.add(place, "is empty: every key without text would be its own");
        } else if pattern::has_wildcards(&self.principal) {
            problems.add(place, "has a wildcard: it would be every principal");
        }
        for table in self.keys.keys().filter(|table| !is_table(table)) {
            problems.add(format!("key attributes of {table:?}"), "is not declared");
        }
    }
}

/// Words of letters with hyphens between, and a number at the end.
fn is_region(region: &str) -> bool {
    let Some((words, number)) = region.rsplit_once('-') else {
        return false;
    };
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.contains('-')
        && words.split('-').all(is_word)
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Source: *AWS Fault Isolation Boundaries*, "Partitions", and the endpoint rules of the SDK.
fn partition(region: &str) -> &'static str {
    const PARTITIONS: &[(&str, &str)] = &[
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    PARTITIONS
        .iter()
        .find(|(prefix, _)| region.starts_with(prefix))
        .map_or("aws", |(_, partition)| partition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_in_their_partitions() {
        for (region, expected) in [
            ("eu-west-1", "aws"),
            ("ap-southeast-12", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            assert!(is_region(region), "{region}");
            assert_eq!(partition(region), expected, "{region}");
        }
        for region in [
            "",
            "*",
            "eu",
            "eu-1",
            "eu-west",
            "eu-west-1a",
            "EU-west-1",
            "eu--1",
            "eu-west-1-",
            "eu-west-123",
        ] {
            assert!(!is_region(region), "{region}");
        }
    }
}
