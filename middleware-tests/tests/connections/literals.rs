//! URIs that name an address: no resolver is asked for it.

use tower_harden::{AddressPolicy, egress::EgressDeniedKind};

use crate::{
    receiver::Receiver,
    resolved::{Answers, client, get},
};

/// Spellings of loopback that `http::Uri` takes.
const LOOPBACK: &[&str] = &[
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0.0.001",
    "127.255.255.254",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST.",
    "app.localhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
    "[2600::5efe:127.0.0.1]",
];

#[tokio::test]
async fn no_spelling_of_loopback_is_connected_to() {
    let (four, six) = (
        Receiver::on("127.0.0.1:0").await,
        Receiver::on("[::1]:0").await,
    );
    let answers = Answers::of(&[&["127.0.0.1", "::1"]]);
    let client = client(AddressPolicy::deny_internal(), &answers);
    for host in LOOPBACK {
        for port in [four.port(), six.port()] {
            let kind = get(&client, &format!("http://{host}:{port}/")).await;
            assert!(
                matches!(
                    kind,
                    Err(EgressDeniedKind::Internal | EgressDeniedKind::Ambiguous)
                ),
                "{kind:?} of {host}"
            );
        }
    }
    four.assert_untouched();
    six.assert_untouched();
    assert_eq!(answers.asked(), 0, "addresses are no names");
}

#[tokio::test]
async fn metadata_services_have_a_name() {
    let client = client(AddressPolicy::deny_internal(), &Answers::default());
    for host in [
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[::ffff:a9fe:a9fe]",
        "168.63.129.16",
        "metadata.google.internal",
        "Metadata.Google.Internal.",
    ] {
        let kind = get(&client, &format!("http://{host}/latest/meta-data/")).await;
        assert_eq!(kind, Err(EgressDeniedKind::Metadata), "{host}");
    }
}

#[tokio::test]
async fn an_allowed_block_is_connected_to() {
    let receiver = Receiver::on("127.0.0.1:0").await;
    let policy = AddressPolicy::deny_internal()
        .allow_net("127.0.0.0/29")
        .expect("a block");
    let client = client(policy, &Answers::default());
    let port = receiver.port();
    assert_eq!(
        get(&client, &format!("http://127.0.0.1:{port}/a")).await,
        Ok(http::StatusCode::OK)
    );
    assert!(receiver.heads()[0].starts_with("GET /a HTTP/1.1\r\n"));
    let outside = get(&client, &format!("http://127.0.0.8:{port}/")).await;
    assert_eq!(outside, Err(EgressDeniedKind::Internal));
}

#[tokio::test]
async fn schemes_ports_and_hosts_are_those_of_the_policy() {
    let policy = AddressPolicy::deny_internal()
        .https_only()
        .only_ports([443, 8443])
        .only_hosts(["hooks.example.com", "*.partner.example"])
        .expect("hosts");
    let client = client(policy, &Answers::default());
    for (uri, kind) in [
        ("http://hooks.example.com:443/", EgressDeniedKind::Scheme),
        ("https://hooks.example.com:22/", EgressDeniedKind::Port),
        ("https://example.com/", EgressDeniedKind::Unlisted),
        ("https://partner.example/", EgressDeniedKind::Unlisted),
        ("https://8.8.8.8/", EgressDeniedKind::Unlisted),
        ("https://10.0.0.1/", EgressDeniedKind::Internal),
        ("ftp://hooks.example.com/", EgressDeniedKind::Scheme),
        (
            "https://user@hooks.example.com/",
            EgressDeniedKind::Ambiguous,
        ),
        ("https://hooks/", EgressDeniedKind::Internal),
        // It is let through, and has no address.
        (
            "https://a.partner.example:8443/",
            EgressDeniedKind::Unresolved,
        ),
    ] {
        assert_eq!(get(&client, uri).await, Err(kind), "{uri}");
    }
}
