use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use serde_json::json;
use tower_harden::dynamodb::{self, AccessDenied};

/// Why a handler has no answer.
#[derive(Debug)]
pub enum Error {
    /// The token of the request is not known.
    Unauthenticated,
    /// There is no such order.
    NotFound,
    /// A change that changes nothing.
    NothingToChange,
    /// The guard denied what the handler tried.
    Denied(AccessDenied),
    /// The store did not answer, or not as it should.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// What an error of the SDK is to a caller.
    pub fn of_store(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        match dynamodb::denied(&error) {
            Some(denied) => Self::Denied(denied.clone()),
            None => Self::Unavailable(error.into()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NothingToChange => StatusCode::UNPROCESSABLE_ENTITY,
            // The guard has told of it.
            Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::Unavailable(error) => {
                tracing::error!(error = %chain(&*error), "the store is unavailable");
                StatusCode::SERVICE_UNAVAILABLE
            }
        };
        let title = status.canonical_reason().unwrap_or_default();
        let problem = json!({ "title": title, "status": status.as_u16() });
        let media_type = [(CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, media_type, Json(problem)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

/// An error and its causes; the SDK says the least in the first of them.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
