use super::{Number, WrittenName};
use crate::text::Text;

/// What listens to a [`Reader`](super::Reader).
///
/// The calls are resolved at compile time: the reader and its listener become one loop.
pub(crate) trait Sink {
    /// The value that comes next begins at this place. Of a value in pieces it may be said twice.
    #[inline(always)]
    fn begins(&mut self, _: usize) {}
    /// The value that came last ends before this place.
    #[inline(always)]
    fn ended(&mut self, _: usize) -> Result<(), Stop> {
        Ok(())
    }
    /// `{`
    fn begin_object(&mut self) -> Result<(), Stop>;
    /// The name of the member whose value comes next.
    fn name(&mut self, name: Text<'_>) -> Result<(), Stop>;
    /// Takes a name with its closing quote and the colon, where they stand at the start of `window` and
    /// are what is likely to come. Answers how many bytes these are; otherwise
    /// [`name`](Self::name) is called.
    #[inline(always)]
    fn expected(&mut self, _: &[u8; WrittenName::WINDOW]) -> Option<usize> {
        None
    }
    /// `}`
    fn end_object(&mut self) -> Result<(), Stop>;
    /// `[`
    fn begin_array(&mut self) -> Result<(), Stop>;
    /// `]`
    fn end_array(&mut self) -> Result<(), Stop>;
    /// A string value.
    fn string(&mut self, text: Text<'_>) -> Result<(), Stop>;
    /// A number.
    fn number(&mut self, number: Number<'_>) -> Result<(), Stop>;
    /// `true` or `false`.
    fn boolean(&mut self, value: bool) -> Result<(), Stop>;
    /// `null`.
    fn null(&mut self) -> Result<(), Stop>;
}

/// What a listener answers when it wants to hear no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop;
