//! The largest expressions that the service documents can be read.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "Quotas", "Expression parameters": 4 KB, 300 operators, 100
//! operands of `IN`.

use std::{collections::HashMap, iter::repeat_n};

use super::{
    bench::{self, Bench},
    names::Lists,
    request::{Operation, Request},
};
use crate::items::text;

fn condition(condition: String) -> Request {
    Request {
        operation: Operation::Delete,
        condition: Some(condition),
        values: HashMap::from([(":v".to_owned(), text("v"))]),
        ..Request::default()
    }
}

#[test]
fn the_largest_expressions_can_be_read() {
    let every = Lists::every();
    let bench = Bench::new(bench::some(&every));
    let joined = |part: &str, count, sign: &str| {
        let parts: Vec<_> = repeat_n(part, count).collect();
        parts.join(sign)
    };
    let nested = |depth: usize| {
        let open = "(pw=:v AND ".repeat(depth);
        format!("{open}pw=:v{}", ")".repeat(depth))
    };
    let rows = [
        ("operators", condition(joined("pw=:v", 150, " OR "))),
        (
            "operands",
            condition(format!("pw IN ({})", joined(":v", 100, ","))),
        ),
        ("bytes", condition(format!("pw=:v{}", " ".repeat(4_091)))),
        ("NOT", condition(format!("{}pw=:v", "NOT ".repeat(200)))),
        ("parentheses", condition(nested(32))),
    ];
    for (what, request) in rows {
        let compared = bench.compare(&request, &every);
        assert!(compared.store.accepted, "{what}");
        assert_eq!(compared.full, None, "{what}");
    }
}
