//! Knowing when a file changes.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};

/// Reads a file whenever it may have changed, until it is dropped.
#[derive(Debug)]
#[must_use]
pub struct Watch {
    _watcher: RecommendedWatcher,
}

/// Whoever writes a file is waited for so long: an editor truncates, writes and renames.
const QUIET: Duration = Duration::from_millis(100);
/// And no longer than this, in a directory that is never quiet.
const PATIENCE: Duration = Duration::from_secs(1);
/// What no event tells of, as on network file systems, is seen after so long.
const ANYWAY: Duration = Duration::from_secs(30);
/// A longer file is no policy file.
const MOST: u64 = 1 << 20;

impl Watch {
    /// Calls `changed` with what stands in the file, on a thread of its own, each time that it is not what
    /// was seen before.
    ///
    /// Its directory is watched: a file that is replaced is another file, and where it is a link into a
    /// directory that is replaced, as in Kubernetes, nothing happens to the link.
    pub(crate) fn start(
        path: &Path,
        mut seen: Seen,
        mut changed: impl FnMut(io::Result<String>) + Send + 'static,
    ) -> notify::Result<Self> {
        let path = std::path::absolute(path)?;
        let (tell, told) = sync_channel(1);
        let mut watcher = notify::recommended_watcher(move |event| {
            if may_change_it(&event) {
                // When it is full, the reader is told already.
                let _ = tell.try_send(());
            }
        })?;
        let directory = path.parent().unwrap_or(&path);
        watcher.watch(directory, RecursiveMode::NonRecursive)?;
        thread::Builder::new()
            .name("policy-file".into())
            .spawn(move || {
                // What happened before it was watched is seen now.
                loop {
                    let text = read(&path);
                    let now = Seen::of(&text);
                    if now != seen {
                        seen = now;
                        changed(text);
                    }
                    if wait(&told).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { _watcher: watcher })
    }
}

/// What was in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Text(String),
    Unreadable(io::ErrorKind),
}

impl Seen {
    pub(crate) fn of(text: &io::Result<String>) -> Self {
        match text {
            Ok(text) => Self::Text(text.clone()),
            Err(error) => Self::Unreadable(error.kind()),
        }
    }
}

pub(crate) fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(MOST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST {
        let told = "is longer than 1 MiB";
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, told));
    }
    Ok(text)
}

/// That somebody reads, as this program does, changes nothing.
fn may_change_it(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) => match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        },
        // What was lost may have been a change.
        Err(_) => true,
    }
}

/// Waits for a change and then for quiet, or for an end.
fn wait(told: &Receiver<()>) -> Result<(), RecvTimeoutError> {
    match told.recv_timeout(ANYWAY) {
        Ok(()) => {}
        Err(RecvTimeoutError::Timeout) => return Ok(()),
        Err(ended) => return Err(ended),
    }
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        match told.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(ended) => return Err(ended),
        }
    }
    Ok(())
}
