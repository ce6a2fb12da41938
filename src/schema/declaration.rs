//! A schema as it was declared, before it is compiled: the keywords of each type, side by side, as
//! JSON Schema has them.

#[cfg(feature = "json-schema")]
use std::ops::BitAnd;
use std::{
    fmt,
    ops::{BitOr, Bound as RangeBound, RangeBounds},
    sync::Arc,
};

use super::{NodeId, Place, ProgramBuilder, format::Format};
use crate::error::Problems;

#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    pub(super) types: Types,
    pub(super) string: StringKeywords,
    pub(super) number: NumberKeywords,
    pub(super) array: ArrayKeywords,
    pub(super) object: ObjectKeywords,
    /// What stands in place of the keywords.
    pub(super) source: Option<Arc<dyn Source>>,
}

/// A schema that is written in another way than by keywords, and compiles itself.
pub(super) trait Source: fmt::Debug + Send + Sync {
    fn compile(
        &self,
        program: &mut ProgramBuilder,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> NodeId;
}

impl Declaration {
    pub(super) fn of(types: Types) -> Self {
        Self {
            types,
            string: StringKeywords::default(),
            number: NumberKeywords::default(),
            array: ArrayKeywords::default(),
            object: ObjectKeywords::default(),
            source: None,
        }
    }

    /// The declared members of an object: their names, whether they are required, what they are.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, bool, &Self)> + Clone {
        self.object
            .members
            .iter()
            .map(|member| (&*member.name, member.required, &member.schema))
    }

    /// Whether a value is an object of its declared members, and that is all there is to say of it.
    pub(crate) fn is_record(&self) -> bool {
        let ObjectKeywords {
            members: _,
            others,
            min_members,
            max_members,
        } = &self.object;
        self.types == Types::OBJECT
            && !others.same
            && others.schema.is_none()
            && others.names.is_none()
            && min_members.is_none()
            && max_members.is_none()
    }
}

/// A set of JSON types. An integer is a number written without fraction and exponent, a whole number
/// one that has no fraction however it is written: the `integer` of JSON Schema. `true` and `false`
/// are types of their own, because each may be the only one of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Types(u16);

impl Types {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const TRUE: Self = Self(2);
    pub(crate) const FALSE: Self = Self(4);
    pub(crate) const BOOLEAN: Self = Self(Self::TRUE.0 | Self::FALSE.0);
    pub(crate) const INTEGER: Self = Self(8);
    pub(crate) const NUMBER: Self = Self(16);
    pub(crate) const STRING: Self = Self(32);
    pub(crate) const ARRAY: Self = Self(64);
    pub(crate) const OBJECT: Self = Self(128);
    pub(crate) const WHOLE: Self = Self(256);
    pub(crate) const ANY: Self = Self(0x1ff);
    /// No value has one of these.
    pub(crate) const NONE: Self = Self(0);

    /// Numbers that need not be whole.
    pub(super) const FRACTIONS: Self = Self::NUMBER;
    /// All kinds of numbers.
    pub(super) const NUMERIC: Self = Self(Self::INTEGER.0 | Self::WHOLE.0 | Self::NUMBER.0);

    pub(super) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether a value of any type is in the set.
    pub(super) const fn is_any(self) -> bool {
        let whole = Self::ANY.0 & !Self::INTEGER.0 & !Self::WHOLE.0;
        self.0 & whole == whole
    }

    /// Whether a value of these types is one of the others as well. Numbers that need not be whole may be,
    /// and whole ones may be written as integers.
    pub(super) const fn is_within(self, others: Self) -> bool {
        let mut allowed = others.0;
        if allowed & Self::NUMBER.0 != 0 {
            allowed |= Self::WHOLE.0;
        }
        if allowed & Self::WHOLE.0 != 0 {
            allowed |= Self::INTEGER.0;
        }
        self.0 & !allowed == 0
    }

    /// Whether the sets have a type in common.
    #[inline(always)]
    pub(crate) const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The same types where they are those of a text: it is never null, and an integer has one spelling.
    pub(crate) const fn of_text(self) -> Self {
        let types = self.without(Self::NULL);
        if types.meet(Self::NUMBER) || !types.meet(Self::WHOLE) {
            return types;
        }
        Self(types.without(Self::WHOLE).0 | Self::INTEGER.0)
    }

    /// Whether the types are one type of text: a string, a number however it is written, or a boolean.
    pub(crate) const fn is_one_scalar(self) -> bool {
        self.0 != 0
            && (self.0 == Self::STRING.0
                || self.0 & !Self::BOOLEAN.0 == 0
                || self.0 & !Self::NUMERIC.0 == 0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(feature = "json-schema")]
impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct StringKeywords {
    /// In characters (Unicode scalar values).
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<String>,
    pub(super) values: Option<Vec<String>>,
    pub(super) format: Option<Format>,
    pub(super) controls: Controls,
    /// The string may be base64, and what it is decoded to is searched.
    pub(super) encoded: bool,
}

/// Which control characters a string may hold, the fewest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Controls {
    #[default]
    None,
    /// Tab, line feed and carriage return.
    Lines,
    All,
}

impl Controls {
    /// How much it opens.
    pub(super) const fn level(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Lines => 1,
            Self::All => 2,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct NumberKeywords {
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
    /// As they are written in decimal.
    pub(super) multiples_of: Vec<String>,
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bound {
    pub(super) value: Value,
    pub(super) exclusive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Integer(i128),
    Float(f64),
}

impl NumberKeywords {
    /// The bounds of `range`; where it is open, the least and the largest number of its type.
    pub(super) fn integers<T: Copy + Into<i128>>(
        range: &impl RangeBounds<T>,
        least: T,
        largest: T,
    ) -> Self {
        let end = |value: T, exclusive| {
            Some(Bound {
                value: Value::Integer(value.into()),
                exclusive,
            })
        };
        Self {
            minimum: match range.start_bound() {
                RangeBound::Included(value) => end(*value, false),
                RangeBound::Excluded(value) => end(*value, true),
                RangeBound::Unbounded => end(least, false),
            },
            maximum: match range.end_bound() {
                RangeBound::Included(value) => end(*value, false),
                RangeBound::Excluded(value) => end(*value, true),
                RangeBound::Unbounded => end(largest, false),
            },
            multiples_of: Vec::new(),
        }
    }

    pub(super) fn floats(range: &impl RangeBounds<f64>) -> Self {
        let end = |bound: RangeBound<&f64>| match bound {
            RangeBound::Included(value) => Some(Bound {
                value: Value::Float(*value),
                exclusive: false,
            }),
            RangeBound::Excluded(value) => Some(Bound {
                value: Value::Float(*value),
                exclusive: true,
            }),
            RangeBound::Unbounded => None,
        };
        Self {
            minimum: end(range.start_bound()),
            maximum: end(range.end_bound()),
            multiples_of: Vec::new(),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct ArrayKeywords {
    /// `None`: items of the same schema as the array, which only a schema of anything has.
    pub(super) items: Option<Box<Declaration>>,
    pub(super) min_items: Option<u32>,
    pub(super) max_items: Option<u32>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ObjectKeywords {
    pub(super) members: Vec<MemberKeywords>,
    pub(super) others: OtherKeywords,
    pub(super) min_members: Option<u32>,
    pub(super) max_members: Option<u32>,
}

/// Members that are not declared by name: accepted where there is a schema for them.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherKeywords {
    /// They have the same schema as the object, which only a schema of anything has.
    pub(super) same: bool,
    pub(super) schema: Option<Box<Declaration>>,
    pub(super) names: Option<Box<Declaration>>,
}

#[derive(Clone, Debug)]
pub(super) struct MemberKeywords {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) schema: Declaration,
}
