//! What a misspelt name was likely meant to be.

/// The known name that a name was likely meant to be.
pub(crate) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let length = name.chars().count();
    let near = known.filter_map(|known| {
        let most = known.len().max(3) / 3;
        if length.abs_diff(known.chars().count()) > most {
            return None;
        }
        let distance = distance(name, known);
        (distance <= most).then_some((distance, known))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// How many characters have to be put in, left out, changed, or exchanged with their neighbours.
fn distance(name: &str, known: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let known: Vec<char> = known.chars().collect();
    let mut above: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=known.len()).collect();
    for line in 1..=name.len() {
        let mut row = vec![line];
        for column in 1..=known.len() {
            let differs = name[line - 1] != known[column - 1];
            let mut fewest = (before[column - 1] + usize::from(differs))
                .min(before[column] + 1)
                .min(row[column - 1] + 1);
            if line > 1
                && column > 1
                && name[line - 1] == known[column - 2]
                && name[line - 2] == known[column - 1]
            {
                fewest = fewest.min(above[column - 2] + 1);
            }
            row.push(fewest);
        }
        above = std::mem::replace(&mut before, row);
    }
    before[known.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let known = ["path", "query", "required_query", "json"];
        let near = |name: &str| nearest(name, known.into_iter());
        assert_eq!(near("qery"), Some("query"));
        assert_eq!(near("requiredquery"), Some("required_query"));
        assert_eq!(near("qeury"), Some("query"));
        assert_eq!(near("jsno"), Some("json"));
        assert_eq!(near("jn"), None);
        assert_eq!(near("jso"), Some("json"));
        assert_eq!(near("body"), None);
        assert_eq!(near(""), None);
    }
}
