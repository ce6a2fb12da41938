//! What stands in the place of the metrics where the feature is off: nothing is counted.

use std::sync::Arc;

use http::Method;

use super::Role;
use crate::{Code, Mode};

/// Counts nothing.
#[derive(Debug)]
pub(crate) struct Meters;

impl Meters {
    pub(crate) const fn new(_: Option<&Arc<str>>, _: Option<&Method>) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "the metrics have a clock for each")]
    pub(crate) const fn clock(&self) -> Clock {
        Clock
    }

    #[expect(clippy::unused_self, reason = "the metrics count here")]
    pub(super) const fn accepted(&self, _: Role, _: &Clock) {}

    #[expect(clippy::unused_self, reason = "the metrics count here")]
    pub(super) const fn broken(&self, _: Role, _: Code, _: Mode, _: &Clock) {}
}

/// Times nothing.
#[derive(Debug, Default)]
pub(crate) struct Clock;

impl Clock {
    #[expect(clippy::unused_self, reason = "the metrics take the time")]
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

pub(super) const fn event_dropped() {}

pub(super) const fn policy_changed(_: Role, _: Option<&str>, _: Option<&str>) {}

pub(super) const fn policy_kept(_: Role) {}

pub(crate) const fn policy_in_place(_: Role, _: &str) {}

pub(super) const fn switched(_: bool) {}
