use super::Stop;

/// Why a document was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The document is at fault.
    Syntax(SyntaxError),
    /// The listener has heard enough.
    Stopped,
}

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyntaxError {
    /// Not RFC 8259.
    Malformed,
    /// Not UTF-8, or an escaped surrogate without its other half.
    NotUtf8,
    /// Nested deeper than [`Bounds::depth`](super::Bounds::depth).
    TooDeep,
    /// A string or name longer than [`Bounds::string`](super::Bounds::string).
    StringTooLarge,
    /// A number longer than [`Bounds::number`](super::Bounds::number).
    NumberTooLarge,
}

impl From<SyntaxError> for Halt {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

impl From<Stop> for Halt {
    fn from(_: Stop) -> Self {
        Self::Stopped
    }
}
