#[cfg(any(feature = "dynamodb", feature = "reqwest"))]
use std::future::poll_fn;
use std::{
    future::Future,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    vec,
};

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower_service::Service;

use super::{EgressDenied, EgressDeniedKind};
use crate::{AddressPolicy, BoxError};

/// Resolves names, and denies those of which one address is denied.
///
/// It wraps a resolver of hyper-util, by default the one of the system. Alone it is half a guard:
/// addresses are connected to without a resolver, see [`GuardedConnector`](super::GuardedConnector).
#[derive(Clone, Debug)]
pub struct GuardedResolver<R = GaiResolver> {
    policy: Arc<AddressPolicy>,
    inner: R,
}

impl GuardedResolver {
    /// Guards the resolver of the system.
    #[must_use]
    pub fn system(policy: impl Into<Arc<AddressPolicy>>) -> Self {
        Self::new(policy, GaiResolver::new())
    }
}

impl<R> GuardedResolver<R> {
    /// Guards a resolver.
    #[must_use]
    pub fn new(policy: impl Into<Arc<AddressPolicy>>, inner: R) -> Self {
        Self {
            policy: policy.into(),
            inner,
        }
    }
}

/// The addresses of a name, all of which were judged.
type Answers = vec::IntoIter<SocketAddr>;

impl<R> GuardedResolver<R>
where
    Self: Service<Name, Response = Answers, Error = BoxError>,
{
    /// Resolves one name once the resolver is ready.
    #[cfg(any(feature = "dynamodb", feature = "reqwest"))]
    pub(super) async fn resolve_once(mut self, name: &str) -> Result<Answers, BoxError> {
        let name: Name = name.parse()?;
        poll_fn(|cx| self.poll_ready(cx)).await?;
        self.call(name).await
    }
}

impl<R> Service<Name> for GuardedResolver<R>
where
    R: Service<Name, Response: Iterator<Item = SocketAddr>, Error: Into<BoxError>>,
    R::Future: Send + 'static,
{
    type Response = Answers;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Answers, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let policy = self.policy.clone();
        if let Err(found) = policy.check_name(name.as_str()) {
            let denied = EgressDenied::from(found).told();
            return Box::pin(async { Err(denied.into()) });
        }
        let answers = self.inner.call(name.clone());
        Box::pin(async move {
            let answers: Vec<SocketAddr> = answers.await.map_err(Into::into)?.collect();
            judge(&policy, name.as_str(), &answers).map_err(EgressDenied::told)?;
            Ok(answers.into_iter())
        })
    }
}

/// Judges the addresses that a name was resolved to.
///
/// # Errors
///
/// Where one of them is denied, or there is none.
fn judge(policy: &AddressPolicy, name: &str, answers: &[SocketAddr]) -> Result<(), EgressDenied> {
    if answers.is_empty() {
        return Err(EgressDenied::new(EgressDeniedKind::Unresolved));
    }
    let mut found = answers
        .iter()
        .map(|answer| policy.check_answer(name, answer.ip()));
    match found.find(Option::is_some) {
        Some(found) => Err(found.into()),
        None => Ok(()),
    }
}
