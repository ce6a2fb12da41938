/// Stands in the extensions of a request whose handler may read JSON, for
/// [`Checked`](crate::Checked).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonBody {
    /// It keeps to the schema of its route.
    Judged,
    /// There is none, which its route allows.
    Absent,
    /// It passes whatever it is: its route does not enforce.
    Unjudged,
}
