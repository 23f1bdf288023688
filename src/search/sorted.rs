//! One sort for all lists, of the search and elsewhere. The standard library's is written anew for each type and each key, with 5 KB each.

use std::cmp::Ordering;

/// Sorts as `sort_by_key` does; equals keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let places = sorted(keys.len(), &|first, second| keys[first].cmp(&keys[second]));
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(
        places
            .into_iter()
            .filter_map(|place| unsorted[place].take()),
    );
}

/// Returns the places of as many things in their order.
fn sorted(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|first, second| order(*first, *second));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_keep_their_order() {
        let mut words = vec!["busy", "no", "gone", "ok", "here"];
        sort_by_key(&mut words, |word| word.len());
        assert_eq!(words, ["no", "ok", "busy", "gone", "here"]);
        sort_by_key(&mut Vec::new(), |word: &&str| word.len());
    }
}
