//! Query strings: read, typed, judged.

use std::{convert::Infallible, hint::black_box};

use bytes::Bytes;
use futures_util::FutureExt;
use http_body_util::Full;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower::{Layer, Service, service_fn};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};
use tower_harden_benches::harness::Group;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what is measured is that they are made")]
struct Listing {
    limit: u32,
    status: String,
    cursor: String,
    sort: Option<String>,
    text: Option<String>,
}

const THREE: &str = "limit=20&status=open&cursor=550e8400-e29b-41d4-a716-446655440000";
const FIVE: &str =
    "limit=20&status=open&cursor=550e8400-e29b-41d4-a716-446655440000&sort=price&text=desk+lamp";

pub(crate) fn three() -> Group {
    query(THREE)
}

pub(crate) fn five() -> Group {
    query(FIVE)
}

fn query(query: &'static str) -> Group {
    let document = jsonschema::options()
        .build(&json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["limit", "status", "cursor"],
            "properties": {
                "limit": { "pattern": "^([1-9]|[1-4][0-9]|50)$" },
                "status": { "enum": ["open", "shipped"] },
                "cursor": { "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" },
                "sort": { "enum": ["price", "date"] },
                "text": { "type": "string", "maxLength": 64 },
            },
        }))
        .expect("a schema");
    let mut layer = layer();
    let uri: http::Uri = format!("/list?{query}").parse().expect("a target");
    Group::new(query.len())
        .add("form_urlencoded, all pairs", move || {
            let pairs = form_urlencoded::parse(black_box(query.as_bytes()));
            pairs.for_each(|pair| drop(black_box(pair)));
        })
        .add("tower-harden, layer and service", move || {
            let mut request = http::Request::new(Full::<Bytes>::default());
            *request.uri_mut() = black_box(&uri).clone();
            let answer = layer.call(request).now_or_never();
            let response = answer.expect("nothing waits").expect("no error");
            assert_eq!(black_box(response).status(), 200);
        })
        .add("typed serde_urlencoded", move || {
            let listing: Listing = serde_urlencoded::from_str(black_box(query)).expect("a query");
            black_box(listing);
        })
        .add("pairs, Value, jsonschema", move || {
            let pairs = form_urlencoded::parse(black_box(query.as_bytes()));
            let object: Map<String, Value> = pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
                .collect();
            assert!(document.is_valid(&object.into()));
        })
}

/// A service that answers with nothing, behind the layer: judging cannot be had without one.
fn layer() -> impl Service<
    http::Request<Full<Bytes>>,
    Response = http::Response<impl http_body::Body>,
    Error = Infallible,
> {
    let schema = RouteSchema::new()
        .required_query("limit", Field::integer(1..=50))
        .required_query("status", Field::one_of(["open", "shipped"]))
        .required_query("cursor", Field::uuid())
        .query("sort", Field::one_of(["price", "date"]))
        .query("text", Field::string().max_length(64));
    let policy = Policy::builder().get("/list", schema).build();
    HardenLayer::new(policy.expect("a policy without mistakes"))
        .route_by(|parts| Some(parts.uri.path()))
        .layer(service_fn(async |_: http::Request<Full<Bytes>>| {
            Ok(http::Response::new(Full::<Bytes>::default()))
        }))
}
