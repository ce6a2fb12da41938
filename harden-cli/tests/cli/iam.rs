use crate::{Run, harden};

const SCOPE: [&str; 4] = ["--account", "111122223333", "--region", "eu-west-1"];

fn iam(file: &str, more: &[&str]) -> Run {
    harden(&[&["iam", file], &SCOPE[..], more].concat())
}

#[test]
fn an_iam_policy_is_written() {
    let run = iam("tables.toml", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let statement = &run.json()["Statement"][0];
    assert_eq!(
        statement["Resource"][0],
        "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders"
    );
    assert_eq!(iam("tables.toml", &["--json"]).json(), run.json());
}

#[test]
fn what_is_written_passes_its_own_check() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("iam.json");
    std::fs::write(&path, iam("tables.toml", &[]).out).expect("a file");
    let run = iam("tables.toml", &["--check", path.to_str().expect("a path")]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(
        run.out,
        "grants what the table policy declares, and nothing else\n"
    );
}

#[test]
fn a_wide_policy_is_found() {
    let run = iam("tables.toml", &["--check", "iam_wide.json"]);
    assert_eq!(run.code, 1);
    let told = "iam_wide.json: warning: statement Tables: dynamodb:Scan on *: ";
    assert!(run.out.contains(told), "{}", run.out);
    assert!(run.out.contains("(missing)"), "{}", run.out);
    let json = iam("tables.toml", &["--check", "iam_wide.json", "--json"]).json();
    assert_eq!(json["findings"][0]["statement"], "statement Tables");
    assert_eq!(json["findings"][0]["action"], "dynamodb:Scan");
}

#[test]
fn options_say_what_iam_knows() {
    let more = [
        "--principal",
        "tenant-7",
        "--key-attributes",
        "Orders=placed_at,by",
    ];
    let run = iam("tables.toml", &more);
    assert_eq!(run.code, 0, "{}", run.err);
    for told in ["\"tenant-7\"", "\"placed_at\"", "\"by\""] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
    for wrong in ["Orders", "=id", "Orders=", "Orders=a,"] {
        assert_eq!(
            iam("tables.toml", &["--key-attributes", wrong]).code,
            2,
            "{wrong}"
        );
    }
    let run = iam("tables.toml", &["--key-attributes", "Odrers=id"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Odrers"), "{}", run.err);
}

#[test]
fn mistakes_are_told() {
    let run = harden(&[
        "iam",
        "tables.toml",
        "--account",
        "1111",
        "--region",
        "Ireland",
    ]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.err,
        "harden: error: account \"1111\": is not 12 digits\n\
         harden: error: region \"Ireland\": is not the name of a region, such as eu-west-1\n"
    );
    let run = iam("tables_mistakes.toml", &[]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.starts_with("tables_mistakes.toml:3:1: error: "),
        "{}",
        run.err
    );
    let run = iam("harden.toml", &[]);
    assert!(
        run.err.contains("is no DynamoDB table policy"),
        "{}",
        run.err
    );
    let run = iam("tables.toml", &["--check", "half.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("half.json:"), "{}", run.err);
}
