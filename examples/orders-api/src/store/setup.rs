//! Tables and a few orders, so that there is something to ask for.

use aws_sdk_dynamodb::{
    Client,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
        Projection, ProjectionType, ScalarAttributeType,
    },
};

use super::{BY_STATUS, Database, NOTES, NewOrder, ORDERS, Orders, WEBHOOKS};
use crate::session::Session;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A table that the service has no business with; it is there to be asked for.
const OTHER_TABLE: &str = "Admins";

/// An order that is another tenant's; it is there to be asked for.
const RIVALS_ORDER: &str = "0192f0c1-5a3e-7c4d-9b60-3f1de8a7c215";

/// Creates the tables. This is the operator's work, done with a client of their own.
pub(super) async fn create_tables(client: &Client) -> Result<(), BoxError> {
    client
        .create_table()
        .table_name(ORDERS)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(text("tenant")?)
        .attribute_definitions(text("id")?)
        .attribute_definitions(text("status")?)
        .set_key_schema(Some(key("tenant", "id")?))
        .global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name(BY_STATUS)
                .set_key_schema(Some(key("tenant", "status")?))
                .projection(
                    Projection::builder()
                        .projection_type(ProjectionType::All)
                        .build(),
                )
                .build()?,
        )
        .send()
        .await?;
    for table in [NOTES, WEBHOOKS, OTHER_TABLE] {
        client
            .create_table()
            .table_name(table)
            .billing_mode(BillingMode::PayPerRequest)
            .attribute_definitions(text("tenant")?)
            .attribute_definitions(text("id")?)
            .set_key_schema(Some(key("tenant", "id")?))
            .send()
            .await?;
    }
    Ok(())
}

/// Puts a few orders into the table.
pub(super) async fn seed(database: &Database) -> Result<(), crate::Error> {
    let order = |sku: &str, quantity| NewOrder {
        sku: sku.to_owned(),
        quantity,
        note: None,
        callback: None,
    };
    let orders = Orders::new(database, Session::DEMO);
    for (sku, quantity) in [("LAMP-1", 2), ("DESK-9", 1), ("CHAIR-4", 6)] {
        orders.create(order(sku, quantity)).await?;
    }
    let rivals = Orders::new(database, Session::RIVAL);
    rivals.create_as(RIVALS_ORDER, order("SAFE-7", 3)).await?;
    Ok(())
}

fn text(name: &str) -> Result<AttributeDefinition, BoxError> {
    let definition = AttributeDefinition::builder()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S);
    Ok(definition.build()?)
}

fn key(partition: &str, sort: &str) -> Result<Vec<KeySchemaElement>, BoxError> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            Ok(KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(kind)
                .build()?)
        })
        .collect()
}
