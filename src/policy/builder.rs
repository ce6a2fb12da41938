use std::sync::Arc;

use http::Method;

use super::{Compiled, Endpoint, Policy, RouteSchema, Routes, endpoint::QueryField, path};
use crate::{
    AddressPolicy, ConfigError, Limits, Location, Mode,
    error::Problems,
    location::Pointer,
    schema::{Declaration, NodeId, Place, Program, ProgramBuilder},
};

/// What a service declares; made by [`Policy::builder`].
///
/// A route is named by the pattern that the router matches, `/orders/{id}`, and a method. What is
/// not named is refused.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PolicyBuilder {
    routes: Vec<(Method, String, RouteSchema)>,
    addresses: AddressPolicy,
    limits: Limits,
    mode: Mode,
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
        self.addresses = addresses;
        self
    }

    /// The limits of every route that has none of its own.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The mode of every route that has none of its own, and of requests without a route.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Compiles the policy.
    ///
    /// # Errors
    ///
    /// Every mistake in the declarations, each with its place: a pattern that is no pattern, a
    /// parameter without a field, a field without a parameter, names and routes that stand twice,
    /// ranges that nothing fits.
    pub fn build(self) -> Result<Policy, ConfigError> {
        let mut problems = Problems::default();
        let mut compiler = Compiler {
            program: ProgramBuilder::new(),
            problems: &mut problems,
        };
        let mut routes = Routes::default();
        for (method, pattern, schema) in &self.routes {
            let name = format!("{method} {pattern}");
            let pattern: Arc<str> = pattern.as_str().into();
            let endpoint = compiler.endpoint(&name, &pattern, schema, self.limits, self.mode);
            if !routes.add(pattern, method.clone(), endpoint) {
                compiler.problems.add(name, "is declared twice");
            }
        }
        let program = compiler.program.build();
        problems.into_result()?;
        Ok(Policy {
            inner: Arc::new(self.compiled(routes, program)),
        })
    }

    fn compiled(self, routes: Routes, program: Program) -> Compiled {
        let fallback = Endpoint {
            route: None,
            path: Vec::new(),
            query: Vec::new(),
            json: None,
            limits: self.limits,
            mode: self.mode,
        };
        Compiled {
            routes,
            program,
            addresses: self.addresses,
            fallback,
        }
    }
}

struct Compiler<'a> {
    program: ProgramBuilder,
    problems: &'a mut Problems,
}

impl Compiler<'_> {
    fn endpoint(
        &mut self,
        name: &str,
        pattern: &Arc<str>,
        schema: &RouteSchema,
        limits: Limits,
        mode: Mode,
    ) -> Endpoint {
        let parameters = path::parameters(pattern).unwrap_or_else(|error| {
            self.problems.add(name, error);
            // Without a pattern, what its parameters are is not another mistake.
            schema.path.iter().map(|(name, _)| name.as_str()).collect()
        });
        for parameter in &parameters {
            if !schema
                .path
                .iter()
                .any(|(declared, _)| declared == parameter)
            {
                self.problems.add(
                    format!("{name}: path {parameter}"),
                    "has no field: add .path(..)",
                );
            }
        }

        let mut path: Vec<(Arc<str>, NodeId)> = Vec::new();
        for (parameter, declaration) in &schema.path {
            let location = Location::Path(Some(parameter.as_str().into()));
            let place = Place {
                route: &name,
                location,
            };
            if !parameters.contains(&parameter.as_str()) {
                self.problems
                    .add(place.to_string(), "is no parameter of the path");
            } else if path.iter().any(|(earlier, _)| **earlier == **parameter) {
                self.problems.add(place.to_string(), "is declared twice");
            }
            if declaration.is_list() {
                self.problems
                    .add(place.to_string(), "is a list, and a path has none");
            }
            path.push((
                parameter.as_str().into(),
                self.parameter(declaration, &place),
            ));
        }

        let mut query: Vec<QueryField> = Vec::new();
        for parameter in &schema.query {
            let location = Location::Query(Some(parameter.name.as_str().into()));
            let place = Place {
                route: &name,
                location,
            };
            if query.iter().any(|earlier| *earlier.name == *parameter.name) {
                self.problems.add(place.to_string(), "is declared twice");
            }
            query.push(QueryField {
                name: parameter.name.as_str().into(),
                schema: self.parameter(&parameter.schema, &place),
                required: parameter.required,
            });
        }

        let json = schema.json.as_ref().map(|declaration| {
            let place = Place {
                route: &name,
                location: Location::Body(Pointer::default()),
            };
            self.program.add(declaration, &place, self.problems)
        });
        Endpoint {
            route: Some(pattern.clone()),
            path,
            query,
            json,
            limits: schema.limits.unwrap_or(limits),
            mode: schema.mode.unwrap_or(mode),
        }
    }

    fn parameter(&mut self, declaration: &Declaration, place: &Place<'_>) -> NodeId {
        if !declaration.is_parameter() {
            self.problems.add(
                place.to_string(),
                "has a type that only JSON has: null, or a list of lists",
            );
        }
        self.program.add(declaration, place, self.problems)
    }
}
