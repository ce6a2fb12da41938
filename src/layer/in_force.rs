use std::sync::OnceLock;

use crate::{
    Policy,
    telemetry::{Role, policy_in_place},
};

/// The policies that a layer asks at one time.
#[derive(Debug)]
pub(super) struct InForce {
    pub(super) enforced: Policy,
    pub(super) candidate: Option<Policy>,
    counted: OnceLock<()>,
}

impl InForce {
    pub(super) fn new(enforced: Policy, candidate: Option<Policy>) -> Self {
        Self {
            enforced,
            candidate,
            counted: OnceLock::new(),
        }
    }

    pub(super) fn policy(&self, role: Role) -> Option<&Policy> {
        match role {
            Role::Enforced => Some(&self.enforced),
            Role::Candidate => self.candidate.as_ref(),
        }
    }

    /// Shows in the metrics which policies these are, once: when the first request comes, a recorder is
    /// there if there ever is one.
    pub(super) fn count(&self) {
        self.counted.get_or_init(|| {
            for role in [Role::Enforced, Role::Candidate] {
                if let Some(policy) = self.policy(role) {
                    policy_in_place(role, policy.revision().as_str());
                }
            }
        });
    }
}
