//! Mistakes in what is declared of a table, each told where it stands.

use tower_harden::{
    ConfigError,
    dynamodb::{Operation, PartitionKey, ReturnValues, TablePolicy, TableRules},
};

fn told(result: Result<TablePolicy, ConfigError>) -> Vec<String> {
    let error = result.expect_err("a mistake");
    let problems = error.problems().iter();
    problems
        .map(|problem| problem.to_string().replace(r#"table "Orders": "#, ""))
        .collect()
}

fn orders(rules: impl FnOnce(TableRules) -> TableRules) -> Vec<String> {
    told(TablePolicy::new().table("Orders", rules))
}

fn tenants(table: TableRules) -> TableRules {
    table.partition_key("tenant").read(["id"]).write(["sku"])
}

#[test]
fn what_is_not_said_of_items_is_asked_for() {
    assert_eq!(
        orders(|table| table.allow([Operation::GetItem, Operation::PutItem])),
        [
            "does not say whose items it has: partition_key(..) binds them to the principal, any_partition() does not",
            "does not say what is read: read([..]) or read_all()",
            "does not say what is written: write([..]) or write_all()",
        ]
    );
    assert_eq!(
        orders(|table| table.allow([Operation::DeleteItem])),
        [
            "does not say whose items it has: partition_key(..) binds them to the principal, any_partition() does not",
        ]
    );
    let managing =
        TablePolicy::new().table("Orders", |table| table.allow([Operation::DescribeTable]));
    assert!(managing.is_ok());
}

#[test]
fn what_encloses_needs_what_it_encloses() {
    assert_eq!(
        orders(|table| tenants(table).allow([
            Operation::BatchGetItem,
            Operation::BatchWriteItem,
            Operation::TransactGetItems,
            Operation::TransactWriteItems,
        ])),
        [
            "operation BatchGetItem: encloses GetItem: declare it as well",
            "operation BatchWriteItem: encloses PutItem or DeleteItem: declare it as well",
            "operation TransactGetItems: encloses GetItem: declare it as well",
            "operation TransactWriteItems: encloses PutItem or UpdateItem or DeleteItem: declare it as well",
        ]
    );
    assert_eq!(
        orders(|table| tenants(table).only_in_transaction([Operation::PutItem, Operation::Query])),
        [
            "operation PutItem: is only in a transaction, and TransactWriteItems is not declared",
            "operation Query: is in no transaction",
        ]
    );
    let checks = TablePolicy::new().table("Orders", |table| {
        tenants(table)
            .allow([Operation::TransactWriteItems])
            .condition_checks()
    });
    assert!(checks.is_ok());
}

#[test]
fn what_reads_over_partitions_is_nothing_for_a_bound_key() {
    let problem = "reads over partitions: it cannot be declared beside a bound partition key";
    assert_eq!(
        orders(|table| tenants(table).allow([Operation::Scan])),
        [format!("operation Scan: {problem}")]
    );
    assert_eq!(
        orders(|table| table
            .any_partition()
            .read_all()
            .index_by("by_owner", "owner")
            .allow([Operation::Scan])),
        [format!("operation Scan: {problem}")]
    );
}

#[test]
fn whole_items_are_answered_where_all_may_be_read() {
    assert_eq!(
        orders(|table| tenants(table)
            .allow([Operation::PutItem])
            .return_values(ReturnValues::ALL.iter().copied())
            .return_values_on_condition_check_failure()),
        [
            "return value ALL_OLD: answers with whole items: it needs read_all()",
            "return value ALL_NEW: answers with whole items: it needs read_all()",
            "return values on condition check failure: answer with whole items: they need read_all()",
        ]
    );
}

#[test]
fn keys_and_paths_are_what_they_can_be() {
    let key = || PartitionKey::new("pk").number().after("T#").followed_by("");
    assert_eq!(
        orders(|table| table
            .allow([Operation::GetItem])
            .partition_key(key())
            .index_by("by_owner", "")
            .read(["a..b", "a[0]", "ok[].x"])
            .max_limit(0)
            .legacy(["Everything"])
            .expressions([
                "ok[0].x = :t",
                "#t = :t",
                "a ~ b",
                "",
                "ok = ",
                "pk = :t AND pw = :p"
            ])),
        [
            r#"partition key "pk": is a number, which has no text before or behind it"#,
            r#"partition key "pk": is followed by nothing: every principal would fit"#,
            r#"partition key "": has no name"#,
            r#"attribute "a..b": is not a path such as sku, address.city or lines[].price"#,
            r#"attribute "a[0]": is not a path such as sku, address.city or lines[].price"#,
            r##"expression "#t = :t": cannot be read: names of attributes stand as they are, in backticks where one is no word, and values as :value"##,
            r#"expression "a ~ b": cannot be read: names of attributes stand as they are, in backticks where one is no word, and values as :value"#,
            r#"expression "": cannot be read: names of attributes stand as they are, in backticks where one is no word, and values as :value"#,
            r#"expression "ok = ": cannot be read: names of attributes stand as they are, in backticks where one is no word, and values as :value"#,
            r#"expression "pk = :t AND pw = :p": has "pw" read, which is not declared"#,
            "max_limit: is 0, which no request has",
            r#"legacy "Everything": is no legacy member: AttributeUpdates, AttributesToGet, ConditionalOperator, Expected, KeyConditions, QueryFilter, ScanFilter"#,
        ]
    );
}

#[test]
fn statements_are_held_to_the_rules_of_their_table() {
    let problem = |text: &str| {
        let problems = orders(|table| {
            tenants(table)
                .allow([Operation::ExecuteStatement])
                .statement(text)
        });
        let place = format!("statement {text:?}: ");
        let problems: Vec<_> = problems
            .iter()
            .map(|problem| problem.replace(&place, ""))
            .collect();
        problems.join("; ")
    };
    for (text, told) in [
        (
            "SELECT id FROM Orders",
            "does not ask for tenant = ?, which is bound",
        ),
        (
            "SELECT id FROM Orders WHERE tenant = 'a'",
            "does not ask for tenant = ?, which is bound",
        ),
        (
            "SELECT id FROM Orders WHERE tenant = ? OR id = ?",
            "does not ask for tenant = ?, which is bound",
        ),
        (
            "SELECT * FROM Orders WHERE tenant = ?",
            "answers with whole items, and not every attribute may be read",
        ),
        (
            "SELECT pw FROM Orders WHERE tenant = ?",
            r#"needs "pw" to be read, which is not declared"#,
        ),
        (
            "SELECT id FROM Orders WHERE tenant = ? AND pw = ?",
            r#"needs "pw" to be read, which is not declared"#,
        ),
        (
            "SELECT id FROM Users WHERE tenant = ?",
            "is on another table",
        ),
        (
            "SELECT id FROM Orders.by_role WHERE tenant = ?",
            "is on an index that is not declared",
        ),
        (
            "UPDATE Orders SET role = ? WHERE tenant = ?",
            r#"needs "role" to be written, which is not declared"#,
        ),
        (
            "UPDATE Orders SET tenant = ? WHERE tenant = ?",
            "writes a partition key that is bound",
        ),
        (
            "DELETE FROM Orders WHERE tenant = ? RETURNING ALL OLD *",
            "answers with whole items, and not every attribute may be read",
        ),
        (
            "INSERT INTO Orders VALUE {'tenant': 'a', 'sku': ?}",
            "does not ask for tenant = ?, which is bound; does not take tenant from a parameter, which is bound",
        ),
        (
            "DROP TABLE Orders",
            "cannot be read: one SELECT, INSERT, UPDATE or DELETE on one table",
        ),
    ] {
        assert_eq!(problem(text), told, "{text}");
    }
    assert_eq!(
        orders(|table| tenants(table).statement("SELECT id FROM Orders WHERE tenant = ?")),
        ["declares statements and no operation that executes them, such as ExecuteStatement"]
    );
    assert_eq!(
        orders(|table| tenants(table).allow([Operation::ExecuteStatement])),
        ["declares no statement(..) to execute"]
    );
}

#[test]
fn what_is_said_in_two_ways_is_a_mistake() {
    let twice = |what: &str| [format!("{what}: is said in two ways")];
    let get = |table: TableRules| tenants(table).allow([Operation::GetItem]);
    assert_eq!(
        orders(|table| get(table).any_partition()),
        twice("partition_key")
    );
    assert_eq!(
        orders(|table| get(table).partition_key("owner")),
        twice("partition_key")
    );
    assert_eq!(orders(|table| get(table).read_all()), twice("read"));
    assert_eq!(orders(|table| get(table).write_all()), twice("write"));
    let all = |table: TableRules| table.any_partition().read_all().write_all();
    assert_eq!(orders(|table| all(table).read(["id"])), twice("read"));
    assert_eq!(orders(|table| all(table).write(["id"])), twice("write"));
    // Lists are added to, and what is said again is the same.
    let result = TablePolicy::new().table("Orders", |table| {
        get(table)
            .partition_key("tenant")
            .read(["nick"])
            .write(["id"])
    });
    assert!(result.is_ok());
}

#[test]
fn a_policy_file_says_what_a_key_and_an_index_and_a_path_look_like() {
    for (rule, told) in [
        (
            "partition_key = { after = \"T#\" }",
            "expected a name, or { name = \"..\" } with type",
        ),
        (
            "indexes = [{ name = \"i\", key = \"owner\" }]",
            "expected a name, or { name = \"..\", partition_key = \"..\" }",
        ),
        ("read = [1]", "expected a path, or { name = \"..\" }"),
    ] {
        let error = TablePolicy::from_toml(&format!("[tables.Orders]\n{rule}\n"));
        let error = error.expect_err("a mistake").to_string();
        assert!(error.contains("line 2") && error.contains(told), "{error}");
    }
}

#[test]
fn a_policy_file_tells_of_every_mistake_at_once() {
    let text = r#"
        account = ["ListTables", "GetItem", "Nothing"]
        [tables.Orders]
        allow = ["GetItem", "getItem"]
        partition_key = "tenant"
        any_partition = true
        read = ["id"]
        return_values = ["NONE"]
        [tables."Or ders"]
        allow = ["Query"]
    "#;
    assert_eq!(
        told(TablePolicy::from_toml(text)),
        [
            r#"account: operation "Nothing": is no operation of DynamoDB, such as GetItem"#,
            "operation GetItem: is on a table: declare it for one",
            r#"table "Or ders": does not say whose items it has: partition_key(..) binds them to the principal, any_partition() does not"#,
            r#"table "Or ders": does not say what is read: read([..]) or read_all()"#,
            r#"table "Or ders": is not a bare table name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'"#,
            r#"operation "getItem": is no operation of DynamoDB, such as GetItem"#,
            r#"return value "NONE": is none: ALL_OLD, ALL_NEW, UPDATED_OLD or UPDATED_NEW"#,
            "partition_key: is said in two ways",
        ]
    );
}

#[test]
fn a_policy_file_that_is_none_says_where() {
    for (text, place) in [
        ("tables = 1", "line 1"),
        ("\n[tables.Orders]\nallows = []", "line 3"),
        ("[tables.Orders]\nread = 'id'", "line 2"),
        ("[tables.Orders]\nallow = [\"GetItem\"\n", "line 2"),
        ("[tables.Orders]\nallow = []\n[tables.Orders]", "line 3"),
        ("[tables.Orders]\nmax_limit = -1", "line 2"),
        (
            "[tables.Orders]\npartition_key = { name = \"a\", kind = \"b\" }",
            "line 2",
        ),
    ] {
        let error = TablePolicy::from_toml(text).expect_err("a mistake");
        let [problem] = error.problems() else {
            panic!("one mistake: {error}");
        };
        assert_eq!(problem.place(), "policy file");
        assert!(problem.message().contains(place), "{text}: {problem}");
    }
}
