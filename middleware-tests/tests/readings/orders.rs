//! Orders that keep their schema, and any JSON that a route for any takes.

use middleware_tests::readings::order;
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::written::Written;

/// A document whose members stand in some order.
#[derive(Clone, Debug)]
pub(crate) struct Members(Vec<(&'static str, Value)>);

impl Members {
    pub(crate) fn written(&self) -> Written {
        let member = |(name, value): &(&str, Value)| (name.to_string(), value.into());
        Written::Object(self.0.iter().map(member).collect())
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// An order with the required members and some of the others, in the declared order or another.
pub(crate) fn order() -> impl Strategy<Value = Members> {
    let values = vec![
        always(sku()),
        always(json(1..=100_i64)),
        maybe(prop_oneof![json(-5..=5_i64), json(Just(Value::Null))]),
        maybe(json(any::<i64>())),
        maybe(json(any::<u64>())),
        maybe(json(0.0..0.999)),
        maybe(json(-0.0999..0.2999)),
        maybe(json(any::<bool>())),
        maybe(json(select(order::STATUS.as_slice()))),
        maybe(prop_oneof![
            json(text(0..=12)),
            json(phrase()),
            json(Just("two\r\n\tlines")),
            json(Just(Value::Null)),
        ]),
        maybe(json("([a-z]{2}|é{1,4})-[0-9]?")),
        maybe(json("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
        maybe(json(date_time())),
        maybe(json(url())),
        maybe(json(vec(line(), 1..=3))),
        maybe(json(vec(text(1..=4), 0..=4))),
        maybe(anything().boxed()),
        maybe(json(text(0..=3))),
        maybe(json(0..=9_i64)),
    ];
    let members = values.prop_map(|values| {
        let members = order::NAMES.into_iter().zip(values);
        members
            .filter_map(|(name, value)| Some((name, value?)))
            .collect::<Vec<_>>()
    });
    let ordered = members.prop_flat_map(|members| {
        let shuffled = Just(members.clone()).prop_shuffle();
        prop_oneof![Just(members), shuffled]
    });
    ordered.prop_map(Members)
}

/// Any JSON value whose strings and names are harmless.
pub(crate) fn anything() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        json(Just(Value::Null)),
        json(any::<bool>()),
        json(any::<i64>()),
        json(any::<u64>()),
        json(any::<f64>()),
        json(text(0..=20)),
        json(phrase()),
    ];
    scalar.prop_recursive(6, 40, 5, |inner| {
        let object = vec((text(0..=20), inner.clone()), 0..5);
        prop_oneof![
            json(vec(inner, 0..5)),
            object.prop_map(|members| Map::from_iter(members).into()),
        ]
    })
}

/// A text of so many characters without controls, and without what an address needs.
pub(crate) fn text(length: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    let addressed = |character: char| ":@%\\/.。．｡".contains(character);
    let turned = |character| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let character = any::<char>()
        .prop_filter("a control or a part of an address", move |character| {
            !character.is_control() && !addressed(*character) && !turned(*character)
        });
    vec(character, length).prop_map(String::from_iter)
}

/// A text with what an address needs, and that has none.
fn phrase() -> impl Strategy<Value = String> {
    const PHRASES: &[&str] = &[
        "",
        "12:34",
        "a@b",
        "100%",
        "C:\\x",
        "1.2.3",
        "a/b",
        "\"'\"",
        "</script>",
        "{}[]",
    ];
    select(PHRASES).prop_map(str::to_owned)
}

fn sku() -> BoxedStrategy<Value> {
    json("[A-Z0-9-]{2,8}")
}

fn line() -> impl Strategy<Value = Value> {
    let gift = option::of(any::<bool>());
    (sku(), 1..=u64::MAX, gift).prop_map(|(sku, amount, gift)| {
        let mut line = Map::from_iter([
            ("sku".to_owned(), sku),
            ("amount".to_owned(), amount.into()),
        ]);
        line.extend(gift.map(|gift| ("gift".to_owned(), gift.into())));
        line.into()
    })
}

fn date_time() -> impl Strategy<Value = String> {
    "20[0-9]{2}-(0[1-9]|1[0-2])-[0-2][1-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]00:00)"
}

fn url() -> impl Strategy<Value = String> {
    "https?://([a-z]{1,9}\\.){1,3}(com|example)(:[1-9][0-9]{2})?(/[a-z0-9_~.-]{0,5}){0,2}(\\?[a-z=&]{0,6})?"
}

fn json<S>(strategy: S) -> BoxedStrategy<Value>
where
    S: Strategy<Value: Into<Value>> + 'static,
{
    strategy.prop_map(Into::into).boxed()
}

fn always(strategy: BoxedStrategy<Value>) -> BoxedStrategy<Option<Value>> {
    strategy.prop_map(Some).boxed()
}

fn maybe(strategy: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    option::of(strategy).boxed()
}
