use super::{
    declaration::{Controls, Declaration, MemberKeywords, Types},
    field::{BooleanField, Field, IntegerField, ListField, NumberField, StringField},
};

/// Any JSON value: a [`Field`], an array or an object.
///
/// ```
/// use tower_harden::{Field, Schema};
///
/// Schema::object()
///     .required("sku", Field::string().max_length(64))
///     .optional("lines", Schema::array(Schema::object()
///         .required("quantity", Field::integer(1..=100)))
///         .max_items(20));
/// ```
#[derive(Clone, Debug)]
pub struct Schema(pub(crate) Declaration);

impl Schema {
    /// An object with the members that are declared next and no others.
    ///
    /// A map is an object of [`additional`](ObjectSchema::additional) members:
    ///
    /// ```
    /// use tower_harden::{Field, Schema};
    ///
    /// Schema::object()
    ///     .additional(Field::string().max_length(64))
    ///     .additional_names(Field::string().pattern("^[a-z-]+$"))
    ///     .max_members(20);
    /// ```
    pub fn object() -> ObjectSchema {
        ObjectSchema(Declaration::of(Types::OBJECT))
    }

    /// An array of items that all have one schema.
    pub fn array(item: impl Into<Schema>) -> ArraySchema {
        let mut declaration = Declaration::of(Types::ARRAY);
        declaration.array.items = Some(Box::new(item.into().0));
        ArraySchema(declaration)
    }

    /// Any JSON value.
    ///
    /// The rules that do not depend on a schema still hold for everything in it: one reading,
    /// limits, no control characters and no internal address.
    pub fn any() -> AnySchema {
        let mut declaration = Declaration::of(Types::ANY);
        declaration.object.others.same = true;
        AnySchema(declaration)
    }
}

/// Any JSON value; made by [`Schema::any`].
#[derive(Clone, Debug)]
#[must_use]
pub struct AnySchema(Declaration);

impl AnySchema {
    /// Lets every control character pass in the strings and names of the value; see
    /// [`StringField::allow_controls`].
    pub fn allow_controls(mut self) -> Self {
        self.0.string.controls = Controls::All;
        self
    }
}

impl From<AnySchema> for Schema {
    fn from(schema: AnySchema) -> Self {
        Self(schema.0)
    }
}

/// An object and its members; made by [`Schema::object`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ObjectSchema(Declaration);

impl ObjectSchema {
    /// A member that has to be there.
    pub fn required(self, name: impl Into<String>, schema: impl Into<Schema>) -> Self {
        self.member(name.into(), true, schema.into())
    }

    /// A member that may be there.
    pub fn optional(self, name: impl Into<String>, schema: impl Into<Schema>) -> Self {
        self.member(name.into(), false, schema.into())
    }

    /// Accepts members that are not declared by name, if they have this schema.
    ///
    /// Their names are text of the client: they are judged as any string is, and by
    /// [`additional_names`](Self::additional_names).
    pub fn additional(mut self, schema: impl Into<Schema>) -> Self {
        self.0.object.others.schema = Some(Box::new(schema.into().0));
        self
    }

    /// What the names of [`additional`](Self::additional) members have to be.
    pub fn additional_names(mut self, names: StringField) -> Self {
        self.0.object.others.names = Some(Box::new(Field::from(names).0));
        self
    }

    /// At least this many members.
    pub fn min_members(mut self, members: u32) -> Self {
        self.0.object.min_members = Some(members);
        self
    }

    /// At most this many members.
    pub fn max_members(mut self, members: u32) -> Self {
        self.0.object.max_members = Some(members);
        self
    }

    /// Accepts `null` as well.
    pub fn nullable(mut self) -> Self {
        self.0.types = self.0.types | Types::NULL;
        self
    }

    fn member(mut self, name: String, required: bool, schema: Schema) -> Self {
        self.0.object.members.push(MemberKeywords {
            name,
            required,
            schema: schema.0,
        });
        self
    }
}

/// An array and its bounds; made by [`Schema::array`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ArraySchema(Declaration);

impl ArraySchema {
    /// At least this many items.
    pub fn min_items(mut self, items: u32) -> Self {
        self.0.array.min_items = Some(items);
        self
    }

    /// At most this many items.
    pub fn max_items(mut self, items: u32) -> Self {
        self.0.array.max_items = Some(items);
        self
    }

    /// Accepts `null` as well.
    pub fn nullable(mut self) -> Self {
        self.0.types = self.0.types | Types::NULL;
        self
    }
}

impl From<Field> for Schema {
    fn from(field: Field) -> Self {
        Self(field.0)
    }
}

macro_rules! schema_from {
    ($($field:ty),+) => {$(
        impl From<$field> for Schema {
            fn from(field: $field) -> Self {
                Field::from(field).into()
            }
        }
    )+};
}

schema_from!(
    StringField,
    IntegerField,
    NumberField,
    BooleanField,
    ListField
);

impl From<ObjectSchema> for Schema {
    fn from(schema: ObjectSchema) -> Self {
        Self(schema.0)
    }
}

impl From<ArraySchema> for Schema {
    fn from(schema: ArraySchema) -> Self {
        Self(schema.0)
    }
}
