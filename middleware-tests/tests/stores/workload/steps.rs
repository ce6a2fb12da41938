use std::{error::Error, fmt::Debug};

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use tower_harden::dynamodb::denied;

use super::policy::{Names, TENANT};
use crate::{
    client::Either,
    items::{Item, item},
};

/// The work so far, with the answer to each step.
pub(crate) struct Steps {
    pub(crate) client: Either,
    pub(crate) names: Names,
    pub(crate) answers: Vec<String>,
}

impl Steps {
    pub(crate) fn new(client: Either, names: Names) -> Self {
        Self {
            client,
            names,
            answers: Vec::new(),
        }
    }

    /// Does a step that succeeds.
    pub(crate) async fn take<T, E: Error + 'static>(
        &mut self,
        name: &str,
        call: impl Future<Output = Result<T, SdkError<E>>>,
        show: impl FnOnce(T) -> String,
    ) {
        let answer = show(Self::unwrap(name, Box::pin(call).await));
        self.answers.push(format!("{name}: {answer}"));
    }

    /// Does a step that the store refuses, and no guard does.
    pub(crate) async fn refused<T: Debug, E>(
        &mut self,
        name: &str,
        call: impl Future<Output = Result<T, SdkError<E>>>,
        code: &str,
    ) where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let error = Box::pin(call).await.expect_err(name);
        assert_eq!(error.code(), Some(code), "{name}: {error:?}");
        assert_eq!(denied(&error), None, "{name}");
        self.answers.push(format!("{name}: {code}"));
    }

    /// Answers of a call that has to succeed.
    pub(crate) fn unwrap<T, E: Error + 'static>(name: &str, result: Result<T, SdkError<E>>) -> T {
        result.unwrap_or_else(|error| panic!("{name}: {:?} {error:?}", denied(&error)))
    }
}

/// The key of an order of the tenant.
pub(crate) fn key(id: &str) -> Item {
    item([("tenant", TENANT), ("id", id)])
}
