//! What was added.

const APP: &str = include_str!("project/app.rs");
const HARDENED: &str = include_str!("project/hardened.rs");

#[test]
fn two_lines_are_added_and_nothing_is_changed() {
    let mut before = APP.lines().peekable();
    let added: Vec<&str> = HARDENED
        .lines()
        .filter(|line| before.next_if_eq(line).is_none())
        .map(str::trim)
        .collect();
    assert_eq!(before.next(), None, "nothing is left out");
    assert_eq!(
        added,
        [
            "let policy = tower_harden::Policy::from_openapi(document.as_str())?;",
            "let router = router.layer(tower_harden::HardenLayer::new(policy));",
        ]
    );
}
