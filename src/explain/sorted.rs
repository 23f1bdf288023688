//! A sort of short lists, most of which are in order. That of the standard library is in the program again for each type
//! and key, with 5 KB each.

use std::cmp::Ordering;

/// Sorts as `sort_by_key` of slices does; equals keep their order.
pub(super) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// Does the same as `sort_by` of slices.
pub(super) fn sort_by<T>(list: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && order(&list[at], &list[at - 1]).is_lt() {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_keep_their_order() {
        let mut words = ["busy", "no", "gone", "ok", "here"];
        sort_by_key(&mut words, |word| word.len());
        assert_eq!(words, ["no", "ok", "busy", "gone", "here"]);
        sort_by_key(&mut [], |word: &&str| word.len());
    }
}
