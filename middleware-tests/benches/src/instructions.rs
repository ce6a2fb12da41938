//! Instructions, counted by callgrind: this program runs one subject under it for some and for more
//! calls, and the difference is what the calls cost.

use std::process::Command;

use crate::{harness::Group, table::Table};

/// The flag by which this program calls itself.
const CALL: &str = "--call";

/// Groups by their names; none is made before it is wanted.
pub type Named = (&'static str, fn() -> Group);

/// What this program was called with; nothing where it has called itself, and a subject has run.
pub fn arguments(groups: &[Named]) -> Option<Vec<String>> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [flag, group, subject, calls] = &arguments[..] else {
        return Some(arguments);
    };
    if flag != CALL {
        return Some(arguments);
    }
    let mut named = groups.iter();
    let (_, group) = named.find(|(name, _)| name == group).expect("a group");
    let mut group = group();
    let mut subjects = group.subjects.iter_mut();
    let subject = subjects.find(|known| known.name == subject);
    let calls = calls.parse().expect("a number of calls");
    subject.expect("a subject of this name").turn(calls);
    None
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
