//! A denied call does not come back as a success.

use aws_sdk_dynamodb::{
    config::{
        ConfigBag, Intercept, RuntimeComponents, interceptors::FinalizerInterceptorContextMut,
    },
    operation::get_item::GetItemOutput,
};
use aws_smithy_runtime_api::{box_error::BoxError, client::interceptors::context::Output};

use crate::{
    edit::to,
    guarded::{Guarded, id, shop},
};

/// Turns whatever came of a `GetItem` into a success.
#[derive(Clone, Copy, Debug)]
struct Succeed {
    at_attempt: bool,
    at_end: bool,
}

impl Succeed {
    fn run(context: &mut FinalizerInterceptorContextMut<'_>) {
        let output = || Ok(Output::erase(GetItemOutput::builder().build()));
        match context.output_or_error_mut() {
            Some(result) => *result = output(),
            None => context.inner_mut().set_output_or_error(output()),
        }
    }
}

impl Intercept for Succeed {
    fn name(&self) -> &'static str {
        "Succeed"
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.at_attempt {
            Self::run(context);
        }
        Ok(())
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.at_end {
            Self::run(context);
        }
        Ok(())
    }
}

const AT_END: Succeed = Succeed {
    at_attempt: false,
    at_end: true,
};

#[tokio::test]
async fn a_call_that_was_denied_at_once_fails() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Admins");
    let call = get.key("id", id()).customize().interceptor(AT_END);
    assert_eq!(guarded.outcome(call.send()).await, "table GetItem -");
}

#[tokio::test]
async fn a_call_that_was_denied_before_it_was_sent_fails() {
    for (at_attempt, at_end) in [(true, false), (false, true), (true, true)] {
        let succeed = Succeed { at_attempt, at_end };
        let guarded = Guarded::by(shop());
        let get = guarded.client.get_item().table_name("Orders");
        let call = get.key("id", id()).customize();
        let call = call
            .mutate_request(|request| to(request, "https://evil.example/"))
            .interceptor(succeed);
        assert_eq!(
            guarded.outcome(call.send()).await,
            "endpoint GetItem -",
            "{succeed:?}"
        );
    }
}

#[tokio::test]
async fn a_success_that_was_allowed_stays_one() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize().interceptor(AT_END);
    assert_eq!(guarded.outcome(call.send()).await, "passed");
}
