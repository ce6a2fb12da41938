//! URIs that name a host: what it resolves to is judged, and connected to.

use http::StatusCode;
use tower_harden::{AddressPolicy, egress::EgressDeniedKind};

use crate::{
    receiver::Receiver,
    resolved::{Answers, client, get},
};

fn loopback() -> AddressPolicy {
    let policy = AddressPolicy::deny_internal();
    policy.allow_net("127.0.0.1").expect("an address")
}

#[tokio::test]
async fn one_denied_answer_refuses_the_name() {
    let receiver = Receiver::on("127.0.0.1:0").await;
    let uri = format!("http://rebound.example:{}/", receiver.port());
    for answers in [
        &["127.0.0.1", "10.0.0.1"][..],
        &["10.0.0.1", "127.0.0.1"],
        &["127.0.0.1", "8.8.8.8", "fd00::1"],
        &["127.0.0.1", "::ffff:10.0.0.1"],
        &["127.0.0.1", "64:ff9b::10.0.0.1"],
    ] {
        let answers = Answers::of(&[answers]);
        let denied = get(&client(loopback(), &answers), &uri).await;
        assert_eq!(denied, Err(EgressDeniedKind::Internal));
        assert_eq!(answers.asked(), 1);
    }
    let metadata = Answers::of(&[&["127.0.0.1", "169.254.169.254"]]);
    let denied = get(&client(loopback(), &metadata), &uri).await;
    assert_eq!(denied, Err(EgressDeniedKind::Metadata));
    let none = get(&client(loopback(), &Answers::of(&[&[]])), &uri).await;
    assert_eq!(none, Err(EgressDeniedKind::Unresolved));
    receiver.assert_untouched();
}

/// A name is looked up once for a connection: what was judged is what is connected to.
#[tokio::test]
async fn a_name_that_changes_its_mind_is_judged_each_time() {
    let receiver = Receiver::on("127.0.0.1:0").await;
    let uri = format!("http://rebinding.example:{}/", receiver.port());
    let answers = Answers::of(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let client = client(loopback(), &answers);
    assert_eq!(get(&client, &uri).await, Ok(StatusCode::OK));
    assert_eq!(answers.asked(), 1);
    assert_eq!(get(&client, &uri).await, Err(EgressDeniedKind::Internal));
    assert_eq!(answers.asked(), 2);
    assert_eq!(receiver.heads().len(), 1);
}

#[tokio::test]
async fn a_host_that_is_allowed_may_lead_inward_but_not_to_metadata() {
    let receiver = Receiver::on("127.0.0.1:0").await;
    let policy = AddressPolicy::deny_internal()
        .allow_host("*.corp.internal")
        .expect("a suffix");
    let uri = format!("http://hooks.corp.internal:{}/", receiver.port());
    let answers = Answers::of(&[&["127.0.0.1"], &["169.254.169.254"]]);
    let client = client(policy, &answers);
    assert_eq!(get(&client, &uri).await, Ok(StatusCode::OK));
    assert_eq!(get(&client, &uri).await, Err(EgressDeniedKind::Metadata));
    let other = get(&client, "http://hooks.other.internal/").await;
    assert_eq!(other, Err(EgressDeniedKind::Internal));
}

#[tokio::test]
async fn a_translator_of_the_own_network_carries_what_it_carries() {
    let policy = AddressPolicy::deny_internal()
        .nat64("2600:64::/96")
        .expect("a prefix");
    let answers = Answers::of(&[&["2600:64::10.0.0.1"], &["2600:64::169.254.169.254"]]);
    let client = client(policy, &answers);
    let uri = "http://translated.example/";
    assert_eq!(get(&client, uri).await, Err(EgressDeniedKind::Internal));
    assert_eq!(get(&client, uri).await, Err(EgressDeniedKind::Metadata));
}

/// What the resolver of the system makes of names that are loopback without being it in text.
#[tokio::test]
async fn the_resolver_of_the_system_is_guarded_as_well() {
    use http_body_util::Empty;
    use hyper_util::{client::legacy::Client, rt::TokioExecutor};
    use tower_harden::egress::GuardedConnector;

    let receiver = Receiver::on("127.0.0.1:0").await;
    let connector = GuardedConnector::http(AddressPolicy::deny_internal());
    let client: Client<_, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build(connector);
    let uri = format!("http://localhost:{}/", receiver.port());
    let request = || {
        http::Request::get(&uri)
            .body(Empty::new())
            .expect("a request")
    };
    let denied = crate::resolved::outcome(client.request(request()).await);
    assert_eq!(denied, Err(EgressDeniedKind::Internal));
    receiver.assert_untouched();

    let allowed = AddressPolicy::deny_internal()
        .allow_host("localhost")
        .expect("a host");
    let connector = GuardedConnector::http(allowed);
    let client: Client<_, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build(connector);
    let answer = crate::resolved::outcome(client.request(request()).await);
    assert_eq!(answer, Ok(StatusCode::OK));
}
