use std::{fmt, sync::Arc};

use super::NodeId;
use crate::Code;

/// A rule that needs all of a value at once.
pub(super) trait WholeRule: fmt::Debug + Send + Sync {
    /// What is wrong with a value, which is well-formed JSON.
    fn check(&self, json: &[u8]) -> Option<Code>;

    /// What is the same for rules that say the same, and different for others.
    fn fingerprint(&self) -> u64;
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

    pub(super) fn fingerprint(&self) -> u64 {
        self.rule.fingerprint()
    }

    pub(super) fn check(&self, json: &[u8]) -> Option<Code> {
        self.rule.check(json)
    }
}
