use super::{document::TypeDocument, fields::TypeField, path::PathFields};
use crate::{Field, JsonSchema, RouteSchema, Schema, policy::route_schema::Mistake};

impl RouteSchema {
    /// The body: the JSON that serde reads as a `T`; see [`JsonSchema::of_type`].
    ///
    /// ```
    /// use schemars::JsonSchema;
    /// use serde::Deserialize;
    /// use tower_harden::{Policy, RouteSchema};
    ///
    /// #[derive(Deserialize, JsonSchema)]
    /// struct Order {
    ///     #[schemars(length(max = 64), regex(pattern = "^[A-Z0-9-]+$"))]
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
    /// Policy::builder()
    ///     .get("/orders", RouteSchema::new().query_of::<Page>())
    ///     .post("/orders", RouteSchema::new().json_of::<Order>())
    ///     .get("/orders/{id}", RouteSchema::new().path_of::<uuid::Uuid>())
    ///     .build()?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn json_of<T: schemars::JsonSchema>(self) -> Self {
        self.json(JsonSchema::of_type::<T>())
    }

    /// The body: a form of the fields that serde reads as a `T`; see [`form`](Self::form).
    ///
    /// `T` is a struct of scalars and of lists of scalars, also one that flattens others. What else it
    /// is, a map, an enum or a struct of structs, is a mistake when the policy is built.
    pub fn form_of<T: schemars::JsonSchema>(self) -> Self {
        let fields = TypeDocument::inlined::<T>().fields("form");
        let (fields, route) = self.unless_mistaken(fields);
        let form = fields
            .into_iter()
            .fold(Schema::object(), |form, (name, required, field)| {
                if required {
                    form.required(name, Field::from(field))
                } else {
                    form.optional(name, Field::from(field))
                }
            });
        route.form(form)
    }

    /// The query parameters that serde reads as a `T`, which is a struct as for
    /// [`form_of`](Self::form_of).
    ///
    /// `Option` and `serde(default)` make a parameter that may be missing.
    pub fn query_of<T: schemars::JsonSchema>(self) -> Self {
        self.fields_of::<T>("query", Self::query, Self::required_query)
    }

    /// The headers that the fields of `T` are named after, as by `rename_all = "kebab-case"`.
    pub fn headers_of<T: schemars::JsonSchema>(self) -> Self {
        self.fields_of::<T>("header", Self::header, Self::required_header)
    }

    /// The cookies that the fields of `T` are named after.
    pub fn cookies_of<T: schemars::JsonSchema>(self) -> Self {
        self.fields_of::<T>("cookie", Self::cookie, Self::required_cookie)
    }

    /// The parameters of the path that serde reads as a `T`.
    ///
    /// A struct has a field for each parameter, by its name. A tuple has one for each in their order, and
    /// a scalar is the only one; the names are those of the pattern. There have to be as many.
    ///
    /// ```
    /// use tower_harden::{Policy, RouteSchema};
    ///
    /// let line = RouteSchema::new().path_of::<(uuid::Uuid, u8)>();
    /// assert!(Policy::builder().get("/orders/{id}/lines/{line}", line.clone()).build().is_ok());
    /// assert!(Policy::builder().get("/orders/{id}", line).build().is_err());
    /// ```
    pub fn path_of<T: schemars::JsonSchema>(self) -> Self {
        match TypeDocument::inlined::<T>().path() {
            Ok(PathFields::Named(fields)) => fields
                .into_iter()
                .fold(self, |route, (name, _, field)| route.path(name, field)),
            Ok(PathFields::InOrder(fields)) => self.path_in_order(fields),
            Err(mistakes) => self.mistaken(mistakes),
        }
    }

    fn fields_of<T: schemars::JsonSchema>(
        self,
        part: &'static str,
        optional: fn(Self, String, JsonSchema) -> Self,
        required: fn(Self, String, JsonSchema) -> Self,
    ) -> Self {
        let fields = TypeDocument::inlined::<T>().fields(part);
        let (fields, route) = self.unless_mistaken(fields);
        fields
            .into_iter()
            .fold(route, |route, (name, is_required, field)| {
                let declare = if is_required { required } else { optional };
                declare(route, name, field)
            })
    }

    fn unless_mistaken(
        self,
        fields: Result<Vec<TypeField>, Vec<Mistake>>,
    ) -> (Vec<TypeField>, Self) {
        match fields {
            Ok(fields) => (fields, self),
            Err(mistakes) => (Vec::new(), self.mistaken(mistakes)),
        }
    }
}
