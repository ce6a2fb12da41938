//! All operations there are.

use tower_harden::dynamodb::{Operation, TablePolicy};

use crate::guarded::{Guarded, declare, only};

/// The outcome of each method of a client, beside the name of the method. A member that the SDK asks
/// for itself stands behind it.
macro_rules! outcomes {
    ($guarded:ident, $($method:ident $(. $member:ident)?)+) => {
        vec![$({
            let call = $guarded.client.$method()$(.$member("Orders"))?;
            (stringify!($method), $guarded.outcome(call.send()).await)
        },)+]
    };
}

#[tokio::test]
async fn every_method_begins_its_own_operation_and_an_empty_policy_denies_it() {
    let guarded = Guarded::by(TablePolicy::new());
    let outcomes = outcomes! { guarded,
        batch_execute_statement
        batch_get_item
        batch_write_item
        create_backup.table_name
        create_global_table.global_table_name
        create_table.table_name
        delete_backup.backup_arn
        delete_item.table_name
        delete_resource_policy.resource_arn
        delete_table.table_name
        describe_backup.backup_arn
        describe_continuous_backups.table_name
        describe_contributor_insights.table_name
        describe_endpoints
        describe_export.export_arn
        describe_global_table.global_table_name
        describe_global_table_settings.global_table_name
        describe_import.import_arn
        describe_kinesis_streaming_destination.table_name
        describe_limits
        describe_table.table_name
        describe_table_replica_auto_scaling.table_name
        describe_time_to_live.table_name
        disable_kinesis_streaming_destination.table_name
        enable_kinesis_streaming_destination.table_name
        execute_statement
        execute_transaction
        export_table_to_point_in_time.table_arn
        get_item.table_name
        get_resource_policy.resource_arn
        import_table
        list_backups
        list_contributor_insights
        list_exports
        list_global_tables
        list_imports
        list_tables
        list_tags_of_resource.resource_arn
        put_item.table_name
        put_resource_policy.resource_arn
        query.table_name
        restore_table_from_backup.target_table_name
        restore_table_to_point_in_time.target_table_name
        scan.table_name
        search_vectors.table_name
        tag_resource.resource_arn
        transact_get_items
        transact_write_items
        untag_resource.resource_arn
        update_continuous_backups.table_name
        update_contributor_insights.table_name
        update_global_table.global_table_name
        update_global_table_settings.global_table_name
        update_item.table_name
        update_kinesis_streaming_destination.table_name
        update_table.table_name
        update_table_replica_auto_scaling.table_name
        update_time_to_live.table_name
    };
    assert_eq!(outcomes.len(), Operation::ALL.len());
    for ((method, outcome), operation) in outcomes.iter().zip(Operation::ALL) {
        let name: String = method.split('_').map(capitalized).collect();
        assert_eq!(name, operation.as_str());
        let (_, denied) = outcome.split_once(' ').expect("a denial");
        assert_eq!(denied, format!("{operation} -"));
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

#[tokio::test]
async fn an_operation_that_is_not_known_is_denied() {
    let guarded = Guarded::by(only("Orders", Operation::GetItem));
    for name in [
        "GetItems",
        "getitem",
        "GetItem ",
        "",
        "GetItem\t",
        "*",
        "GetItem,Scan",
    ] {
        assert_eq!(
            guarded.written(name, r#"{"TableName":"Orders"}"#).await,
            "operation - -",
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn partiql_that_is_not_declared_is_denied() {
    for (operation, body) in [
        (
            Operation::ExecuteStatement,
            r#"{"Statement":"SELECT * FROM \"Orders\""}"#,
        ),
        (
            Operation::ExecuteStatement,
            r#"{"Parameters":[{"S":"7"}],"Statement":"SELECT * FROM \"Orders\" WHERE id = ?"}"#,
        ),
        (
            Operation::BatchExecuteStatement,
            r#"{"Statements":[{"Statement":"DELETE FROM \"Orders\" WHERE id = '7'"}]}"#,
        ),
        (
            Operation::ExecuteTransaction,
            r#"{"TransactStatements":[{"Statement":"DELETE FROM \"Orders\" WHERE id = '7'"}]}"#,
        ),
    ] {
        let guarded = Guarded::by(only("Orders", Operation::GetItem));
        assert_eq!(
            guarded.written(operation.as_str(), body).await,
            format!("statement {operation} -"),
            "{body}"
        );
        assert_eq!(
            guarded.written(operation.as_str(), "{}").await,
            format!("operation {operation} -")
        );
    }
}

#[tokio::test]
async fn an_operation_on_no_table_needs_the_account() {
    let listing = || Operation::ListTables;
    let guarded = Guarded::by(declare(|policy| policy.account([listing()])));
    let call = guarded.client.list_tables().limit(3);
    assert_eq!(guarded.outcome(call.send()).await, "passed");
    let call = guarded.client.describe_limits();
    assert_eq!(
        guarded.outcome(call.send()).await,
        "operation DescribeLimits -"
    );
    let guarded = Guarded::by(declare(|policy| {
        policy.account([Operation::DescribeLimits, Operation::DescribeEndpoints])
    }));
    let call = guarded.client.describe_limits();
    assert_eq!(guarded.outcome(call.send()).await, "passed");
    let call = guarded
        .client
        .list_tables()
        .exclusive_start_table_name("Orders");
    assert_eq!(guarded.outcome(call.send()).await, "operation ListTables -");
}

#[tokio::test]
async fn resources_by_arn_are_denied() {
    const ARN: &str = "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders";
    for (operation, member) in [
        (Operation::TagResource, "ResourceArn"),
        (Operation::UntagResource, "ResourceArn"),
        (Operation::ListTagsOfResource, "ResourceArn"),
        (Operation::GetResourcePolicy, "ResourceArn"),
        (Operation::PutResourcePolicy, "ResourceArn"),
        (Operation::DeleteResourcePolicy, "ResourceArn"),
        (Operation::DeleteBackup, "BackupArn"),
        (Operation::DescribeBackup, "BackupArn"),
        (Operation::DescribeExport, "ExportArn"),
        (Operation::DescribeImport, "ImportArn"),
        (Operation::ExportTableToPointInTime, "TableArn"),
        (Operation::ListExports, "TableArn"),
        (Operation::RestoreTableToPointInTime, "SourceTableArn"),
    ] {
        let guarded = Guarded::by(only("Orders", Operation::GetItem));
        for value in [ARN, "Orders"] {
            let body = format!(r#"{{"{member}":"{value}"}}"#);
            assert_eq!(
                guarded.written(operation.as_str(), body).await,
                match operation {
                    // It may be declared for the table that is restored.
                    Operation::RestoreTableToPointInTime => format!("member {operation} -"),
                    _ => format!("operation {operation} -"),
                },
                "{value}"
            );
        }
    }
}

#[tokio::test]
async fn a_table_is_not_created_with_a_policy_of_the_caller() {
    let guarded = Guarded::by(only("Orders", Operation::CreateTable));
    let call = guarded.client.create_table().table_name("Orders");
    assert_eq!(guarded.outcome(call.clone().send()).await, "passed");
    let call = call.resource_policy(r#"{"Statement":[]}"#);
    assert_eq!(
        guarded.outcome(call.send()).await,
        "member CreateTable Orders"
    );
}
