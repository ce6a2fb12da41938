use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use arc_swap::{ArcSwap, Guard};

use super::{InForce, Probe, ReloadError};
use crate::{
    BoxError, Policy, PolicyDiff,
    telemetry::{Role, policy_changed, policy_kept},
};

/// The policy of running layers, which can be replaced without stopping them.
///
/// Clones share it, and so do the layers that are made of it. A request is judged to its end by the policy
/// that was in force when it came; reading it takes no lock.
///
/// ```
/// use tower_harden::{Field, HardenLayer, Policy, PolicyHandle, RouteSchema};
///
/// let route = |limit| RouteSchema::new().query("limit", Field::integer(1..=limit));
/// let policy = |limit| Policy::builder().get("/orders", route(limit)).build();
///
/// let handle = PolicyHandle::new(policy(100)?);
/// let layer = HardenLayer::new(handle.clone());
///
/// let changes = handle.reload(|| policy(50))?;
/// assert_eq!(changes.to_string(), "~ GET /orders: query limit: maximum 100 -> 50 (tighter)");
///
/// // What has a mistake, or breaks a probe, changes nothing.
/// assert!(handle.reload(|| policy(0)).is_err());
/// assert_eq!(handle.policy().revision(), policy(50)?.revision());
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// ```
///
/// # A candidate
///
/// A second policy can be tried beside the one in force. It judges the same requests and refuses none:
/// what it would refuse is told and counted as of the `candidate`. When that is what it should be,
/// [`promote`](Self::promote) puts it in force. It is not asked on routes that are
/// [`Off`](crate::Mode::Off), and does not see the rest of a body that the policy in force refuses early.
#[derive(Clone)]
pub struct PolicyHandle {
    shared: Arc<Handle>,
}

/// Whoever has it is the only one who replaces a policy.
type Held<'a> = MutexGuard<'a, Vec<Probe>>;

struct Handle {
    in_force: ArcSwap<InForce>,
    /// Held while a policy is replaced.
    probes: Mutex<Vec<Probe>>,
}

impl PolicyHandle {
    /// A handle on a policy that is in force from the beginning.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            shared: Arc::new(Handle {
                in_force: ArcSwap::from_pointee(InForce::new(policy, None)),
                probes: Mutex::default(),
            }),
        }
    }

    /// The policy that is in force.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.load().enforced.clone()
    }

    /// The policy that is tried beside it, if there is one.
    #[must_use]
    pub fn candidate(&self) -> Option<Policy> {
        self.load().candidate.clone()
    }

    /// A request whose verdict has to be the same under every policy from now on: the health check that
    /// has to pass, the attack that has to be refused.
    ///
    /// # Errors
    ///
    /// Where the policy in force breaks it, which then is no probe.
    pub fn add_probe(&self, probe: Probe) -> Result<(), ReloadError> {
        let mut probes = self.probes();
        probe.check(&self.load().enforced)?;
        probes.push(probe);
        Ok(())
    }

    /// Puts a policy in force, and says what it changes.
    ///
    /// It is made, probed, and only then swapped: requests that are judged meanwhile are judged by the old
    /// one. Policies are replaced one after the other, so that `make` may take its time, and may not use
    /// this handle itself. Beside the [probes](Self::add_probe) it has to declare a route, if the old one
    /// does, and has to refuse on each route that it enforces a request that no policy accepts.
    ///
    /// # Errors
    ///
    /// Where `make` fails, such as for a file that cannot be read or has mistakes, and where the policy
    /// breaks a probe. The old policy stays in force, and an event says so.
    pub fn reload<E: Into<BoxError>>(
        &self,
        make: impl FnOnce() -> Result<Policy, E>,
    ) -> Result<PolicyDiff, ReloadError> {
        self.replace(&self.probes(), Role::Enforced, make)
    }

    /// Tries a policy beside the one in force, and says how it differs.
    ///
    /// # Errors
    ///
    /// As [`reload`](Self::reload). An earlier candidate stays.
    pub fn propose<E: Into<BoxError>>(
        &self,
        make: impl FnOnce() -> Result<Policy, E>,
    ) -> Result<PolicyDiff, ReloadError> {
        self.replace(&self.probes(), Role::Candidate, make)
    }

    /// Puts the candidate in force, and says what that changes.
    ///
    /// # Errors
    ///
    /// Where there is none, and where it breaks a probe that was added since.
    pub fn promote(&self) -> Result<PolicyDiff, ReloadError> {
        let probes = self.probes();
        let candidate = || self.candidate().ok_or_else(ReloadError::no_candidate);
        let changes = self.replace(&probes, Role::Enforced, candidate)?;
        self.drop_candidate(&probes);
        Ok(changes)
    }

    /// Stops trying the candidate, if there is one.
    pub fn withdraw(&self) {
        self.drop_candidate(&self.probes());
    }

    fn drop_candidate(&self, _: &Held<'_>) {
        let before = self.before();
        let Some(candidate) = &before.candidate else {
            return;
        };
        let after = InForce::new(before.enforced.clone(), None);
        self.shared.in_force.store(Arc::new(after));
        let revision = candidate.revision();
        policy_changed(Role::Candidate, Some(revision.as_str()), None);
    }

    /// Replaces one of the policies.
    fn replace<E: Into<BoxError>>(
        &self,
        probes: &Held<'_>,
        role: Role,
        make: impl FnOnce() -> Result<Policy, E>,
    ) -> Result<PolicyDiff, ReloadError> {
        let before = self.before();
        let result = make().map_err(|error| ReloadError::source(error.into()));
        let result = result.and_then(|policy| {
            Probe::check_all(&before.enforced, &policy, probes)?;
            Ok(policy)
        });
        let old = before.policy(role).map(Policy::revision);
        let old = old.as_ref().map(crate::Revision::as_str);
        let policy = match result {
            Ok(policy) => policy,
            Err(error) => {
                policy_kept(role, old, &error);
                return Err(error);
            }
        };
        let changes = before
            .policy(role)
            .unwrap_or(&before.enforced)
            .diff(&policy);
        let new = policy.revision();
        let after = match role {
            Role::Enforced => InForce::new(policy, before.candidate.clone()),
            Role::Candidate => InForce::new(before.enforced.clone(), Some(policy)),
        };
        // One that says the same is put in force too: it may allow others that extend it something else.
        self.shared.in_force.store(Arc::new(after));
        if old != Some(new.as_str()) {
            policy_changed(role, old, Some(new.as_str()));
        }
        Ok(changes)
    }

    /// What is in force until it is replaced. It is counted now: a request that still holds it then is not
    /// to show it again.
    fn before(&self) -> Arc<InForce> {
        let before = self.shared.in_force.load_full();
        before.count();
        before
    }

    /// What is in force now.
    #[inline]
    pub(super) fn load(&self) -> Guard<Arc<InForce>> {
        self.shared.in_force.load()
    }

    /// The probes. Nothing is left half done by who panics while it holds them.
    fn probes(&self) -> Held<'_> {
        let probes = self.shared.probes.lock();
        probes.unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Policy> for PolicyHandle {
    fn from(policy: Policy) -> Self {
        Self::new(policy)
    }
}

impl fmt::Debug for PolicyHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.load().fmt(f)
    }
}
