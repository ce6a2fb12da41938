//! A shop as users of `utoipa` write it. Nothing in it knows of hardening; [`app`] and [`hardened`] put it
//! together.

pub(crate) mod app;
mod customers;
pub(crate) mod hardened;
mod health;
mod orders;
mod sessions;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use utoipa::OpenApi;

use orders::Order;

/// What the handlers share.
#[derive(Clone, Debug, Default)]
struct Shop {
    orders: Arc<Mutex<BTreeMap<u32, Order>>>,
    webhooks: Arc<Mutex<Vec<String>>>,
}

#[derive(OpenApi)]
#[openapi(info(title = "Shop", description = "Orders and those who make them"))]
struct Api;
