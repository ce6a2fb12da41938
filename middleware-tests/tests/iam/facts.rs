//! The actions, resources and condition keys that are written, next to those that AWS publishes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use serde_json::Value;
use tower_harden::dynamodb::{IamScope, Operation, TablePolicy, TableRules};

#[derive(Deserialize)]
struct Facts {
    ops: BTreeMap<String, Fact>,
}

#[derive(Clone, Deserialize)]
struct Fact {
    iam_actions: Option<Vec<String>>,
    resources: BTreeSet<String>,
    condition_keys: BTreeSet<String>,
}

/// A policy of one operation and what it encloses, with as many conditions as there are.
fn declare(operation: Operation) -> Option<TablePolicy> {
    use Operation as O;
    let items = [O::GetItem, O::PutItem, O::UpdateItem, O::DeleteItem];
    let rules = |table: TableRules| {
        let table = table
            .allow([operation])
            .index("by_status")
            .read(["id"])
            .write(["id"]);
        let table = match operation {
            O::Scan => table.any_partition(),
            _ => table.partition_key("tenant"),
        };
        match operation {
            O::TransactGetItems => table.only_in_transaction([O::GetItem]),
            O::TransactWriteItems => table
                .only_in_transaction(items[1..].to_vec())
                .condition_checks(),
            O::BatchGetItem => table.allow([O::GetItem]),
            O::BatchWriteItem => table.allow([O::PutItem]),
            O::ExecuteStatement | O::BatchExecuteStatement | O::ExecuteTransaction => table
                .statement(r#"SELECT id FROM "Orders" WHERE tenant = ?"#)
                .statement(r#"SELECT id FROM "Orders"."by_status" WHERE tenant = ?"#)
                .statement(r#"INSERT INTO "Orders" VALUE {'tenant': ?, 'id': 'x'}"#)
                .statement(r#"UPDATE "Orders" SET id = 'x' WHERE tenant = ?"#)
                .statement(r#"DELETE FROM "Orders" WHERE tenant = ?"#),
            _ => table,
        }
    };
    let on_table = TablePolicy::new().table("Orders", rules);
    on_table
        .or_else(|_| TablePolicy::new().account([operation]))
        .ok()
}

#[test]
fn actions_resources_and_keys_are_those_of_aws() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/facts/dynamodb-iam.json");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("facts dynamodb-iam.json: absent, 0 cases");
        return;
    };
    let facts: Facts = serde_json::from_str(&text).expect("the facts are readable");
    let mut of_action: BTreeMap<&str, Fact> = BTreeMap::new();
    for fact in facts.ops.values() {
        for action in fact.iam_actions.iter().flatten() {
            let known = of_action.entry(action).or_insert_with(|| fact.clone());
            known.resources.extend(fact.resources.iter().cloned());
            known
                .condition_keys
                .extend(fact.condition_keys.iter().cloned());
        }
    }
    let scope = IamScope::new("111122223333", "eu-west-1").expect("a scope");
    let mut cases = 0;
    for operation in Operation::ALL {
        let Some(policy) = declare(*operation) else {
            continue;
        };
        let fact = &facts.ops[operation.as_str()];
        let Some(expected) = &fact.iam_actions else {
            assert!(
                policy.to_iam_policy(&scope).is_err(),
                "{operation} has no action"
            );
            continue;
        };
        let written = policy.to_iam_policy(&scope).expect("a policy").to_string();
        let written: Value = serde_json::from_str(&written).expect("JSON");
        let mut actions = BTreeMap::<&str, BTreeSet<String>>::new();
        for statement in written["Statement"].as_array().expect("statements") {
            let keys = statement["Condition"].as_object().into_iter().flatten();
            let keys: BTreeSet<_> = keys
                .flat_map(|(_, keys)| keys.as_object().expect("keys").keys())
                .collect();
            for action in statement["Action"].as_array().expect("actions") {
                let action = action
                    .as_str()
                    .and_then(|action| action.strip_prefix("dynamodb:"));
                let action = action.expect("an action of DynamoDB");
                let fact = &of_action[action];
                for key in &keys {
                    assert!(fact.condition_keys.contains(*key), "{action} has no {key}");
                }
                let on = actions.entry(action).or_default();
                for resource in statement["Resource"].as_array().expect("resources") {
                    on.extend(kind(resource.as_str().expect("a resource")));
                }
            }
        }
        for action in expected {
            assert!(
                actions.contains_key(&**action),
                "{operation} needs {action}"
            );
        }
        for (action, on) in actions {
            let mut expected = of_action[action].resources.clone();
            // The guard denies whatever names a backup, which is by its ARN.
            expected.remove("backup");
            // An index is read, and not written through.
            if action.starts_with("PartiQL") && action != "PartiQLSelect" {
                expected.remove("index");
            }
            assert_eq!(on, expected, "{operation}: {action}");
        }
        cases += 1;
    }
    println!("facts dynamodb-iam.json: {cases} cases");
}

fn kind(resource: &str) -> Option<String> {
    let path = resource.split(':').nth(5)?;
    let kind = if path.contains("/index/") {
        "index"
    } else {
        path.split('/').next()?
    };
    Some(kind.to_owned())
}
