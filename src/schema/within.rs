//! What is declared, and never comes through the limits of its route.

use super::{Declaration, Place, declaration::Types};
use crate::{Limits, error::Problems};

impl Declaration {
    /// Tells of the values in a JSON body that are too long, too large or too deep at the least.
    pub(crate) fn keep_within(&self, limits: &Limits, place: &Place<'_>, problems: &mut Problems) {
        self.body(1, limits, place, problems);
    }

    /// A value that has so many levels if it is an array or an object.
    fn body(&self, levels: u32, limits: &Limits, place: &Place<'_>, problems: &mut Problems) {
        let mut least = |least: usize, what: &str, most: usize, limit: &str| {
            if least > most {
                let problem = format!("has {least} {what} at the least, and {limit} is {most}");
                problems.add(place.to_string(), problem);
            }
        };
        let required = self.members().filter(|(_, required, _)| *required).count();
        let [min_length, min_items, min_members] = [
            self.string.min_length.unwrap_or(0),
            self.array.min_items.unwrap_or(0) as usize,
            self.object.min_members.unwrap_or(0) as usize,
        ];
        least(min_length, "characters", limits.string, "max_string");
        least(min_items, "items", limits.items as usize, "max_items");
        let members = min_members.max(required);
        least(members, "members", limits.members as usize, "max_members");
        if matches!(self.types, Types::ARRAY | Types::OBJECT) {
            least(
                levels as usize,
                "levels",
                limits.depth as usize,
                "max_depth",
            );
        }

        let levels = levels.saturating_add(1);
        if let Some(items) = &self.array.items {
            items.body(levels, limits, &place.item(), problems);
        }
        for (name, _, member) in self.members() {
            member.body(levels, limits, &place.member(name), problems);
        }
        if let Some(others) = &self.object.others.schema {
            others.body(levels, limits, place, problems);
        }
    }
}
