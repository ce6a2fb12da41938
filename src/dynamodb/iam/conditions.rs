//! What conditions say of requests.

use super::{
    grant::{
        ATTRIBUTES, ENCLOSING, Enclosing, FULL_TABLE_SCAN, LEADING_KEYS, Limits, RETURN_VALUES,
        SELECT,
    },
    pattern,
};

/// A condition, as far as it is understood.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) key: String,
    pub(super) says: Says,
    /// What holds where it does not, where that can be said.
    otherwise: Says,
}

/// What a condition says of the values of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Each of them is like one of these.
    Within {
        values: Vec<String>,
        patterns: bool,
        /// Whether there may be none.
        absent: bool,
    },
    /// None of them is one of these.
    Outside {
        values: Vec<String>,
        absent: bool,
    },
    Present(bool),
    Flag {
        value: bool,
        absent: bool,
    },
    /// Something else.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    None,
    All,
    Any,
}

/// Operators of which nothing more is known than that they are.
const OTHERS: &[&str] = &[
    "stringequalsignorecase",
    "stringnotequalsignorecase",
    "numericequals",
    "numericnotequals",
    "numericlessthan",
    "numericlessthanequals",
    "numericgreaterthan",
    "numericgreaterthanequals",
    "dateequals",
    "datenotequals",
    "datelessthan",
    "datelessthanequals",
    "dategreaterthan",
    "dategreaterthanequals",
    "binaryequals",
    "ipaddress",
    "notipaddress",
    "arnequals",
    "arnlike",
    "arnnotequals",
    "arnnotlike",
];

impl Condition {
    /// Reads one; `None` where the operator is none of IAM.
    pub(super) fn read(operator: &str, key: &str, values: Vec<String>) -> Option<Self> {
        let operator = operator.to_ascii_lowercase();
        let (quantifier, base) = match operator.split_once(':') {
            None => (Quantifier::None, &*operator),
            Some(("forallvalues", base)) => (Quantifier::All, base),
            Some(("foranyvalue", base)) => (Quantifier::Any, base),
            Some(_) => return None,
        };
        let (base, if_exists) = match base.strip_suffix("ifexists") {
            Some(base) => (base, true),
            None => (base, false),
        };
        let several = [LEADING_KEYS, ATTRIBUTES]
            .iter()
            .any(|known| key.eq_ignore_ascii_case(known));
        let read = Read {
            values,
            like: base.ends_with("like"),
            quantifier,
            if_exists,
            several,
        };
        let (says, otherwise) = match base {
            "stringequals" | "stringlike" => read.positive(),
            "stringnotequals" | "stringnotlike" => read.negative(),
            "null" if quantifier == Quantifier::None && !if_exists => match read.flag() {
                Some(absent) => (Says::Present(!absent), Says::Present(absent)),
                None => (Says::Other, Says::Other),
            },
            "bool" => match read.flag() {
                Some(value) if quantifier == Quantifier::None => {
                    let absent = if_exists;
                    let otherwise = Says::Flag {
                        value: !value,
                        absent: !absent,
                    };
                    (Says::Flag { value, absent }, otherwise)
                }
                _ => (Says::Other, Says::Other),
            },
            _ if OTHERS.contains(&base) => (Says::Other, Says::Other),
            _ => return None,
        };
        Some(Self {
            key: key.to_owned(),
            says,
            otherwise,
        })
    }

    /// What holds of a request that a statement with this condition alone is not about.
    pub(super) fn negated(&self) -> Self {
        Self {
            key: self.key.clone(),
            says: self.otherwise.clone(),
            otherwise: self.says.clone(),
        }
    }

    pub(super) fn is_on(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }
}

/// What stands in a condition on texts.
struct Read {
    values: Vec<String>,
    like: bool,
    quantifier: Quantifier,
    if_exists: bool,
    /// Whether a request has several values of the key.
    several: bool,
}

/// What the operators say, and what holds where that does not.
///
/// Source: *IAM User Guide*, "Condition operators" and "Multivalued context keys": of an absent key
/// `ForAllValues` holds and `ForAnyValue` does not, an operator without them holds where it negates.
impl Read {
    fn positive(self) -> (Says, Says) {
        let exists = !self.if_exists;
        match (self.quantifier, self.several) {
            (Quantifier::None, true) => (Says::Other, Says::Other),
            (Quantifier::None, false) => (self.within(!exists), self.outside(exists)),
            (Quantifier::All, true) => (self.within(true), Says::Other),
            (Quantifier::All, false) => (self.within(true), self.outside(false)),
            (Quantifier::Any, true) => (Says::Other, self.outside(exists)),
            (Quantifier::Any, false) => (self.within(!exists), self.outside(exists)),
        }
    }

    fn negative(self) -> (Says, Says) {
        let exists = !self.if_exists;
        match (self.quantifier, self.several) {
            (Quantifier::None, true) => (Says::Other, Says::Other),
            (Quantifier::None, false) => (self.outside(true), self.within(false)),
            (Quantifier::All, true) => (self.outside(true), Says::Other),
            (Quantifier::All, false) => (self.outside(true), self.within(false)),
            (Quantifier::Any, true) => (Says::Other, self.within(exists)),
            (Quantifier::Any, false) => (self.outside(!exists), self.within(exists)),
        }
    }

    fn has_patterns(&self) -> bool {
        self.like
            && self
                .values
                .iter()
                .any(|value| pattern::has_wildcards(value))
    }

    fn within(&self, absent: bool) -> Says {
        Says::Within {
            values: self.values.clone(),
            patterns: self.has_patterns(),
            absent,
        }
    }

    fn outside(&self, absent: bool) -> Says {
        if self.has_patterns() {
            return Says::Other;
        }
        Says::Outside {
            values: self.values.clone(),
            absent,
        }
    }

    fn flag(&self) -> Option<bool> {
        match self.values.as_slice() {
            [value] if value.eq_ignore_ascii_case("true") => Some(true),
            [value] if value.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

impl Condition {
    /// Whether it holds of every request within the limits.
    pub(super) fn holds_within(&self, limits: &Limits) -> bool {
        let key = [
            LEADING_KEYS,
            ATTRIBUTES,
            SELECT,
            RETURN_VALUES,
            ENCLOSING,
            FULL_TABLE_SCAN,
        ]
        .into_iter()
        .find(|key| self.is_on(key));
        match (key, &self.says) {
            (
                Some(LEADING_KEYS),
                Says::Within {
                    values, patterns, ..
                },
            ) => limits.leading.as_ref().is_some_and(|leading| {
                values.contains(&leading.text) && (*patterns || !leading.is_pattern)
            }),
            (Some(LEADING_KEYS), Says::Present(present)) => *present && limits.leading.is_some(),
            (
                Some(ATTRIBUTES),
                Says::Within {
                    values, patterns, ..
                },
            ) => {
                let names = limits.attributes.as_ref();
                names.is_some_and(|names| names.iter().all(|name| has(values, *patterns, name)))
            }
            (Some(ATTRIBUTES), Says::Present(present)) => *present && limits.names_attributes,
            (
                Some(SELECT),
                Says::Within {
                    values,
                    patterns,
                    absent: true,
                },
            ) => all_are(limits.select.as_deref(), values, *patterns),
            (
                Some(RETURN_VALUES),
                Says::Within {
                    values,
                    patterns,
                    absent: true,
                },
            ) => all_are(limits.return_values.as_deref(), values, *patterns),
            (
                Some(ENCLOSING),
                Says::Within {
                    values,
                    patterns,
                    absent,
                },
            ) => match limits.enclosing {
                Enclosing::Only(operation) => has(values, *patterns, operation),
                // Nothing else encloses it.
                Enclosing::Not(_) => *absent,
                Enclosing::Any => false,
            },
            (Some(ENCLOSING), Says::Outside { values, absent }) => match limits.enclosing {
                Enclosing::Only(operation) => !values.iter().any(|value| value == operation),
                Enclosing::Not(_) => *absent,
                Enclosing::Any => false,
            },
            (Some(ENCLOSING), Says::Present(present)) => match limits.enclosing {
                Enclosing::Only(_) => *present,
                Enclosing::Not(_) => !present,
                Enclosing::Any => false,
            },
            (Some(FULL_TABLE_SCAN), Says::Flag { value, .. }) => {
                !value && limits.no_full_table_scan
            }
            _ => false,
        }
    }
}

fn has(values: &[String], patterns: bool, text: &str) -> bool {
    values
        .iter()
        .any(|value| value == text || (patterns && pattern::covers(value, text)))
}

fn all_are(asked: Option<&[&'static str]>, values: &[String], patterns: bool) -> bool {
    asked.is_some_and(|asked| asked.iter().all(|text| has(values, patterns, text)))
}
