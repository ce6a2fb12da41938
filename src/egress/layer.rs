use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::Request;
use tower_layer::Layer;
use tower_service::Service;

use super::{EgressFuture, connector::check};
use crate::{AddressPolicy, BoxError};

/// Judges the URIs of requests that a client sends.
///
/// It is the thinnest of the guards and not enough alone: it sees the host that a URI names, and
/// neither what the name resolves to nor the redirects that are followed behind it. It serves where
/// connections are out of reach, and tells early what a [`GuardedConnector`](super::GuardedConnector)
/// would tell late.
#[derive(Clone, Debug)]
pub struct EgressLayer {
    policy: Arc<AddressPolicy>,
}

impl EgressLayer {
    /// A layer that lets requests to these hosts out.
    #[must_use]
    pub fn new(policy: impl Into<Arc<AddressPolicy>>) -> Self {
        Self {
            policy: policy.into(),
        }
    }
}

impl<S> Layer<S> for EgressLayer {
    type Service = Egress<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Egress {
            policy: self.policy.clone(),
            inner,
        }
    }
}

/// The service that an [`EgressLayer`] makes.
#[derive(Clone, Debug)]
pub struct Egress<S> {
    policy: Arc<AddressPolicy>,
    inner: S,
}

impl<S, B> Service<Request<B>> for Egress<S>
where
    S: Service<Request<B>, Error: Into<BoxError>>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = EgressFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let checked = check(&self.policy, request.uri());
        EgressFuture::after(checked, || self.inner.call(request))
    }
}
