//! Files that are policies, and what is told of those that are none.

use std::{fs, path::Path};

use http::StatusCode;
use middleware_tests::{answer, by_path, get, post, suite};
use serde::Deserialize;
use tower_harden::{ConfigError, ConfigProblem, Policy};

/// The policy of a file by the extension of its name.
pub(crate) fn read(name: &str, text: &str) -> Result<Policy, ConfigError> {
    if Path::new(name).extension().is_some_and(|it| it == "toml") {
        Policy::from_toml(text)
    } else {
        Policy::from_json(text)
    }
}

/// The files that are policies: their names and texts.
pub(crate) fn valid() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/policy_files");
    let mut files = Vec::new();
    for file in fs::read_dir(folder).expect("a folder of files") {
        let path = file.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if !name.ends_with(".jsonl") {
            let text = fs::read_to_string(&path).expect("a text");
            files.push((name.into_owned(), text));
        }
    }
    assert!(files.len() >= 4, "{files:?}");
    files
}

/// A file with mistakes, and what is told of each: its place, a colon, and the message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Broken {
    toml: Option<String>,
    json: Option<String>,
    why: String,
    #[serde(default)]
    told: Vec<String>,
}

impl Broken {
    fn problems(&self) -> Vec<ConfigProblem> {
        let built = match (&self.toml, &self.json) {
            (Some(text), None) => Policy::from_toml(text),
            (None, Some(text)) => Policy::from_json(text),
            _ => panic!("{}: one text of one language", self.why),
        };
        let error = built.map(|_| ()).expect_err(&self.why);
        error.problems().to_vec()
    }

    fn text(&self) -> &str {
        let text = self.toml.as_ref().or(self.json.as_ref());
        text.map_or("", |text| text.trim_start_matches('\u{feff}'))
    }
}

#[test]
fn files_are_policies() {
    for (name, text) in valid() {
        if let Err(error) = read(&name, &text) {
            panic!("{name}: {error}");
        }
    }
}

#[tokio::test]
async fn a_file_judges_requests() {
    let files = valid();
    let (name, text) = files
        .iter()
        .find(|(name, _)| name == "orders.json")
        .expect("it is there");
    let layer = by_path(read(name, text).expect("it has no mistakes"));
    for (body, status) in [
        (r#"{"own":true,"any":[1],"$ref":"text"}"#, StatusCode::OK),
        (r#"{"own":1}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"other":true}"#, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = answer(&layer, post("/orders", body)).await;
        assert_eq!(answer.status(), status, "{body}");
    }
    assert_eq!(
        answer(&layer, get("/orders?limit=1")).await.status(),
        StatusCode::OK,
        "the route is off"
    );
    let unknown = answer(&layer, get("/other")).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[test]
fn every_mistake_is_told_where_it_stands() {
    let mut wrong = Vec::new();
    for row in suite::vectors::<Broken>("policy_files/broken.jsonl") {
        let told = row.problems();
        let told = told
            .iter()
            .map(|it| format!("{}: {}", it.place(), it.message()));
        let told: Vec<String> = told.collect();
        if told != row.told {
            wrong.push(format!("{}:\n{told:#?}\nand not\n{:#?}", row.why, row.told));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The line of an excerpt is that of the place, and its carets begin at the column.
#[test]
fn excerpts_show_the_place() {
    let mut excerpts = 0;
    for row in suite::vectors::<Broken>("policy_files/broken.jsonl") {
        let lines: Vec<&str> = row.text().split('\n').collect();
        for problem in row.problems() {
            let place = problem.place().strip_prefix("line ");
            let (line, rest) = place
                .and_then(|it| it.split_once(", column "))
                .expect(&row.why);
            let column = rest.split(':').next().and_then(|it| it.parse().ok());
            let (line, column): (usize, usize) =
                (line.parse().expect("a line"), column.expect("a column"));

            let excerpt = problem.excerpt().expect("it is of a text");
            let [_, shown, carets] = excerpt.lines().collect::<Vec<_>>()[..] else {
                panic!("{excerpt}");
            };
            let (number, shown) = shown
                .split_once(" | ")
                .unwrap_or((shown.trim_end_matches(" |"), ""));
            let carets = carets.split_once(" | ").expect("a gutter").1;
            assert_eq!(number, line.to_string(), "{excerpt}");
            let expected = lines[line - 1].trim_end_matches('\r').replace('\t', " ");
            assert_eq!(shown.trim_start_matches('\u{feff}'), expected, "{excerpt}");
            assert_eq!(carets.find('^'), Some(column - 1), "{excerpt}");
            excerpts += 1;
        }
    }
    assert!(excerpts > 80, "{excerpts} excerpts");
}
