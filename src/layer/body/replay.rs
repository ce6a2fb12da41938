use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::Full;
use pin_project_lite::pin_project;

pin_project! {
    /// A request body that can be judged and handed on where the body's own type cannot be made of
    /// bytes.
    ///
    /// The layer needs `From<Bytes>` of a request body to hand on what it has read. `axum`'s body and
    /// `Full<Bytes>` have it; hyper's `Incoming` has not, and is wrapped in one line:
    ///
    /// ```
    /// use tower::ServiceBuilder;
    /// use tower_harden::{HardenLayer, Policy, ReplayBody};
    /// # use bytes::Bytes;
    /// # use http::{Request, Response};
    /// # use http_body_util::Full;
    ///
    /// # let policy = Policy::builder().build()?;
    /// # let handler = tower::service_fn(|_: Request<ReplayBody<hyper::body::Incoming>>| async {
    /// #     Ok::<_, std::convert::Infallible>(Response::new(Full::<Bytes>::default()))
    /// # });
    /// let service = ServiceBuilder::new()
    ///     .map_request(|request: Request<hyper::body::Incoming>| request.map(ReplayBody::from_body))
    ///     .layer(HardenLayer::new(policy).route_by(|parts| Some(parts.uri.path())))
    ///     .service(handler);
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    #[derive(Debug)]
    pub struct ReplayBody<B> {
        #[pin]
        kind: Kind<B>,
    }
}

pin_project! {
    #[project = KindProj]
    #[derive(Debug)]
    enum Kind<B> {
        Arriving { #[pin] body: B },
        Read { #[pin] body: Full<Bytes> },
    }
}

impl<B> ReplayBody<B> {
    /// Wraps a body that has not been read.
    pub fn from_body(body: B) -> Self {
        Self {
            kind: Kind::Arriving { body },
        }
    }
}

impl<B> From<Bytes> for ReplayBody<B> {
    fn from(bytes: Bytes) -> Self {
        Self {
            kind: Kind::Read {
                body: Full::new(bytes),
            },
        }
    }
}

impl<B: Body<Data = Bytes>> Body for ReplayBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match self.project().kind.project() {
            KindProj::Arriving { body } => body.poll_frame(cx),
            KindProj::Read { body } => body.poll_frame(cx).map_err(|never| match never {}),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Arriving { body } => body.is_end_stream(),
            Kind::Read { body } => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Arriving { body } => body.size_hint(),
            Kind::Read { body } => body.size_hint(),
        }
    }
}
