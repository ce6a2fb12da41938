//! What comes in, and what goes out to the tables.

use std::net::IpAddr;

use axum::http::{self, Request, header::CONTENT_TYPE};
use bytes::Bytes;
use tower_harden::{
    AddressPolicy, ConfigError, Field, Policy, Probe, RouteSchema, Schema,
    dynamodb::{Operation, TablePolicy},
};

use crate::store::{BY_STATUS, NOTES, ORDERS, STATUSES, WEBHOOKS};

/// The hosts that a request may name, and that a webhook is delivered to: public ones, or only the given
/// receivers, each a host, an address or a block of addresses.
///
/// # Errors
///
/// Where a receiver is none of these.
pub fn addresses(receivers: &[String]) -> Result<AddressPolicy, ConfigError> {
    let public = AddressPolicy::deny_internal();
    if receivers.is_empty() {
        return Ok(public);
    }
    let only = public.only_hosts::<&str>([])?;
    receivers.iter().try_fold(only, |policy, receiver| {
        let is_block = receiver.parse::<IpAddr>().is_ok() || receiver.contains('/');
        if is_block {
            policy.allow_net(receiver)
        } else {
            policy.allow_host(receiver)?.only_hosts([receiver])
        }
    })
}

/// What each route accepts.
///
/// # Errors
///
/// Where one of the declarations has a mistake.
pub fn policy(addresses: AddressPolicy) -> Result<Policy, ConfigError> {
    // RFC 6750 §2.1. The handlers ask whose session it is, and judging comes before.
    let token = || {
        Field::string()
            .max_length(200)
            .pattern("^(?i:Bearer) [A-Za-z0-9._~+/-]+=*$")
    };
    let session = || RouteSchema::new().header("authorization", token());
    let tenant = || Field::string().max_length(64).pattern("^[a-z0-9-]+$");
    let sku = || {
        Field::string()
            .min_length(1)
            .max_length(64)
            .pattern("^[A-Z0-9-]+$")
    };
    let quantity = || Field::integer(1..=100);
    let note = || Field::string().max_length(1_000).multiline();
    let status = || Field::one_of(STATUSES);

    Policy::builder()
        .addresses(addresses)
        .get("/healthz", RouteSchema::new())
        .post(
            "/orders",
            session().json(
                Schema::object()
                    .required("sku", sku())
                    .required("quantity", quantity())
                    .optional("note", note())
                    .optional("callback", Field::url().max_length(2_000)),
            ),
        )
        .get(
            "/orders",
            session()
                .query("limit", Field::integer(1..=50))
                .query("status", status())
                .query("cursor", Field::uuid()),
        )
        .get(
            "/orders/{id}",
            session()
                .path("id", Field::uuid())
                .query("tenant", tenant()),
        )
        .patch(
            "/orders/{id}",
            session().path("id", Field::uuid()).json(
                Schema::object()
                    .optional("quantity", quantity())
                    .optional("status", status())
                    .optional("note", note()),
            ),
        )
        .get(
            "/tables/{table}",
            session().path("table", Field::table_name()),
        )
        .post(
            "/webhooks",
            session().json(Schema::object().required("url", Field::url().max_length(2_000))),
        )
        .post(
            "/notes",
            session().json(
                Schema::object().required("text", Field::string().max_length(10_000).multiline()),
            ),
        )
        .build()
}

/// What every policy of the service has to answer as this one does: the health check passes, and the
/// metadata service is refused.
///
/// # Errors
///
/// Where one of them is no request.
pub fn probes() -> Result<[Probe; 2], http::Error> {
    let health = Request::get("/healthz").body(Bytes::new())?;
    let attack = Request::post("/webhooks")
        .header(CONTENT_TYPE, "application/json")
        .body(Bytes::from_static(br#"{"url":"http://169.254.169.254/"}"#))?;
    Ok([
        Probe::accepted("/healthz", health),
        Probe::refused("/webhooks", attack),
    ])
}

/// What may be done with which table. Every item belongs to a tenant, and each call is made for one.
///
/// # Errors
///
/// Where one of the declarations has a mistake.
pub fn tables() -> Result<TablePolicy, ConfigError> {
    let order = ["id", "sku", "quantity", "status", "note", "callback"];
    TablePolicy::new()
        .table(ORDERS, |table| {
            table
                .allow([
                    Operation::DescribeTable,
                    Operation::GetItem,
                    Operation::PutItem,
                    Operation::Query,
                    Operation::UpdateItem,
                ])
                .index(BY_STATUS)
                .partition_key("tenant")
                .read(order)
                .write(order)
                .max_limit(50)
                .consistent_reads()
        })?
        .table(NOTES, |table| {
            table
                .allow([Operation::PutItem])
                .partition_key("tenant")
                .write(["id", "text"])
        })?
        .table(WEBHOOKS, |table| {
            table
                .allow([Operation::PutItem])
                .partition_key("tenant")
                .write(["id", "url"])
        })
}
