use axum::{
    Extension, Form, Json,
    extract::{
        ConnectInfo, MatchedPath, NestedPath, OriginalUri, Path, Query, RawPathParams, RawQuery,
        State,
    },
};
use http::{Extensions, HeaderMap, Method, Uri, Version, request::Parts};
use schemars::JsonSchema;

use super::Describe;
use crate::RouteSchema;

impl<T: JsonSchema> Describe for Json<T> {
    fn describe(route: RouteSchema) -> RouteSchema {
        route.json_of::<T>()
    }

    fn describe_optional(route: RouteSchema) -> RouteSchema {
        Self::describe(route).optional_body()
    }
}

impl<T: JsonSchema> Describe for Form<T> {
    fn describe(route: RouteSchema) -> RouteSchema {
        route.form_of::<T>()
    }
}

impl<T: JsonSchema> Describe for Query<T> {
    fn describe(route: RouteSchema) -> RouteSchema {
        route.query_of::<T>()
    }
}

impl<T: JsonSchema> Describe for Path<T> {
    fn describe(route: RouteSchema) -> RouteSchema {
        route.path_of::<T>()
    }
}

/// Extractors of what does not come from the client, or is judged without being declared, or, as a raw
/// path or query, is refused unless it is declared beside them.
macro_rules! nothing_declared {
    ($($extractor:ty $([$parameter:ident])?),+ $(,)?) => {$(
        impl$(<$parameter>)? Describe for $extractor {
            fn describe(route: RouteSchema) -> RouteSchema {
                route
            }
        }
    )+};
}

nothing_declared!(
    ConnectInfo<T> [T],
    Extension<T> [T],
    Extensions,
    HeaderMap,
    MatchedPath,
    Method,
    NestedPath,
    OriginalUri,
    Parts,
    RawPathParams,
    RawQuery,
    State<S> [S],
    Uri,
    Version,
);
