//! Query in, ranked hits out. Strict layers: a weaker layer never outranks a stronger one, and weak
//! hits are cut rather than listed.

mod code;
mod entries;
mod filter;
mod fuzzy;
mod guess;
mod hit;
mod layers;
mod led;
mod nearest;
mod normal;
mod part;
mod partial;
mod phrase;
mod query;
mod rank;
mod sets;
mod sorted;
mod sought;
mod spoken;
mod stem;
mod symptom;
mod terms;
mod typo;
mod unfinished;
mod words;

pub use filter::{cited_rfcs, filters};
pub use hit::{Hit, Results};
pub use query::QUERY_LIMIT;
pub use rank::Layer;
pub use sets::{Needs, Sets};
pub use spoken::Place;

use std::cmp::Reverse;

use hit::Found;
use layers::Listed;
use query::Query;
use rank::Rank;
pub use sorted::sort_by_key;

/// What is said where the words of a query are none that a page has.
const ENGLISH: &str = "none of these words is known; the search knows English";

/// What the filters are, as a heading of their list.
pub const ABOUT_FILTERS: &str = "Filters of a search, beside words";

/// Returns what a query finds, the best first. An empty one finds every registered response.
pub fn search(text: &str, sets: &Sets) -> Results {
    let query = Query::parse(text);
    let refusal = || query.filters.iter().find_map(|filter| filter.refusal(sets));
    let remark = query.remark.clone().or_else(refusal);
    let (hits, nearest) = found(query.clone(), sets);
    if !hits.is_empty() || remark.is_some() {
        return Results {
            hits,
            nearest,
            remark,
        };
    }
    if let Some(begun) = query.clone().without_beginning() {
        let remark = begun.remark.clone();
        let (hits, nearest) = found(begun, sets);
        return Results {
            hits,
            nearest,
            remark,
        };
    }
    let remark = query.is_foreign().then(|| ENGLISH.into());
    if let Some(known) = query.without_last() {
        let (hits, nearest) = found(known, sets);
        if !hits.is_empty() {
            return Results {
                hits,
                nearest,
                remark: None,
            };
        }
    }
    Results {
        hits,
        nearest,
        remark,
    }
}

/// Returns what a query finds, and what comes nearest where that is nothing: the codes that stand in it, or else what its
/// filters and words find, and beside them the causes, warn-codes, timers and products that stand in it.
fn found(query: Query, sets: &Sets) -> (Vec<Hit>, Vec<Hit>) {
    // It is what was asked for, and so before all that it leads to.
    let weight = Reverse(u32::MAX);
    let wanted = query.wanted.iter().map(|wanted| {
        let found = Found::new(Rank::Field { weight }, wanted.why.clone());
        Hit::new(wanted.entry, found)
    });
    let mut hits: Vec<Hit> = code::hits(&query.codes).into_iter().chain(wanted).collect();
    let words = query.words.clone();
    for hit in &mut hits {
        let used = hit.entry.short();
        hit.tell_words(&[used], &words);
    }
    let is_answered = !query.codes.is_empty() && !query.is_doubtful();
    let of_text = query.codes.is_empty();
    let mut nearest = Vec::new();
    if !is_answered {
        let listed = of_filters_and_words(query, sets, of_text);
        add(&mut hits, listed.hits);
        nearest = listed.nearest;
    }
    sort_by_key(&mut hits, Hit::layer);
    for hit in &mut hits {
        hit.tell_words(&words, &[]);
    }
    if nearest.is_empty() {
        nearest = nearest::hits(&words);
    }
    if !hits.is_empty() {
        nearest.clear();
    }
    for hit in &mut nearest {
        hit.tell_words(&[], &words);
    }
    (hits, nearest)
}

/// Returns what filters and words find; filters that were read out of a text find something without its words too.
fn of_filters_and_words(query: Query, sets: &Sets, of_text: bool) -> Listed {
    let mut hits = entries::by_filters(&query);
    let bare = query.bare();
    let of_name = query.named();
    let is_empty = query.filters.is_empty() && query.words.is_empty();
    let mut nearest = Vec::new();
    if !is_empty || of_text && query.wanted.is_empty() {
        let listed = layers::hits(query, sets);
        add(&mut hits, listed.hits);
        nearest = listed.nearest;
    }
    // Below a header field the phrases that hold its name are listed too.
    if let Some(of_name) = of_name {
        let mut phrases = layers::hits(of_name, sets).hits;
        phrases.retain(|hit| hit.layer() == Layer::Phrase);
        add(&mut hits, phrases);
    }
    if let Some(bare) = bare
        && hits.iter().all(|hit| hit.entry.code().is_none())
    {
        add(&mut hits, layers::hits(bare, sets).hits);
    }
    Listed {
        hits,
        nearest,
        ..Listed::default()
    }
}

/// Adds hits of entries that are not there yet.
fn add(hits: &mut Vec<Hit>, others: Vec<Hit>) {
    for other in others {
        if hits.iter().all(|hit| hit.entry != other.entry) {
            hits.push(other);
        }
    }
}

/// Returns what a query must be given to be answered.
/// Returns whether two words in small letters are forms of one.
pub fn same_word(word: &str, other: &str) -> bool {
    word == other || stem::stem(word) == stem::stem(other)
}

pub fn needs(query: &str) -> Needs {
    Needs {
        bookmarks: Query::parse(query).is_for_bookmarks(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{self, StatusCode};

    fn search(query: &str, sets: &Sets) -> Vec<Hit> {
        super::search(query, sets).hits
    }

    fn code_of(hit: &Hit) -> Option<u16> {
        hit.entry.code().map(StatusCode::get)
    }

    fn codes(query: &str) -> Vec<u16> {
        let hits = search(query, &Sets::default());
        // Causes and the like have none.
        hits.iter().filter_map(code_of).collect()
    }

    #[test]
    fn an_exact_code_is_never_anything_but_itself() {
        for response in catalog::registered() {
            assert_eq!(codes(&response.code.to_string()), [response.code.get()]);
        }
        assert_eq!(
            codes("431"),
            [431, 430, 433],
            "not in IANA's list, and answered"
        );
        assert_eq!(codes("SIP/2.0 486 Busy Here"), [486]);
        assert_eq!(codes("486 Besetzt"), [486]);
        assert_eq!(codes("sip/2.0 486 x"), [486]);
        assert_eq!(codes("  SIP/2.0 480 Temporarily Unavailable\r\n"), [480]);
    }

    #[test]
    fn several_codes_come_as_they_were_typed_each_once() {
        assert_eq!(codes("600 486 600"), [600, 486]);
        let hits = search("600 486", &Sets::default());
        assert!(hits.iter().all(|hit| hit.marks() == [0, 1, 2]));
        assert!(hits[0].rank() < hits[1].rank());
    }

    #[test]
    fn the_layer_and_the_marks_say_what_fitted() {
        let first = |query: &str| {
            let hits = search(query, &Sets::default());
            (hits[0].layer(), hits[0].marks().to_vec())
        };
        assert_eq!(first("48"), (Layer::Prefix, vec![0, 1]));
        assert_eq!(first("4xx"), (Layer::Class, vec![0]));
        assert_eq!(first("4xx rfc:3261").0, Layer::Field);
        assert_eq!(first("busy"), (Layer::Phrase, vec![4, 5, 6, 7]));
        assert_eq!(first("nf").0, Layer::Abbreviation);
        assert_eq!(first("glare"), (Layer::Symptom, vec![]));
    }

    #[test]
    fn what_nobody_registered_comes_last_in_its_layer() {
        let required = codes("required");
        assert_eq!(required.last(), Some(&411), "{required:?}");
        assert!(required.len() > 4, "{required:?}");
    }

    #[test]
    fn what_finds_nothing_says_why() {
        let remark = |query: &str| {
            super::search(query, &Sets::default())
                .remark
                .unwrap_or_default()
        };
        assert!(remark("header:foo").contains("foo"));
        assert!(remark("foo:bar").contains("foo"));
        assert_eq!(
            remark("Fehler: der Teilnehmer"),
            "none of these words is known; the search knows English"
        );
        assert_eq!(remark("is:bookmarked"), "there are no bookmarks to show");
        assert_eq!(remark("busy"), "");
    }

    #[test]
    fn a_cause_has_its_name_beside_it_or_instead() {
        for query in [
            "cause 17",
            "cause code 17",
            "cause 17 user busy",
            "Q850;cause=17",
            "USER_BUSY",
        ] {
            assert_eq!(codes(query)[0], 486, "{query}");
        }
        assert_eq!(codes("disconnect cause 34"), codes("q.850 34"));
        assert_eq!(codes("no circuit or channel available"), codes("q.850 34"));
    }

    #[test]
    fn a_line_of_a_log_is_read_for_its_code() {
        assert_eq!(codes("Status: 480 Temporarily Unavailable"), [480]);
        assert_eq!(codes("sip:403 forbidden"), [403]);
        assert_eq!(
            codes("Got response: \"Forbidden\" from <sip:b@example.com>"),
            [403]
        );
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
            let phrase = response.phrase();
            let swapped: Vec<_> = phrase.split(' ').rev().collect();
            for query in [phrase.to_owned(), phrase.to_lowercase(), swapped.join(" ")] {
                let hits = search(&query, &Sets::default());
                // Two pairs of codes share words: 406 and 606 even the whole phrase.
                let first: Vec<_> = hits
                    .iter()
                    .take(2)
                    .filter_map(|hit| Some(hit.entry.response()?.phrase()))
                    .collect();
                assert!(first.contains(&phrase), "{query:?} finds {first:?}");
                assert_eq!(hits[0].layer(), Layer::Phrase, "{query:?}");
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
        let hits = search("mvdprm", &Sets::default());
        assert_eq!(code_of(&hits[0]), Some(301));
        assert!(hits.iter().all(|hit| hit.layer() == Layer::Guess));
        assert!(hits.len() <= 5);
        assert!(
            search("busy", &Sets::default())
                .iter()
                .all(|hit| hit.layer() != Layer::Guess)
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
        let kept = Sets {
            bookmarked: [486, 600].into_iter().filter_map(catalog_code).collect(),
            ..Sets::default()
        };
        let hits = search("is:bookmarked", &kept);
        assert_eq!(hits.len(), 2);
        assert_eq!(search("is:bookmarked everywhere", &kept).len(), 1);
    }

    fn catalog_code(code: u16) -> Option<StatusCode> {
        StatusCode::new(code).ok()
    }

    #[test]
    fn marks_show_what_matched() {
        let hits = search("here", &Sets::default());
        let title = hits[0].entry.title();
        let marked: String = hits[0]
            .marks()
            .iter()
            .filter_map(|mark| title.chars().nth(*mark))
            .collect();
        assert_eq!(marked.to_lowercase(), "here");
    }

    #[test]
    fn a_long_query_is_cut() {
        let query = "a".repeat(100_000);
        assert!(search(&query, &Sets::default()).is_empty());
    }

    #[test]
    fn layers_are_in_order() {
        for query in ["re", "no", "serv un", "4", "e", "in"] {
            let hits = search(query, &Sets::default());
            assert!(hits.is_sorted_by_key(Hit::layer), "query {query:?}");
        }
    }

    #[test]
    fn only_a_query_for_bookmarks_needs_them() {
        for query in [
            "is:bookmarked",
            "is: bookmarked",
            "busy IS:Bookmarked 4xx",
            "is:book",
        ] {
            assert!(needs(query).bookmarks, "{query}");
        }
        for query in ["", "busy", "is:unregistered", "bookmarked", "is:bookmark "] {
            assert!(!needs(query).bookmarks, "{query}");
        }
    }
}
