//! A resolver that answers what a test wants, and clients that ask it.

use std::{
    collections::VecDeque,
    convert::Infallible,
    future::{Ready, ready},
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
    task::{Context, Poll},
    vec,
};

use http::{Request, Response, StatusCode};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{
        Client,
        connect::{HttpConnector, dns::Name},
    },
    rt::TokioExecutor,
};
use tower::Service;
use tower_harden::{
    AddressPolicy,
    egress::{EgressDeniedKind, GuardedConnector, GuardedResolver, denied},
};

/// A client whose names are looked up in a list of answers, one list for each look-up.
pub(crate) type Guarded =
    Client<GuardedConnector<HttpConnector<GuardedResolver<Answers>>>, Empty<&'static [u8]>>;

pub(crate) fn client(policy: AddressPolicy, answers: &Answers) -> Guarded {
    let policy = Arc::new(policy);
    let resolver = GuardedResolver::new(policy.clone(), answers.clone());
    let mut http = HttpConnector::new_with_resolver(resolver);
    http.enforce_http(false);
    let connector = GuardedConnector::wrap(policy, http);
    Client::builder(TokioExecutor::new()).build(connector)
}

/// The answers to one look-up after the other; the last one stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers(Arc<Mutex<VecDeque<Vec<IpAddr>>>>, Arc<Mutex<usize>>);

impl Answers {
    pub(crate) fn of(answers: &[&[&str]]) -> Self {
        let read = |texts: &&[&str]| {
            let texts = texts.iter();
            texts
                .map(|text| text.parse().expect("an address"))
                .collect()
        };
        let answers = answers.iter().map(read).collect();
        Self(Arc::new(Mutex::new(answers)), Arc::default())
    }

    /// How many names were looked up.
    pub(crate) fn asked(&self) -> usize {
        *self.1.lock().expect("no panic")
    }
}

impl Service<Name> for Answers {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        *self.1.lock().expect("no panic") += 1;
        let mut answers = self.0.lock().expect("no panic");
        let answer = if answers.len() > 1 {
            answers.pop_front()
        } else {
            answers.front().cloned()
        };
        let answer: Vec<_> = answer.unwrap_or_default();
        let answer: Vec<_> = answer
            .into_iter()
            .map(|it| SocketAddr::new(it, 0))
            .collect();
        ready(Ok(answer.into_iter()))
    }
}

/// Sends a request without a body, and tells what became of it.
pub(crate) async fn get(client: &Guarded, uri: &str) -> Result<StatusCode, EgressDeniedKind> {
    let request = Request::get(uri).body(Empty::new()).expect("a request");
    outcome(client.request(request).await)
}

/// The status of an answer, or why there is none.
pub(crate) fn outcome<E: std::error::Error + 'static>(
    answer: Result<Response<Incoming>, E>,
) -> Result<StatusCode, EgressDeniedKind> {
    answer.map(|answer| answer.status()).map_err(|error| {
        let denied = denied(&error).unwrap_or_else(|| panic!("not denied: {error:?}"));
        denied.kind()
    })
}
