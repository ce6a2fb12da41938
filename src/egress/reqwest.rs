use std::sync::Arc;

use reqwest::{
    Client, ClientBuilder, IntoUrl, Method, Request, RequestBuilder, Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::{Action, Attempt, Policy},
};

use super::{EgressDenied, EgressDeniedKind, GuardedResolver};
use crate::{AddressPolicy, BoxError};

/// The redirects that are followed, as many as reqwest follows by itself.
const MOST_REDIRECTS: usize = 10;

/// A client of reqwest whose every connection is judged: the URL of the request, that of each redirect,
/// and the addresses that names resolve to.
///
/// reqwest shows a connector no URI, so that four settings make the guard together, and this is their
/// only constructor: a resolver, a policy of redirects, no proxies, and a look at the first URL.
///
/// ```no_run
/// use tower_harden::{AddressPolicy, egress::GuardedClient};
///
/// # async fn example(callback: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let client = GuardedClient::new(AddressPolicy::deny_internal(), reqwest::Client::builder())?;
/// client.post(callback)?.body("shipped").send().await?;
/// # Ok(())
/// # }
/// ```
///
/// Over a redirect to another origin, reqwest drops `Authorization`, `Cookie` and `Proxy-Authorization`,
/// and no header of another name: a key that is sent in one of its own goes where the redirect goes.
#[derive(Clone, Debug)]
pub struct GuardedClient {
    policy: Arc<AddressPolicy>,
    client: Client,
}

impl GuardedClient {
    /// Builds a client. The builder may have set anything but what makes the guard, which is set here:
    /// the resolver, redirects, and proxies. What sends requests elsewhere is not judged, and not set here:
    /// `resolve`, `unix_socket`, `windows_named_pipe`, `connector_layer`.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn new(
        policy: impl Into<Arc<AddressPolicy>>,
        builder: ClientBuilder,
    ) -> reqwest::Result<Self> {
        let policy = policy.into();
        let hops = policy.clone();
        let client = builder
            .dns_resolver(GuardedResolver::system(policy.clone()))
            .redirect(Policy::custom(move |attempt| redirect(&hops, attempt)))
            .no_proxy()
            .referer(false)
            .build()?;
        Ok(Self { policy, client })
    }

    /// A request.
    ///
    /// # Errors
    ///
    /// Where the URL cannot be read, or the policy denies its host, scheme or port.
    pub fn request(
        &self,
        method: Method,
        url: impl IntoUrl,
    ) -> Result<RequestBuilder, EgressDenied> {
        let url = url
            .into_url()
            .map_err(|_| EgressDenied::new(EgressDeniedKind::Ambiguous).told())?;
        check(&self.policy, &url).map_err(EgressDenied::told)?;
        Ok(self.client.request(method, url))
    }

    /// A GET request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn get(&self, url: impl IntoUrl) -> Result<RequestBuilder, EgressDenied> {
        self.request(Method::GET, url)
    }

    /// A POST request.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    pub fn post(&self, url: impl IntoUrl) -> Result<RequestBuilder, EgressDenied> {
        self.request(Method::POST, url)
    }

    /// Sends a request that was made before.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request) and [`Client::execute`]; [`denied`](super::denied) tells them apart.
    pub async fn execute(&self, request: Request) -> Result<Response, BoxError> {
        check(&self.policy, request.url()).map_err(EgressDenied::told)?;
        Ok(self.client.execute(request).await?)
    }
}

fn redirect(policy: &AddressPolicy, attempt: Attempt<'_>) -> Action {
    if attempt.previous().len() > MOST_REDIRECTS {
        return attempt.error("too many redirects");
    }
    match check(policy, attempt.url()) {
        Ok(()) => attempt.follow(),
        Err(denied) => attempt.error(denied.told()),
    }
}

/// Judges a URL, which the parser has written anew: one host has one spelling.
fn check(policy: &AddressPolicy, url: &Url) -> Result<(), EgressDenied> {
    let https = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return Err(EgressDenied::new(EgressDeniedKind::Scheme)),
    };
    let default = if https { 443 } else { 80 };
    let has_user = !url.username().is_empty() || url.password().is_some();
    let host = url.host_str().filter(|_| !has_user).unwrap_or_default();
    let port = url.port().unwrap_or(default);
    Ok(policy.check_target(https, host, port)?)
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let answers = resolver.resolve_once(name.as_str()).await?;
            Ok(Box::new(answers) as Addrs)
        })
    }
}
