//! Addresses that a policy lets pass, and the only ones that it does.

use serde_json::json;
use tower_harden::{AddressPolicy, ConfigError, Field, Limits, Schema, Validator};

/// The codes of a value as a URL, a host, an address and other text, each empty where it passes.
fn codes(addresses: &AddressPolicy, values: [&str; 4]) -> [String; 4] {
    let fields = [
        Field::from(Field::url()),
        Field::hostname().into(),
        Field::ipv4().into(),
        Field::string().into(),
    ];
    let mut fields = fields.into_iter().zip(values);
    std::array::from_fn(|_| {
        let (field, value) = fields.next().expect("four fields");
        let schema = Schema::object().required("v", field);
        let validator = Validator::new(schema, addresses.clone(), Limits::default());
        let validator = validator.unwrap_or_else(|error| panic!("{error}"));
        match validator.check(json!({ "v": value }).to_string().as_bytes()) {
            Ok(()) => String::new(),
            Err(found) => found[0].code().as_str().to_owned(),
        }
    })
}

/// As [`codes`], of one IPv4 address.
fn of_address(addresses: &AddressPolicy, address: &str) -> [String; 4] {
    let url = format!("http://{address}:8080/");
    let text = format!("at {url}.");
    codes(addresses, [&url, address, address, &text])
}

#[test]
fn blocks_pass_in_every_context() -> Result<(), ConfigError> {
    let addresses = AddressPolicy::deny_internal()
        .allow_net("10.1.0.0/16")?
        .allow_net("169.254.0.0/16")?
        .allow_net("fd00:1::/32")?;
    for passes in ["10.1.0.0", "10.1.255.255", "169.254.1.1"] {
        assert_eq!(of_address(&addresses, passes), [""; 4], "{passes}");
    }
    for internal in ["10.0.255.255", "10.2.0.0", "127.0.0.1"] {
        assert_eq!(
            of_address(&addresses, internal),
            ["address.internal"; 4],
            "{internal}"
        );
    }
    assert_eq!(
        of_address(&addresses, "169.254.169.254"),
        ["address.metadata"; 4]
    );
    let v6 = codes(
        &addresses,
        [
            "http://[fd00:1::7]/",
            "fd00:1::7",
            "8.8.8.8",
            "see http://[fd00:2::7]/",
        ],
    );
    assert_eq!(v6, ["", "", "", "address.internal"]);
    let carried = codes(
        &addresses,
        [
            "http://[::ffff:10.1.0.7]/",
            "[64:ff9b::10.2.0.7]",
            "8.8.8.8",
            "http://[::ffff:a01:7]/",
        ],
    );
    assert_eq!(carried, ["", "address.internal", "", ""]);
    Ok(())
}

#[test]
fn only_the_listed_hosts_pass_where_a_host_is_named() -> Result<(), ConfigError> {
    let addresses = AddressPolicy::deny_internal()
        .only_hosts([
            "hooks.example.com",
            "*.partner.example",
            "inner.corp.internal",
        ])?
        .allow_net("192.0.2.7")?;
    let of = |host: &str| {
        let url = format!("https://{host}/");
        codes(&addresses, [&url, host, "8.8.8.8", &url])
    };
    for passes in [
        "hooks.example.com",
        "HOOKS.example.com",
        "a.b.partner.example",
        "192.0.2.7",
    ] {
        assert_eq!(of(passes), [""; 4], "{passes}");
    }
    // Other text may mention any public host.
    for unlisted in [
        "example.com",
        "partner.example",
        "hooks.example.com.evil.example",
        "8.8.8.8",
    ] {
        let expected = ["address.unlisted", "address.unlisted", "", ""];
        assert_eq!(of(unlisted), expected, "{unlisted}");
    }
    // An internal host has to be let in as well.
    let internal = [
        "address.internal",
        "address.internal",
        "",
        "address.internal",
    ];
    assert_eq!(of("inner.corp.internal"), internal);
    let let_in = addresses.clone().allow_host("inner.corp.internal")?;
    let url = "https://inner.corp.internal/";
    assert_eq!(
        codes(&let_in, [url, "inner.corp.internal", "8.8.8.8", url]),
        [""; 4]
    );
    Ok(())
}

#[test]
fn schemes_and_ports_are_those_of_the_policy() {
    let addresses = AddressPolicy::deny_internal()
        .https_only()
        .only_ports([443, 8443]);
    for (url, host, expected) in [
        ("https://a.example/", "a.example", ["", ""]),
        ("https://a.example:8443/", "a.example:443", ["", ""]),
        (
            "http://a.example/",
            "a.example:80",
            ["address.scheme", "address.port"],
        ),
        (
            "https://a.example:22/",
            "a.example:22",
            ["address.port", "address.port"],
        ),
        (
            "https://8.8.8.8:1/",
            "8.8.8.8:1",
            ["address.port", "address.port"],
        ),
        (
            "https://10.0.0.1:1/",
            "10.0.0.1:1",
            ["address.internal", "address.internal"],
        ),
    ] {
        let found = codes(
            &addresses,
            [url, host, "8.8.8.8", "see http://a.example:22/"],
        );
        assert_eq!(found[..2], expected, "{url}");
        assert_eq!(found[2..], ["", ""]);
    }
}

#[test]
fn metadata_services_pass_where_it_is_said_that_it_is_dangerous() -> Result<(), ConfigError> {
    let addresses = AddressPolicy::deny_internal().dangerous().allow_metadata();
    assert_eq!(of_address(&addresses, "169.254.169.254"), [""; 4]);
    assert_eq!(
        of_address(&addresses, "169.254.169.253"),
        ["address.internal"; 4]
    );
    let name = "metadata.google.internal";
    let url = format!("http://{name}/");
    assert_eq!(codes(&addresses, [&url, name, "8.8.8.8", name]), [""; 4]);

    let suffix = AddressPolicy::deny_internal().allow_host("*.internal")?;
    assert_eq!(
        codes(&suffix, [&url, name, "8.8.8.8", name]),
        [
            "address.metadata",
            "address.metadata",
            "",
            "address.metadata"
        ]
    );
    Ok(())
}

#[test]
fn a_translator_of_the_own_network_is_decoded() -> Result<(), ConfigError> {
    let addresses = AddressPolicy::deny_internal().nat64("2600:64:1::/48")?;
    let of = |address: &str| {
        let url = format!("http://[{address}]/");
        codes(&addresses, [&url, address, "8.8.8.8", &url])
    };
    // RFC 6052 §2.2: bits 64 to 71 are zero.
    assert_eq!(
        of("2600:64:1:0a00:0:100::"),
        [
            "address.internal",
            "address.internal",
            "",
            "address.internal"
        ]
    );
    assert_eq!(
        of("2600:64:1:a9fe:a9:fe00::"),
        [
            "address.metadata",
            "address.metadata",
            "",
            "address.metadata"
        ]
    );
    assert_eq!(of("2600:64:1:808:8:800::"), [""; 4]);
    Ok(())
}

#[test]
fn what_is_no_host_and_no_block_is_told() {
    let policy = AddressPolicy::deny_internal;
    for (built, told) in [
        (
            policy().allow_net("10.0.0.1/8"),
            "allow_net(\"10.0.0.1/8\"): is not the first address of its block",
        ),
        (
            policy().allow_net("10/8"),
            "allow_net(\"10/8\"): is no address and no block",
        ),
        (
            policy().allow_net("169.254.169.254"),
            "allow_net(\"169.254.169.254\"): is a metadata service: dangerous().allow_metadata()",
        ),
        (
            policy().allow_net("example.com"),
            "allow_net(\"example.com\"): is no address",
        ),
        (
            policy().allow_host("10.1.2.3"),
            "allow_host(\"10.1.2.3\"): is an address and no host name: allow_net(..)",
        ),
        (
            policy().only_hosts(["10.1.0.0/16"]),
            "only_hosts(\"10.1.0.0/16\"): is an address and no host name: allow_net(..)",
        ),
        (
            policy().only_hosts(["a.example", "*"]),
            "only_hosts(\"*\"): is not a host name",
        ),
        (
            policy().nat64("64:ff9b::/95"),
            "nat64(\"64:ff9b::/95\"): is no IPv6 prefix of 32, 40",
        ),
        (
            policy().nat64("10.0.0.0/32"),
            "nat64(\"10.0.0.0/32\"): is no IPv6 prefix",
        ),
        (
            policy().allow_host("Metadata.Google.Internal."),
            "allow_host(\"Metadata.Google.Internal.\"): is a metadata service: dangerous().allow_metadata()",
        ),
    ] {
        let error = built.expect_err(told).to_string();
        assert!(error.starts_with(told), "{error}");
    }
}

/// The codes of a value as a URL and as other text.
fn of_both(addresses: &AddressPolicy, value: &str) -> [String; 2] {
    let [url, .., text] = codes(addresses, [value, "example.com", "8.8.8.8", value]);
    [url, text]
}

#[test]
fn urls_in_urls_are_found_in_text_and_where_it_is_asked_for() {
    let default = AddressPolicy::deny_internal();
    let nested = AddressPolicy::deny_internal().nested_urls();
    for (url, code) in [
        (
            "https://example.com/?next=http://169.254.169.254/",
            "address.metadata",
        ),
        ("https://example.com/http://10.0.0.1/x", "address.internal"),
        ("https://example.com:443#ftp://[::1]", "address.internal"),
        (
            "https://8.8.8.8/?u=http%3A%2F%2F127.1%2F",
            "address.internal",
        ),
        (
            "https://example.com/?u=http%253a%252f%252flocalhost",
            "address.internal",
        ),
        (
            "https://example.com/?u=ht%09tp://127.0.0.1",
            "address.internal",
        ),
        (
            "https://example.com/?u=http://1.2.3.4.5/",
            "address.ambiguous",
        ),
    ] {
        assert_eq!(of_both(&default, url), ["", code], "{url}");
        assert_eq!(of_both(&nested, url), [code, code], "{url}");
    }
    for passes in [
        "https://example.com/?next=https://example.org/",
        "https://example.com/a:1/b::c?host=localhost:80",
        // Encoded three times is decoded by nobody by accident.
        "https://example.com/?u=http%25253a%25252f%25252f127.0.0.1",
    ] {
        assert_eq!(of_both(&nested, passes), ["", ""], "{passes}");
    }
    // The host comes first.
    let both = "http://10.0.0.1/?next=http://169.254.169.254/";
    assert_eq!(of_both(&nested, both)[0], "address.internal");
}

#[test]
fn urls_in_urls_pass_where_it_is_said_that_it_is_dangerous() {
    let policy = AddressPolicy::deny_internal;
    let ignored = policy().dangerous().ignore_nested_urls();
    for passes in [
        "https://example.com/?next=http://169.254.169.254/",
        "see https://example.com/#http://127.0.0.1 and HTTP://a.example?http%3A%2F%2F10.0.0.1",
    ] {
        assert_eq!(codes(&ignored, [passes; 4])[3], "", "{passes}");
    }
    for refused in [
        "http://169.254.169.254/?next=https://example.com/",
        "https://example.com/?a http://169.254.169.254/",
        "<a href=\"https://example.com/?a\">http://169.254.169.254/</a>",
        "https://example.com/http://169.254.169.254/",
        "ftp://example.com/?http://169.254.169.254/",
        "https://a@169.254.169.254/?x",
        "https://?http://169.254.169.254/",
    ] {
        let found = &codes(&ignored, [refused; 4])[3];
        assert_eq!(found, "address.metadata", "{refused}");
    }
    let taken_back = policy().nested_urls().dangerous().ignore_nested_urls();
    let url = "https://example.com/?next=http://169.254.169.254/";
    assert_eq!(of_both(&taken_back, url), ["", ""]);
    let asked_for = policy().dangerous().ignore_nested_urls().nested_urls();
    assert_eq!(of_both(&asked_for, url), ["address.metadata"; 2]);
}
