//! The rows: values that are to be refused, and values that are to pass.

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};

/// What a field is declared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Context {
    Url,
    Host,
    Ip,
    Text,
}

impl Context {
    pub(crate) const ALL: [Self; 4] = [Self::Url, Self::Host, Self::Ip, Self::Text];
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => "URLs",
            Self::Host => "hosts",
            Self::Ip => "addresses",
            Self::Text => "text",
        })
    }
}

/// A value, and whether it is to be refused.
pub(crate) struct Row {
    pub(crate) context: Context,
    pub(crate) value: String,
    pub(crate) hostile: bool,
}

#[derive(Deserialize)]
struct SuiteRow {
    value: String,
    expect: String,
    ctx: Context,
}

#[derive(Deserialize)]
struct VectorRow {
    context: Context,
    input: String,
    expect: String,
}

/// The rows of the suites that say what is right: those that leave it to a policy are left out.
pub(crate) fn suites() -> Vec<Row> {
    let suites = env::var_os("TOWER_HARDEN_SUITES")
        .map_or_else(|| tests().join("../../shared/suites"), PathBuf::from);
    let Ok(directory) = fs::read_dir(suites.join("addresses")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = directory
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "jsonl"))
        .collect();
    files.sort();
    let rows = files.iter().flat_map(|file| lines::<SuiteRow>(file));
    rows.filter(|row| row.expect != "unknown")
        .map(|row| Row {
            context: row.ctx,
            value: row.value,
            hostile: row.expect == "block",
        })
        .collect()
}

/// The vectors of this repository.
pub(crate) fn vectors() -> Vec<Row> {
    lines::<VectorRow>(&tests().join("vectors/addresses.jsonl"))
        .into_iter()
        .map(|row| Row {
            context: row.context,
            value: row.input,
            hostile: row.expect != "accept",
        })
        .collect()
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lines<T: DeserializeOwned>(file: &Path) -> Vec<T> {
    let text = fs::read_to_string(file).expect("rows");
    let rows = text.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>().expect("rows of JSON")
}
