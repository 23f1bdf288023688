//! What was counted, in the order of the counts.

use std::collections::BTreeMap;

/// Returns what was counted, the most frequent first, and what is as frequent in its own order.
pub fn most<T>(counts: &BTreeMap<T, u64>) -> Vec<(&T, u64)> {
    let mut values: Vec<Option<&T>> = counts.keys().map(Some).collect();
    let all = order(counts.values().copied().collect()).into_iter();
    all.filter_map(|(place, count)| Some((values[place].take()?, count)))
        .collect()
}

/// Returns the places of counts, the greatest first. It is the same code whatever is counted.
fn order(counts: Vec<u64>) -> Vec<(usize, u64)> {
    let mut all: Vec<(u64, usize)> = Vec::with_capacity(counts.len());
    all.extend(
        counts
            .into_iter()
            .enumerate()
            .map(|(place, count)| (u64::MAX - count, place)),
    );
    all.sort_unstable();
    let all = all.into_iter();
    all.map(|(lacks, place)| (place, u64::MAX - lacks))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_is_first() {
        let counts = BTreeMap::from([("a", 2), ("b", 7), ("c", 2), ("d", 9)]);
        let order = [(&"d", 9), (&"b", 7), (&"a", 2), (&"c", 2)];
        assert_eq!(most(&counts), order);
    }
}
