//! Query in, ranked hits out. Strict layers: a weaker layer never outranks a stronger one, and weak
//! hits are cut rather than listed.

mod filter;
mod normal;
mod phrase;
mod query;
mod reason;
mod sets;
mod symptom;
mod typo;
mod words;

use std::borrow::Cow;

use fuzzy_matcher::skim::SkimMatcherV2;
use serde::Serialize;

use crate::catalog::{self, Entry, Response, StatusCode};
use filter::Filter;
pub use filter::{cited_rfcs, filters};
use query::Query;
pub use sets::Sets;
use symptom::{Extent, Heard};
use typo::Slips;

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
    Symptom,
    Typo,
    Guess,
}

/// What a query found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub entry: Entry,
    layer: Layer,
    /// The reason in words.
    pub why: Cow<'static, str>,
    /// Which characters of the entry's title the query meant, in rising order.
    pub marks: Vec<usize>,
    /// Decides among hits of one layer: the higher, the better.
    score: i64,
}

impl Hit {
    /// Returns what stands in a list without having been searched for.
    pub fn listed(entry: impl Into<Entry>, why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(entry, Layer::Field, why)
    }

    fn new(entry: impl Into<Entry>, layer: Layer, why: impl Into<Cow<'static, str>>) -> Self {
        Self {
            entry: entry.into(),
            layer,
            why: why.into(),
            marks: Vec::new(),
            score: 0,
        }
    }

    pub fn layer(&self) -> Layer {
        self.layer
    }

    fn is_of(&self, response: &Response) -> bool {
        self.entry.code() == Some(response.code)
    }

    fn is_registered(&self) -> bool {
        self.entry.response().is_none_or(Response::is_registered)
    }
}

/// What a query found, and what the user should know about the query.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The best first.
    pub hits: Vec<Hit>,
    /// A clause without a full stop: an unknown filter, a number that is no code.
    pub remark: Option<String>,
}

/// What the filters are, as a heading of their list.
pub const ABOUT_FILTERS: &str = "Filters of a search, beside words";

/// How many letters of a query count; the rest is ignored.
pub const QUERY_LIMIT: usize = 128;
const GUESSES: usize = 5;
const LONG_WORD: usize = 5;
const SHORT_WORD: usize = 3;
const TYPOS: usize = 6;
const SYMPTOMS: usize = 8;
const SUGGESTIONS: usize = 3;
/// Why what nobody searched for is there.
const LISTED: &str = "listed";
/// Below this, words have little in common.
const LEAST_LIKENESS: f64 = 0.75;
/// A code that nobody registered stands below those that are, in its layer.
const UNREGISTERED: i64 = -1_000_000;
/// What sets the words of a symptom before the names of warn-codes and causes.
const SAID: i64 = 100_000;

/// Returns what a query finds among the responses, best first.
///
/// An empty query finds every registered response.
pub fn search(query: &str, sets: &Sets) -> Results {
    let query = Query::parse(query);
    let nothing = query.filters.iter().find_map(|filter| match filter {
        Filter::Nothing(why) => Some(why.clone()),
        Filter::Bookmarked if sets.bookmarked.is_empty() => {
            Some("there are no bookmarks to show".into())
        }
        _ => None,
    });
    let remark = query.remark.clone().or(nothing);
    let mut hits = if query.codes.is_empty() {
        found(query, sets)
    } else {
        codes(&query.codes)
    };
    hits.sort_by_key(|hit| (hit.layer, -hit.score, hit.entry.code()));
    Results { hits, remark }
}

/// Returns what a query finds. A method in capitals is one unless all words are found as they are; in small
/// letters it is a word, and a method where the words find nothing.
fn found(query: Query, sets: &Sets) -> Vec<Hit> {
    let (hits, all_words) = in_layers(&query, sets);
    let as_said = hits.iter().any(|hit| hit.layer < Layer::Typo);
    if !query.has_methods() || as_said && (all_words || !query.means_methods()) {
        return hits;
    }
    let (of_methods, all_beside) = in_layers(&query.by_methods(), sets);
    let found = of_methods.iter().any(|hit| hit.layer < Layer::Guess);
    if found && (all_beside || !as_said) {
        of_methods
    } else {
        hits
    }
}

/// Returns codes in the order in which they were typed; beside a number that nobody registered, its neighbours.
fn codes(codes: &[StatusCode]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        if hits.iter().any(|hit| hit.entry.code() == Some(*code)) {
            continue;
        }
        let response = catalog::response(*code);
        let why = if response.is_registered() {
            "the code itself"
        } else {
            "the code itself, not registered"
        };
        hits.push(Hit {
            marks: vec![0, 1, 2],
            score: -i64::try_from(place).unwrap_or(i64::MAX),
            ..Hit::new(response, Layer::Code, why)
        });
    }
    if let [code] = codes
        && !catalog::response(*code).is_written()
    {
        let related = catalog::response(*code).related.iter();
        hits.extend(related.map(|near| {
            let why = format!("registered, near {code}");
            Hit::new(catalog::response(near.code), Layer::Prefix, why)
        }));
    }
    hits
}

/// Returns what filters and words find, and whether some hit has all of the words. Filters alone list what
/// nobody registered only if they ask for it, or find nothing else.
fn in_layers(query: &Query, sets: &Sets) -> (Vec<Hit>, bool) {
    // A bookmarked number need not be in any table.
    let own = query
        .filters
        .iter()
        .any(|filter| matches!(filter, Filter::Bookmarked));
    let numbers = sets
        .bookmarked
        .iter()
        .filter(|_| own)
        .map(|code| catalog::response(*code))
        .filter(|response| !response.is_written());
    let mut passed: Vec<Hit> = catalog::responses()
        .iter()
        .chain(numbers)
        .filter_map(|response| passed(query, response, sets))
        .collect();
    if query.words.is_empty() {
        let asked = query.filters.iter().any(Filter::is_for_unregistered);
        let registered = passed.iter().any(Hit::is_registered);
        passed.retain(|hit| asked || !registered || hit.is_registered());
        return (passed, true);
    }
    let responses: Vec<&'static Response> = passed
        .iter()
        .filter_map(|hit| hit.entry.response())
        .collect();
    let vocabulary: Vec<&'static str> = catalog::vocabulary()
        .iter()
        .map(|word| word.as_str())
        .collect();
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut hits = in_phrases(query, &responses, &matcher);
    // A long word with a slip has the letters of many others in order.
    let short_only = |hits: &[Hit]| hits.iter().all(|hit| hit.layer == Layer::Abbreviation);
    let long = query.words.iter().any(|word| word.len() >= LONG_WORD);
    if long && !hits.is_empty() && short_only(&hits) {
        let meant = typos(query, &responses, &vocabulary);
        if meant.iter().any(|hit| hit.score > 0) {
            hits = meant;
        }
    }
    let all_words = in_symptoms(query, &responses, &vocabulary, &mut hits);
    // A slip that explains every word says more than symptoms that have some of them.
    if hits.is_empty() || !all_words {
        let meant = typos(query, &responses, &vocabulary);
        if !meant.is_empty() {
            hits = meant;
        }
    }
    if hits.is_empty() {
        hits = in_header(query, &responses);
    }
    if hits.is_empty() {
        hits = guesses(query, &responses, &matcher);
    }
    for hit in &mut hits {
        if !hit.is_registered() {
            hit.score += UNREGISTERED;
        }
    }
    (hits, all_words)
}

/// Returns the hit that filters alone make of a response; none if one of them keeps it out.
fn passed(query: &Query, response: &'static Response, sets: &Sets) -> Option<Hit> {
    let mut hit = Hit::new(response, Layer::Field, LISTED);
    for filter in &query.filters {
        let pass = filter.pass(response, sets)?;
        hit.score += pass.score;
        match filter {
            Filter::Prefix(digits) => {
                hit.layer = Layer::Prefix;
                hit.marks = (0..digits.len()).collect();
            }
            Filter::Class(_) if query.filters.len() == 1 => {
                hit.layer = Layer::Class;
                hit.marks = vec![0];
            }
            _ => {}
        }
        // A class or digits say no more than the code does.
        let is_seen = matches!(filter, Filter::Prefix(_) | Filter::Class(_));
        if !is_seen || hit.why == LISTED {
            hit.why = pass.why;
        }
    }
    Some(hit)
}

fn in_phrases(query: &Query, responses: &[&'static Response], matcher: &SkimMatcherV2) -> Vec<Hit> {
    let hit = |response: &'static Response, found: phrase::Found| Hit {
        entry: response.into(),
        layer: found.layer,
        why: found.why,
        // The title is the code, a space, and the phrase.
        marks: found.marks.iter().map(|mark| mark + "486 ".len()).collect(),
        score: found.score,
    };
    let mut hits: Vec<Hit> = responses
        .iter()
        .filter_map(|response| {
            Some(hit(
                response,
                phrase::find(&query.words, response.phrase(), matcher)?,
            ))
        })
        .collect();
    // A word that people use for a symptom is no abbreviation, nor is any where the words themselves are found.
    let is_word = |word: &String| {
        word.len() > 2
            && catalog::vocabulary()
                .iter()
                .any(|known| known == words::plain(word))
    };
    let initials = hits.iter().any(|hit| hit.score == phrase::INITIALS);
    hits.retain(|hit| !initials || hit.layer == Layer::Phrase || hit.score == phrase::INITIALS);
    let phrases = hits.iter().any(|hit| hit.layer == Layer::Phrase);
    if hits.iter().any(|hit| hit.layer == Layer::Abbreviation)
        && (phrases || query.words.iter().any(is_word))
    {
        hits.retain(|hit| hit.layer == Layer::Phrase);
    }
    hits
}

/// Adds the responses that have a symptom of these words, but for weak ones beside strong ones; says whether
/// something has all words.
fn in_symptoms(
    query: &Query,
    responses: &[&'static Response],
    vocabulary: &[&'static str],
    hits: &mut Vec<Hit>,
) -> bool {
    let heard = Heard::new(&query.words, vocabulary);
    let mut found: Vec<(Extent, Hit)> = responses
        .iter()
        .filter(|response| !hits.iter().any(|hit| hit.is_of(response)))
        .filter_map(|response| {
            let found = heard.find(symptom::of(response))?;
            let why = format!("symptom: {}", symptom::at(response, found.place));
            let hit = Hit {
                score: SAID + found.score,
                ..Hit::new(*response, Layer::Symptom, why)
            };
            Some((found.extent, hit))
        })
        .collect();
    if hits.is_empty() {
        in_warn_codes(query, responses, &mut found);
        in_causes(query, responses, &mut found);
    }
    // Beside a phrase that has the words, only what people say in just these words counts.
    let least = match found.iter().map(|(extent, _)| *extent).max() {
        Some(best) if hits.is_empty() => best,
        _ => Extent::Exact,
    };
    let all_words = !hits.is_empty() || least >= Extent::Part;
    found.retain(|(extent, _)| *extent >= least);
    found.sort_by_key(|(_, hit)| (-hit.score, hit.entry.code()));
    hits.extend(found.into_iter().map(|(_, hit)| hit).take(SYMPTOMS));
    all_words
}

/// Adds the responses that carry a warn-code with these words.
fn in_warn_codes(query: &Query, responses: &[&'static Response], found: &mut Vec<(Extent, Hit)>) {
    for warning in catalog::warnings() {
        let words: Vec<String> = words::words(&warning.text).collect();
        if query.words.len() < 2 || !query.words.iter().all(|word| words.contains(word)) {
            continue;
        }
        for (place, code) in warning.codes.iter().enumerate() {
            let response = catalog::response(*code);
            let found_already = found.iter().any(|(_, hit)| hit.is_of(response));
            if found_already || !responses.contains(&response) {
                continue;
            }
            let why = format!("warn-code {}: {}", warning.code, warning.text);
            let mut hit = Hit::new(response, Layer::Symptom, why);
            hit.score = -i64::try_from(place).unwrap_or_default();
            found.push((Extent::Part, hit));
        }
    }
}

/// Adds the responses of an ISDN cause whose name has these words.
fn in_causes(query: &Query, responses: &[&'static Response], found: &mut Vec<(Extent, Hit)>) {
    let Some(cause) = filter::cause_named(&query.words) else {
        return;
    };
    for response in responses.iter().copied() {
        let found_already = found
            .iter()
            .any(|(extent, hit)| *extent >= Extent::Part && hit.is_of(response));
        if let Some(pass) = cause
            .pass(response, &Sets::default())
            .filter(|_| !found_already)
        {
            let mut hit = Hit::new(response, Layer::Symptom, pass.why);
            hit.score = pass.score;
            found.retain(|(_, other)| !other.is_of(response));
            found.push((Extent::Part, hit));
        }
    }
}

/// Returns the responses that say anything of a header field whose name is an English word: "Warning".
fn in_header(query: &Query, responses: &[&'static Response]) -> Vec<Hit> {
    let header = match &query.words[..] {
        [name] => Filter::known_header(name),
        _ => None,
    };
    let Some(header) = header else {
        return Vec::new();
    };
    let responses = responses.iter().copied();
    responses
        .filter_map(|response| {
            let pass = header.pass(response, &Sets::default())?;
            Some(Hit {
                score: pass.score,
                ..Hit::new(response, Layer::Field, pass.why)
            })
        })
        .collect()
}

fn typos(query: &Query, responses: &[&'static Response], vocabulary: &[&'static str]) -> Vec<Hit> {
    let slips = Slips::new(&query.words, vocabulary);
    let mut hits: Vec<Hit> = responses
        .iter()
        .filter_map(|response| {
            let found = slips.find(response.phrase(), symptom::of(response))?;
            let meant = found.meant.join(" ");
            let said = found.symptom.map(|place| symptom::at(response, place));
            let why = match said {
                Some(symptom) if symptom != meant => format!("typo of {meant}, symptom: {symptom}"),
                _ => format!("typo of {meant}"),
            };
            Some(Hit {
                score: found.score,
                ..Hit::new(*response, Layer::Typo, why)
            })
        })
        .collect();
    // What was meant in a phrase is not meant in a symptom, nor with more slips.
    let best = hits.iter().map(|hit| hit.score).max().unwrap_or_default();
    hits.retain(|hit| typo::is_as_near(hit.score, best));
    hits.sort_by_key(|hit| (-hit.score, hit.entry.code()));
    hits.truncate(TYPOS);
    hits
}

/// Returns the responses over whose phrases the letters are scattered: a few, and only where nothing else is found.
fn guesses(query: &Query, responses: &[&'static Response], matcher: &SkimMatcherV2) -> Vec<Hit> {
    let mut hits: Vec<Hit> = responses
        .iter()
        .filter_map(|response| {
            let (score, marks) = phrase::scattered(&query.words, response.phrase(), matcher)?;
            Some(Hit {
                score,
                marks: marks.iter().map(|mark| mark + "486 ".len()).collect(),
                ..Hit::new(*response, Layer::Guess, "a guess: its letters, scattered")
            })
        })
        .collect();
    hits.sort_by_key(|hit| (-hit.score, hit.entry.code()));
    hits.truncate(GUESSES);
    hits
}

/// Returns the responses whose phrases look most like a query that found nothing.
pub fn nearest(query: &str) -> Vec<&'static Response> {
    let mut query = Query::parse(query).words;
    // "not" is in many phrases and near to none.
    query.retain(|word| word.len() > SHORT_WORD);
    let mut near: Vec<_> = catalog::registered()
        .map(|response| (phrase::likeness(&query, response.phrase()), response))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter()
        .take(SUGGESTIONS)
        .map(|(_, response)| response)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(query: &str, sets: &Sets) -> Vec<Hit> {
        super::search(query, sets).hits
    }

    fn code_of(hit: &Hit) -> u16 {
        hit.entry.code().map_or(0, StatusCode::get)
    }

    fn codes(query: &str) -> Vec<u16> {
        search(query, &Sets::default())
            .iter()
            .map(code_of)
            .collect()
    }

    #[test]
    fn an_exact_code_is_never_anything_but_itself() {
        for response in catalog::registered() {
            assert_eq!(codes(&response.code.to_string()), [response.code.get()]);
        }
        assert_eq!(
            codes("431"),
            [431, 430, 433],
            "not registered, and answered"
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
        assert!(hits.iter().all(|hit| hit.marks == [0, 1, 2]));
        assert!(hits[0].score > hits[1].score);
    }

    #[test]
    fn the_layer_and_the_marks_say_what_fitted() {
        let first = |query: &str| {
            let hits = search(query, &Sets::default());
            (hits[0].layer(), hits[0].marks.clone())
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
        assert!(remark("Foo: bar").contains("Foo"));
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
        assert_eq!(code_of(&hits[0]), 301);
        assert!(hits.iter().all(|hit| hit.layer() == Layer::Guess));
        assert!(hits.len() <= GUESSES);
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
        };
        let hits = search("is:bookmarked", &kept);
        assert_eq!(hits.len(), 2);
        assert_eq!(search("is:bookmarked everywhere", &kept).len(), 1);
    }

    fn catalog_code(code: u16) -> Option<catalog::StatusCode> {
        catalog::StatusCode::new(code).ok()
    }

    #[test]
    fn marks_show_what_matched() {
        let hits = search("here", &Sets::default());
        let title = hits[0].entry.title();
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
        assert!(search(&query, &Sets::default()).is_empty());
    }

    #[test]
    fn layers_are_in_order() {
        for query in ["re", "no", "serv un", "4", "e", "in"] {
            let hits = search(query, &Sets::default());
            assert!(hits.is_sorted_by_key(Hit::layer), "query {query:?}");
        }
    }
}
