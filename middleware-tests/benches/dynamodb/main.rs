//! The guarded DynamoDB client beside the bare one, over a connection that is stubbed.
//!
//! `cargo bench --manifest-path middleware-tests/benches/Cargo.toml -p tower-harden-benches-dynamodb`; the
//! flags are those of the bench `ratios`. It is a package of its own because the SDK takes minutes to
//! build.

mod stub;

use std::{collections::HashMap, hint::black_box, sync::Arc};

use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider},
    types::{AttributeValue, PutRequest, WriteRequest},
};
use aws_types::SdkConfig;
use tokio::runtime::{Builder, Runtime};
use tower_harden::dynamodb::{DynamoGuard, GuardedClient, Operation, Principal, TablePolicy};
use tower_harden_benches::{
    harness::Group,
    instructions::{self, Named},
};

const NAMES: [&str; 12] = [
    "id", "sku", "quantity", "status", "note", "callback", "created", "changed", "price",
    "currency", "weight", "colour",
];

/// Of time; of instructions, which are counted, the aim is 1.04 for one item and 1.10 for a batch.
const ONE_ITEM: f64 = 1.04;
const BATCH: f64 = 1.10;

const GROUPS: &[Named] = &[
    ("get-item", get_item),
    ("put-item", put_item),
    ("query", query),
    ("batch-write-item", batch_write_item),
    ("denied", denied),
];

fn main() {
    let Some(arguments) = instructions::arguments(GROUPS) else {
        return;
    };
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    for (name, group) in GROUPS {
        if has("--instructions") {
            instructions::count(name, &group());
        } else {
            group().measure(name, has("--quick")).print();
        }
    }
}

fn config() -> SdkConfig {
    let credentials = Credentials::new("id", "secret", None, None, "bench");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(stub::Stub)
        .build()
}

fn guarded() -> GuardedClient {
    let policy = TablePolicy::new().table("Orders", |table| {
        table
            .allow([
                Operation::GetItem,
                Operation::PutItem,
                Operation::Query,
                Operation::BatchWriteItem,
            ])
            .partition_key("tenant")
            .read(NAMES)
            .write(NAMES)
            .max_limit(50)
    });
    let policy = policy.unwrap_or_else(|error| panic!("{error}"));
    let client = DynamoGuard::new(policy).client(&config());
    let client = client.unwrap_or_else(|error| panic!("{error}"));
    client.with_principal(Principal::new("tenant-7"))
}

fn bare() -> Client {
    Client::new(&config())
}

fn runtime() -> Arc<Runtime> {
    let runtime = Builder::new_current_thread().enable_all().build();
    Arc::new(runtime.expect("a runtime"))
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn item() -> HashMap<String, AttributeValue> {
    let values = NAMES
        .iter()
        .map(|name| (name.to_string(), s("a value of some length")));
    values
        .chain([("tenant".to_owned(), s("tenant-7"))])
        .collect()
}

/// The same call of both clients.
macro_rules! calls {
    ($bytes:expr, $aim:expr, |$client:ident| $call:expr) => {{
        let (one, other) = (runtime(), runtime());
        Group::new($bytes)
            .add("aws-sdk-dynamodb", {
                let $client = bare();
                move || {
                    black_box(one.block_on($call.send())).expect("an answer");
                }
            })
            .add("with the guard", {
                let $client = guarded();
                move || {
                    black_box(other.block_on($call.send())).expect("an answer");
                }
            })
            .aim($aim)
    }};
}

fn get_item() -> Group {
    calls!(147, ONE_ITEM, |client| client
        .get_item()
        .table_name("Orders")
        .key("tenant", s("tenant-7"))
        .key("id", s("0190c6a4"))
        .projection_expression("id, sku, #status")
        .expression_attribute_names("#status", "status"))
}

fn put_item() -> Group {
    calls!(609, ONE_ITEM, |client| client
        .put_item()
        .table_name("Orders")
        .set_item(Some(item())))
}

fn query() -> Group {
    calls!(380, ONE_ITEM, |client| client
        .query()
        .table_name("Orders")
        .limit(20)
        .key_condition_expression("tenant = :tenant AND id > :after")
        .filter_expression("#status = :status AND quantity > :quantity")
        .projection_expression("id, sku, #status")
        .expression_attribute_names("#status", "status")
        .expression_attribute_values(":tenant", s("tenant-7"))
        .expression_attribute_values(":after", s("0190c6a4"))
        .expression_attribute_values(":status", s("open"))
        .expression_attribute_values(
            ":quantity",
            AttributeValue::N("3".to_owned())
        ))
}

fn batch_write_item() -> Group {
    let write = || {
        let put = PutRequest::builder().set_item(Some(item())).build();
        WriteRequest::builder()
            .put_request(put.expect("an item"))
            .build()
    };
    let writes: Vec<WriteRequest> = (0..25).map(|_| write()).collect();
    let (one, other) = (writes.clone(), writes);
    let (one_runtime, other_runtime) = (runtime(), runtime());
    let (bare, guarded) = (bare(), guarded());
    Group::new(15_000)
        .add("aws-sdk-dynamodb", move || {
            let call = bare.batch_write_item();
            let call = call.request_items("Orders", one.clone());
            black_box(one_runtime.block_on(call.send())).expect("an answer");
        })
        .add("with the guard", move || {
            let call = guarded.batch_write_item();
            let call = call.request_items("Orders", other.clone());
            black_box(other_runtime.block_on(call.send())).expect("an answer");
        })
        .aim(BATCH)
}

/// A call that is denied, beside one that is sent.
fn denied() -> Group {
    let (one, other) = (runtime(), runtime());
    let (bare, guarded) = (bare(), guarded());
    Group::new(147)
        .add("aws-sdk-dynamodb, sent", move || {
            let call = bare.get_item().table_name("Orders");
            let call = call.key("tenant", s("tenant-8")).key("id", s("0190c6a4"));
            black_box(one.block_on(call.send())).expect("an answer");
        })
        .add("with the guard, denied", move || {
            let call = guarded.get_item().table_name("Orders");
            let call = call.key("tenant", s("tenant-8")).key("id", s("0190c6a4"));
            black_box(other.block_on(call.send())).expect_err("another's item");
        })
        .aim(1.0)
}
