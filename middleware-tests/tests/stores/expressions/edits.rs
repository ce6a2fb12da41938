use proptest::{collection::vec, prelude::*, sample::select};

/// A change to a text at some place of it.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    place: usize,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Insert(&'static str),
    Remove,
    Case,
}

/// What may be put into a text.
const PIECES: &[&str] = &[
    " ",
    "\t",
    "\n",
    "\r",
    "\u{b}",
    "\u{c}",
    "\u{a0}",
    "\u{2003}",
    "\0",
    "(",
    ")",
    "[",
    "]",
    "[0]",
    ",",
    ".",
    ".pw",
    ", pw",
    "pw",
    "#n0",
    "#pw",
    ":v0",
    "=",
    "<",
    ">",
    "<>",
    "!=",
    "+",
    "-",
    "*",
    "'",
    "\"",
    "`",
    "--",
    "/**/",
    ";",
    "NOT ",
    " AND pw = :v0",
    " OR pw = :v0",
    " OR size(pw) > :v0",
    " REMOVE pw",
    " SET pw = :v0",
    "0",
    "00",
    "-1",
    "é",
    "ſ",
    "K",
    "\\",
    "\\u0070w",
    "%70w",
    "{",
    "}",
    "|",
    "&",
    "?",
    "attribute_exists(pw)",
    "size(",
    "Size(pw)",
];

pub(super) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let change = prop_oneof![
        6 => select(PIECES).prop_map(Change::Insert),
        1 => Just(Change::Remove),
        3 => Just(Change::Case),
    ];
    let edit = (any::<usize>(), change).prop_map(|(place, change)| Edit { place, change });
    vec(edit, 1..4)
}

impl Edit {
    pub(super) fn apply(&self, text: &mut String) {
        let mut places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        places.push(text.len());
        let place = places[self.place % places.len()];
        match self.change {
            Change::Insert(piece) => text.insert_str(place, piece),
            Change::Remove if place < text.len() => {
                text.remove(place);
            }
            Change::Case if place < text.len() => {
                let sign = text.remove(place);
                let other = if sign.is_ascii_lowercase() {
                    sign.to_ascii_uppercase()
                } else {
                    sign.to_ascii_lowercase()
                };
                text.insert(place, other);
            }
            Change::Remove | Change::Case => {}
        }
    }
}
