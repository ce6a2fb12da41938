//! The formats of numbers: those of the OpenAPI Format Registry that programs write beside their types.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value, json};

use super::keywords::{self, tighter};
use crate::schema::declaration::{Bound, NumberKeywords, Types, Value as End};

/// The numbers of a format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    least: End,
    largest: End,
}

impl Range {
    /// The numbers of the format of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let whole = |least: i128, largest: i128| Self {
            least: End::Integer(least),
            largest: End::Integer(largest),
        };
        let around_zero = |largest: f64| Self {
            least: End::Float(-largest),
            largest: End::Float(largest),
        };
        Some(match name {
            "int8" => whole(i8::MIN.into(), i8::MAX.into()),
            "int16" => whole(i16::MIN.into(), i16::MAX.into()),
            "int32" => whole(i32::MIN.into(), i32::MAX.into()),
            // What a program calls `int` is no longer on any machine.
            "int64" | "int" => whole(i64::MIN.into(), i64::MAX.into()),
            "uint8" => whole(0, u8::MAX.into()),
            "uint16" => whole(0, u16::MAX.into()),
            "uint32" => whole(0, u32::MAX.into()),
            "uint64" | "uint" => whole(0, u64::MAX.into()),
            "float" => around_zero(f32::MAX.into()),
            "double" => around_zero(f64::MAX),
            _ => return None,
        })
    }

    fn of_schema(keywords: &Map<String, Value>) -> Option<Self> {
        Self::of(keywords.get("format")?.as_str()?)
    }

    const fn is_whole(self) -> bool {
        matches!(self.least, End::Integer(_))
    }

    /// A schema of the draft that says the same.
    pub(super) fn schema(self) -> Value {
        let number = |end| match end {
            End::Integer(end) => Number::from_i128(end),
            End::Float(end) => Number::from_f64(end),
        };
        let mut schema = json!({"minimum": number(self.least), "maximum": number(self.largest)});
        if self.is_whole() {
            schema["type"] = json!(["null", "boolean", "integer", "string", "array", "object"]);
        }
        schema
    }
}

/// What a schema says of numbers, with its format if that is `asserted`.
pub(super) fn number(keywords: &Map<String, Value>, asserted: bool) -> NumberKeywords {
    let said = keywords::number(keywords);
    let Some(range) = Range::of_schema(keywords).filter(|_| asserted) else {
        return said;
    };
    let end = |value| {
        Some(Bound {
            value,
            exclusive: false,
        })
    };
    NumberKeywords {
        minimum: tighter(said.minimum, end(range.least), Ordering::Greater),
        maximum: tighter(said.maximum, end(range.largest), Ordering::Less),
        ..said
    }
}

/// The types that a format leaves: all of them, or all but numbers with a fraction.
pub(super) fn types(keywords: &Map<String, Value>) -> Types {
    match Range::of_schema(keywords) {
        Some(range) if range.is_whole() => Types::ANY.without(Types::NUMBER),
        _ => Types::ANY,
    }
}
