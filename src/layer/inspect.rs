//! Judging one request, step by step: its head, the headers of its body, the body.

use std::sync::Arc;

use http::{
    Method,
    header::{CONTENT_TYPE, HOST},
    request::Parts,
};

use super::{event, json_body::JsonBody, layer::Shared};
use crate::{
    Code, Limits, Location, Mode, Rejection, Violation,
    input::{self, Bodies, BodyKind},
    location::Pointer,
    policy::{BodyJudge, Compiled, Endpoint, Lookup},
    violations::Violations,
};

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
    let policy = shared.policy.compiled();
    let route = shared.route.route(parts);
    let endpoint = match policy.routes.find(route, &parts.method) {
        Lookup::Found(endpoint) => endpoint,
        Lookup::MethodUnknown(declared) => {
            let rejection = Rejection::undeclared(Code::MethodNotAllowed, route);
            return undeclared(policy, rejection.allow(declared.allow()), parts, bodiless);
        }
        Lookup::RouteUnknown => {
            let route = route.filter(|_| shared.route.is_of_the_service());
            let rejection = Rejection::undeclared(Code::RouteUnknown, route);
            return undeclared(policy, rejection, parts, bodiless);
        }
    };
    if endpoint.mode == Mode::Off {
        parts.extensions.insert(JsonBody::Unjudged);
        return Head::Pass;
    }

    let mut violations = Violations::new(endpoint.limits.violations(endpoint.mode));
    if input::is_ambiguous(&parts.uri, &parts.headers) {
        violations.add(Location::Header(HOST), Code::HostAmbiguous);
    }
    let hosts = &policy.host_headers;
    hosts.judge(&parts.uri, &parts.headers, &mut violations);
    if endpoint.has_path_parameters() && !violations.is_full() {
        shared
            .route
            .judge_path(parts, policy, endpoint, &mut violations);
    }
    if !violations.is_full() {
        endpoint.judge_query(
            policy,
            parts.uri.query().unwrap_or_default(),
            &mut violations,
        );
    }

    endpoint.judge_headers(policy, &parts.headers, &mut violations);
    endpoint.judge_cookies(policy, &parts.headers, &mut violations);

    // Before a byte of the body is asked for: a client that waits for `100 Continue` never sends it.
    let declared = endpoint.bodies();
    let body = match bodiless {
        true if endpoint.requires_body() => Err((None, Code::BodyMissing)),
        true => Ok(BodyKind::None),
        false if endpoint.optional_body && !parts.headers.contains_key(CONTENT_TYPE) => {
            input::check_headers(&parts.headers, Bodies::NONE, endpoint.limits.body)
        }
        false => input::check_headers(&parts.headers, declared, endpoint.limits.body),
    };
    let too_large = matches!(body, Err((_, Code::BodyTooLarge)));
    let expect = match body {
        Ok(BodyKind::None) => Expect::Nothing,
        Ok(BodyKind::Json) => Expect::Json(None),
        Ok(BodyKind::Form) => Expect::Form,
        Ok(BodyKind::Multipart(boundary)) => Expect::Multipart(boundary.into()),
        Err((header, code)) => {
            violations.add(header.map_or_else(whole_body, Location::Header), code);
            Expect::Anything
        }
    };
    let wrong = matches!(expect, Expect::Anything);
    let decided = violations.is_full() || bodiless || (wrong && !violations.is_empty());
    if too_large || (decided && !violations.is_empty() && endpoint.mode == Mode::Enforce) {
        return Head::Refuse(refuse(violations.take(), endpoint, &parts.method));
    }
    let json = match expect {
        Expect::Json(_) => Some(JsonBody::Judged),
        Expect::Nothing if declared.json => Some(JsonBody::Absent),
        _ => None,
    };
    if bodiless {
        report(violations.take(), endpoint, &parts.method);
        json.and_then(|json| parts.extensions.insert(json));
        return Head::Pass;
    }
    Head::Read(Inspection {
        policy: policy.clone(),
        endpoint: endpoint.clone(),
        violations,
        json,
        expect,
    })
}

/// The judgement of a request whose body is read.
pub(super) struct Inspection {
    policy: Arc<Compiled>,
    endpoint: Arc<Endpoint>,
    violations: Violations,
    expect: Expect,
    /// What a reader of JSON may make of the body, if nothing is wrong with it.
    json: Option<JsonBody>,
}

/// What the rest of a body is judged for.
enum Expect {
    /// It has to be empty.
    Nothing,
    /// The judge is there once a first piece was judged. A body that comes in one piece is judged
    /// on the stack: the judge is large, and a future is moved often.
    Json(Option<Box<BodyJudge>>),
    /// Judged when it is complete.
    Form,
    /// Judged when it is complete, by its boundary.
    Multipart(Box<[u8]>),
    /// The verdict stands; only the limit still holds.
    Anything,
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
        &self.endpoint.limits
    }

    /// Judges the body as far as it has arrived.
    pub(super) fn arrived(&mut self, body: &[u8], last: bool, method: &Method) -> Verdict {
        let wrong = match &mut self.expect {
            Expect::Nothing => (!body.is_empty()).then_some(Code::BodyUnexpected),
            Expect::Json(_) | Expect::Form | Expect::Multipart(_) if body.is_empty() => {
                if last && self.json.is_some() {
                    self.json = Some(JsonBody::Absent);
                }
                (last && self.endpoint.requires_body()).then_some(Code::BodyMissing)
            }
            Expect::Json(begun) => {
                let mut read = |judge: &mut BodyJudge| {
                    let (policy, endpoint) = (&self.policy, &self.endpoint);
                    judge.read(body, last, policy, endpoint, &mut self.violations)
                };
                let go_on = match begun {
                    Some(judge) => read(judge),
                    None if last => read(&mut BodyJudge::new(&self.endpoint)),
                    None => read(begun.insert(Box::new(BodyJudge::new(&self.endpoint)))),
                };
                if !go_on {
                    self.expect = Expect::Anything;
                }
                None
            }
            Expect::Form => {
                if last {
                    let violations = &mut self.violations;
                    self.endpoint.judge_form(&self.policy, body, violations);
                }
                None
            }
            Expect::Multipart(boundary) => {
                if last {
                    let (policy, violations) = (&self.policy, &mut self.violations);
                    self.endpoint
                        .judge_multipart(policy, body, boundary, violations);
                }
                None
            }
            Expect::Anything => None,
        };
        if let Some(code) = wrong {
            self.violations.add(whole_body(), code);
            self.expect = Expect::Anything;
        }

        let violations = &mut self.violations;
        let decided = last || violations.is_full() || matches!(self.expect, Expect::Anything);
        if decided && !violations.is_empty() && self.endpoint.mode == Mode::Enforce {
            return Verdict::Refuse(refuse(violations.take(), &self.endpoint, method));
        }
        if !last {
            return Verdict::Continue;
        }
        let json = if violations.is_empty() || self.json == Some(JsonBody::Absent) {
            self.json
        } else {
            Some(JsonBody::Unjudged)
        };
        report(violations.take(), &self.endpoint, method);
        Verdict::Pass(json)
    }

    /// The body cannot be handed on, whatever the mode is.
    pub(super) fn fail(&mut self, code: Code, method: &Method) -> Rejection {
        let violation = Violation::new(whole_body(), code);
        refuse(vec![violation], &self.endpoint, method)
    }
}

fn whole_body() -> Location {
    Location::Body(Pointer::default())
}

/// Refuses a request of a declared route.
fn refuse(violations: Vec<Violation>, endpoint: &Endpoint, method: &Method) -> Rejection {
    let rejection = Rejection::new(violations, endpoint.route.clone());
    event::refused(&rejection, method, endpoint.mode);
    rejection
}

/// Tells of a request that passes although it breaks rules, if it does.
fn report(violations: Vec<Violation>, endpoint: &Endpoint, method: &Method) {
    if !violations.is_empty() {
        let rejection = Rejection::new(violations, endpoint.route.clone());
        event::passed(&rejection, method, endpoint.mode);
    }
}

/// Decides on a request that no schema is declared for.
fn undeclared(
    policy: &Arc<Compiled>,
    rejection: Rejection,
    parts: &mut Parts,
    bodiless: bool,
) -> Head {
    let endpoint = &policy.fallback;
    match endpoint.mode {
        Mode::Enforce => {
            event::refused(&rejection, &parts.method, endpoint.mode);
            return Head::Refuse(rejection);
        }
        Mode::Report => event::passed(&rejection, &parts.method, endpoint.mode),
        Mode::Off => {}
    }
    if bodiless || endpoint.mode == Mode::Off {
        parts.extensions.insert(JsonBody::Unjudged);
        return Head::Pass;
    }
    Head::Read(Inspection {
        policy: policy.clone(),
        endpoint: endpoint.clone(),
        violations: Violations::new(endpoint.limits.violations(endpoint.mode)),
        expect: Expect::Anything,
        json: Some(JsonBody::Unjudged),
    })
}
