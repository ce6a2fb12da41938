//! A policy that stands in a file, and is replaced while the service runs.

use std::{
    error::Error,
    io,
    path::{Path, PathBuf},
};

use tower_harden::{Policy, PolicyBuilder, PolicyDiff, PolicyHandle, ReloadError};

use crate::watch::{self, Watch};

/// A file that tightens the policy of the service.
///
/// The policy of the service stays its base: whoever can write the file makes the service refuse more, and
/// never less.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    path: PathBuf,
    base: Policy,
}

/// What becomes of a policy file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is put in force.
    Enforced,
    /// It is tried beside the policy in force.
    Candidate,
}

impl PolicyFile {
    /// A file over the policy of the service.
    pub fn new(path: impl Into<PathBuf>, base: Policy) -> Self {
        let path = path.into();
        Self { path, base }
    }

    /// Puts the file in its role, and keeps it there when it changes, until what it returns is dropped.
    ///
    /// # Errors
    ///
    /// Where the file as it is now is not accepted, or cannot be watched. A later one that is not accepted is
    /// told by an event, and changes nothing; so does a file that is removed.
    pub fn follow(
        self,
        handle: PolicyHandle,
        role: Role,
    ) -> Result<Watch, Box<dyn Error + Send + Sync>> {
        let text = watch::read(&self.path);
        let seen = watch::Seen::of(&text);
        self.apply(&handle, role, text)?;
        let path = self.path.clone();
        let changed = move |text| match self.apply(&handle, role, text) {
            Ok(changes) => tell(&self.path, &changes),
            // The handle has told of it.
            Err(_kept) => {}
        };
        Ok(Watch::start(&path, seen, changed)?)
    }

    fn apply(
        &self,
        handle: &PolicyHandle,
        role: Role,
        text: io::Result<String>,
    ) -> Result<PolicyDiff, ReloadError> {
        let make = || {
            let policy = text.map_err(|error| error.to_string()).and_then(|text| {
                let file = PolicyBuilder::from_toml(&text);
                let policy = file.and_then(|file| file.extends(&self.base).build());
                policy.map_err(|error| error.to_string())
            });
            policy.map_err(|error| format!("{}: {error}", self.path.display()))
        };
        match role {
            Role::Enforced => handle.reload(make),
            Role::Candidate => handle.propose(make),
        }
    }
}

fn tell(path: &Path, changes: &PolicyDiff) {
    let path = path.display();
    if changes.is_empty() {
        tracing::info!("{path} says what it said");
    } else {
        tracing::info!("{path} has changed:\n{changes}");
    }
}
