//! What comes in, and what goes out to the tables.

use std::net::IpAddr;

use tower_harden::{
    AddressPolicy, ConfigError, Field, Policy, RouteSchema, Schema,
    dynamodb::{Operation, ReturnValues, TablePolicy},
};

use crate::store::{BY_STATUS, STATUSES, TABLE};

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
            RouteSchema::new().json(
                Schema::object()
                    .required("sku", sku())
                    .required("quantity", quantity())
                    .optional("note", note())
                    .optional("callback", Field::url().max_length(2_000)),
            ),
        )
        .get(
            "/orders",
            RouteSchema::new()
                .query("limit", Field::integer(1..=50))
                .query("status", status())
                .query("cursor", Field::uuid()),
        )
        .get("/orders/{id}", RouteSchema::new().path("id", Field::uuid()))
        .patch(
            "/orders/{id}",
            RouteSchema::new().path("id", Field::uuid()).json(
                Schema::object()
                    .optional("quantity", quantity())
                    .optional("status", status())
                    .optional("note", note()),
            ),
        )
        .get(
            "/tables/{table}",
            RouteSchema::new().path("table", Field::table_name()),
        )
        .post(
            "/webhooks",
            RouteSchema::new()
                .json(Schema::object().required("url", Field::url().max_length(2_000))),
        )
        .post(
            "/notes",
            RouteSchema::new().json(
                Schema::object().required("text", Field::string().max_length(10_000).multiline()),
            ),
        )
        .build()
}

/// What may be done with which table.
///
/// # Errors
///
/// Where one of the declarations has a mistake.
pub fn tables() -> Result<TablePolicy, ConfigError> {
    TablePolicy::new().table(TABLE, |table| {
        table
            .allow([
                Operation::DescribeTable,
                Operation::GetItem,
                Operation::PutItem,
                Operation::Query,
                Operation::UpdateItem,
            ])
            .index(BY_STATUS)
            .any_partition()
            .read_all()
            .write_all()
            .return_values([ReturnValues::AllNew])
    })
}
