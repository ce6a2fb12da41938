use std::{str::Utf8Error, sync::Arc};

use http::{HeaderMap, HeaderName};

use super::{
    Compiled,
    multipart::Multipart,
    parameters::{COOKIES, FORM, Fields, Part, QUERY, Tally},
};
use crate::{
    Code, Limits, Location,
    input::{Bodies, Cookie, FieldsError, read_cookies, read_pairs},
    mode::Modes,
    schema::{NodeId, Parameter},
    telemetry::Meters,
    text::Text,
    violations::Violations,
};

/// What one method of one route accepts, compiled.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// The pattern of its route; `None` stands for the routes that are not declared.
    pub(crate) route: Option<Arc<str>>,
    pub(super) path: Vec<(Arc<str>, NodeId)>,
    pub(super) query: Fields,
    pub(super) headers: Vec<HeaderField>,
    pub(super) cookies: Fields,
    pub(super) json: Option<NodeId>,
    pub(super) form: Option<Fields>,
    pub(super) multipart: Option<Multipart>,
    /// Whether a request may come without the declared body.
    pub(crate) optional_body: bool,
    pub(crate) limits: Limits,
    pub(crate) modes: Modes,
    pub(crate) meters: Meters,
}

/// A declared header.
#[derive(Debug)]
pub(super) struct HeaderField {
    pub(super) name: HeaderName,
    pub(super) schema: NodeId,
    pub(super) required: bool,
}

impl Endpoint {
    /// An endpoint that declares nothing.
    pub(super) fn empty(limits: Limits, modes: Modes) -> Self {
        Self {
            route: None,
            path: Vec::new(),
            query: Fields::default(),
            headers: Vec::new(),
            cookies: Fields::default(),
            json: None,
            form: None,
            multipart: None,
            optional_body: false,
            limits,
            modes,
            meters: Meters::new(None, None),
        }
    }

    pub(crate) fn bodies(&self) -> Bodies {
        Bodies {
            json: self.json.is_some(),
            form: self.form.is_some(),
            multipart: self.multipart.is_some(),
        }
    }

    /// Whether every request has a body.
    pub(crate) fn requires_body(&self) -> bool {
        self.bodies().any() && !self.optional_body
    }

    pub(crate) fn has_path_parameters(&self) -> bool {
        !self.path.is_empty()
    }

    /// Judges the parameters of the path, which have to be the declared ones, each once.
    pub(crate) fn judge_path<'a>(
        &self,
        policy: &Compiled,
        parameters: impl Iterator<Item = (&'a str, &'a str)>,
        violations: &mut Violations,
    ) {
        let judge = self.parameter(policy);
        let mut count = 0;
        for (name, value) in parameters {
            let Some((name, schema)) = self.path.iter().find(|(declared, _)| **declared == *name)
            else {
                // The pattern of the route has no such parameter: another router decoded the path.
                return violations.add(Location::Path(None), Code::PathUnreadable);
            };
            count += 1;
            let value = Text::new(value);
            if let Some(code) = judge.check(*schema, value) {
                let location = Location::Path(Some(name.clone()));
                violations.add_first(&location, code, |wanted| {
                    judge.check_behind(*schema, value, wanted)
                });
            }
        }
        if count != self.path.len() {
            violations.add(Location::Path(None), Code::PathUnreadable);
        }
    }

    pub(crate) fn judge_query(&self, policy: &Compiled, query: &str, violations: &mut Violations) {
        if !query.is_empty() || !self.query.is_empty() {
            self.judge_pairs(&QUERY, &self.query, Ok(query), policy, violations);
        }
    }

    /// Judges a body that is a form.
    pub(crate) fn judge_form(&self, policy: &Compiled, body: &[u8], violations: &mut Violations) {
        if let Some(fields) = &self.form {
            let body = std::str::from_utf8(body);
            self.judge_pairs(&FORM, fields, body, policy, violations);
        }
    }

    /// Judges a body that is a form in parts.
    pub(crate) fn judge_multipart(
        &self,
        policy: &Compiled,
        body: &[u8],
        boundary: &[u8],
        violations: &mut Violations,
    ) {
        if let Some(multipart) = &self.multipart {
            multipart.judge(body, boundary, self.parameter(policy), violations);
        }
    }

    fn judge_pairs(
        &self,
        part: &'static Part,
        fields: &Fields,
        pairs: Result<&str, Utf8Error>,
        policy: &Compiled,
        violations: &mut Violations,
    ) {
        let mut tally = Tally::new(part, fields, self.parameter(policy), violations);
        let read = match pairs {
            Ok(pairs) => read_pairs(pairs, tally.most(), |name, value| {
                tally.field(name, Some(value))
            }),
            Err(_) => Err(FieldsError::Malformed),
        };
        tally.end_counted(read);
    }

    /// Judges the declared headers. Others are not looked at: clients and proxies add their own.
    pub(crate) fn judge_headers(
        &self,
        policy: &Compiled,
        headers: &HeaderMap,
        violations: &mut Violations,
    ) {
        for field in &self.headers {
            if violations.is_full() {
                return;
            }
            if let Some(code) = self.header(field, policy, headers) {
                let location = Location::Header(field.name.clone());
                violations.add_first(&location, code, |wanted| {
                    let judge = self.parameter(policy);
                    let lines = headers.get_all(&field.name).iter();
                    let mut lines = lines.filter_map(|line| line.to_str().ok());
                    lines.find_map(|line| judge.check_behind(field.schema, Text::new(line), wanted))
                });
            }
        }
    }

    fn header(&self, field: &HeaderField, policy: &Compiled, headers: &HeaderMap) -> Option<Code> {
        let mut lines = headers.get_all(&field.name).iter();
        let Some(line) = lines.next() else {
            return field.required.then_some(Code::Required);
        };
        if lines.next().is_some() {
            return Some(Code::HeaderRepeated);
        }
        match line.to_str() {
            Ok(value) => self.parameter(policy).check(field.schema, Text::new(value)),
            Err(_) => Some(Code::HeaderMalformed),
        }
    }

    /// Judges the declared cookies.
    pub(crate) fn judge_cookies(
        &self,
        policy: &Compiled,
        headers: &HeaderMap,
        violations: &mut Violations,
    ) {
        if self.cookies.is_empty() || violations.is_full() {
            return;
        }
        let judge = self.parameter(policy);
        let mut tally = Tally::new(&COOKIES, &self.cookies, judge, violations);
        let mut read = Ok(());
        read_cookies(headers, |cookie| {
            let go_on = match cookie {
                Cookie::Pair(name, value) => tally.field(name, Some(value)),
                Cookie::Malformed(name) => tally.field(name, None),
            };
            if !go_on {
                read = Err(FieldsError::Stopped);
            }
            go_on
        });
        tally.end(read);
    }

    fn parameter<'a>(&'a self, policy: &'a Compiled) -> Parameter<'a> {
        Parameter {
            program: &policy.program,
            addresses: &policy.addresses,
            limits: &self.limits,
        }
    }
}
