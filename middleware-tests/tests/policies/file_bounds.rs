//! Files that are too much of anything: one mistake each, and no end of memory or stack.

use std::time::{Duration, Instant};

use tower_harden::{ConfigError, Policy};

use crate::file;

fn told(read: Result<Policy, ConfigError>) -> String {
    let error = read.map(|_| ()).expect_err("it is too much");
    let [problem] = error.problems() else {
        panic!("one mistake: {}", error.problems().len())
    };
    assert!(
        error.to_string().len() < 1_000,
        "{} bytes",
        error.to_string().len()
    );
    format!("{}: {}", problem.place(), problem.message())
}

fn many(number: usize, text: impl FnMut(usize) -> String) -> String {
    (0..number).map(text).collect::<Vec<_>>().concat()
}

#[test]
fn a_file_has_8_mib_at_most() {
    const MOST: usize = 8 * 1024 * 1024;
    let filled = |text: &str, length: usize| text.to_owned() + &" ".repeat(length - text.len());
    let toml = |length| filled("version = 1\n", length);
    let json = |length| filled(r#"{"version":1}"#, length);
    assert!(Policy::from_toml(&toml(MOST)).is_ok());
    assert!(Policy::from_json(&json(MOST)).is_ok());
    let long = "the file: is longer than 8388608 bytes";
    assert_eq!(told(Policy::from_toml(&toml(MOST + 1))), long);
    assert_eq!(told(Policy::from_json(&json(MOST + 1))), long);
}

#[test]
fn nesting_is_told_where_it_is_too_deep() {
    let n = 100_000;
    let json = format!("{{\"version\":1,\"schemas\":{}", r#"{"a":"#.repeat(n));
    let closed = format!("{json}1{}", "}".repeat(n + 1));
    for text in [json, closed] {
        let told = told(Policy::from_json(&text));
        assert!(told.ends_with("nests deeper than 128 levels"), "{told}");
    }
    for text in [
        format!("version = 1\nschemas = {}", "{a=".repeat(n)),
        format!("version = 1\nschemas.{}a = 1\n", "a.".repeat(n)),
        format!("version = 1\n[schemas.{}a]\n", "a.".repeat(n)),
        format!("version = 1\nschemas.a = {}", "[".repeat(n)),
    ] {
        let told = told(Policy::from_toml(&text));
        assert!(told.starts_with("line 2, column "), "{told}");
        assert!(told.ends_with("nests deeper than 64 levels"), "{told}");
    }
}

#[test]
fn a_hundred_mistakes_are_told_and_the_others_counted() {
    let keys = many(50_000, |place| format!("key{place} = 1\n"));
    let error = Policy::from_toml(&format!("version = 1\n{keys}"));
    let error = error.map(|_| ()).expect_err("it is full of mistakes");
    let [.., last] = error.problems() else {
        panic!("it has mistakes")
    };
    assert_eq!(error.problems().len(), 101);
    assert_eq!(last.to_string(), "the file: has 49900 mistakes more");
}

/// One long line, of which every mistake shows a part.
#[test]
fn mistakes_on_a_long_line_are_short() {
    let keys = many(300_000, |place| format!(",\"key{place}\":1"));
    let error = Policy::from_json(&format!("{{\"version\":1{keys}}}"));
    let error = error.map(|_| ()).expect_err("it is full of mistakes");
    assert!(
        error.to_string().len() < 101 * 500,
        "{}",
        error.to_string().len()
    );
}

/// Many references between shared schemas, each of which stands for many.
#[test]
fn references_that_multiply_are_bounded() {
    let schemas = many(40, |level| {
        let next = format!("{{ \"$ref\" = \"#/schemas/L{}\" }}", level + 1);
        let all = [next.as_str(); 10].join(", ");
        format!("[schemas.L{level}]\nallOf = [{all}]\n")
    });
    let schemas = schemas + "[schemas.L40]\ntype = \"string\"\n";
    let route = "[routes.\"POST /a\"]\njson = { \"$ref\" = \"#/schemas/L0\" }\n";
    let read = Policy::from_toml(&format!("version = 1\n{schemas}{route}"));
    let told = told(read);
    assert!(
        told.ends_with("applies more than 100,000 schemas to a value"),
        "{told}"
    );
}

#[test]
fn a_long_chain_of_references_is_followed() {
    let n = 10_000;
    let links = many(n, |link| {
        format!(r##""L{link}":{{"$ref":"#/schemas/L{}"}},"##, link + 1)
    });
    let last = format!(r#""L{n}":{{"type":"object","properties":{{"a":{{"type":"string"}}}}}}"#);
    let routes = r##"{"POST /a":{"form":{"$ref":"#/schemas/L0"}}}"##;
    let text = format!(r#"{{"version":1,"schemas":{{{links}{last}}},"routes":{routes}}}"#);
    if let Err(error) = Policy::from_json(&text) {
        panic!("{error}");
    }
}

#[test]
fn a_file_may_end_anywhere() {
    for (name, text) in file::valid() {
        let ends = text.char_indices().map(|(end, _)| end);
        for end in ends.filter(|end| end % 3 == 0) {
            let Err(error) = file::read(&name, &text[..end]) else {
                continue;
            };
            for problem in error.problems() {
                assert!(problem.excerpt().is_some(), "{name} up to {end}: {problem}");
            }
        }
    }
}

#[test]
fn fields_are_bounded() {
    let fields = many(1_001, |place| format!("f{place} = true\n"));
    let text = format!("version = 1\n[routes.\"GET /a\".query]\n{fields}");
    let told = told(Policy::from_toml(&text));
    assert_eq!(
        told,
        "line 2, column 1: query has 1001 fields, and at most 1000 are read"
    );
}

/// A file that is small but for what each of many fields takes over.
#[test]
fn what_is_shared_by_many_is_bounded() {
    let note = "x".repeat(600_000);
    let schemas = format!("[schemas.S]\ntype = \"string\"\ndescription = \"{note}\"\n");
    let fields = many(999, |field| {
        format!("f{field} = {{ \"$ref\" = \"#/schemas/S\" }}\n")
    });
    let text = format!("version = 1\n{schemas}[routes.\"GET /a\".query]\n{fields}");
    let begin = Instant::now();
    let error = Policy::from_toml(&text)
        .map(|_| ())
        .expect_err("it is too much");
    let told = error.problems()[0].to_string();
    assert!(
        told.contains("with all that refer to them they come to more than 64 MiB"),
        "{told}"
    );
    let took = begin.elapsed();
    assert!(took < Duration::from_mins(1), "{took:?}");
}

#[test]
fn a_file_may_have_many_routes() {
    let routes = many(20_000, |route| {
        format!("[routes.\"GET /r{route}\"]\nquery.a = {{ type = \"boolean\" }}\n")
    });
    if let Err(error) = Policy::from_toml(&format!("version = 1\n{routes}")) {
        panic!("{error}");
    }
}
