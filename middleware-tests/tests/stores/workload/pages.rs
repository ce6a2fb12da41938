//! Queries, page by page.

use aws_sdk_dynamodb::{operation::query::builders::QueryFluentBuilder, types::Select};

use super::{
    policy::{BY_BUYER, BY_STATUS, MOST, TENANT},
    steps::Steps,
};
use crate::items::{all_shown, number, shown, text};

pub(super) async fn work(steps: &mut Steps) {
    let table = |steps: &Steps| {
        steps
            .client
            .query()
            .table_name(&steps.names.orders)
            .expression_attribute_values(":tenant", text(TENANT))
    };
    let all = |steps: &Steps| {
        table(steps)
            .key_condition_expression("tenant = :tenant")
            .projection_expression("id, sku")
    };
    for (limit, forward) in [(1, true), (2, true), (2, false), (MOST, true)] {
        let query = all(steps).limit(limit).scan_index_forward(forward);
        pages(steps, &format!("query by {limit}"), query).await;
    }
    for condition in [
        "tenant = :tenant AND id > :id",
        "id <= :id and tenant = :tenant",
        "tenant = :tenant AND begins_with(id, :id)",
        "tenant = :tenant AND id BETWEEN :id AND :id",
    ] {
        let query = table(steps)
            .key_condition_expression(condition)
            .expression_attribute_values(":id", text("o3"))
            .projection_expression("id")
            .limit(2);
        pages(steps, &format!("query {condition}"), query).await;
    }
    let filtered = all(steps)
        .filter_expression("(quantity >= :least AND attribute_exists(note)) OR #status = :status")
        .expression_attribute_names("#status", "status")
        .expression_attribute_values(":least", number(4))
        .expression_attribute_values(":status", text("sent"))
        .consistent_read(true)
        .limit(3);
    pages(steps, "filtered", filtered).await;
    let by_status = table(steps)
        .index_name(BY_STATUS)
        .key_condition_expression("tenant = :tenant AND #status = :status")
        .expression_attribute_names("#status", "status")
        .expression_attribute_values(":status", text("open"))
        .projection_expression("id, #status")
        .limit(1);
    pages(steps, "by status", by_status).await;
    let by_buyer = table(steps)
        .index_name(BY_BUYER)
        .key_condition_expression("buyer = :tenant")
        .projection_expression("id, buyer")
        .limit(2);
    pages(steps, "by buyer", by_buyer).await;
    let count = table(steps)
        .key_condition_expression("tenant = :tenant")
        .filter_expression("quantity > :least")
        .expression_attribute_values(":least", number(3))
        .select(Select::Count)
        .limit(MOST);
    pages(steps, "count", count).await;
}

/// Asks for page after page until there is none.
async fn pages(steps: &mut Steps, name: &str, query: QueryFluentBuilder) {
    let mut cursor = None;
    for page in 1.. {
        assert!(page < 20, "{name}: no end");
        let query = query.clone().set_exclusive_start_key(cursor.take());
        steps
            .take(name, query.send(), |answer| {
                let next = answer.last_evaluated_key.as_ref().map(shown);
                let text = format!(
                    "{} of {}: {} then {next:?}",
                    answer.count(),
                    answer.scanned_count(),
                    all_shown(answer.items())
                );
                cursor = answer.last_evaluated_key;
                text
            })
            .await;
        if cursor.is_none() {
            break;
        }
    }
}
