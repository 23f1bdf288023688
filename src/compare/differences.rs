//! The numbered differences: those written by hand, or what the facts show.

use super::compared::Compared;
use super::difference::Difference;
use super::{facts, family};
use crate::catalog::Family;

pub(super) fn differences(compared: &Compared, family: Option<&'static Family>) -> Vec<Difference> {
    let by_hand = family.map_or_else(Vec::new, |family| family::differences(compared, family));
    if by_hand.is_empty() {
        facts::differences(compared).collect()
    } else {
        by_hand
    }
}
