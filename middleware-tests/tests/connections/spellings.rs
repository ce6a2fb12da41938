//! IPv6 literals that lead to a metadata service, in a network where each of them is connected to by a
//! client without a guard.

use std::sync::Arc;

use http::{Request, StatusCode};
use http_body_util::Empty;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tower_harden::{
    AddressPolicy,
    egress::{EgressDeniedKind, GuardedClient, GuardedConnector},
};

use crate::{again::is_again, network::Network, receiver::Receiver, resolved::outcome};

const TEST: &str = "spellings::no_literal_of_ipv6_leads_to_a_metadata_service";

/// What the machine has, so that every literal is there to be reached.
const ADDRESSES: &[&str] = &[
    "169.254.169.254/32",
    "fd00:ec2::254/128",
    "fd20:ce::254/128",
    "fd00:c1::a9fe:a9fe/128",
    "64:ff9b::a9fe:a9fe/128",
    "64:ff9b:1::a9fe:a9fe/128",
    "2002:a9fe:a9fe::/128",
    "2002:a9fe:a9fe::a9fe:a9fe/128",
    "2001:0:a9fe:a9fe::/128",
    "2001:0:4136:e378:8000:63bf:5601:5601/128",
    "2600::5efe:a9fe:a9fe/128",
    "2600::200:5efe:a9fe:a9fe/128",
    "::ffff:0:a9fe:a9fe/128",
];

/// Literals without a zone.
const LITERALS: &[&str] = &[
    // Mapped (RFC 4291 §2.5.5.2).
    "[::ffff:a9fe:a9fe]",
    "[::FFFF:A9FE:A9FE]",
    "[::ffff:169.254.169.254]",
    "[0:0:0:0:0:ffff:a9fe:a9fe]",
    "[0000:0000:0000:0000:0000:ffff:a9fe:a9fe]",
    "[0:0:0:0:0:ffff:169.254.169.254]",
    "[0::0:ffff:a9fe:a9fe]",
    // Addresses of their own.
    "[fd00:ec2::254]",
    "[FD00:EC2::254]",
    "[fd00:0ec2:0:0:0:0:0:0254]",
    "[fd20:ce::254]",
    "[fd00:c1::169.254.169.254]",
    // NAT64 (RFC 6052, RFC 8215).
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b::169.254.169.254]",
    "[0064:ff9b:0:0:0:0:a9fe:a9fe]",
    "[64:ff9b:1::169.254.169.254]",
    // 6to4 (RFC 3056), Teredo (RFC 4380 §4), ISATAP (RFC 5214 §6.1).
    "[2002:a9fe:a9fe::]",
    "[2002:a9fe:a9fe::169.254.169.254]",
    "[2001:0:a9fe:a9fe::]",
    "[2001:0:4136:e378:8000:63bf:5601:5601]",
    "[2600::5efe:169.254.169.254]",
    "[2600::200:5efe:a9fe:a9fe]",
    // Translated (RFC 2765 §2.1).
    "[::ffff:0:169.254.169.254]",
];

/// Literals with a zone, as RFC 6874 spells it and as others do.
const ZONES: &[&str] = &[
    "[fe80::a9fe:a9fe%25lo]",
    "[fe80::a9fe:a9fe%lo]",
    "[fe80::a9fe:a9fe%251]",
    "[fd00:ec2::254%25lo]",
    "[::ffff:a9fe:a9fe%25lo]",
    "[::ffff:169.254.169.254%251]",
];

#[tokio::test]
async fn no_literal_of_ipv6_leads_to_a_metadata_service() {
    if is_again(TEST) {
        return leads_nowhere().await;
    }
    if let Some(network) = Network::new("spellings", ADDRESSES) {
        network.run(TEST).await;
    }
}

async fn leads_nowhere() {
    // Of both families: every address of the machine.
    let service = Receiver::on("[::]:80").await;
    let policy = Arc::new(AddressPolicy::deny_internal());
    let bare: Client<_, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build_http();
    let connector = GuardedConnector::http(policy.clone());
    let guarded: Client<_, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build(connector);
    let client = GuardedClient::new(policy, reqwest::Client::builder()).expect("a client");

    let cases = LITERALS
        .iter()
        .map(|literal| (literal, EgressDeniedKind::Metadata));
    let cases = cases.chain(ZONES.iter().map(|zone| (zone, EgressDeniedKind::Ambiguous)));
    for (literal, kind) in cases {
        let url = format!("http://{literal}/latest/");
        let denied = client.get(&url).err().map(|denied| denied.kind());
        assert_eq!(denied, Some(kind), "{literal}");
        let request = || {
            let request = Request::get(&url).body(Empty::new());
            request.expect("a request")
        };
        assert_eq!(
            outcome(guarded.request(request()).await),
            Err(kind),
            "{literal}"
        );
        assert_eq!(service.heads(), [""; 0], "{literal}");
        // The client without a guard shows that it is there; none goes to a zone.
        if kind == EgressDeniedKind::Metadata {
            let answer = bare.request(request()).await;
            assert_eq!(answer.expect("it is there").status(), StatusCode::OK);
            assert_eq!(service.forget(), 1, "{literal}");
        }
    }
}
