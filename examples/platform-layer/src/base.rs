//! The base policy, and those that extend it.

use tower_harden::{ConfigError, Mode, Policy, PolicyBuilder, RuleClass};

const BASE: &str = include_str!("base.toml");

/// The policy of a service over the base policy.
///
/// # Errors
///
/// Every mistake in the declarations of the service, and everything in which they loosen the base.
pub fn policy(service: PolicyBuilder) -> Result<Policy, ConfigError> {
    over(PolicyBuilder::from_toml(BASE)?, service)
}

/// The same for the first days: everything is judged, and only addresses are refused.
///
/// The base says so and not the service, which can never switch off what the base enforces.
///
/// # Errors
///
/// As [`policy`].
pub fn first_rollout_policy(service: PolicyBuilder) -> Result<Policy, ConfigError> {
    let base = PolicyBuilder::from_toml(BASE)?
        .mode(Mode::Report)
        .rule_mode(RuleClass::Address, Mode::Enforce);
    over(base, service)
}

fn over(base: PolicyBuilder, service: PolicyBuilder) -> Result<Policy, ConfigError> {
    service.extends(&base.build()?).build()
}
