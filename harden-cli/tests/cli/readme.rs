//! The README shows what the tool does. `UPDATE_README=1 cargo test -p harden-cli readme` writes the
//! outputs anew, after one was changed.

use std::{env, fs, path::Path};

use crate::harden;

/// What examples begin with.
const PROMPT: &str = "$ harden ";

#[test]
fn its_examples_are_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("a README");
    let mut run = String::new();
    let mut commands = 0;
    let mut in_output = false;
    for line in readme.lines() {
        if let Some(command) = line.strip_prefix(PROMPT) {
            let args = words(command);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let answer = harden(&args);
            run.extend([line, "\n", &answer.err, &answer.out]);
            commands += 1;
            in_output = true;
            continue;
        }
        in_output &= !line.starts_with("```");
        if !in_output {
            run.extend([line, "\n"]);
        }
    }
    assert!(commands > 5, "{commands} commands");
    if env::var_os("UPDATE_README").is_some() {
        fs::write(path, run).expect("a writable README");
    } else {
        let (readme, run) = (masked(&readme), masked(&run));
        assert_eq!(readme, run, "UPDATE_README=1 writes it anew");
    }
}

/// A text without the revisions in it, which are others with each version of the library.
fn masked(text: &str) -> String {
    let is_revision =
        |word: &str| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split_inclusive([' ', '\n']);
    let masked = words.map(|word| {
        let bare = word.trim_end();
        let known = if is_revision(bare) { "REVISION" } else { bare };
        format!("{known}{}", &word[bare.len()..])
    });
    masked.collect()
}

/// The words of a command, those in quotes as one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in command.split('\'').enumerate() {
        if place % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
