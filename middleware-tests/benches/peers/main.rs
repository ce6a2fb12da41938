//! What tower-harden and its peers miss, and what they refuse without need: the labelled address suites,
//! where they stand beside the repository, and the vectors of this one.
//!
//! `cargo bench --manifest-path middleware-tests/benches/Cargo.toml -p tower-harden-benches-peers`
//!
//! Nothing is resolved and nothing is connected to. `--markdown` prints the tables as they stand in
//! `PEERS.md`.

mod judges;
mod rows;
// By its path: the library of the benches needs every peer that is measured.
#[path = "../src/table.rs"]
mod table;

use crate::{
    judges::{Peer, Verdict, peers},
    rows::{Context, Row},
    table::Table,
};

fn main() {
    let peers = peers();
    let mut wrong = Table::new(
        "rows that tower-harden judges otherwise",
        &["", "value", "to be"],
    );
    for (source, rows) in [("suites", rows::suites()), ("vectors", rows::vectors())] {
        if rows.is_empty() {
            println!("\n{source}: absent, 0 rows");
        }
        for context in Context::ALL {
            let rows: Vec<&Row> = rows.iter().filter(|row| row.context == context).collect();
            if rows.is_empty() {
                continue;
            }
            judged(source, context, &rows, &peers).print();
            let ours = peers[0].judge(context).expect("it judges all");
            for row in rows {
                let refused = ours(&row.value) == Verdict::Refused;
                if refused != row.hostile {
                    let value = format!("`{}`", row.value.escape_debug()).replace('|', "\\|");
                    let to_be = if row.hostile { "refused" } else { "let pass" };
                    wrong.row([format!("{source}, {context}"), value, to_be.to_owned()]);
                }
            }
        }
    }
    wrong.print();
}

/// How each peer that has a judgement for a context does in it.
fn judged(source: &str, context: Context, rows: &[&Row], peers: &[Peer]) -> Table {
    let hostile = rows.iter().filter(|row| row.hostile).count();
    let benign = rows.len() - hostile;
    let mut table = Table::new(
        format!("{source}, {context}: {hostile} to refuse, {benign} to let pass"),
        &["", "missed", "left to DNS", "refused without need"],
    );
    for peer in peers {
        let Some(judge) = peer.judge(context) else {
            continue;
        };
        let [mut missed, mut left, mut needless] = [0; 3];
        for row in rows {
            match (judge(&row.value), row.hostile) {
                (Verdict::Passes, true) => missed += 1,
                (Verdict::LeftToDns, true) => left += 1,
                (Verdict::Refused, false) => needless += 1,
                _ => {}
            }
        }
        table.row([
            peer.name.to_owned(),
            missed.to_string(),
            left.to_string(),
            needless.to_string(),
        ]);
    }
    table
}
