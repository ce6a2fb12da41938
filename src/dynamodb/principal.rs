use std::{fmt, sync::Arc};

/// Who a call is made for: the tenant or user of an authenticated session.
///
/// It is what a table's [`partition_key`](super::TableRules::partition_key) is bound to. Take it from
/// what authentication has proven, never from a header or a parameter by itself: whoever chooses it
/// chooses whose items are read.
///
/// ```
/// use tower_harden::dynamodb::Principal;
///
/// let principal = Principal::new("tenant-7");
/// assert_eq!(format!("{principal:?}"), "Principal(..)");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Principal(Arc<[u8]>);

impl Principal {
    /// A principal by its identifier: text, the digits of a number, or bytes, as the type of the
    /// partition key is. An empty one matches no key.
    #[must_use]
    pub fn new(id: impl AsRef<[u8]>) -> Self {
        Self(id.as_ref().into())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Without the identifier, which logs have no need of.
impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Principal(..)")
    }
}
