//! What a declaration needs of IAM, one action on one resource at a time.

/// The key of a condition on partition keys; see [`Limits::leading`].
pub(super) const LEADING_KEYS: &str = "dynamodb:LeadingKeys";
pub(super) const ATTRIBUTES: &str = "dynamodb:Attributes";
pub(super) const SELECT: &str = "dynamodb:Select";
pub(super) const RETURN_VALUES: &str = "dynamodb:ReturnValues";
pub(super) const ENCLOSING: &str = "dynamodb:EnclosingOperation";
pub(super) const FULL_TABLE_SCAN: &str = "dynamodb:FullTableScan";

/// An action on a resource, within limits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Grant {
    /// Without `dynamodb:`.
    pub(super) action: &'static str,
    /// An ARN, or `*` for what is on no resource.
    pub(super) resource: String,
    pub(super) limits: Limits,
}

/// What conditions say of the requests that are granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Limits {
    /// What the partition keys are like. There is one, or the request is not granted.
    pub(super) leading: Option<Leading>,
    /// The attributes that may be named, in order.
    pub(super) attributes: Option<Vec<String>>,
    /// Whether attributes have to be named: a reading that names none reads all.
    pub(super) names_attributes: bool,
    pub(super) select: Option<Vec<&'static str>>,
    pub(super) return_values: Option<Vec<&'static str>>,
    pub(super) enclosing: Enclosing,
    /// Whether a statement may read the whole table.
    pub(super) no_full_table_scan: bool,
}

/// A partition key as it stands in a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Leading {
    pub(super) text: String,
    /// Whether it has a wildcard.
    pub(super) is_pattern: bool,
}

/// The transaction that an action may be part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Enclosing {
    #[default]
    Any,
    Only(&'static str),
    Not(&'static str),
}

impl Enclosing {
    /// By where an action is declared; `None` where it is nowhere.
    pub(super) const fn of(alone: bool, inside: bool, transaction: &'static str) -> Option<Self> {
        match (alone, inside) {
            (true, true) => Some(Self::Any),
            (true, false) => Some(Self::Not(transaction)),
            (false, true) => Some(Self::Only(transaction)),
            (false, false) => None,
        }
    }
}

impl Limits {
    /// The conditions that say them: operator, key and values, in the order in which they are written.
    pub(super) fn conditions(&self) -> Vec<(&'static str, &'static str, Vec<String>)> {
        let owned = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
        let mut conditions = Vec::new();
        if self.no_full_table_scan {
            conditions.push(("BoolIfExists", FULL_TABLE_SCAN, owned(&["false"])));
        }
        if let Some(names) = &self.attributes {
            conditions.push(("ForAllValues:StringEquals", ATTRIBUTES, names.clone()));
        }
        if let Some(leading) = &self.leading {
            let operator = if leading.is_pattern {
                "ForAllValues:StringLike"
            } else {
                "ForAllValues:StringEquals"
            };
            conditions.push((operator, LEADING_KEYS, vec![leading.text.clone()]));
        }
        // ForAllValues holds where the key is absent.
        if self.names_attributes {
            conditions.push(("Null", ATTRIBUTES, owned(&["false"])));
        }
        if self.leading.is_some() {
            conditions.push(("Null", LEADING_KEYS, owned(&["false"])));
        }
        match self.enclosing {
            Enclosing::Any => {}
            Enclosing::Only(operation) => {
                conditions.push(("StringEquals", ENCLOSING, owned(&[operation])));
            }
            Enclosing::Not(operation) => {
                conditions.push(("StringNotEquals", ENCLOSING, owned(&[operation])));
            }
        }
        for (key, values) in [(SELECT, &self.select), (RETURN_VALUES, &self.return_values)] {
            if let Some(values) = values {
                conditions.push(("StringEqualsIfExists", key, owned(values)));
            }
        }
        conditions
    }
}
