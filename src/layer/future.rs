use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{Request, Response, request::Parts};
use http_body::Body;
use pin_project_lite::pin_project;
use tower_service::Service;

use super::{
    ResponseBody,
    body::{Collected, Pace, is_length_limit},
    inspect::{Inspection, Verdict},
    layer::Shared,
};
use crate::{BoxError, Code, Rejection};

pin_project! {
    /// The future of [`Harden`](crate::Harden).
    pub struct ResponseFuture<S, B>
    where
        S: Service<Request<B>>,
    {
        #[pin]
        state: State<S, S::Future, B>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<S, F, B> {
        Refused { response: Option<Response<Bytes>> },
        Reading { #[pin] body: B, reading: Option<Reading<S>> },
        Calling { #[pin] future: F },
    }
}

/// A request whose body is read.
struct Reading<S> {
    shared: Arc<Shared>,
    /// Was polled ready for this request.
    service: S,
    parts: Parts,
    collected: Collected,
    pace: Pace,
    inspection: Inspection,
}

impl<S, B> ResponseFuture<S, B>
where
    S: Service<Request<B>>,
{
    pub(super) fn refused(shared: &Shared, rejection: Rejection) -> Self {
        Self {
            state: State::Refused {
                response: Some(respond(shared, rejection)),
            },
        }
    }

    pub(super) fn calling(future: S::Future) -> Self {
        Self {
            state: State::Calling { future },
        }
    }

    pub(super) fn reading(
        shared: Arc<Shared>,
        service: S,
        parts: Parts,
        body: B,
        inspection: Inspection,
    ) -> Self {
        let reading = Some(Reading {
            shared,
            service,
            parts,
            collected: Collected::default(),
            pace: Pace::default(),
            inspection,
        });
        Self {
            state: State::Reading { body, reading },
        }
    }
}

impl<S, B, R> Future for ResponseFuture<S, B>
where
    S: Service<Request<B>, Response = Response<R>>,
    B: Body + From<Bytes>,
    B::Error: Into<BoxError>,
{
    type Output = Result<Response<ResponseBody<R>>, S::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let next = match state.as_mut().project() {
                StateProj::Calling { future } => {
                    return future
                        .poll(cx)
                        .map_ok(|response| response.map(ResponseBody::of_service));
                }
                StateProj::Refused { response } => {
                    let response = response
                        .take()
                        .expect("a future is not polled after it is done");
                    return Poll::Ready(Ok(response.map(ResponseBody::from)));
                }
                StateProj::Reading { body, reading } => {
                    let open = reading.as_mut().expect(NOT_DONE);
                    let judged = ready!(open.poll_body(body, cx));
                    let reading = reading.take().expect(NOT_DONE);
                    match judged {
                        Ok(()) => State::Calling {
                            future: reading.call(),
                        },
                        Err(rejection) => State::Refused {
                            response: Some(respond(&reading.shared, rejection)),
                        },
                    }
                }
            };
            state.set(next);
        }
    }
}

/// The state is left in the call that finds the body complete or refused.
const NOT_DONE: &str = "a body is read once";

impl<S> Reading<S> {
    /// Reads the body to its end, or to where it is refused.
    fn poll_body<B>(
        &mut self,
        mut body: Pin<&mut B>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Rejection>>
    where
        B: Body,
        B::Error: Into<BoxError>,
    {
        loop {
            let (shared, parts) = (&*self.shared, &self.parts);
            let Poll::Ready(frame) = body.as_mut().poll_frame(cx) else {
                let arrived = self.collected.as_slice().len();
                ready!(self.pace.poll_late(arrived, self.inspection.limits(), cx));
                return Poll::Ready(Err(self.inspection.fail(Code::BodyTimeout, shared, parts)));
            };
            let last = match frame {
                None => true,
                Some(Ok(frame)) => {
                    // Trailers are dropped: the handler's body is what was judged.
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    if self
                        .collected
                        .add(data, self.inspection.limits().body)
                        .is_err()
                    {
                        return Poll::Ready(Err(self.inspection.fail(
                            Code::BodyTooLarge,
                            shared,
                            parts,
                        )));
                    }
                    body.is_end_stream()
                }
                Some(Err(error)) => {
                    let limit = is_length_limit(&*error.into());
                    let code = if limit {
                        Code::BodyTooLarge
                    } else {
                        Code::BodyUnreadable
                    };
                    return Poll::Ready(Err(self.inspection.fail(code, shared, parts)));
                }
            };
            match self
                .inspection
                .arrived(self.collected.as_slice(), last, shared, parts)
            {
                Verdict::Continue => {}
                Verdict::Pass(json) => {
                    if let Some(json) = json {
                        self.parts.extensions.insert(json);
                    }
                    return Poll::Ready(Ok(()));
                }
                Verdict::Refuse(rejection) => return Poll::Ready(Err(rejection)),
            }
        }
    }

    /// Hands on what was judged.
    fn call<B>(mut self) -> S::Future
    where
        S: Service<Request<B>>,
        B: From<Bytes>,
    {
        let body = B::from(self.collected.into_bytes());
        self.service.call(Request::from_parts(self.parts, body))
    }
}

fn respond(shared: &Shared, rejection: Rejection) -> Response<Bytes> {
    let mut response = shared.respond(&rejection);
    response.extensions_mut().insert(Arc::new(rejection));
    response
}

impl<S, B> fmt::Debug for ResponseFuture<S, B>
where
    S: Service<Request<B>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
