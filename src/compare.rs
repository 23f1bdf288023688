//! Tells two to four responses apart: by hand where a family holds them, else from the facts.

mod advice;
mod compared;
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
pub use difference::{Difference, Said};
pub use row::Row;
pub(crate) use words::capitalized;

/// What separates two to four responses.
#[derive(Debug)]
pub struct Comparison {
    pub responses: Compared,
    /// What is written about these two by hand.
    pub pair: Option<&'static Family>,
    /// The family that holds them all, the smallest one, where no pair does.
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

impl Comparison {
    /// Returns what is written about them by hand.
    pub fn by_hand(&self) -> Option<&'static Family> {
        self.pair.or(self.family)
    }

    /// Returns the question that they answer, where a text is about these codes and no others.
    pub fn question(&self) -> Option<&'static str> {
        let whole = self.by_hand()?;
        (whole.codes.len() == self.responses.len()).then_some(whole.question.as_str())
    }

    /// Returns the first sentences of what separates them in short, until each code was named, and the others. Where
    /// some code has no name there, the first one is enough.
    pub fn first_in_short(&self) -> (&str, &str) {
        let text = self.in_short.as_str();
        let ends = words::sentences(text).scan(0, |end, sentence| {
            let before = *end;
            *end = before + sentence.len() + 1;
            Some(before + sentence.len())
        });
        let ends: Vec<usize> = ends.collect();
        let names_all = |end: &&usize| {
            let mut codes = self.responses.codes();
            codes.all(|code| text[..**end].contains(&code.to_string()))
        };
        let end = ends.iter().find(names_all).or(ends.first());
        let (first, others) = text.split_at(end.copied().unwrap_or_default());
        (first, others.trim_start())
    }
}

/// Tells responses apart.
pub fn compare(compared: &Compared) -> Comparison {
    let pair = family::pair_of(compared);
    let family = family::family_of(compared).filter(|_| pair.is_none());
    let by_hand = pair.or(family);
    let differences = differences::differences(compared, by_hand);
    let uses = compared
        .iter()
        .map(|response| Use::of(response, compared, by_hand));
    Comparison {
        pair,
        family,
        in_short: in_short::in_short(compared, by_hand),
        rows: rows::rows(compared),
        when_to_use: uses.collect(),
        mistakes: by_hand.map_or_else(Vec::new, |family| family::mistakes(compared, family)),
        learn_more: learn_more(compared, &differences),
        others: others(compared, by_hand),
        responses: compared.clone(),
        differences,
    }
}

/// Returns where the responses are defined, and then where the differences stand.
fn learn_more(compared: &Compared, differences: &[Difference]) -> Vec<Citation> {
    let defined = compared.iter().filter_map(|response| response.defined());
    let cited = differences.iter().flat_map(Difference::cites);
    each_once(defined.chain(cited))
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
        assert!(both.iter().all(|difference| difference.topic != "Reason"));
        assert!(both.iter().any(|difference| difference.topic == "Reach"));
    }

    #[test]
    fn rows_say_whether_they_differ() {
        let differing = |codes| -> Vec<&str> {
            let rows = of(codes).rows.into_iter().filter(|row| row.differs);
            rows.map(|row| row.name).collect()
        };
        assert_eq!(
            differing(&[486, 600]),
            [
                "Class",
                "Way back",
                "Sender",
                "Header fields",
                "Next route",
                "Other branches"
            ]
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
