//! Mistakes of a policy: all of them, each with its place.

use tower_harden::{
    ConfigError,
    dynamodb::{Operation, TablePolicy},
};

use crate::guarded::free;

const TABLE: &str =
    "is not a bare table name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'";
const INDEX: &str = "is not an index name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'";
const ON_NONE: &str = "is on no table: declare it with account(..)";
const ON_ONE: &str = "is on a table: declare it for one";
const UNJUDGED: &str = "names what it is on by an ARN, which is always denied";
const WHOSE: &str = "does not say whose items it has: partition_key(..) binds them to the principal, any_partition() does not";
const READ: &str = "does not say what is read: read([..]) or read_all()";

fn told(result: Result<TablePolicy, ConfigError>) -> Vec<String> {
    let error = result.expect_err("a mistake");
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn every_mistake_of_a_table_is_told_at_once() {
    let result = TablePolicy::new().table("Orders/index/x", |table| {
        table
            .allow([
                Operation::GetItem,
                Operation::ListTables,
                Operation::DescribeLimits,
            ])
            .index("by_status")
            .index("by")
            .index("by_status")
            .index("by status")
    });
    assert_eq!(
        told(result),
        [
            format!(r#"table "Orders/index/x": operation ListTables: {ON_NONE}"#),
            format!(r#"table "Orders/index/x": operation DescribeLimits: {ON_NONE}"#),
            format!(r#"table "Orders/index/x": {WHOSE}"#),
            format!(r#"table "Orders/index/x": {READ}"#),
            format!(r#"table "Orders/index/x": index "by": {INDEX}"#),
            r#"table "Orders/index/x": index "by_status": is declared twice"#.to_owned(),
            format!(r#"table "Orders/index/x": index "by status": {INDEX}"#),
            format!(r#"table "Orders/index/x": {TABLE}"#),
        ]
    );
}

#[test]
fn a_table_is_declared_once() {
    let policy = TablePolicy::new()
        .table("Orders", |table| table)
        .and_then(|policy| policy.table("orders", |table| table))
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        told(policy.table("Orders", |table| table.index("x"))),
        [
            format!(r#"table "Orders": index "x": {INDEX}"#),
            r#"table "Orders": is declared twice"#.to_owned(),
        ]
    );
}

#[test]
fn what_is_no_bare_name_is_no_table() {
    let long = "x".repeat(256);
    for name in [
        "",
        "ab",
        &long,
        "Orders ",
        "Orders\0",
        "Örders",
        "*",
        "Orders*",
        "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
    ] {
        let result = TablePolicy::new().table(name, |table| table);
        assert_eq!(told(result), [format!("table {name:?}: {TABLE}")]);
    }
    let longest = "x".repeat(255);
    for name in ["abc", "a.b", "A-b_c.9", &longest] {
        assert!(TablePolicy::new().table(name, |table| table).is_ok());
    }
}

#[test]
fn every_operation_is_declared_in_one_place_at_most() {
    for operation in Operation::ALL {
        let on_table = TablePolicy::new().table("Orders", |table| {
            let table = free(table).allow([*operation]);
            // What encloses operations on items needs some, and what executes statements needs one.
            match operation {
                Operation::BatchGetItem | Operation::TransactGetItems => {
                    table.allow([Operation::GetItem])
                }
                Operation::BatchWriteItem | Operation::TransactWriteItems => {
                    table.allow([Operation::PutItem])
                }
                Operation::ExecuteStatement
                | Operation::BatchExecuteStatement
                | Operation::ExecuteTransaction => table.statement("SELECT id FROM Orders"),
                _ => table,
            }
        });
        let on_account = TablePolicy::new().account([*operation]);
        let placed = |problem| {
            [format!(
                r#"table "Orders": operation {operation}: {problem}"#
            )]
        };
        let alone = |problem| [format!("operation {operation}: {problem}")];
        match (on_table.is_ok(), on_account.is_ok()) {
            (true, false) => assert_eq!(told(on_account), alone(ON_ONE)),
            (false, true) => assert_eq!(told(on_table), placed(ON_NONE)),
            (false, false) => {
                assert_eq!(told(on_account), alone(UNJUDGED));
                assert_eq!(told(on_table), placed(UNJUDGED));
            }
            (true, true) => panic!("{operation} is declared in two places"),
        }
    }
}

#[test]
fn operations_that_would_always_be_denied_cannot_be_declared() {
    for operation in [
        Operation::TagResource,
        Operation::PutResourcePolicy,
        Operation::ExportTableToPointInTime,
    ] {
        assert!(
            TablePolicy::new()
                .table("Orders", |table| table.allow([operation]))
                .is_err()
        );
    }
}

#[test]
fn the_operations_of_the_account_are_few() {
    let account: Vec<_> = Operation::ALL
        .iter()
        .filter(|operation| TablePolicy::new().account([**operation]).is_ok())
        .map(|operation| operation.as_str())
        .collect();
    assert_eq!(
        account,
        [
            "DescribeEndpoints",
            "DescribeLimits",
            "ListGlobalTables",
            "ListTables",
        ]
    );
}

#[test]
fn every_mistake_of_the_account_is_told_at_once() {
    let operations = [
        Operation::Scan,
        Operation::ListTables,
        Operation::TagResource,
    ];
    assert_eq!(
        told(TablePolicy::new().account(operations)),
        [
            format!("operation Scan: {ON_ONE}"),
            format!("operation TagResource: {UNJUDGED}"),
        ]
    );
}
