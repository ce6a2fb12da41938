//! One client for calls with and without a guard.

use aws_sdk_dynamodb::{Client, operation};
use tower_harden::dynamodb::GuardedClient;

/// A client with or without guard. The calls are the same: both hand out the builders of the SDK.
#[derive(Clone, Debug)]
pub(crate) enum Either {
    Bare(Client),
    Guarded(GuardedClient),
}

macro_rules! forward {
    ($($method:ident $builder:ident;)+) => {
        impl Either {
            $(
                pub(crate) fn $method(&self) -> operation::$method::builders::$builder {
                    match self {
                        Self::Bare(client) => client.$method(),
                        Self::Guarded(client) => client.$method(),
                    }
                }
            )+
        }
    };
}

forward! {
    batch_execute_statement BatchExecuteStatementFluentBuilder;
    batch_get_item BatchGetItemFluentBuilder;
    batch_write_item BatchWriteItemFluentBuilder;
    delete_item DeleteItemFluentBuilder;
    delete_table DeleteTableFluentBuilder;
    describe_table DescribeTableFluentBuilder;
    execute_statement ExecuteStatementFluentBuilder;
    execute_transaction ExecuteTransactionFluentBuilder;
    export_table_to_point_in_time ExportTableToPointInTimeFluentBuilder;
    get_item GetItemFluentBuilder;
    list_tables ListTablesFluentBuilder;
    put_item PutItemFluentBuilder;
    put_resource_policy PutResourcePolicyFluentBuilder;
    query QueryFluentBuilder;
    scan ScanFluentBuilder;
    search_vectors SearchVectorsFluentBuilder;
    transact_get_items TransactGetItemsFluentBuilder;
    transact_write_items TransactWriteItemsFluentBuilder;
    update_item UpdateItemFluentBuilder;
}
