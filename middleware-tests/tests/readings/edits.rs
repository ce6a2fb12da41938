//! Edits of documents that leave most of them well-formed.

use proptest::{
    prelude::*,
    sample::{Index, select},
};

use crate::{nasty, written::Written};

/// One edit, and the value that it is made at.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    place: Index,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Replace(Written),
    /// Puts it into so many lists or objects.
    Nest(usize, bool),
    /// Makes a list of the values of an object.
    Positional,
    Add(Index, String, Written),
    /// Writes a member a second time.
    Repeat(Index, Index),
    Remove(Index),
    Rename(Index, String),
    /// Spells a character of a name or a text as an escape.
    Escape(Index, Index, bool),
}

/// A few edits, in which `marker` is what the client writes.
pub(crate) fn edits(marker: &str) -> impl Strategy<Value = Vec<Edit>> + use<> {
    prop_oneof![
        1 => Just(Vec::new()),
        3 => edit(marker).prop_map(|edit| vec![edit]),
        2 => prop::collection::vec(edit(marker), 2..4),
    ]
}

fn edit(marker: &str) -> impl Strategy<Value = Edit> + use<> {
    let index = any::<Index>;
    let what = prop_oneof![
        4 => value(marker).prop_map(What::Replace),
        1 => (prop_oneof![1..4_usize, 29..34_usize, Just(130)], any::<bool>())
            .prop_map(|(levels, list)| What::Nest(levels, list)),
        1 => Just(What::Positional),
        2 => (index(), name(marker), value(marker))
            .prop_map(|(at, name, value)| What::Add(at, name, value)),
        2 => (index(), index()).prop_map(|(from, to)| What::Repeat(from, to)),
        1 => index().prop_map(What::Remove),
        1 => (index(), name(marker)).prop_map(|(at, name)| What::Rename(at, name)),
        3 => (index(), index(), any::<bool>())
            .prop_map(|(at, character, upper)| What::Escape(at, character, upper)),
    ];
    (index(), what).prop_map(|(place, what)| Edit { place, what })
}

fn value(marker: &str) -> impl Strategy<Value = Written> + use<> {
    let owned = marker.to_owned();
    prop_oneof![
        3 => nasty::number().prop_map(Written::Word),
        3 => select(nasty::TEXTS).prop_map(|text| Written::Text(text.to_owned())),
        1 => select(nasty::TEXTS).prop_map(move |text| Written::Text(owned.clone() + text)),
    ]
}

fn name(marker: &str) -> impl Strategy<Value = String> + use<> {
    let owned = marker.to_owned();
    prop_oneof![
        3 => select(nasty::NAMES).prop_map(str::to_owned),
        1 => select(nasty::NAMES).prop_map(move |name| name.to_owned() + &owned),
    ]
}

impl Edit {
    /// Makes the edit, if there is a place for it.
    pub(crate) fn apply(&self, document: &mut Written) {
        let place = self.place.index(document.count());
        let Some(value) = document.at(place) else {
            return;
        };
        match &self.what {
            What::Replace(other) => *value = other.clone(),
            What::Nest(levels, list) => nest(value, *levels, *list),
            What::Escape(_, character, upper) if matches!(value, Written::Text(_)) => {
                if let Written::Text(text) = value {
                    escape(text, *character, *upper);
                }
            }
            what => {
                // Most values are no objects: then it is the whole document that is edited.
                let place = if matches!(value, Written::Object(_)) {
                    place
                } else {
                    0
                };
                if let Some(object) = document.at(place) {
                    what.apply(object);
                }
            }
        }
    }
}

impl What {
    fn apply(&self, object: &mut Written) {
        let Written::Object(members) = object else {
            return;
        };
        let end = members.len();
        if let Self::Add(at, name, value) = self {
            return members.insert(at.index(end + 1), (name.clone(), value.clone()));
        }
        if end == 0 {
            return;
        }
        match self {
            Self::Repeat(from, to) => {
                let member = members[from.index(end)].clone();
                members.insert(to.index(end + 1), member);
            }
            Self::Remove(at) => {
                members.remove(at.index(end));
            }
            Self::Rename(at, name) => members[at.index(end)].0.clone_from(name),
            Self::Escape(at, character, upper) => {
                escape(&mut members[at.index(end)].0, *character, *upper);
            }
            Self::Positional => {
                let values = members.drain(..).map(|(_, value)| value).collect();
                *object = Written::List(values);
            }
            Self::Replace(_) | Self::Nest(..) | Self::Add(..) => {}
        }
    }
}

fn nest(value: &mut Written, levels: usize, list: bool) {
    for _ in 0..levels {
        let inner = std::mem::replace(value, Written::List(Vec::new()));
        *value = if list {
            Written::List(vec![inner])
        } else {
            Written::Object(vec![("a".to_owned(), inner)])
        };
    }
}

/// Spells one character in another way, unless there are escapes already.
fn escape(text: &mut String, character: Index, upper: bool) {
    let count = text.chars().count();
    if count == 0 || text.contains('\\') {
        return;
    }
    let chosen = character.index(count);
    let spell = |(place, character): (usize, char)| {
        if place != chosen {
            return character.to_string();
        }
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units).iter();
        units
            .map(|unit| {
                if upper {
                    format!("\\u{unit:04X}")
                } else {
                    format!("\\u{unit:04x}")
                }
            })
            .collect()
    };
    *text = text.chars().enumerate().map(spell).collect();
}
