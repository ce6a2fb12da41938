//! Redirects: each is judged as the first URL is.

use http::StatusCode;
use tower_harden::{
    AddressPolicy,
    egress::{EgressDeniedKind, GuardedClient, denied},
};

use crate::receiver::Receiver;

fn client(policy: AddressPolicy) -> GuardedClient {
    GuardedClient::new(policy, reqwest::Client::builder()).expect("a client")
}

/// A client that may connect to one address of this machine, and to no other.
fn to_loopback() -> GuardedClient {
    let policy = AddressPolicy::deny_internal();
    client(policy.allow_net("127.0.0.1").expect("an address"))
}

#[tokio::test]
async fn a_redirect_inward_is_not_followed() {
    let inner = Receiver::on("127.0.0.2:0").await;
    for host in [
        "127.0.0.2",
        "127.0.0.2.",
        "2130706434",
        "localhost",
        "[::ffff:7f00:2]",
    ] {
        let location = format!("http://{host}:{}/latest/meta-data/", inner.port());
        let head = format!("HTTP/1.1 302 Found\r\nlocation: {location}");
        let outer = Receiver::answering("127.0.0.1:0", &head).await;
        let url = format!("http://{}/", outer.address);
        let answer = to_loopback().get(url).expect("a judged URL").send().await;
        let error = answer.expect_err("the redirect leads inward");
        let denied = denied(&error).unwrap_or_else(|| panic!("{error:?}"));
        assert_eq!(denied.kind(), EgressDeniedKind::Internal, "{host}");
        assert_eq!(outer.heads().len(), 1);
    }
    inner.assert_untouched();
}

#[tokio::test]
async fn a_redirect_by_another_scheme_is_not_followed() {
    for location in [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_",
        "http://user@8.8.8.8/",
    ] {
        let head = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {location}");
        let outer = Receiver::answering("127.0.0.1:0", &head).await;
        let url = format!("http://{}/", outer.address);
        let answer = to_loopback().get(url).expect("a judged URL").send().await;
        match answer {
            // reqwest itself follows no other schemes.
            Ok(answer) => assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT),
            Err(error) => assert!(denied(&error).is_some(), "{error:?}"),
        }
    }
}

#[tokio::test]
async fn redirects_end() {
    let mut location = String::from("http://127.0.0.1:9/");
    for _ in 0..12 {
        let head = format!("HTTP/1.1 302 Found\r\nlocation: {location}");
        let receiver = Receiver::answering("127.0.0.1:0", &head).await;
        location = format!("http://{}/", receiver.address);
    }
    let error = to_loopback()
        .get(location)
        .expect("a judged URL")
        .send()
        .await;
    let error = error.expect_err("too many");
    assert!(error.is_redirect(), "{error:?}");
}

#[tokio::test]
async fn credentials_stay_with_their_origin() {
    let other = Receiver::on("127.0.0.1:0").await;
    let head = format!(
        "HTTP/1.1 302 Found\r\nlocation: http://{}/there",
        other.address
    );
    let first = Receiver::answering("127.0.0.1:0", &head).await;
    let request = to_loopback().get(format!("http://{}/here", first.address));
    let request = request
        .expect("a judged URL")
        .bearer_auth("secret")
        .header("cookie", "session=secret");
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(first.heads()[0].contains("secret"));
    let head = &other.heads()[0];
    assert!(head.starts_with("GET /there HTTP/1.1\r\n"), "{head}");
    assert!(
        !head.contains("secret") && !head.contains("/here"),
        "{head}"
    );
}

#[tokio::test]
async fn the_first_url_is_judged() {
    let receiver = Receiver::on("127.0.0.1:0").await;
    let client = client(AddressPolicy::deny_internal());
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "[::ffff:127.0.0.1]",
        "localhost",
    ] {
        let url = format!("http://{host}:{}/", receiver.port());
        let denied = client.get(&url).expect_err("it leads inward");
        assert_eq!(denied.kind(), EgressDeniedKind::Internal, "{host}");
        let request = reqwest::Request::new(reqwest::Method::GET, url.parse().expect("a URL"));
        let error = client.execute(request).await.expect_err("it leads inward");
        assert!(tower_harden::egress::denied(&*error).is_some());
    }
    for url in ["nonsense", "file:///etc/passwd", "http://u:p@example.com/"] {
        assert!(client.get(url).is_err(), "{url}");
    }
    receiver.assert_untouched();
}
