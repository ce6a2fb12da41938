//! Reading an IAM policy, as strictly as IAM does.
//!
//! Source: *IAM User Guide*, "Grammar of the IAM JSON policy language".

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, MapAccess, SeqAccess, Visitor},
};

use super::conditions::Condition;
use crate::ConfigError;

/// IAM takes 10,240 characters at the most, without the spaces between.
const MOST_BYTES: usize = 64 * 1_024;

/// The version in which `${..}` is a policy variable.
pub(super) const VERSION: &str = "2012-10-17";

/// A policy.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Document {
    pub(super) version: Option<String>,
    #[serde(rename = "Id")]
    _id: Option<String>,
    pub(super) statement: Several<Statement>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Statement {
    pub(super) sid: Option<String>,
    pub(super) effect: Effect,
    action: Option<Several<String>>,
    not_action: Option<Several<String>>,
    resource: Option<Several<String>>,
    not_resource: Option<Several<String>>,
    #[serde(default)]
    pub(super) condition: Conditions,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// What a statement names: what it is on, or what it is not on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named<'a> {
    These(&'a [String]),
    Others(&'a [String]),
}

impl Document {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// Where it is none that IAM would take for an identity.
    pub(super) fn read(text: &str) -> Result<Self, ConfigError> {
        let wrong = |problem: String| ConfigError::one("IAM policy", problem);
        if text.len() > MOST_BYTES {
            return Err(wrong("is longer than any that IAM takes".to_owned()));
        }
        let document: Self =
            serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        for (place, statement) in document.statement.0.iter().enumerate() {
            let action = statement.action.is_some() != statement.not_action.is_some();
            let resource = statement.resource.is_some() != statement.not_resource.is_some();
            for (one, what) in [(action, "Action"), (resource, "Resource")] {
                if !one {
                    let name = statement.name(place);
                    return Err(wrong(format!("{name} has not one of {what} and Not{what}")));
                }
            }
        }
        Ok(document)
    }
}

impl Statement {
    pub(super) fn actions(&self) -> Named<'_> {
        named(self.action.as_ref(), self.not_action.as_ref())
    }

    pub(super) fn resources(&self) -> Named<'_> {
        named(self.resource.as_ref(), self.not_resource.as_ref())
    }

    /// The Sid, or where it stands.
    pub(super) fn name(&self, place: usize) -> String {
        match &self.sid {
            Some(sid) if !sid.is_empty() => format!("statement {sid}"),
            _ => format!("statement number {}", place + 1),
        }
    }
}

fn named<'a>(these: Option<&'a Several<String>>, others: Option<&'a Several<String>>) -> Named<'a> {
    match (these, others) {
        (Some(these), _) => Named::These(&these.0),
        (None, Some(others)) => Named::Others(&others.0),
        (None, None) => Named::These(&[]),
    }
}

/// One, or a list of them.
#[derive(Debug)]
pub(super) struct Several<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Several<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
            type Value = Several<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one, or a list")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                one(text.into_deserializer())
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
                one(value.into_deserializer())
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                one(value.into_deserializer())
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
                one(value.into_deserializer())
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
                one(value.into_deserializer())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                one(de::value::MapAccessDeserializer::new(map))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut several = Vec::new();
                while let Some(one) = list.next_element()? {
                    several.push(one);
                }
                Ok(Several(several))
            }
        }

        deserializer.deserialize_any(OneOrMany(std::marker::PhantomData))
    }
}

fn one<'de, T: Deserialize<'de>, D: Deserializer<'de>>(alone: D) -> Result<Several<T>, D::Error> {
    T::deserialize(alone).map(|one| Several(vec![one]))
}

/// A value of a condition, which is a text also where it is written as a number or a boolean.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Boolean(bool),
    Integer(i64),
    Number(f64),
}

impl From<Value> for String {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => text,
            Value::Boolean(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
        }
    }
}

/// The conditions of a statement, which have to hold together.
#[derive(Debug, Default)]
pub(super) struct Conditions(pub(super) Vec<Condition>);

impl<'de> Deserialize<'de> for Conditions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Operators;

        impl<'de> Visitor<'de> for Operators {
            type Value = Conditions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("conditions by their operators")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut conditions = Vec::new();
                let mut operators = Vec::new();
                while let Some((operator, keys)) = map.next_entry::<String, Keys>()? {
                    if operators.contains(&operator) {
                        return Err(de::Error::custom(format!("{operator} stands twice")));
                    }
                    for (key, values) in keys.0 {
                        let condition = Condition::read(&operator, &key, values);
                        let unknown = || format!("{operator} is no operator of conditions");
                        conditions.push(condition.ok_or_else(|| de::Error::custom(unknown()))?);
                    }
                    operators.push(operator);
                }
                Ok(Conditions(conditions))
            }
        }

        deserializer.deserialize_map(Operators)
    }
}

/// The keys of one operator. Which one of two alike would hold is not said anywhere.
struct Keys(Vec<(String, Vec<String>)>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by condition keys")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut keys: Vec<(String, Vec<String>)> = Vec::new();
                while let Some((key, values)) = map.next_entry::<String, Several<Value>>()? {
                    if keys
                        .iter()
                        .any(|(known, _)| known.eq_ignore_ascii_case(&key))
                    {
                        return Err(de::Error::custom(format!("{key} stands twice")));
                    }
                    keys.push((key, values.0.into_iter().map(String::from).collect()));
                }
                Ok(Keys(keys))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}
