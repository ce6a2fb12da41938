//! The layer for requests that go out.

use std::convert::Infallible;

use http::{Request, Response};
use middleware_tests::log::Log;
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_harden::{
    AddressPolicy,
    egress::{EgressDeniedKind, EgressLayer, denied},
};

#[tokio::test]
async fn requests_go_out_to_hosts_that_the_policy_lets_pass() {
    let client = service_fn(|request: Request<()>| async move {
        Ok::<_, Infallible>(Response::new(request.uri().to_string()))
    });
    let mut client = EgressLayer::new(AddressPolicy::deny_internal()).layer(client);
    for (uri, kind) in [
        ("http://169.254.169.254/", Some(EgressDeniedKind::Metadata)),
        ("http://[::1]/", Some(EgressDeniedKind::Internal)),
        ("http://0x7f.1/", Some(EgressDeniedKind::Internal)),
        ("/relative", Some(EgressDeniedKind::Scheme)),
        ("https://example.com/", None),
    ] {
        let request = Request::get(uri).body(()).expect("a request");
        let answer = client.ready().await.expect("ready").call(request).await;
        match (answer, kind) {
            (Ok(answer), None) => assert_eq!(answer.body(), uri),
            (Err(error), Some(kind)) => {
                let denied = denied(&*error).expect("a denial");
                assert_eq!(denied.kind(), kind, "{uri}");
            }
            (answer, _) => panic!("{answer:?} for {uri}"),
        }
    }
}

#[tokio::test]
async fn one_event_tells_of_a_denied_connection_and_of_no_host() {
    let log = Log::record();
    let client = service_fn(|_: Request<()>| async { Ok::<_, Infallible>(Response::new(())) });
    let mut client = EgressLayer::new(AddressPolicy::deny_internal()).layer(client);
    let request = Request::get("http://metadata.google.internal/token").body(());
    let request = request.expect("a request");
    let denied = client.ready().await.expect("ready").call(request).await;
    assert!(denied.is_err());
    assert_eq!(
        log.take(),
        [r#"tower_harden message=connection denied kind="metadata" "#]
    );
}
