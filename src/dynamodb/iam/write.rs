//! Writing what a declaration needs as a policy.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::grant::{Grant, Limits};

/// An IAM policy, whose text is JSON.
///
/// The same declaration has the same text, so that it can stand in a repository and be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct IamPolicy {
    version: &'static str,
    statement: Vec<Statement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    sid: String,
    effect: &'static str,
    action: Vec<String>,
    resource: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    condition: BTreeMap<&'static str, BTreeMap<&'static str, Values>>,
}

/// One value, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Several(Vec<String>),
}

impl IamPolicy {
    /// A statement for each set of actions that have the same resources and limits. The grants are in
    /// order.
    pub(super) fn of(grants: &[Grant]) -> Self {
        let mut resources: BTreeMap<(&str, &Limits), Vec<&str>> = BTreeMap::new();
        for grant in grants {
            let on = resources.entry((grant.action, &grant.limits)).or_default();
            on.push(&grant.resource);
        }
        let mut alike: BTreeMap<(&str, Vec<&str>, &Limits), Vec<&str>> = BTreeMap::new();
        for ((action, limits), mut on) in resources {
            on.sort_unstable();
            // What is on several tables alike is still told table by table.
            for same in on.chunk_by(|a, b| table_of(a) == table_of(b)) {
                let key = (table_of(same[0]), same.to_vec(), limits);
                alike.entry(key).or_default().push(action);
            }
        }
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        let statement = alike
            .into_iter()
            .map(|((table, resources, limits), actions)| {
                // A Sid has no other signs.
                let letters = table.chars().filter(char::is_ascii_alphanumeric);
                let name = letters.chain(purpose(&actions).chars()).collect::<String>();
                let count = used.entry(name.clone()).or_default();
                *count += 1;
                let sid = match count {
                    1 => name,
                    count => format!("{name}{count}"),
                };
                let mut condition: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
                for (operator, key, mut values) in limits.conditions() {
                    let values = if values.len() == 1 {
                        Values::One(values.remove(0))
                    } else {
                        Values::Several(values)
                    };
                    condition.entry(operator).or_default().insert(key, values);
                }
                Statement {
                    sid,
                    effect: "Allow",
                    action: actions
                        .iter()
                        .map(|action| format!("dynamodb:{action}"))
                        .collect(),
                    resource: resources.into_iter().map(str::to_owned).collect(),
                    condition,
                }
            });
        Self {
            version: "2012-10-17",
            statement: statement.collect(),
        }
    }
}

impl fmt::Display for IamPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

/// The table that a resource is or belongs to.
fn table_of(resource: &str) -> &str {
    resource.split('/').nth(1).unwrap_or("Account")
}

fn purpose(actions: &[&str]) -> &'static str {
    let all = |kinds: &[&str]| {
        actions
            .iter()
            .all(|action| kinds.iter().any(|kind| action.ends_with(kind)))
    };
    if all(&["GetItem"]) {
        "Get"
    } else if all(&["Query"]) {
        "Query"
    } else if all(&["Scan"]) {
        "Scan"
    } else if all(&["PartiQLSelect"]) {
        "Select"
    } else if all(&["GetItem", "Query", "Scan", "PartiQLSelect"]) {
        "Read"
    } else if actions
        .iter()
        .any(|action| action.ends_with("Item") || action.starts_with("PartiQL"))
    {
        "Write"
    } else {
        "Manage"
    }
}
