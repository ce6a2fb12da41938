//! The metrics, by the facade `metrics`: whoever installs a recorder gets them.
//! The crate documentation has their names.

use std::{
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use http::Method;
use metrics::{Counter, Histogram, counter, gauge, histogram};

use super::{Role, known};
use crate::{Code, Mode};

/// One request in so many is timed: reading the clock costs more than judging a small query.
const TIMED: u32 = 16;

/// What is counted for one method of one route.
///
/// A handle is asked for when the first request comes: a recorder that is installed later gets nothing
/// of the routes that were asked for before.
pub(crate) struct Meters {
    route: Arc<str>,
    method: &'static str,
    seen: AtomicU32,
    roles: [RoleMeters; 2],
}

#[derive(Default)]
struct RoleMeters {
    accepted: OnceLock<Counter>,
    evaluation: OnceLock<Histogram>,
}

impl Meters {
    /// Meters of a declared route; without one, of all that are not declared.
    pub(crate) fn new(route: Option<&Arc<str>>, method: Option<&Method>) -> Self {
        Self {
            route: route.map_or_else(|| "_OTHER".into(), Arc::clone),
            method: method.map_or("_OTHER", known),
            seen: AtomicU32::new(0),
            roles: Default::default(),
        }
    }

    /// A clock for the next request, if it is timed.
    pub(crate) fn clock(&self) -> Clock {
        let seen = self.seen.fetch_add(1, Ordering::Relaxed);
        Clock(seen.is_multiple_of(TIMED).then_some(Duration::ZERO))
    }

    pub(super) fn accepted(&self, role: Role, clock: &Clock) {
        let accepted = &self.roles[role as usize].accepted;
        accepted
            .get_or_init(|| self.decisions(role, "none", "accepted"))
            .increment(1);
        self.evaluated(role, clock);
    }

    pub(super) fn broken(&self, role: Role, code: Code, mode: Mode, clock: &Clock) {
        let outcome = match mode {
            Mode::Enforce => "refused",
            Mode::Report | Mode::Off => "reported",
        };
        self.decisions(role, code.as_str(), outcome).increment(1);
        self.evaluated(role, clock);
    }

    fn decisions(&self, role: Role, code: &'static str, outcome: &'static str) -> Counter {
        counter!(
            "tower_harden_decisions_total",
            "policy" => role.as_str(),
            "route" => self.route.clone(),
            "method" => self.method,
            "rule" => code,
            "outcome" => outcome,
        )
    }

    fn evaluated(&self, role: Role, clock: &Clock) {
        let Some(spent) = clock.0 else {
            return;
        };
        let evaluation = &self.roles[role as usize].evaluation;
        let evaluation = evaluation.get_or_init(|| {
            histogram!(
                "tower_harden_evaluation_seconds",
                "policy" => role.as_str(),
                "route" => self.route.clone(),
                "method" => self.method,
            )
        });
        evaluation.record(spent);
    }
}

impl fmt::Debug for Meters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meters").finish_non_exhaustive()
    }
}

/// The time that judging one request has taken, without the time that its body was waited for.
#[derive(Debug, Default)]
pub(crate) struct Clock(Option<Duration>);

impl Clock {
    /// Does a piece of the work.
    #[inline]
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let Some(spent) = &mut self.0 else {
            return work();
        };
        let started = Instant::now();
        let done = work();
        *spent += started.elapsed();
        done
    }
}

pub(super) fn event_dropped() {
    counter!("tower_harden_events_dropped_total").increment(1);
}

pub(super) fn policy_changed(role: Role, before: Option<&str>, after: Option<&str>) {
    for (revision, value) in [(before, 0.0), (after, 1.0)] {
        if let Some(revision) = revision {
            in_place(role, revision).set(value);
        }
    }
    reloads(role, "accepted").increment(1);
}

pub(super) fn policy_kept(role: Role) {
    reloads(role, "kept").increment(1);
}

/// A policy was in place from the beginning.
pub(crate) fn policy_in_place(role: Role, revision: &str) {
    in_place(role, revision).set(1.0);
}

fn in_place(role: Role, revision: &str) -> metrics::Gauge {
    gauge!(
        "tower_harden_policy_info",
        "policy" => role.as_str(),
        "revision" => revision.to_owned(),
    )
}

fn reloads(role: Role, outcome: &'static str) -> Counter {
    counter!(
        "tower_harden_policy_reloads_total",
        "policy" => role.as_str(),
        "outcome" => outcome,
    )
}

pub(super) fn switched(engaged: bool) {
    gauge!("tower_harden_kill_switch").set(if engaged { 1.0 } else { 0.0 });
    let state = if engaged { "engaged" } else { "released" };
    counter!("tower_harden_kill_switch_changes_total", "state" => state).increment(1);
}
