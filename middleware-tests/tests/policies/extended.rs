//! A policy that may be built on a base accepts nothing that the base refuses.

use std::cell::Cell;

use middleware_tests::{by_path, tape::Tape};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use tower_harden::{Field, Limits, Loosening, Mode, PolicyBuilder, RouteSchema, RuleClass};

use crate::{models::Model, tightened, values};

/// How often something was seen: a property whose premise never holds says nothing.
#[derive(Debug, Default)]
struct Seen {
    built: Cell<u32>,
    /// Those that say something else than the base.
    different: Cell<u32>,
    refused_to_build: Cell<u32>,
    accepted: Cell<u32>,
    refused: Cell<u32>,
}

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

/// Limits and modes, of a base or of what extends it.
fn around(policy: PolicyBuilder, tape: &mut Tape<'_>) -> PolicyBuilder {
    let limits = Limits::default();
    let policy = match tape.below(6) {
        0 => policy.limits(limits.max_body(4 + tape.below(60))),
        1 => policy.limits(limits.max_depth(1)),
        2 => policy.limits(limits.max_string(3 + tape.below(3))),
        3 => policy.limits(limits.max_parameters(1)),
        _ => policy,
    };
    match tape.below(8) {
        0 => policy.rule_mode(RuleClass::Schema, Mode::Report),
        1 => policy.rule_mode(RuleClass::Address, Mode::Report),
        2 | 3 => policy.mode(Mode::Enforce),
        _ => policy,
    }
}

#[test]
fn what_extends_a_base_accepts_nothing_that_the_base_refuses() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let seen = Seen::default();
    let choices = (
        vec(any::<u8>(), 60),
        vec(any::<u8>(), 24),
        vec(vec(any::<u8>(), 40), 8),
        any::<[bool; 2]>(),
    );
    let mut config = tightened::config();
    config.cases /= 4;
    let mut runner = TestRunner::new(config);
    let ran = runner.run(&choices, |(of_base, of_change, of_values, in_code)| {
        let mut tape = Tape::new(&of_base);
        let (field, body) = (Model::scalar(&mut tape), Model::any_of(&mut tape, 2));
        let said = tightened::builder(&body, Some((&field, false)), in_code[0]);
        let base = said.map(|said| around(said, &mut tape));
        // It names a kind that is not loosened here: no request has another method.
        let base = base.and_then(|base| base.may_loosen([Loosening::Routes]).build().ok());

        let mut tape = Tape::new(&of_change);
        let (mut own_body, mut own_field) = (body.clone(), field.clone());
        let own = if tape.one_in(6) {
            Some(PolicyBuilder::default())
        } else {
            for _ in 0..tape.below(4) {
                own_body.change(&mut tape);
            }
            if tape.one_in(3) {
                own_field.change(&mut tape);
            }
            let required = tape.one_in(3);
            tightened::builder(&own_body, Some((&own_field, required)), in_code[1])
        };
        let (Some(base), Some(own)) = (base, own) else {
            return Err(TestCaseError::reject("a mistake in a policy"));
        };
        let own = around(own, &mut tape);
        let own = own.get("/y", RouteSchema::new().query("q", Field::boolean()));
        let Ok(built) = own.extends(&base).build() else {
            count(&seen.refused_to_build);
            return Ok(());
        };
        count(&seen.built);
        let diff = base.diff(&built);
        if diff
            .changes()
            .iter()
            .any(|change| change.place().contains("/x"))
        {
            count(&seen.different);
        }

        let (base_layer, own_layer) = (by_path(base), by_path(built));
        for choices in of_values {
            let mut tape = Tape::new(&choices);
            let value = values::value(&own_body, &mut tape);
            let parameter = (!tape.one_in(4)).then(|| values::parameter(&own_field, &mut tape));
            let run =
                |layer| runtime.block_on(tightened::passes(layer, &value, parameter.as_deref()));
            let (Some(by_own), Some(by_base)) = (run(&own_layer), run(&base_layer)) else {
                continue;
            };
            count(if by_own {
                &seen.accepted
            } else {
                &seen.refused
            });
            prop_assert!(
                !by_own || by_base,
                "{value} and {parameter:?} pass {own_body:?} with {own_field:?}, and not {body:?} \
                 with {field:?}:\n{diff}"
            );
        }
        Ok(())
    });
    println!("{seen:?}");
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    let (built, refused) = (seen.built.get(), seen.refused_to_build.get());
    assert!(built * 5 >= refused && refused * 5 >= built, "{seen:?}");
    assert!(seen.different.get() * 20 >= built, "{seen:?}");
    assert!(
        seen.accepted.get() * 10 >= seen.refused.get() && seen.refused.get() > 0,
        "{seen:?}"
    );
}
