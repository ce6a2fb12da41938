use std::fmt;

/// What is wrong with an IAM policy, next to a declaration.
///
/// It names what stands in the policy and in the declaration, both of which are of the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamFinding {
    pub(super) kind: IamFindingKind,
    pub(super) statement: Option<String>,
    pub(super) action: Option<String>,
    pub(super) resource: Option<String>,
    pub(super) problem: String,
}

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IamFindingKind {
    /// The version is not `2012-10-17`: policy variables are not replaced.
    Version,
    /// An action is granted that is not declared.
    Action,
    /// `Scan` is granted on a table whose partition key is bound. It has no leading keys.
    Scan,
    /// An action has a wildcard: it grants what AWS adds later as well.
    Wildcard,
    /// `NotAction` or `NotResource` grants all but what it names.
    Inverted,
    /// A resource is another one than the declared ones, or a wider one.
    Resource,
    /// Partition keys of other principals may be touched.
    LeadingKeys,
    /// Attributes may be touched that are not declared.
    Attributes,
    /// `Select` may ask for more than is declared.
    Select,
    /// `ReturnValues` may ask for more than is declared.
    ReturnValues,
    /// An action is granted in or out of transactions where it is not declared.
    Transaction,
    /// A `PartiQL` statement may read the whole table.
    FullTableScan,
    /// A condition holds of requests that do not have its key.
    NullGuard,
    /// What is declared is not granted.
    Missing,
    /// What is declared is granted under more conditions than are declared.
    Narrowed,
    /// What is declared is denied, or may be.
    Denied,
}

impl IamFinding {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> IamFindingKind {
        self.kind
    }

    /// The statement by its `Sid` or its number; `None` where no statement says what it should.
    #[must_use]
    pub fn statement(&self) -> Option<&str> {
        self.statement.as_deref()
    }

    /// The action, or the pattern of actions that stands in the statement.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.action.as_deref()
    }

    /// The resource, or the pattern of resources that stands in the statement.
    #[must_use]
    pub fn resource(&self) -> Option<&str> {
        self.resource.as_deref()
    }
}

impl fmt::Display for IamFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(statement) = &self.statement {
            write!(f, "{statement}: ")?;
        }
        if let Some(action) = &self.action {
            f.write_str(action)?;
            if let Some(resource) = &self.resource {
                write!(f, " on {resource}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.problem)
    }
}

impl IamFindingKind {
    /// Every one of them.
    pub const ALL: &'static [Self] = &[
        Self::Version,
        Self::Action,
        Self::Scan,
        Self::Wildcard,
        Self::Inverted,
        Self::Resource,
        Self::LeadingKeys,
        Self::Attributes,
        Self::Select,
        Self::ReturnValues,
        Self::Transaction,
        Self::FullTableScan,
        Self::NullGuard,
        Self::Missing,
        Self::Narrowed,
        Self::Denied,
    ];

    /// A stable name, such as `leading_keys`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Action => "action",
            Self::Scan => "scan",
            Self::Wildcard => "wildcard",
            Self::Inverted => "inverted",
            Self::Resource => "resource",
            Self::LeadingKeys => "leading_keys",
            Self::Attributes => "attributes",
            Self::Select => "select",
            Self::ReturnValues => "return_values",
            Self::Transaction => "transaction",
            Self::FullTableScan => "full_table_scan",
            Self::NullGuard => "null_guard",
            Self::Missing => "missing",
            Self::Narrowed => "narrowed",
            Self::Denied => "denied",
        }
    }
}

impl fmt::Display for IamFindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
