//! A success that nothing was decided for is none.

use std::sync::Mutex;

use aws_sdk_dynamodb::{
    config::{
        ConfigBag, Intercept, Layer, RuntimeComponents,
        interceptors::{BeforeSerializationInterceptorContextMut, FinalizerInterceptorContextMut},
    },
    operation::get_item::GetItemOutput,
};
use aws_smithy_runtime_api::{box_error::BoxError, client::interceptors::context::Output};

use crate::guarded::{Guarded, id, shop};

/// Takes the state of interceptors away for as long as the guard keeps its verdict in it, and then
/// makes a success of whatever came of a `GetItem`.
#[derive(Debug)]
struct Forget {
    state: Mutex<Layer>,
}

impl Forget {
    fn swap(&self, config: &mut ConfigBag) {
        let mut state = self.state.lock().expect("no panic");
        std::mem::swap(config.interceptor_state(), &mut state);
    }
}

impl Intercept for Forget {
    fn name(&self) -> &'static str {
        "Forget"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.swap(config);
        Ok(())
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.swap(config);
        let output = Output::erase(GetItemOutput::builder().build());
        context.inner_mut().set_output_or_error(Ok(output));
        Ok(())
    }
}

#[tokio::test]
async fn a_denial_that_was_forgotten_does_not_become_a_success() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Admins");
    let call = get.key("id", id()).customize().interceptor(Forget {
        state: Mutex::new(Layer::new("forgotten")),
    });
    assert_eq!(guarded.outcome(call.send()).await, "unreadable - -");
}
