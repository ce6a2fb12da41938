//! Logging in, by a form.

use axum::{Form, extract::Query, http::StatusCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Login {
    #[schema(max_length = 64)]
    user: String,
    #[schema(max_length = 128)]
    password: String,
    code: Option<u32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Then {
    #[param(max_length = 200)]
    next: Option<String>,
}

#[utoipa::path(
    post,
    path = "/login",
    params(Then),
    request_body(content = Login, content_type = "application/x-www-form-urlencoded"),
    responses((status = 204), (status = 403))
)]
pub(super) async fn log_in(Query(then): Query<Then>, Form(login): Form<Login>) -> StatusCode {
    let known =
        login.user == "ada" && login.password == "secret" && login.code.is_none_or(|it| it == 7);
    match then.next {
        _ if !known => StatusCode::FORBIDDEN,
        Some(_) => StatusCode::SEE_OTHER,
        None => StatusCode::NO_CONTENT,
    }
}
