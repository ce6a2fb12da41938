//! What is told of policies that are not what a declaration asks for.

use middleware_tests::suite::vectors;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_harden::dynamodb::{IamFinding, IamFindingKind, IamScope, Operation, TablePolicy};

use crate::{
    declared::{policy, scope, tables},
    written::rows,
};

/// The policy that is written of a declaration, with other statements in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    what: String,
    declaration: String,
    without: Vec<String>,
    with: Vec<Value>,
    version: Option<String>,
    findings: Vec<String>,
}

#[test]
fn a_policy_that_says_something_else_is_told_of() {
    let written = rows();
    let mut kinds = Vec::new();
    for row in vectors::<Row>("iam/findings.jsonl") {
        let declared = written
            .iter()
            .find(|known| known.declaration == row.declaration);
        let declared = declared.expect("a declaration");
        let mut document: Value = serde_json::from_str(&declared.written()).expect("a policy");
        document["Version"] = json!(row.version);
        let statements = document["Statement"].as_array_mut().expect("statements");
        let before = statements.len();
        statements.retain(|statement| !row.without.iter().any(|sid| statement["Sid"] == **sid));
        assert_eq!(before - statements.len(), row.without.len(), "{}", row.what);
        statements.extend(row.with);

        let document = document.to_string();
        let findings = declared
            .policy()
            .check_iam_policy(&document, &declared.scope());
        let findings = findings.unwrap_or_else(|error| panic!("{}: {error}", row.what));
        let told: Vec<_> = findings.iter().map(words).collect();
        assert_eq!(told, row.findings, "{}", row.what);
        kinds.extend(findings.iter().map(IamFinding::kind));
    }
    for kind in IamFindingKind::ALL {
        assert!(kinds.contains(kind), "nothing is {kind}");
    }
}

/// The kind, and where it is.
fn words(finding: &IamFinding) -> String {
    let kind = finding.kind();
    let statement = finding.statement().unwrap_or("-");
    let action = finding.action().unwrap_or("-");
    let resource = finding.resource().unwrap_or("-");
    format!("{kind}: {statement}: {action} {resource}")
}

#[test]
fn nothing_is_told_of_what_is_written() {
    for row in rows() {
        let findings = row.policy().check_iam_policy(&row.written(), &row.scope());
        assert_eq!(findings.expect("a policy"), [], "{}", row.declaration);
    }
}

proptest! {
    #[test]
    fn nothing_is_told_of_what_is_written_of_any_declaration(tables in tables()) {
        let (policy, scope) = (policy(&tables), scope(&tables));
        let written = policy.to_iam_policy(&scope).expect("a policy").to_string();
        prop_assert_eq!(policy.check_iam_policy(&written, &scope).expect("a policy"), []);
    }

    /// Without one of its conditions a policy says more, and without one of its statements less.
    #[test]
    fn whatever_is_taken_out_is_told(tables in tables(), place: prop::sample::Index, condition: prop::sample::Index) {
        let (policy, scope) = (policy(&tables), scope(&tables));
        let written = policy.to_iam_policy(&scope).expect("a policy").to_string();
        let written: Value = serde_json::from_str(&written).expect("JSON");
        let told = |document: &Value| {
            policy.check_iam_policy(&document.to_string(), &scope).expect("a policy")
        };
        let place = place.index(written["Statement"].as_array().expect("statements").len());

        let mut fewer = written.clone();
        fewer["Statement"].as_array_mut().expect("statements").remove(place);
        prop_assert!(told(&fewer).iter().any(|finding| finding.kind() == IamFindingKind::Missing));

        let mut wider = written.clone();
        if let Some(conditions) = wider["Statement"][place].get_mut("Condition") {
            let operators = conditions.as_object_mut().expect("operators");
            let operator = operators.keys().nth(condition.index(operators.len())).expect("one").clone();
            let keys = operators[&operator].as_object_mut().expect("keys");
            let key = keys.keys().nth(condition.index(keys.len())).expect("one").clone();
            keys.remove(&key);
            prop_assert!(!told(&wider).is_empty(), "{} {}", operator, key);
        }
    }
}

#[test]
fn a_finding_is_a_sentence_that_says_what_to_do() {
    let policy = TablePolicy::new().table("Orders", |table| {
        table
            .allow([Operation::GetItem])
            .partition_key("tenant")
            .read(["id"])
    });
    let policy = policy.expect("a declaration");
    let document = json!({ "Version": "2012-10-17", "Statement": {
        "Effect": "Allow",
        "Action": ["dynamodb:GetItem", "dynamodb:Scan"],
        "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
        "Condition": { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:PrincipalTag/tenant}" } },
    }});
    let scope = IamScope::new("111122223333", "eu-west-1").expect("a scope");
    let findings = policy
        .check_iam_policy(&document.to_string(), &scope)
        .expect("a policy");
    let told: Vec<_> = findings.iter().map(ToString::to_string).collect();
    let get = "statement number 1: dynamodb:GetItem on arn:aws:dynamodb:eu-west-1:111122223333:table/Orders: ";
    let scan = "statement number 1: dynamodb:Scan on arn:aws:dynamodb:eu-west-1:111122223333:table/Orders: ";
    assert_eq!(
        told,
        [
            format!(
                "{get}a request without dynamodb:LeadingKeys passes, since ForAllValues holds of none: add \"Null\": {{\"dynamodb:LeadingKeys\": \"false\"}}"
            ),
            format!(
                "{get}only the attributes id, tenant are declared, and it has no condition for that (dynamodb:Attributes)"
            ),
            format!(
                "{get}only SPECIFIC_ATTRIBUTES may be asked for, and it has no condition for that (dynamodb:Select)"
            ),
            format!(
                "{get}it is not declared in TransactGetItems, and it has no condition for that (dynamodb:EnclosingOperation)"
            ),
            format!(
                "{scan}reads every partition, whatever conditions say: Scan has no leading keys"
            ),
        ]
    );
}

#[test]
fn what_is_no_policy_of_an_identity_is_a_mistake() {
    let policy = TablePolicy::new();
    let scope = IamScope::new("111122223333", "eu-west-1").expect("a scope");
    let statement = |inner: &str| format!(r#"{{"Version":"2012-10-17","Statement":{{{inner}}}}}"#);
    let condition = |inner: &str| {
        statement(&format!(
            r#""Effect":"Allow","Action":"a:b","Resource":"*","Condition":{inner}"#
        ))
    };
    for document in [
        String::new(),
        "{".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"Statement":7}"#.to_owned(),
        r#"{"Statement":[],"Statement":[]}"#.to_owned(),
        r#"{"Statement":[],"Statements":[]}"#.to_owned(),
        r#"{"Statement":[]} {}"#.to_owned(),
        statement(r#""Effect":"Allow","Action":"a:b""#),
        statement(r#""Effect":"Allow","Resource":"*""#),
        statement(r#""Effect":"allow","Action":"a:b","Resource":"*""#),
        statement(r#""Action":"a:b","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"a:b","Resource":"*","NotResource":"*""#),
        statement(r#""Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*""#),
        statement(r#""Effect":"Allow","Action":[["a:b"]],"Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"a:b","Action":"a:c","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":true,"Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"a:b","Resource":[1]"#),
        condition("[]"),
        condition(r#"{"StringEquals":"a"}"#),
        condition(r#"{"StringEqual":{"a":"b"}}"#),
        condition(r#"{"ForSomeValues:StringEquals":{"a":"b"}}"#),
        condition(r#"{"NullIfExists":{"a":"true"}}"#),
        condition(r#"{"StringEquals":{"a":"b"},"StringEquals":{"c":"d"}}"#),
        condition(r#"{"StringEquals":{"a":"b","A":"c"}}"#),
        condition(r#"{"StringEquals":{"a":{"b":"c"}}}"#),
        condition(r#"{"StringEquals":{"a":null}}"#),
        "[".repeat(100_000),
        format!(r#"{{"Statement":{}"#, "[".repeat(100_000)),
        format!(r#"{{"Statement":[]}}{}"#, " ".repeat(64 * 1_024)),
    ] {
        let error = policy.check_iam_policy(&document, &scope);
        let shown = &document[..document.len().min(120)];
        let error = error.expect_err(shown);
        assert!(
            error.to_string().starts_with("IAM policy: "),
            "{shown}: {error}"
        );
    }
}

#[test]
fn a_policy_has_one_of_anything_or_a_list_of_them() {
    let policy = TablePolicy::new()
        .account([Operation::ListTables])
        .expect("a declaration");
    let scope = IamScope::new("111122223333", "eu-west-1").expect("a scope");
    for document in [
        r#"{"Version":"2012-10-17","Id":"x","Statement":{"Effect":"Allow","Action":"dynamodb:ListTables","Resource":"*"}}"#,
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":["dynamodb:ListTables"],"Resource":["*"],"Condition":{}}]}"#,
        r#"{"Statement":[{"Effect":"Deny","NotAction":["dynamodb:ListTables"],"NotResource":["a"],"Condition":{"NumericLessThan":{"a:b":[1,2]}}},{"Effect":"Allow","Action":"dynamodb:ListTables","Resource":"*"}],"Version":"2012-10-17"}"#,
    ] {
        assert_eq!(
            policy.check_iam_policy(document, &scope).expect(document),
            []
        );
    }
}
