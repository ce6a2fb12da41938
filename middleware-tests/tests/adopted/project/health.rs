//! Whether the service is up.

#[utoipa::path(get, path = "/health", responses((status = 200)))]
pub(super) async fn health() -> &'static str {
    "up"
}
