//! The configuration of the SDK, where it and the guard do not agree.

use aws_sdk_dynamodb::config::Region;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use tower_harden::dynamodb::DynamoGuard;

use crate::{
    guarded::{config, shop},
    stub::Stub,
};

const UNDECLARED: &str = "endpoint: the configuration of the SDK, or AWS_ENDPOINT_URL, has an endpoint that is not declared: declare it with DynamoGuard::endpoint(..)";
const NO_REGION: &str =
    "region: the configuration of the SDK has none: set it there, or AWS_REGION";
const LOCAL: &str = "region: \"local\" is a clear-text endpoint on this machine: declare it with DynamoGuard::endpoint(..)";

/// `AWS_ENDPOINT_URL_DYNAMODB` of the environment, or `endpoint_url` of a profile.
#[derive(Debug)]
struct Environment(&'static str);

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let key = (key.service_id(), key.env(), key.profile());
        (key == ("DynamoDB", "AWS_ENDPOINT_URL", "endpoint_url")).then(|| self.0.to_owned())
    }
}

/// What a configuration has, and what is wrong with it.
struct Row {
    declared: Option<&'static str>,
    endpoint: Option<&'static str>,
    environment: Option<&'static str>,
    region: Option<&'static str>,
    problems: &'static [&'static str],
}

const ROW: Row = Row {
    declared: None,
    endpoint: None,
    environment: None,
    region: Some("eu-west-1"),
    problems: &[],
};

const HERE: Option<&str> = Some("http://127.0.0.1:8000");
const THERE: Option<&str> = Some("http://169.254.169.254");

const ROWS: &[Row] = &[
    ROW,
    Row {
        declared: HERE,
        ..ROW
    },
    Row {
        endpoint: HERE,
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        endpoint: Some("https://dynamodb.eu-west-1.amazonaws.com"),
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        environment: HERE,
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: HERE,
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: Some("HTTP://127.0.0.1:8000/"),
        ..ROW
    },
    Row {
        declared: HERE,
        environment: HERE,
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: THERE,
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        environment: THERE,
        problems: &[UNDECLARED],
        ..ROW
    },
    // Either could be the one that is used.
    Row {
        declared: HERE,
        endpoint: HERE,
        environment: THERE,
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: THERE,
        environment: HERE,
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: Some("http://127.0.0.1:8000/shell"),
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: Some("http://user@127.0.0.1:8000"),
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: Some("https://127.0.0.1:8000"),
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        endpoint: Some("not a URL"),
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        declared: HERE,
        environment: Some(""),
        problems: &[UNDECLARED],
        ..ROW
    },
    Row {
        region: None,
        problems: &[NO_REGION],
        ..ROW
    },
    Row {
        declared: HERE,
        region: None,
        problems: &[NO_REGION],
        ..ROW
    },
    Row {
        region: Some("local"),
        problems: &[LOCAL],
        ..ROW
    },
    Row {
        declared: HERE,
        region: Some("local"),
        ..ROW
    },
    Row {
        environment: THERE,
        region: Some("local"),
        problems: &[UNDECLARED, LOCAL],
        ..ROW
    },
    Row {
        endpoint: THERE,
        region: None,
        problems: &[UNDECLARED, NO_REGION],
        ..ROW
    },
];

#[test]
fn a_client_is_built_where_everything_is_declared() {
    for row in ROWS {
        let told: Vec<_> = match client(row) {
            Ok(_) => Vec::new(),
            Err(error) => error.problems().iter().map(ToString::to_string).collect(),
        };
        let Row {
            declared,
            endpoint,
            environment,
            region,
            problems,
        } = row;
        assert_eq!(
            told, *problems,
            "{declared:?} {endpoint:?} {environment:?} {region:?}"
        );
    }
}

fn client(row: &Row) -> Result<tower_harden::dynamodb::GuardedClient, tower_harden::ConfigError> {
    let mut config = config(&Stub::default()).region(row.region.map(Region::new));
    config.set_endpoint_url(row.endpoint.map(str::to_owned));
    if let Some(url) = row.environment {
        config = config.service_config(Environment(url));
    }
    let mut guard = DynamoGuard::new(shop());
    if let Some(url) = row.declared {
        guard = guard.endpoint(url)?;
    }
    guard.client(&config.build())
}
