use std::{fmt, sync::Arc};

use super::NodeId;

/// A rule that needs all of a value at once.
pub(super) trait WholeRule: fmt::Debug + Send + Sync {
    /// Whether a value, well-formed JSON, keeps to the rule.
    fn accepts(&self, json: &[u8]) -> bool;
}

/// A value that is judged by a [`WholeRule`] once it is complete, and by the rules without schema
/// while it is read.
#[derive(Debug)]
pub(super) struct Whole {
    rule: Arc<dyn WholeRule>,
    /// The schema by which its parts are read.
    pub(super) parts: NodeId,
}

impl Whole {
    #[cfg(feature = "json-schema")]
    pub(super) fn new(rule: Arc<dyn WholeRule>, parts: NodeId) -> Self {
        Self { rule, parts }
    }

    pub(super) fn accepts(&self, json: &[u8]) -> bool {
        self.rule.accepts(json)
    }
}
