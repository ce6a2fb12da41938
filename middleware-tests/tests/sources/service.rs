//! Services as they are generated.

use middleware_tests::tape::Tape;

#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) routes: Vec<Route>,
}

#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) pattern: String,
    pub(crate) path: Vec<(&'static str, Schema)>,
    pub(crate) query: Vec<Member>,
    pub(crate) headers: Vec<Member>,
    pub(crate) cookies: Vec<Member>,
    pub(crate) body: Body,
    pub(crate) optional_body: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    None,
    Json(Schema),
    Form(Vec<Member>),
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Any,
    Boolean,
    Text(Text),
    OneOf(Vec<&'static str>),
    Integer(Integer),
    Number(Number),
    List(Box<Schema>, Bounds),
    Object(Vec<Member>),
    Map(Box<Schema>, Bounds),
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bounds {
    pub(crate) min: Option<u32>,
    pub(crate) max: Option<u32>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) min: Option<usize>,
    pub(crate) max: Option<usize>,
    pub(crate) pattern: Option<&'static str>,
    pub(crate) format: Option<Format>,
    pub(crate) multiline: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Format {
    Uuid,
    DateTime,
    Email,
    Url,
    Hostname,
    Ipv4,
    Ipv6,
    TableName,
    FileName,
    RelativePath,
    ShellSafe,
    Base64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Integer {
    pub(crate) unsigned: bool,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) multiple: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) multiple: Option<f64>,
}

pub(crate) const FORMATS: &[Format] = &[
    Format::Uuid,
    Format::DateTime,
    Format::Email,
    Format::Url,
    Format::Hostname,
    Format::Ipv4,
    Format::Ipv6,
    Format::TableName,
    Format::FileName,
    Format::RelativePath,
    Format::ShellSafe,
    Format::Base64,
];

/// Patterns that mean the same to every reader, each with texts of at most four characters that match.
pub(crate) const PATTERNS: &[(&str, &[&str])] = &[
    ("^[A-Z]{2}$", &["AB", "ZZ"]),
    ("^[a-z0-9-]+$", &["a-1", "b"]),
    ("a", &["a", "bab"]),
    ("^(ab|c)$", &["ab", "c"]),
    ("^[^/]*$", &["", "é%"]),
];

const CHOICES: &[&[&str]] = &[
    &["open"],
    &["open", "paid", "shipped"],
    &["1", "2"],
    &["", "a b", "é"],
    &["true", "null"],
];

/// In the order of their bytes; see the fifth difference.
const NAMES: &[&str] = &["F", "a", "b-c", "d.e"];

impl Service {
    pub(crate) fn any_of(tape: &mut Tape<'_>) -> Self {
        let routes = 1 + tape.below(3);
        Self {
            routes: (0..routes)
                .map(|place| Route::any_of(tape, place))
                .collect(),
        }
    }
}

impl Route {
    fn any_of(tape: &mut Tape<'_>, place: usize) -> Self {
        let mut pattern = format!("/r{place}");
        let mut path = Vec::new();
        for name in ["id", "line"] {
            if tape.one_in(3) {
                pattern = format!("{pattern}/{{{name}}}");
                path.push((name, Schema::scalar(tape)));
            }
        }
        let method = tape.pick(&["POST", "PUT", "PATCH", "POST", "GET", "DELETE"]);
        let body = match tape.below(8) {
            _ if matches!(method, "GET" | "DELETE") => Body::None,
            0 => Body::None,
            1 | 2 => Body::Form(members(tape, &mut Schema::field)),
            _ => Body::Json(Schema::any_of(tape, 2)),
        };
        Self {
            method,
            pattern,
            path,
            query: if tape.one_in(2) {
                members(tape, &mut Schema::field)
            } else {
                Vec::new()
            },
            headers: header(tape, "x-request"),
            cookies: header(tape, "session"),
            optional_body: !matches!(body, Body::None) && tape.one_in(4),
            body,
        }
    }
}

fn header(tape: &mut Tape<'_>, name: &'static str) -> Vec<Member> {
    let there = tape.one_in(4);
    let header = there.then(|| Member {
        name,
        required: tape.one_in(2),
        schema: Schema::scalar(tape),
    });
    header.into_iter().collect()
}

fn members(tape: &mut Tape<'_>, schema: &mut dyn FnMut(&mut Tape<'_>) -> Schema) -> Vec<Member> {
    let mut members = Vec::new();
    for name in NAMES {
        if tape.one_in(2) {
            members.push(Member {
                name,
                required: tape.one_in(2),
                schema: schema(tape),
            });
        }
    }
    members
}

fn bounds(tape: &mut Tape<'_>) -> Bounds {
    Bounds {
        min: tape.one_in(4).then_some(1),
        max: tape.one_in(2).then(|| 2 + u32::from(tape.one_in(2))),
    }
}

impl Schema {
    const fn of(kind: Kind) -> Self {
        Self {
            kind,
            nullable: false,
        }
    }

    /// What may stand in JSON.
    fn any_of(tape: &mut Tape<'_>, depth: usize) -> Self {
        let kind = match tape.below(if depth == 0 { 6 } else { 12 }) {
            0 | 1 => Self::scalar(tape).kind,
            2 => Kind::Any,
            3 => Kind::Integer(Integer::any_of(tape)),
            4 | 5 => Self::scalar(tape).kind,
            6 | 7 => Kind::List(Box::new(Self::any_of(tape, depth - 1)), bounds(tape)),
            8 => Kind::Map(Box::new(Self::any_of(tape, depth - 1)), bounds(tape)),
            _ => Kind::Object(members(tape, &mut |tape| Self::any_of(tape, depth - 1))),
        };
        Self {
            nullable: tape.one_in(5) && !matches!(kind, Kind::Any),
            kind,
        }
    }

    /// What may stand in a query or in a form.
    fn field(tape: &mut Tape<'_>) -> Self {
        let scalar = Self::scalar(tape);
        if tape.one_in(4) {
            return Self::of(Kind::List(Box::new(scalar), bounds(tape)));
        }
        scalar
    }

    /// What may stand in a path, a header or a cookie.
    fn scalar(tape: &mut Tape<'_>) -> Self {
        Self::of(match tape.below(11) {
            0..=3 => Kind::Text(Text::any_of(tape)),
            4 => Kind::OneOf(tape.pick(CHOICES).to_vec()),
            5..=7 => Kind::Integer(Integer::any_of(tape)),
            8 => Kind::Number(Number::any_of(tape)),
            9 => Kind::Boolean,
            _ => Kind::Text(Text {
                format: Some(tape.pick(FORMATS)),
                ..Text::default()
            }),
        })
    }
}

impl Text {
    fn any_of(tape: &mut Tape<'_>) -> Self {
        let min = tape.one_in(3).then_some(1);
        let max = tape.one_in(2).then(|| 4 + tape.below(3));
        let pattern = tape.one_in(3).then(|| tape.pick(PATTERNS).0);
        Self {
            min,
            max,
            pattern,
            format: None,
            multiline: tape.one_in(8),
        }
    }
}

impl Integer {
    fn any_of(tape: &mut Tape<'_>) -> Self {
        let unsigned = tape.one_in(3);
        Self {
            unsigned,
            min: tape.one_in(2).then_some(if unsigned { 1 } else { -3 }),
            max: tape.one_in(2).then(|| tape.pick(&[5, 100, 1 << 40])),
            multiple: tape.one_in(4).then(|| tape.pick(&[1, 2, 5])),
        }
    }
}

impl Number {
    fn any_of(tape: &mut Tape<'_>) -> Self {
        Self {
            min: tape.one_in(2).then(|| tape.pick(&[0.0, -1.5])),
            max: tape.one_in(2).then(|| tape.pick(&[2.5, 1e9])),
            multiple: tape.one_in(4).then(|| tape.pick(&[0.01, 0.5])),
        }
    }
}
