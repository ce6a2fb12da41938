use crate::schema::{NodeId, pattern::Pattern};

/// Members that are not declared by name.
#[derive(Debug)]
pub(in crate::schema) struct Others {
    /// The schema of those whose names match no pattern. Without it they are refused.
    pub(in crate::schema) rest: Option<NodeId>,
    /// The schema of their names.
    pub(in crate::schema) names: NodeId,
    pub(in crate::schema) patterns: Vec<Pattern>,
    /// The schema of those whose names match some of the patterns, a bit each, in the order of these
    /// words. A name has to match one of these combinations, or none of the patterns.
    pub(in crate::schema) matching: Vec<(u64, Option<NodeId>)>,
}

impl Others {
    /// Members of one schema.
    pub(in crate::schema) fn of(schema: NodeId, names: NodeId) -> Self {
        Self {
            rest: Some(schema),
            names,
            patterns: Vec::new(),
            matching: Vec::new(),
        }
    }

    /// Members whose schemas depend on the patterns, at most 64, that their names match.
    #[cfg(feature = "json-schema")]
    pub(in crate::schema) fn by_name(
        rest: Option<NodeId>,
        names: NodeId,
        patterns: Vec<Pattern>,
        mut matching: Vec<(u64, Option<NodeId>)>,
    ) -> Self {
        matching.sort_unstable_by_key(|(matched, _)| *matched);
        Self {
            rest,
            names,
            patterns,
            matching,
        }
    }

    /// The schema of the member of that name. Without one it is refused.
    pub(in crate::schema) fn schema(&self, name: &[u8]) -> Option<NodeId> {
        let matched = (0..)
            .zip(&self.patterns)
            .fold(0, |matched, (place, pattern)| {
                matched | (u64::from(pattern.matches(name)) << place)
            });
        if matched == 0 {
            return self.rest;
        }
        let place = self
            .matching
            .binary_search_by_key(&matched, |(matched, _)| *matched);
        self.matching.get(place.ok()?)?.1
    }
}
