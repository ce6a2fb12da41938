use crate::harden;

#[test]
fn shells_complete_commands() {
    for (shell, begins) in [
        ("bash", "_harden()"),
        ("zsh", "#compdef harden"),
        ("fish", "# Print"),
    ] {
        let run = harden(&["completions", shell]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{shell}");
        assert!(run.out.starts_with(begins), "{shell}: {}", run.out);
        for told in ["explain", "deny-lints", "tighten-only"] {
            assert!(run.out.contains(told), "{shell}: {told}");
        }
        let json = harden(&["completions", shell, "--json"]).json();
        assert_eq!(json["script"].as_str(), Some(run.out.as_str()), "{shell}");
    }
}

#[test]
fn a_shell_that_is_none_is_a_mistake() {
    let run = harden(&["completions", "csh"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("bash"), "{}", run.err);
}
