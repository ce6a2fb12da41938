//! Names that lead somewhere else each time, on the wire: a name server, a public address, and a
//! metadata service, in a network that the test makes.

use std::{future::Future, sync::Arc};

use http::{Request, StatusCode};
use http_body_util::Empty;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tower_harden::{
    AddressPolicy,
    egress::{EgressDeniedKind, GuardedClient, GuardedConnector, GuardedResolver, denied},
};

use crate::{
    again::is_again,
    name_server::{NameServer, Zone},
    network::Network,
    receiver::Receiver,
    resolved::outcome,
};

const PUBLIC: &str = "93.184.215.14";
const METADATA: &str = "169.254.169.254";
const NAME_SERVER: &str = "127.0.0.53";

/// What became of a request.
type Outcome = Result<StatusCode, EgressDeniedKind>;

/// The services of the network, and what reached them.
struct Internet {
    names: Arc<NameServer>,
    public: Receiver,
    metadata: Receiver,
}

impl Internet {
    async fn new() -> Self {
        let [public, metadata] = [PUBLIC, METADATA].map(|it| it.parse().expect("an address"));
        let mapped = std::net::Ipv4Addr::to_ipv6_mapped(&metadata);
        let zones = vec![
            (".rebinding.example", Zone::InTurn(vec![public, metadata])),
            (".both.example", Zone::AtOnce(vec![public, metadata])),
            (".mapped.example", Zone::V6(mapped)),
        ];
        Self {
            names: NameServer::on(&format!("{NAME_SERVER}:53"), zones).await,
            public: Receiver::on(&format!("{PUBLIC}:80")).await,
            metadata: Receiver::on(&format!("{METADATA}:80")).await,
        }
    }

    /// How many connections each has had: the public service, and the metadata service.
    fn reached(&self) -> [usize; 2] {
        [&self.public, &self.metadata].map(|it| it.heads().len())
    }

    /// What a guarded client does with each of the names.
    async fn refuses<F: Future<Output = Outcome>>(&self, client: &str, get: impl Fn(String) -> F) {
        let [public, metadata] = self.reached();
        let url = |zone: &str| format!("http://{client}.{zone}.example/latest/");
        let name = format!("{client}.rebinding.example");
        assert_eq!(get(url("rebinding")).await, Ok(StatusCode::OK));
        assert_eq!(self.names.asked(&name), 1, "it is looked up once");
        assert_eq!(self.reached(), [public + 1, metadata], "as it was judged");
        for zone in ["rebinding", "both", "mapped"] {
            let denied = get(url(zone)).await;
            assert_eq!(denied, Err(EgressDeniedKind::Metadata), "{client} {zone}");
        }
        assert_eq!(self.names.asked(&name), 2);
        assert_eq!(self.names.asked(&format!("{client}.both.example")), 1);
        assert_eq!(self.reached(), [public + 1, metadata], "nothing else");
    }
}

const TEST: &str = "rebinding::a_name_that_is_bound_anew_reaches_no_metadata_service";

#[tokio::test]
async fn a_name_that_is_bound_anew_reaches_no_metadata_service() {
    if is_again(TEST) {
        return reaches_nothing().await;
    }
    let addresses = [PUBLIC, METADATA].map(|address| format!("{address}/32"));
    if let Some(network) = Network::new("rebinding", &addresses.each_ref().map(String::as_str)) {
        network.with_name_server(NAME_SERVER).run(TEST).await;
    }
}

async fn reaches_nothing() {
    let internet = Internet::new().await;

    // The attack is real: the system's resolver asks the server each time, and is followed.
    let unguarded = reqwest::Client::builder().no_proxy().build();
    let unguarded = unguarded.expect("a client");
    for (zone, reached) in [
        ("rebinding", [1, 0]),
        ("rebinding", [1, 1]),
        ("mapped", [1, 2]),
    ] {
        let url = format!("http://unguarded.{zone}.example/latest/");
        let answer = unguarded.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(internet.reached(), reached, "{zone}");
    }

    let policy = Arc::new(AddressPolicy::deny_internal());
    let guarded = GuardedClient::new(policy.clone(), reqwest::Client::builder());
    let guarded = guarded.expect("a client");
    internet
        .refuses("reqwest", |url| by_reqwest(&guarded, url))
        .await;

    let connector = GuardedConnector::http(policy.clone());
    internet
        .refuses("hyper", |url| by_hyper(&connector, url))
        .await;

    // The list of hosts lets the name pass, and not the metadata service that it leads to.
    let allowed = AddressPolicy::deny_internal()
        .allow_host("*.rebinding.example")
        .and_then(|it| it.allow_host("*.both.example"))
        .and_then(|it| it.allow_host("*.mapped.example"));
    let connector = GuardedConnector::http(allowed.expect("hosts"));
    internet
        .refuses("allowed", |url| by_hyper(&connector, url))
        .await;

    // Names are judged by the resolver alone; it is addresses that it does not see.
    let resolver = GuardedResolver::system(policy);
    let bare = reqwest::Client::builder().no_proxy().dns_resolver(resolver);
    let bare = bare.build().expect("a client");
    internet
        .refuses("resolver", |url| async {
            let answer = bare.get(url).send().await;
            answer.map(|it| it.status()).map_err(|error| kind(&error))
        })
        .await;
}

async fn by_reqwest(client: &GuardedClient, url: String) -> Outcome {
    let answer = client.get(url).map_err(|denied| denied.kind())?.send();
    answer
        .await
        .map(|it| it.status())
        .map_err(|error| kind(&error))
}

async fn by_hyper(
    connector: &GuardedConnector<HttpConnector<GuardedResolver>>,
    url: String,
) -> Outcome {
    let client: Client<_, Empty<&[u8]>> =
        Client::builder(TokioExecutor::new()).build(connector.clone());
    let request = Request::get(url).body(Empty::new()).expect("a request");
    outcome(client.request(request).await)
}

fn kind(error: &(dyn std::error::Error + 'static)) -> EgressDeniedKind {
    let denied = denied(error).unwrap_or_else(|| panic!("not denied: {error:?}"));
    denied.kind()
}
