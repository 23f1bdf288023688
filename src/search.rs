//! Query in, ranked hits out. Strict layers: a weaker layer never outranks a stronger one, and weak
//! hits are cut rather than listed.

mod phrase;
mod query;

use std::borrow::Cow;

use fuzzy_matcher::skim::SkimMatcherV2;
use serde::Serialize;

use crate::catalog::{self, Codes, Response};
use query::Query;

/// Why a response was found, the strongest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    Code,
    Prefix,
    Class,
    Field,
    Phrase,
    Abbreviation,
    Guess,
}

/// A response that a query found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub response: &'static Response,
    pub layer: Layer,
    /// The reason in words.
    pub why: Cow<'static, str>,
    /// Which characters of the response's title the query meant, in rising order.
    pub marks: Vec<usize>,
    /// Decides among hits of one layer: the higher, the better.
    score: i64,
}

impl Hit {
    /// Returns a response that stands in a list without having been searched for.
    pub fn new(response: &'static Response, layer: Layer, why: &'static str) -> Self {
        Self {
            response,
            layer,
            why: why.into(),
            marks: Vec::new(),
            score: 0,
        }
    }
}

/// How many letters of a query count; the rest is ignored.
pub const QUERY_LIMIT: usize = 128;
const GUESSES: usize = 5;
const SUGGESTIONS: usize = 3;
/// Below this, words have little in common.
const LEAST_LIKENESS: f64 = 0.75;

/// Returns what a query finds among the responses, best first.
///
/// `bookmarked` is what `is:bookmarked` means. An empty query finds every registered response.
pub fn search(query: &str, bookmarked: &Codes) -> Vec<Hit> {
    let query = Query::parse(query);
    let matcher = SkimMatcherV2::default().ignore_case();
    let itself = |code| Hit {
        marks: vec![0, 1, 2],
        ..Hit::new(catalog::response(code), Layer::Code, "the code itself")
    };
    let mut hits: Vec<Hit> = match query.code() {
        Some(code) => vec![itself(code)],
        None => catalog::responses()
            .iter()
            .filter(|response| response.is_registered() && query.admits(response, bookmarked))
            .filter_map(|response| find(&query, response, &matcher))
            .collect(),
    };
    // A code with a phrase of somebody's own is still that code.
    if hits.is_empty() {
        hits.extend(query.any_code().map(itself));
    }
    hits.sort_by_key(|hit| (hit.layer, -hit.score, hit.response.code));
    if hits.first().is_some_and(|hit| hit.layer == Layer::Guess) {
        hits.truncate(GUESSES);
    } else {
        hits.retain(|hit| hit.layer != Layer::Guess);
    }
    hits
}

/// Returns the responses whose phrase looks most like a query that found nothing.
pub fn nearest(query: &str) -> Vec<&'static Response> {
    let query = query.to_lowercase();
    let mut near: Vec<_> = catalog::registered()
        .map(|response| (phrase::likeness(&query, response.phrase), response))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter()
        .take(SUGGESTIONS)
        .map(|(_, response)| response)
        .collect()
}

fn find(query: &Query, response: &'static Response, matcher: &SkimMatcherV2) -> Option<Hit> {
    let hit = |layer, why, marks, score| Hit {
        response,
        layer,
        why,
        marks,
        score,
    };
    if query.words.is_empty() {
        return Some(match (query.prefix(), query.class()) {
            (Some(prefix), _) => {
                let why = format!("begins with {prefix}").into();
                hit(Layer::Prefix, why, (0..prefix.len()).collect(), 0)
            }
            (None, Some(class)) => hit(Layer::Class, class.pattern().into(), vec![0], 0),
            (None, None) => hit(Layer::Field, query.why(), Vec::new(), 0),
        });
    }
    let found = phrase::find(&query.words, response.phrase, matcher)?;
    // The title is the code, a space, and the phrase.
    let marks = found.marks.iter().map(|mark| mark + "486 ".len()).collect();
    Some(hit(found.layer, found.why, marks, found.score))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(query: &str) -> Vec<u16> {
        search(query, &Codes::new())
            .iter()
            .map(|hit| hit.response.code.get())
            .collect()
    }

    #[test]
    fn an_exact_code_is_never_anything_but_itself() {
        for response in catalog::registered() {
            assert_eq!(codes(&response.code.to_string()), [response.code.get()]);
        }
        assert_eq!(codes("431"), [431], "not registered, and answered");
        assert_eq!(codes("SIP/2.0 486 Busy Here"), [486]);
        assert_eq!(codes("486 Besetzt"), [486]);
        assert_eq!(codes("sip/2.0 486 x"), [486]);
        assert_eq!(codes("  SIP/2.0 480 Temporarily Unavailable\r\n"), [480]);
    }

    #[test]
    fn a_prefix_and_a_class_list_in_number_order() {
        assert_eq!(codes("48")[..4], [480, 481, 482, 483]);
        assert_eq!(codes("48x"), codes("48"));
        assert_eq!(codes("5")[..3], [500, 501, 502]);
        assert_eq!(codes("6xx"), [600, 603, 604, 606, 607, 608]);
        assert_eq!(codes("4XX")[0], 400);
    }

    #[test]
    fn every_phrase_finds_its_code_first() {
        for response in catalog::registered() {
            let phrase = response.phrase;
            let swapped: Vec<_> = phrase.split(' ').rev().collect();
            for query in [phrase.to_owned(), phrase.to_lowercase(), swapped.join(" ")] {
                let hits = search(&query, &Codes::new());
                // Two pairs of codes share words: 406 and 606 even the whole phrase.
                let first: Vec<_> = hits.iter().take(2).map(|hit| hit.response.phrase).collect();
                assert!(first.contains(&phrase), "{query:?} finds {first:?}");
                assert_eq!(hits[0].layer, Layer::Phrase, "{query:?}");
            }
        }
    }

    #[test]
    fn ranks_the_reason_phrase_first() {
        for (query, first) in [
            ("busy", 486),
            ("everywh", 600),
            ("unav", 480),
            ("tmp unav", 480),
            ("tmp u", 480),
            ("bsy", 486),
            ("fwd", 181),
            ("nf", 404),
            ("found not", 404),
            ("proxy auth", 407),
            ("loop", 482),
            ("4xx busy", 486),
            ("dialog", 199),
        ] {
            assert_eq!(codes(query).first(), Some(&first), "query {query:?}");
        }
    }

    #[test]
    fn initials_find_each_phrase_that_has_them() {
        let mut found = codes("rt");
        found.truncate(2);
        found.sort_unstable();
        assert_eq!(found, [408, 487]);
    }

    #[test]
    fn scattered_letters_count_only_where_nothing_better_does() {
        let hits = search("ueued", &Codes::new());
        assert_eq!(hits[0].response.code.get(), 182);
        assert!(hits.iter().all(|hit| hit.layer == Layer::Guess));
        assert!(hits.len() <= GUESSES);
        assert!(
            search("busy", &Codes::new())
                .iter()
                .all(|hit| hit.layer != Layer::Guess)
        );
    }

    #[test]
    fn nonsense_finds_nothing() {
        for query in ["-", "/", "xyzzy", "999", "0", "qqqq", "48x6", "!!"] {
            assert_eq!(codes(query), [0; 0], "query {query:?}");
        }
    }

    #[test]
    fn bookmarks_are_what_the_caller_says() {
        let kept: Codes = [486, 600].into_iter().filter_map(catalog_code).collect();
        let hits = search("is:bookmarked", &kept);
        assert_eq!(hits.len(), 2);
        assert_eq!(search("is:bookmarked everywhere", &kept).len(), 1);
    }

    fn catalog_code(code: u16) -> Option<catalog::StatusCode> {
        catalog::StatusCode::new(code).ok()
    }

    #[test]
    fn marks_show_what_matched() {
        let hits = search("here", &Codes::new());
        let title = hits[0].response.title();
        let marked: String = hits[0]
            .marks
            .iter()
            .filter_map(|mark| title.chars().nth(*mark))
            .collect();
        assert_eq!(marked.to_lowercase(), "here");
    }

    #[test]
    fn a_long_query_is_cut() {
        let query = "a".repeat(100_000);
        assert!(search(&query, &Codes::new()).is_empty());
    }

    #[test]
    fn layers_are_in_order() {
        for query in ["re", "no", "serv un", "4", "e", "in"] {
            let hits = search(query, &Codes::new());
            assert!(hits.is_sorted_by_key(|hit| hit.layer), "query {query:?}");
        }
    }
}
