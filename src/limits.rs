//! How much of anything a request may have.

use std::time::Duration;

use crate::fact::Fact;

/// The limits that hold while a request is read, before and beside any schema.
///
/// Every limit is on by default, and each holds while reading: the byte that passes it is the last
/// one looked at. Where a route or a policy says nothing of a limit, that of its policy or of the base
/// policy holds.
///
/// ```
/// use tower_harden::Limits;
///
/// let limits = Limits::default().max_body(64 * 1024).max_depth(8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub(crate) body: usize,
    body_timeout: Duration,
    body_rate: u32,
    pub(crate) depth: u32,
    pub(crate) members: u32,
    pub(crate) items: u32,
    pub(crate) string: usize,
    pub(crate) number: usize,
    pub(crate) parameters: usize,
    violations: Option<usize>,
    /// Which of them were said, a bit each: the others are those of what stands around.
    said: u16,
}

impl Limits {
    /// The longest body, in bytes. Default: 1 MiB.
    ///
    /// axum's own [`DefaultBodyLimit`] of 2 MB still holds behind the layer for handlers that use
    /// its extractors; raise both.
    ///
    /// [`DefaultBodyLimit`]: https://docs.rs/axum/latest/axum/extract/struct.DefaultBodyLimit.html
    #[must_use]
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self.said |= BODY;
        self
    }

    /// How long a body may take to arrive, counted from when its first byte is waited for, however many
    /// bytes it has. Default: 20 seconds. [`min_body_rate`](Self::min_body_rate) adds to it.
    ///
    /// A request that is late is answered with 408. The time is kept by tokio's timer, which has to be
    /// enabled in a tokio runtime; on another runtime it is looked at whenever bytes arrive.
    #[must_use]
    pub const fn body_timeout(mut self, timeout: Duration) -> Self {
        self.body_timeout = timeout;
        self.said |= BODY_TIMEOUT;
        self
    }

    /// The slowest client that is waited for, in bytes per second. Default: 500.
    ///
    /// Each time that so many bytes have arrived, there is a second more than
    /// [`body_timeout`](Self::body_timeout): with both defaults, 1 MB may take 20 s + 2,000 s, and a
    /// client that sends one byte a second is refused after 20. Apache's `mod_reqtimeout` has the same
    /// rule and the same defaults for bodies. With 0 there is no second more, however much arrives.
    #[must_use]
    pub const fn min_body_rate(mut self, bytes_per_second: u32) -> Self {
        self.body_rate = bytes_per_second;
        self.said |= BODY_RATE;
        self
    }

    /// The deepest nesting of arrays and objects in a JSON body. Default: 32.
    ///
    /// A scalar body has depth 0 and `[[]]` has depth 2.
    #[must_use]
    pub const fn max_depth(mut self, depth: u32) -> Self {
        self.depth = depth;
        self.said |= DEPTH;
        self
    }

    /// The most members of one JSON object. Default: 1,024.
    #[must_use]
    pub const fn max_members(mut self, members: u32) -> Self {
        self.members = members;
        self.said |= MEMBERS;
        self
    }

    /// The most items of one JSON array. Default: 65,536.
    #[must_use]
    pub const fn max_items(mut self, items: u32) -> Self {
        self.items = items;
        self.said |= ITEMS;
        self
    }

    /// The longest string or member name of a JSON body, in bytes once unescaped. Default: 256 KiB.
    #[must_use]
    pub const fn max_string(mut self, bytes: usize) -> Self {
        self.string = bytes;
        self.said |= STRING;
        self
    }

    /// The longest number of a JSON body, in characters. Default: 128.
    #[must_use]
    pub const fn max_number(mut self, characters: usize) -> Self {
        self.number = characters;
        self.said |= NUMBER;
        self
    }

    /// The most parameters of a query string, fields of a form, or parts of a form in parts. Default: 64.
    #[must_use]
    pub const fn max_parameters(mut self, parameters: usize) -> Self {
        self.parameters = parameters;
        self.said |= PARAMETERS;
        self
    }

    /// The most violations that are looked for in one request.
    ///
    /// Default: 1 where the policy is enforced, which is the cheapest refusal and tells a prober
    /// least; 16 where it is only reported.
    #[must_use]
    pub const fn max_violations(mut self, violations: usize) -> Self {
        self.violations = Some(if violations == 0 { 1 } else { violations });
        self.said |= VIOLATIONS;
        self
    }

    /// Stop at the first violation, also where the policy is only reported.
    #[must_use]
    pub const fn first_violation(self) -> Self {
        self.max_violations(1)
    }

    /// These limits, and those of `outer` where nothing is said.
    pub(crate) fn within(self, outer: Self) -> Self {
        let said = |limit| self.said & limit != 0;
        macro_rules! nearest {
            ($($name:ident: $limit:ident),+) => {
                Self {
                    $($name: if said($limit) { self.$name } else { outer.$name },)+
                    said: self.said | outer.said,
                }
            };
        }
        nearest! {
            body: BODY, body_timeout: BODY_TIMEOUT, body_rate: BODY_RATE, depth: DEPTH, members: MEMBERS,
            items: ITEMS, string: STRING, number: NUMBER, parameters: PARAMETERS, violations: VIOLATIONS
        }
    }

    /// What each limit is, by the name of its rule.
    pub(crate) fn facts(&self) -> [(&'static str, Fact); 10] {
        // A whole second fewer, or more bytes for each, is less time for the same body.
        let rate = Fact::AtLeast(
            if self.body_rate == 0 {
                f64::INFINITY
            } else {
                f64::from(self.body_rate)
            },
            self.body_rate.to_string(),
        );
        let time = self.body_timeout;
        let time = Fact::AtMost(time.as_secs_f64(), format!("{time:?}"));
        let violations = self.violations.map(|violations| violations.to_string());
        [
            ("limits.max_body", Fact::at_most(self.body as u64)),
            ("limits.body_timeout", time),
            ("limits.min_body_rate", rate),
            ("limits.max_depth", Fact::at_most(self.depth.into())),
            ("limits.max_members", Fact::at_most(self.members.into())),
            ("limits.max_items", Fact::at_most(self.items.into())),
            ("limits.max_string", Fact::at_most(self.string as u64)),
            ("limits.max_number", Fact::at_most(self.number as u64)),
            (
                "limits.max_parameters",
                Fact::at_most(self.parameters as u64),
            ),
            (
                "limits.max_violations",
                Fact::Other(violations.unwrap_or_else(|| "by mode".into())),
            ),
        ]
    }

    /// How long a body may take of which so many bytes have arrived.
    pub(crate) fn body_time(&self, arrived: usize) -> Duration {
        let more = (arrived as u64).checked_div(u64::from(self.body_rate));
        let more = Duration::from_secs(more.unwrap_or(0));
        self.body_timeout.saturating_add(more)
    }

    /// How many violations are looked for, where it is said.
    pub(crate) const fn violations(&self) -> Option<usize> {
        self.violations
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1024 * 1024,
            body_timeout: Duration::from_secs(20),
            body_rate: 500,
            depth: 32,
            members: 1024,
            items: 65_536,
            string: 256 * 1024,
            number: 128,
            parameters: 64,
            violations: None,
            said: 0,
        }
    }
}

const BODY: u16 = 1 << 0;
const BODY_TIMEOUT: u16 = 1 << 1;
const BODY_RATE: u16 = 1 << 2;
const DEPTH: u16 = 1 << 3;
const MEMBERS: u16 = 1 << 4;
const ITEMS: u16 = 1 << 5;
const STRING: u16 = 1 << 6;
const NUMBER: u16 = 1 << 7;
const PARAMETERS: u16 = 1 << 8;
const VIOLATIONS: u16 = 1 << 9;
