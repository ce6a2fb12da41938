use serde_json::Value;

use super::{
    compile::Compiler, conjunction::Conjunction, documents::Subschema, keywords, vocabulary::list,
};
use crate::schema::rule::ArrayRule;

/// What one schema says of the items of an array.
struct Items<'d> {
    schema: Subschema<'d>,
    first: &'d [Value],
    /// What is said of the items from this place on.
    rest: Option<(usize, &'d Value)>,
}

impl<'d> Compiler<'_, 'd> {
    /// What a conjunction says of arrays.
    pub(super) fn array(&mut self, conjunction: &Conjunction<'d>) -> ArrayRule {
        let (mut least, mut most) = (0, u32::MAX);
        let mut said = Vec::new();
        for (schema, keywords) in conjunction.pairs() {
            let bounds = keywords::array(keywords);
            least = least.max(bounds.min_items.unwrap_or(0));
            most = most.min(bounds.max_items.unwrap_or(u32::MAX));
            let first = list(keywords, "prefixItems");
            let rest = match (keywords.get("items"), keywords.get("unevaluatedItems")) {
                (Some(items), _) => Some((first.len(), items)),
                (None, Some(items)) => {
                    let from =
                        unevaluated_from(&Conjunction::scope(self.documents, schema), schema);
                    from.map(|from| (from, items))
                }
                (None, None) => None,
            };
            said.push(Items {
                schema: schema.clone(),
                first,
                rest,
            });
        }
        let prefix = said.iter().map(|said| {
            let rest = said.rest.map_or(0, |(from, _)| from);
            said.first.len().max(rest)
        });
        let prefix = prefix.max().unwrap_or(0);
        self.work += prefix;
        let mut items = |place: usize| {
            let schemas = said.iter().flat_map(|said| {
                let rest = said.rest.filter(|(from, _)| place >= *from);
                let here = said
                    .first
                    .get(place)
                    .into_iter()
                    .chain(rest.map(|(_, items)| items));
                self.inside(&said.schema, here)
            });
            let schemas = schemas.collect();
            self.node(schemas)
        };
        let prefix: Vec<_> = (0..prefix).map(&mut items).collect();
        ArrayRule {
            items: items(prefix.len()),
            prefix,
            min_items: least,
            max_items: most,
        }
    }
}

/// The first item that no schema of a scope speaks of. `None`: they speak of all.
fn unevaluated_from(scope: &[Subschema<'_>], schema: &Subschema<'_>) -> Option<usize> {
    let mut from = 0;
    for other in scope {
        let keywords = other.keywords()?;
        let more = keywords.contains_key("unevaluatedItems") && other.key() != schema.key();
        if more || keywords.contains_key("items") {
            return None;
        }
        from = from.max(list(keywords, "prefixItems").len());
    }
    Some(from)
}
