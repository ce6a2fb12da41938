//! JSON as it is written, right or wrong.

use serde_json::Value;

/// A value, or what stands in the place of one.
#[derive(Clone, Debug)]
pub(crate) enum Written {
    /// Anything, word for word.
    Word(String),
    /// What stands between two quotes.
    Text(String),
    List(Vec<Written>),
    /// The names are what stands between two quotes.
    Object(Vec<(String, Written)>),
}

impl Written {
    /// The values in it and itself, in the order of the document.
    pub(crate) fn count(&self) -> usize {
        1 + match self {
            Self::Word(_) | Self::Text(_) => 0,
            Self::List(items) => items.iter().map(Self::count).sum(),
            Self::Object(members) => members.iter().map(|(_, member)| member.count()).sum(),
        }
    }

    /// The value with that number.
    pub(crate) fn at(&mut self, mut place: usize) -> Option<&mut Self> {
        if place == 0 {
            return Some(self);
        }
        place -= 1;
        let inside: Vec<&mut Self> = match self {
            Self::Word(_) | Self::Text(_) => Vec::new(),
            Self::List(items) => items.iter_mut().collect(),
            Self::Object(members) => members.iter_mut().map(|(_, member)| member).collect(),
        };
        for value in inside {
            let count = value.count();
            if place < count {
                return value.at(place);
            }
            place -= count;
        }
        None
    }

    /// The document, with `space` wherever white space may stand.
    pub(crate) fn render(&self, space: &str) -> String {
        let join = |inside: Vec<String>| inside.join(&format!("{space},{space}"));
        let value = match self {
            Self::Word(word) => word.clone(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(items) => {
                let items = items.iter().map(|item| item.render(space)).collect();
                format!("[{}]", join(items))
            }
            Self::Object(members) => {
                let member = |(name, member): &(String, Self)| {
                    format!("{space}\"{name}\"{space}:{}", member.render(space))
                };
                format!("{{{}}}", join(members.iter().map(member).collect()))
            }
        };
        format!("{space}{value}{space}")
    }
}

impl From<&Value> for Written {
    fn from(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(between_quotes(text)),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let member =
                    |(name, member): (&String, _)| (between_quotes(name), Self::from(member));
                Self::Object(members.iter().map(member).collect())
            }
            other => Self::Word(other.to_string()),
        }
    }
}

fn between_quotes(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
