//! Schemas as they are generated and changed, and written as documents or declared in code.

use middleware_tests::tape::Tape;
use serde_json::{Map, Value, json};
use tower_harden::{Field, JsonSchema, Schema};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Model {
    Any,
    Null,
    Boolean,
    Text(Text),
    Number(Number),
    Array(Array),
    Object(Object),
    /// Judged as a whole.
    OneOf(Vec<Model>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
    pub(crate) pattern: Option<&'static str>,
    pub(crate) format: Option<&'static str>,
    pub(crate) values: Option<Vec<&'static str>>,
    pub(crate) encoded: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Number {
    pub(crate) integer: bool,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) exclusive: bool,
    pub(crate) multiple: Option<i64>,
    pub(crate) values: Option<Vec<i64>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Array {
    pub(crate) first: Vec<Model>,
    pub(crate) items: Box<Model>,
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object {
    pub(crate) members: Vec<(&'static str, bool, Model)>,
    pub(crate) others: Option<Box<Model>>,
    pub(crate) matching: Vec<(&'static str, Model)>,
    pub(crate) names: Option<Text>,
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
    pub(crate) together: Option<(&'static str, &'static str)>,
}

pub(crate) const NAMES: &[&str] = &["a", "b", "c", "x-1", "x-2y"];
const PATTERNS: &[&str] = &[
    "^[a-c]{1,3}$",
    "^[a-c]+$",
    "^[a-z]{1,5}$",
    "a",
    "^(ab|c)$",
    "^[0-9.]+$",
];
const NAME_PATTERNS: &[&str] = &["^x-", "y$", "^[ab]$"];
const FORMATS: &[&str] = &[
    "uuid",
    "date-time",
    "uri",
    "hostname",
    "ipv4",
    "email",
    "date",
];
pub(crate) const TEXTS: &[&str] = &[
    "",
    "a",
    "ab",
    "abc",
    "c",
    "http://10.0.0.1/",
    "10.0.0.1",
    "127.0.0.1",
];

impl Model {
    pub(crate) fn any_of(tape: &mut Tape<'_>, depth: usize) -> Self {
        match tape.below(if depth == 0 { 8 } else { 12 }) {
            0..=2 => Self::Text(Text::any_of(tape)),
            3 | 4 => Self::Number(Number::any_of(tape)),
            5 => Self::Boolean,
            6 => Self::Null,
            7 => Self::Any,
            8 => Self::Array(Array {
                first: (0..tape.below(2))
                    .map(|_| Self::any_of(tape, depth - 1))
                    .collect(),
                items: Box::new(Self::any_of(tape, depth - 1)),
                min: Self::bound(tape),
                max: Self::bound(tape),
            }),
            9 | 10 => Self::Object(Object::any_of(tape, depth - 1)),
            _ => Self::OneOf(vec![
                Self::any_of(tape, depth - 1),
                Self::any_of(tape, depth - 1),
            ]),
        }
    }

    fn bound(tape: &mut Tape<'_>) -> Option<usize> {
        tape.one_in(3).then(|| tape.below(4))
    }

    /// Changes something, most often to something narrower.
    pub(crate) fn change(&mut self, tape: &mut Tape<'_>) {
        if tape.one_in(12) {
            *self = Self::any_of(tape, 1);
            return;
        }
        match self {
            Self::Any => *self = Self::any_of(tape, 1),
            Self::Null | Self::Boolean => {}
            Self::Text(text) => text.change(tape),
            Self::Number(number) => number.change(tape),
            Self::Array(array) => match tape.below(4) {
                0 => array.items.change(tape),
                1 => array.max = Some(array.max.unwrap_or(4).saturating_sub(1)),
                2 => array.min = Some(array.min.unwrap_or(0) + tape.below(2)),
                _ => match array.first.first_mut() {
                    Some(first) => first.change(tape),
                    None => array.first.push((*array.items).clone()),
                },
            },
            Self::Object(object) => object.change(tape),
            Self::OneOf(models) => models[0].change(tape),
        }
    }

    /// As a document of JSON Schema.
    pub(crate) fn document(&self) -> Value {
        match self {
            Self::Any => json!(true),
            Self::Null => json!({"type": "null"}),
            Self::Boolean => json!({"type": "boolean"}),
            Self::Text(text) => text.document(),
            Self::Number(number) => number.document(),
            Self::Array(array) => {
                let mut document = Map::new();
                document.insert("type".into(), json!("array"));
                document.insert("items".into(), array.items.document());
                if !array.first.is_empty() {
                    let first = array.first.iter().map(Self::document);
                    document.insert("prefixItems".into(), first.collect());
                }
                insert(&mut document, "minItems", array.min);
                insert(&mut document, "maxItems", array.max);
                document.into()
            }
            Self::Object(object) => object.document(),
            Self::OneOf(models) => {
                json!({"oneOf": models.iter().map(Self::document).collect::<Vec<_>>()})
            }
        }
    }

    /// As it is declared in code, where code can say it.
    pub(crate) fn built(&self) -> Option<Schema> {
        Some(match self {
            Self::Any => Schema::any().into(),
            Self::Boolean => Field::boolean().into(),
            Self::Null | Self::OneOf(_) => return None,
            Self::Text(text) => text.built()?.into(),
            Self::Number(number) => number.built()?.into(),
            Self::Array(array) if array.first.is_empty() => {
                let mut built = Schema::array(array.items.built()?);
                if let Some(min) = array.min {
                    built = built.min_items(u32::try_from(min).ok()?);
                }
                if let Some(max) = array.max {
                    built = built.max_items(u32::try_from(max).ok()?);
                }
                built.into()
            }
            Self::Array(_) => return None,
            Self::Object(object) => object.built()?.into(),
        })
    }

    /// A model of one scalar, for fields that are text.
    pub(crate) fn scalar(tape: &mut Tape<'_>) -> Self {
        match tape.below(5) {
            0..=2 => Self::Text(Text::any_of(tape)),
            3 => Self::Number(Number::any_of(tape)),
            _ => Self::Boolean,
        }
    }

    /// As a field that is text, where code can say it.
    pub(crate) fn field(&self) -> Option<Field> {
        match self {
            Self::Text(text) => Some(text.built()?.into()),
            Self::Number(number) => number.built(),
            Self::Boolean => Some(Field::boolean().into()),
            _ => None,
        }
    }

    /// In one of the two ways.
    pub(crate) fn schema(&self, in_code: bool) -> Schema {
        let built = in_code.then(|| self.built()).flatten();
        built.unwrap_or_else(|| JsonSchema::new(self.document().to_string()).into())
    }
}

impl Text {
    pub(crate) fn any_of(tape: &mut Tape<'_>) -> Self {
        let mut text = Self::default();
        if tape.one_in(6) {
            text.values = Some(
                (0..=tape.below(2))
                    .map(|at| TEXTS[(at + tape.below(3)) % TEXTS.len()])
                    .collect(),
            );
            return text.without_twins();
        }
        for _ in 0..tape.below(3) {
            text.add(tape);
        }
        text
    }

    fn add(&mut self, tape: &mut Tape<'_>) {
        match tape.below(6) {
            0 | 1 => self.max = Some(tape.below(5)),
            2 => self.min = Some(tape.below(3)),
            3 => self.pattern = Some(tape.pick(PATTERNS)),
            4 => self.format = Some(tape.pick(FORMATS)),
            _ => self.encoded = true,
        }
    }

    fn without_twins(mut self) -> Self {
        if let Some(values) = &mut self.values {
            values.sort_unstable();
            values.dedup();
        }
        self
    }

    fn change(&mut self, tape: &mut Tape<'_>) {
        match tape.below(8) {
            0 | 1 => self.max = Some(self.max.unwrap_or(5).saturating_sub(1)),
            2 => self.min = Some(self.min.unwrap_or(0) + 1),
            3 => self.add(tape),
            4 if self.values.is_none() => {
                *self = Self {
                    values: Some(vec![tape.pick(TEXTS)]),
                    ..Self::default()
                };
            }
            5 => self.max = None,
            6 => self.format = Some(tape.pick(FORMATS)),
            7 => self.pattern = None,
            _ => {
                if let Some(values) = &mut self.values {
                    values.truncate(1);
                }
            }
        }
    }

    fn document(&self) -> Value {
        let mut document = Map::new();
        document.insert("type".into(), json!("string"));
        insert(&mut document, "minLength", self.min);
        insert(&mut document, "maxLength", self.max);
        insert(&mut document, "pattern", self.pattern);
        insert(&mut document, "format", self.format);
        insert(&mut document, "enum", self.values.as_ref());
        insert(
            &mut document,
            "contentEncoding",
            self.encoded.then_some("base64"),
        );
        document.into()
    }

    fn built(&self) -> Option<tower_harden::StringField> {
        if let Some(values) = &self.values {
            let alone = Self {
                values: self.values.clone(),
                ..Self::default()
            };
            return (*self == alone).then(|| Field::one_of(values.iter().copied()));
        }
        let mut field = match self.format {
            None => Field::string(),
            Some("uuid") => Field::uuid(),
            Some("date-time") => Field::date_time(),
            Some("uri") => Field::url(),
            Some("ipv4") => Field::ipv4(),
            Some("hostname") => Field::hostname(),
            Some(_) => return None,
        };
        // Formats of other lengths are mistakes in code.
        if self.encoded || (self.format.is_some() && (self.max, self.min) != (None, None)) {
            return None;
        }
        if self.min.zip(self.max).is_some_and(|(min, max)| min > max) {
            return None;
        }
        if let Some(min) = self.min {
            field = field.min_length(min);
        }
        if let Some(max) = self.max {
            field = field.max_length(max);
        }
        if let Some(pattern) = self.pattern {
            field = field.pattern(pattern);
        }
        Some(field)
    }
}

impl Number {
    pub(crate) fn any_of(tape: &mut Tape<'_>) -> Self {
        let number = |tape: &mut Tape<'_>| i64::try_from(tape.below(7)).unwrap_or(0) - 1;
        Self {
            integer: tape.one_in(2),
            min: tape.one_in(2).then(|| number(tape)),
            max: tape.one_in(2).then(|| number(tape)),
            exclusive: tape.one_in(4),
            multiple: tape.one_in(4).then(|| number(tape).abs() + 1),
            values: tape.one_in(5).then(|| vec![number(tape), 9]),
        }
    }

    fn change(&mut self, tape: &mut Tape<'_>) {
        match tape.below(7) {
            0 => self.max = Some(self.max.unwrap_or(6) - 1),
            1 => self.min = Some(self.min.unwrap_or(-1) + 1),
            2 => self.integer = !self.integer,
            3 => self.multiple = self.multiple.map(|multiple| multiple * 2),
            4 => self.exclusive = !self.exclusive,
            5 => self.max = None,
            _ => self.values = Some(vec![1, 2]),
        }
    }

    fn document(&self) -> Value {
        let mut document = Map::new();
        document.insert(
            "type".into(),
            json!(if self.integer { "integer" } else { "number" }),
        );
        let [min, max] = if self.exclusive {
            ["exclusiveMinimum", "exclusiveMaximum"]
        } else {
            ["minimum", "maximum"]
        };
        insert(&mut document, min, self.min);
        insert(&mut document, max, self.max);
        insert(&mut document, "multipleOf", self.multiple);
        insert(&mut document, "enum", self.values.as_ref());
        document.into()
    }

    fn built(&self) -> Option<Field> {
        if self.exclusive
            || self.values.is_some()
            || self.min.zip(self.max).is_some_and(|(a, b)| a > b)
        {
            return None;
        }
        let multiple = |number: i64| u64::try_from(number).ok();
        if self.integer {
            let (min, max) = (self.min.unwrap_or(i64::MIN), self.max.unwrap_or(i64::MAX));
            let field = Field::integer(min..=max);
            return Some(match self.multiple {
                Some(number) => field.multiple_of(multiple(number)?).into(),
                None => field.into(),
            });
        }
        self.multiple.is_none().then_some(())?;
        let float = |number: i64| f64::from(i32::try_from(number).unwrap_or(0));
        let min = self.min.map_or(f64::MIN, float);
        let max = self.max.map_or(f64::MAX, float);
        Some(Field::number(min..=max).into())
    }
}

impl Object {
    pub(crate) fn any_of(tape: &mut Tape<'_>, depth: usize) -> Self {
        let mut object = Self::default();
        for name in NAMES {
            if tape.one_in(3) {
                let required = tape.one_in(3);
                object
                    .members
                    .push((name, required, Model::any_of(tape, depth)));
            }
        }
        if tape.one_in(3) {
            object.others = Some(Box::new(Model::any_of(tape, depth)));
        }
        if tape.one_in(5) {
            object
                .matching
                .push((tape.pick(NAME_PATTERNS), Model::any_of(tape, depth)));
        }
        if tape.one_in(8) {
            object.names = Some(Text::any_of(tape));
        }
        object.min = Model::bound(tape);
        object.max = Model::bound(tape);
        if tape.one_in(4) && object.members.len() > 1 {
            object.together = Some((object.members[0].0, object.members[1].0));
        }
        object.fitting()
    }

    /// Without what is a mistake in a document: required members that its names refuse.
    fn fitting(mut self) -> Self {
        let has = |name: &str| self.members.iter().any(|(known, ..)| *known == name);
        if self
            .together
            .is_some_and(|(of, name)| !has(of) || !has(name))
        {
            self.together = None;
        }
        self
    }

    fn change(&mut self, tape: &mut Tape<'_>) {
        let at = tape.below(self.members.len());
        match (tape.below(11), self.members.get_mut(at)) {
            (0..=2, Some((_, _, model))) => model.change(tape),
            (3, Some((_, required, _))) => *required = true,
            (4, Some((_, required, _))) => *required = false,
            (5, Some(_)) => drop(self.members.remove(at)),
            (6, _) => self.others = None,
            (7, _) => match &mut self.others {
                Some(others) => others.change(tape),
                None => self.max = Some(tape.below(4)),
            },
            (8, _) => self.together = None,
            (9, _) => match self.matching.first_mut() {
                Some((_, model)) => model.change(tape),
                None => self.min = Some(1),
            },
            _ => {
                let name = tape.pick(NAMES);
                if self.members.iter().all(|(known, ..)| *known != name) {
                    let model = self.others.as_deref().cloned();
                    let model = model.unwrap_or_else(|| Model::any_of(tape, 0));
                    self.members.push((name, tape.one_in(2), model));
                }
            }
        }
        *self = std::mem::take(self).fitting();
    }

    fn document(&self) -> Value {
        let mut document = Map::new();
        document.insert("type".into(), json!("object"));
        let members = self.members.iter();
        let members: Map<String, Value> = members
            .map(|(name, _, model)| ((*name).into(), model.document()))
            .collect();
        document.insert("properties".into(), members.into());
        let required = self.members.iter().filter(|(_, required, _)| *required);
        let required: Vec<&str> = required.map(|(name, ..)| *name).collect();
        document.insert("required".into(), json!(required));
        insert(
            &mut document,
            "additionalProperties",
            self.others.as_ref().map(|it| it.document()),
        );
        if let [(pattern, model)] = self.matching.as_slice() {
            document.insert(
                "patternProperties".into(),
                json!({*pattern: model.document()}),
            );
        }
        insert(
            &mut document,
            "propertyNames",
            self.names.as_ref().map(Text::document),
        );
        insert(&mut document, "minProperties", self.min);
        insert(&mut document, "maxProperties", self.max);
        insert(
            &mut document,
            "dependentRequired",
            self.together.map(|(of, name)| json!({of: [name]})),
        );
        document.into()
    }

    fn built(&self) -> Option<tower_harden::ObjectSchema> {
        let counted = self.min.is_some() || self.max.is_some();
        if counted || !self.matching.is_empty() || self.together.is_some() {
            return None;
        }
        let mut built = Schema::object();
        for (name, required, model) in &self.members {
            let schema = model.built()?;
            built = if *required {
                built.required(*name, schema)
            } else {
                built.optional(*name, schema)
            };
        }
        if let Some(others) = &self.others {
            built = built.additional(others.built()?);
            if let Some(names) = &self.names {
                built = built.additional_names(names.built()?);
            }
        } else if self.names.is_some() {
            return None;
        }
        Some(built)
    }
}

fn insert(document: &mut Map<String, Value>, keyword: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        document.insert(keyword.into(), json!(value));
    }
}
