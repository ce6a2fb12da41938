//! The one switch that stops all refusals of the process.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{mode::Modes, telemetry};

/// Turns [`Mode::Enforce`](crate::Mode::Enforce) into [`Mode::Report`](crate::Mode::Report) in the whole
/// process: for every layer, and for every DynamoDB guard.
///
/// It is for the day on which a policy refuses what it should not, and nobody can wait for another one.
/// What would be refused is still judged, counted and logged, the limits on the size of bodies and on the
/// time that they take still hold, and connections of `egress` are still refused, as they have no mode. Both
/// ways are told by an event, and counted where the feature `metrics` is on.
///
/// ```
/// use tower_harden::KillSwitch;
///
/// KillSwitch::engage("incident 4711");
/// assert!(KillSwitch::is_engaged());
/// KillSwitch::release("incident 4711 is over");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct KillSwitch;

static ENGAGED: AtomicBool = AtomicBool::new(false);

impl KillSwitch {
    /// Stops refusing. `reason` stands in the event, which there is one of however often it is engaged.
    pub fn engage(reason: &str) {
        Self::switch(true, reason);
    }

    /// Goes back to what the policies say.
    pub fn release(reason: &str) {
        Self::switch(false, reason);
    }

    /// Whether nothing is refused.
    #[must_use]
    pub fn is_engaged() -> bool {
        ENGAGED.load(Ordering::Relaxed)
    }

    fn switch(engaged: bool, reason: &str) {
        if ENGAGED.swap(engaged, Ordering::Relaxed) != engaged {
            telemetry::switched(engaged, reason);
        }
    }
}

/// What is left of modes while the switch is engaged.
pub(crate) fn in_force(modes: Modes) -> Modes {
    if KillSwitch::is_engaged() {
        modes.reported()
    } else {
        modes
    }
}

/// What is left of one mode while the switch is engaged.
#[cfg(feature = "dynamodb")]
pub(crate) fn mode_in_force(mode: crate::Mode) -> crate::Mode {
    if KillSwitch::is_engaged() {
        mode.reported()
    } else {
        mode
    }
}
