//! Tower middleware that lets only declared input into an HTTP service and only declared work out
//! of it.
//!
//! A [`Policy`] declares the routes of a service and what each accepts; a [`HardenLayer`] refuses
//! everything else, before the handler runs:
//!
//! 1. What is not declared: routes, methods, query parameters, form fields, members, media types,
//!    bodies.
//! 2. What breaks its schema: types, lengths, patterns, ranges, formats.
//! 3. What two readers would read differently: duplicate and reserved members, repeated parameters,
//!    encodings, anything beyond RFC 8259. What was judged is what the handler reads.
//! 4. What names a metadata service or an internal address, however it is spelled: URLs, hosts and
//!    addresses, and locations in other text. [`AddressPolicy`] has the contexts.
//! 5. More of anything than [`Limits`] allow, as soon as it is more.
//!
//! ```
//! use axum::{Router, body::Body, routing::post};
//! use http::{Request, StatusCode};
//! use tower::ServiceExt;
//! use tower_harden::{Field, HardenLayer, Policy, RouteSchema, Schema};
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let policy = Policy::builder()
//!     .post("/webhooks", RouteSchema::new().json(Schema::object().required("url", Field::url())))
//!     .build()?;
//! let app = Router::new()
//!     .route("/webhooks", post(|| async { "registered" }))
//!     .layer(HardenLayer::new(policy));
//!
//! let register = |body: &'static str| {
//!     let request = Request::post("/webhooks").header("content-type", "application/json");
//!     app.clone().oneshot(request.body(Body::from(body)).unwrap())
//! };
//! let public = register(r#"{"url":"https://hooks.example.com/"}"#).await?;
//! assert_eq!(public.status(), StatusCode::OK);
//! let metadata = register(r#"{"url":"http://0xa9fea9fe/"}"#).await?; // 169.254.169.254
//! assert_eq!(metadata.status(), StatusCode::UNPROCESSABLE_ENTITY);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! A refusal is `application/problem+json` (RFC 9457) with the [`Code`] and the [`Location`] of each
//! violation, and one `tracing` event. Neither has room for a value of the client. The [`Rejection`]
//! stands in the extensions of the response, as an `Arc`.
//!
//! # What it does not see
//!
//! What a name resolves to before it is connected to (`egress` judges that), bare hosts in fields that
//! are not declared as such, headers and cookies that are not declared (those that name hosts: see
//! [`PolicyBuilder::host_headers`]), and what a handler does with input that is valid. A layer that
//! decompresses or rewrites requests between this one and the handler makes it read what nobody judged:
//! put this one innermost.
//!
//! # Where policies come from
//!
//! From code ([`Policy::builder`]), from the types of handlers (`infer`, [`RouteSchema`]`::json_of`), from an
//! OpenAPI document (`Policy::from_openapi`), from a file (`Policy::from_toml`, `Policy::from_json`). All of
//! them compile to the same, so that [`Policy::diff`], [`Policy::lint`] and [`Policy::revision`] tell of any.
//! A policy that [`extends`](PolicyBuilder::extends) another one only tightens it.
//!
//! # Rolling out
//!
//! * [`Mode::Report`] judges and tells and lets through, per policy, route and [`RuleClass`].
//! * A [`PolicyHandle`] replaces the policy of a running service, and tries a candidate beside it.
//! * [`KillSwitch`] stops all refusals of the process.
//! * `assert_covered` finds, in one line of a test, the routes that no layer stands before; `Coverage` tells
//!   of them when a service starts.
//!
//! Each refusal, and each would-be refusal, is one event of target `tower_harden`: `http.route`,
//! `http.request.method`, `http.response.status_code` (of the response that would be, where it is only
//! reported), `error.type` and `security_rule.name` (the [`Code`]), `security_rule.category` (its class),
//! `harden.location`, `harden.mode`, `harden.policy` (`enforced` or `candidate`), `harden.revision`, and where
//! there are some, `harden.others` and `harden.dropped`. With the feature `metrics`, all of them are counted:
//!
//! | metric | kind | labels |
//! |---|---|---|
//! | `tower_harden_decisions_total` | counter | `policy`, `route`, `method`, `rule`, `outcome` (`accepted`, `refused`, `reported`) |
//! | `tower_harden_evaluation_seconds` | histogram, of one request in sixteen | `policy`, `route`, `method` |
//! | `tower_harden_events_dropped_total` | counter | |
//! | `tower_harden_policy_info` | gauge, 1 for the policy in place | `policy`, `revision` |
//! | `tower_harden_policy_reloads_total` | counter | `policy`, `outcome` (`accepted`, `kept`) |
//! | `tower_harden_kill_switch` | gauge, 1 while it is engaged | |
//! | `tower_harden_kill_switch_changes_total` | counter | `state` |
//!
//! # Beside the layer
//!
//! * `Checked<T>` hands the judged JSON to a handler without reading it again.
//! * [`Validator`] judges JSON that comes another way, by the same schemas.
//!
//! # Features
//!
//! * `axum` (default): the route of a request is axum's `MatchedPath`, its path parameters are those
//!   that axum decoded. Without it, [`HardenLayer::route_by`] names the route.
//! * `json-schema`: `JsonSchema`, schemas from JSON Schema documents of draft 2020-12, and policies from
//!   JSON files.
//! * `schemars`: `RouteSchema::json_of` and its like, schemas from the types that a handler reads, and
//!   with `axum` `infer`, the schema of a route from its handler.
//! * `openapi`: `OpenApi`, policies from OpenAPI documents of versions 3.0 and 3.1.
//! * `metrics`: what is decided, by the facade of that name, for whichever recorder is installed.
//! * `egress`: connections that go to no internal address, for hyper-util; `reqwest`: a client of it.
//! * `toml`: DynamoDB policies from TOML files; with `json-schema`, policies of services too.
//! * `dynamodb`: an allowlist around the AWS DynamoDB client. It needs Rust 1.94.1, as the SDK does;
//!   the rest needs 1.89.
//! * `full`: all of these.
//!
//! A feature only adds names: none of them changes a decision.
//!
//! # How to read it
//!
//! A request walks through this crate as through its modules: `layer` takes its route, `input`
//! decodes its inputs, `json` reads its body and `schema` runs the compiled program over it while it
//! is read, `address` tells which host a string names, and `rejection` and `problem` answer.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod address;
#[cfg(feature = "dynamodb")]
pub mod dynamodb;
#[cfg(feature = "egress")]
pub mod egress;
mod error;
mod fact;
mod fingerprint;
mod input;
mod json;
mod kill_switch;
mod layer;
mod limits;
mod location;
mod mode;
mod policy;
mod problem;
mod rejection;
mod rule_class;
mod schema;
mod table_name;
mod telemetry;
mod text;
mod violation;
mod violations;

#[cfg(feature = "axum")]
pub use crate::layer::{Checked, CheckedRejection, Coverage, assert_covered};
#[cfg(feature = "openapi")]
pub use crate::policy::OpenApi;
#[cfg(all(feature = "axum", feature = "schemars"))]
pub use crate::policy::{Describe, HandlerFn, infer};
#[cfg(feature = "json-schema")]
pub use crate::schema::JsonSchema;
pub use crate::{
    address::{AddressClass, AddressPolicy, DangerousAddressPolicy},
    error::{ConfigError, ConfigProblem},
    fact::Effect,
    input::PathParams,
    kill_switch::KillSwitch,
    layer::{
        Harden, HardenLayer, PolicyHandle, Probe, ReloadError, ReloadErrorKind, ReplayBody,
        ResponseBody, ResponseFuture,
    },
    limits::Limits,
    location::{Location, Pointer},
    mode::Mode,
    policy::{
        DeclaredRoute, HostHeader, Lint, LintKind, Loosened, Loosening, Policy, PolicyBuilder,
        PolicyChange, PolicyDiff, PolicyRule, Revision, RouteSchema, Validator,
    },
    rejection::Rejection,
    rule_class::RuleClass,
    schema::{
        AnySchema, ArraySchema, BooleanField, Field, FileField, IntegerField, ListField,
        MultipartSchema, NumberField, ObjectSchema, Schema, StringField,
    },
    table_name::TableName,
    violation::{Code, Violation},
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[cfg(all(doctest, feature = "full"))]
#[doc = include_str!("../README.md")]
struct Readme;
