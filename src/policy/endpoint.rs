use std::sync::Arc;

use smallvec::SmallVec;

use super::Compiled;
use crate::{
    Code, Limits, Location, Mode,
    input::{BodyKind, QueryError, read_query},
    schema::{NodeId, Parameter},
    text::Text,
    violations::Violations,
};

/// What one method of one route accepts, compiled.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// The pattern of its route; `None` stands for the routes that are not declared.
    pub(crate) route: Option<Arc<str>>,
    pub(super) path: Vec<(Arc<str>, NodeId)>,
    pub(super) query: Vec<QueryField>,
    pub(super) json: Option<NodeId>,
    pub(crate) limits: Limits,
    pub(crate) mode: Mode,
}

#[derive(Debug)]
pub(super) struct QueryField {
    pub(super) name: Arc<str>,
    pub(super) schema: NodeId,
    pub(super) required: bool,
}

impl Endpoint {
    pub(crate) fn body(&self) -> BodyKind {
        if self.json.is_some() {
            BodyKind::Json
        } else {
            BodyKind::None
        }
    }

    pub(crate) fn has_path_parameters(&self) -> bool {
        !self.path.is_empty()
    }

    /// Judges the parameters of the path, which have to be the declared ones, each once.
    pub(crate) fn judge_path<'a>(
        &self,
        policy: &Compiled,
        parameters: impl Iterator<Item = (&'a str, &'a str)>,
        violations: &mut Violations,
    ) {
        let judge = self.parameter(policy);
        let mut count = 0;
        for (name, value) in parameters {
            let Some((name, schema)) = self.path.iter().find(|(declared, _)| **declared == *name)
            else {
                // The pattern of the route has no such parameter: another router decoded the path.
                return violations.add(Location::Path(None), Code::PathUnreadable);
            };
            count += 1;
            if let Some(code) = judge.check(*schema, Text::new(value)) {
                violations.add(Location::Path(Some(name.clone())), code);
            }
        }
        if count != self.path.len() {
            violations.add(Location::Path(None), Code::PathUnreadable);
        }
    }

    pub(crate) fn judge_query(&self, policy: &Compiled, query: &str, violations: &mut Violations) {
        let judge = self.parameter(policy);
        let mut counts: SmallVec<[u32; 16]> = SmallVec::from_elem(0, self.query.len());
        let read = read_query(query, self.limits.parameters, |name, value| {
            let Some(place) = self.query.iter().position(|field| *field.name == *name) else {
                violations.add(Location::Query(None), Code::QueryUnknown);
                return !violations.is_full();
            };
            let field = &self.query[place];
            counts[place] += 1;
            let code = if counts[place] > 1 && !judge.is_list(field.schema) {
                Some(Code::QueryRepeated)
            } else {
                judge.check(field.schema, Text::new(value))
            };
            if let Some(code) = code {
                violations.add(field.location(), code);
            }
            !violations.is_full()
        });
        match read {
            Ok(()) => {}
            Err(QueryError::Stopped) => return,
            Err(QueryError::Malformed) => {
                violations.add(Location::Query(None), Code::QueryMalformed);
            }
            Err(QueryError::TooMany) => {
                violations.add(Location::Query(None), Code::TooManyParameters);
            }
        }
        for (field, count) in self.query.iter().zip(counts) {
            let code = match count {
                0 => field.required.then_some(Code::Required),
                count if judge.is_list(field.schema) => judge.check_count(field.schema, count),
                _ => None,
            };
            if let Some(code) = code {
                violations.add(field.location(), code);
            }
        }
    }

    fn parameter<'a>(&'a self, policy: &'a Compiled) -> Parameter<'a> {
        Parameter {
            program: &policy.program,
            addresses: &policy.addresses,
            limits: &self.limits,
        }
    }
}

impl QueryField {
    fn location(&self) -> Location {
        Location::Query(Some(self.name.clone()))
    }
}
