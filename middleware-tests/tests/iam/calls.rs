//! Requests, generated: as they are sent, and as AWS would ask IAM for them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Map, Value, json};

use crate::{
    aws::Asked,
    declared::{Index, Key, PATHS, STATEMENTS, Table},
};

#[derive(Clone, Debug)]
pub(crate) enum Request {
    Items(Wrapped, Vec<Call>),
    Statements(&'static str, Vec<Executed>),
    OnTable(&'static str, &'static str),
    ListTables,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrapped {
    Alone,
    Batch,
    Transaction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Get,
    Put,
    Update,
    Delete,
    Check,
    Query,
    Scan,
}

#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) kind: Kind,
    pub(crate) table: &'static str,
    /// Whether the partition key is that of the principal.
    pub(crate) mine: bool,
    pub(crate) index: Option<&'static str>,
    pub(crate) projection: Option<BTreeSet<&'static str>>,
    pub(crate) condition: Option<&'static str>,
    pub(crate) written: BTreeSet<&'static str>,
    /// Whether an item has the key `status`, and whether that is of the principal.
    pub(crate) status: Option<bool>,
    pub(crate) select: Option<&'static str>,
    pub(crate) return_values: Option<&'static str>,
}

/// A statement with its one parameter.
#[derive(Clone, Debug)]
pub(crate) struct Executed {
    pub(crate) statement: usize,
    pub(crate) table: &'static str,
    pub(crate) mine: bool,
}

impl Kind {
    pub(crate) fn is_read(self) -> bool {
        matches!(self, Self::Get | Self::Query | Self::Scan)
    }

    pub(crate) fn action(self) -> &'static str {
        match self {
            Self::Get => "GetItem",
            Self::Put => "PutItem",
            Self::Update => "UpdateItem",
            Self::Delete => "DeleteItem",
            Self::Check => "ConditionCheckItem",
            Self::Query => "Query",
            Self::Scan => "Scan",
        }
    }
}

impl Request {
    pub(crate) fn operation(&self) -> &'static str {
        match self {
            Self::Items(Wrapped::Alone, calls) => calls[0].kind.action(),
            Self::Items(Wrapped::Batch, calls) if calls[0].kind == Kind::Get => "BatchGetItem",
            Self::Items(Wrapped::Batch, _) => "BatchWriteItem",
            Self::Items(Wrapped::Transaction, calls) if calls[0].kind == Kind::Get => {
                "TransactGetItems"
            }
            Self::Items(Wrapped::Transaction, _) => "TransactWriteItems",
            Self::Statements(operation, _) | Self::OnTable(operation, _) => operation,
            Self::ListTables => "ListTables",
        }
    }

    pub(crate) fn body(&self, tables: &[Table]) -> Value {
        match self {
            Self::Items(Wrapped::Alone, calls) => {
                let mut body = calls[0].body(tables);
                body.insert("TableName".to_owned(), json!(calls[0].table));
                Value::Object(body)
            }
            Self::Items(Wrapped::Batch, calls) => {
                let mut items = Map::new();
                for call in calls {
                    let mut body = call.body(tables);
                    if call.kind == Kind::Get {
                        let key = body.remove("Key");
                        body.insert("Keys".to_owned(), json!([key]));
                        items.insert(call.table.to_owned(), Value::Object(body));
                    } else {
                        let name = if call.kind == Kind::Put {
                            "PutRequest"
                        } else {
                            "DeleteRequest"
                        };
                        let requests = items.entry(call.table).or_insert_with(|| json!([]));
                        let requests = requests.as_array_mut().expect("a list");
                        requests.push(json!({ name: body }));
                    }
                }
                json!({ "RequestItems": items })
            }
            Self::Items(Wrapped::Transaction, calls) => {
                let items = calls.iter().map(|call| {
                    let mut body = call.body(tables);
                    body.insert("TableName".to_owned(), json!(call.table));
                    let name = call.kind.action().trim_end_matches("Item");
                    json!({ name: body })
                });
                json!({ "TransactItems": items.collect::<Vec<_>>() })
            }
            Self::Statements(operation, statements) => {
                let statements = statements.iter().map(|executed| {
                    let (kind, text) = key_of(tables, executed.table, executed.mine);
                    json!({
                        "Statement": STATEMENTS[executed.statement].1.replace("{}", executed.table),
                        "Parameters": [{ kind: text }],
                    })
                });
                let mut statements: Vec<_> = statements.collect();
                match *operation {
                    "ExecuteStatement" => statements.remove(0),
                    "BatchExecuteStatement" => json!({ "Statements": statements }),
                    _ => json!({ "TransactStatements": statements }),
                }
            }
            Self::OnTable(_, table) => json!({ "TableName": table }),
            Self::ListTables => json!({}),
        }
    }

    /// What AWS would ask IAM for it: each has to be allowed.
    pub(crate) fn asked(&self, tables: &[Table]) -> Vec<Asked> {
        match self {
            Self::Items(wrapped, calls) => calls
                .iter()
                .map(|call| call.asked(*wrapped, self.operation(), tables))
                .collect(),
            Self::Statements(operation, statements) => statements
                .iter()
                .map(|executed| executed.asked(operation, tables))
                .collect(),
            Self::OnTable(operation, table) => vec![Asked {
                action: format!("dynamodb:{operation}"),
                resource: arn(table, None),
                keys: BTreeMap::new(),
            }],
            Self::ListTables => vec![Asked {
                action: "dynamodb:ListTables".to_owned(),
                resource: "*".to_owned(),
                keys: BTreeMap::new(),
            }],
        }
    }
}

impl Call {
    /// The attribute that is the partition key of what is asked.
    pub(crate) fn key_name(&self, tables: &[Table]) -> &'static str {
        let own = self.index == Some("by_status")
            && tables
                .iter()
                .any(|table| table.name == self.table && table.index == Some(Index::Own));
        if own { "status" } else { "tenant" }
    }

    fn key_value(&self, tables: &[Table]) -> (&'static str, &'static str) {
        match self.key_name(tables) {
            "status" => status(self.mine),
            _ => key_of(tables, self.table, self.mine),
        }
    }

    /// The attributes at the top of an item, its keys among them.
    fn item(&self, tables: &[Table]) -> Map<String, Value> {
        let mut item = self.key(tables);
        for path in &self.written {
            match path.split_once('.') {
                None => {
                    item.insert((*path).to_owned(), json!({ "S": "x" }));
                }
                Some((name, below)) => {
                    let map = item.entry(name).or_insert_with(|| json!({ "M": {} }));
                    map["M"][below] = json!({ "S": "x" });
                }
            }
        }
        if let Some(mine) = self.status {
            let (kind, text) = status(mine);
            item.insert("status".to_owned(), json!({ kind: text }));
        }
        item
    }

    fn key(&self, tables: &[Table]) -> Map<String, Value> {
        let (kind, text) = key_of(tables, self.table, self.mine);
        let key = json!({ "tenant": { kind: text }, "id": { "S": "x" } });
        key.as_object().expect("a key").clone()
    }

    fn body(&self, tables: &[Table]) -> Map<String, Value> {
        let mut body = Map::new();
        let mut names = BTreeSet::new();
        let mut values = Map::new();
        let mut expression = |path: &str| {
            let steps: Vec<_> = path.split('.').map(|step| format!("#{step}")).collect();
            names.extend(path.split('.').map(str::to_owned));
            steps.join(".")
        };
        if self.kind == Kind::Put {
            body.insert("Item".to_owned(), Value::Object(self.item(tables)));
        } else if !matches!(self.kind, Kind::Query | Kind::Scan) {
            body.insert("Key".to_owned(), Value::Object(self.key(tables)));
        }
        if self.kind == Kind::Query {
            let (kind, text) = self.key_value(tables);
            let name = expression(self.key_name(tables));
            body.insert(
                "KeyConditionExpression".to_owned(),
                json!(format!("{name} = :key")),
            );
            values.insert(":key".to_owned(), json!({ kind: text }));
        }
        if let Some(paths) = &self.projection {
            let paths: Vec<_> = paths.iter().map(|path| expression(path)).collect();
            body.insert("ProjectionExpression".to_owned(), json!(paths.join(", ")));
        }
        if let Some(path) = self.condition {
            let member = if self.kind.is_read() {
                "FilterExpression"
            } else {
                "ConditionExpression"
            };
            let text = format!("attribute_exists({})", expression(path));
            body.insert(member.to_owned(), json!(text));
        }
        if self.kind == Kind::Update && !self.written.is_empty() {
            let parts: Vec<_> = self
                .written
                .iter()
                .map(|path| format!("{} = :new", expression(path)))
                .collect();
            body.insert(
                "UpdateExpression".to_owned(),
                json!(format!("SET {}", parts.join(", "))),
            );
            values.insert(":new".to_owned(), json!({ "S": "x" }));
        }
        for (member, value) in [
            ("IndexName", self.index),
            ("Select", self.select),
            ("ReturnValues", self.return_values),
        ] {
            if let Some(value) = value {
                body.insert(member.to_owned(), json!(value));
            }
        }
        if !names.is_empty() {
            let names: BTreeMap<_, _> = names
                .iter()
                .map(|name| (format!("#{name}"), name))
                .collect();
            body.insert("ExpressionAttributeNames".to_owned(), json!(names));
        }
        if !values.is_empty() {
            body.insert(
                "ExpressionAttributeValues".to_owned(),
                Value::Object(values),
            );
        }
        body
    }

    fn asked(&self, wrapped: Wrapped, operation: &'static str, tables: &[Table]) -> Asked {
        let mut names = BTreeSet::new();
        match self.kind {
            Kind::Put => names.extend(self.item(tables).into_iter().map(|(name, _)| name)),
            Kind::Query => drop(names.insert(self.key_name(tables).to_owned())),
            Kind::Scan => {}
            _ => names.extend(["tenant", "id"].map(str::to_owned)),
        }
        let updated = self.written.iter().filter(|_| self.kind == Kind::Update);
        let paths = self
            .projection
            .iter()
            .flatten()
            .chain(&self.condition)
            .chain(updated);
        names.extend(paths.map(|path| top(path).to_owned()));
        let mut keys = BTreeMap::new();
        if !names.is_empty() {
            keys.insert("dynamodb:Attributes", names.into_iter().collect());
        }
        if self.kind != Kind::Scan {
            keys.insert(
                "dynamodb:LeadingKeys",
                vec![self.key_value(tables).1.to_owned()],
            );
        }
        let mut say = |key, value: &str| drop(keys.insert(key, vec![value.to_owned()]));
        if self.kind.is_read() {
            // Where nothing is said, it is what is answered with.
            let implied = match (&self.projection, self.index) {
                (Some(_), _) => "SPECIFIC_ATTRIBUTES",
                (None, None) => "ALL_ATTRIBUTES",
                (None, Some(_)) => "ALL_PROJECTED_ATTRIBUTES",
            };
            say("dynamodb:Select", self.select.unwrap_or(implied));
        } else if wrapped == Wrapped::Alone {
            say(
                "dynamodb:ReturnValues",
                self.return_values.unwrap_or("NONE"),
            );
        }
        if wrapped == Wrapped::Transaction {
            say("dynamodb:EnclosingOperation", operation);
        }
        let action = match wrapped {
            Wrapped::Batch => operation,
            _ => self.kind.action(),
        };
        Asked {
            action: format!("dynamodb:{action}"),
            resource: arn(self.table, self.index),
            keys,
        }
    }

    /// What it can have of what was generated, by its kind.
    fn mended(mut self, wrapped: Wrapped) -> Self {
        let searches = matches!(self.kind, Kind::Query | Kind::Scan);
        if !searches {
            self.index = None;
            self.select = None;
        }
        if self.kind.is_read() {
            self.written.clear();
            self.return_values = None;
        } else {
            self.projection = None;
        }
        match self.select {
            Some("SPECIFIC_ATTRIBUTES") if self.projection.is_none() => self.select = None,
            Some("SPECIFIC_ATTRIBUTES") | None => {}
            Some(_) => self.projection = None,
        }
        if self.kind == Kind::Get || wrapped == Wrapped::Batch {
            self.condition = None;
        }
        if self.kind == Kind::Check {
            self.condition = self.condition.or(Some("id"));
        }
        if self.kind != Kind::Put {
            self.status = None;
        }
        if !matches!(self.kind, Kind::Put | Kind::Update) {
            self.written.clear();
        }
        if wrapped != Wrapped::Alone {
            self.return_values = None;
        }
        self
    }
}

impl Executed {
    fn asked(&self, operation: &str, tables: &[Table]) -> Asked {
        let (action, _) = STATEMENTS[self.statement];
        let (names, index): (&[&str], _) = match self.statement {
            0 => (&["sku", "tenant"], None),
            1 => (&["note", "tenant"], None),
            2 => (&["sku", "tenant"], Some("by_status")),
            3 => (&["id", "note", "tenant"], None),
            4 => (&["id", "tenant"], None),
            _ => (&["sku", "tenant"], None),
        };
        let (_, key) = key_of(tables, self.table, self.mine);
        let names = names.iter().map(|&name| name.to_owned()).collect();
        let mut keys = BTreeMap::from([
            ("dynamodb:Attributes", names),
            ("dynamodb:LeadingKeys", vec![key.to_owned()]),
        ]);
        let mut say = |key, value: &str| drop(keys.insert(key, vec![value.to_owned()]));
        if action == "PartiQLSelect" {
            say("dynamodb:Select", "SPECIFIC_ATTRIBUTES");
            say("dynamodb:FullTableScan", "false");
        }
        if operation == "ExecuteTransaction" {
            say("dynamodb:EnclosingOperation", operation);
        }
        Asked {
            action: format!("dynamodb:{action}"),
            resource: arn(self.table, index),
            keys,
        }
    }
}

pub(crate) fn top(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

fn arn(table: &str, index: Option<&str>) -> String {
    let index = index.map_or(String::new(), |index| format!("/index/{index}"));
    format!("arn:aws:dynamodb:eu-west-1:111122223333:table/{table}{index}")
}

/// The type and text of a partition key.
fn key_of(tables: &[Table], table: &str, mine: bool) -> (&'static str, &'static str) {
    let table = tables.iter().find(|known| known.name == table);
    match (table.map_or(Key::Any, |table| table.key), mine) {
        (Key::Any, _) => ("S", "x"),
        (Key::Text, true) => ("S", "42"),
        (Key::Text, false) => ("S", "421"),
        (Key::Number, true) => ("N", "42"),
        (Key::Number, false) => ("N", "43"),
        (Key::Behind, true) => ("S", "T*#42"),
        (Key::Behind, false) => ("S", "Tx#42"),
        (Key::Between, true) => ("S", "T*#42#1"),
        (Key::Between, false) => ("S", "T**#42#1"),
    }
}

fn status(mine: bool) -> (&'static str, &'static str) {
    ("S", if mine { "S#42" } else { "S#43" })
}

fn tables() -> impl Strategy<Value = &'static str> {
    prop_oneof![20 => Just("Orders"), 8 => Just("Audit-log"), 1 => Just("Admins")]
}

/// Two paths at the most.
fn few(least: usize) -> impl Strategy<Value = BTreeSet<&'static str>> {
    subsequence(PATHS, least..=2).prop_map(|paths| paths.into_iter().collect())
}

fn call(wrapped: Wrapped, kinds: &'static [Kind]) -> impl Strategy<Value = Call> {
    let mostly = || prop::bool::weighted(0.9);
    let choices = (
        option::weighted(
            0.3,
            select(&["by_status", "by_status", "by_status", "by_other"][..]),
        ),
        option::weighted(0.8, few(1)),
        option::weighted(0.3, select(PATHS)),
        few(0),
        option::weighted(0.2, prop::bool::weighted(0.6)),
        option::weighted(
            0.3,
            select(&["COUNT", "COUNT", "SPECIFIC_ATTRIBUTES", "ALL_ATTRIBUTES"][..]),
        ),
        option::weighted(
            0.3,
            select(&["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"][..]),
        ),
    );
    (select(kinds), tables(), mostly(), choices).prop_map(
        move |(
            kind,
            table,
            mine,
            (index, projection, condition, written, status, select, return_values),
        )| {
            Call {
                kind,
                table,
                mine,
                index,
                projection,
                condition,
                written,
                status,
                select,
                return_values,
            }
            .mended(wrapped)
        },
    )
}

fn items(wrapped: Wrapped, kinds: &'static [Kind]) -> impl Strategy<Value = Request> {
    let most = if wrapped == Wrapped::Alone { 1 } else { 2 };
    vec(call(wrapped, kinds), 1..=most).prop_map(move |mut calls| {
        // A batch reads each table once.
        if wrapped == Wrapped::Batch
            && calls[0].kind == Kind::Get
            && calls.len() == 2
            && calls[0].table == calls[1].table
        {
            calls.pop();
        }
        Request::Items(wrapped, calls)
    })
}

fn statements() -> impl Strategy<Value = Request> {
    let executed = (0..STATEMENTS.len(), tables(), prop::bool::weighted(0.9)).prop_map(
        |(statement, table, mine)| Executed {
            statement,
            table,
            mine,
        },
    );
    let operations = &[
        "ExecuteStatement",
        "BatchExecuteStatement",
        "ExecuteTransaction",
    ][..];
    (select(operations), vec(executed, 1..=2)).prop_map(|(operation, mut executed)| {
        executed.truncate(if operation == "ExecuteStatement" {
            1
        } else {
            2
        });
        Request::Statements(operation, executed)
    })
}

pub(crate) fn requests() -> impl Strategy<Value = Request> {
    use Kind::{Check, Delete, Get, Put, Query, Scan, Update};
    prop_oneof![
        8 => items(Wrapped::Alone, &[Get, Put, Update, Delete, Query, Query, Scan]),
        2 => items(Wrapped::Batch, &[Get]),
        2 => items(Wrapped::Batch, &[Put, Delete]),
        2 => items(Wrapped::Transaction, &[Get]),
        2 => items(Wrapped::Transaction, &[Put, Update, Delete, Check]),
        3 => statements(),
        1 => (select(&["DescribeTable", "DeleteTable"][..]), tables())
            .prop_map(|(operation, table)| Request::OnTable(operation, table)),
        1 => Just(Request::ListTables),
    ]
}
