//! Requests that the SDK would not write, written in its place before the guard decides.

use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::context::{BeforeSerializationInterceptorContextMut, Input},
        orchestrator::HttpRequest,
        ser_de::{SerializeRequest, SharedRequestSerializer},
    },
};
use aws_smithy_types::body::SdkBody;

use crate::guarded::Guarded;

impl Guarded {
    /// The outcome of a request to an operation with this body.
    pub(crate) async fn written(&self, operation: &str, body: impl Into<Vec<u8>>) -> String {
        self.sends(Written {
            targets: vec![format!("DynamoDB_20120810.{operation}")],
            body: Some(body.into()),
        })
        .await
    }

    pub(crate) async fn sends(&self, request: Written) -> String {
        let call = self.client.list_tables().customize().interceptor(request);
        self.outcome(call.send()).await
    }
}

/// A request, and the interceptor and serializer that put it in place of the one that was meant.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The values of `x-amz-target`.
    pub(crate) targets: Vec<String>,
    /// The body, a stream without end where there is none.
    pub(crate) body: Option<Vec<u8>>,
}

impl Intercept for Written {
    fn name(&self) -> &'static str {
        "Written"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config
            .interceptor_state()
            .store_put(SharedRequestSerializer::new(self.clone()));
        Ok(())
    }
}

impl SerializeRequest for Written {
    fn serialize_input(&self, _: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let mut request = HttpRequest::new(match &self.body {
            Some(body) => SdkBody::from(body.as_slice()),
            None => SdkBody::taken(),
        });
        request.set_method("POST")?;
        for target in &self.targets {
            let headers = request.headers_mut();
            headers.try_append("x-amz-target", target.clone())?;
        }
        Ok(request)
    }
}
