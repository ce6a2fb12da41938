use std::fmt;

use tower_harden::dynamodb::AccessDeniedKind as Kind;

use super::{calls, came::Coming};
use crate::client::Either;

/// An attack: a call that input could make of one of the service's.
pub(crate) struct Attack {
    number: u32,
    name: &'static str,
    pub(crate) call: Call,
    /// What comes of it without a guard.
    pub(crate) bare: Bare<'static>,
    /// Why a guard denies it.
    pub(crate) kind: Kind,
}

pub(crate) type Call = fn(&Either) -> Coming;

/// What comes of an attack without a guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bare<'a> {
    /// The error of the store, where it refuses.
    pub(crate) code: Option<&'a str>,
    /// Whether a password is told.
    pub(crate) secret: bool,
    /// Whether another tenant's item is told.
    pub(crate) other: bool,
    /// Whether the store is another one then.
    pub(crate) changes: bool,
}

impl fmt::Display for Attack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attack {}, {}", self.number, self.name)
    }
}

/// It is done, and its harm is none of those below: it tells that a guess is right, or what tables there are.
const DONE: Bare<'_> = Bare {
    code: None,
    secret: false,
    other: false,
    changes: false,
};
const SECRET: Bare<'_> = Bare {
    secret: true,
    ..DONE
};
const OTHER: Bare<'_> = Bare {
    other: true,
    ..DONE
};
const BOTH: Bare<'_> = Bare {
    other: true,
    ..SECRET
};
const CHANGES: Bare<'_> = Bare {
    changes: true,
    ..DONE
};
const INVALID: Bare<'_> = Bare {
    code: Some("ValidationException"),
    ..DONE
};
const UNKNOWN: Bare<'_> = Bare {
    code: Some("UnknownOperationException"),
    ..DONE
};

/// What the service is there for.
pub(crate) const LEGITIMATE: [(&str, Call); 4] = [
    ("GetItem", calls::get),
    ("Query", calls::query),
    ("UpdateItem", calls::update),
    ("PartiQL", calls::statement),
];

const fn attack(
    number: u32,
    name: &'static str,
    call: Call,
    bare: Bare<'static>,
    kind: Kind,
) -> Attack {
    Attack {
        number,
        name,
        call,
        bare,
        kind,
    }
}

pub(crate) const ATTACKS: &[Attack] = &[
    attack(1, "name of a table", calls::table, BOTH, Kind::Table),
    attack(2, "ARN of a table", calls::arn, INVALID, Kind::Table),
    attack(3, "name of an index", calls::index, OTHER, Kind::Index),
    attack(4, "partition key", calls::partition, OTHER, Kind::Key),
    attack(
        5,
        "name of a projected attribute",
        calls::projected_name,
        SECRET,
        Kind::Attribute,
    ),
    attack(
        6,
        "text of a projection",
        calls::projection,
        SECRET,
        Kind::Attribute,
    ),
    attack(
        7,
        "filter on a hidden attribute",
        calls::filter,
        DONE,
        Kind::Attribute,
    ),
    attack(
        8,
        "count of a hidden attribute",
        calls::count,
        DONE,
        Kind::Select,
    ),
    attack(
        9,
        "structure of a filter",
        calls::structure,
        DONE,
        Kind::Expression,
    ),
    attack(10, "scan", calls::scan, OTHER, Kind::Operation),
    attack(
        11,
        "name of an updated attribute",
        calls::updated_name,
        CHANGES,
        Kind::Attribute,
    ),
    attack(
        12,
        "text of an update",
        calls::update_clause,
        CHANGES,
        Kind::Attribute,
    ),
    attack(
        13,
        "attributes of an item",
        calls::mass_assignment,
        CHANGES,
        Kind::Attribute,
    ),
    attack(
        14,
        "returned values",
        calls::returned,
        Bare {
            changes: true,
            ..SECRET
        },
        Kind::ReturnValues,
    ),
    attack(
        15,
        "returned values of a failed condition",
        calls::returned_on_failure,
        Bare {
            code: Some("ConditionalCheckFailedException"),
            ..SECRET
        },
        Kind::ReturnValues,
    ),
    attack(
        16,
        "operator of a legacy filter",
        calls::legacy,
        SECRET,
        Kind::Member,
    ),
    attack(
        17,
        "text of a statement",
        calls::injected_statement,
        BOTH,
        Kind::Statement,
    ),
    attack(
        18,
        "second table of a batch",
        calls::batch_table,
        BOTH,
        Kind::Table,
    ),
    attack(
        19,
        "second key of a batch",
        calls::batch_key,
        OTHER,
        Kind::Key,
    ),
    attack(
        20,
        "check of another table",
        calls::check,
        CHANGES,
        Kind::Table,
    ),
    attack(21, "cursor", calls::cursor, INVALID, Kind::Key),
    attack(22, "limit", calls::limit, DONE, Kind::Limit),
    attack(23, "type of a key", calls::key_type, INVALID, Kind::Key),
    attack(
        24,
        "value of a key condition",
        calls::value,
        DONE,
        Kind::Key,
    ),
    attack(25, "ListTables", calls::tables, DONE, Kind::Operation),
    attack(26, "DescribeTable", calls::describe, DONE, Kind::Operation),
    attack(
        27,
        "ExportTableToPointInTime",
        calls::export,
        UNKNOWN,
        Kind::Operation,
    ),
    attack(
        28,
        "PutResourcePolicy",
        calls::resource_policy,
        UNKNOWN,
        Kind::Operation,
    ),
    attack(29, "SearchVectors", calls::search, INVALID, Kind::Operation),
    attack(
        30,
        "DeleteTable",
        calls::delete_table,
        CHANGES,
        Kind::Operation,
    ),
];
