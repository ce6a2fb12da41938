use std::ops::RangeBounds;

use super::{
    declaration::{Controls, Declaration, NumberKeywords, Types},
    format::Format,
};

/// A scalar, or a list of scalars: what path, query and JSON fields can be.
///
/// The constructors name the types and formats; what they return has the keywords that fit them.
///
/// ```
/// use tower_harden::Field;
///
/// Field::string().max_length(64).pattern("^[A-Z0-9-]+$");
/// Field::integer(1..=100);
/// Field::list(Field::one_of(["open", "shipped"])).max_items(2);
/// ```
#[derive(Clone, Debug)]
pub struct Field(pub(crate) Declaration);

impl Field {
    /// A string.
    ///
    /// Control and bidirectional formatting characters are refused, and so is text that names an
    /// internal address. Fields that are URLs or hosts are better declared as
    /// [`url`](Self::url) or [`hostname`](Self::hostname): a text that *mentions* a host is judged
    /// more leniently than one that *is* a host.
    pub fn string() -> StringField {
        StringField(Declaration::of(Types::STRING))
    }

    /// One of the given strings.
    pub fn one_of<T: Into<String>>(values: impl IntoIterator<Item = T>) -> StringField {
        let mut field = Self::string();
        field.0.string.values = Some(values.into_iter().map(Into::into).collect());
        field
    }

    /// A UUID in the hyphenated form, in any case (RFC 9562 §4).
    pub fn uuid() -> StringField {
        StringField::with_format(Format::Uuid)
    }

    /// A date and time with offset, such as `2026-11-24T10:00:00Z` (RFC 3339 §5.6).
    pub fn date_time() -> StringField {
        StringField::with_format(Format::DateTime)
    }

    /// An e-mail address: a dot-atom, `@`, and a host name (RFC 5321 §4.1.2, RFC 5322 §3.2.3) whose
    /// last label begins with a letter, so that it is no IP address (RFC 1123 §2.1).
    pub fn email() -> StringField {
        StringField::with_format(Format::Email)
    }

    /// An absolute `http` or `https` URL of a public host, in the one spelling that no parser
    /// corrects (WHATWG URL §4.4).
    pub fn url() -> StringField {
        StringField::with_format(Format::Url)
    }

    /// A public host, with or without port: a name of more than one label, each of letters, digits
    /// and inner hyphens (RFC 1123 §2.1), in any script (RFC 5890), or an IP address.
    pub fn hostname() -> StringField {
        StringField::with_format(Format::Hostname)
    }

    /// A public IPv4 address in four decimal parts (RFC 3986 §3.2.2).
    pub fn ipv4() -> StringField {
        StringField::with_format(Format::Ipv4)
    }

    /// A public IPv6 address (RFC 4291 §2.2), without brackets and without zone.
    pub fn ipv6() -> StringField {
        StringField::with_format(Format::Ipv6)
    }

    /// The bare name of a DynamoDB table; see [`TableName`](crate::TableName).
    pub fn table_name() -> StringField {
        StringField::with_format(Format::TableName)
    }

    /// The name of one file, on any system: no separators, dot segments, drive letters or devices, no
    /// controls and percent-escapes, nothing that a shell or a command reads in another way at its
    /// beginning, 255 bytes at the most.
    ///
    /// ```
    /// use tower_harden::Field;
    ///
    /// Field::file_name().pattern(r"\.pdf$");
    /// ```
    pub fn file_name() -> StringField {
        StringField::with_format(Format::FileName)
    }

    /// A path of such names with `/` between them, below the directory that it is joined to.
    ///
    /// It does not know what is there: a link that leads out is followed where the path is opened.
    pub fn relative_path() -> StringField {
        StringField::with_format(Format::RelativePath)
    }

    /// A word that stands for itself in every shell and is no option of a command: ASCII letters and
    /// digits and `_ . / : @ + -`, with a letter, a digit, `_`, `.` or `/` at its beginning.
    ///
    /// Commands of Windows have options that begin with a slash, and those of `cmd.exe` find them behind
    /// other text too, as in `dir src/s`: refuse it there by [`pattern`](StringField::pattern).
    ///
    /// It is for what reaches a command line after all, in a script that another team owns. A value
    /// belongs into [`Command::arg`](std::process::Command::arg), never into the text of a command:
    /// then nothing reads it but the program itself, and only a leading hyphen is left to refuse.
    pub fn shell_safe() -> StringField {
        StringField::with_format(Format::ShellWord)
    }

    /// Bytes in base64, in their one spelling: the alphabet of RFC 4648 §4, padded, without white space.
    ///
    /// What they are decoded to is searched for internal addresses as other text is; of bytes that are no
    /// UTF-8, the runs of printable characters are.
    ///
    /// ```
    /// use tower_harden::Field;
    ///
    /// Field::base64().max_length(64 * 1024);
    /// ```
    pub fn base64() -> StringField {
        StringField::with_format(Format::Base64)
    }

    /// An integer that an `i64` holds, written without fraction and exponent.
    ///
    /// `1.0` is an integer to JSON Schema and an error to serde; it is refused.
    pub fn integer(range: impl RangeBounds<i64>) -> IntegerField {
        IntegerField::with_range(NumberKeywords::integers(&range, i64::MIN, i64::MAX))
    }

    /// An integer that a `u64` holds, written without fraction and exponent.
    pub fn unsigned(range: impl RangeBounds<u64>) -> IntegerField {
        IntegerField::with_range(NumberKeywords::integers(&range, u64::MIN, u64::MAX))
    }

    /// A number that an `f64` holds.
    ///
    /// For a handler that reads `f32`, give the range of one: `f32` overflows from 3.5e38.
    pub fn number(range: impl RangeBounds<f64>) -> NumberField {
        let mut declaration = Declaration::of(Types::NUMBER);
        declaration.number = NumberKeywords::floats(&range);
        NumberField(declaration)
    }

    /// `true` or `false`.
    pub fn boolean() -> BooleanField {
        BooleanField(Declaration::of(Types::BOOLEAN))
    }

    /// A list: an array in JSON, a repeated parameter in a query. For a list of objects there is
    /// [`Schema::array`](crate::Schema::array).
    pub fn list(item: impl Into<Field>) -> ListField {
        let mut declaration = Declaration::of(Types::ARRAY);
        declaration.array.items = Some(Box::new(item.into().0));
        ListField(declaration)
    }
}

/// Declares the type that a constructor of [`Field`] returns.
macro_rules! field {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct $name(Declaration);

        impl $name {
            /// Accepts `null` as well. Only JSON has it: a parameter is never null.
            pub fn nullable(mut self) -> Self {
                self.0.types = self.0.types | Types::NULL;
                self
            }
        }

        impl From<$name> for Field {
            fn from(field: $name) -> Self {
                Self(field.0)
            }
        }
    };
}

field! {
    /// A string and its keywords; made by [`Field::string`] and the formats.
    StringField
}

field! {
    /// An integer; made by [`Field::integer`] and [`Field::unsigned`].
    IntegerField
}

field! {
    /// A number; made by [`Field::number`].
    NumberField
}

field! {
    /// A boolean; made by [`Field::boolean`].
    BooleanField
}

field! {
    /// A list and its keywords; made by [`Field::list`].
    ListField
}

impl StringField {
    fn with_format(format: Format) -> Self {
        let mut field = Field::string();
        field.0.string.format = Some(format);
        field
    }

    /// At least this many characters (Unicode scalar values, not bytes).
    pub fn min_length(mut self, characters: usize) -> Self {
        self.0.string.min_length = Some(characters);
        self
    }

    /// At most this many characters (Unicode scalar values, not bytes).
    pub fn max_length(mut self, characters: usize) -> Self {
        self.0.string.max_length = Some(characters);
        self
    }

    /// A regular expression that must match somewhere in the string, as JSON Schema's `pattern`
    /// does: anchor it with `^` and `$` to have it match the whole.
    ///
    /// The syntax is that of the [`regex`](https://docs.rs/regex) crate, which matches in linear
    /// time and so has neither look-around nor back-references.
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.0.string.pattern = Some(pattern.into());
        self
    }

    /// Lets tabs, line feeds and carriage returns pass: for text that people write in several lines.
    pub fn multiline(mut self) -> Self {
        self.0.string.controls = Controls::Lines;
        self
    }

    /// Lets every control and bidirectional formatting character pass, NUL included.
    ///
    /// They are not text: they move cursors, end C strings, and turn around what people read. What
    /// the handler does with the string has to be safe for them.
    pub fn allow_controls(mut self) -> Self {
        self.0.string.controls = Controls::All;
        self
    }
}

impl IntegerField {
    fn with_range(range: NumberKeywords) -> Self {
        let mut declaration = Declaration::of(Types::INTEGER);
        declaration.number = range;
        Self(declaration)
    }
}

impl IntegerField {
    /// A multiple of this number.
    pub fn multiple_of(mut self, number: u64) -> Self {
        self.0.number.multiples_of = vec![number.to_string()];
        self
    }
}

impl NumberField {
    /// A multiple of this number, exactly as both are written in decimal: `4.35` is one of `0.01`.
    pub fn multiple_of(mut self, number: f64) -> Self {
        self.0.number.multiples_of = vec![number.to_string()];
        self
    }
}

impl ListField {
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
}
