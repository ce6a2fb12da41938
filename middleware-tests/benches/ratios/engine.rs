//! The engine alone: a document in memory, judged.

use std::hint::black_box;

use serde::{de::DeserializeOwned, de::IgnoredAny};
use serde_json::{Value, json};
use tower_harden::{AddressPolicy, Limits, ObjectSchema, Schema, Validator};
use tower_harden_benches::{
    bodies,
    harness::Group,
    schemas::{self, Checks, Many, Order, Post},
    table::Table,
};

pub(crate) fn small() -> Group {
    let document = schemas::order_document();
    let ours = validator(schemas::order());
    accepted::<Order>(bodies::SMALL.to_owned(), ours, &document, 1.3)
}

pub(crate) fn medium() -> Group {
    orders(45, 1.0)
}

pub(crate) fn large() -> Group {
    orders(5_800, 1.1)
}

fn orders(count: usize, aim: f64) -> Group {
    let document = json!({ "type": "array", "items": schemas::order_document() });
    let ours = validator(Schema::array(schemas::order()).max_items(100_000));
    accepted::<Many<Order>>(bodies::orders(count), ours, &document, aim)
}

/// Much that is not ASCII, and many URLs.
pub(crate) fn posts() -> Group {
    let document = json!({ "type": "array", "items": schemas::post_document() });
    let ours = validator(Schema::array(schemas::post()));
    accepted::<Many<Post>>(bodies::posts(1_500), ours, &document, 1.4)
}

/// A document that is valid, in front of everybody.
fn accepted<T>(body: String, ours: Validator, document: &Value, aim: f64) -> Group
where
    T: DeserializeOwned + Checks + 'static,
{
    let body: &'static [u8] = body.leak().as_bytes();
    let document = jsonschema::options()
        .with_pattern_options(jsonschema::PatternOptions::regex())
        .should_validate_formats(true)
        .build(document)
        .expect("a schema");
    assert!(ours.check(body).is_ok());
    assert!(document.is_valid(&serde_json::from_slice(body).expect("JSON")));
    assert!(
        serde_json::from_slice::<T>(body).is_ok_and(|value| value.garde() && value.validator())
    );
    Group::new(body.len())
        .add("serde_json, IgnoredAny", move || {
            black_box(serde_json::from_slice::<IgnoredAny>(black_box(body))).expect("JSON");
        })
        .add("tower-harden", move || {
            ours.check(black_box(body)).expect("it is valid");
        })
        .aim(aim)
        .add("typed serde_json", move || {
            black_box(serde_json::from_slice::<T>(black_box(body)).expect("JSON"));
        })
        .add("typed serde_json, garde", move || {
            let value: T = serde_json::from_slice(black_box(body)).expect("JSON");
            assert!(value.garde());
        })
        .add("typed serde_json, validator", move || {
            let value: T = serde_json::from_slice(black_box(body)).expect("JSON");
            assert!(value.validator());
        })
        .add("Value, jsonschema", move || {
            let value: Value = serde_json::from_slice(black_box(body)).expect("JSON");
            assert!(document.is_valid(&value));
        })
        .add("sonic-rs, skip", move || {
            black_box(sonic_rs::from_slice::<sonic_rs::LazyValue<'_>>(black_box(
                body,
            )))
            .expect("JSON");
        })
        .add("simd-json, tape", move || {
            let mut body = body.to_vec();
            black_box(simd_json::to_tape(black_box(&mut body))).expect("JSON");
        })
        .add("jiter, skip", move || {
            jiter::Jiter::new(black_box(body))
                .next_skip()
                .expect("JSON");
        })
}

/// The small document, with one thing wrong.
pub(crate) fn refused() -> Group {
    let ours: &'static Validator = Box::leak(Box::new(validator(schemas::order())));
    let wrong = |from: &str, to: &str| -> &'static [u8] {
        let body = bodies::SMALL.replace(from, to);
        assert!(ours.check(body.as_bytes()).is_err());
        body.leak().as_bytes()
    };
    let first = wrong(r#"{"id""#, r#"["id""#);
    let unknown = wrong(r#""note""#, r#""more""#);
    let metadata = wrong("hooks.example.com", "169.254.169.254");
    let refuse = |body: &'static [u8]| move || drop(black_box(ours.check(black_box(body))));
    Group::new(bodies::SMALL.len())
        .add("accepted", || {
            ours.check(black_box(bodies::SMALL.as_bytes()))
                .expect("it is valid");
        })
        .add("first byte", refuse(first))
        .aim(1.0)
        .add("unknown member", refuse(unknown))
        .aim(1.0)
        .add("metadata address at the end", refuse(metadata))
        .aim(1.0)
}

/// What a byte costs, by how many there are.
pub(crate) fn sizes(quick: bool) -> Table {
    let ours: &'static Validator = Box::leak(Box::new(validator(
        Schema::array(schemas::order()).max_items(200_000),
    )));
    let mut group = Group::new(0);
    let mut bytes = Vec::new();
    for (name, count) in [
        ("1 KB", 7),
        ("16 KB", 104),
        ("256 KB", 1_640),
        ("16 MB", 103_000),
    ] {
        if quick && count > 10_000 {
            continue;
        }
        let body: &'static [u8] = bodies::orders(count).leak().as_bytes();
        bytes.push(body.len());
        group = group.add(name, move || {
            ours.check(black_box(body)).expect("it is valid");
        });
    }
    let mut table = Table::new(
        "cost of a byte by the size of the body (aim: flat, ± 15 %)",
        &["", "bytes", "ns per byte", "ratio"],
    );
    let mut base = None;
    for ((name, time), bytes) in group.medians(quick).into_iter().zip(bytes) {
        #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
        let cost = time / bytes as f64;
        let ratio = cost / *base.get_or_insert(cost);
        table.row([
            name.to_owned(),
            bytes.to_string(),
            format!("{cost:.3}"),
            format!("{ratio:.2}"),
        ]);
    }
    table
}

fn validator(schema: impl IntoSchema) -> Validator {
    Validator::new(
        schema.schema(),
        AddressPolicy::deny_internal(),
        Limits::default().max_body(1 << 25).max_items(1 << 20),
    )
    .expect("a schema without mistakes")
}

/// The builders that a schema can come from.
trait IntoSchema {
    fn schema(self) -> Schema;
}

impl IntoSchema for ObjectSchema {
    fn schema(self) -> Schema {
        self.into()
    }
}

impl IntoSchema for tower_harden::ArraySchema {
    fn schema(self) -> Schema {
        self.into()
    }
}
