//! Work on one item.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::put_item::builders::PutItemFluentBuilder,
    types::{AttributeValue, ReturnValue},
};

use super::{
    policy::TENANT,
    steps::{Steps, key},
};
use crate::items::{Item, number, shown, text};

/// The error of a condition that does not hold.
const CONDITION: &str = "ConditionalCheckFailedException";
/// A condition that does not.
const FALSE: &str = "quantity < :zero";

/// Orders to work on, with nested attributes.
fn orders() -> Vec<Item> {
    let order = |place: i64| {
        let mut order = key(&format!("o{place}"));
        let address = [
            ("city".to_owned(), text("Graz")),
            ("street".to_owned(), text("Hauptplatz 1")),
        ];
        let line = |sku| AttributeValue::M(HashMap::from([("sku".to_owned(), text(sku))]));
        let status = if place % 2 == 0 { "open" } else { "sent" };
        let attributes = [
            ("buyer", text(TENANT)),
            ("sku", text(&format!("LAMP-{place}"))),
            ("quantity", number(place)),
            ("status", text(status)),
            ("note", text("at the door")),
            ("secret", text("hunter2")),
            ("tags", AttributeValue::Ss(vec!["a".into(), "b".into()])),
            ("address", AttributeValue::M(address.into())),
            ("parts", AttributeValue::L(vec![line("A"), line("B")])),
        ];
        order.extend(attributes.map(|(name, value)| (name.to_owned(), value)));
        order
    };
    (1..=7).map(order).collect()
}

pub(super) async fn work(steps: &mut Steps) {
    for order in orders() {
        let put = put(steps, order);
        steps
            .take("put", put.send(), |answer| {
                format!("{:?}", answer.attributes)
            })
            .await;
    }
    let again = put(steps, orders().swap_remove(0));
    steps.refused("put again", again.send(), CONDITION).await;
    gets(steps).await;
    updates(steps).await;
    deletes(steps).await;
}

fn put(steps: &Steps, order: Item) -> PutItemFluentBuilder {
    steps
        .client
        .put_item()
        .table_name(&steps.names.orders)
        .set_item(Some(order))
        .condition_expression("attribute_not_exists(id)")
}

async fn gets(steps: &mut Steps) {
    for projection in [
        "id, sku, quantity",
        "id, #status, #n",
        "id, address.city, parts[1].sku",
        "tenant, id,tags",
    ] {
        for (id, consistent) in [("o1", false), ("o1", true), ("none", false)] {
            let mut get = steps
                .client
                .get_item()
                .table_name(&steps.names.orders)
                .set_key(Some(key(id)))
                .projection_expression(projection);
            if consistent {
                get = get.consistent_read(true);
            }
            if projection.contains('#') {
                get = get
                    .expression_attribute_names("#status", "status")
                    .expression_attribute_names("#n", "note");
            }
            let name = format!("get {projection} of {id}");
            steps
                .take(&name, get.send(), |answer| {
                    answer.item.as_ref().map_or("none".to_owned(), shown)
                })
                .await;
        }
    }
}

async fn updates(steps: &mut Steps) {
    let update = steps
        .client
        .update_item()
        .table_name(&steps.names.orders)
        .set_key(Some(key("o1")))
        .update_expression(
            "SET quantity = quantity + :one, note = if_not_exists(note, :none), \
             #parts = list_append(parts, :more), address.city = :city \
             ADD tags :tags REMOVE secret",
        )
        .condition_expression(
            "attribute_exists(id) AND (quantity < :most OR NOT contains(tags, :tag)) \
             AND size(sku) BETWEEN :one AND :most AND begins_with(sku, :lamp)",
        )
        .expression_attribute_names("#parts", "parts")
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":most", number(10))
        .expression_attribute_values(":none", text("none"))
        .expression_attribute_values(":more", AttributeValue::L(vec![text("C")]))
        .expression_attribute_values(":city", text("Linz"))
        .expression_attribute_values(":tags", AttributeValue::Ss(vec!["c".into()]))
        .expression_attribute_values(":tag", text("z"))
        .expression_attribute_values(":lamp", text("LAMP"));
    steps
        .take("update", update.send(), |answer| {
            format!("{:?}", answer.attributes)
        })
        .await;
    for (returned, condition) in [
        (ReturnValue::None, "quantity > :zero"),
        (ReturnValue::UpdatedNew, "quantity > :zero"),
        (ReturnValue::UpdatedOld, "quantity > :zero"),
        (ReturnValue::UpdatedNew, FALSE),
    ] {
        let update = steps
            .client
            .update_item()
            .table_name(&steps.names.orders)
            .set_key(Some(key("o2")))
            .update_expression("SET quantity = :quantity")
            .condition_expression(condition)
            .return_values(returned.clone())
            .expression_attribute_values(":quantity", number(9))
            .expression_attribute_values(":zero", number(0));
        let name = format!("update where {condition} for {returned}");
        if condition == FALSE {
            steps.refused(&name, update.send(), CONDITION).await;
        } else {
            steps
                .take(&name, update.send(), |answer| {
                    answer.attributes.as_ref().map_or("none".to_owned(), shown)
                })
                .await;
        }
    }
    let get = steps
        .client
        .get_item()
        .table_name(&steps.names.orders)
        .set_key(Some(key("o1")))
        .projection_expression("id, quantity, note, tags, #parts, address.city")
        .expression_attribute_names("#parts", "parts");
    steps
        .take("updated", get.send(), |answer| {
            answer.item.as_ref().map_or("none".to_owned(), shown)
        })
        .await;
}

async fn deletes(steps: &mut Steps) {
    for (status, deletes) in [("open", false), ("sent", true), ("sent", false)] {
        let delete = steps
            .client
            .delete_item()
            .table_name(&steps.names.orders)
            .set_key(Some(key("o7")))
            .condition_expression("#status IN (:status, :other)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", text(status))
            .expression_attribute_values(":other", text("lost"));
        let name = format!("delete where {status}");
        if deletes {
            steps
                .take(&name, delete.send(), |answer| {
                    format!("{:?}", answer.attributes)
                })
                .await;
        } else {
            steps.refused(&name, delete.send(), CONDITION).await;
        }
    }
}
