use std::{
    mem,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::{
    ResponseBody, ResponseFuture,
    inspect::{self, Head},
    layer::Shared,
};
use crate::BoxError;

/// A service that only gets the requests that a policy accepts; made by
/// [`HardenLayer`](crate::HardenLayer).
///
/// A refusal is a response, so that the error is that of the inner service.
#[derive(Clone, Debug)]
pub struct Harden<S> {
    inner: S,
    shared: Arc<Shared>,
}

impl<S> Harden<S> {
    pub(super) fn new(inner: S, shared: Arc<Shared>) -> Self {
        Self { inner, shared }
    }
}

impl<S, B, R> Service<Request<B>> for Harden<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone,
    B: Body + From<Bytes>,
    B::Error: Into<BoxError>,
{
    type Response = Response<ResponseBody<R>>;
    type Error = S::Error;
    type Future = ResponseFuture<S, B>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        match inspect::head(&self.shared, &mut parts, body.is_end_stream()) {
            Head::Pass => {
                ResponseFuture::calling(self.inner.call(Request::from_parts(parts, body)))
            }
            Head::Refuse(rejection) => ResponseFuture::refused(&self.shared, rejection),
            Head::Read(inspection) => {
                // The service that was polled ready goes along with the body; its clone stays.
                let clone = self.inner.clone();
                let ready = mem::replace(&mut self.inner, clone);
                ResponseFuture::reading(self.shared.clone(), ready, parts, body, inspection)
            }
        }
    }
}
