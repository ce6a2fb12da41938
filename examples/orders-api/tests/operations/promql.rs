//! As much of PromQL as it takes to know what a query asks for.

/// What a query asks for.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pub(crate) selectors: Vec<Selector>,
    /// The labels by which it groups, in the order in which they stand.
    pub(crate) grouped: Vec<String>,
}

/// One metric with its matchers: labels, and the values that they are compared with.
#[derive(Debug, Default)]
pub(crate) struct Selector {
    pub(crate) name: String,
    pub(crate) matchers: Vec<(String, Vec<String>)>,
}

const FUNCTIONS: [&str; 8] = [
    "count",
    "histogram_quantile",
    "increase",
    "max",
    "rate",
    "sum",
    "vector",
    "label_values",
];
const GROUPINGS: [&str; 2] = ["by", "on"];
const WORDS: [&str; 4] = ["and", "or", "unless", "offset"];

impl Query {
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let mut query = Self::default();
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            let next = tokens.get(at);
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth = depth.checked_sub(1).ok_or("a ) too many")?,
                Token::Word(word) if GROUPINGS.contains(&word.as_str()) => {
                    at += 1;
                    let end = until(&tokens, at, ')')?;
                    let labels = tokens[at..end].iter().filter_map(Token::word);
                    query.grouped.extend(labels.map(str::to_owned));
                    at = end + 1;
                }
                Token::Word(word) if WORDS.contains(&word.as_str()) => {}
                Token::Word(word) if FUNCTIONS.contains(&word.as_str()) => {
                    let grouped =
                        matches!(next, Some(Token::Word(by)) if GROUPINGS.contains(&by.as_str()));
                    if next != Some(&Token::Sign('(')) && !grouped {
                        return Err(format!("{word} has no arguments"));
                    }
                    if word == "label_values" {
                        // `label_values(metric, label)` is a query of Grafana.
                        let end = until(&tokens, at, ')')?;
                        let label = tokens[at..end].last().and_then(Token::word);
                        query.grouped.push(label.ok_or("no label")?.to_owned());
                        query.selectors.push(Selector {
                            name: tokens[at + 1].word().ok_or("no metric")?.to_owned(),
                            matchers: Vec::new(),
                        });
                        at = end;
                        depth += 1;
                    }
                }
                Token::Word(name) => {
                    let mut selector = Selector {
                        name: name.clone(),
                        matchers: Vec::new(),
                    };
                    if next == Some(&Token::Sign('{')) {
                        let end = until(&tokens, at, '}')?;
                        selector.matchers = matchers(&tokens[at + 1..end])?;
                        at = end + 1;
                    }
                    query.selectors.push(selector);
                }
                Token::Text(_) => return Err("a text that no label is compared with".into()),
                Token::Number | Token::Range | Token::Sign(_) => {}
            }
        }
        if depth > 0 {
            return Err("a ( too many".into());
        }
        Ok(query)
    }
}

fn matchers(tokens: &[Token]) -> Result<Vec<(String, Vec<String>)>, String> {
    tokens
        .split(|token| *token == Token::Sign(','))
        .map(|matcher| match matcher {
            [Token::Word(label), Token::Sign('='), Token::Text(text)]
            | [
                Token::Word(label),
                Token::Sign('='),
                Token::Sign('~'),
                Token::Text(text),
            ]
            | [
                Token::Word(label),
                Token::Sign('!'),
                Token::Sign('=' | '~'),
                Token::Text(text),
            ] => {
                let values = text.split('|').map(str::to_owned);
                // A variable of the dashboard holds any of them.
                Ok((
                    label.clone(),
                    values.filter(|value| !value.starts_with('$')).collect(),
                ))
            }
            _ => Err(format!("{matcher:?} is no matcher")),
        })
        .collect()
}

fn until(tokens: &[Token], from: usize, sign: char) -> Result<usize, String> {
    let mut rest = tokens.iter().skip(from);
    let place = rest.position(|token| *token == Token::Sign(sign));
    place
        .map(|place| from + place)
        .ok_or(format!("no {sign} follows"))
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Number,
    /// A time in brackets.
    Range,
    Sign(char),
}

impl Token {
    fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let end = rest[1..].find('"').ok_or("a text without an end")?;
                tokens.push(Token::Text(rest[1..=end].to_owned()));
                end + 2
            }
            '[' => {
                let end = rest.find(']').ok_or("a range without an end")?;
                let time = &rest[1..end];
                let plain = time.ends_with('m') && time[..time.len() - 1].parse::<u32>().is_ok();
                if !plain && time != "$__rate_interval" {
                    return Err(format!("{time} is no time"));
                }
                tokens.push(Token::Range);
                end + 1
            }
            first if first.is_ascii_digit() => {
                tokens.push(Token::Number);
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
                    .unwrap_or(rest.len())
            }
            first if first.is_ascii_alphabetic() => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let end = end.unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_owned()));
                end
            }
            '(' | ')' | '{' | '}' | ',' | '=' | '!' | '~' | '>' | '<' | '*' | '/' | '-' | '+' => {
                tokens.push(Token::Sign(first));
                1
            }
            other => return Err(format!("{other} is no PromQL")),
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

#[test]
fn what_a_query_asks_for_is_read() {
    let text =
        r#"sum by (route) (rate(a_total{x="1",y=~"2|3",z!="$z"}[5m])) > 0.5 * max(b) or vector(0)"#;
    let query = Query::read(text).expect("a query");
    assert_eq!(query.grouped, ["route"]);
    let [a, b] = &*query.selectors else {
        panic!("{query:?}");
    };
    assert_eq!((&*a.name, &*b.name), ("a_total", "b"));
    let matcher = |label: &str, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned());
        (label.to_owned(), values.collect::<Vec<_>>())
    };
    let expected = [
        matcher("x", &["1"]),
        matcher("y", &["2", "3"]),
        matcher("z", &[]),
    ];
    assert_eq!(a.matchers, expected);
}

#[test]
fn what_is_no_query_is_told() {
    for text in [
        "sum(a",
        "sum(a))",
        "rate a",
        r#"a{x="1}"#,
        "a{x}",
        r#"a{x=="1"}"#,
        "a[5 m]",
        "a ? b",
        r#""a""#,
    ] {
        assert!(Query::read(text).is_err(), "{text}");
    }
}
