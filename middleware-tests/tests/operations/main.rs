//! Holds `src/dynamodb/operations.txt` to the SDK of `Cargo.lock`: an operation or a member that the
//! SDK writes and that the guard has no class for fails here, before anybody builds with it.
//!
//! `UPDATE_OPERATIONS=1 cargo test -p middleware-tests --test operations` writes the file anew. Read
//! the difference: each new line is something that a guarded client may from then on send.

mod class;
mod sdk;
mod serializer;

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use serde::Deserialize;
use tower_harden::dynamodb::Operation;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../src/dynamodb/operations.txt"
);

const HEAD: &str = "\
# What the SDK may write into the request of each operation, generated from its serializers by
# `middleware-tests/tests/operations`. An operation, and below it its members:
#
#     path: class
#
# In a path `{}` follows a map and `[]` a list. Classes that hold a caller's data (key, keys, item,
# values, cursor, parameters, legacy) have no members of their own.
";

fn generate() -> String {
    let sdk = sdk::directory();
    let serializers = serializer::Serializers::read(&sdk.join("src/protocol_serde"));
    let mut table = HEAD.to_owned();
    let mut unclassified = Vec::new();
    for operation in sdk::operations(&sdk) {
        let _ = write!(table, "\n{}\n", operation.name);
        for (path, kind) in serializers.members(&operation.module) {
            match class::of(&operation.name, &path, kind) {
                Some(class) => {
                    let _ = writeln!(table, "  {path}: {class}");
                }
                None => unclassified.push(format!("{} {path}", operation.name)),
            }
        }
    }
    assert!(
        unclassified.is_empty(),
        "give these a class in class.rs: {unclassified:#?}"
    );
    table
}

#[test]
fn every_member_of_the_sdk_has_its_class() {
    let generated = generate();
    if std::env::var_os("UPDATE_OPERATIONS").is_some() {
        fs::write(FILE, &generated).expect("the file is written");
    }
    let file = fs::read_to_string(FILE).expect("operations.txt stands in the repository");
    assert!(
        file == generated,
        "operations.txt is not what the SDK of Cargo.lock writes: see the head of this test"
    );
}

#[test]
fn every_operation_of_the_sdk_is_known() {
    let sdk: Vec<String> = sdk::operations(&sdk::directory())
        .into_iter()
        .map(|operation| operation.name)
        .collect();
    let known: Vec<&str> = Operation::ALL
        .iter()
        .map(|operation| operation.as_str())
        .collect();
    assert_eq!(sdk, known);
}

/// A list that was made from the model of the API and not from the serializers.
#[test]
fn an_outside_list_has_the_same_members() {
    #[derive(Deserialize)]
    struct Facts {
        operations: std::collections::BTreeMap<String, Listed>,
    }
    #[derive(Deserialize)]
    struct Listed {
        members: Vec<Member>,
    }
    #[derive(Deserialize)]
    struct Member {
        path: String,
    }

    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/facts/dynamodb-operations.json");
    let Ok(text) = fs::read_to_string(path) else {
        println!("facts dynamodb-operations.json: absent, 0 cases");
        return;
    };
    let facts: Facts = serde_json::from_str(&text).expect("the facts are readable");
    let serializers = serializer::Serializers::read(&sdk::directory().join("src/protocol_serde"));
    let mut cases = 0;
    for operation in sdk::operations(&sdk::directory()) {
        let strip = |path: &str| path.replace("{}", "").replace("[]", "");
        let listed: BTreeSet<String> = facts.operations[&operation.name]
            .members
            .iter()
            .map(|member| strip(&member.path))
            .collect();
        let members: BTreeSet<String> = serializers
            .members(&operation.module)
            .into_iter()
            .map(|(path, _)| strip(&path))
            .collect();
        // The outside list goes into some of the data that is opaque here.
        for member in &members {
            assert!(listed.contains(member), "{} {member}", operation.name);
        }
        for member in listed {
            let opaque = member
                .match_indices('.')
                .any(|(dot, _)| class::is_data(&member[..dot]));
            assert!(
                opaque || members.contains(&member),
                "{} {member}",
                operation.name
            );
            cases += 1;
        }
    }
    println!("facts dynamodb-operations.json: {cases} cases");
}
