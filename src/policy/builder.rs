use std::{collections::BTreeMap, sync::Arc};

use http::{HeaderName, Method, header::COOKIE};

#[cfg(feature = "json-schema")]
use super::file::Sources;
use super::{
    Compiled, Endpoint, HostHeaders, Policy, RouteSchema, Routes,
    endpoint::HeaderField,
    host_headers,
    multipart::{FileRule, Multipart},
    parameters::{Fields, ParameterField},
    path,
    route::Route,
    route_schema::DeclaredField,
};
use crate::{
    AddressPolicy, ConfigError, Limits, Location, Mode, MultipartSchema,
    error::Problems,
    input,
    location::Pointer,
    schema::{Declaration, NodeId, Place, ProgramBuilder},
};

/// What a service declares; made by [`Policy::builder`].
///
/// A route is named by the pattern that the router matches, `/orders/{id}`, and a method. What is
/// not named is refused. Under `Router::nest` the pattern has the prefix: `/api/orders/{id}`.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PolicyBuilder {
    routes: Vec<(Method, String, RouteSchema)>,
    addresses: AddressPolicy,
    pub(super) host_headers: host_headers::Declared,
    limits: Limits,
    mode: Mode,
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
    pub fn build(mut self) -> Result<Policy, ConfigError> {
        let mut problems = Problems::default();
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
            let endpoint = compiler.endpoint(&name, &pattern, schema, self.limits, self.mode);
            let route = routes.entry(pattern).or_default();
            if !route.add(method.clone(), endpoint) {
                compiler.problems.add(name, "is declared twice");
            }
        }
        let program = compiler.program.build();
        let declared = std::mem::take(&mut self.host_headers);
        let host_headers = HostHeaders::new(declared, &mut problems);
        let result = problems.into_result();
        #[cfg(feature = "json-schema")]
        let result = match &self.sources {
            Some(sources) => result.map_err(|error| sources.locate(error)),
            None => result,
        };
        result?;
        Ok(Policy {
            inner: Arc::new(Compiled {
                routes: Routes::new(routes),
                program,
                addresses: self.addresses,
                host_headers,
                fallback: Arc::new(Endpoint::empty(self.limits, self.mode)),
            }),
        })
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
            let schema = self.parameter(declaration, &place);
            self.once(schema, &place, "path parameter");
            path.push((parameter.as_str().into(), schema));
        }

        for what in &schema.repeated {
            self.problems
                .add(format!("{name}: {what}"), "is declared twice");
        }
        let has_body = schema.json.is_some() || schema.form.is_some() || schema.multipart.is_some();
        if schema.optional_body && !has_body {
            self.problems
                .add(name, "has an optional body, and declares none");
        }
        let limits = schema.limits.unwrap_or(limits);
        let query = schema.query.iter().map(DeclaredField::parts);
        let cookies = schema.cookies.iter().map(DeclaredField::parts);
        Endpoint {
            route: Some(pattern.clone()),
            path,
            query: self.pairs(name, Location::Query, query, limits),
            headers: self.headers(name, &schema.headers),
            cookies: self.cookies(name, cookies),
            json: schema
                .json
                .as_ref()
                .map(|json| self.json(name, json, limits)),
            form: schema
                .form
                .as_ref()
                .map(|form| self.form(name, form, limits)),
            multipart: schema
                .multipart
                .as_ref()
                .map(|multipart| self.multipart(name, multipart, limits)),
            optional_body: schema.optional_body,
            limits,
            mode: schema.mode.unwrap_or(mode),
        }
    }

    /// Fields that are written in pairs, of which there are not more than so many.
    fn pairs<'d>(
        &mut self,
        route: &str,
        location: fn(Option<Arc<str>>) -> Location,
        declared: impl Iterator<Item = (&'d str, bool, &'d Declaration)>,
        limits: Limits,
    ) -> Fields {
        let fields = self.fields(route, location, declared);
        let least = fields.least(|schema| self.program.least_parameters(schema));
        if least > limits.parameters {
            let most = limits.parameters;
            self.problems.add(
                format!("{route}: {}", location(None)),
                format!("has {least} parameters at the least, and max_parameters is {most}"),
            );
        }
        fields
    }

    fn fields<'d>(
        &mut self,
        route: &str,
        location: fn(Option<Arc<str>>) -> Location,
        declared: impl Iterator<Item = (&'d str, bool, &'d Declaration)>,
    ) -> Fields {
        let mut fields: Vec<ParameterField> = Vec::new();
        for (name, required, declaration) in declared {
            let name: Arc<str> = name.into();
            let place = Place {
                route: &route,
                location: location(Some(name.clone())),
            };
            if fields.iter().any(|earlier| earlier.name == name) {
                self.problems.add(place.to_string(), "is declared twice");
            }
            fields.push(ParameterField {
                schema: self.parameter(declaration, &place),
                name,
                required,
            });
        }
        Fields::new(fields)
    }

    fn headers(&mut self, route: &str, declared: &[DeclaredField]) -> Vec<HeaderField> {
        let mut headers: Vec<HeaderField> = Vec::new();
        for field in declared {
            let Ok(name) = HeaderName::try_from(&field.name) else {
                self.problems.add(
                    format!("{route}: header {:?}", field.name),
                    "is no header name (RFC 9110 §5.1)",
                );
                continue;
            };
            let place = Place {
                route: &route,
                location: Location::Header(name.clone()),
            };
            if headers.iter().any(|earlier| earlier.name == name) {
                self.problems.add(place.to_string(), "is declared twice");
            }
            if name == COOKIE {
                self.problems.add(
                    place.to_string(),
                    "holds cookies: declare them by .cookie(..)",
                );
            }
            let schema = self.parameter(&field.schema, &place);
            self.once(schema, &place, "header");
            headers.push(HeaderField {
                schema,
                name,
                required: field.required,
            });
        }
        headers
    }

    fn cookies<'d>(
        &mut self,
        route: &str,
        declared: impl Iterator<Item = (&'d str, bool, &'d Declaration)>,
    ) -> Fields {
        let fields = self.fields(route, Location::Cookie, declared);
        for field in fields.iter() {
            let place = Place {
                route: &route,
                location: Location::Cookie(Some(field.name.clone())),
            };
            self.once(field.schema, &place, "cookie");
        }
        fields
    }

    fn json(&mut self, route: &str, declaration: &Declaration, limits: Limits) -> NodeId {
        let place = Place {
            route: &route,
            location: Location::Body(Pointer::default()),
        };
        declaration.keep_within(&limits, &place, self.problems);
        self.program.add(declaration, &place, self.problems)
    }

    fn form(&mut self, route: &str, declaration: &Declaration, limits: Limits) -> Fields {
        if !declaration.is_record() {
            self.problems.add(
                format!("{route}: form"),
                "has declared fields only: it is never null, open or counted",
            );
        }
        self.pairs(route, Location::Form, declaration.members(), limits)
    }

    fn multipart(&mut self, route: &str, declared: &MultipartSchema, limits: Limits) -> Multipart {
        let fields = self.fields(route, Location::Form, declared.fields());
        let mut files: Vec<FileRule> = Vec::new();
        for (name, required, file) in declared.files() {
            let place = Place {
                route: &route,
                location: Location::Form(Some(name.into())),
            };
            if fields.contains(name) || files.iter().any(|earlier| *earlier.name == *name) {
                self.problems.add(place.to_string(), "is declared twice");
            }
            if file.media_types.is_empty() {
                self.problems
                    .add(place.to_string(), "has no media types: no file fits");
            }
            if !file
                .media_types
                .iter()
                .all(|media_type| input::is_media_type(media_type))
            {
                self.problems.add(
                    place.to_string(),
                    "has a media type that is none, as image/png is",
                );
            }
            // Without a limit of its own it has that of the body.
            if file.max_bytes != usize::MAX && file.max_bytes > limits.body {
                let (bytes, most) = (file.max_bytes, limits.body);
                self.problems.add(
                    place.to_string(),
                    format!(
                        "has up to {bytes} bytes, and max_body is {most}: raise it by .limits(..)"
                    ),
                );
            }
            files.push(FileRule {
                name: name.into(),
                required,
                media_types: file.media_types.clone(),
                max_bytes: file.max_bytes,
                max_files: file.max_files,
            });
        }
        Multipart { fields, files }
    }

    /// Says of a list that it stands where a field comes once.
    fn once(&mut self, schema: NodeId, place: &Place<'_>, kind: &str) {
        if self.program.is_list(schema) {
            let problem = format!("is a list, and a {kind} comes once");
            self.problems.add(place.to_string(), problem);
        }
    }

    fn parameter(&mut self, declaration: &Declaration, place: &Place<'_>) -> NodeId {
        self.program
            .add_parameter(declaration, place, self.problems)
    }
}
