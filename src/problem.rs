//! The default response to a refusal: problem details (RFC 9457).

use bytes::Bytes;
use http::{
    HeaderValue, Response,
    header::{ALLOW, CONTENT_TYPE},
};
use serde::Serialize;

use crate::{Rejection, Violation};

/// The body of `application/problem+json` (RFC 9457 §3), with the `errors` that its §3 shows.
#[derive(Serialize)]
struct Problem<'a> {
    title: &'a str,
    status: u16,
    errors: Vec<Error<'a>>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'static str,
    r#in: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    detail: &'static str,
}

impl<'a> From<&'a Violation> for Error<'a> {
    fn from(violation: &'a Violation) -> Self {
        let location = violation.location();
        Self {
            code: violation.code().as_str(),
            r#in: location.part(),
            pointer: location.pointer().map(ToString::to_string),
            parameter: location.parameter(),
            detail: violation.code().detail(),
        }
    }
}

/// Renders a rejection.
pub(crate) fn respond(rejection: &Rejection) -> Response<Bytes> {
    let status = rejection.status();
    let problem = Problem {
        title: status.canonical_reason().unwrap_or("Refused"),
        status: status.as_u16(),
        errors: rejection.violations().iter().map(Error::from).collect(),
    };
    // Strings and one number: there is nothing in it that JSON cannot hold.
    let body = serde_json::to_vec(&problem).unwrap_or_default();

    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    let allow = rejection
        .allowed_methods()
        .and_then(|methods| HeaderValue::from_str(methods).ok());
    if let Some(allow) = allow {
        headers.insert(ALLOW, allow);
    }
    response
}
