//! Reading a file, bounded, and as text.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::mistake::Failure;

/// The longest file, in bytes: that of the readers of the library.
const MOST: u64 = 8 * 1024 * 1024;

/// The standard input has an end, and nothing behind it.
static INPUT_IS_READ: AtomicBool = AtomicBool::new(false);

/// A file that is text.
#[derive(Debug)]
pub(crate) struct Source {
    /// As it was given on the command line.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let name = name(path);
        let bytes = read(path)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let valid = String::from_utf8_lossy(valid);
            let line = valid.matches('\n').count() + 1;
            let column = valid.chars().rev().take_while(|it| *it != '\n').count() + 1;
            let told = "is no UTF-8 from here on: save the file as UTF-8".into();
            Failure::at(&name, line, Some(column), told)
        })?;
        if text.trim().is_empty() {
            return Err(Failure::in_file(&name, "is empty"));
        }
        Ok(Self { name, text })
    }
}

/// A file as messages name it.
pub(crate) fn name(path: &Path) -> String {
    if is_input(path) {
        "<stdin>".into()
    } else {
        path.display().to_string()
    }
}

/// The bytes of a file, which are not too many.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |told: String| Failure::in_file(&name(path), told);
    let unreadable = |error: io::Error| {
        fail(match error.kind() {
            ErrorKind::NotFound => "there is no such file".into(),
            ErrorKind::PermissionDenied => "may not be read by you".into(),
            ErrorKind::IsADirectory => "is a directory, and a file is needed".into(),
            _ => format!("cannot be read: {error}"),
        })
    };
    let too_long = || fail(format!("is longer than {} MiB", MOST / 1024 / 1024));
    let mut bytes = Vec::new();
    if is_input(path) {
        if INPUT_IS_READ.swap(true, Ordering::Relaxed) {
            return Err(fail(
                "is read already: one file alone can be the standard input".into(),
            ));
        }
        io::stdin().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        if fs::metadata(path).map_err(unreadable)?.len() > MOST {
            return Err(too_long());
        }
        let file = File::open(path).map_err(unreadable)?;
        file.take(MOST + 1).read_to_end(&mut bytes)
    }
    .map_err(unreadable)?;
    if bytes.len() as u64 > MOST {
        return Err(too_long());
    }
    Ok(bytes)
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}
