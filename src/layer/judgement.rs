//! Judging one request by one policy, step by step: its head, the headers of its body, the body.

use std::sync::Arc;

use http::{
    header::{CONTENT_TYPE, HOST},
    request::Parts,
};

use super::{json_body::JsonBody, route::RouteSource};
use crate::{
    Code, Limits, Location, Rejection, Violation,
    input::{self, Bodies, BodyKind},
    location::Pointer,
    mode::Modes,
    policy::{BodyJudge, Compiled, Endpoint, Lookup},
    violations::Violations,
};

/// The part of a policy that a request is for.
pub(super) struct Found<'p> {
    pub(super) policy: &'p Arc<Compiled>,
    pub(super) endpoint: &'p Arc<Endpoint>,
    undeclared: Option<Box<Undeclared>>,
}

/// Why a request is for no declared route, and what its refusal says of it.
struct Undeclared {
    code: Code,
    route: Option<Arc<str>>,
    /// The methods that the route has.
    allow: Option<String>,
}

impl<'p> Found<'p> {
    pub(super) fn of(policy: &'p Arc<Compiled>, source: RouteSource, parts: &Parts) -> Self {
        let route = source.route(parts);
        let (code, route, allow) = match policy.routes.find(route, &parts.method) {
            Lookup::Found(endpoint) => {
                return Self {
                    policy,
                    endpoint,
                    undeclared: None,
                };
            }
            Lookup::MethodUnknown(declared) => {
                (Code::MethodNotAllowed, route, Some(declared.allow()))
            }
            Lookup::RouteUnknown => {
                let route = route.filter(|_| source.is_of_the_service());
                (Code::RouteUnknown, route, None)
            }
        };
        Self {
            policy,
            endpoint: &policy.fallback,
            undeclared: Some(Box::new(Undeclared {
                code,
                route: route.map(Into::into),
                allow,
            })),
        }
    }

    pub(super) const fn is_undeclared(&self) -> bool {
        self.undeclared.is_some()
    }

    /// The refusal of a request for no declared route, whatever the modes are.
    pub(super) fn undeclared(&self) -> Rejection {
        let undeclared = self.undeclared.as_deref();
        let code = undeclared.map_or(Code::RouteUnknown, |it| it.code);
        let route = undeclared.and_then(|it| it.route.clone());
        Rejection::new(vec![Violation::new(Location::Request, code)], route)
    }

    /// Judges everything but the bytes of the body. `bodiless` is what the stream itself says of it.
    pub(super) fn judge_head(
        self,
        source: RouteSource,
        modes: Modes,
        parts: &mut Parts,
        bodiless: bool,
    ) -> Head<'p> {
        let (policy, endpoint) = (self.policy, self.endpoint);
        let mut violations = Violations::new(endpoint.limits.violations(), modes);
        if let Some(undeclared) = &self.undeclared {
            violations.add(Location::Request, undeclared.code);
            return Head {
                found: self,
                violations,
                expect: Expect::Anything,
                json: Some(JsonBody::Unjudged),
                bodiless,
                too_large: false,
            };
        }

        if input::is_ambiguous(&parts.uri, &parts.headers) {
            violations.add(Location::Header(HOST), Code::HostAmbiguous);
        }
        let hosts = &policy.host_headers;
        hosts.judge(&parts.uri, &parts.headers, &mut violations);
        if endpoint.has_path_parameters() && !violations.is_full() {
            source.judge_path(parts, policy, endpoint, &mut violations);
        }
        if !violations.is_full() {
            let query = parts.uri.query().unwrap_or_default();
            endpoint.judge_query(policy, query, &mut violations);
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
        let json = match expect {
            Expect::Json(_) => Some(JsonBody::Judged),
            Expect::Nothing if declared.json => Some(JsonBody::Absent),
            Expect::Anything if declared.json => Some(JsonBody::Unjudged),
            _ => None,
        };
        Head {
            found: self,
            violations,
            expect,
            json,
            bodiless,
            too_large,
        }
    }
}

/// What is known of a request before its body is read.
pub(super) struct Head<'p> {
    found: Found<'p>,
    violations: Violations,
    expect: Expect,
    json: Option<JsonBody>,
    bodiless: bool,
    too_large: bool,
}

impl Head<'_> {
    /// Whether the request is to be refused before its body is read, whatever comes.
    pub(super) fn refuses(&self) -> bool {
        let wrong = matches!(self.expect, Expect::Anything);
        self.violations.refuse() && (self.violations.is_full() || self.bodiless || wrong)
    }

    /// What the announced length breaks, which holds in every mode.
    pub(super) fn too_large(&self) -> Option<Rejection> {
        let rejection = || Rejection::new(vec![too_large()], self.found.endpoint.route.clone());
        self.too_large.then(rejection)
    }

    /// What is wrong so far, if something is. What refuses a request is told without what does not.
    pub(super) fn rejection(&mut self) -> Option<Rejection> {
        let undeclared = self.found.undeclared.as_deref();
        reject(&mut self.violations, self.found.endpoint, undeclared)
    }

    /// What a reader of JSON may make of the body, where nothing more is judged.
    pub(super) const fn json(&self) -> Option<JsonBody> {
        self.json
    }

    /// Goes on with the body.
    pub(super) fn read(self) -> Judgement {
        Judgement {
            policy: self.found.policy.clone(),
            endpoint: self.found.endpoint.clone(),
            undeclared: self.found.undeclared,
            violations: self.violations,
            expect: self.expect,
            json: self.json,
        }
    }
}

/// The judgement of a request whose body is read.
pub(super) struct Judgement {
    pub(super) policy: Arc<Compiled>,
    pub(super) endpoint: Arc<Endpoint>,
    undeclared: Option<Box<Undeclared>>,
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

impl Judgement {
    /// What the body may have.
    pub(super) fn limits(&self) -> &Limits {
        &self.endpoint.limits
    }

    /// Judges the body as far as it has arrived. Answers whether the request is to be refused.
    pub(super) fn arrived(&mut self, body: &[u8], last: bool) -> bool {
        if let Some(code) = self.judge(body, last) {
            self.violations.add(whole_body(), code);
            self.expect = Expect::Anything;
        }
        let wrong = matches!(self.expect, Expect::Anything);
        self.violations.refuse() && (last || self.violations.is_full() || wrong)
    }

    /// What is wrong with the body as a whole.
    fn judge(&mut self, body: &[u8], last: bool) -> Option<Code> {
        match &mut self.expect {
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
        }
    }

    /// Judges the length of a body that is read by the limits of another policy.
    pub(super) fn measure(&mut self, length: usize) {
        if length > self.endpoint.limits.body && !matches!(self.expect, Expect::Anything) {
            self.violations.add(whole_body(), Code::BodyTooLarge);
            self.expect = Expect::Anything;
        }
    }

    /// What is wrong so far, if something is.
    pub(super) fn rejection(&mut self) -> Option<Rejection> {
        let undeclared = self.undeclared.as_deref();
        reject(&mut self.violations, &self.endpoint, undeclared)
    }

    /// What a reader of JSON may make of the body, which is complete.
    pub(super) fn json(&self) -> Option<JsonBody> {
        if self.violations.is_clean() || self.json == Some(JsonBody::Absent) {
            self.json
        } else {
            Some(JsonBody::Unjudged)
        }
    }

    /// The body cannot be handed on, whatever the modes are.
    pub(super) fn fail(&self, code: Code) -> Rejection {
        let violation = Violation::new(whole_body(), code);
        Rejection::new(vec![violation], self.endpoint.route.clone())
    }
}

fn reject(
    violations: &mut Violations,
    endpoint: &Endpoint,
    undeclared: Option<&Undeclared>,
) -> Option<Rejection> {
    if violations.is_empty() {
        return None;
    }
    let violations = violations.take();
    Some(match undeclared {
        Some(it) => Rejection::new(violations, it.route.clone()).allow(it.allow.clone()),
        None => Rejection::new(violations, endpoint.route.clone()),
    })
}

fn too_large() -> Violation {
    Violation::new(whole_body(), Code::BodyTooLarge)
}

fn whole_body() -> Location {
    Location::Body(Pointer::default())
}
