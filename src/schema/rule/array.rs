use crate::schema::{NodeId, declaration::ArrayKeywords};

/// What an array has to be.
#[derive(Debug)]
pub(in crate::schema) struct ArrayRule {
    /// The schemas of the first items.
    pub(in crate::schema) prefix: Vec<NodeId>,
    /// The schema of the others.
    pub(in crate::schema) items: NodeId,
    pub(in crate::schema) min_items: u32,
    pub(in crate::schema) max_items: u32,
}

impl ArrayRule {
    /// Compiles the keywords and says what is wrong with them.
    pub(in crate::schema) fn new(
        keywords: &ArrayKeywords,
        items: NodeId,
        problem: &mut dyn FnMut(String),
    ) -> Self {
        let min_items = keywords.min_items.unwrap_or(0);
        let max_items = keywords.max_items.unwrap_or(u32::MAX);
        if min_items > max_items {
            problem("min_items is larger than max_items: no array fits".into());
        }
        Self {
            prefix: Vec::new(),
            items,
            min_items,
            max_items,
        }
    }

    /// The schema of the item at `place`.
    #[inline]
    pub(in crate::schema) fn item(&self, place: u32) -> NodeId {
        self.prefix
            .get(place as usize)
            .copied()
            .unwrap_or(self.items)
    }
}
