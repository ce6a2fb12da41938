//! Deciding on one request: by the policy in force, and beside it by its candidate.
//!
//! The candidate never refuses. It is asked as far as the policy in force looks at a request: what that
//! one refuses early, or does not look at, the candidate does not see to its end.

use http::request::Parts;

use super::{
    InForce,
    json_body::JsonBody,
    judgement::{Found, Judgement},
    layer::Shared,
};
use crate::{
    Code, Limits, Policy, Rejection, kill_switch,
    policy::{Compiled, Endpoint},
    telemetry::{Clock, Decision, Role},
};

/// Stands in the extensions of a request of [`Coverage`](crate::Coverage): the layer answers it in every
/// mode, and tells nobody. No client can put it there.
#[derive(Clone, Copy)]
pub(super) struct Asked;

/// What comes after the head of a request.
pub(super) enum Head {
    /// Nothing is left to judge.
    Pass,
    /// The body is.
    Read(Inspection),
    Refuse(Rejection),
}

/// Judges everything but the bytes of the body. `bodiless` is what the stream itself says of it.
pub(super) fn head(shared: &Shared, parts: &mut Parts, bodiless: bool) -> Head {
    let in_force = shared.policy.load();
    in_force.count();
    let InForce {
        enforced,
        candidate,
        ..
    } = &**in_force;
    let found = Found::of(enforced.compiled(), shared.route, parts);
    let (policy, endpoint) = (found.policy, found.endpoint);
    if found.is_undeclared() && parts.extensions.get::<Asked>().is_some() {
        return Head::Refuse(found.undeclared());
    }
    let modes = kill_switch::in_force(endpoint.modes);
    if modes.are_off() {
        parts.extensions.insert(JsonBody::Unjudged);
        return Head::Pass;
    }

    let mut clock = endpoint.meters.clock();
    let mut head = clock.time(|| found.judge_head(shared.route, modes, parts, bodiless));
    let candidate = candidate.as_ref();
    let candidate = candidate.and_then(|candidate| try_out(candidate, shared, parts, bodiless));

    let refused = match head.too_large() {
        None if head.refuses() => head.rejection(),
        too_large => too_large,
    };
    if let Some(rejection) = refused {
        decision(Role::Enforced, policy, endpoint, shared, parts).refused(&rejection, &clock);
        return Head::Refuse(rejection);
    }
    if bodiless {
        let decision = decision(Role::Enforced, policy, endpoint, shared, parts);
        match head.rejection() {
            Some(rejection) => decision.reported(&rejection, &clock),
            None => decision.accepted(&clock),
        }
        head.json().and_then(|json| parts.extensions.insert(json));
        return Head::Pass;
    }
    Head::Read(Inspection {
        enforced: Judging {
            judgement: head.read(),
            clock,
        },
        candidate,
    })
}

/// Judges the head by the candidate, and tells of it where nothing more comes.
fn try_out(
    candidate: &Policy,
    shared: &Shared,
    parts: &mut Parts,
    bodiless: bool,
) -> Option<Box<Judging>> {
    let found = Found::of(candidate.compiled(), shared.route, parts);
    let (policy, endpoint) = (found.policy, found.endpoint);
    let modes = endpoint.modes.reported();
    if modes.are_off() {
        return None;
    }
    let mut clock = endpoint.meters.clock();
    let mut head = clock.time(|| found.judge_head(shared.route, modes, parts, bodiless));
    if !bodiless {
        let judgement = head.read();
        return Some(Box::new(Judging { judgement, clock }));
    }
    let decision = decision(Role::Candidate, policy, endpoint, shared, parts);
    match head.rejection() {
        Some(rejection) => decision.reported(&rejection, &clock),
        None => decision.accepted(&clock),
    }
    None
}

/// A request whose body is read.
pub(super) struct Inspection {
    enforced: Judging,
    candidate: Option<Box<Judging>>,
}

/// A judgement, and the time that it took.
struct Judging {
    judgement: Judgement,
    clock: Clock,
}

/// What comes after a piece of the body.
pub(super) enum Verdict {
    /// Read on.
    Continue,
    /// The body is complete, and what a reader of JSON may make of it.
    Pass(Option<JsonBody>),
    Refuse(Rejection),
}

impl Inspection {
    /// What the body may have.
    pub(super) fn limits(&self) -> &Limits {
        self.enforced.judgement.limits()
    }

    /// Judges the body as far as it has arrived.
    pub(super) fn arrived(
        &mut self,
        body: &[u8],
        last: bool,
        shared: &Shared,
        parts: &Parts,
    ) -> Verdict {
        let Judging { judgement, clock } = &mut self.enforced;
        let refuse = clock.time(|| judgement.arrived(body, last));
        if let Some(rejection) = refuse.then(|| judgement.rejection()).flatten() {
            self.enforced
                .decision(Role::Enforced, shared, parts)
                .refused(&rejection, &self.enforced.clock);
            return Verdict::Refuse(rejection);
        }
        if let Some(candidate) = &mut self.candidate {
            let Judging { judgement, clock } = &mut **candidate;
            judgement.measure(body.len());
            clock.time(|| judgement.arrived(body, last));
        }
        if !last {
            return Verdict::Continue;
        }
        let json = self.enforced.judgement.json();
        self.enforced.pass(Role::Enforced, shared, parts);
        if let Some(candidate) = &mut self.candidate {
            candidate.pass(Role::Candidate, shared, parts);
        }
        Verdict::Pass(json)
    }

    /// The body cannot be handed on, whatever the modes are.
    pub(super) fn fail(&self, code: Code, shared: &Shared, parts: &Parts) -> Rejection {
        let rejection = self.enforced.judgement.fail(code);
        let decision = self.enforced.decision(Role::Enforced, shared, parts);
        decision.refused(&rejection, &self.enforced.clock);
        rejection
    }
}

impl Judging {
    fn pass(&mut self, role: Role, shared: &Shared, parts: &Parts) {
        let rejection = self.judgement.rejection();
        let decision = self.decision(role, shared, parts);
        match rejection {
            Some(rejection) => decision.reported(&rejection, &self.clock),
            None => decision.accepted(&self.clock),
        }
    }

    fn decision<'a>(&'a self, role: Role, shared: &'a Shared, parts: &'a Parts) -> Decision<'a> {
        let Judgement {
            policy, endpoint, ..
        } = &self.judgement;
        decision(role, policy, endpoint, shared, parts)
    }
}

fn decision<'a>(
    role: Role,
    policy: &'a Compiled,
    endpoint: &'a Endpoint,
    shared: &'a Shared,
    parts: &'a Parts,
) -> Decision<'a> {
    Decision {
        role,
        revision: policy.revision.as_str(),
        method: &parts.method,
        meters: &endpoint.meters,
        events: &shared.events,
    }
}
