use super::Describe;
use crate::RouteSchema;

/// The schema of what a handler reads, from the types of its arguments.
///
/// ```
/// use axum::{Json, Router, body::Body, extract::{Path, Query, State}, routing::{get, post}};
/// use http::{Request, StatusCode};
/// use schemars::JsonSchema;
/// use serde::Deserialize;
/// use tower::ServiceExt;
/// use tower_harden::{HardenLayer, Policy, infer};
/// use uuid::Uuid;
///
/// #[derive(Deserialize, JsonSchema)]
/// struct Order {
///     #[schemars(length(max = 64))]
///     sku: String,
///     #[schemars(range(min = 1, max = 100))]
///     quantity: u32,
/// }
///
/// #[derive(Deserialize, JsonSchema)]
/// struct Page {
///     limit: Option<u8>,
/// }
///
/// async fn create_order(State(shop): State<&'static str>, Json(order): Json<Order>) -> String {
///     format!("{} {} for {shop}", order.quantity, order.sku)
/// }
///
/// async fn lines(Path(order): Path<Uuid>, Query(page): Query<Page>) -> String {
///     format!("{order}: {:?}", page.limit)
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let policy = Policy::builder()
///     .post("/orders", infer(create_order))
///     .get("/orders/{id}/lines", infer(lines))
///     .build()?;
/// let app = Router::new()
///     .route("/orders", post(create_order))
///     .route("/orders/{id}/lines", get(lines))
///     .with_state("the shop")
///     .layer(HardenLayer::new(policy));
///
/// let order = |body: &'static str| {
///     let request = Request::post("/orders").header("content-type", "application/json");
///     app.clone().oneshot(request.body(Body::from(body)).unwrap())
/// };
/// let some = order(r#"{"sku":"DESK-9","quantity":3}"#).await?;
/// assert_eq!(some.status(), StatusCode::OK);
/// let none = order(r#"{"sku":"DESK-9","quantity":0}"#).await?;
/// assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// Headers and cookies, limits, and what else the types do not say is added to it, as to any
/// [`RouteSchema`]. An argument of which nothing says what it reads does not compile:
///
/// ```compile_fail,E0277
/// async fn upload(body: axum::body::Bytes) {}
///
/// tower_harden::infer(upload);
/// ```
///
/// Where axum's `Form` stands behind GET, it reads the query: declare that by
/// [`query_of`](RouteSchema::query_of).
pub fn infer<H, A>(_: H) -> RouteSchema
where
    H: HandlerFn<A>,
    A: Describe,
{
    A::describe(RouteSchema::new())
}

/// A function of up to 16 extractors, as a tuple of them: the handlers that [`infer`] takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function of up to 16 extractors",
    label = "no handler"
)]
pub trait HandlerFn<A> {}

macro_rules! handler {
    ($($extractor:ident)*) => {
        impl<F, R, $($extractor),*> HandlerFn<($($extractor,)*)> for F
        where
            F: FnOnce($($extractor),*) -> R
        {}
    };
}

/// Expands a macro for each number of extractors that a handler may have.
macro_rules! each_arity {
    ($of:ident) => {
        $of!();
        $of!(A);
        $of!(A B);
        $of!(A B C);
        $of!(A B C D);
        $of!(A B C D E);
        $of!(A B C D E G);
        $of!(A B C D E G H);
        $of!(A B C D E G H I);
        $of!(A B C D E G H I J);
        $of!(A B C D E G H I J K);
        $of!(A B C D E G H I J K L);
        $of!(A B C D E G H I J K L M);
        $of!(A B C D E G H I J K L M N);
        $of!(A B C D E G H I J K L M N O);
        $of!(A B C D E G H I J K L M N O P);
        $of!(A B C D E G H I J K L M N O P Q);
    };
}

each_arity!(handler);

pub(super) use each_arity;
