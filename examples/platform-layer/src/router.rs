use axum::Router;

use crate::Hardening;

/// Hardens a router.
pub trait RouterExt {
    /// The router behind the layer. Routes that are added later are not behind it: call it last, and let a
    /// test ask `tower_harden::assert_covered`.
    #[must_use]
    fn hardened(self, hardening: Hardening) -> Self;
}

impl<S: Clone + Send + Sync + 'static> RouterExt for Router<S> {
    fn hardened(self, hardening: Hardening) -> Self {
        self.layer(hardening)
    }
}
