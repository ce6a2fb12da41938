//! Fields that are text: those of a query, the headers, the cookies or a form.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::{
    Code, Location,
    input::FieldsError,
    schema::{NodeId, Parameter},
    text::{Dictionary, Text},
    violations::{Violations, Wanted},
};

/// A part of a request whose fields are text: how its fields are named, and what may be wrong.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) location: fn(Option<Arc<str>>) -> Location,
    /// `None`: what is not declared is not looked at.
    pub(super) unknown: Option<Code>,
    pub(super) repeated: Code,
    pub(super) malformed: Code,
}

pub(super) const QUERY: Part = Part {
    location: Location::Query,
    unknown: Some(Code::QueryUnknown),
    repeated: Code::QueryRepeated,
    malformed: Code::QueryMalformed,
};

/// Browsers send the cookies of every service on a domain.
pub(super) const COOKIES: Part = Part {
    location: Location::Cookie,
    unknown: None,
    repeated: Code::CookieRepeated,
    malformed: Code::CookieMalformed,
};

pub(super) const FORM: Part = Part {
    location: Location::Form,
    unknown: Some(Code::FormUnknown),
    repeated: Code::FormRepeated,
    malformed: Code::FormMalformed,
};

/// A declared field.
#[derive(Debug)]
pub(super) struct ParameterField {
    pub(super) name: Arc<str>,
    pub(super) schema: NodeId,
    pub(super) required: bool,
}

/// The declared fields of one part.
#[derive(Debug, Default)]
pub(super) struct Fields {
    names: Dictionary,
    pub(super) fields: Vec<ParameterField>,
}

impl Fields {
    pub(super) fn new(fields: Vec<ParameterField>) -> Self {
        Self {
            names: Dictionary::new(fields.iter().map(|field| &*field.name)),
            fields,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &ParameterField> {
        self.fields.iter()
    }

    /// The least number of parameters that a request has, where a field is written in `least` of them.
    pub(super) fn least(&self, least: impl Fn(NodeId) -> usize) -> usize {
        let numbers = || {
            self.iter()
                .map(|field| (field.required, least(field.schema)))
        };
        let required = numbers().filter(|(required, _)| *required);
        let required: usize = required.map(|(_, number)| number).sum();
        let largest = numbers().map(|(_, number)| number).max();
        required.max(largest.unwrap_or(0))
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.names.find(name.as_bytes(), 0).is_some()
    }
}

/// The judgement of one part, field by field as they come.
pub(super) struct Tally<'a> {
    part: &'static Part,
    declared: &'a Fields,
    judge: Parameter<'a>,
    violations: &'a mut Violations,
    counts: SmallVec<[u32; 8]>,
    /// The fields and files so far.
    count: usize,
    /// The place of the field that comes next, if the client keeps to the declared order.
    next: usize,
}

impl<'a> Tally<'a> {
    pub(super) fn new(
        part: &'static Part,
        declared: &'a Fields,
        judge: Parameter<'a>,
        violations: &'a mut Violations,
    ) -> Self {
        Self {
            part,
            declared,
            judge,
            violations,
            counts: SmallVec::from_elem(0, declared.fields.len()),
            count: 0,
            next: 0,
        }
    }

    /// A field has come, and may have no value that can be judged. Answers whether the next one is
    /// of interest.
    pub(super) fn field(&mut self, name: &str, value: Option<&str>) -> bool {
        self.count += 1;
        let place = self.declared.names.find(name.as_bytes(), self.next);
        let violation = match place {
            Some(place) => self
                .declared(place, value)
                .map(|code| (Some(self.declared.fields[place].name.clone()), code)),
            None => self.part.unknown.map(|code| (None, code)),
        };
        if let Some((declared, code)) = violation {
            let (judge, fields) = (self.judge, &self.declared.fields);
            let location = (self.part.location)(declared);
            self.violations.add_first(&location, code, |wanted| {
                let value = value.map(Text::new);
                let undeclared = |text| judge.check_text_behind(text, wanted);
                match place {
                    Some(place) => judge.check_behind(fields[place].schema, value?, wanted),
                    None => undeclared(Text::new(name)).or_else(|| undeclared(value?)),
                }
            });
        }
        !self.violations.is_full()
    }

    /// A file has come, and this is wrong with it, and this behind it. Answers as [`field`](Self::field).
    pub(super) fn file(
        &mut self,
        name: &Arc<str>,
        wrong: Option<Code>,
        behind: impl FnOnce(Wanted<'_>) -> Option<Code>,
    ) -> bool {
        self.count += 1;
        if let Some(code) = wrong {
            let location = (self.part.location)(Some(name.clone()));
            self.violations.add_first(&location, code, behind);
        }
        !self.violations.is_full()
    }

    /// A file has not come.
    pub(super) fn missing(&mut self, name: &Arc<str>) {
        let location = (self.part.location)(Some(name.clone()));
        self.violations.add(location, Code::Required);
    }

    /// How many fields are read: where too many of them refuse nothing, what they are may.
    pub(super) fn most(&self) -> usize {
        if self.violations.hides(Code::TooManyParameters) {
            usize::MAX
        } else {
            self.judge.limits.parameters
        }
    }

    fn declared(&mut self, place: usize, value: Option<&str>) -> Option<Code> {
        self.next = place + 1;
        let schema = self.declared.fields[place].schema;
        self.counts[place] = self.counts[place].saturating_add(1);
        if self.counts[place] > 1 && !self.judge.is_list(schema) {
            return Some(self.part.repeated);
        }
        match value {
            Some(value) => self.judge.check(schema, Text::new(value)),
            None => Some(self.part.malformed),
        }
    }

    /// As [`end`](Self::end), where the number of fields and files is limited.
    pub(super) fn end_counted(self, read: Result<(), FieldsError>) {
        let within = self.count <= self.judge.limits.parameters;
        self.end(read.and(if within {
            Ok(())
        } else {
            Err(FieldsError::TooMany)
        }));
    }

    /// No field comes any more, for this reason.
    pub(super) fn end(self, read: Result<(), FieldsError>) {
        let whole = match read {
            Ok(()) => None,
            Err(FieldsError::Stopped) => return,
            Err(FieldsError::Malformed) => Some(self.part.malformed),
            Err(FieldsError::TooMany) => Some(Code::TooManyParameters),
        };
        if let Some(code) = whole {
            self.violations.add((self.part.location)(None), code);
        }
        for (field, count) in self.declared.fields.iter().zip(self.counts) {
            let code = match count {
                0 => field.required.then_some(Code::Required),
                count if self.judge.is_list(field.schema) => {
                    self.judge.check_count(field.schema, count)
                }
                _ => None,
            };
            if let Some(code) = code {
                let location = (self.part.location)(Some(field.name.clone()));
                self.violations.add(location, code);
            }
        }
    }
}
