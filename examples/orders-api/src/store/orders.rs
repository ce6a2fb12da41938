use aws_sdk_dynamodb::types::AttributeValue;
use uuid::Uuid;

use super::{BY_STATUS, Change, Database, NewOrder, ORDERS, Order, Page, Table, item::Item};
use crate::{Error, session::Session};

/// What is read of an order; `status` is a reserved word.
const ATTRIBUTES: &str = "id, sku, quantity, #status, note, callback";

/// The orders of one tenant.
#[derive(Clone, Debug)]
pub struct Orders {
    database: Database,
    tenant: &'static str,
}

impl Orders {
    /// Those of the tenant of a session.
    #[must_use]
    pub fn new(database: &Database, session: Session) -> Self {
        Self {
            database: database.of(session),
            tenant: session.tenant(),
        }
    }

    /// Keeps a new order.
    ///
    /// # Errors
    ///
    /// Where the store has none of it.
    pub async fn create(&self, order: NewOrder) -> Result<Order, Error> {
        self.create_as(&Uuid::now_v7().to_string(), order).await
    }

    pub(super) async fn create_as(&self, id: &str, order: NewOrder) -> Result<Order, Error> {
        let order = Order::new(id.to_owned(), order);
        self.put(ORDERS, order.item(self.tenant)).await?;
        Ok(order)
    }

    /// Finds an order.
    ///
    /// # Errors
    ///
    /// Where the store does not answer.
    pub async fn get(&self, id: &str) -> Result<Option<Order>, Error> {
        self.get_of(self.tenant, id).await
    }

    /// Finds an order of a tenant, whoever that is.
    ///
    /// # Errors
    ///
    /// Where the store does not answer, or a guard denies it.
    pub async fn get_of(&self, tenant: &str, id: &str) -> Result<Option<Order>, Error> {
        let found = self
            .database
            .get_item()
            .table_name(ORDERS)
            .set_key(Some(key(tenant, id)))
            .projection_expression(ATTRIBUTES)
            .expression_attribute_names("#status", "status")
            // What has just been changed is read as it is.
            .consistent_read(true)
            .send()
            .await
            .map_err(Error::of_store)?;
        Ok(found.item().and_then(Order::of))
    }

    /// Lists orders, oldest first, behind the one that `cursor` names.
    ///
    /// # Errors
    ///
    /// Where the store does not answer.
    pub async fn list(
        &self,
        limit: i32,
        status: Option<&str>,
        cursor: Option<&str>,
    ) -> Result<Page, Error> {
        // Only an id comes from the caller: the rest of the key is ours.
        let start = cursor.map(|id| self.cursor(id, status));
        let query = self
            .database
            .query()
            .table_name(ORDERS)
            .projection_expression(ATTRIBUTES)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":tenant", AttributeValue::S(self.tenant.to_owned()))
            .set_exclusive_start_key(start)
            .limit(limit);
        let query = match status {
            None => query.key_condition_expression("tenant = :tenant"),
            Some(status) => query
                .index_name(BY_STATUS)
                .key_condition_expression("tenant = :tenant AND #status = :status")
                .expression_attribute_values(":status", AttributeValue::S(status.to_owned())),
        };
        let found = query.send().await.map_err(Error::of_store)?;
        let cursor = found
            .last_evaluated_key()
            .and_then(|key| key.get("id")?.as_s().ok().cloned());
        Ok(Page {
            orders: found.items().iter().filter_map(Order::of).collect(),
            cursor,
        })
    }

    /// Changes an order. `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where the store does not answer.
    pub async fn change(&self, id: &str, change: Change) -> Result<Option<Order>, Error> {
        let set = [
            (
                "quantity",
                change
                    .quantity
                    .map(|quantity| AttributeValue::N(quantity.to_string())),
            ),
            ("status", change.status.map(AttributeValue::S)),
            ("note", change.note.map(AttributeValue::S)),
        ];
        let mut update = self
            .database
            .update_item()
            .table_name(ORDERS)
            .set_key(Some(key(self.tenant, id)))
            .condition_expression("attribute_exists(sku)");
        let mut assignments = Vec::new();
        for (name, value) in set {
            if let Some(value) = value {
                update = update
                    .expression_attribute_names(format!("#{name}"), name)
                    .expression_attribute_values(format!(":{name}"), value);
                assignments.push(format!("#{name} = :{name}"));
            }
        }
        let update = update.update_expression(format!("SET {}", assignments.join(", ")));
        match update.send().await {
            // The update itself could only answer with all that is kept, or with what was changed.
            Ok(_) => self.get(id).await,
            Err(error) => match error.as_service_error() {
                Some(cause) if cause.is_conditional_check_failed_exception() => Ok(None),
                _ => Err(Error::of_store(error)),
            },
        }
    }

    /// Keeps a text in a table beside the orders, and answers with its id.
    ///
    /// # Errors
    ///
    /// Where the store has none of it.
    pub async fn keep(&self, table: &str, name: &str, text: &str) -> Result<String, Error> {
        let id = Uuid::now_v7().to_string();
        let mut item = key(self.tenant, &id);
        item.insert(name.to_owned(), AttributeValue::S(text.to_owned()));
        self.put(table, item).await?;
        Ok(id)
    }

    /// Describes a table, whichever it is. `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where the store does not answer, or a guard denies it.
    pub async fn describe(&self, table: &str) -> Result<Option<Table>, Error> {
        let described = match self
            .database
            .describe_table()
            .table_name(table)
            .send()
            .await
        {
            Ok(described) => described,
            Err(error) => match error.as_service_error() {
                Some(cause) if cause.is_resource_not_found_exception() => return Ok(None),
                _ => return Err(Error::of_store(error)),
            },
        };
        Ok(described.table().map(|table| Table {
            name: table.table_name().unwrap_or_default().to_owned(),
            status: table
                .table_status()
                .map(ToString::to_string)
                .unwrap_or_default(),
            items: table.item_count().unwrap_or_default(),
        }))
    }

    async fn put(&self, table: &str, item: Item) -> Result<(), Error> {
        let put = self
            .database
            .put_item()
            .table_name(table)
            .set_item(Some(item));
        put.send().await.map(drop).map_err(Error::of_store)
    }

    fn cursor(&self, id: &str, status: Option<&str>) -> Item {
        let mut key = key(self.tenant, id);
        if let Some(status) = status {
            key.insert("status".to_owned(), AttributeValue::S(status.to_owned()));
        }
        key
    }
}

fn key(tenant: &str, id: &str) -> Item {
    let text = |name: &str, value: &str| (name.to_owned(), AttributeValue::S(value.to_owned()));
    [text("tenant", tenant), text("id", id)].into()
}
