//! Where requests may go.

use std::sync::{Arc, OnceLock};

use aws_types::{SdkConfig, service_config::ServiceConfigKey};
use http::Uri;

use crate::{ConfigError, error::Problems};

/// The only endpoint that a client sends to.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    place: Place,
    /// A URL that goes there, as it was written: nearly every request has the same one, which is read once.
    known: Arc<OnceLock<(Box<str>, Uri)>>,
}

#[derive(Clone, Debug)]
enum Place {
    /// Amazon's, of one region.
    Region(String),
    /// A declared one.
    Declared(Uri),
}

/// Domains of the partitions of AWS: standard, IPv6, China, Europe, and the isolated ones.
/// Source: `partitions.json` of the SDKs.
const DOMAINS: &[&str] = &[
    "amazonaws.com",
    "api.aws",
    "amazonaws.com.cn",
    "api.amazonwebservices.com.cn",
    "amazonaws.eu",
    "api.amazonwebservices.eu",
    "c2s.ic.gov",
    "api.aws.ic.gov",
    "sc2s.sgov.gov",
    "api.aws.scloud",
    "cloud.adc-e.uk",
    "api.cloud-aws.adc-e.uk",
    "csp.hci.ic.gov",
    "api.aws.hci.ic.gov",
];

impl Endpoint {
    /// The endpoint of a configuration, which has to be the declared one where one is declared.
    pub(super) fn of(config: &SdkConfig, declared: Option<&Uri>) -> Result<Self, ConfigError> {
        let mut problems = Problems::default();
        let is_declared = |configured: String| {
            let configured = configured.parse().ok().filter(is_origin);
            declared
                .zip(configured)
                .is_some_and(|(declared, configured)| same_origin(&configured, declared))
        };
        if !configured(config).all(is_declared) {
            problems.add(
                "endpoint",
                "the configuration of the SDK, or AWS_ENDPOINT_URL, has an endpoint that is not \
                 declared: declare it with DynamoGuard::endpoint(..)",
            );
        }
        let region = config.region().map(|region| region.as_ref().to_owned());
        match (&region, declared) {
            (None, _) => problems.add("region", "the configuration of the SDK has none: set it there, or AWS_REGION"),
            (Some(region), None) if region == "local" => problems.add(
                "region",
                "\"local\" is a clear-text endpoint on this machine: declare it with DynamoGuard::endpoint(..)",
            ),
            _ => {}
        }
        problems.into_result()?;
        Ok(Self {
            place: match declared {
                Some(declared) => Place::Declared(declared.clone()),
                None => Place::Region(region.unwrap_or_default()),
            },
            known: Arc::default(),
        })
    }

    /// What the SDK is to be told, `None` for what it finds by itself.
    pub(super) fn url(&self) -> Option<String> {
        match &self.place {
            Place::Region(_) => None,
            Place::Declared(url) => Some(url.to_string()),
        }
    }

    /// Whether a request for `url` with these `Host` headers goes to the endpoint.
    pub(super) fn is<'a>(&self, url: &str, hosts: impl IntoIterator<Item = &'a [u8]>) -> bool {
        let read;
        let url = match self.known.get() {
            Some((known, uri)) if **known == *url => uri,
            _ => match url.parse() {
                Ok(uri) if self.is_place(&uri) => {
                    // Another one was first: then this one is read again the next time.
                    let _ = self.known.set((url.into(), uri.clone()));
                    read = uri;
                    &read
                }
                _ => return false,
            },
        };
        // What forwards requests goes by the header.
        let is_host = |host: &[u8]| {
            url.authority()
                .is_some_and(|authority| authority.as_str().as_bytes().eq_ignore_ascii_case(host))
        };
        hosts.into_iter().all(is_host)
    }

    fn is_place(&self, url: &Uri) -> bool {
        is_origin(url)
            && match &self.place {
                Place::Declared(declared) => same_origin(url, declared),
                Place::Region(region) => {
                    url.scheme_str() == Some("https")
                        && url.port().is_none_or(|port| port == 443)
                        && url.host().is_some_and(|host| is_amazon(host, region))
                }
            }
    }
}

/// Whether a URL is `http://` or `https://`, a host, perhaps a port, and nothing else.
pub(super) fn is_origin(url: &Uri) -> bool {
    let Some(authority) = url.authority() else {
        return false;
    };
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    // `Uri` takes any text for a port, and then has none.
    let plain = match authority.as_str().strip_prefix(authority.host()) {
        Some("") => true,
        Some(rest) => rest.strip_prefix(':').is_some_and(is_port),
        None => false,
    };
    plain
        && !authority.host().is_empty()
        && matches!(url.scheme_str(), Some("http" | "https"))
        && url.path() == "/"
        && url.query().is_none()
}

fn is_amazon(host: &str, region: &str) -> bool {
    let rest = host
        .strip_prefix("dynamodb")
        .map(|rest| rest.strip_prefix("-fips").unwrap_or(rest));
    let domain = rest
        .and_then(|rest| rest.strip_prefix('.'))
        .and_then(|rest| rest.strip_prefix(region))
        .and_then(|rest| rest.strip_prefix('.'));
    domain.is_some_and(|domain| DOMAINS.contains(&domain))
}

fn same_origin(one: &Uri, other: &Uri) -> bool {
    one.scheme() == other.scheme() && one.authority() == other.authority()
}

/// The endpoints that the SDK might use in place of Amazon's.
fn configured(config: &SdkConfig) -> impl Iterator<Item = String> {
    let of_service = || {
        let key = ServiceConfigKey::builder()
            .service_id("DynamoDB")
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        config.service_config()?.load_config(key)
    };
    of_service()
        .into_iter()
        .chain(config.endpoint_url().map(str::to_owned))
}
