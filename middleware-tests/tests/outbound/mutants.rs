//! Requests that are nearly those of the vectors: whatever passes touches one's own items and declared
//! attributes, as another reader of the request sees it.

use std::sync::LazyLock;

use middleware_tests::suite;
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::Builder;
use tower_harden::dynamodb::Principal;

use crate::{guarded::Guarded, vectors::policy};

#[derive(Deserialize)]
struct Row {
    policy: String,
    principal: Option<String>,
    operation: String,
    body: String,
}

static ROWS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let rows = suite::vectors::<Row>("dynamodb.jsonl").into_iter();
    rows.filter(|row| row.policy == "tenant" && row.principal.as_deref() == Some("a"))
        .map(|row| (row.operation, row.body))
        .collect()
});

/// What a mutant gets from elsewhere.
const PIECES: &[&str] = &[
    "pw",
    "tenant",
    "id",
    "\"b\"",
    "\"a\"",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    " OR ",
    " AND ",
    "#p",
    ":o",
    "(",
    ")",
    "\\u0061",
    "\"TableName\":\"Admins\",",
    "\"Key\":{\"tenant\":{\"S\":\"b\"}},",
    "\"S\":\"b\",",
    "NOT ",
    "size(pw)",
    ".",
    "0",
    "null",
    "\u{0}",
    "é",
];

#[derive(Clone, Debug)]
enum Edit {
    Remove(Index, u8),
    Insert(Index, Index),
    /// A piece of another request in the place of one of this.
    Splice(Index, Index, Index, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        (index(), 1_u8..12).prop_map(|(at, length)| Edit::Remove(at, length)),
        (index(), index()).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (index(), index(), index(), 1_u8..60)
            .prop_map(|(at, row, from, length)| Edit::Splice(at, row, from, length)),
    ]
}

fn apply(body: &str, edits: &[Edit]) -> String {
    let mut text: Vec<char> = body.chars().collect();
    for edit in edits {
        let place = |index: &Index, length: usize| index.index(length + 1).min(length);
        match edit {
            Edit::Remove(at, length) => {
                let at = place(at, text.len());
                let end = text.len().min(at + usize::from(*length));
                text.drain(at..end);
            }
            Edit::Insert(at, piece) => {
                let at = place(at, text.len());
                text.splice(at..at, PIECES[piece.index(PIECES.len())].chars());
            }
            Edit::Splice(at, row, from, length) => {
                let other: Vec<char> = ROWS[row.index(ROWS.len())].1.chars().collect();
                let from = place(from, other.len());
                let end = other.len().min(from + usize::from(*length));
                let at = place(at, text.len());
                text.splice(at..at, other[from..end].iter().copied());
            }
        }
    }
    text.into_iter().collect()
}

#[test]
fn what_passes_touches_ones_own() {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let guarded = Guarded::by(policy("tenant")).with_principal(Principal::new("a"));
    let mut passed = 0;
    let rows = (any::<Index>(), prop::collection::vec(edit(), 0..4));
    let cases = TestRunner::default().config().cases * 16;
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    let result = runner.run(&rows, |(row, edits)| {
        let (operation, body) = &ROWS[row.index(ROWS.len())];
        let body = apply(body, &edits);
        let outcome = runtime.block_on(guarded.written(operation, body.as_str()));
        if outcome == "passed" {
            let read: Value = serde_json::from_str(&body).expect("another reader reads it");
            let mut seen = Seen::default();
            seen.look(&read, "");
            prop_assert!(seen.foreign.is_none(), "{body}: {:?}", seen.foreign);
        } else {
            prop_assert!(outcome.contains(operation.as_str()), "{body}: {outcome}");
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    // The property says something only where requests pass.
    for (operation, body) in ROWS.iter() {
        passed +=
            u32::from(runtime.block_on(guarded.written(operation, body.as_str())) == "passed");
    }
    assert!(passed > 50, "{passed} rows pass");
}

/// What another reader finds in a request.
#[derive(Default)]
struct Seen {
    foreign: Option<String>,
}

impl Seen {
    fn look(&mut self, value: &Value, name: &str) {
        match value {
            Value::Object(members) => {
                if matches!(name, "Key" | "Item" | "ExclusiveStartKey" | "Keys") {
                    self.key(value);
                    return;
                }
                let names = &value["ExpressionAttributeNames"];
                for (name, member) in members {
                    match member.as_str() {
                        Some(text) => self.text(name, text, names),
                        None => self.look(member, name),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.look(item, name)),
            _ => {}
        }
    }

    /// The partition key is the principal's, and no attribute is a hidden one.
    fn key(&mut self, attributes: &Value) {
        if attributes["tenant"] != serde_json::json!({ "S": "a" }) {
            self.foreign = Some(format!("the key {attributes}"));
        }
        // Keys name whatever they like: the service refuses what is no key.
        let is_item = attributes.get("sku").is_some();
        let mut hidden = ["pw", "role"].into_iter();
        let hidden = hidden.find(|name| is_item && attributes.get(name).is_some());
        if let Some(hidden) = hidden {
            self.foreign = Some(format!("the attribute {hidden}"));
        }
    }

    /// No expression has the name of a hidden attribute in it.
    fn text(&mut self, member: &str, text: &str, names: &Value) {
        if member == "TableName" && !matches!(text, "Orders" | "Users") {
            self.foreign = Some(format!("the table {text}"));
        }
        let ends = |sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | ':' | '#');
        let mut words = text.split(ends);
        let is_hidden = |word: &str| {
            let resolved = names[word].as_str().filter(|_| word.starts_with('#'));
            matches!(resolved.unwrap_or(word), "pw" | "role")
        };
        if member.ends_with("Expression") && words.any(is_hidden) {
            self.foreign = Some(format!("{member} {text}"));
        }
    }
}
