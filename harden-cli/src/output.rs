//! Printing what a command has to say, for people or for programs.

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    args::Color,
    mistake::{Failure, Mistake},
    openapi,
    style::{cyan, printable, red, strong},
};

/// What a command has to say.
#[derive(Debug)]
pub(crate) struct Answer {
    /// For people, without the line end of the last line.
    pub(crate) text: String,
    pub(crate) json: Value,
    /// What is said beside it, on the standard error.
    pub(crate) notes: Vec<String>,
    /// Whether something was found that was looked for.
    pub(crate) found: bool,
}

impl Answer {
    /// An answer of lines for people.
    pub(crate) fn told(lines: &[String], json: &impl Serialize) -> Self {
        Self::new(printable(&lines.join("\n")), json)
    }

    /// An answer that is a file, printed as it is.
    pub(crate) fn new(text: impl Into<String>, json: &impl Serialize) -> Self {
        Self {
            text: text.into(),
            json: json!(json),
            notes: Vec::new(),
            found: false,
        }
    }

    pub(crate) fn found(mut self, found: bool) -> Self {
        self.found = found;
        self
    }

    pub(crate) fn notes(mut self, file: &str, notes: &[String]) -> Self {
        let notes = notes.iter().map(|note| {
            let note = openapi::in_options(note);
            printable(&format!("{}: {}: {note}", strong(file), cyan("note")))
        });
        self.notes.extend(notes);
        self
    }
}

/// Prints an answer, and says by which code the tool exits.
pub(crate) fn print(answer: Result<Answer, Failure>, as_json: bool) -> ExitCode {
    let (code, out, err) = match answer {
        Ok(answer) => {
            let code = u8::from(answer.found);
            let text = if as_json {
                pretty(&answer.json)
            } else {
                answer.text
            };
            (code, text, answer.notes)
        }
        Err(Failure(mistakes)) if as_json => {
            (2, pretty(&json!({ "mistakes": mistakes })), Vec::new())
        }
        Err(Failure(mistakes)) => {
            let shown = |mistake: &Mistake| printable(&mistake.show(&red("error")));
            (2, String::new(), mistakes.iter().map(shown).collect())
        }
    };
    let written = write_to(&mut anstream::stderr(), &err.join("\n"))
        .and_then(|()| write_to(&mut anstream::stdout(), &out));
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => code.into(),
        Err(error) => {
            let told = format!("harden: error: the answer cannot be written: {error}");
            let _ = write_to(&mut anstream::stderr(), &told);
            2.into()
        }
        Ok(()) => code.into(),
    }
}

/// Decides once whether colours are printed.
pub(crate) fn choose(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// So many of something, in words.
pub(crate) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

fn write_to(stream: &mut impl Write, text: &str) -> io::Result<()> {
    if !text.is_empty() {
        writeln!(stream, "{}", text.strip_suffix('\n').unwrap_or(text))?;
    }
    stream.flush()
}
