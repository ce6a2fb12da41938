//! Each attempt is looked at again.

use aws_sdk_dynamodb::config::{
    ConfigBag, Intercept, RuntimeComponents, interceptors::FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        orchestrator::{HttpRequest, OrchestratorError},
        result::ConnectorError,
    },
};
use aws_smithy_types::body::SdkBody;
use middleware_tests::log::Log;

use crate::{
    edit::{Edit, Hook},
    guarded::{Guarded, found, id, shop, words},
    stub::Stub,
};

const FAILED: (u16, &str) = (500, "{}");

/// Changes the table in one attempt.
fn in_attempt(attempt: u32) -> Edit<fn(&mut HttpRequest)> {
    Edit {
        at: Hook::Transmit,
        attempt: Some(attempt),
        change: |request| *request.body_mut() = SdkBody::from(r#"{"TableName":"Admins"}"#),
    }
}

#[tokio::test]
async fn an_allowed_call_is_tried_again_as_it_was() {
    let guarded = Guarded::over(Stub::answering(&[FAILED, FAILED]), shop());
    let get = guarded.client.get_item().table_name("Orders");
    let result = get.key("id", id()).send().await;
    result.expect("the third attempt succeeds");
    let bodies: Vec<_> = guarded.sent().into_iter().map(|sent| sent.body).collect();
    assert_eq!(
        bodies,
        [r#"{"TableName":"Orders","Key":{"id":{"S":"7"}}}"#; 3]
    );
}

#[tokio::test]
async fn an_attempt_that_was_changed_is_the_last_one() {
    let guarded = Guarded::over(Stub::answering(&[FAILED, FAILED]), shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize().interceptor(in_attempt(2));
    let error = call.send().await.expect_err("the second attempt is denied");
    assert_eq!(words(found(&error)), "changed GetItem -");
    assert_eq!(guarded.sent().len(), 1);
}

/// Makes a failure of every attempt that the SDK tries again after.
#[derive(Debug)]
struct TryAgain;

impl Intercept for TryAgain {
    fn name(&self) -> &'static str {
        "TryAgain"
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let timeout = ConnectorError::timeout("too late".into());
        let result = Err(OrchestratorError::connector(timeout));
        context.inner_mut().set_output_or_error(result);
        Ok(())
    }
}

#[tokio::test]
async fn a_denied_call_stays_denied_when_it_is_tried_again() {
    let log = Log::record();
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize();
    let call = call.interceptor(in_attempt(1)).interceptor(TryAgain);
    assert_eq!(guarded.outcome(call.send()).await, "changed GetItem -");
    assert_eq!(log.take().len(), 1, "one call, one event");
}
