//! What the conditions of a statement let pass beyond the limits of a grant.

use super::{
    IamFindingKind,
    conditions::{Condition, Says},
    grant::{
        ATTRIBUTES, ENCLOSING, Enclosing, FULL_TABLE_SCAN, LEADING_KEYS, Limits, RETURN_VALUES,
        SELECT,
    },
};

/// What is wrong, and what it says, for every limit that the conditions do not hold.
pub(super) fn beyond(limits: &Limits, conditions: &[&Condition]) -> Vec<(IamFindingKind, String)> {
    let mut beyond = Beyond {
        limits,
        conditions,
        found: Vec::new(),
    };
    beyond.leading();
    beyond.attributes();
    beyond.options();
    beyond.enclosing();
    beyond.full_table_scan();
    beyond.found
}

struct Beyond<'a> {
    limits: &'a Limits,
    conditions: &'a [&'a Condition],
    found: Vec<(IamFindingKind, String)>,
}

impl<'a> Beyond<'a> {
    /// Whether one of the conditions on a key says something.
    fn says(&self, key: &str, that: impl Fn(&'a Says) -> bool) -> bool {
        let mut on_key = self
            .conditions
            .iter()
            .filter(|condition| condition.is_on(key));
        on_key.any(|condition| that(&condition.says))
    }

    /// Whether one of them lets only values pass that may.
    fn within(&self, key: &str, may: impl Fn(&str) -> bool) -> bool {
        self.says(key, |says| {
            matches!(says, Says::Within { values, patterns: false, .. }
                if values.iter().all(|value| may(value)))
        })
    }

    fn tell(&mut self, kind: IamFindingKind, what: &str, key: &str) {
        let how = if self.says(key, |_| true) {
            "what its conditions say lets more pass"
        } else {
            "it has no condition for that"
        };
        self.found
            .push((kind, format!("{what}, and {how} ({key})")));
    }

    fn leading(&mut self) {
        let Some(leading) = &self.limits.leading else {
            return;
        };
        let is_bound = self.says(LEADING_KEYS, |says| {
            matches!(says, Says::Within { values, patterns, .. }
                if *patterns == leading.is_pattern
                    && !values.is_empty()
                    && values.iter().all(|value| *value == leading.text))
        });
        if is_bound {
            self.null_guard(LEADING_KEYS);
        } else {
            let what = format!("the partition key has to be {:?}", leading.text);
            self.tell(IamFindingKind::LeadingKeys, &what, LEADING_KEYS);
        }
    }

    fn attributes(&mut self) {
        let Some(names) = &self.limits.attributes else {
            return;
        };
        if !self.within(ATTRIBUTES, |value| names.iter().any(|name| name == value)) {
            let what = format!("only the attributes {} are declared", names.join(", "));
            self.tell(IamFindingKind::Attributes, &what, ATTRIBUTES);
        } else if self.limits.names_attributes {
            self.null_guard(ATTRIBUTES);
        }
    }

    fn null_guard(&mut self, key: &str) {
        let is_guarded = self.says(key, |says| match says {
            Says::Present(present) => *present,
            Says::Within { absent, .. } => !absent,
            _ => false,
        });
        if !is_guarded {
            let problem = format!(
                "a request without {key} passes, since ForAllValues holds of none: \
                 add \"Null\": {{\"{key}\": \"false\"}}"
            );
            self.found.push((IamFindingKind::NullGuard, problem));
        }
    }

    fn options(&mut self) {
        let limits = self.limits;
        for (key, kind, allowed) in [
            (SELECT, IamFindingKind::Select, &limits.select),
            (
                RETURN_VALUES,
                IamFindingKind::ReturnValues,
                &limits.return_values,
            ),
        ] {
            if let Some(allowed) = allowed
                && !self.within(key, |value| allowed.contains(&value))
            {
                let what = format!("only {} may be asked for", allowed.join(", "));
                self.tell(kind, &what, key);
            }
        }
    }

    fn enclosing(&mut self) {
        let (holds, what) = match self.limits.enclosing {
            Enclosing::Any => return,
            Enclosing::Only(operation) => (
                self.says(ENCLOSING, |says| {
                    matches!(says, Says::Within { values, patterns: false, absent: false }
                        if values.iter().all(|value| value == operation))
                }),
                format!("it is declared in {operation} only"),
            ),
            Enclosing::Not(operation) => (
                self.says(ENCLOSING, |says| match says {
                    Says::Outside { values, .. } => values.iter().any(|value| value == operation),
                    Says::Present(present) => !present,
                    _ => false,
                }),
                format!("it is not declared in {operation}"),
            ),
        };
        if !holds {
            self.tell(IamFindingKind::Transaction, &what, ENCLOSING);
        }
    }

    fn full_table_scan(&mut self) {
        let never = |says: &Says| matches!(says, Says::Flag { value: false, .. });
        if self.limits.no_full_table_scan && !self.says(FULL_TABLE_SCAN, never) {
            let what = "a statement may not read the whole table";
            self.tell(IamFindingKind::FullTableScan, what, FULL_TABLE_SCAN);
        }
    }
}
