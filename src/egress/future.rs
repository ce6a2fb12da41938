use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use pin_project_lite::pin_project;

use super::EgressDenied;
use crate::BoxError;

pin_project! {
    /// What comes of a guarded call: the answer of the service behind the guard, or a denial.
    #[derive(Debug)]
    pub struct EgressFuture<F> {
        #[pin]
        kind: Kind<F>,
    }
}

pin_project! {
    #[project = Projected]
    #[derive(Debug)]
    enum Kind<F> {
        Denied { denied: Option<EgressDenied> },
        Open { #[pin] future: F },
    }
}

impl<F> EgressFuture<F> {
    /// The future of a call that is made where nothing denies it.
    pub(super) fn after(checked: Result<(), EgressDenied>, call: impl FnOnce() -> F) -> Self {
        let kind = match checked {
            Ok(()) => Kind::Open { future: call() },
            Err(denied) => Kind::Denied {
                denied: Some(denied.told()),
            },
        };
        Self { kind }
    }
}

impl<F, T, E> Future for EgressFuture<F>
where
    F: Future<Output = Result<T, E>>,
    E: Into<BoxError>,
{
    type Output = Result<T, BoxError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match self.project().kind.project() {
            Projected::Open { future } => ready!(future.poll(cx)).map_err(Into::into),
            Projected::Denied { denied } => {
                Err(denied.take().expect("polled after it was ready").into())
            }
        })
    }
}
