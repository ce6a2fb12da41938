//! A connection that is judged, over one that is not. The connector in it connects to nothing.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    hint::black_box,
    task::{Context, Poll},
};

use futures_util::FutureExt;
use http::Uri;
use tower::Service;
use tower_harden::{AddressPolicy, egress::GuardedConnector};
use tower_harden_benches::harness::{Aim, Group};

pub(crate) fn name() -> Group {
    connector("https://hooks.example.com/orders/4711/shipped")
}

pub(crate) fn address() -> Group {
    connector("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8443/orders/4711/shipped")
}

fn connector(uri: &'static str) -> Group {
    let guarded = GuardedConnector::wrap(AddressPolicy::deny_internal(), Connected);
    let call = |mut connector: GuardedConnector<Connected>, uri: Uri| {
        move || {
            let connected = connector.call(black_box(&uri).clone()).now_or_never();
            connected.expect("nothing waits").expect("it is public");
        }
    };
    let bare: Uri = uri.parse().expect("a URI");
    let judged = bare.clone();
    Group::new(uri.len())
        .add("bare", move || {
            let connected = Connected.call(black_box(&bare).clone()).now_or_never();
            connected.expect("nothing waits").expect("no error");
        })
        .add("guarded", call(guarded, judged))
        .aim_at(Aim::More(1_000.0))
}

/// A connector that is done at once.
#[derive(Clone, Copy)]
struct Connected;

impl Service<Uri> for Connected {
    type Response = Uri;
    type Error = Infallible;
    type Future = Ready<Result<Uri, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        ready(Ok(uri))
    }
}
