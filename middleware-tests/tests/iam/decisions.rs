//! Decision by decision: the guard, IAM by the policy that is written, and a third opinion of what is wrong.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use proptest::{
    collection::vec,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;
use tokio::runtime::Builder;

use crate::{
    aws,
    calls::requests,
    declared::{PRINCIPAL, policy, scope, tables},
    faults::{Fault, faults},
    guarded,
};

#[test]
fn what_the_guard_allows_iam_allows_and_what_iam_can_tell_it_denies() {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(400)
    });
    let counts = RefCell::new(BTreeMap::<Option<Fault>, usize>::new());
    let both = (tables(), vec(requests(), 16));
    let result = runner.run(&both, |(tables, requests)| {
        let declared = policy(&tables);
        let written = declared
            .to_iam_policy(&scope(&tables))
            .expect("IAM has words for it");
        let written: Value = serde_json::from_str(&written.to_string()).expect("JSON");
        let client = guarded::client(declared, PRINCIPAL);
        for request in requests {
            let body = request.body(&tables);
            let said = || format!("{} {body}\n{tables:?}\n{written}", request.operation());
            let denied = runtime.block_on(guarded::decide(&client, request.operation(), &body));
            let asked = request.asked(&tables);
            let iam_denies = asked
                .iter()
                .any(|asked| !aws::allows(&written, PRINCIPAL, asked));
            let faults = faults(&request, &tables);

            assert_eq!(
                denied.is_some(),
                !faults.is_empty(),
                "guard {denied:?}, {faults:?}: {}",
                said()
            );
            let told: Vec<_> = faults.iter().map(|fault| fault.iam_denies()).collect();
            if told.contains(&Some(true)) {
                assert!(iam_denies, "IAM allows, {faults:?}: {}", said());
            } else if !told.contains(&None) {
                assert!(!iam_denies, "IAM denies, {faults:?}: {asked:?} {}", said());
            }
            let mut counts = counts.borrow_mut();
            let seen: BTreeSet<_> = faults.into_iter().collect();
            if seen.is_empty() {
                *counts.entry(None).or_default() += 1;
            }
            for fault in seen {
                *counts.entry(Some(fault)).or_default() += 1;
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let counts = counts.into_inner();
    println!("decisions by fault: {counts:?}");
    // It is shown of each fault, and of enough that has none.
    assert_eq!(counts.len(), Fault::COUNT + 1);
    assert!(counts[&None] > 500);
}
