use super::*;
use crate::dynamodb::expression::Step;

fn names<'p, 'a: 'p>(paths: impl IntoIterator<Item = &'p Path<'a>>) -> Vec<String> {
    let written = |path: &Path<'a>| {
        let steps: Vec<&str> = path
            .iter()
            .map(|step| match step {
                Step::Name(name) => *name,
                Step::Element => "[]",
            })
            .collect();
        steps.join(".")
    };
    paths.into_iter().map(written).collect()
}

#[test]
fn a_selection_reads_what_it_names_and_compares() {
    let statement =
        read(r#"SELECT id, a.b[0] FROM "Orders"."by_status" WHERE tenant = ? AND "sku" > ? ORDER BY id DESC"#)
            .expect("a statement");
    assert_eq!(statement.kind, Kind::Select);
    assert_eq!(
        (statement.table, statement.index),
        ("Orders", Some("by_status"))
    );
    assert_eq!(
        names(&statement.reads),
        ["id", "a.b.[]", "tenant", "sku", "id"]
    );
    let [(path, Some(0))] = &statement.equal[..] else {
        panic!("one equality: {:?}", statement.equal);
    };
    assert_eq!(names([path]), ["tenant"]);
    assert_eq!(statement.parameters, 2);
    assert!(read("SELECT * FROM Orders").expect("one").everything);
}

#[test]
fn only_what_always_holds_is_equal() {
    for (condition, equal) in [
        ("tenant = ?", 1),
        ("(tenant = ?) AND id = ?", 2),
        ("tenant = ? OR id = ?", 0),
        ("(tenant = ? OR id = ?) AND a = 'x'", 1),
        ("NOT tenant = ?", 0),
        ("tenant IN [?, ?]", 0),
        ("tenant <> ?", 0),
        ("tenant BETWEEN ? AND ?", 0),
        ("size(tenant) = ?", 0),
        ("begins_with(tenant, ?)", 0),
        ("tenant IS NOT MISSING", 0),
    ] {
        let text = format!("SELECT id FROM Orders WHERE {condition}");
        let statement = read(&text).unwrap_or_else(|_| panic!("{text}"));
        assert_eq!(statement.equal.len(), equal, "{text}");
    }
}

#[test]
fn writing_statements_write() {
    let insert =
        read("INSERT INTO Orders VALUE {'tenant': ?, 'a': {'b': [1, -2.5, ?]}, 'c': <<'x'>>}")
            .expect("a statement");
    assert_eq!(insert.kind, Kind::Insert);
    assert_eq!(names(&insert.writes), ["tenant", "a", "c"]);
    assert_eq!(insert.equal[0].1, Some(0));
    assert_eq!(insert.parameters, 2);

    let update = read(
        "UPDATE \"Orders\" SET a = b + ? SET c.d = list_append(e, ?) REMOVE f WHERE tenant = ? RETURNING MODIFIED OLD *",
    )
    .expect("a statement");
    assert_eq!(update.kind, Kind::Update);
    assert_eq!(names(&update.writes), ["a", "c.d", "f"]);
    assert_eq!(names(&update.reads), ["b", "e", "tenant", "a", "c.d", "f"]);

    let delete = read("DELETE FROM Orders WHERE tenant = ? AND id = ? RETURNING ALL OLD *")
        .expect("a statement");
    assert_eq!((delete.kind, delete.everything), (Kind::Delete, true));
    let whole = read("EXISTS(SELECT * FROM Orders WHERE tenant = ? AND sku = ?)").expect("one");
    assert!(!whole.everything);
    assert_eq!(names(&whole.reads), ["tenant", "sku"]);
    let exists = read("EXISTS(SELECT id FROM Orders WHERE tenant = ?)").expect("a statement");
    assert_eq!(exists.kind, Kind::Select);
}

#[test]
fn what_is_not_understood_is_no_statement() {
    for text in [
        "",
        "SELECT",
        "SELECT id FROM",
        "SELECT id FROM Orders; DELETE FROM Orders",
        "SELECT id FROM Orders WHERE tenant = ? -- x",
        "SELECT id FROM Orders WHERE tenant = 'it''s'",
        "SELECT id FROM Orders WHERE tenant = 'a\\'b'",
        "SELECT id FROM \"Or\"\"ders\"",
        "SELECT id FROM Orders, Users",
        "SELECT id AS x FROM Orders",
        "SELECT id FROM (SELECT id FROM Users)",
        "SELECT id FROM Orders WHERE id IN (SELECT id FROM Users)",
        "SELECT id FROM Orders WHERE unknown(id)",
        "UPDATE Orders WHERE id = ?",
        "UPDATE Orders SET a = 1",
        "DELETE FROM Orders",
        "DROP TABLE Orders",
        "SELECT id FROM Orders WHERE id = 1x",
        "INSERT INTO Orders VALUE ?",
    ] {
        assert_eq!(read(text), Err(Unreadable), "{text}");
    }
    let deep = format!("SELECT id FROM Orders WHERE {}id = ?", "NOT ".repeat(100));
    assert_eq!(read(&deep), Err(Unreadable));
}
