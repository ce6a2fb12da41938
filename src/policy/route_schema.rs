use crate::{
    Field, Limits, Mode, MultipartSchema, RuleClass, Schema,
    mode::DeclaredModes,
    schema::{Declaration, ObjectSchema},
};

/// What one method of one route accepts: its path parameters, its query, its headers and cookies,
/// and its body.
///
/// Whatever is not declared is refused: a query parameter without a field, a body where none is
/// declared, a member that its object does not have. Headers and cookies are the exception: clients
/// and proxies add their own, so that only the declared ones are judged. Declare those that a
/// handler reads.
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
    /// Parameters of the path that are named by the pattern, in its order.
    pub(super) path_in_order: Option<Vec<Declaration>>,
    pub(super) query: Vec<DeclaredField>,
    pub(super) headers: Vec<DeclaredField>,
    pub(super) cookies: Vec<DeclaredField>,
    pub(super) json: Option<Declaration>,
    pub(super) form: Option<Declaration>,
    pub(super) multipart: Option<MultipartSchema>,
    pub(super) optional_body: bool,
    pub(super) limits: Option<Limits>,
    pub(super) modes: DeclaredModes,
    /// What was declared a second time.
    pub(super) repeated: Vec<&'static str>,
    /// What is wrong with what it was declared from.
    pub(super) mistakes: Vec<Mistake>,
}

/// A place in a route, and what is wrong there.
pub(super) type Mistake = (String, String);

#[derive(Clone, Debug)]
pub(super) struct DeclaredField {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) schema: Declaration,
}

impl DeclaredField {
    fn new(name: impl Into<String>, required: bool, field: impl Into<Field>) -> Self {
        Self {
            name: name.into(),
            required,
            schema: field.into().0,
        }
    }

    /// Its name, whether it is required, what it is.
    pub(super) fn parts(&self) -> (&str, bool, &Declaration) {
        (&self.name, self.required, &self.schema)
    }
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
    pub fn query(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.query.push(DeclaredField::new(name, false, field));
        self
    }

    /// A query parameter that has to be there.
    pub fn required_query(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.query.push(DeclaredField::new(name, true, field));
        self
    }

    /// A header that may be there, once, in visible ASCII.
    pub fn header(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.headers.push(DeclaredField::new(name, false, field));
        self
    }

    /// A header that has to be there, once, in visible ASCII.
    pub fn required_header(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.headers.push(DeclaredField::new(name, true, field));
        self
    }

    /// A cookie that may be there, once, with a value of RFC 6265 §4.1.1.
    ///
    /// Name and value are judged as cookie jars read them, percent-decoded.
    pub fn cookie(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.cookies.push(DeclaredField::new(name, false, field));
        self
    }

    /// A cookie that has to be there; otherwise as [`cookie`](Self::cookie).
    pub fn required_cookie(mut self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.cookies.push(DeclaredField::new(name, true, field));
        self
    }

    /// The body: one JSON document of media type `application/json`. It has to be there.
    pub fn json(mut self, schema: impl Into<Schema>) -> Self {
        let earlier = self.json.replace(schema.into().0).is_some();
        self.once("json", earlier)
    }

    /// The body: a form of media type `application/x-www-form-urlencoded`. It has to be there.
    ///
    /// The members are scalars, or lists of scalars, which are fields that may be repeated; there are
    /// no additional ones. A route
    /// that declares another body as well accepts either.
    ///
    /// ```
    /// use tower_harden::{Field, RouteSchema, Schema};
    ///
    /// RouteSchema::new().form(Schema::object()
    ///     .required("name", Field::string().max_length(64))
    ///     .optional("tag", Field::list(Field::one_of(["a", "b"]))));
    /// ```
    pub fn form(mut self, schema: ObjectSchema) -> Self {
        let earlier = self.form.replace(Schema::from(schema).0).is_some();
        self.once("form", earlier)
    }

    /// The body: a form of media type `multipart/form-data`. It has to be there.
    ///
    /// It is judged when it is complete, and buffered under the limit of the body like any other.
    pub fn multipart(mut self, schema: MultipartSchema) -> Self {
        let earlier = self.multipart.replace(schema).is_some();
        self.once("multipart", earlier)
    }

    /// Accepts requests without a body as well, whatever media type they announce. Where only the end of a
    /// stream shows that there is none, they have to announce a declared one, or nothing.
    pub fn optional_body(mut self) -> Self {
        self.optional_body = true;
        self
    }

    /// The parameters of the path, in the order of the pattern.
    #[cfg(feature = "schemars")]
    pub(super) fn path_in_order<F: Into<Field>>(mut self, fields: Vec<F>) -> Self {
        let fields = fields.into_iter().map(|field| field.into().0);
        let earlier = self.path_in_order.replace(fields.collect()).is_some();
        self.once("path", earlier)
    }

    #[cfg(feature = "schemars")]
    pub(super) fn mistaken(mut self, mistakes: Vec<Mistake>) -> Self {
        self.mistakes.extend(mistakes);
        self
    }

    fn once(mut self, what: &'static str, earlier: bool) -> Self {
        if earlier {
            self.repeated.push(what);
        }
        self
    }

    /// The limits of this route; those of the policy hold where nothing is said.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The mode of this route, in place of those of the policy.
    pub fn mode(mut self, mode: Mode) -> Self {
        let earlier = self.modes.all.replace(mode).is_some();
        self.once("mode", earlier)
    }

    /// The mode of a class of rules on this route.
    pub fn rule_mode(mut self, class: RuleClass, mode: Mode) -> Self {
        let earlier = !self.modes.declare(class, mode);
        self.once("mode of a class of rules", earlier)
    }
}
