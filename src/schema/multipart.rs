use super::{Declaration, Field, declaration::MemberKeywords};

/// A form of media type `multipart/form-data`: fields and files.
///
/// ```
/// use tower_harden::{FileField, Field, MultipartSchema, RouteSchema};
///
/// RouteSchema::new().multipart(MultipartSchema::new()
///     .required("title", Field::string().max_length(80))
///     .required_file("photo", FileField::of(["image/png", "image/jpeg"]).max_bytes(500_000)));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct MultipartSchema {
    fields: Vec<MemberKeywords>,
    files: Vec<(String, bool, FileField)>,
}

impl MultipartSchema {
    /// A form without fields and files.
    pub fn new() -> Self {
        Self::default()
    }

    /// A field that has to be there.
    pub fn required(self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.field(name.into(), true, field.into())
    }

    /// A field that may be there.
    pub fn optional(self, name: impl Into<String>, field: impl Into<Field>) -> Self {
        self.field(name.into(), false, field.into())
    }

    /// A file that has to be there.
    pub fn required_file(mut self, name: impl Into<String>, file: FileField) -> Self {
        self.files.push((name.into(), true, file));
        self
    }

    /// A file that may be there.
    pub fn optional_file(mut self, name: impl Into<String>, file: FileField) -> Self {
        self.files.push((name.into(), false, file));
        self
    }

    fn field(mut self, name: String, required: bool, field: Field) -> Self {
        self.fields.push(MemberKeywords {
            name,
            required,
            schema: field.0,
        });
        self
    }

    /// The fields: their names, whether they are required, what they are.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, bool, &Declaration)> {
        self.fields
            .iter()
            .map(|field| (&*field.name, field.required, &field.schema))
    }

    /// The files: their names, whether they are required, what they are.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, bool, &FileField)> {
        self.files
            .iter()
            .map(|(name, required, file)| (&**name, *required, file))
    }
}

/// A file of a form: judged by its media type, its size and its name, and never by its content.
///
/// The name is text of the client. It may be no path, no name that means a directory, and hold no
/// control characters; a handler still does best to choose names itself.
#[derive(Clone, Debug)]
#[must_use]
pub struct FileField {
    pub(crate) media_types: Vec<String>,
    pub(crate) max_bytes: usize,
    pub(crate) max_files: u32,
}

impl FileField {
    /// A file that its part announces as one of these media types, such as `image/png`.
    ///
    /// The type is what the client says. What a file is, only its content shows.
    pub fn of<T: Into<String>>(media_types: impl IntoIterator<Item = T>) -> Self {
        Self {
            media_types: media_types.into_iter().map(Into::into).collect(),
            max_bytes: usize::MAX,
            max_files: 1,
        }
    }

    /// At most this many bytes. Without it, the limit of the body is the limit of the file.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// At most this many files of this name, in place of one.
    pub fn max_files(mut self, files: u32) -> Self {
        self.max_files = files;
        self
    }
}
