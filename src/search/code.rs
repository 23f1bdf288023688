//! Codes that were typed are found as they are, and nothing else.

use super::hit::{Found, Hit};
use super::rank::Rank;
use crate::catalog::{Entry, StatusCode, response};

/// Returns codes in the order in which they were typed; beside a number that nobody registered, its neighbours.
pub(super) fn hits(codes: &[StatusCode]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let response = response(*code);
        if hits.iter().any(|hit| hit.entry == Entry::from(response)) {
            continue;
        }
        let why = if response.is_registered() {
            "the code itself"
        } else {
            "the code itself, not registered"
        };
        let found = Found::new(Rank::Code { place }, why).with_marks(0..3);
        hits.push(Hit::new(response, found));
    }
    if let [code] = codes {
        let number = Some(response(*code)).filter(|response| !response.is_written());
        let related = number.into_iter().flat_map(|response| response.related);
        let mut near: Vec<_> = related.map(|near| response(near.code)).collect();
        near.sort_by_key(|response| response.code);
        hits.extend(near.into_iter().map(|response| {
            let why = format!("registered, near {code}");
            Hit::new(response, Found::new(Rank::Prefix, why))
        }));
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(codes: &[u16]) -> Vec<(u16, String)> {
        let codes: Vec<_> = codes.iter().copied().map(StatusCode::of).collect();
        let hits = hits(&codes).into_iter();
        hits.map(|hit| {
            (
                hit.entry.code().map_or(0, StatusCode::get),
                hit.why().into(),
            )
        })
        .collect()
    }

    #[test]
    fn codes_come_as_they_were_typed_each_once() {
        let typed = found(&[600, 486, 600]);
        let itself = "the code itself".to_owned();
        assert_eq!(typed, [(600, itself.clone()), (486, itself)]);
    }

    #[test]
    fn a_bare_number_has_its_neighbours_beside_it() {
        let near = "registered, near 431".to_owned();
        let itself = "the code itself, not registered".to_owned();
        let expected = [(431, itself), (430, near.clone()), (433, near)];
        assert_eq!(found(&[431]), expected);
        assert_eq!(found(&[431, 432]).len(), 2, "several numbers have none");
    }
}
