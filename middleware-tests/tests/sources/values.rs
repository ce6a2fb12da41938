//! Values that fit a schema, and those that nearly do.

use middleware_tests::tape::Tape;
use serde_json::json;

use crate::service::{Bounds, Format, Integer, Kind, Member, Number, PATTERNS, Schema, Text};

const HOSTILE: &[&str] = &[
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "see http://10.0.0.1/ there",
    "127.0.0.1",
    "[::ffff:169.254.169.254]",
    "metadata.google.internal",
    "https://example.com/?next=http%3A%2F%2F10.0.0.1%2F",
    "aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8=",
    "",
    " ",
    "\u{202e}gpj.exe",
    "a\nb",
    "a\0",
    "\u{fe0f}",
    "null",
    "true",
    "TRUE",
    "0",
    "-1",
    "007",
    "+7",
    "1.0",
    "1e2",
    "NaN",
    "9223372036854775808",
    "../../etc/passwd",
    "CON.txt",
    "; rm -rf /",
    "-rf",
    "open ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "550e8400e29b41d4a716446655440000",
    "2026-02-30T10:00:00Z",
    "a@b@example.com",
    "http://user@example.com/",
    "8.8.8.8.",
];

const HOSTILE_JSON: &[&str] = &[
    "null",
    "true",
    "\"\"",
    "\"1\"",
    "0",
    "-1",
    "-0",
    "1.0",
    "1e2",
    "2.50",
    "1e400",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "[]",
    "{}",
    "[[]]",
    "{\"a\":1,\"a\":2}",
    "{\"__proto__\":{}}",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"http:\\/\\/169.254.169.254\"",
    "01",
    "nul",
    "'a'",
];

/// Makes values, of which one in so many is spoiled.
#[derive(Debug)]
pub(crate) struct Maker<'t, 'a> {
    pub(crate) tape: &'t mut Tape<'a>,
    pub(crate) spoiled: Option<usize>,
    /// Whether an integer is written with a fraction or an exponent.
    pub(crate) loose_integer: bool,
}

impl Maker<'_, '_> {
    fn spoils(&mut self) -> bool {
        self.spoiled
            .is_some_and(|spoiled| self.tape.one_in(spoiled))
    }

    pub(crate) fn json(&mut self, schema: &Schema) -> String {
        if self.spoils() {
            let value = if self.tape.one_in(2) {
                json!(self.tape.pick(HOSTILE)).to_string()
            } else {
                self.tape.pick(HOSTILE_JSON).to_owned()
            };
            let is_number = value.starts_with(|first: char| first == '-' || first.is_ascii_digit());
            if matches!(schema.kind, Kind::Integer(_)) && is_number {
                self.loose_integer |= value == "-0" || value.contains(['.', 'e']);
            }
            return value;
        }
        if schema.nullable && self.tape.one_in(4) {
            return "null".into();
        }
        match &schema.kind {
            Kind::Any => self
                .tape
                .pick(&["null", "1.5", "\"a\"", "{\"z\":[{}]}", "[true]"])
                .into(),
            Kind::Boolean | Kind::Number(_) => self.fitting(schema),
            Kind::Integer(_) => {
                let mut text = self.fitting(schema);
                if self.spoiled.is_some() && self.tape.one_in(5) {
                    self.loose_integer = true;
                    text.push_str(self.tape.pick(&[".0", "e0"]));
                }
                text
            }
            Kind::Text(_) | Kind::OneOf(_) => json!(self.fitting(schema)).to_string(),
            Kind::List(items, bounds) => {
                let items: Vec<String> =
                    (0..self.count(*bounds)).map(|_| self.json(items)).collect();
                format!("[{}]", items.join(","))
            }
            Kind::Map(values, bounds) => {
                let members: Vec<String> = (0..self.count(*bounds))
                    .map(|place| format!("\"k{place}\":{}", self.json(values)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            Kind::Object(members) => self.object(members),
        }
    }

    fn object(&mut self, members: &[Member]) -> String {
        let mut written = Vec::new();
        for member in members {
            if self.holds(member) {
                let value = self.json(&member.schema);
                written.push(format!("{}:{value}", json!(member.name)));
            }
        }
        if self.spoils() {
            let more = match self.tape.below(3) {
                0 => Some("\"zz\":1".to_owned()),
                1 => Some("\"A\":null".to_owned()),
                _ => written.first().cloned(),
            };
            written.extend(more);
        }
        format!("{{{}}}", written.join(","))
    }

    /// Whether a member is there.
    pub(crate) fn holds(&mut self, member: &Member) -> bool {
        if member.required {
            !self.spoils()
        } else {
            self.tape.one_in(2)
        }
    }

    fn count(&mut self, bounds: Bounds) -> u32 {
        let (least, most) = (bounds.min.unwrap_or(0), bounds.max.unwrap_or(3));
        if self.spoils() {
            return if self.tape.one_in(2) { 0 } else { most + 1 };
        }
        let more = self
            .tape
            .below(2 + (most - least) as usize)
            .min((most - least) as usize);
        least + u32::try_from(more).expect("it is small")
    }

    /// The texts of a parameter: of a list, one for each item.
    pub(crate) fn texts(&mut self, schema: &Schema) -> Vec<String> {
        match &schema.kind {
            Kind::List(item, bounds) => (0..self.count(*bounds)).map(|_| self.text(item)).collect(),
            _ => vec![self.text(schema)],
        }
    }

    pub(crate) fn text(&mut self, schema: &Schema) -> String {
        if self.spoils() {
            return self.tape.pick(HOSTILE).into();
        }
        self.fitting(schema)
    }

    /// The text of a scalar that fits.
    fn fitting(&mut self, schema: &Schema) -> String {
        match &schema.kind {
            Kind::Boolean => self.tape.pick(&["true", "false"]).into(),
            Kind::OneOf(values) => self.tape.pick(values).into(),
            Kind::Text(text) => self.of_text(text),
            Kind::Integer(integer) => self.of_integer(*integer),
            Kind::Number(number) => self.of_number(*number),
            Kind::Any | Kind::List(..) | Kind::Object(_) | Kind::Map(..) => {
                panic!("no text is {schema:?}")
            }
        }
    }

    fn of_text(&mut self, text: &Text) -> String {
        if let Some(format) = text.format {
            return self.tape.pick(samples(format)).into();
        }
        if let Some(pattern) = text.pattern {
            let known = PATTERNS.iter().find(|(known, _)| *known == pattern);
            let (_, samples) = known.expect("a known pattern");
            // An empty one may be too short, and is as good as a spoiled one.
            return self.tape.pick(samples).into();
        }
        let (least, most) = (text.min.unwrap_or(0), text.max.unwrap_or(9));
        let length = least + self.tape.below(most - least + 1);
        let character = self.tape.pick(&["a", "Z", "é", "7", "\u{1f980}"]);
        let mut written = character.repeat(length);
        if text.multiline && length > 0 && self.tape.one_in(2) {
            written.pop();
            written.push('\n');
        }
        written
    }

    fn of_integer(&mut self, integer: Integer) -> String {
        let multiple = integer.multiple.unwrap_or(1);
        let multiple = i64::try_from(multiple).expect("it is small");
        let (least, most) = (integer.min.unwrap_or(0), integer.max.unwrap_or(1000));
        // There is a multiple in every range that is generated.
        let first = least.div_euclid(multiple) * multiple;
        let first = if first < least {
            first + multiple
        } else {
            first
        };
        let steps = ((most - first) / multiple).min(50);
        let step = self
            .tape
            .below(usize::try_from(steps).expect("it is small") + 1);
        let step = i64::try_from(step).expect("it is small");
        (first + step * multiple).to_string()
    }

    fn of_number(&mut self, number: Number) -> String {
        let texts: &[&str] = if number.min == Some(0.0) || number.min.is_none() {
            &["0", "0.5", "2", "2.50", "1.5e0", "1"]
        } else {
            &["-1.5", "-1", "0.50", "1", "2.5"]
        };
        self.tape.pick(texts).into()
    }
}

fn samples(format: Format) -> &'static [&'static str] {
    match format {
        Format::Uuid => &["550e8400-e29b-41d4-a716-446655440000"],
        Format::DateTime => &["2026-11-24T10:00:00Z", "2026-11-24T10:00:00.5+02:00"],
        Format::Email => &["a.b@example.com"],
        Format::Url => &["https://example.com/", "http://example.com/a?b=c"],
        Format::Hostname => &["example.com", "example.com:80"],
        Format::Ipv4 => &["8.8.8.8"],
        Format::Ipv6 => &["2001:4860:4860::8888"],
        Format::TableName => &["orders-2026", "Orders.a_b"],
        Format::FileName => &["photo.png"],
        Format::RelativePath => &["a/b.txt", "a"],
        Format::ShellSafe => &["a-b", "v1.2"],
        Format::Base64 => &["YWJj", ""],
    }
}
