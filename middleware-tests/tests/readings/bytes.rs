//! Edits of bytes, whatever they are.

use proptest::{
    prelude::*,
    sample::{Index, select},
};

use crate::nasty;

/// One edit.
#[derive(Clone, Debug)]
pub(crate) enum ByteEdit {
    Insert(Index, Vec<u8>),
    Begin(Vec<u8>),
    End(Vec<u8>),
    Remove(Index, usize),
    Set(Index, u8),
    Cut(Index),
    Repeat(Index, usize),
}

/// Most often none, seldom more than one.
pub(crate) fn byte_edits() -> impl Strategy<Value = Vec<ByteEdit>> {
    prop_oneof![
        3 => Just(Vec::new()),
        2 => byte_edit().prop_map(|edit| vec![edit]),
        1 => prop::collection::vec(byte_edit(), 1..4),
    ]
}

fn byte_edit() -> impl Strategy<Value = ByteEdit> {
    let place = any::<Index>;
    let piece = || select(nasty::BYTES).prop_map(<[u8]>::to_vec);
    prop_oneof![
        3 => (place(), piece()).prop_map(|(place, piece)| ByteEdit::Insert(place, piece)),
        1 => piece().prop_map(ByteEdit::Begin),
        2 => piece().prop_map(ByteEdit::End),
        1 => (place(), 1..4_usize).prop_map(|(place, length)| ByteEdit::Remove(place, length)),
        1 => (place(), any::<u8>()).prop_map(|(place, byte)| ByteEdit::Set(place, byte)),
        1 => place().prop_map(ByteEdit::Cut),
        1 => (place(), 1..40_usize).prop_map(|(place, length)| ByteEdit::Repeat(place, length)),
    ]
}

/// Makes the edits, one after the other.
pub(crate) fn edited(mut bytes: Vec<u8>, edits: &[ByteEdit]) -> Vec<u8> {
    for edit in edits {
        let at = |place: &Index| place.index(bytes.len() + 1);
        match edit {
            ByteEdit::Insert(place, piece) => {
                let at = at(place);
                bytes.splice(at..at, piece.iter().copied());
            }
            ByteEdit::Begin(piece) => {
                bytes.splice(..0, piece.iter().copied());
            }
            ByteEdit::End(piece) => bytes.extend(piece),
            ByteEdit::Remove(place, length) => {
                let at = at(place);
                bytes.drain(at..bytes.len().min(at + length));
            }
            ByteEdit::Set(place, byte) => {
                let at = at(place);
                if let Some(old) = bytes.get_mut(at) {
                    *old = *byte;
                }
            }
            ByteEdit::Cut(place) => bytes.truncate(at(place)),
            ByteEdit::Repeat(place, length) => {
                let at = at(place);
                let piece = bytes[at..bytes.len().min(at + length)].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}
