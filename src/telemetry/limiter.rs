//! How many events there are in a second.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

/// Lets so many events pass in each second, and counts the others.
#[derive(Debug)]
pub(crate) struct Limiter {
    most: u32,
    since: Instant,
    /// The current second in the upper half, and the events that passed in it in the lower one.
    passed: AtomicU64,
    dropped: AtomicU64,
}

impl Limiter {
    pub(crate) fn new(most: u32) -> Self {
        Self {
            most,
            since: Instant::now(),
            passed: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
        }
    }

    /// Whether one more may pass, and then how many were dropped since the last one that did.
    pub(crate) fn pass(&self) -> Option<u64> {
        let second = self.since.elapsed().as_secs() & u64::from(u32::MAX);
        self.pass_in(second)
    }

    fn pass_in(&self, second: u64) -> Option<u64> {
        let next = |passed: u64| {
            // A thread that looked at the clock earlier does not begin its second anew.
            let current = passed >> 32;
            let second = second.max(current);
            let count = if current == second {
                passed & u64::from(u32::MAX)
            } else {
                0
            };
            (count < u64::from(self.most)).then_some(second << 32 | (count + 1))
        };
        let order = Ordering::Relaxed;
        if self.passed.fetch_update(order, order, next).is_ok() {
            Some(self.dropped.swap(0, order))
        } else {
            self.dropped.fetch_add(1, order);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_second_has_its_events_and_the_others_are_counted() {
        let limiter = Limiter::new(2);
        assert_eq!(limiter.pass_in(7), Some(0));
        assert_eq!(limiter.pass_in(7), Some(0));
        assert_eq!(limiter.pass_in(7), None);
        assert_eq!(limiter.pass_in(7), None);
        assert_eq!(limiter.pass_in(8), Some(2));
        assert_eq!(limiter.pass_in(8), Some(0));
        assert_eq!(limiter.pass_in(8), None);
        assert_eq!(limiter.pass_in(7), None, "it is over");
        assert_eq!(Limiter::new(0).pass_in(1), None);
    }
}
