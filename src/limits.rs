//! How much of anything a request may have.

use crate::Mode;

/// The limits that hold while a request is read, before and beside any schema.
///
/// Every limit is on by default, and each holds while reading: the byte that passes it is the last
/// one looked at.
///
/// ```
/// use tower_harden::Limits;
///
/// let limits = Limits::default().max_body(64 * 1024).max_depth(8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub(crate) body: usize,
    pub(crate) depth: u32,
    pub(crate) members: u32,
    pub(crate) items: u32,
    pub(crate) string: usize,
    pub(crate) number: usize,
    pub(crate) parameters: usize,
    violations: Option<usize>,
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
        self
    }

    /// The deepest nesting of arrays and objects in a JSON body. Default: 32.
    ///
    /// A scalar body has depth 0 and `[[]]` has depth 2.
    #[must_use]
    pub const fn max_depth(mut self, depth: u32) -> Self {
        self.depth = depth;
        self
    }

    /// The most members of one JSON object. Default: 1,024.
    #[must_use]
    pub const fn max_members(mut self, members: u32) -> Self {
        self.members = members;
        self
    }

    /// The most items of one JSON array. Default: 65,536.
    #[must_use]
    pub const fn max_items(mut self, items: u32) -> Self {
        self.items = items;
        self
    }

    /// The longest string or member name of a JSON body, in bytes once unescaped. Default: 256 KiB.
    #[must_use]
    pub const fn max_string(mut self, bytes: usize) -> Self {
        self.string = bytes;
        self
    }

    /// The longest number of a JSON body, in characters. Default: 128.
    #[must_use]
    pub const fn max_number(mut self, characters: usize) -> Self {
        self.number = characters;
        self
    }

    /// The most parameters of a query string. Default: 64.
    #[must_use]
    pub const fn max_parameters(mut self, parameters: usize) -> Self {
        self.parameters = parameters;
        self
    }

    /// The most violations that are looked for in one request.
    ///
    /// Default: 1 where the policy is enforced, which is the cheapest refusal and tells a prober
    /// least; 16 where it is only reported.
    #[must_use]
    pub const fn max_violations(mut self, violations: usize) -> Self {
        self.violations = Some(if violations == 0 { 1 } else { violations });
        self
    }

    /// Stop at the first violation, also where the policy is only reported.
    #[must_use]
    pub const fn first_violation(self) -> Self {
        self.max_violations(1)
    }

    pub(crate) fn violations(&self, mode: Mode) -> usize {
        self.violations
            .unwrap_or(if mode == Mode::Enforce { 1 } else { 16 })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1024 * 1024,
            depth: 32,
            members: 1024,
            items: 65_536,
            string: 256 * 1024,
            number: 128,
            parameters: 64,
            violations: None,
        }
    }
}
