//! A guarded client whose requests are written here and go nowhere.

use aws_sdk_dynamodb::config::{
    BehaviorVersion, ConfigBag, Credentials, Intercept, Region, RuntimeComponents,
    SharedCredentialsProvider,
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings,
            SharedHttpConnector,
        },
        interceptors::context::{BeforeSerializationInterceptorContextMut, Input},
        orchestrator::{HttpRequest, HttpResponse},
        ser_de::{SerializeRequest, SharedRequestSerializer},
    },
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use serde_json::Value;
use tower_harden::dynamodb::{
    AccessDeniedKind, DynamoGuard, GuardedClient, Principal, TablePolicy, denied,
};

/// A client for one principal.
pub(crate) fn client(policy: TablePolicy, principal: &str) -> GuardedClient {
    let credentials = Credentials::new("id", "secret", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(Nowhere)
        .build();
    let client = DynamoGuard::new(policy).client(&config);
    let client = client.unwrap_or_else(|error| panic!("{error}"));
    client.with_principal(Principal::new(principal))
}

/// Why a request is denied, if it is.
pub(crate) async fn decide(
    client: &GuardedClient,
    operation: &str,
    body: &Value,
) -> Option<AccessDeniedKind> {
    let written = Written {
        target: format!("DynamoDB_20120810.{operation}"),
        body: body.to_string(),
    };
    let call = client.list_tables().customize().interceptor(written);
    match Box::pin(call.send()).await {
        Ok(_) => None,
        Err(error) => match denied(&error) {
            Some(denied) => Some(denied.kind()),
            None => panic!("failed, and not by the guard: {error:?}"),
        },
    }
}

/// A request in the place of the one that was meant.
#[derive(Clone, Debug)]
struct Written {
    target: String,
    body: String,
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
        let serializer = SharedRequestSerializer::new(self.clone());
        config.interceptor_state().store_put(serializer);
        Ok(())
    }
}

impl SerializeRequest for Written {
    fn serialize_input(&self, _: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let mut request = HttpRequest::new(SdkBody::from(self.body.as_str()));
        request.set_method("POST")?;
        request
            .headers_mut()
            .try_append("x-amz-target", self.target.clone())?;
        Ok(request)
    }
}

/// Answers every request with an empty success.
#[derive(Clone, Debug)]
struct Nowhere;

impl HttpConnector for Nowhere {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let success = StatusCode::try_from(200).expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(success, SdkBody::from("{}"))))
    }
}

impl HttpClient for Nowhere {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
