use crate::RouteSchema;

/// What an extractor reads of a request, for [`infer`](crate::infer).
///
/// It is implemented for the extractors of axum that say by their type what they read, for those that read
/// nothing that has to be declared, and for tuples of them. For an extractor of your own, say what it
/// reads:
///
/// ```
/// use axum::{extract::FromRequestParts, http::request::Parts};
/// use http::StatusCode;
/// use tower_harden::{Describe, Field, RouteSchema};
///
/// struct Tenant(String);
///
/// impl<S: Sync> FromRequestParts<S> for Tenant {
///     type Rejection = StatusCode;
///
///     async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
///         let tenant = parts.headers.get("x-tenant").and_then(|tenant| tenant.to_str().ok());
///         tenant.map(|tenant| Tenant(tenant.into())).ok_or(StatusCode::BAD_REQUEST)
///     }
/// }
///
/// impl Describe for Tenant {
///     fn describe(route: RouteSchema) -> RouteSchema {
///         route.required_header("x-tenant", Field::string().pattern("^[a-z]{1,32}$"))
///     }
/// }
/// ```
///
/// An extractor that wraps another one, such as those of axum-extra, passes on what that reads, by
/// [`json_of`](RouteSchema::json_of), [`query_of`](RouteSchema::query_of) and their like.
#[diagnostic::on_unimplemented(
    message = "nothing says what `{Self}` reads of a request",
    label = "a handler of this is not described",
    note = "implement `tower_harden::Describe` for the extractor, or declare the route by `RouteSchema`",
    note = "`Bytes`, `String`, `Request` and `Multipart` read a body without saying which"
)]
pub trait Describe {
    /// Adds what the extractor reads to what the others of its handler do.
    fn describe(route: RouteSchema) -> RouteSchema;

    /// The same for `Option` of the extractor, which is as strict unless this says what may be missing.
    fn describe_optional(route: RouteSchema) -> RouteSchema {
        Self::describe(route)
    }
}

impl<T: Describe> Describe for Option<T> {
    fn describe(route: RouteSchema) -> RouteSchema {
        T::describe_optional(route)
    }
}

/// What is refused never comes to the `Err`, except by the extractor itself.
impl<T: Describe, E> Describe for Result<T, E> {
    fn describe(route: RouteSchema) -> RouteSchema {
        T::describe(route)
    }
}

macro_rules! tuple {
    ($($extractor:ident)*) => {
        impl<$($extractor: Describe),*> Describe for ($($extractor,)*) {
            fn describe(route: RouteSchema) -> RouteSchema {
                $(let route = $extractor::describe(route);)*
                route
            }
        }
    };
}

super::infer::each_arity!(tuple);
