//! An extractor for the bodies that the layer has judged.

use std::{any::type_name, error::Error, fmt};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, OptionalFromRequest, Request, rejection::BytesRejection},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::{event, json_body::JsonBody};
use crate::{Code, Location, Rejection, Violation, input, location::Pointer, problem};

/// The JSON body of a request that [`HardenLayer`](crate::HardenLayer) has judged, deserialized.
///
/// It takes the place of `axum::Json`, which looks for what the layer has found already: the media
/// type, and where in the document a value does not fit. Without these it is faster.
///
/// ```
/// use axum::{Router, body::Body, http::Request, routing::post};
/// use serde::Deserialize;
/// use tower::ServiceExt;
/// use tower_harden::{Checked, Field, HardenLayer, Policy, RouteSchema, Schema};
///
/// #[derive(Deserialize)]
/// struct Order {
///     sku: String,
/// }
///
/// async fn order(Checked(order): Checked<Order>) -> String {
///     order.sku
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let sku = Schema::object().required("sku", Field::string().max_length(64));
/// let policy = Policy::builder().post("/orders", RouteSchema::new().json(sku)).build()?;
/// let app = Router::new()
///     .route("/orders", post(order))
///     .layer(HardenLayer::new(policy));
///
/// let request = Request::post("/orders").header("content-type", "application/json");
/// let response = app.oneshot(request.body(Body::from(r#"{"sku":"DESK-9"}"#))?).await?;
/// assert_eq!(response.status(), 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// # Errors
///
/// A [`CheckedRejection`], which is a mistake of the service and not of the client: no layer stands
/// before the handler, or the schema of the route accepts what the type does not. Where the mode of
/// the route is [`Mode::Off`](crate::Mode::Off) or [`Mode::Report`](crate::Mode::Report), it is the
/// client's as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked<T>(pub T);

impl<T, S> FromRequest<S> for Checked<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = CheckedRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        match request.extensions().get() {
            Some(JsonBody::Judged) => {}
            Some(JsonBody::Absent) => return Err(CheckedRejection::Missing),
            Some(JsonBody::Unjudged) if is_json(request.headers()) => {}
            Some(JsonBody::Unjudged) => return Err(CheckedRejection::MediaType),
            None => {
                event::not_judged(type_name::<T>());
                return Err(CheckedRejection::NotJudged);
            }
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(CheckedRejection::Body)?;
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            event::not_of_type(type_name::<T>(), &error);
            CheckedRejection::Type
        })
    }
}

/// `None` where the route declares its body by [`optional_body`](crate::RouteSchema::optional_body) and the
/// request has none.
impl<T, S> OptionalFromRequest<S> for Checked<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = CheckedRejection;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Self::Rejection> {
        let absent = match request.extensions().get() {
            Some(JsonBody::Absent) => true,
            // As `axum::Json` tells, where nothing was judged.
            Some(JsonBody::Unjudged) => !request.headers().contains_key(CONTENT_TYPE),
            Some(JsonBody::Judged) | None => false,
        };
        if absent {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state)
            .await
            .map(Some)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let json = input::Bodies {
        json: true,
        form: false,
        multipart: false,
    };
    input::check_headers(headers, json, usize::MAX).is_ok()
}

/// Why [`Checked`] has no value.
#[derive(Debug)]
#[non_exhaustive]
pub enum CheckedRejection {
    /// No layer has judged the body as JSON: 500, and an event that says so.
    NotJudged,
    /// The layer lets pass what it would refuse, and the body is not announced as JSON: 415.
    MediaType,
    /// The route allows that there is no body, and the handler does not: 400. It takes
    /// `Option<Checked<T>>`.
    Missing,
    /// The body cannot be read, or is longer than axum's `DefaultBodyLimit`.
    Body(BytesRejection),
    /// The schema of the route accepts the body and the type does not: 422, and an event.
    Type,
}

impl fmt::Display for CheckedRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJudged => "no HardenLayer has judged the body as JSON",
            Self::MediaType => "the body is not announced as JSON",
            Self::Missing => "there is no body",
            Self::Body(_) => "the body cannot be read",
            Self::Type => "the body does not have the type of the handler",
        })
    }
}

impl Error for CheckedRejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Body(error) => Some(error),
            _ => None,
        }
    }
}

impl IntoResponse for CheckedRejection {
    fn into_response(self) -> Response {
        let (location, code) = match self {
            Self::NotJudged => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Self::Body(rejection) => return rejection.into_response(),
            Self::MediaType => (Location::Header(CONTENT_TYPE), Code::MediaType),
            Self::Missing => (Location::Body(Pointer::default()), Code::BodyMissing),
            Self::Type => (Location::Body(Pointer::default()), Code::Type),
        };
        let rejection = Rejection::new(vec![Violation::new(location, code)], None);
        problem::respond(&rejection).map(Body::from)
    }
}
