//! The events: what was refused, what a handler could not take, and what was switched.

use std::fmt;

use http::Method;

use super::{Clock, Limiter, Meters, known, meters};
use crate::{Mode, Rejection, Violation};

/// Which of the policies of a layer has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The one that is in force.
    Enforced,
    /// The one that is tried beside it.
    Candidate,
}

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::Candidate => "candidate",
        }
    }
}

/// One decision on one request: who decides, and where it is told and counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) role: Role,
    pub(crate) revision: &'a str,
    pub(crate) method: &'a Method,
    pub(crate) meters: &'a Meters,
    pub(crate) events: &'a Limiter,
}

impl Decision<'_> {
    /// Nothing is wrong with the request.
    pub(crate) fn accepted(&self, clock: &Clock) {
        self.meters.accepted(self.role, clock);
    }

    /// The request is refused.
    pub(crate) fn refused(&self, rejection: &Rejection, clock: &Clock) {
        self.tell(rejection, Mode::Enforce, clock, "request refused");
    }

    /// The request passes, and would be refused.
    pub(crate) fn reported(&self, rejection: &Rejection, clock: &Clock) {
        self.tell(rejection, Mode::Report, clock, "request would be refused");
    }

    fn tell(&self, rejection: &Rejection, mode: Mode, clock: &Clock, message: &'static str) {
        let Some((first, others)) = rejection.violations().split_first() else {
            return;
        };
        self.meters.broken(self.role, first.code(), mode, clock);
        let Some(dropped) = self.events.pass() else {
            return meters::event_dropped();
        };
        let others = (!others.is_empty()).then_some(Others(others));
        let code = first.code();
        tracing::warn!(
            target: "tower_harden",
            { http.route = rejection.route(),
            http.request.method = known(self.method),
            http.response.status_code = rejection.status().as_u16(),
            "error.type" = code.as_str(),
            security_rule.name = code.as_str(),
            security_rule.category = code.class().as_str(),
            harden.location = %first.location(),
            harden.violations = rejection.violations().len(),
            harden.others = others.map(tracing::field::display),
            harden.mode = mode.as_str(),
            harden.policy = self.role.as_str(),
            harden.revision = self.revision,
            harden.dropped = (dropped > 0).then_some(dropped) },
            "{message}"
        );
    }
}

/// The violations behind the first one: `number.maximum in body #/quantity; ...`.
struct Others<'a>(&'a [Violation]);

impl fmt::Display for Others<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, violation) in self.0.iter().enumerate() {
            let separator = if place == 0 { "" } else { "; " };
            write!(
                f,
                "{separator}{} in {}",
                violation.code(),
                violation.location()
            )?;
        }
        Ok(())
    }
}

/// Tells of another policy, or of none, in the place of one.
pub(crate) fn policy_changed(role: Role, before: Option<&str>, after: Option<&str>) {
    meters::policy_changed(role, before, after);
    tracing::info!(
        target: "tower_harden",
        { harden.policy = role.as_str(),
        harden.revision = after,
        harden.revision.before = before },
        "policy changed"
    );
}

/// Tells that the policy stays as it was, and why: what is wrong is text of the service.
pub(crate) fn policy_kept(role: Role, kept: Option<&str>, error: &dyn fmt::Display) {
    meters::policy_kept(role);
    tracing::error!(
        target: "tower_harden",
        { harden.policy = role.as_str(),
        harden.revision = kept,
        error = %error },
        "policy kept: the new one was not accepted"
    );
}

/// Tells of the kill switch.
pub(crate) fn switched(engaged: bool, reason: &str) {
    meters::switched(engaged);
    if engaged {
        tracing::error!(
            target: "tower_harden",
            reason,
            "kill switch engaged: nothing is refused, what would be is reported"
        );
    } else {
        tracing::warn!(target: "tower_harden", reason, "kill switch released");
    }
}

/// Tells of what a layer stands before.
#[cfg(feature = "axum")]
pub(crate) fn coverage(complete: bool, covered: usize, told: &dyn fmt::Display) {
    if complete {
        tracing::info!(target: "tower_harden", covered, "coverage: {told}");
    } else {
        tracing::warn!(target: "tower_harden", covered, "coverage: {told}");
    }
}

/// Tells of a handler that takes what was judged, and that no layer stands before.
#[cfg(feature = "axum")]
pub(crate) fn not_judged(r#type: &'static str) {
    tracing::error!(
        target: "tower_harden",
        r#type,
        "Checked was reached by a body that no HardenLayer has judged as JSON"
    );
}

/// Tells of a judged body that the type of the handler does not accept. What serde says of it may
/// hold the value.
#[cfg(feature = "axum")]
pub(crate) fn not_of_type(r#type: &'static str, error: &serde_json::Error) {
    tracing::warn!(
        target: "tower_harden",
        r#type,
        line = error.line(),
        column = error.column(),
        "Checked was reached by a body that its type does not accept"
    );
}
