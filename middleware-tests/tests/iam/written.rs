//! The policies that are written, next to those of the vectors.

use std::{collections::BTreeMap, fs, path::PathBuf};

use middleware_tests::suite::vectors;
use serde::Deserialize;
use tower_harden::dynamodb::{IamScope, Operation, PartitionKey, TablePolicy, TableRules};

/// A declaration, and where its policy holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) declaration: String,
    account: String,
    region: String,
    principal: Option<String>,
    #[serde(default)]
    keys: BTreeMap<String, Vec<String>>,
}

impl Row {
    pub(crate) fn policy(&self) -> TablePolicy {
        let text = read(&format!("{}.toml", self.declaration));
        TablePolicy::from_toml(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", self.declaration))
    }

    pub(crate) fn scope(&self) -> IamScope {
        let mut scope =
            IamScope::new(&self.account, &self.region).expect("an account and a region");
        if let Some(principal) = &self.principal {
            scope = scope.principal(principal);
        }
        let keys = self.keys.iter();
        keys.fold(scope, |scope, (table, keys)| {
            scope.key_attributes(table, keys)
        })
    }

    pub(crate) fn written(&self) -> String {
        let written = self.policy().to_iam_policy(&self.scope());
        written
            .unwrap_or_else(|error| panic!("{}: {error}", self.declaration))
            .to_string()
    }
}

pub(crate) fn rows() -> Vec<Row> {
    vectors("iam/policies.jsonl")
}

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("vectors/iam")
        .join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_declaration_is_written_as_its_vector_to_the_letter() {
    for row in rows() {
        let expected = read(&format!("{}.json", row.declaration));
        assert_eq!(row.written() + "\n", expected, "{}", row.declaration);
    }
}

#[test]
fn the_order_of_a_declaration_changes_nothing() {
    let scope = scope();
    let rules = |operations: [Operation; 3], names: [&'static str; 3]| {
        move |table: TableRules| table.any_partition().allow(operations).read(names)
    };
    let [get, query, batch] = [
        Operation::GetItem,
        Operation::Query,
        Operation::BatchGetItem,
    ];
    let one = TablePolicy::new()
        .table("one", rules([get, query, batch], ["a", "b", "c"]))
        .and_then(|policy| policy.table("two", rules([get, query, batch], ["a", "b", "c"])));
    let other = TablePolicy::new()
        .table("two", rules([batch, get, query], ["c", "a", "b"]))
        .and_then(|policy| policy.table("one", rules([query, batch, get], ["b", "c", "a"])));
    let written =
        |policy: Result<TablePolicy, _>| policy.and_then(|policy| policy.to_iam_policy(&scope));
    assert_eq!(
        written(one).expect("a policy").to_string(),
        written(other).expect("a policy").to_string()
    );
}

#[test]
fn what_iam_has_no_words_for_is_a_mistake() {
    let search = |table: TableRules| {
        table
            .allow([Operation::SearchVectors])
            .any_partition()
            .read_all()
    };
    let binary = |table: TableRules| {
        let key = PartitionKey::new("pk").binary().after("T#");
        table.allow([Operation::DeleteItem]).partition_key(key)
    };
    for (expected, result) in [
        (
            r#"table "Orders": operation SearchVectors: is not known to IAM by any name that could be found"#,
            TablePolicy::new().table("Orders", search),
        ),
        (
            r#"table "Orders": partition key "pk": is binary and has text before or behind the principal, which IAM compares as base64"#,
            TablePolicy::new().table("Orders", binary),
        ),
    ] {
        let error = result
            .expect("a declaration")
            .to_iam_policy(&scope())
            .expect_err("a mistake");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_scope_that_is_none_is_a_mistake() {
    let error = IamScope::new("11112222333", "Ireland").expect_err("two mistakes");
    assert_eq!(
        error.to_string(),
        "2 problems in the configuration\n  account \"11112222333\": is not 12 digits\n  \
         region \"Ireland\": is not the name of a region, such as eu-west-1"
    );
    let policy = TablePolicy::new();
    for (scope, expected) in [
        (
            scope().principal(""),
            "principal \"\": is empty: every key without text would be its own",
        ),
        (
            scope().principal("${a}*"),
            "principal \"${a}*\": has a wildcard: it would be every principal",
        ),
        (
            scope().key_attributes("Orders", ["id"]),
            "key attributes of \"Orders\": is not declared",
        ),
    ] {
        let error = policy.to_iam_policy(&scope).expect_err("a mistake");
        assert_eq!(error.to_string(), expected);
    }
}

fn scope() -> IamScope {
    IamScope::new("111122223333", "eu-west-1").expect("an account and a region")
}
