use std::{collections::HashMap, error::Error};

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    types::AttributeValue,
};
use tower_harden::dynamodb::{AccessDenied, AccessDeniedKind, denied};

use super::{
    edits::Edit,
    names::{Steps, TABLE, TENANT},
    oracle,
};
use crate::{
    client::Either,
    items::{Item, item},
};

/// A request with expressions.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) operation: Operation,
    pub(super) key_condition: Option<String>,
    /// Or the filter of a query.
    pub(super) condition: Option<String>,
    pub(super) projection: Option<String>,
    pub(super) update: Option<String>,
    /// It asks for items of another tenant.
    pub(super) foreign: bool,
    pub(super) names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Operation {
    #[default]
    Get,
    Query,
    Update,
    Delete,
}

/// What came of a request.
#[derive(Debug, Default)]
pub(super) struct Came {
    /// It is a request, whether it did something or not.
    pub(super) accepted: bool,
    pub(super) items: Vec<Item>,
    pub(super) denied: Option<AccessDeniedKind>,
}

impl Request {
    pub(super) fn deletes(&self) -> bool {
        self.operation == Operation::Delete
    }

    pub(super) fn writes(&self) -> bool {
        matches!(self.operation, Operation::Update | Operation::Delete)
    }

    fn expressions(&mut self) -> impl Iterator<Item = &mut String> {
        [
            &mut self.condition,
            &mut self.update,
            &mut self.projection,
            &mut self.key_condition,
        ]
        .into_iter()
        .flatten()
    }

    /// Edits one of its expressions.
    pub(super) fn edit(&mut self, which: usize, edits: &[Edit]) {
        let count = self.expressions().count();
        if let Some(expression) = self.expressions().nth(which % count) {
            for edit in edits {
                edit.apply(expression);
            }
        }
    }

    /// Every path in its expressions.
    pub(super) fn paths(&self) -> Vec<Steps> {
        let mut request = self.clone();
        let expressions = request.expressions();
        let paths = expressions.flat_map(|text| oracle::paths(text, &self.names));
        paths.collect()
    }

    /// Whether one of its expressions has white space or a function of a spelling that no documentation has.
    pub(super) fn is_spelled_oddly(&self) -> bool {
        let mut request = self.clone();
        let mut expressions = request.expressions();
        expressions.any(|text| oracle::is_spelled_oddly(text))
    }

    pub(super) async fn send(&self, client: &Either) -> Came {
        let key = item([("tenant", TENANT), ("id", "i1")]);
        let names = Some(self.names.clone()).filter(|names| !names.is_empty());
        let values = Some(self.values.clone()).filter(|values| !values.is_empty());
        match self.operation {
            Operation::Get => {
                let get = client
                    .get_item()
                    .table_name(TABLE)
                    .set_key(Some(key))
                    .set_projection_expression(self.projection.clone())
                    .set_expression_attribute_names(names);
                came(Box::pin(get.send()).await, |answer| {
                    answer.item.into_iter().collect()
                })
            }
            Operation::Query => {
                let query = client
                    .query()
                    .table_name(TABLE)
                    .set_key_condition_expression(self.key_condition.clone())
                    .set_filter_expression(self.condition.clone())
                    .set_projection_expression(self.projection.clone())
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                came(Box::pin(query.send()).await, |answer| {
                    answer.items.unwrap_or_default()
                })
            }
            Operation::Update => {
                let update = client
                    .update_item()
                    .table_name(TABLE)
                    .set_key(Some(key))
                    .set_update_expression(self.update.clone())
                    .set_condition_expression(self.condition.clone())
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                came(Box::pin(update.send()).await, |_| Vec::new())
            }
            Operation::Delete => {
                let delete = client
                    .delete_item()
                    .table_name(TABLE)
                    .set_key(Some(key))
                    .set_condition_expression(self.condition.clone())
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                came(Box::pin(delete.send()).await, |_| Vec::new())
            }
        }
    }
}

fn came<T, E>(result: Result<T, SdkError<E>>, items: impl FnOnce(T) -> Vec<Item>) -> Came
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match result {
        Ok(answer) => Came {
            accepted: true,
            items: items(answer),
            denied: None,
        },
        Err(error) => {
            let denied = denied(&error).map(AccessDenied::kind);
            let code = error.code();
            assert!(
                denied.is_some() || code == Some("ValidationException") || code == CONDITION,
                "{error:?}"
            );
            Came {
                accepted: code == CONDITION,
                items: Vec::new(),
                denied,
            }
        }
    }
}

const CONDITION: Option<&str> = Some("ConditionalCheckFailedException");
