//! Holding an IAM policy against what a declaration needs.

use std::collections::BTreeSet;

use super::{
    IamFinding, IamFindingKind,
    beyond::beyond,
    conditions::Condition,
    document::{Document, Effect, Named, Statement, VERSION},
    grant::Grant,
    pattern,
};

/// Whoever mends these finds the others.
const MOST_FINDINGS: usize = 1_000;

/// What is wrong with a document, next to the grants.
pub(super) fn check(document: &Document, grants: &[Grant]) -> Vec<IamFinding> {
    let mut checker = Checker {
        document,
        grants,
        findings: Vec::new(),
    };
    checker.version();
    for (place, statement) in document.statement.0.iter().enumerate() {
        if statement.effect == Effect::Allow {
            checker.granted(&statement.name(place), statement);
        }
    }
    for grant in grants {
        checker.needed(grant);
    }
    checker.findings
}

struct Checker<'a> {
    document: &'a Document,
    grants: &'a [Grant],
    findings: Vec<IamFinding>,
}

impl<'a> Checker<'a> {
    fn tell(
        &mut self,
        kind: IamFindingKind,
        statement: Option<&str>,
        (action, resource): (&str, Option<&str>),
        problem: impl Into<String>,
    ) {
        let finding = IamFinding {
            kind,
            statement: statement.map(str::to_owned),
            action: Some(action.to_owned()),
            resource: resource.map(str::to_owned),
            problem: problem.into(),
        };
        if self.findings.last() != Some(&finding) && !self.is_full() {
            self.findings.push(finding);
        }
    }

    fn is_full(&self) -> bool {
        self.findings.len() == MOST_FINDINGS
    }

    fn version(&mut self) {
        if self.document.version.as_deref() != Some(VERSION) {
            self.findings.push(IamFinding {
                kind: IamFindingKind::Version,
                statement: None,
                action: None,
                resource: None,
                problem: format!("Version has to be {VERSION}: in others ${{..}} is text"),
            });
        }
    }

    /// What a statement grants beyond the declaration.
    fn granted(&mut self, name: &str, statement: &'a Statement) {
        let (actions, resources) = match (statement.actions(), statement.resources()) {
            (Named::These(actions), Named::These(resources)) => (actions, resources),
            (actions, resources) => {
                let all_but = match (actions, resources) {
                    (Named::Others(_), _) => "NotAction",
                    _ => "NotResource",
                };
                if may_name(actions, 0) && may_name(resources, 2) {
                    let problem = "grants all but what it names";
                    self.tell(
                        IamFindingKind::Inverted,
                        Some(name),
                        (all_but, None),
                        problem,
                    );
                }
                return;
            }
        };
        let resources = of_ours(resources, 2);
        for action in of_ours(actions, 0) {
            let mut known: Vec<&'static str> = Vec::new();
            for grant in self.grants {
                if pattern::covers_action(action, &full(grant.action))
                    && !known.contains(&grant.action)
                {
                    known.push(grant.action);
                }
            }
            for resource in &resources {
                if self.is_full() {
                    return;
                }
                if self.credited(action, resource).is_none() {
                    continue;
                }
                if pattern::has_wildcards(action) {
                    let problem =
                        "is a pattern, which grants what is not declared and what is added later";
                    self.tell(
                        IamFindingKind::Wildcard,
                        Some(name),
                        (action, Some(resource)),
                        problem,
                    );
                } else if known.is_empty() {
                    self.undeclared(name, action, resource);
                }
                for known in &known {
                    self.granted_on(name, statement, known, resource);
                }
            }
        }
    }

    fn undeclared(&mut self, name: &str, action: &str, resource: &str) {
        let bound = self.grants.iter().any(|grant| {
            grant.limits.leading.is_some() && pattern::covers(resource, &grant.resource)
        });
        let (kind, problem) = if bound && action.eq_ignore_ascii_case("dynamodb:Scan") {
            let problem =
                "reads every partition, whatever conditions say: Scan has no leading keys";
            (IamFindingKind::Scan, problem)
        } else {
            (IamFindingKind::Action, "is not declared")
        };
        self.tell(kind, Some(name), (action, Some(resource)), problem);
    }

    /// What a declared action is granted on, and how far.
    fn granted_on(
        &mut self,
        name: &str,
        statement: &'a Statement,
        action: &'static str,
        resource: &str,
    ) {
        let action_name = full(action);
        let Some(credited) = self.credited(&action_name, resource) else {
            return;
        };
        let grants = self.grants;
        let same = |grant: &&Grant| grant.action == action;
        let exact = grants
            .iter()
            .filter(same)
            .any(|grant| grant.resource == resource);
        let on_everything = grants
            .iter()
            .filter(same)
            .any(|grant| grant.resource == "*");
        if !exact && !on_everything {
            self.tell(
                IamFindingKind::Resource,
                Some(name),
                (&action_name, Some(resource)),
                self.another(resource),
            );
        }
        let conditions: Vec<&Condition> = statement.condition.0.iter().chain(&credited).collect();
        for grant in grants.iter().filter(same) {
            if !pattern::covers(resource, &grant.resource) {
                continue;
            }
            for (kind, problem) in beyond(&grant.limits, &conditions) {
                let what = (&*action_name, Some(&*grant.resource));
                self.tell(kind, Some(name), what, problem);
            }
        }
    }

    /// In what way a resource is another one.
    fn another(&self, resource: &str) -> &'static str {
        if pattern::has_wildcards(resource) || resource.contains("${") {
            return "is wider than the declared tables and indexes: name each by its ARN";
        }
        let known = || self.grants.iter().map(|grant| &*grant.resource);
        let (place, path) = divided(resource);
        let table = |path: &str| path.split('/').nth(1).map(str::to_owned);
        if known().any(|known| known == resource) {
            "is declared, and not for this action"
        } else if known().any(|known| divided(known).1 == path) {
            "is in another account, region or partition"
        } else if known()
            .any(|known| divided(known).0 == place && table(divided(known).1) == table(path))
        {
            "is an index or something else of the table that is not declared for it"
        } else {
            "is a table that is not declared"
        }
    }

    /// `None` where a Deny surely takes an action away, and otherwise what Denies with one condition leave.
    fn credited(&self, action: &str, resource: &str) -> Option<Vec<Condition>> {
        let mut credited = Vec::new();
        for statement in &self.document.statement.0 {
            if statement.effect != Effect::Deny || !surely_on(statement, action, resource) {
                continue;
            }
            match statement.condition.0.as_slice() {
                [] => return None,
                [condition] => credited.push(condition.negated()),
                _ => {}
            }
        }
        Some(credited)
    }

    /// Whether what is declared is granted.
    fn needed(&mut self, grant: &Grant) {
        let action = full(grant.action);
        let what = (&*action, Some(&*grant.resource));
        let mut matching = None;
        let mut is_granted = false;
        let document = self.document;
        for (place, statement) in document.statement.0.iter().enumerate() {
            let is_about = match statement.effect {
                Effect::Allow => is_on(statement, &action, &grant.resource),
                Effect::Deny => may_be_on(statement, &action, &grant.resource),
            };
            if !is_about {
                continue;
            }
            let conditions = &statement.condition.0;
            match statement.effect {
                Effect::Allow => {
                    let narrower = conditions
                        .iter()
                        .find(|condition| !condition.holds_within(&grant.limits));
                    match narrower {
                        None => is_granted = true,
                        Some(condition) => matching = matching.or(Some((place, condition))),
                    }
                }
                Effect::Deny => {
                    let never = conditions
                        .iter()
                        .any(|condition| condition.negated().holds_within(&grant.limits));
                    if !never {
                        let is_sure =
                            conditions.is_empty() && surely_on(statement, &action, &grant.resource);
                        let problem = if is_sure {
                            "is declared, and denied"
                        } else {
                            "is declared, and a Deny may be about it by its conditions or variables"
                        };
                        let name = statement.name(place);
                        self.tell(IamFindingKind::Denied, Some(&name), what, problem);
                    }
                }
            }
        }
        match matching {
            _ if is_granted => {}
            None => self.tell(
                IamFindingKind::Missing,
                None,
                what,
                "is declared, and no statement grants it",
            ),
            Some((place, condition)) => {
                let name = document.statement.0[place].name(place);
                let problem = format!(
                    "is declared, and granted only where the condition on {} holds, which is narrower or not understood",
                    condition.key
                );
                self.tell(IamFindingKind::Narrowed, Some(&name), what, problem);
            }
        }
    }
}

fn full(action: &str) -> String {
    format!("dynamodb:{action}")
}

/// What may be of DynamoDB, once each.
fn of_ours(names: &[String], place: usize) -> BTreeSet<&str> {
    let names = names.iter().map(String::as_str);
    names.filter(|name| may_be_ours(name, place)).collect()
}

/// Whether something of DynamoDB may be among what is named.
fn may_name(what: Named<'_>, place: usize) -> bool {
    match what {
        Named::These(names) => names.iter().any(|name| may_be_ours(name, place)),
        Named::Others(names) => !names
            .iter()
            .any(|name| pattern::covers_action(name, "dynamodb:*")),
    }
}

/// Where a resource is, and which one there.
fn divided(arn: &str) -> (&str, &str) {
    let place = arn
        .match_indices(':')
        .nth(4)
        .map_or(0, |(place, _)| place + 1);
    arn.split_at(place)
}

/// Whether a name may be one of DynamoDB: that of an action begins with the service, in an ARN it comes
/// third.
fn may_be_ours(text: &str, place: usize) -> bool {
    let mut parts = text.split(':');
    let before_is_open = parts.by_ref().take(place).any(is_open);
    match parts.next() {
        Some(service) if text.contains(':') => {
            before_is_open || is_open(service) || service.eq_ignore_ascii_case("dynamodb")
        }
        _ => is_open(text),
    }
}

fn is_open(text: &str) -> bool {
    text.contains("${") || pattern::has_wildcards(text)
}

/// Whether a statement is on an action and a resource.
fn is_on(statement: &Statement, action: &str, resource: &str) -> bool {
    on_action(statement, action) && on_resource(statement, |known| pattern::covers(known, resource))
}

fn on_action(statement: &Statement, action: &str) -> bool {
    let covers = |known: &String| pattern::covers_action(known, action);
    match statement.actions() {
        Named::These(actions) => actions.iter().any(covers),
        Named::Others(actions) => !actions.iter().any(covers),
    }
}

fn on_resource(statement: &Statement, covers: impl Fn(&str) -> bool) -> bool {
    match statement.resources() {
        Named::These(resources) => resources.iter().any(|known| covers(known)),
        Named::Others(resources) => !resources.iter().any(|known| covers(known)),
    }
}

/// Whether a Deny may be on an action and a resource, whatever its policy variables are.
fn may_be_on(statement: &Statement, action: &str, resource: &str) -> bool {
    let named = matches!(statement.resources(), Named::These(_));
    on_action(statement, action)
        && on_resource(statement, |known| {
            if named && known.contains("${") {
                pattern::covers(&pattern::with_variables_open(known), resource)
            } else {
                pattern::covers(known, resource)
            }
        })
}

/// Whether it is on everything that an action and a resource stand for, where these may be patterns. What
/// a pattern has with the names that a statement is not on is not known.
fn surely_on(statement: &Statement, action: &str, resource: &str) -> bool {
    let inverted_action = matches!(statement.actions(), Named::Others(_));
    let inverted_resource = matches!(statement.resources(), Named::Others(_));
    if (inverted_action && is_open(action)) || (inverted_resource && is_open(resource)) {
        return false;
    }
    on_action(statement, action)
        && on_resource(statement, |known| {
            if resource.contains("${") {
                known == "*" || known == resource
            } else if inverted_resource && known.contains("${") {
                // It may be this one.
                true
            } else {
                pattern::covers(known, resource)
            }
        })
}
