//! Scans of a table that belongs to no tenant.

use aws_sdk_dynamodb::types::Select;

use super::{
    policy::{MOST, SEGMENTS},
    steps::Steps,
};
use crate::items::{item, shown, sorted, text};

pub(super) async fn work(steps: &mut Steps) {
    for place in 0..12 {
        let source = format!("source {place}");
        let put = steps
            .client
            .put_item()
            .table_name(&steps.names.events)
            .set_item(Some(item([
                ("source", source.as_str()),
                ("at", "1"),
                ("by", "test"),
            ])));
        steps.take("put", put.send(), |_| "done".to_owned()).await;
    }
    let mut found = Vec::new();
    for segment in 0..SEGMENTS {
        let mut cursor = None;
        loop {
            let scan = steps
                .client
                .scan()
                .table_name(&steps.names.events)
                .segment(segment)
                .total_segments(SEGMENTS)
                .filter_expression("#by = :by")
                .expression_attribute_names("#by", "by")
                .expression_attribute_values(":by", text("test"))
                .limit(3)
                .set_exclusive_start_key(cursor);
            let answer = Steps::unwrap("scan", Box::pin(scan.send()).await);
            found.extend(answer.items.unwrap_or_default());
            cursor = answer.last_evaluated_key;
            if cursor.is_none() {
                break;
            }
        }
    }
    assert_eq!(found.len(), 12, "every segment was read");
    steps
        .answers
        .push(format!("scan in segments: {}", sorted(&found)));
    let get = steps
        .client
        .get_item()
        .table_name(&steps.names.events)
        .set_key(Some(item([("source", "source 3"), ("at", "1")])));
    steps
        .take("get all of it", get.send(), |answer| {
            answer.item.as_ref().map_or("none".to_owned(), shown)
        })
        .await;
    let mut count = 0;
    let mut cursor = None;
    loop {
        let scan = steps
            .client
            .scan()
            .table_name(&steps.names.events)
            .filter_expression("begins_with(#source, :source)")
            .expression_attribute_names("#source", "source")
            .expression_attribute_values(":source", text("source"))
            .select(Select::Count)
            .limit(MOST)
            .set_exclusive_start_key(cursor);
        let answer = Steps::unwrap("count", Box::pin(scan.send()).await);
        count += answer.count();
        cursor = answer.last_evaluated_key;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(count, 12);
    steps.answers.push(format!("count: {count}"));
}
