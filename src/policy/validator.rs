use std::fmt;

use super::{BodyJudge, Compiled, Endpoint, HostHeaders, Routes};
use crate::{
    AddressPolicy, ConfigError, Limits, Location, Mode, Schema, Violation,
    error::Problems,
    location::Pointer,
    schema::{Place, ProgramBuilder},
    violations::Violations,
};

/// Judges JSON documents that do not come with a request: messages of a queue, files, test data.
///
/// The rules are those that the layer has for a body.
///
/// ```
/// use tower_harden::{AddressPolicy, Code, Field, Limits, Schema, Validator};
///
/// let schema = Schema::object().required("url", Field::url());
/// let validator = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())?;
///
/// assert!(validator.check(br#"{"url":"https://example.com/"}"#).is_ok());
/// let violations = validator.check(br#"{"url":"http://127.1/"}"#).unwrap_err();
/// assert_eq!(violations[0].code(), Code::AddressInternal);
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
pub struct Validator {
    policy: Compiled,
}

impl Validator {
    /// Compiles a schema.
    ///
    /// # Errors
    ///
    /// Every mistake in the schema, each with its place.
    pub fn new(
        schema: impl Into<Schema>,
        addresses: AddressPolicy,
        limits: Limits,
    ) -> Result<Self, ConfigError> {
        let mut problems = Problems::default();
        let mut program = ProgramBuilder::new();
        let place = Place {
            route: &"schema",
            location: Location::Body(Pointer::default()),
        };
        let root = program.add(&schema.into().0, &place, &mut problems);
        problems.into_result()?;
        let endpoint = Endpoint {
            json: Some(root),
            ..Endpoint::empty(limits, Mode::Enforce)
        };
        let program = program.build();
        Ok(Self {
            policy: Compiled::new(
                Routes::default(),
                program,
                addresses,
                HostHeaders::default(),
                endpoint,
            ),
        })
    }

    /// Judges a document.
    ///
    /// # Errors
    ///
    /// What is wrong with it: one violation, or as many as [`Limits::max_violations`] says.
    pub fn check(&self, document: &[u8]) -> Result<(), Vec<Violation>> {
        let endpoint = &self.policy.fallback;
        let mut violations = Violations::new(endpoint.limits.violations(endpoint.mode));
        BodyJudge::new(endpoint).read(document, true, &self.policy, endpoint, &mut violations);
        if violations.is_empty() {
            Ok(())
        } else {
            Err(violations.take())
        }
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator")
            .field("delegated", &self.policy.program.delegated)
            .finish_non_exhaustive()
    }
}
