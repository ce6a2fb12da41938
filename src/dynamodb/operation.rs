use std::fmt;

/// Calls a macro with every operation: its name on the wire, its method of the SDK's client and the
/// builder that this returns.
macro_rules! operations {
    ($each:ident) => {
        $each! {
            BatchExecuteStatement batch_execute_statement BatchExecuteStatementFluentBuilder,
            BatchGetItem batch_get_item BatchGetItemFluentBuilder,
            BatchWriteItem batch_write_item BatchWriteItemFluentBuilder,
            CreateBackup create_backup CreateBackupFluentBuilder,
            CreateGlobalTable create_global_table CreateGlobalTableFluentBuilder,
            CreateTable create_table CreateTableFluentBuilder,
            DeleteBackup delete_backup DeleteBackupFluentBuilder,
            DeleteItem delete_item DeleteItemFluentBuilder,
            DeleteResourcePolicy delete_resource_policy DeleteResourcePolicyFluentBuilder,
            DeleteTable delete_table DeleteTableFluentBuilder,
            DescribeBackup describe_backup DescribeBackupFluentBuilder,
            DescribeContinuousBackups describe_continuous_backups DescribeContinuousBackupsFluentBuilder,
            DescribeContributorInsights describe_contributor_insights DescribeContributorInsightsFluentBuilder,
            DescribeEndpoints describe_endpoints DescribeEndpointsFluentBuilder,
            DescribeExport describe_export DescribeExportFluentBuilder,
            DescribeGlobalTable describe_global_table DescribeGlobalTableFluentBuilder,
            DescribeGlobalTableSettings describe_global_table_settings DescribeGlobalTableSettingsFluentBuilder,
            DescribeImport describe_import DescribeImportFluentBuilder,
            DescribeKinesisStreamingDestination describe_kinesis_streaming_destination DescribeKinesisStreamingDestinationFluentBuilder,
            DescribeLimits describe_limits DescribeLimitsFluentBuilder,
            DescribeTable describe_table DescribeTableFluentBuilder,
            DescribeTableReplicaAutoScaling describe_table_replica_auto_scaling DescribeTableReplicaAutoScalingFluentBuilder,
            DescribeTimeToLive describe_time_to_live DescribeTimeToLiveFluentBuilder,
            DisableKinesisStreamingDestination disable_kinesis_streaming_destination DisableKinesisStreamingDestinationFluentBuilder,
            EnableKinesisStreamingDestination enable_kinesis_streaming_destination EnableKinesisStreamingDestinationFluentBuilder,
            ExecuteStatement execute_statement ExecuteStatementFluentBuilder,
            ExecuteTransaction execute_transaction ExecuteTransactionFluentBuilder,
            ExportTableToPointInTime export_table_to_point_in_time ExportTableToPointInTimeFluentBuilder,
            GetItem get_item GetItemFluentBuilder,
            GetResourcePolicy get_resource_policy GetResourcePolicyFluentBuilder,
            ImportTable import_table ImportTableFluentBuilder,
            ListBackups list_backups ListBackupsFluentBuilder,
            ListContributorInsights list_contributor_insights ListContributorInsightsFluentBuilder,
            ListExports list_exports ListExportsFluentBuilder,
            ListGlobalTables list_global_tables ListGlobalTablesFluentBuilder,
            ListImports list_imports ListImportsFluentBuilder,
            ListTables list_tables ListTablesFluentBuilder,
            ListTagsOfResource list_tags_of_resource ListTagsOfResourceFluentBuilder,
            PutItem put_item PutItemFluentBuilder,
            PutResourcePolicy put_resource_policy PutResourcePolicyFluentBuilder,
            Query query QueryFluentBuilder,
            RestoreTableFromBackup restore_table_from_backup RestoreTableFromBackupFluentBuilder,
            RestoreTableToPointInTime restore_table_to_point_in_time RestoreTableToPointInTimeFluentBuilder,
            Scan scan ScanFluentBuilder,
            SearchVectors search_vectors SearchVectorsFluentBuilder,
            TagResource tag_resource TagResourceFluentBuilder,
            TransactGetItems transact_get_items TransactGetItemsFluentBuilder,
            TransactWriteItems transact_write_items TransactWriteItemsFluentBuilder,
            UntagResource untag_resource UntagResourceFluentBuilder,
            UpdateContinuousBackups update_continuous_backups UpdateContinuousBackupsFluentBuilder,
            UpdateContributorInsights update_contributor_insights UpdateContributorInsightsFluentBuilder,
            UpdateGlobalTable update_global_table UpdateGlobalTableFluentBuilder,
            UpdateGlobalTableSettings update_global_table_settings UpdateGlobalTableSettingsFluentBuilder,
            UpdateItem update_item UpdateItemFluentBuilder,
            UpdateKinesisStreamingDestination update_kinesis_streaming_destination UpdateKinesisStreamingDestinationFluentBuilder,
            UpdateTable update_table UpdateTableFluentBuilder,
            UpdateTableReplicaAutoScaling update_table_replica_auto_scaling UpdateTableReplicaAutoScalingFluentBuilder,
            UpdateTimeToLive update_time_to_live UpdateTimeToLiveFluentBuilder,
        }
    };
}

pub(super) use operations;

macro_rules! define {
    ($($name:ident $method:ident $builder:ident,)+) => {
        /// An operation of DynamoDB.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "the names are those of the API reference")]
        pub enum Operation {
            $($name,)+
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name as it stands in a request, such as `GetItem`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            pub(super) fn parse(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($name) => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

operations!(define);

impl Operation {
    /// The operations that answer with items.
    pub(super) const READING: &'static [Self] = &[
        Self::GetItem,
        Self::BatchGetItem,
        Self::TransactGetItems,
        Self::Query,
        Self::Scan,
        Self::SearchVectors,
    ];

    /// The operations that execute statements.
    pub(super) const EXECUTING: &'static [Self] = &[
        Self::ExecuteStatement,
        Self::BatchExecuteStatement,
        Self::ExecuteTransaction,
    ];
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
