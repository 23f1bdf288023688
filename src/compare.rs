//! Tells two to four responses apart: by hand where a family holds them, else from the facts.

mod advice;
mod compared;
mod contrast;
mod difference;
mod differences;
mod facts;
mod family;
mod in_short;
mod once;
mod requests;
mod row;
mod rows;
mod words;

use once::each_once;

use crate::catalog::{self, Citation, Family, Mistake, Response, StatusCode};

pub use advice::Use;
pub use compared::{Compared, MOST};
pub use difference::Difference;
pub use row::Row;
pub(crate) use words::capitalized;

/// What separates two to four responses.
#[derive(Debug)]
pub struct Comparison {
    pub responses: Compared,
    /// The family that holds them all, the smallest one.
    pub family: Option<&'static Family>,
    pub in_short: String,
    /// Only real differences, the most consequential first.
    pub differences: Vec<Difference>,
    pub rows: Vec<Row>,
    pub when_to_use: Vec<Use>,
    pub mistakes: Vec<&'static Mistake>,
    pub learn_more: Vec<Citation>,
    /// Other codes that are confused with them.
    pub others: Vec<StatusCode>,
}

/// Tells responses apart.
pub fn compare(compared: &Compared) -> Comparison {
    let family = family::family_of(compared);
    let differences = differences::differences(compared, family);
    let uses = compared.iter().map(|response| Use::of(response, family));
    Comparison {
        family,
        in_short: in_short::in_short(compared, family),
        rows: rows::rows(compared),
        when_to_use: uses.collect(),
        mistakes: family.map_or_else(Vec::new, |family| family::mistakes(compared, family)),
        learn_more: learn_more(compared, &differences),
        others: others(compared, family),
        responses: compared.clone(),
        differences,
    }
}

/// Returns where the responses are defined, and then where the differences stand.
fn learn_more(compared: &Compared, differences: &[Difference]) -> Vec<Citation> {
    let defined = compared.iter().filter_map(|response| response.defined());
    let cited = differences.iter().flat_map(|difference| &difference.cites);
    each_once(defined.chain(cited.copied()))
}

/// Returns the response that one is most often confused with.
pub fn most_confused_with(response: &Response) -> Option<&'static Response> {
    response
        .related
        .first()
        .map(|related| catalog::response(related.code))
}

/// Returns the other codes of the family, and then those that the pages know to be confused with them.
fn others(compared: &Compared, family: Option<&'static Family>) -> Vec<StatusCode> {
    let related = compared.iter().flat_map(|response| response.related);
    let of_family = family.into_iter().flat_map(|family| family.codes);
    let codes = of_family
        .copied()
        .chain(related.map(|related| related.code));
    each_once(codes.filter(|code| !compared.has_any(&[*code])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::StatusCode;

    fn of(codes: &[u16]) -> Comparison {
        let responses: Vec<_> = codes
            .iter()
            .map(|code| catalog::response(StatusCode::new(*code).expect("a code")))
            .collect();
        compare(&Compared::new(&responses).expect("two codes"))
    }

    #[test]
    fn a_100_and_a_421_are_steps_of_one_transaction() {
        let comparison = of(&[100, 421]);
        assert!(
            comparison.in_short.contains("not alternatives"),
            "{}",
            comparison.in_short
        );
        let differences: Vec<_> = comparison
            .differences
            .iter()
            .map(ToString::to_string)
            .collect();
        let all = differences.join("\n");
        for fact in [
            "provisional",
            "final",
            "MUST carry Require",
            "MUST NOT forward",
        ] {
            assert!(all.contains(fact), "{fact:?} is missing in:\n{all}");
        }
    }

    #[test]
    fn the_smallest_family_speaks() {
        assert!(
            of(&[486, 600])
                .family
                .is_some_and(|family| family.id == "busy")
        );
        assert!(of(&[100, 421]).family.is_none());
    }

    #[test]
    fn a_family_shows_only_the_differences_between_the_compared() {
        let both = of(&[486, 600]).differences;
        assert!(
            both.iter()
                .all(|difference| difference.topic != Some("Reason"))
        );
        assert!(
            both.iter()
                .any(|difference| difference.topic == Some("Reach"))
        );
    }

    #[test]
    fn rows_say_whether_they_differ() {
        let differing = |codes| -> Vec<&str> {
            let rows = of(codes).rows.into_iter().filter(|row| row.differs);
            rows.map(|row| row.name).collect()
        };
        assert_eq!(
            differing(&[486, 600]),
            ["Class", "Header fields", "Other branches"]
        );
        assert_eq!(differing(&[431, 432]), [""; 0]);
        // Equal neighbours do not hide the one that differs.
        assert_eq!(differing(&[181, 182, 200])[..2], ["Class", "Finality"]);
        assert_eq!(differing(&[200, 182, 181])[..2], ["Class", "Finality"]);
    }

    #[test]
    fn the_order_of_the_codes_changes_no_fact() {
        let (forth, back) = (of(&[302, 488]), of(&[488, 302]));
        assert_eq!(forth.differences.len(), back.differences.len());
        assert_eq!(
            forth.rows.iter().map(|row| row.differs).collect::<Vec<_>>(),
            back.rows.iter().map(|row| row.differs).collect::<Vec<_>>()
        );
    }
}
