//! Proxies of the environment, which would look names up themselves.

use std::process::Command;

use tower_harden::{AddressPolicy, egress::GuardedClient};

use crate::{
    again::{assert_passed, is_again, output, this},
    receiver::Receiver,
};

const TEST: &str = "proxies::a_proxy_of_the_environment_is_not_asked";

#[tokio::test]
async fn a_proxy_of_the_environment_is_not_asked() {
    if is_again(TEST) {
        return asks_by_itself().await;
    }
    let proxy = Receiver::on("127.0.0.1:0").await;
    let mut command = Command::new(this());
    let url = format!("http://{}", proxy.address);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &url);
    }
    command.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = tokio::task::spawn_blocking(move || output(command, TEST));
    assert_passed(&output.await.expect("no panic"));
    // The client without guard was sent there, so the environment is one that has a proxy.
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1, "{heads:?}");
    assert!(
        heads[0].starts_with("GET http://unguarded.example/ "),
        "{heads:?}"
    );
}

async fn asks_by_itself() {
    let unguarded = reqwest::Client::new()
        .get("http://unguarded.example/")
        .send();
    unguarded.await.expect("the proxy answers");

    let receiver = Receiver::on("127.0.0.1:0").await;
    let policy = AddressPolicy::deny_internal();
    let policy = policy.allow_net("127.0.0.1").expect("an address");
    let client = GuardedClient::new(policy, reqwest::Client::builder()).expect("a client");
    let url = format!("http://{}/guarded", receiver.address);
    client
        .get(url)
        .expect("a judged URL")
        .send()
        .await
        .expect("an answer");
    assert!(receiver.heads()[0].starts_with("GET /guarded "));
}

#[tokio::test]
async fn a_proxy_of_the_builder_is_not_asked() {
    let proxy = Receiver::on("127.0.0.1:0").await;
    let through = || {
        let proxy = reqwest::Proxy::all(format!("http://{}", proxy.address));
        reqwest::Client::builder().proxy(proxy.expect("a proxy"))
    };
    let unguarded = through().build().expect("a client");
    let answer = unguarded.get("http://unguarded.example/").send().await;
    answer.expect("the proxy answers");
    assert_eq!(proxy.forget(), 1);

    let receiver = Receiver::on("127.0.0.1:0").await;
    let policy = AddressPolicy::deny_internal();
    let policy = policy.allow_net("127.0.0.1").expect("an address");
    let client = GuardedClient::new(policy, through()).expect("a client");
    let url = format!("http://{}/guarded", receiver.address);
    let request = client.get(url).expect("a judged URL");
    request.send().await.expect("an answer");
    assert!(receiver.heads()[0].starts_with("GET /guarded "));
    proxy.assert_untouched();
}
