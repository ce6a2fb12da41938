use crate::schema::pattern::beginning;

/// How many combinations of patterns an object may have.
const MOST: usize = 256;

/// The sets of patterns, a bit each, that may match one name together: those in which no two begin
/// with different characters. `None`: there are too many.
pub(super) fn combinations(patterns: &[&str]) -> Option<Vec<u64>> {
    let beginnings: Vec<Vec<u8>> = patterns.iter().map(|text| beginning(text)).collect();
    let mut sets: Vec<u64> = Vec::new();
    for (place, begins) in beginnings.iter().enumerate() {
        let meets = |other: &Vec<u8>| begins.starts_with(other) || other.starts_with(begins);
        let meets = |set: u64| {
            let mut others = beginnings[..place].iter().enumerate();
            others.all(|(other, begins)| set >> other & 1 == 0 || meets(begins))
        };
        let more: Vec<u64> = sets
            .iter()
            .copied()
            .chain([0])
            .filter(|set| meets(*set))
            .map(|set| set | 1 << place)
            .collect();
        sets.extend(more);
        if sets.len() > MOST {
            return None;
        }
    }
    sets.sort_unstable();
    Some(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_different_beginnings_are_apart() {
        assert_eq!(combinations(&[]), Some(vec![]));
        assert_eq!(combinations(&["a", "b"]), Some(vec![0b01, 0b10, 0b11]));
        assert_eq!(combinations(&["^a", "^b"]), Some(vec![0b01, 0b10]));
        assert_eq!(combinations(&["^a", "^ab"]), Some(vec![0b01, 0b10, 0b11]));
        assert_eq!(
            combinations(&["^a", "^b", "c$"]),
            Some(vec![0b001, 0b010, 0b100, 0b101, 0b110])
        );
        let apart: Vec<String> = (10..74).map(|number| format!("^{number}")).collect();
        let apart: Vec<&str> = apart.iter().map(String::as_str).collect();
        assert_eq!(combinations(&apart).map(|sets| sets.len()), Some(64));
        assert_eq!(
            combinations(&["a", "b", "c", "d", "e", "f", "g", "h", "i"]),
            None
        );
    }
}
