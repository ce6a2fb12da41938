//! Work on several items: batches, with what the store leaves to be asked for again, and transactions.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, DeleteRequest, Get, KeysAndAttributes, Put, PutRequest,
    TransactGetItem, TransactWriteItem, Update, WriteRequest,
};

use super::steps::{Steps, key};
use crate::items::{Item, item, number, shown, sorted, text};

/// More than one answer holds, which is 16 MB.
const LARGE: usize = 45;

fn event(at: usize) -> Item {
    item([("source", "log"), ("at", &format!("{at:03}"))])
}

pub(super) async fn batches(steps: &mut Steps) {
    let put = |item| {
        let put = PutRequest::builder().set_item(Some(item)).build();
        WriteRequest::builder()
            .put_request(put.expect("a whole request"))
            .build()
    };
    let delete = |key| {
        let delete = DeleteRequest::builder().set_key(Some(key)).build();
        WriteRequest::builder()
            .delete_request(delete.expect("a whole request"))
            .build()
    };
    let mut order = key("b1");
    order.insert("sku".to_owned(), text("DESK-1"));
    let (orders, events) = (steps.names.orders.clone(), steps.names.events.clone());
    let requests = HashMap::from([
        (orders.clone(), vec![put(order), delete(key("o6"))]),
        (events.clone(), vec![put(event(900))]),
    ]);
    write(steps, "write a batch", requests).await;

    let large = "x".repeat(380_000);
    let large = |at| {
        let mut event = event(at);
        event.insert("text".to_owned(), text(&large));
        put(event)
    };
    let all: Vec<_> = (0..LARGE).collect();
    for few in all.chunks(20) {
        let requests = few.iter().map(|at| large(*at)).collect();
        write(
            steps,
            "write large items",
            HashMap::from([(events.clone(), requests)]),
        )
        .await;
    }

    let keys = |keys: Vec<Item>| KeysAndAttributes::builder().set_keys(Some(keys));
    let of_orders = keys(vec![key("o1"), key("b1"), key("none")])
        .projection_expression("id, #sku")
        .expression_attribute_names("#sku", "sku")
        .consistent_read(true);
    let of_orders = of_orders.build().expect("whole keys");
    let of_events = keys(vec![event(900)]).build().expect("whole keys");
    let requests = HashMap::from([(orders, of_orders), (events.clone(), of_events)]);
    get(steps, "get a batch", requests).await;
    let of_events = keys(all.iter().map(|at| event(*at)).collect());
    let requests = HashMap::from([(events, of_events.build().expect("whole keys"))]);
    let rounds = get(steps, "get large items", requests).await;
    assert!(rounds > 1, "everything came at once");
}

async fn write(steps: &mut Steps, name: &str, mut requests: HashMap<String, Vec<WriteRequest>>) {
    while !requests.is_empty() {
        let write = steps.client.batch_write_item();
        let write = write.set_request_items(Some(std::mem::take(&mut requests)));
        steps
            .take(name, write.send(), |answer| {
                requests = answer.unprocessed_items.unwrap_or_default();
                format!("{} left", requests.len())
            })
            .await;
    }
}

/// Answers how often it had to ask.
async fn get(
    steps: &mut Steps,
    name: &str,
    mut requests: HashMap<String, KeysAndAttributes>,
) -> usize {
    let mut found = Vec::new();
    let mut rounds = 0;
    while !requests.is_empty() {
        rounds += 1;
        let get = steps.client.batch_get_item();
        let get = get.set_request_items(Some(std::mem::take(&mut requests)));
        let answer = Steps::unwrap(name, Box::pin(get.send()).await);
        found.extend(answer.responses.unwrap_or_default().into_values().flatten());
        requests = answer.unprocessed_keys.unwrap_or_default();
    }
    for item in &mut found {
        // Large, and the same everywhere.
        if let Some(AttributeValue::S(text)) = item.get_mut("text") {
            *text = text.len().to_string();
        }
    }
    steps
        .answers
        .push(format!("{name}: {} in {rounds}", sorted(&found)));
    rounds
}

pub(super) async fn transactions(steps: &mut Steps) {
    let orders = steps.names.orders.clone();
    for (name, least) in [("write all", 1), ("write none", 1_000)] {
        let mut order = key(name);
        order.insert("quantity".to_owned(), number(1));
        let put = Put::builder()
            .table_name(&orders)
            .set_item(Some(order))
            .condition_expression("attribute_not_exists(id)");
        let update = Update::builder()
            .table_name(&orders)
            .set_key(Some(key("o2")))
            .update_expression("SET quantity = quantity - :one")
            .expression_attribute_values(":one", number(1));
        let delete = Delete::builder()
            .table_name(&orders)
            .set_key(Some(key("o5")));
        let check = ConditionCheck::builder()
            .table_name(&orders)
            .set_key(Some(key("o3")))
            .condition_expression("quantity >= :least")
            .expression_attribute_values(":least", number(least));
        let item = TransactWriteItem::builder;
        let write = steps
            .client
            .transact_write_items()
            .transact_items(item().put(put.build().expect("a whole put")).build())
            .transact_items(
                item()
                    .update(update.build().expect("a whole update"))
                    .build(),
            )
            .transact_items(
                item()
                    .delete(delete.build().expect("a whole delete"))
                    .build(),
            )
            .transact_items(
                item()
                    .condition_check(check.build().expect("a whole check"))
                    .build(),
            );
        if least > 1 {
            let canceled = "TransactionCanceledException";
            steps.refused(name, write.send(), canceled).await;
        } else {
            steps.take(name, write.send(), |_| "done".to_owned()).await;
        }
    }
    let get = |id| {
        let get = Get::builder()
            .table_name(&orders)
            .set_key(Some(key(id)))
            .projection_expression("id, quantity");
        let get = get.build().expect("a whole get");
        TransactGetItem::builder().get(get).build()
    };
    let gets = steps
        .client
        .transact_get_items()
        .transact_items(get("o2"))
        .transact_items(get("o5"))
        .transact_items(get("write all"))
        .transact_items(get("write none"));
    steps
        .take("get together", gets.send(), |answer| {
            let items = answer.responses().iter();
            let items: Vec<_> = items
                .map(|response| response.item.as_ref().map_or("none".to_owned(), shown))
                .collect();
            items.join(" ")
        })
        .await;
}
