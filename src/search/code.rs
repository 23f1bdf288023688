//! Codes that stand in a query are found as they are.

use super::hit::{Found, Hit};
use super::query::Mention;
use super::rank::Rank;
use super::sorted::sort_by_key;
use crate::catalog::{Entry, response};

/// Returns codes in the order in which they were read; beside a lonely number that nobody registered, its neighbours.
pub(super) fn hits(codes: &[Mention]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (place, read) in codes.iter().enumerate() {
        let response = response(read.code);
        if hits.iter().any(|hit| hit.entry == Entry::from(response)) {
            continue;
        }
        let rank = if read.is_end {
            Rank::Prefix
        } else {
            Rank::Code { place }
        };
        let found = Found::new(rank, read.why.clone()).with_marks(0..3);
        hits.push(Hit::new(response, found));
    }
    if let [read] = codes {
        let code = read.code;
        let number = Some(response(code)).filter(|response| !response.is_written());
        let related = number.into_iter().flat_map(|response| response.related);
        let mut near: Vec<_> = related.map(|near| response(near.code)).collect();
        sort_by_key(&mut near, |response| response.code);
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
    use crate::catalog::StatusCode;
    use crate::search::query::Query;

    fn found(query: &str) -> Vec<(u16, String)> {
        let hits = hits(&Query::parse(query).codes).into_iter();
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
        let typed = found("600 486 600");
        let itself = "the code itself".to_owned();
        assert_eq!(typed, [(600, itself.clone()), (486, itself)]);
    }

    #[test]
    fn a_bare_number_has_its_neighbours_beside_it() {
        let near = "registered, near 431".to_owned();
        let itself = "the code itself, not in IANA's list".to_owned();
        let expected = [(431, itself), (430, near.clone()), (433, near)];
        assert_eq!(found("431"), expected);
        assert_eq!(found("431 432").len(), 2, "several numbers have none");
    }
}
