use axum::{Json, extract::Path};

use crate::{
    Error,
    store::{Orders, Table},
};

/// Passes what the caller asks for on to the SDK, as the advisory's service did.
pub(super) async fn describe(
    orders: Orders,
    Path(table): Path<String>,
) -> Result<Json<Table>, Error> {
    Ok(Json(orders.describe(&table).await?.ok_or(Error::NotFound)?))
}
