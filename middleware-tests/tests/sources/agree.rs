//! Every source gives the same verdicts on the same requests.

use std::{cell::RefCell, collections::BTreeMap};

use axum::{Router, routing};
use http::StatusCode;
use middleware_tests::{Answer, tape::Tape};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngSeed, TestError, TestRunner},
};
use tower::ServiceExt;
use tower_harden::{HardenLayer, Policy};

use crate::{
    in_code,
    in_documents::{self, Null},
    in_openapi, in_types,
    requests::Sent,
    service::Service,
};

/// The sources, the first of which is code.
fn policies(service: &Service) -> Vec<(&'static str, Policy)> {
    let built = |built: Result<Policy, tower_harden::ConfigError>| {
        built.unwrap_or_else(|error| panic!("{error}\n{service:?}"))
    };
    let toml = in_documents::file(service, Null::Chosen("anyOf"));
    let toml = toml::to_string(&toml).expect("no null");
    let json = in_documents::file(service, Null::Listed).to_string();
    let newer = in_openapi::document(service, "3.1.0", Null::Chosen("oneOf"));
    let older = in_openapi::document(service, "3.0.3", Null::Flagged);
    vec![
        ("code", built(in_code::builder(service).build())),
        ("documents", built(in_documents::builder(service).build())),
        ("types", built(in_types::builder(service).build())),
        ("file.toml", built(Policy::from_toml(&toml))),
        ("file.json", built(Policy::from_json(&json))),
        (
            "openapi-3.1.json",
            built(Policy::from_openapi(newer.to_string())),
        ),
        (
            "openapi-3.0.yaml",
            built(Policy::from_openapi(in_openapi::yaml(&older))),
        ),
    ]
}

fn router(service: &Service, policy: Policy) -> Router {
    let router = service.routes.iter().fold(Router::new(), |router, route| {
        router.route(&route.pattern, routing::any(async || "reached"))
    });
    router.layer(HardenLayer::new(policy))
}

/// How often something was seen: a property whose cases are all alike says nothing.
#[derive(Debug, Default)]
struct Seen {
    services: u32,
    /// Those whose policy in code has another revision, since it has integers in JSON.
    loose: u32,
    requests: u32,
    accepted: u32,
    /// Those with an integer that is written with a fraction or an exponent.
    loose_integers: u32,
    /// Answers that tell of another field that is missing, or of another list.
    at_the_end: u32,
    codes: BTreeMap<String, u32>,
}

fn config() -> Config {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    Config {
        cases: 100,
        rng_seed: RngSeed::Fixed(0),
        ..config
    }
}

#[test]
fn every_source_gives_the_same_verdicts_on_the_same_requests() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let seen = RefCell::new(Seen::default());
    let choices = (vec(any::<u8>(), 240), vec(vec(any::<u8>(), 60), 12));
    let mut runner = TestRunner::new(config());
    let ran = runner.run(&choices, |(of_service, of_requests)| {
        let service = Service::any_of(&mut Tape::new(&of_service));
        let policies = policies(&service);
        let mut seen = seen.borrow_mut();
        seen.services += 1;
        say_the_same(&policies, &mut seen)?;
        let routers: Vec<(&str, Router)> = policies
            .into_iter()
            .map(|(source, policy)| (source, router(&service, policy)))
            .collect();
        for choices in of_requests {
            let sent = Sent::any_of(&service, &mut Tape::new(&choices));
            let mut answers = Vec::new();
            for (source, router) in &routers {
                let Some(request) = sent.request() else { break };
                let answer = runtime.block_on(async {
                    let response = router.clone().oneshot(request).await;
                    let response = response.unwrap_or_else(|never| match never {});
                    Answer::of(response).await
                });
                answers.push((*source, answer));
            }
            judged_alike(&service, &sent, &answers, &mut seen)?;
        }
        Ok(())
    });
    let seen = seen.into_inner();
    let Seen {
        services,
        loose,
        requests,
        accepted,
        loose_integers,
        ..
    } = seen;
    println!(
        "suite sources: {services} services in 7 sources, {requests} requests to each, {accepted} \
         accepted, {} codes; {loose} services and {loose_integers} requests with integers of JSON \
         Schema",
        seen.codes.len()
    );
    if let Err(TestError::Fail(reason, _)) = ran {
        // The choices say nothing to people.
        panic!("{reason}");
    }
    assert!(
        accepted * 5 >= requests && accepted * 5 <= requests * 4,
        "{seen:?}"
    );
    assert!(seen.codes.len() >= 25, "{seen:?}");
    assert!(
        loose * 10 >= services && loose * 10 <= services * 9,
        "{seen:?}"
    );
    assert!(loose_integers * 200 > requests, "{seen:?}");
}

fn say_the_same(policies: &[(&str, Policy)], seen: &mut Seen) -> Result<(), TestCaseError> {
    let [(_, code), (_, documents), others @ ..] = policies else {
        panic!("there are more");
    };
    for (source, policy) in others {
        let diff = documents.diff(policy);
        prop_assert!(diff.is_empty(), "{source}:\n{diff}");
        prop_assert_eq!(documents.revision(), policy.revision(), "{}", source);
    }
    let diff = code.diff(documents);
    for change in diff.changes() {
        let is_loose = change.rule() == "integers"
            && (change.before(), change.after()) == (None, Some("with fractions of zero"));
        prop_assert!(is_loose && change.place().contains(": body "), "{change}");
    }
    prop_assert_eq!(code.revision() != documents.revision(), !diff.is_empty());
    seen.loose += u32::from(!diff.is_empty());
    Ok(())
}

/// Whether two answers tell of fields of one part that are not there, or not as often as they have to be:
/// that is known at its end.
fn both_at_the_end(one: &Answer, other: &Answer) -> bool {
    let part = |answer: &Answer| match answer.problem().errors.as_slice() {
        [error] => {
            let at_the_end = ["required", "array.min_items", "array.max_items"];
            let is_field = error.parameter.is_some() && at_the_end.contains(&&*error.code);
            is_field.then(|| error.r#in.clone())
        }
        _ => None,
    };
    let refused = |answer: &Answer| answer.status() == StatusCode::UNPROCESSABLE_ENTITY;
    refused(one)
        && refused(other)
        && !one.body.is_empty()
        && part(one).is_some()
        && part(one) == part(other)
}

fn judged_alike(
    service: &Service,
    sent: &Sent,
    answers: &[(&str, Answer)],
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let [(_, code), (_, documents), others @ ..] = answers else {
        return Ok(());
    };
    seen.requests += 1;
    let expected = documents;
    let pairs = others
        .iter()
        .chain((!sent.loose_integer).then_some(&answers[0]));
    for (source, answer) in pairs {
        if answer.body == expected.body || !both_at_the_end(answer, expected) {
            let told = || format!("{source}\n{sent:?}\n{service:?}");
            prop_assert_eq!(answer.status(), expected.status(), "{}", told());
            prop_assert_eq!(&answer.parts.headers, &expected.parts.headers, "{}", told());
            prop_assert_eq!(&answer.body, &expected.body, "{}", told());
        } else {
            seen.at_the_end += 1;
        }
    }
    if sent.loose_integer {
        seen.loose_integers += 1;
        prop_assert!(!code.status().is_success(), "{sent:?}\n{service:?}");
    }
    if expected.status() == StatusCode::OK {
        seen.accepted += 1;
        return Ok(());
    }
    if sent.method == "HEAD" {
        return Ok(());
    }
    for error in expected.problem().errors {
        *seen.codes.entry(error.code).or_default() += 1;
    }
    Ok(())
}
