use crate::schema::{NodeId, declaration::ArrayKeywords};

/// What an array has to be.
#[derive(Debug)]
pub(in crate::schema) struct ArrayRule {
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
            items,
            min_items,
            max_items,
        }
    }
}
