//! What each member of a request is to the guard: the one place where a person decides.

use crate::serializer::Kind;

/// Operations on items. Each of their members has a class of its own, so that a new one is seen.
const ON_ITEMS: &[&str] = &[
    "BatchExecuteStatement",
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "ExecuteStatement",
    "ExecuteTransaction",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "SearchVectors",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
];

/// Members that mean the same wherever they stand.
const EVERYWHERE: &[(&str, &str)] = &[
    ("TableName", "table"),
    ("SourceTableName", "table"),
    ("TargetTableName", "table"),
    ("GlobalTableName", "table"),
    ("IndexName", "index"),
];

const OF_ITEMS: &[(&str, &str)] = &[
    ("AttributeUpdates", "legacy"),
    ("AttributesToGet", "legacy"),
    ("ClientRequestToken", "token"),
    ("ConditionExpression", "condition"),
    ("ConditionalOperator", "legacy"),
    ("ConsistentRead", "consistent_read"),
    ("ExclusiveStartKey", "cursor"),
    ("Expected", "legacy"),
    ("ExpressionAttributeNames", "names"),
    ("ExpressionAttributeValues", "values"),
    ("FilterExpression", "filter"),
    ("Item", "item"),
    ("Key", "key"),
    ("KeyConditionExpression", "key_condition"),
    ("KeyConditions", "legacy"),
    ("Keys", "keys"),
    ("Limit", "limit"),
    ("NextToken", "token"),
    ("Parameters", "parameters"),
    ("ProjectionExpression", "projection"),
    ("QueryFilter", "legacy"),
    ("RequestItems", "tables"),
    ("ReturnConsumedCapacity", "return_capacity"),
    ("ReturnItemCollectionMetrics", "return_metrics"),
    ("ReturnValues", "return_values"),
    (
        "ReturnValuesOnConditionCheckFailure",
        "return_values_on_failure",
    ),
    ("ScanFilter", "legacy"),
    ("ScanIndexForward", "scan_forward"),
    ("SearchConditionExpression", "search_condition"),
    ("SearchVector", "values"),
    ("Segment", "segment"),
    ("Select", "select"),
    ("Statement", "statement"),
    ("TopK", "limit"),
    ("TotalSegments", "total_segments"),
    ("UpdateExpression", "update"),
];

/// Members of structures that hold nothing by themselves.
const STRUCTURES: &[&str] = &[
    "ConditionCheck",
    "Delete",
    "DeleteRequest",
    "Get",
    "Put",
    "PutRequest",
    "Statements",
    "TransactItems",
    "TransactStatements",
    "Update",
];

/// The class of a member, where it has one.
pub(crate) fn of(operation: &str, path: &str, kind: Kind) -> Option<&'static str> {
    let name = name(path);
    let find = |classes: &[(&str, &'static str)]| {
        classes
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, class)| *class)
    };
    if let Some(class) = find(EVERYWHERE) {
        return Some(class);
    }
    if ON_ITEMS.contains(&operation) {
        return find(OF_ITEMS).or_else(|| STRUCTURES.contains(&name).then_some("structure"));
    }
    Some(match kind {
        Kind::Object | Kind::Array => "structure",
        // Which table, role, key or stream an ARN is of cannot be told from the declaration.
        Kind::Scalar if name.ends_with("Arn") => "arn",
        // A grant of access to others.
        Kind::Scalar if name.ends_with("Policy") => "policy",
        Kind::Scalar => "plain",
    })
}

/// Whether what stands below a member is data of the caller.
pub(crate) fn is_data(path: &str) -> bool {
    let data = |class| {
        matches!(
            class,
            "key" | "keys" | "item" | "values" | "cursor" | "parameters" | "legacy"
        )
    };
    OF_ITEMS
        .iter()
        .any(|(known, class)| *known == name(path) && data(*class))
}

/// The last member of a path, without its containers.
fn name(path: &str) -> &str {
    let last = path.rsplit('.').next().unwrap_or(path);
    last.trim_end_matches(['{', '}', '[', ']'])
}
