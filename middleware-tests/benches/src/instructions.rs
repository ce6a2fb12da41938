//! Instructions, counted by callgrind: this program runs one subject under it for some and for more
//! calls, and the difference is what the calls cost.

use std::process::Command;

use crate::{harness::Group, table::Table};

/// The flag by which this program calls itself.
pub const CALL: &str = "--call";

/// Runs a subject.
/// # Panics
///
/// Where there is none of this name.
pub fn call(mut group: Group, name: &str, calls: u32) {
    let subject = group
        .subjects
        .iter_mut()
        .find(|subject| subject.name == name);
    subject.expect("a subject of this name").turn(calls);
}

/// Counts, and prints the table. The aims are those of time; for instructions they are a little wider.
/// # Panics
///
/// Where this program cannot find itself.
pub fn count(group_name: &str, group: &Group) {
    let more: u32 = if group.bytes > 100_000 { 4 } else { 1_000 };
    let mut table = Table::new(
        format!("{group_name}, {} bytes", group.bytes),
        &["", "instructions", "per byte", "ratio", "aim", "reached"],
    );
    let mut base = None;
    for subject in &group.subjects {
        let instructions = |calls| instructions(group_name, subject.name, calls);
        let (Some(few), Some(many)) = (instructions(2), instructions(2 + more)) else {
            println!("valgrind is not installed: nothing is counted");
            return;
        };
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let each = many.saturating_sub(few) as f64 / f64::from(more);
        let ratio = each / *base.get_or_insert(each);
        #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
        let per_byte = each / group.bytes as f64;
        let [aim, reached] = subject.aim_texts(ratio);
        table.row([
            subject.name.to_owned(),
            format!("{each:.0}"),
            format!("{per_byte:.2}"),
            format!("{ratio:.2}"),
            aim,
            reached,
        ]);
    }
    table.print();
}

fn instructions(group: &str, subject: &str, calls: u32) -> Option<u64> {
    let program = std::env::current_exe().expect("this program has a path");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([CALL, group, subject, &calls.to_string()])
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let (_, count) = told.split_once("Collected : ")?;
    count.lines().next()?.trim().parse().ok()
}
