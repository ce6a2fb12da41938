use super::{date_time, duration, email, json_pointer};

/// The formats that JSON Schema names and that no field is declared as (Validation §7.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentFormat {
    Date,
    Time,
    Duration,
    IdnEmail,
    JsonPointer,
    RelativeJsonPointer,
}

impl DocumentFormat {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::IdnEmail => "idn-email",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
        }
    }

    pub(super) fn matches(self, text: &[u8]) -> bool {
        match self {
            Self::Date => date_time::is_date(text),
            Self::Time => date_time::is_time(text),
            Self::Duration => duration::matches(text),
            Self::IdnEmail => email::is_international(text),
            Self::JsonPointer => json_pointer::matches(text),
            Self::RelativeJsonPointer => json_pointer::is_relative(text),
        }
    }
}
