//! Compiling what is declared for a route to what its requests are judged by.

use std::sync::Arc;

use http::{HeaderName, Method, header::COOKIE};

use super::{
    Endpoint, RouteSchema,
    endpoint::HeaderField,
    multipart::{FileRule, Multipart},
    parameters::{Fields, ParameterField},
    path,
    route_schema::DeclaredField,
};
use crate::{
    Limits, Location, MultipartSchema,
    error::Problems,
    input,
    location::Pointer,
    mode::Modes,
    schema::{Declaration, NodeId, Place, ProgramBuilder},
    telemetry::Meters,
};

/// Compiles routes one after the other, and collects what is wrong with them.
pub(super) struct Compiler<'a> {
    pub(super) program: ProgramBuilder,
    pub(super) problems: &'a mut Problems,
}

impl Compiler<'_> {
    pub(super) fn endpoint(
        &mut self,
        method: &Method,
        pattern: &Arc<str>,
        schema: &RouteSchema,
        limits: Limits,
        modes: Modes,
    ) -> Endpoint {
        let name = &*format!("{method} {pattern}");
        for (place, mistake) in &schema.mistakes {
            self.problems.add(format!("{name}: {place}"), mistake);
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
        let limits = schema.limits.map_or(limits, |own| own.within(limits));
        let query = schema.query.iter().map(DeclaredField::parts);
        let cookies = schema.cookies.iter().map(DeclaredField::parts);
        Endpoint {
            route: Some(pattern.clone()),
            path: self.path(name, pattern, schema),
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
            modes: schema.modes.within(modes),
            meters: Meters::new(Some(pattern), Some(method)),
        }
    }

    fn path(
        &mut self,
        route: &str,
        pattern: &str,
        schema: &RouteSchema,
    ) -> Vec<(Arc<str>, NodeId)> {
        let named = schema.path.iter().map(|(name, field)| (&**name, field));
        let mut declared: Vec<(&str, &Declaration)> = named.collect();
        let parameters = match path::parameters(pattern) {
            Ok(parameters) => {
                declared.extend(self.in_order(route, &parameters, schema));
                parameters
            }
            Err(error) => {
                self.problems.add(route, error);
                // Without a pattern, what its parameters are is not another mistake.
                declared.iter().map(|(name, _)| *name).collect()
            }
        };
        let in_order = schema.path_in_order.as_ref();
        let is_counted = in_order.is_none_or(|fields| fields.len() == parameters.len());
        for parameter in parameters.iter().filter(|_| is_counted) {
            if !declared.iter().any(|(name, _)| name == parameter) {
                self.problems.add(
                    format!("{route}: path {parameter}"),
                    format!("has no field: add .path(..), or path.{parameter} in a file"),
                );
            }
        }

        let mut path: Vec<(Arc<str>, NodeId)> = Vec::new();
        for (parameter, declaration) in declared {
            let place = Place {
                route: &route,
                location: Location::Path(Some(parameter.into())),
            };
            if !parameters.contains(&parameter) {
                self.problems
                    .add(place.to_string(), "is no parameter of the path");
            } else if path.iter().any(|(earlier, _)| **earlier == *parameter) {
                self.problems.add(place.to_string(), "is declared twice");
            }
            let schema = self.parameter(declaration, &place);
            self.once(schema, &place, "path parameter");
            path.push((parameter.into(), schema));
        }
        path
    }

    /// What is declared of the parameters of a path by their order.
    fn in_order<'d>(
        &mut self,
        route: &str,
        parameters: &[&'d str],
        schema: &'d RouteSchema,
    ) -> impl Iterator<Item = (&'d str, &'d Declaration)> + use<'d> {
        let fields = schema.path_in_order.as_deref();
        if let Some(fields) = fields.filter(|fields| fields.len() != parameters.len()) {
            let parameters = match parameters.len() {
                1 => "one parameter".to_owned(),
                many => format!("{many} parameters"),
            };
            let takes = fields.len();
            self.problems.add(
                format!("{route}: path"),
                format!("has {parameters}, and the type of the handler takes {takes}"),
            );
        }
        let parameters = parameters.to_vec();
        parameters.into_iter().zip(fields.unwrap_or_default())
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
