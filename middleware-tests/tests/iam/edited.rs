//! What is told of a policy, next to what AWS would decide by it: where nothing is told, it decides as the
//! written one does.

use std::cell::Cell;

use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use crate::{
    aws,
    calls::requests,
    declared::{PRINCIPAL, policy, scope, tables},
};

const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIfExists",
    "StringNotEqualsIfExists",
    "ForAllValues:StringEquals",
    "ForAllValues:StringNotEquals",
    "ForAllValues:StringLike",
    "ForAnyValue:StringEquals",
    "ForAnyValue:StringNotEquals",
    "ForAnyValue:StringNotLike",
    "ForAnyValue:StringNotEqualsIfExists",
    "Null",
    "Bool",
    "BoolIfExists",
];

const ACTIONS: &[&str] = &[
    "*",
    "dynamodb:*",
    "dynamodb:Get*",
    "dynamodb:*Item",
    "DYNAMODB:GETITEM",
    "dynamodb:Scan",
    "dynamodb:Query",
];

const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/*",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/index/*",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/index/by_status",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Admins",
];

const VALUES: &[&str] = &[
    "false",
    "true",
    "id",
    "sku",
    "*",
    "${aws:PrincipalTag/tenant}",
    "TransactGetItems",
    "NONE",
    "COUNT",
];

/// A change of a statement.
#[derive(Clone, Debug)]
enum Edit {
    Deny,
    Action(&'static str),
    NotAction,
    Resource(&'static str),
    NotResource,
    /// One of its conditions has another operator.
    Operator(Index, &'static str),
    Value(Index, &'static str),
    Drop(Index),
    /// It has this one of its conditions alone.
    Alone(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => Just(Edit::Deny),
        1 => select(ACTIONS).prop_map(Edit::Action),
        1 => Just(Edit::NotAction),
        1 => select(RESOURCES).prop_map(Edit::Resource),
        1 => Just(Edit::NotResource),
        4 => (any::<Index>(), select(OPERATORS)).prop_map(|(place, operator)| Edit::Operator(place, operator)),
        2 => (any::<Index>(), select(VALUES)).prop_map(|(place, value)| Edit::Value(place, value)),
        2 => any::<Index>().prop_map(Edit::Drop),
        4 => any::<Index>().prop_map(Edit::Alone),
    ]
}

/// A condition: its operator, its key and its values.
type Triple = (String, String, Value);

fn conditions(statement: &Value) -> Vec<Triple> {
    let operators = statement["Condition"].as_object().into_iter().flatten();
    let triples = operators.flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(move |(key, values)| (operator.clone(), key.clone(), values.clone()))
    });
    triples.collect()
}

fn apply(statement: &mut Value, edit: &Edit) {
    let mut conditions = conditions(statement);
    let count = conditions.len();
    let fields = statement.as_object_mut().expect("a statement");
    match edit {
        Edit::Deny => fields["Effect"] = json!("Deny"),
        Edit::Action(action) => {
            fields.remove("NotAction");
            fields.insert("Action".to_owned(), json!(action));
        }
        Edit::Resource(resource) => {
            fields.remove("NotResource");
            fields.insert("Resource".to_owned(), json!([resource]));
        }
        Edit::NotAction => {
            if let Some(actions) = fields.remove("Action") {
                fields.insert("NotAction".to_owned(), actions);
            }
        }
        Edit::NotResource => {
            if let Some(resources) = fields.remove("Resource") {
                fields.insert("NotResource".to_owned(), resources);
            }
        }
        Edit::Operator(..) | Edit::Value(..) | Edit::Drop(_) | Edit::Alone(_) if count == 0 => {}
        Edit::Operator(place, operator) => {
            (*operator).clone_into(&mut conditions[place.index(count)].0);
        }
        Edit::Value(place, value) => conditions[place.index(count)].2 = json!(value),
        Edit::Drop(place) => drop(conditions.remove(place.index(count))),
        Edit::Alone(place) => conditions = vec![conditions.swap_remove(place.index(count))],
    }
    let mut condition = json!({});
    for (operator, key, values) in conditions {
        condition[operator][key] = values;
    }
    fields.insert("Condition".to_owned(), condition);
}

#[test]
fn a_policy_of_which_nothing_is_told_decides_as_the_written_one() {
    let edits = (any::<bool>(), any::<Index>(), vec(edit(), 1..=4));
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(1_500)
    });
    let (untold, told, denies) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let all = (tables(), edits, vec(requests(), 24));
    let result = runner.run(&all, |(tables, (again, place, edits), requests)| {
        let (policy, scope) = (policy(&tables), scope(&tables));
        let written = policy.to_iam_policy(&scope).expect("a policy");
        let written: Value = serde_json::from_str(&written.to_string()).expect("JSON");
        let mut edited = written.clone();
        let statements = edited["Statement"].as_array_mut().expect("statements");
        let place = place.index(statements.len());
        let mut statement = statements[place].clone();
        for edit in &edits {
            apply(&mut statement, edit);
        }
        let is_deny = statement["Effect"] == "Deny";
        if again {
            statements.push(statement);
        } else {
            statements[place] = statement;
        }
        let findings = policy.check_iam_policy(&edited.to_string(), &scope);
        let findings = findings.unwrap_or_else(|error| panic!("{error}: {edited}"));
        if !findings.is_empty() {
            told.set(told.get() + 1);
            return Ok(());
        }
        untold.set(untold.get() + 1);
        denies.set(denies.get() + usize::from(is_deny));
        for request in requests {
            for asked in request.asked(&tables) {
                let decided =
                    [&written, &edited].map(|policy| aws::allows(policy, PRINCIPAL, &asked));
                prop_assert_eq!(
                    decided[0],
                    decided[1],
                    "{:?} {}\n{}",
                    asked,
                    edited,
                    written
                );
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    println!(
        "edited policies: {} told of, {} not, of which {} deny",
        told.get(),
        untold.get(),
        denies.get()
    );
    assert!(untold.get() > 100 && told.get() > 100 && denies.get() > 10);
}
