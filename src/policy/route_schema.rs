use crate::{Field, Limits, Mode, Schema, schema::Declaration};

/// What one method of one route accepts: its path parameters, its query and its body.
///
/// Whatever is not declared is refused: a query parameter without a field, a body where none is
/// declared, a member that its object does not have.
///
/// ```
/// use tower_harden::{Field, Limits, RouteSchema};
///
/// RouteSchema::new()
///     .path("id", Field::uuid())
///     .query("fields", Field::list(Field::one_of(["sku", "quantity"])))
///     .limits(Limits::default().max_parameters(4));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct RouteSchema {
    pub(super) path: Vec<(String, Declaration)>,
    pub(super) query: Vec<QueryParameter>,
    pub(super) json: Option<Declaration>,
    pub(super) limits: Option<Limits>,
    pub(super) mode: Option<Mode>,
}

#[derive(Clone, Debug)]
pub(super) struct QueryParameter {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) schema: Declaration,
}

impl RouteSchema {
    /// A route without parameters and without body.
    pub fn new() -> Self {
        Self::default()
    }

    /// A parameter of the path. Every parameter of the route's pattern needs one.
    pub fn path(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.path.push((name.into(), field.into().0));
        self
    }

    /// A query parameter that may be there.
    pub fn query(self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.parameter(name.into(), false, field.into())
    }

    /// A query parameter that has to be there.
    pub fn required_query(self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.parameter(name.into(), true, field.into())
    }

    /// The body: one JSON document of media type `application/json`. It has to be there.
    pub fn json(mut self, schema: impl Into<Schema>) -> Self {
        self.json = Some(schema.into().0);
        self
    }

    /// The limits of this route, in place of those of the policy.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The mode of this route, in place of that of the policy.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    fn parameter(mut self, name: String, required: bool, field: Field) -> Self {
        self.query.push(QueryParameter {
            name,
            required,
            schema: field.0,
        });
        self
    }
}
