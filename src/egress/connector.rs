use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use tower_service::Service;

use super::{EgressDenied, EgressDeniedKind, EgressFuture, GuardedResolver};
use crate::{AddressPolicy, BoxError};

/// Connects to no host that its policy denies.
///
/// It judges the host of the URI: an address by its class, a name by its text. What a name resolves to
/// is judged by the [`GuardedResolver`] of the connector in it.
#[derive(Clone, Debug)]
pub struct GuardedConnector<C> {
    policy: Arc<AddressPolicy>,
    inner: C,
}

impl GuardedConnector<HttpConnector<GuardedResolver>> {
    /// Connects over TCP, to names as the resolver of the system resolves them. It is also the inner
    /// connector of one for TLS.
    #[must_use]
    pub fn http(policy: impl Into<Arc<AddressPolicy>>) -> Self {
        let policy = policy.into();
        let mut inner = HttpConnector::new_with_resolver(GuardedResolver::system(policy.clone()));
        inner.enforce_http(false);
        Self::wrap(policy, inner)
    }
}

impl<C> GuardedConnector<C> {
    /// Guards a connector that resolves names by a [`GuardedResolver`] of the same policy.
    ///
    /// With another resolver it is half a guard: a name may lead anywhere.
    #[must_use]
    pub fn wrap(policy: impl Into<Arc<AddressPolicy>>, inner: C) -> Self {
        Self {
            policy: policy.into(),
            inner,
        }
    }
}

impl<C> Service<Uri> for GuardedConnector<C>
where
    C: Service<Uri, Error: Into<BoxError>>,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = EgressFuture<C::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        EgressFuture::after(check(&self.policy, &uri), || self.inner.call(uri))
    }
}

/// Judges the scheme, host and port of a URI.
///
/// # Errors
///
/// Where the policy denies one of them.
pub(super) fn check(policy: &AddressPolicy, uri: &Uri) -> Result<(), EgressDenied> {
    let https = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return Err(EgressDenied::new(EgressDeniedKind::Scheme)),
    };
    let default = if https { 443 } else { 80 };
    let has_user = uri.authority().is_some_and(|it| it.as_str().contains('@'));
    let host = uri.host().filter(|_| !has_user).unwrap_or_default();
    policy
        .check_target(https, host, uri.port_u16().unwrap_or(default))
        .map_err(EgressDenied::from)
}
