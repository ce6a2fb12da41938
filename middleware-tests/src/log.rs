//! What the crate under test tells of, as text.

use std::{
    fmt::Write,
    sync::{Arc, LazyLock, Mutex},
};

use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
    subscriber::DefaultGuard,
};

/// The events of the crate under test, on the thread that records them.
///
/// An event is its target and then one `name=value` after the other.
#[derive(Debug)]
pub struct Log {
    events: Events,
    _guard: DefaultGuard,
}

impl Log {
    /// Keeps events from now on, until it is dropped.
    #[must_use]
    pub fn record() -> Self {
        LazyLock::force(&SECOND);
        let events = Events::default();
        let guard = tracing::subscriber::set_default(events.clone());
        Self {
            events,
            _guard: guard,
        }
    }

    /// The events since the last time it was asked.
    ///
    /// # Panics
    ///
    /// Where a test panicked while an event was kept.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.events.0.lock().expect("no panic"))
    }
}

/// While there is one subscriber only, tracing asks the subscriber of the thread that comes to an
/// event first whether anyone wants it, and keeps the answer for all threads. With two it asks both.
static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Events::default()));

#[derive(Clone, Debug, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl Subscriber for Events {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "tower_harden"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        struct Text(String);
        impl Visit for Text {
            fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
                write!(self.0, "{field}={value:?} ").expect("a string takes text");
            }
        }
        let mut text = Text(format!("{} ", event.metadata().target()));
        event.record(&mut text);
        self.0.lock().expect("no panic").push(text.0);
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}
