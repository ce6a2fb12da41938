use axum::{Router, http::header::CONTENT_TYPE, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Api, Shop, customers, health, orders, sessions};

/// The service, with its document at `/openapi.json`.
pub(crate) fn app() -> Result<Router, Box<dyn std::error::Error>> {
    let v1 = OpenApiRouter::new()
        .nest("/orders", orders::router())
        .nest("/customers", customers::router());
    let (router, document) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(health::health))
        .routes(routes!(sessions::log_in))
        .nest("/v1", v1)
        .split_for_parts();
    let document = document.to_json()?;
    let document = get(async || ([(CONTENT_TYPE, "application/json")], document));
    let router = router.route("/openapi.json", document);
    Ok(router.with_state(Shop::default()))
}
