//! `harden explain`: what a policy says of one request.

mod judge;
mod request;
mod tell;

use std::collections::BTreeMap;

use http::{Method, Request};
use serde::Serialize;
use tower_harden::{Code, DeclaredRoute, Mode, Policy, PolicyRule, RuleClass, Violation};

use crate::{
    args::ExplainArgs,
    kind::Loaded,
    mistake::Failure,
    modes::Modes,
    output::Answer,
    source::{self, Source},
};
use judge::Outcome;

pub(crate) fn run(args: &ExplainArgs) -> Result<Answer, Failure> {
    let loaded = Loaded::read(&args.file, None, &args.openapi)?;
    args.openapi.check_used(&[loaded.kind])?;
    let Source { name, .. } = &loaded.source;
    let policy = loaded.policy()?;
    let thorough = policy.thorough();
    let thorough = thorough.map_err(|error| Failure::of(name, &error))?;
    let bytes = source::read(&args.request)?;
    let request = request::read(&source::name(&args.request), &bytes)?;

    let judge = |policy: Policy| {
        let judged = judge::judge(args, policy, &request);
        judged.map_err(|told| Failure::in_file(name, told))
    };
    let outcome = judge(policy.clone())?;
    let everything = judge(thorough)?;
    let rules = policy.rules();
    let explained = Explained::of(&policy, &rules, &request, &outcome, &everything);
    let answer = Answer::told(&tell::tell(&explained), &explained);
    Ok(answer.found(!explained.accepted).notes(name, &loaded.notes))
}

/// What is said of a request, as it stands in JSON.
#[derive(Serialize)]
struct Explained<'a> {
    /// The pattern that the router matched.
    route: Option<&'a str>,
    /// The method of the route that the policy declares and the request is for.
    method: Option<&'a str>,
    /// Whether it was found for HEAD, which GET stands for.
    as_get: bool,
    modes: BTreeMap<&'static str, &'static str>,
    #[serde(skip)]
    told_modes: &'a str,
    rules: Vec<&'a PolicyRule>,
    accepted: bool,
    /// The status of the refusal.
    status: Option<u16>,
    violations: Vec<Broken>,
}

/// One rule that the request breaks.
#[derive(Serialize)]
struct Broken {
    location: String,
    code: &'static str,
    class: &'static str,
    mode: &'static str,
    /// Whether it is a reason to refuse the request.
    refuses: bool,
    message: &'static str,
}

impl<'a> Explained<'a> {
    fn of(
        policy: &'a Policy,
        rules: &'a [PolicyRule],
        request: &Request<Vec<u8>>,
        outcome: &'a Outcome,
        everything: &Outcome,
    ) -> Self {
        let route = outcome.route.as_deref();
        let declared = route.and_then(|route| declared(policy, route, request.method()));
        let mode = |class| match &declared {
            Some(route) => route.mode(class),
            None => policy.mode(class),
        };
        let of_route = declared.as_ref().map(ToString::to_string);
        let rejection = outcome.rejection.as_deref();
        let refusing = rejection.map_or(&[][..], |it| it.violations());
        let all = everything.rejection.as_deref();
        let all = all.map_or(refusing, |it| it.violations());
        let broken = |violation: &Violation| {
            let code = violation.code();
            let mode = mode(code.class());
            Broken {
                location: violation.location().to_string(),
                code: Code::as_str(code),
                class: code.class().as_str(),
                mode: mode.as_str(),
                refuses: rejection.is_some()
                    && (mode == Mode::Enforce || refusing.contains(violation)),
                message: code.detail(),
            }
        };
        let classes = RuleClass::ALL.iter();
        Self {
            route: declared.as_ref().map_or(route, |it| Some(it.pattern())),
            method: declared.as_ref().map(|it| it.method().as_str()),
            as_get: declared.is_some_and(|it| it.method() != request.method()),
            modes: classes
                .map(|class| (class.as_str(), mode(*class).as_str()))
                .collect(),
            told_modes: Modes::of(rules).at(of_route.as_deref()),
            rules: asked(rules, of_route.as_deref()),
            accepted: rejection.is_none(),
            status: rejection.map(|it| it.status().as_u16()),
            violations: all.iter().map(broken).collect(),
        }
    }
}

impl Explained<'_> {
    /// Whether the policy has no such route at all.
    fn is_unknown(&self) -> bool {
        let mut violations = self.violations.iter();
        violations.any(|it| it.code == Code::RouteUnknown.as_str())
    }
}

/// What is declared for a method of a route; GET stands for HEAD.
fn declared<'p>(policy: &'p Policy, route: &str, method: &Method) -> Option<DeclaredRoute<'p>> {
    let find = |method: &Method| {
        let mut routes = policy.routes();
        routes.find(|it| it.pattern() == route && it.method() == method)
    };
    find(method).or_else(|| find(&Method::GET).filter(|_| method == Method::HEAD))
}

/// The rules that are asked of the requests of a route, without the modes, which are told by class.
fn asked<'r>(rules: &'r [PolicyRule], route: Option<&str>) -> Vec<&'r PolicyRule> {
    let is_own = |rule: &PolicyRule| {
        let mut of_route = rules.iter().filter(|it| Some(it.place()) == route);
        of_route.any(|own| own.rule() == rule.rule())
    };
    let is_asked = |rule: &&PolicyRule| {
        let place = rule.place();
        match place.split_once(": ").map_or(place, |(of, _)| of) {
            // Its mode and bodies are those of requests of no route, its limits those of routes too.
            "policy" => rule.rule().starts_with("limits.") && !is_own(rule),
            "addresses" | "host_headers" => route.is_some(),
            of => Some(of) == route && rule.rule() != "mode",
        }
    };
    rules.iter().filter(is_asked).collect()
}
