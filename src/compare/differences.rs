//! The numbered differences: a family's own, or what pages say of each other and what the facts show.

use super::compared::Compared;
use super::difference::Difference;
use super::{facts, family, in_short};
use crate::catalog::Family;

pub(super) fn differences(compared: &Compared, family: Option<&'static Family>) -> Vec<Difference> {
    let by_hand = family.map_or_else(Vec::new, |family| family::differences(compared, family));
    if by_hand.is_empty() {
        pairs(compared)
            .chain(facts::differences(compared))
            .collect()
    } else {
        by_hand
    }
}

/// Returns the sentences that the pages have about each other; for two codes *In short* has it.
fn pairs(compared: &Compared) -> impl Iterator<Item = Difference> {
    let several = compared.len() > 2;
    compared.iter().enumerate().flat_map(move |(i, a)| {
        compared[i + 1..].iter().filter_map(move |b| {
            let says = in_short::related(a, b).filter(|_| several)?;
            Some(Difference {
                topic: None,
                says: says.into(),
                codes: vec![a.code, b.code],
                cites: Vec::new(),
            })
        })
    })
}
