//! Where a connection goes to.

use std::net::IpAddr;

use super::{AddressPolicy, Finding, host};

impl AddressPolicy {
    /// What is wrong with the host of a URI, before its name is looked up.
    ///
    /// # Errors
    ///
    /// `Some` finding where the policy refuses it, `None` where it is no host in its one spelling.
    pub(crate) fn check_target(
        &self,
        https: bool,
        host: &str,
        port: u16,
    ) -> Result<(), Option<Finding>> {
        host::strict(host.as_bytes(), self)?;
        host::refuse(self.door(https, port))
    }

    /// What is wrong with a name, before it is looked up.
    ///
    /// # Errors
    ///
    /// As [`check_target`](Self::check_target).
    pub(crate) fn check_name(&self, name: &str) -> Result<(), Option<Finding>> {
        host::strict(name.as_bytes(), self)
    }

    /// What is wrong with an address that a name was resolved to.
    pub(crate) fn check_answer(&self, name: &str, address: IpAddr) -> Option<Finding> {
        let found = Finding::of(self.class(address))?;
        let name = name.strip_suffix('.').unwrap_or(name);
        // Of a host that is allowed by name, whoever allowed it knows where it leads. But not to that.
        let allowed = found != Finding::Metadata && self.allows_name(name.as_bytes());
        (!allowed).then_some(found)
    }
}
