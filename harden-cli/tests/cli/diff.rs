use crate::{harden, with_input};

#[test]
fn what_differs_is_told_with_its_effect() {
    let run = harden(&["diff", "harden.toml", "newer.toml"]);
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "~ POST /orders: body #/quantity: maximum 100 -> 1000 (looser)",
            "~ POST /orders: body #/sku: max_length 64 -> 32 (tighter)",
        ]
    );
    assert!(lines[2].starts_with("2 changes: revision "), "{}", run.out);
}

#[test]
fn a_policy_does_not_differ_from_itself() {
    let run = harden(&["diff", "harden.toml", "harden.toml"]);
    assert_eq!(run.code, 0);
    assert!(
        run.out.starts_with("no difference: revision "),
        "{}",
        run.out
    );
}

#[test]
fn tighter_policies_pass_where_nothing_may_be_looser() {
    let tighter = harden(&["diff", "harden.toml", "tighter.toml", "--tighten-only"]);
    assert_eq!(tighter.code, 0, "{}", tighter.out);
    assert!(tighter.out.contains("nothing is looser"));

    let looser = harden(&["diff", "tighter.toml", "harden.toml", "--tighten-only"]);
    assert_eq!(looser.code, 1);
    let told =
        "looser: POST /orders: body #/quantity: maximum is 100, and 50 in the base (schemas)";
    assert!(looser.out.contains(told), "{}", looser.out);
}

#[test]
fn scripts_may_only_print_a_difference() {
    let run = harden(&["diff", "harden.toml", "newer.toml", "--exit-zero"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("2 changes"), "{}", run.out);
    let both = [
        "diff",
        "harden.toml",
        "newer.toml",
        "--exit-zero",
        "--tighten-only",
    ];
    assert_eq!(harden(&both).code, 2);
}

#[test]
fn a_difference_is_told_in_json() {
    let run = harden(&["diff", "harden.toml", "newer.toml", "--json"]);
    assert_eq!(run.code, 1);
    let json = run.json();
    assert_ne!(json["before"], json["after"]);
    assert_eq!(json["changes"][0]["rule"], "maximum");
    assert_eq!(json["changes"][0]["effect"], "looser");
    assert_eq!(json["loosened"][0]["kind"], "schemas");
    assert_eq!(json["loosened"][0]["own"], "1000");
}

#[test]
fn policies_of_any_source_are_compared() {
    let policy = harden(&["import", "openapi.yaml", "--without", "POST /upload"]).out;
    let args = ["diff", "-", "openapi.yaml", "--without", "POST /upload"];
    let run = with_input(&args, policy.as_bytes());
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn table_policies_are_not_compared_so() {
    let run = harden(&["diff", "harden.toml", "tables.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("says nothing of requests"), "{}", run.err);
}
