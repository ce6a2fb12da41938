//! A denial is found in whatever it comes wrapped in.

use std::{error::Error, fmt};

use aws_sdk_dynamodb::{
    config::{
        ConfigBag, Intercept, RuntimeComponents,
        interceptors::{BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef},
    },
    error::SdkError,
    operation::get_item::GetItemError,
};
use aws_smithy_runtime_api::{
    box_error::BoxError, client::orchestrator::HttpResponse, client::result::ConnectorError,
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;
use tower_harden::dynamodb::{AccessDenied, AccessDeniedKind, denied};

use crate::{
    edit::to,
    guarded::{Guarded, found, id, shop, words},
    stub::Stub,
};

async fn denial() -> SdkError<GetItemError> {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Admins");
    guarded.denial(get.key("id", id()).send()).await
}

/// An error of a service.
#[derive(Debug)]
struct Failed(Box<dyn Error + Send + Sync>);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed")
    }
}

impl Error for Failed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.0.as_ref())
    }
}

#[tokio::test]
async fn it_is_found_in_the_errors_of_the_sdk_and_in_ones_own() {
    assert_eq!(words(found(&denial().await)), "table GetItem -");
    let service = denial().await.into_service_error();
    assert_eq!(words(found(&service)), "table GetItem -");
    let any = aws_sdk_dynamodb::Error::from(denial().await);
    assert_eq!(words(found(&any)), "table GetItem -");
    let boxed: Box<dyn Error + Send + Sync> = Box::new(denial().await);
    assert_eq!(words(found(boxed.as_ref())), "table GetItem -");
    let boxed: Box<dyn Error> = Box::new(denial().await);
    assert_eq!(words(found(boxed.as_ref())), "table GetItem -");
    let own = Failed(Box::new(Failed(Box::new(denial().await))));
    assert_eq!(words(found(&own)), "table GetItem -");
    let itself = found(&own).clone();
    assert_eq!(found(&itself), &itself);
}

#[tokio::test]
async fn it_is_found_in_each_shape_of_an_error_of_the_sdk() {
    type Shape = SdkError<GetItemError>;
    let denied = found(&denial().await).clone();
    let shapes = [
        Shape::construction_failure(denied.clone()),
        Shape::timeout_error(denied.clone()),
        Shape::dispatch_failure(ConnectorError::other(denied.clone().into(), None)),
        Shape::dispatch_failure(ConnectorError::user(denied.clone().into())),
        Shape::response_error(denied.clone(), response()),
        Shape::service_error(GetItemError::unhandled(denied.clone()), response()),
    ];
    for shape in shapes {
        assert_eq!(found(&shape), &denied, "{shape:?}");
    }
}

fn response() -> HttpResponse {
    let status = StatusCode::try_from(200).expect("a status");
    HttpResponse::new(status, SdkBody::empty())
}

#[tokio::test]
async fn denials_are_failures_to_dispatch() {
    let decided = denial().await;
    assert!(
        matches!(decided, SdkError::DispatchFailure(_)),
        "{decided:?}"
    );
    assert!(decided.as_service_error().is_none());
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize();
    let call = call.mutate_request(|request| to(request, "https://evil.example/"));
    let compared = guarded.denial(call.send()).await;
    assert!(
        matches!(compared, SdkError::DispatchFailure(_)),
        "{compared:?}"
    );
    assert_eq!(found(&compared).kind(), AccessDeniedKind::Endpoint);
}

#[tokio::test]
async fn other_errors_are_no_denials() {
    const MISSING: &str = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"AccessDenied"}"#;
    let guarded = Guarded::over(Stub::answering(&[(400, MISSING)]), shop());
    let get = guarded.client.get_item().table_name("Orders");
    let error = get.key("id", id()).send().await.expect_err("an error");
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(denied(&error), None);
    let text: Box<dyn Error> = "DynamoDB GetItem denied".into();
    assert_eq!(denied(text.as_ref()), None);
}

/// Fails beside the guard, and after it.
#[derive(Debug)]
struct Fail {
    at_end: bool,
}

impl Intercept for Fail {
    fn name(&self) -> &'static str {
        "Fail"
    }

    fn read_after_serialization(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("failed".into())
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.at_end {
            return Err("failed".into());
        }
        Ok(())
    }
}

#[tokio::test]
async fn another_failure_does_not_hide_it() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Admins");
    let call = get.key("id", id()).customize();
    let call = call.interceptor(Fail { at_end: false });
    assert_eq!(guarded.outcome(call.send()).await, "table GetItem -");
}

/// The SDK hands out the last error, and those of one call come after those of its client.
#[tokio::test]
async fn a_failure_at_the_very_end_hides_it_and_is_still_a_failure() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Admins");
    let call = get.key("id", id()).customize();
    let call = call.interceptor(Fail { at_end: true });
    let error = guarded.denial(call.send()).await;
    assert_eq!(denied(&error), None::<&AccessDenied>);
}
