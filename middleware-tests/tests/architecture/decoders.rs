//! `DECODERS.md` names tests that are there.

use std::{collections::BTreeSet, fs, path::Path};

#[test]
fn every_difference_names_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("DECODERS.md")).expect("DECODERS.md");
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| what"))
        .collect();
    assert!(rows.len() > 30, "{} rows", rows.len());
    let known = tests(root);
    let mut missing = Vec::new();
    for row in rows {
        let (_, cell) = row
            .trim_end_matches(" |")
            .rsplit_once(" | ")
            .expect("two cells");
        for name in cell.split(", ") {
            if !known.contains(name.trim_matches('`')) {
                missing.push(name);
            }
        }
    }
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
}

/// Every test by its file and its name.
fn tests(root: &Path) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for wall in ["tests/inbound", "tests/readings"] {
        for file in fs::read_dir(root.join(wall)).expect("a folder of tests") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                continue;
            }
            let text = fs::read_to_string(&path).expect("readable tests");
            let file = path.file_stem().expect("a name").to_string_lossy();
            for line in text.lines() {
                let line = line.trim_start();
                let line = line.strip_prefix("async ").unwrap_or(line);
                if let Some((name, _)) = line.strip_prefix("fn ").and_then(|it| it.split_once('('))
                {
                    known.insert(format!("{file}::{name}"));
                }
            }
        }
    }
    known
}
