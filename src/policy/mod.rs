//! What a service accepts: routes and their schemas, addresses, limits and modes.
//!
//! A [`PolicyBuilder`] is what a service declares, a [`Policy`] what it compiles to. Everything that
//! is wrong with a declaration is found when it is built, and nothing of it at the first request.

mod body;
mod builder;
mod compare;
mod compiler;
mod declared_route;
mod endpoint;
mod extend;
#[cfg(feature = "json-schema")]
mod file;
mod host_headers;
mod multipart;
#[cfg(feature = "openapi")]
mod openapi;
mod parameters;
mod path;
mod route;
mod route_schema;
mod thorough;
#[cfg(feature = "schemars")]
mod types;
mod validator;

use std::{fmt, sync::Arc};

pub(crate) use body::BodyJudge;
pub use builder::PolicyBuilder;
pub use compare::{
    Lint, LintKind, Loosened, Loosening, PolicyChange, PolicyDiff, PolicyRule, Revision,
};
pub use declared_route::DeclaredRoute;
pub(crate) use endpoint::Endpoint;
pub use host_headers::HostHeader;
pub(crate) use host_headers::HostHeaders;
#[cfg(feature = "openapi")]
pub use openapi::OpenApi;
pub(crate) use route::{Lookup, Routes};
pub use route_schema::RouteSchema;
#[cfg(all(feature = "axum", feature = "schemars"))]
pub use types::{Describe, HandlerFn, infer};
pub use validator::Validator;

use crate::{AddressPolicy, schema::Program};

/// What a service accepts, compiled. Cheap to clone: clones share everything.
///
/// ```
/// use tower_harden::{Field, Policy, RouteSchema, Schema};
///
/// let policy = Policy::builder()
///     .post("/orders", RouteSchema::new().json(Schema::object()
///         .required("sku", Field::string().max_length(64).pattern("^[A-Z0-9-]+$"))
///         .required("quantity", Field::integer(1..=100))
///         .optional("callback", Field::url())))
///     .get("/tables/{table}", RouteSchema::new().path("table", Field::table_name()))
///     .build()?;
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Policy {
    inner: Arc<Compiled>,
    /// For policies that extend this one.
    declared: Arc<PolicyBuilder>,
}

pub(crate) struct Compiled {
    pub(crate) routes: Routes,
    pub(crate) program: Program,
    pub(crate) addresses: AddressPolicy,
    pub(crate) host_headers: HostHeaders,
    /// Stands for the routes that are not declared: their limits and their mode.
    pub(crate) fallback: Arc<Endpoint>,
    /// What it says, as a number.
    pub(crate) revision: Revision,
}

impl Compiled {
    fn new(
        routes: Routes,
        program: Program,
        addresses: AddressPolicy,
        host_headers: HostHeaders,
        fallback: Endpoint,
    ) -> Self {
        let mut policy = Self {
            routes,
            program,
            addresses,
            host_headers,
            fallback: Arc::new(fallback),
            revision: Revision::NONE,
        };
        policy.revision = Revision::of(&policy);
        policy
    }
}

impl Policy {
    /// A policy without routes, to which routes are added.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// For each declared method of each route: the pattern, the method, a path that the pattern
    /// matches with `value` in place of each parameter, and what is declared.
    pub(crate) fn samples(
        &self,
        value: &str,
    ) -> impl Iterator<Item = (&str, &http::Method, String, &Endpoint)> {
        let routes = self.inner.routes.iter();
        routes.map(move |(pattern, method, endpoint)| {
            let path = path::sample(pattern, value);
            (&**pattern, method, path, &**endpoint)
        })
    }

    pub(crate) fn compiled(&self) -> &Arc<Compiled> {
        &self.inner
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("routes", &self.inner.routes)
            .field("delegated", &self.inner.program.delegated)
            .finish_non_exhaustive()
    }
}
