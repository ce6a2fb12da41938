//! What AWS decides by a policy, written from its documentation and from nothing of this crate.
//!
//! Source: *IAM User Guide*, "Policy evaluation logic", "IAM JSON policy elements".

use std::collections::BTreeMap;

use serde_json::Value;

/// What AWS knows of one request for one action on one resource. A key that is absent is not in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) keys: BTreeMap<&'static str, Vec<String>>,
}

/// A decision for a caller whose tag `tenant` is this.
pub(crate) fn allows(policy: &Value, tenant: &str, asked: &Asked) -> bool {
    assert_eq!(policy["Version"], "2012-10-17");
    let mut allowed = false;
    for statement in listed(&policy["Statement"]) {
        let on = |key: &str, not: &str, what: &str| match statement.get(key) {
            Some(known) => texts(known)
                .iter()
                .any(|known| is_like(known, what, tenant)),
            None => !texts(&statement[not])
                .iter()
                .any(|known| is_like(known, what, tenant)),
        };
        let action = asked.action.to_lowercase();
        let lowered = |key: &str| -> Option<Vec<String>> {
            let known = statement.get(key)?;
            Some(
                texts(known)
                    .iter()
                    .map(|known| known.to_lowercase())
                    .collect(),
            )
        };
        let acts = |known: &Vec<String>| known.iter().any(|known| is_like(known, &action, tenant));
        let on_action = match (lowered("Action"), lowered("NotAction")) {
            (Some(known), _) => acts(&known),
            (None, Some(known)) => !acts(&known),
            (None, None) => panic!("a statement without actions"),
        };
        if !on_action || !on("Resource", "NotResource", &asked.resource) {
            continue;
        }
        if !conditions_hold(statement, tenant, asked) {
            continue;
        }
        match statement["Effect"].as_str() {
            Some("Deny") => return false,
            Some("Allow") => allowed = true,
            other => panic!("{other:?} is no effect"),
        }
    }
    allowed
}

fn conditions_hold(statement: &Value, tenant: &str, asked: &Asked) -> bool {
    let Some(conditions) = statement.get("Condition") else {
        return true;
    };
    let operators = conditions.as_object().expect("conditions");
    operators.iter().all(|(operator, keys)| {
        let keys = keys.as_object().expect("keys");
        keys.iter().all(|(key, values)| {
            let known = asked
                .keys
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(key));
            holds(
                operator,
                known.map(|(_, values)| values.as_slice()),
                &texts(values),
                tenant,
            )
        })
    })
}

fn holds(operator: &str, known: Option<&[String]>, values: &[String], tenant: &str) -> bool {
    let (set, operator) = operator
        .split_once(':')
        .map_or(("", operator), |(set, rest)| (set, rest));
    if operator == "Null" {
        return values
            .iter()
            .any(|value| (value == "true") == known.is_none());
    }
    let (operator, if_exists) = operator
        .strip_suffix("IfExists")
        .map_or((operator, false), |operator| (operator, true));
    let negates = operator.contains("Not");
    let Some(known) = known else {
        return if_exists || set == "ForAllValues" || (negates && set.is_empty());
    };
    let one = |known: &String| {
        let matched = values.iter().any(|value| match operator {
            "StringEquals" | "StringNotEquals" => is_equal(value, known, tenant),
            "StringLike" | "StringNotLike" => is_like(value, known, tenant),
            "Bool" => value.eq_ignore_ascii_case(known),
            _ => panic!("{operator} is not known here"),
        });
        matched != negates
    };
    match set {
        "ForAllValues" => known.iter().all(one),
        "ForAnyValue" => known.iter().any(one),
        // Of several values it is not documented without a set operator.
        _ => known.iter().any(one),
    }
}

/// A piece of a value, its variables replaced.
enum Piece {
    Text(char),
    Star,
    Question,
}

/// `None` where a variable has no value: then nothing matches.
fn pieces(value: &str, tenant: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        let text = rest.as_str();
        if character == '$' && text.starts_with('{') {
            let end = text.find('}').expect("a variable ends");
            let replaced = match &text[1..end] {
                sign @ ("*" | "?" | "$") => sign,
                "aws:PrincipalTag/tenant" => tenant,
                _ => return None,
            };
            pieces.extend(replaced.chars().map(Piece::Text));
            rest = text[end + 1..].chars();
            continue;
        }
        pieces.push(match character {
            '*' => Piece::Star,
            '?' => Piece::Question,
            _ => Piece::Text(character),
        });
    }
    Some(pieces)
}

fn is_equal(value: &str, known: &str, tenant: &str) -> bool {
    let plain = |piece: Piece| match piece {
        Piece::Text(character) => character,
        Piece::Star => '*',
        Piece::Question => '?',
    };
    pieces(value, tenant)
        .is_some_and(|pieces| pieces.into_iter().map(plain).collect::<String>() == known)
}

fn is_like(value: &str, known: &str, tenant: &str) -> bool {
    let Some(pieces) = pieces(value, tenant) else {
        return false;
    };
    let known: Vec<char> = known.chars().collect();
    // Which beginnings of the text the pieces so far stand for.
    let mut reached = vec![false; known.len() + 1];
    reached[0] = true;
    for piece in pieces {
        let mut next = vec![false; known.len() + 1];
        for place in 0..=known.len() {
            let steps = place.checked_sub(1).filter(|before| reached[*before]);
            next[place] = match piece {
                Piece::Star => reached[..=place].contains(&true),
                Piece::Question => steps.is_some(),
                Piece::Text(character) => steps.is_some_and(|before| known[before] == character),
            };
        }
        reached = next;
    }
    reached[known.len()]
}

fn listed(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}

fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    listed(value).iter().map(text).collect()
}

#[test]
fn set_operators_are_those_of_the_documentation() {
    let (none, all, some): (Option<&[String]>, _, _) = (
        None,
        ["a".to_owned(), "b".to_owned()],
        ["a".to_owned(), "c".to_owned()],
    );
    let values = &["a".to_owned(), "b".to_owned()];
    let holds = |operator, known| holds(operator, known, values, "t");
    for (operator, expected) in [
        ("ForAllValues:StringEquals", [true, true, false]),
        ("ForAnyValue:StringEquals", [false, true, true]),
        ("ForAllValues:StringNotEquals", [true, false, false]),
        ("ForAnyValue:StringNotEquals", [false, false, true]),
    ] {
        let found = [
            holds(operator, none),
            holds(operator, Some(&all)),
            holds(operator, Some(&some)),
        ];
        assert_eq!(found, expected, "{operator}");
    }
    assert!(!holds("StringEquals", None) && holds("StringNotEquals", None));
    assert!(holds("StringEqualsIfExists", None));
}

#[test]
fn variables_are_text_in_patterns() {
    assert!(is_like("T#${aws:PrincipalTag/tenant}#*", "T#a*#1", "a*"));
    assert!(!is_like("T#${aws:PrincipalTag/tenant}#*", "T#ab#1", "a*"));
    assert!(is_like("${*}?", "*x", "a") && !is_like("${*}?", "xx", "a"));
    assert!(is_equal("*${$}{x}", "*${x}", "a") && !is_equal("${aws:username}", "", "a"));
}
