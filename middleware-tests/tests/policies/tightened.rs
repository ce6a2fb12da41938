//! Where nothing is found that loosens a policy, nothing passes that the policy refuses.

use std::cell::Cell;

use http::{Request, StatusCode};
use http_body_util::Full;
use middleware_tests::{Body, answer, by_path, tape::Tape};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};
use tower_harden::{HardenLayer, Policy, PolicyBuilder, RouteSchema};

use crate::{models::Model, values};

/// How often something was seen: a property whose premise never holds says nothing.
#[derive(Debug, Default)]
struct Seen {
    /// Pairs of policies of which the own one was found not to loosen the base.
    tighter: Cell<u32>,
    /// Those that say different things.
    different: Cell<u32>,
    /// Pairs of which it was found to.
    looser: Cell<u32>,
    /// Those of which a request shows it.
    shown: Cell<u32>,
    accepted: Cell<u32>,
    refused: Cell<u32>,
}

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

pub(crate) fn config() -> Config {
    let config = Config {
        failure_persistence: None,
        max_global_rejects: 1 << 20,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    Config {
        cases: 4096,
        rng_seed: RngSeed::Fixed(0),
        ..config
    }
}

/// A route with a body, a field of the query and a header, or `None` where code cannot say that.
pub(crate) fn builder(
    body: &Model,
    field: Option<(&Model, bool)>,
    in_code: bool,
) -> Option<PolicyBuilder> {
    let mut route = RouteSchema::new().json(body.schema(in_code));
    if let Some((model, required)) = field {
        let field = model.field()?;
        route = if required {
            route
                .required_query("q", field.clone())
                .required_header("x-q", field)
        } else {
            route.query("q", field.clone()).header("x-q", field)
        };
    }
    Some(Policy::builder().post("/x", route))
}

/// Such a policy, or `None` where it has a mistake.
fn build(body: &Model, field: Option<(&Model, bool)>, in_code: bool) -> Option<Policy> {
    builder(body, field, in_code)?.build().ok()
}

pub(crate) async fn passes(
    layer: &HardenLayer,
    body: &str,
    parameter: Option<&str>,
) -> Option<bool> {
    let uri = match parameter {
        Some(text) => {
            let query: String = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("q", text)
                .finish();
            format!("/x?{query}")
        }
        None => "/x".into(),
    };
    let mut request = Request::post(uri).header("content-type", "application/json");
    if let Some(text) = parameter {
        request = request.header("x-q", text);
    }
    let request: Request<Body> = request.body(Full::new(body.to_owned().into())).ok()?;
    Some(answer(layer, request).await.status() == StatusCode::OK)
}

#[test]
fn what_is_tightened_accepts_nothing_that_its_base_refuses() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let seen = Seen::default();
    let choices = (
        vec(any::<u8>(), 60),
        vec(any::<u8>(), 24),
        vec(vec(any::<u8>(), 40), 12),
        any::<[bool; 2]>(),
    );
    let mut runner = TestRunner::new(config());
    let ran = runner.run(&choices, |(of_base, of_change, of_values, in_code)| {
        let mut tape = Tape::new(&of_base);
        let (field, required) = (Model::scalar(&mut tape), tape.one_in(2));
        let body = Model::any_of(&mut tape, 2);
        let with_field = tape.one_in(2);

        let mut tape = Tape::new(&of_change);
        let (mut own_body, mut own_field, mut own_required) = (body.clone(), field.clone(), required);
        for _ in 0..tape.below(4) {
            own_body.change(&mut tape);
        }
        if tape.one_in(2) {
            own_field.change(&mut tape);
            own_required |= tape.one_in(2);
        }
        let fields = |model, required| with_field.then_some((model, required));
        let (Some(base), Some(own)) = (
            build(&body, fields(&field, required), in_code[0]),
            build(&own_body, fields(&own_field, own_required), in_code[1]),
        ) else {
            return Err(TestCaseError::reject("a mistake in a policy"));
        };
        let loosened = base.loosened_by(&own);
        let tighter = loosened.is_empty();
        count(if tighter { &seen.tighter } else { &seen.looser });
        if tighter && base.revision() != own.revision() {
            count(&seen.different);
        }
        prop_assert!(base.loosened_by(&base).is_empty(), "{:?}", base.loosened_by(&base));

        let (base_layer, own_layer) = (by_path(base), by_path(own));
        let mut shown = false;
        for (place, choices) in of_values.iter().enumerate() {
            let mut tape = Tape::new(choices);
            let (near, near_field) = if place % 2 == 0 { (&body, &field) } else { (&own_body, &own_field) };
            let value = values::value(near, &mut tape);
            let parameter = (with_field && !tape.one_in(8)).then(|| values::parameter(near_field, &mut tape));
            let run = |layer| runtime.block_on(passes(layer, &value, parameter.as_deref()));
            let (Some(by_own), Some(by_base)) = (run(&own_layer), run(&base_layer)) else {
                continue;
            };
            count(if by_own { &seen.accepted } else { &seen.refused });
            shown |= by_own && !by_base;
            prop_assert!(
                !(tighter && by_own && !by_base),
                "{value} and {parameter:?} pass {own_body:?} with {own_field:?}, and not {body:?} with {field:?}"
            );
        }
        if shown {
            count(&seen.shown);
        }
        Ok(())
    });
    println!("{seen:?}");
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    let pairs = seen.tighter.get() + seen.looser.get();
    assert!(
        seen.tighter.get() * 5 >= pairs && seen.looser.get() * 5 >= pairs,
        "{seen:?}"
    );
    assert!(
        seen.different.get() * 20 >= pairs && seen.shown.get() * 20 >= pairs,
        "{seen:?}"
    );
    assert!(seen.accepted.get() * 10 >= seen.refused.get(), "{seen:?}");
}
