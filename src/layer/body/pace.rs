use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::{
    runtime::Handle,
    time::{Instant, Sleep, sleep_until},
};

use crate::Limits;

/// The time that a body takes to arrive. It begins when a byte has to be waited for: a body that is
/// there at once never looks at a clock.
#[derive(Debug, Default)]
pub(in crate::layer) struct Pace {
    started: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// Waits for more of a body of which so many bytes have arrived. Ready when it is too late.
    pub(in crate::layer) fn poll_late(
        &mut self,
        arrived: usize,
        limits: &Limits,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let now = Instant::now();
        let started = *self.started.get_or_insert(now);
        let Some(deadline) = started.checked_add(limits.body_time(arrived)) else {
            return Poll::Pending;
        };
        if now >= deadline {
            return Poll::Ready(());
        }
        // On another runtime, a client that sends slowly is found when it sends.
        if Handle::try_current().is_err() {
            return Poll::Pending;
        }
        let sleep = self
            .sleep
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if sleep.deadline() != deadline {
            sleep.as_mut().reset(deadline);
        }
        sleep.as_mut().poll(cx)
    }
}
