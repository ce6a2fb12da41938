use std::{collections::BTreeMap, sync::Arc};

use http::Method;

#[cfg(feature = "json-schema")]
use super::file::Sources;
use super::{
    Compiled, Endpoint, HostHeaders, Policy, RouteSchema, Routes, compiler::Compiler, extend,
    host_headers, path, route::Route,
};
use crate::{
    AddressPolicy, ConfigError, Limits, Loosening, Mode, RuleClass,
    error::Problems,
    mode::{DeclaredModes, Modes},
    schema::ProgramBuilder,
};

/// What a service declares; made by [`Policy::builder`].
///
/// A route is named by the pattern that the router matches, `/orders/{id}`, and a method. What is
/// not named is refused. Under `Router::nest` the pattern has the prefix: `/api/orders/{id}`.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PolicyBuilder {
    pub(super) routes: Vec<(Method, String, RouteSchema)>,
    pub(super) addresses: Option<AddressPolicy>,
    pub(super) host_headers: host_headers::Declared,
    pub(super) limits: Limits,
    pub(super) modes: DeclaredModes,
    pub(super) base: Option<Policy>,
    /// Another base was declared before it.
    pub(super) extends_twice: bool,
    pub(super) may_loosen: Vec<Loosening>,
    /// The file that the policy was read from, to show what is wrong in it.
    #[cfg(feature = "json-schema")]
    pub(super) sources: Option<Arc<Sources>>,
}

impl PolicyBuilder {
    /// Declares GET, and with it HEAD, of a route.
    pub fn get(self, path: impl Into<String>, schema: RouteSchema) -> Self {
        self.route(Method::GET, path, schema)
    }

    /// Declares POST of a route.
    pub fn post(self, path: impl Into<String>, schema: RouteSchema) -> Self {
        self.route(Method::POST, path, schema)
    }

    /// Declares PUT of a route.
    pub fn put(self, path: impl Into<String>, schema: RouteSchema) -> Self {
        self.route(Method::PUT, path, schema)
    }

    /// Declares PATCH of a route.
    pub fn patch(self, path: impl Into<String>, schema: RouteSchema) -> Self {
        self.route(Method::PATCH, path, schema)
    }

    /// Declares DELETE of a route.
    pub fn delete(self, path: impl Into<String>, schema: RouteSchema) -> Self {
        self.route(Method::DELETE, path, schema)
    }

    /// Declares any method of a route.
    pub fn route(mut self, method: Method, path: impl Into<String>, schema: RouteSchema) -> Self {
        self.routes.push((method, path.into(), schema));
        self
    }

    /// The addresses that may stand in requests, in place of [`AddressPolicy::deny_internal`].
    pub fn addresses(mut self, addresses: AddressPolicy) -> Self {
        self.addresses = Some(addresses);
        self
    }

    /// The limits of every route that has none of its own.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The mode of every route that has none of its own, and of requests without a route.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.modes.all = Some(mode);
        self
    }

    /// The mode of a class of rules, on every route that says nothing else: what is said nearest to a
    /// request holds, first for the class on its route, then for its route, then for the class, then for
    /// the policy.
    ///
    /// ```
    /// use tower_harden::{Mode, Policy, RuleClass};
    ///
    /// // Schemas are tried out first; addresses are refused from the beginning.
    /// let policy = Policy::builder()
    ///     .mode(Mode::Report)
    ///     .rule_mode(RuleClass::Address, Mode::Enforce)
    ///     .build()?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn rule_mode(mut self, class: RuleClass, mode: Mode) -> Self {
        self.modes.declare(class, mode);
        self
    }

    /// Compiles the policy.
    ///
    /// # Errors
    ///
    /// Every mistake in the declarations, each with its place: a pattern that is no pattern, a
    /// parameter without a field, a field without a parameter, names and routes that stand twice,
    /// ranges that nothing fits; and everything in which it loosens the base that it
    /// [`extends`](Self::extends).
    pub fn build(mut self) -> Result<Policy, ConfigError> {
        let base = self.base.take();
        if let Some(base) = &base {
            self = self.over(&base.declared);
        }
        let modes = self.modes.within(Modes::all(Mode::Enforce));
        let mut problems = Problems::default();
        if self.extends_twice {
            let told = "a policy extends one base: let that one extend the other";
            problems.add("extends", told);
        }
        let mut compiler = Compiler {
            program: ProgramBuilder::new(),
            problems: &mut problems,
        };
        let mut routes: BTreeMap<Arc<str>, Route> = BTreeMap::new();
        let mut shapes: BTreeMap<String, &str> = BTreeMap::new();
        for (method, pattern, schema) in &self.routes {
            let name = format!("{method} {pattern}");
            let first = *shapes.entry(path::sample(pattern, "{}")).or_insert(pattern);
            if first != pattern {
                let problem = format!("is {first} with another name: routers take one of the two");
                compiler.problems.add(&name, problem);
            }
            let pattern: Arc<str> = pattern.as_str().into();
            let endpoint = compiler.endpoint(method, &pattern, schema, self.limits, modes);
            let route = routes.entry(pattern).or_default();
            if !route.add(method.clone(), endpoint) {
                compiler.problems.add(name, "is declared twice");
            }
        }
        let program = compiler.program.build();
        let host_headers = HostHeaders::new(self.host_headers.clone(), &mut problems);
        let policy = Compiled::new(
            Routes::new(routes),
            program,
            self.addresses.clone().unwrap_or_default(),
            host_headers,
            Endpoint::empty(self.limits, modes),
        );
        if let Some(base) = &base
            && problems.len() == 0
        {
            extend::check(base, &policy, &self.may_loosen, &mut problems);
        }
        let result = problems.into_result();
        #[cfg(feature = "json-schema")]
        let result = match self.sources.take() {
            Some(sources) => result.map_err(|error| sources.locate(error)),
            None => result,
        };
        result?;
        Ok(Policy {
            inner: Arc::new(policy),
            declared: Arc::new(self),
        })
    }
}
