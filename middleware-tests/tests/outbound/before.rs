//! What others change before the request is written is decided on as changed.

use aws_sdk_dynamodb::{
    config::{Builder, ConfigBag, Intercept, RuntimeComponents},
    operation::get_item::GetItemInput,
};
use aws_smithy_runtime_api::{
    box_error::BoxError, client::interceptors::context::BeforeSerializationInterceptorContextMut,
};

use crate::guarded::{Guarded, id, shop};

/// Puts another table into a `GetItem`.
#[derive(Clone, Copy, Debug)]
struct OtherTable(&'static str);

impl Intercept for OtherTable {
    fn name(&self) -> &'static str {
        "OtherTable"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input_mut().downcast_mut::<GetItemInput>();
        input.expect("a GetItem").table_name = Some(self.0.to_owned());
        Ok(())
    }
}

#[tokio::test]
async fn the_table_that_is_sent_is_the_one_that_is_judged() {
    let guarded = Guarded::by(shop());
    for (meant, sent, outcome) in [
        ("Orders", "Admins", "table GetItem -"),
        ("Orders", "Audit", "operation GetItem Audit"),
        ("Admins", "Orders", "passed"),
    ] {
        let other = OtherTable(sent);
        let get = guarded.client.get_item().table_name(meant).key("id", id());
        let call = get.clone().customize().interceptor(other);
        assert_eq!(
            guarded.outcome(call.send()).await,
            outcome,
            "{meant} {sent}"
        );
        let call = get.customize();
        let call = call.config_override(Builder::new().interceptor(other));
        assert_eq!(
            guarded.outcome(call.send()).await,
            outcome,
            "{meant} {sent}"
        );
    }
    let bodies = guarded.sent().into_iter().map(|sent| sent.body);
    for body in bodies {
        assert_eq!(body, r#"{"TableName":"Orders","Key":{"id":{"S":"7"}}}"#);
    }
}
