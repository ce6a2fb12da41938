use std::{fmt, net::SocketAddr};

use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

use super::GuardedResolver;
use crate::BoxError;

/// For the HTTP clients of `aws-smithy-http-client`: `build_with_resolver(..)`. Their connectors read
/// addresses themselves, so judge an endpoint that is one where it is configured.
impl<R> ResolveDns for GuardedResolver<R>
where
    R: Service<Name, Response: Iterator<Item = SocketAddr>, Error: Into<BoxError>>,
    R: Clone + fmt::Debug + Send + Sync + 'static,
    R::Future: Send + 'static,
{
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        let resolver = self.clone();
        DnsFuture::new(async move {
            let answers = resolver.resolve_once(name).await;
            let answers = answers.map_err(ResolveDnsError::new)?;
            Ok(answers.map(|answer| answer.ip()).collect())
        })
    }
}
