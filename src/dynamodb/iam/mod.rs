//! The declaration as an IAM policy: written from it, and held against it.
//!
//! What IAM knows of a request it gets from condition keys, which say less than a declaration does.
//! [`TablePolicy::to_iam_policy`] writes what they can say and lets the rest pass, so that AWS denies
//! nothing that the guard allows. It cannot say:
//!
//! * paths below the attributes of an item, and values; attributes that are read apart from those that are
//!   written, of one request: a write may name what is read or written;
//! * `Limit`, segments, consistent reads, the shapes of expressions, legacy members, and
//!   `ReturnValuesOnConditionCheckFailure`, for which there are no condition keys;
//! * the text of a statement, and what it returns: only what it does, on which table or index, by which
//!   partition key;
//! * which of `PutItem` and `DeleteItem` stands in a `BatchWriteItem`, which is an action of its own;
//! * partition keys that indexes have of their own, where an item is written: leading keys are those of
//!   what is asked;
//! * the type of a partition key. Leading keys are text: the digits of a number, the base64 of bytes.
//!   And it does not know of a principal that the guard denies: one that holds the separator of its key or
//!   ends in the beginning of it, or is a number in another spelling.
//!
//! It counts the attributes of primary keys: see [`IamScope::key_attributes`].
//!
//! A policy that is attached to an identity has at most 6,144 characters without spaces; that of many
//! tables has to be divided.

mod actions;
mod beyond;
mod check;
mod conditions;
mod document;
mod finding;
mod grant;
mod pattern;
mod scope;
mod write;

use super::TablePolicy;
use crate::ConfigError;
pub use finding::{IamFinding, IamFindingKind};
pub use scope::IamScope;
pub use write::IamPolicy;

impl TablePolicy {
    /// Writes the IAM policy of least privilege that lets everything pass that is declared.
    ///
    /// ```
    /// use tower_harden::dynamodb::{IamScope, Operation, TablePolicy};
    ///
    /// let policy = TablePolicy::new()
    ///     .table("Orders", |table| {
    ///         table.allow([Operation::GetItem]).partition_key("tenant").read(["id", "sku"])
    ///     })?;
    /// let document = policy.to_iam_policy(&IamScope::new("111122223333", "eu-west-1")?)?;
    /// assert_eq!(document.to_string(), r#"{
    ///   "Version": "2012-10-17",
    ///   "Statement": [
    ///     {
    ///       "Sid": "OrdersGet",
    ///       "Effect": "Allow",
    ///       "Action": [
    ///         "dynamodb:GetItem"
    ///       ],
    ///       "Resource": [
    ///         "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders"
    ///       ],
    ///       "Condition": {
    ///         "ForAllValues:StringEquals": {
    ///           "dynamodb:Attributes": [
    ///             "id",
    ///             "sku",
    ///             "tenant"
    ///           ],
    ///           "dynamodb:LeadingKeys": "${aws:PrincipalTag/tenant}"
    ///         },
    ///         "Null": {
    ///           "dynamodb:Attributes": "false",
    ///           "dynamodb:LeadingKeys": "false"
    ///         },
    ///         "StringEqualsIfExists": {
    ///           "dynamodb:Select": "SPECIFIC_ATTRIBUTES"
    ///         },
    ///         "StringNotEquals": {
    ///           "dynamodb:EnclosingOperation": "TransactGetItems"
    ///         }
    ///       }
    ///     }
    ///   ]
    /// }"#);
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # What it cannot say
    ///
    /// Paths below attributes, limits and the shapes of expressions, which attributes are only read, the
    /// text of statements, what a `BatchWriteItem` encloses: the guard holds these alone. A number is
    /// compared by its digits and bytes by their base64.
    ///
    /// # Errors
    ///
    /// Where the scope has a principal that is none or keys of a table that is not declared; and where IAM
    /// has no words for what is declared: `SearchVectors`, or a binary partition key with text before or
    /// behind the principal.
    pub fn to_iam_policy(&self, scope: &IamScope) -> Result<IamPolicy, ConfigError> {
        Ok(IamPolicy::of(&actions::grants(self, scope)?))
    }

    /// Tells what an IAM policy grants beyond the declaration, and what the declaration needs and the
    /// policy does not grant.
    ///
    /// What is in doubt is told: an Allow that grants a part only, a Deny that may be about what is
    /// declared, a condition that is not understood. A Deny is credited where it surely is about what
    /// an Allow grants, and has no condition, or one whose contrary is a limit. Statements about other
    /// services are passed over. It tells of 1,000 findings at the most.
    ///
    /// ```
    /// use tower_harden::dynamodb::{IamFindingKind, IamScope, Operation, TablePolicy};
    ///
    /// let policy = TablePolicy::new()
    ///     .table("Orders", |table| table.allow([Operation::DescribeTable]))?;
    /// let document = r#"{ "Version": "2012-10-17", "Statement": {
    ///     "Sid": "Tables", "Effect": "Allow", "Action": "dynamodb:DescribeTable", "Resource": "*" } }"#;
    ///
    /// let findings = policy.check_iam_policy(document, &IamScope::new("111122223333", "eu-west-1")?)?;
    /// assert_eq!(findings[0].kind(), IamFindingKind::Resource);
    /// assert_eq!(
    ///     findings[0].to_string(),
    ///     "statement Tables: dynamodb:DescribeTable on *: is wider than the declared tables and \
    ///      indexes: name each by its ARN",
    /// );
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the document is no IAM policy of an identity, with the line; and as
    /// [`to_iam_policy`](Self::to_iam_policy) does.
    pub fn check_iam_policy(
        &self,
        document: &str,
        scope: &IamScope,
    ) -> Result<Vec<IamFinding>, ConfigError> {
        let grants = actions::grants(self, scope)?;
        Ok(check::check(&document::Document::read(document)?, &grants))
    }
}
