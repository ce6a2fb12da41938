//! Files as they come: broken, empty, endless, and of every kind.

use std::{fs::File, path::Path};

use crate::{harden, with_input};

#[test]
fn what_is_wrong_with_a_file_is_told_where_it_stands() {
    for (file, told) in [
        (
            "half.json",
            "half.json:2:12: error: EOF while parsing an object\n",
        ),
        ("half.yaml", "half.yaml:2:8: error: unclosed bracket"),
        (
            "half.toml",
            "half.toml:2:15: error: is no TOML: unclosed table",
        ),
        (
            "bad_utf8.toml",
            "bad_utf8.toml:2:4: error: is no UTF-8 from here on",
        ),
        ("empty.toml", "empty.toml: error: is empty"),
        (".", ".: error: is a directory, and a file is needed"),
        ("missing.toml", "missing.toml: error: there is no such file"),
        (
            "tables_mistakes.toml",
            "tables_mistakes.toml:3:1: error: unknown field `partition_ky`",
        ),
        (
            "unbuildable.toml",
            "unbuildable.toml:3:9: error: GET /orders/{id}: path id: has no field",
        ),
    ] {
        let run = harden(&["check", file]);
        assert_eq!(run.code, 2, "{file}: {}", run.out);
        assert!(run.err.starts_with(told), "{file}: {}", run.err);
        assert_eq!(run.out, "", "{file}");
    }
}

#[test]
fn excerpts_stand_below_mistakes() {
    let run = harden(&["check", "mistakes.toml"]);
    assert_eq!(
        run.err.lines().take(4).collect::<Vec<_>>(),
        [
            "mistakes.toml:4:1: error: \"max_bdy\" is no key of limits: did you mean \"max_body\"?",
            "  |",
            "4 | max_bdy = 65536",
            "  | ^^^^^^^",
        ]
    );
    let run = harden(&["check", "tables_mistakes.toml"]);
    assert!(
        run.err
            .ends_with("\n3 | partition_ky = \"tenant\"\n  | ^^^^^^^^^^^^\n"),
        "{}",
        run.err
    );
}

#[test]
fn mistakes_are_told_in_json_too() {
    let run = harden(&["check", "mistakes.toml", "--json"]);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let mistake = &run.json()["mistakes"][0];
    assert_eq!(mistake["file"], "mistakes.toml");
    assert_eq!(
        (&mistake["line"], &mistake["column"]),
        (&4.into(), &1.into())
    );
    assert!(
        mistake["message"]
            .as_str()
            .is_some_and(|it| it.contains("max_body"))
    );

    let run = harden(&[
        "iam",
        "tables.toml",
        "--account",
        "1",
        "--region",
        "eu-west-1",
        "--json",
    ]);
    assert_eq!(run.json()["mistakes"][0]["file"], serde_json::Value::Null);
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("huge.toml");
    let file = File::create(&path).expect("a file");
    // It has no bytes on the disk, and nobody could read so many.
    file.set_len(1 << 40).expect("a long file");
    let run = harden(&["check", path.to_str().expect("a path")]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.ends_with("error: is longer than 8 MiB\n"),
        "{}",
        run.err
    );
}

#[test]
fn an_endless_input_is_not_read_to_its_end() {
    let run = with_input(&["check", "-"], &vec![b'#'; 8 * 1024 * 1024 + 1]);
    assert_eq!(run.code, 2);
    assert_eq!(run.err, "<stdin>: error: is longer than 8 MiB\n");
}

#[test]
fn deep_nesting_is_told_in_few_words() {
    let (brackets, dots) = ("[".repeat(100_000), "a.".repeat(100_000));
    for text in [
        format!("version = 1\n{dots}a = 1"),
        format!("version = 1\na = {brackets}"),
        format!("[tables.X]\n{dots}a = 1"),
        format!("account = {brackets}"),
        format!("{{\"openapi\": {brackets}"),
        format!("{{\"version\": {brackets}"),
        format!("openapi: {brackets}"),
    ] {
        let run = with_input(&["check", "-"], text.as_bytes());
        assert_eq!(run.code, 2, "{}", &text[..20]);
        assert!(run.err.starts_with("<stdin>"), "{}", &text[..20]);
        assert!(
            run.err.len() < 1_000,
            "{}: {} bytes",
            &text[..20],
            run.err.len()
        );
    }
}

#[test]
fn one_file_alone_can_be_the_input() {
    let run = with_input(&["diff", "-", "-"], b"version = 1\n");
    assert_eq!(run.code, 2);
    assert!(
        run.err.starts_with("<stdin>: error: is read already"),
        "{}",
        run.err
    );
}

#[test]
fn kinds_are_told_apart_by_what_stands_in_files() {
    for (file, kind) in [
        ("harden.toml", "policy"),
        ("openapi.json", "openapi"),
        ("tables.toml", "tables"),
    ] {
        assert_eq!(
            harden(&["check", file, "--json"]).json()["kind"],
            kind,
            "{file}"
        );
    }
    for (text, kind) in [
        ("{\"version\": 1}", "policy"),
        ("# openapi: a comment\nversion = 1\n", "policy"),
        ("version = 1\n[schemas.tables]\ntype = 'string'\n", "policy"),
        (
            "'openapi': '3.1.0'\ninfo: {title: x, version: '1'}\npaths: {}\n",
            "openapi",
        ),
        ("account = ['ListTables']\n", "tables"),
    ] {
        let run = with_input(&["check", "-", "--json"], text.as_bytes());
        assert_eq!(run.code, 0, "{text}: {}", run.out);
        assert_eq!(run.json()["kind"], kind, "{text}");
    }
}

#[test]
fn a_kind_can_be_forced() {
    let run = harden(&["check", "tables.toml", "--kind", "policy"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("version is missing"), "{}", run.err);
    let run = harden(&["check", "harden.toml", "--kind", "tables"]);
    assert!(
        run.err.contains("expected `account` or `tables`"),
        "{}",
        run.err
    );
    let run = harden(&["check", "harden.toml", "--kind", "openapi"]);
    assert_eq!(run.code, 2);
}
