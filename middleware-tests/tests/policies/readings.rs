//! What the schema of a type accepts, serde reads as the type.

use std::{
    any::type_name,
    collections::{BTreeMap, BTreeSet, HashMap},
    net::{Ipv4Addr, Ipv6Addr},
    num::{NonZeroI16, NonZeroU32},
    ops::Range,
    time::Duration,
};

use schemars::JsonSchema;
use serde::{Deserialize, de::DeserializeOwned};
use tower_harden::{AddressPolicy, JsonSchema as Document, Limits, Validator};
use uuid::Uuid;

const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "2",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "170141183460469231731687303715884105728",
    "340282366920938463463374607431768211455",
    "340282366920938463463374607431768211456",
    "1.0",
    "1e2",
    "0.5",
    "-1.5",
    "3.5e38",
    "1e300",
    r#""""#,
    r#""a""#,
    r#""é""#,
    r#""ab""#,
    r#""Low""#,
    r#""Named""#,
    r#""1""#,
    r#""1.1.1.1""#,
    r#""2606:4700::1111""#,
    r#""0d4e5a36-7d3c-4b8e-9f3a-2f6f7f0c1a2b""#,
    "[]",
    "[1]",
    "[1,2]",
    "[1,1]",
    "[1,2,3]",
    r#"["a",1]"#,
    r#"[1,"a"]"#,
    "[null]",
    "[[1],[2]]",
    "{}",
    r#"{"a":1}"#,
    r#"{"1":1}"#,
    r#"{"a":"b"}"#,
    r#"{"a":null}"#,
    r#"{"a":1,"b":2}"#,
    r#"{"secs":1,"nanos":2}"#,
    r#"{"start":1,"end":2}"#,
    r#"{"Number":1}"#,
    r#"{"Named":{"a":1}}"#,
    r#"{"Pair":[1,2]}"#,
    r#"{"Low":null}"#,
    r#"{"t":"Named","a":1}"#,
    r#"{"t":"Low"}"#,
    r#"{"t":"Number","c":1}"#,
    r#"{"t":"Low","c":null}"#,
    r#"{"t":"Named","c":{"a":1}}"#,
    r#"{"Ok":1}"#,
    r#"{"Err":"a"}"#,
];

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only whether it is read is looked at")]
enum External {
    Low,
    Number(u8),
    Pair(u8, u8),
    Named { a: u8 },
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "t")]
#[expect(dead_code, reason = "only whether it is read is looked at")]
enum Internal {
    Low,
    Named { a: u8 },
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
#[expect(dead_code, reason = "only whether it is read is looked at")]
enum Adjacent {
    Low,
    Number(u8),
    Named { a: u8 },
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only whether it is read is looked at")]
enum Untagged {
    Number(u8),
    Named { a: u8 },
    Text(String),
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only whether it is read is looked at")]
struct Flat {
    a: Option<u8>,
    #[serde(flatten)]
    others: BTreeMap<String, u8>,
}

#[derive(Deserialize, JsonSchema)]
struct Unit;

#[derive(Deserialize, JsonSchema)]
#[serde(default)]
struct Defaults {
    a: u8,
    b: u8,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { a: 1, b: 2 }
    }
}

/// Integers to JSON Schema, and fractions to serde: extractors refuse them.
const WHOLE: &[&str] = &["-0", "1.0", "1e2"];

/// Reads every value that the schema accepts, and counts them.
fn accepted<T: DeserializeOwned + JsonSchema>() -> usize {
    let schema = Document::of_type::<T>();
    let validator = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default());
    let validator = validator.unwrap_or_else(|error| panic!("{}: {error}", type_name::<T>()));
    let accepted = |value: &&&str| validator.check(value.as_bytes()).is_ok();
    let read = |value: &&&str| {
        let read = serde_json::from_str::<T>(value);
        if let Err(error) = &read {
            assert!(
                WHOLE.contains(value),
                "{}: {value}: {error}",
                type_name::<T>()
            );
        }
        read.is_ok()
    };
    VALUES.iter().filter(accepted).filter(read).count()
}

/// The number of values that serde reads.
fn read<T: DeserializeOwned>() -> usize {
    let read = |value: &&&str| serde_json::from_str::<T>(value).is_ok();
    VALUES.iter().filter(read).count()
}

macro_rules! each {
    ($($of:ty: $more:literal),+ $(,)?) => {
        [$((type_name::<$of>(), accepted::<$of>(), read::<$of>(), $more)),+]
    };
}

/// With each type, how many values serde reads beyond them: structs as arrays, members that nobody declared,
/// an item twice in a set, a variant without fields as an object.
#[test]
fn what_is_accepted_is_read() {
    let counts = each!(
        u8: 0, u16: 0, u32: 0, u64: 0, usize: 0,
        i8: 0, i16: 0, i32: 0, i64: 0, isize: 0,
        NonZeroU32: 0, NonZeroI16: 0, f32: 0, f64: 0,
        bool: 0, char: 0, String: 0, (): 0, Unit: 0, Uuid: 0, Ipv4Addr: 0, Ipv6Addr: 0,
        Option<u8>: 0, Option<String>: 0, Box<u8>: 0,
        Vec<u8>: 0, Vec<Vec<u8>>: 0, [u8; 2]: 0, BTreeSet<u8>: 1,
        (u8, String): 0, (String, u8): 0,
        HashMap<String, u8>: 0, BTreeMap<u8, u8>: 0, Flat: 0, Defaults: 18,
        External: 1, Internal: 1, Adjacent: 0, Untagged: 2,
        Duration: 2, Range<u8>: 2, Result<u8, String>: 0,
        serde_json::Value: 0,
    );
    for (name, accepted, read, more) in counts {
        assert!(accepted > 0, "{name}");
        assert_eq!(read - accepted, more, "{name}: {accepted} of {read}");
    }
}
