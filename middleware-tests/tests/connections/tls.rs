//! Connections under TLS, and those of the AWS SDK.

use std::sync::Arc;

use aws_smithy_runtime_api::client::dns::ResolveDns;
use http::Request;
use http_body_util::Empty;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tower_harden::{
    AddressPolicy,
    egress::{EgressDenied, EgressDeniedKind, GuardedConnector, GuardedResolver, denied},
};

use crate::{
    receiver::Receiver,
    resolved::{Answers, outcome},
};

#[tokio::test]
async fn the_guard_stands_inside_of_tls() {
    let receiver = Receiver::on("127.0.0.1:0").await;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let https = hyper_rustls::HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_or_http()
        .enable_http1()
        .wrap_connector(GuardedConnector::http(AddressPolicy::deny_internal()));
    let client: Client<_, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build(https);
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
        for scheme in ["http", "https"] {
            let uri = format!("{scheme}://{host}:{}/", receiver.port());
            let request = Request::get(&uri).body(Empty::new()).expect("a request");
            let denied = outcome(client.request(request).await);
            assert_eq!(denied, Err(EgressDeniedKind::Internal), "{uri}");
        }
    }
    receiver.assert_untouched();
}

#[tokio::test]
async fn the_sdk_resolves_by_the_same_guard() {
    let resolver = |answers: &[&[&str]]| {
        GuardedResolver::new(AddressPolicy::deny_internal(), Answers::of(answers))
    };
    let public = resolver(&[&["8.8.8.8", "2606:4700:4700::1111"]]);
    let answers = public
        .resolve_dns("dynamodb.example")
        .await
        .expect("answers");
    assert_eq!(answers.len(), 2);
    let inward = resolver(&[&["8.8.8.8", "10.0.0.1"]]);
    let error = inward
        .resolve_dns("dynamodb.example")
        .await
        .expect_err("inward");
    assert_eq!(
        denied(&error).map(EgressDenied::kind),
        Some(EgressDeniedKind::Internal)
    );
}
