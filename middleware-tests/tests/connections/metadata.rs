//! A metadata service that is really there, in a network that the test makes.

use http::StatusCode;
use tower_harden::{
    AddressPolicy,
    egress::{EgressDeniedKind, GuardedClient, denied},
};

use crate::{
    again::is_again,
    network::Network,
    receiver::Receiver,
    resolved::{Answers, client, get},
};

const TEST: &str = "metadata::a_metadata_service_is_there_and_not_reached";

#[tokio::test]
async fn a_metadata_service_is_there_and_not_reached() {
    if is_again(TEST) {
        return reaches_nothing().await;
    }
    if let Some(network) = Network::new("metadata", &["169.254.169.254/32", "fd00:ec2::254/128"]) {
        network.run(TEST).await;
    }
}

async fn reaches_nothing() {
    let service = Receiver::on("169.254.169.254:80").await;
    let other = Receiver::on("[fd00:ec2::254]:80").await;

    let unguarded = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let answer = unguarded.get("http://169.254.169.254/latest/").send().await;
    assert_eq!(answer.expect("it is there").status(), StatusCode::OK);
    assert_eq!(service.heads().len(), 1);

    // By its addresses, by a name that leads there, by a redirect, and by a block that holds it.
    let answers = Answers::of(&[&["169.254.169.254"]]);
    let link_local = AddressPolicy::deny_internal()
        .allow_net("169.254.0.0/16")
        .and_then(|policy| policy.allow_net("fd00::/8"))
        .and_then(|policy| policy.allow_host("rebound.example"))
        .expect("blocks and a host");
    for policy in [AddressPolicy::deny_internal(), link_local] {
        let guarded = client(policy.clone(), &answers);
        for host in [
            "169.254.169.254",
            "[fd00:ec2::254]",
            "[::ffff:a9fe:a9fe]",
            "rebound.example",
        ] {
            let denied = get(&guarded, &format!("http://{host}/latest/")).await;
            assert_eq!(denied, Err(EgressDeniedKind::Metadata), "{host}");
        }
        let head = "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/latest/";
        let outer = Receiver::answering("127.0.0.1:0", head).await;
        let policy = policy.allow_net("127.0.0.1").expect("an address");
        let client = GuardedClient::new(policy, reqwest::Client::builder()).expect("a client");
        let url = format!("http://{}/", outer.address);
        let error = client.get(url).expect("a judged URL").send().await;
        let error = error.expect_err("it leads to the metadata service");
        let denied = denied(&error).expect("a denial");
        assert_eq!(denied.kind(), EgressDeniedKind::Metadata);
    }
    assert_eq!(service.heads().len(), 1, "only the client without a guard");
    other.assert_untouched();

    let dangerous = AddressPolicy::deny_internal().dangerous().allow_metadata();
    let answer = get(
        &client(dangerous, &answers),
        "http://169.254.169.254/latest/",
    )
    .await;
    assert_eq!(answer, Ok(StatusCode::OK));
}
