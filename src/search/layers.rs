//! What filters and words find, layer by layer: a weaker one counts where the stronger ones have nothing.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::filter::Filter;
use super::fuzzy::Fuzzy;
use super::hit::{Found, Hit};
use super::part::Parts;
use super::query::Query;
use super::rank::{Layer, Rank};
use super::sets::Sets;
use super::sorted::sort_by_key;
use super::{guess, partial, phrase, symptom, typo};
use crate::catalog::{self, Response};

/// From this length on, a word with a slip has the letters of many others in order.
const LONG_WORD: usize = 5;
/// Why what nobody searched for is there.
const LISTED: &str = "listed";

/// What a query finds in the layers, the best first.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) hits: Vec<Hit>,
    /// What comes nearest, where nothing fits.
    pub(super) nearest: Vec<Hit>,
    /// Whether something has all of the words.
    pub(super) all_words: bool,
}

/// Returns what a query finds. A method in capitals is one unless all words are found as they are; in small letters it
/// is a word, and a method where the words find nothing.
pub(super) fn hits(query: Query, sets: &Sets) -> Listed {
    let listed = in_layers(&query, sets);
    let is_word = listed.all_words && !query.means_methods();
    let as_said = listed
        .hits
        .iter()
        .any(|hit| hit.layer() < Layer::Typo || is_word && hit.layer() == Layer::Words);
    if !query.has_methods() || as_said && (listed.all_words || !query.means_methods()) {
        return listed;
    }
    let of_methods = in_layers(&query.by_methods(), sets);
    let found = of_methods.hits.iter().any(|hit| hit.layer() < Layer::Words);
    if found && (of_methods.all_words || !as_said) {
        of_methods
    } else {
        listed
    }
}

/// Returns what filters and words find.
fn in_layers(query: &Query, sets: &Sets) -> Listed {
    let listed: Vec<_> = candidates(query, sets)
        .filter_map(|response| Some((response, passed(&query.filters, response, sets)?)))
        .collect();
    if query.words.is_empty() {
        return Listed {
            hits: by_filters(query, listed),
            all_words: true,
            ..Listed::default()
        };
    }
    let responses: Vec<_> = listed.iter().map(|(response, _)| *response).collect();
    let mut found = by_words(query, &responses);
    // What nobody registered comes last in its layer.
    sort_by_key(&mut found.hits, |hit| {
        (
            hit.layer(),
            !hit.is_registered(),
            hit.rank(),
            hit.entry.code(),
        )
    });
    found
}

/// Returns every response with a name, and the numbers among the bookmarks where those are asked for.
fn candidates(query: &Query, sets: &Sets) -> impl Iterator<Item = &'static Response> {
    let bookmarks = sets.bookmarked.iter().filter(|_| query.is_for_bookmarks());
    let numbers = bookmarks
        .map(|code| catalog::response(*code))
        .filter(|response| !response.is_written());
    catalog::responses().iter().chain(numbers)
}

/// Returns what filters say of a response; nothing if one of them keeps it out.
fn passed(filters: &[Filter], response: &'static Response, sets: &Sets) -> Option<Found> {
    let mut why: Option<Cow<'static, str>> = None;
    let mut weight = 0;
    let mut place = None;
    for filter in filters {
        let pass = filter.pass(response, sets)?;
        place = place.or(pass.place);
        weight += pass.weight;
        // Digits say no more than the code does.
        if why.is_none() || filter.digits_seen().is_none() {
            why = Some(pass.why);
        }
    }
    let why = why.unwrap_or(LISTED.into());
    if let [filter] = filters
        && let Some((digits, rank)) = filter.digits_seen()
    {
        return Some(Found::new(rank, why).with_marks(0..digits));
    }
    let weight = Reverse(weight);
    Some(Found::new(Rank::Field { weight }, why).at(place))
}

/// Returns what filters alone find; what nobody registered only if they ask for it, or find nothing else.
fn by_filters(query: &Query, listed: Vec<(&'static Response, Found)>) -> Vec<Hit> {
    let all = query.is_for_unregistered() || !listed.iter().any(|(r, _)| r.is_registered());
    let listed = listed.into_iter();
    let shown = listed.filter(|(response, _)| all || response.is_registered());
    let mut hits: Vec<_> = shown
        .map(|(response, found)| Hit::new(response, found))
        .collect();
    sort_by_key(&mut hits, |hit| (hit.rank(), hit.entry.code()));
    hits
}

/// The most words that a phrase or a symptom has.
const MOST_OF_ONE: usize = 12;

/// Returns what words find among some responses, and beside them where nothing else was asked for.
fn by_words(query: &Query, responses: &[&'static Response]) -> Listed {
    let words = &query.words[..];
    let alone = query.filters.is_empty();
    let fuzzy = Fuzzy::new();
    let parts = Parts::of(words, query.is_typed);
    let mut hits = Vec::new();
    if words.len() <= MOST_OF_ONE {
        hits = phrase::hits(words, responses, &fuzzy);
        let is_long = words.iter().any(|word| word.len() >= LONG_WORD);
        let is_short = |hit: &Hit| hit.layer() == Layer::Abbreviation;
        if is_long && !hits.is_empty() && hits.iter().all(is_short) {
            let meant = typo::hits(words, responses);
            if meant.iter().any(typo::is_in_phrase) {
                hits = meant;
            }
        }
        symptom::add_hits(&parts, words, responses, &mut hits);
    }
    let beside = if alone {
        symptom::beside(&parts)
    } else {
        Vec::new()
    };
    let mut all_words = !hits.is_empty() || parts.has_all(words.len());
    if hits.is_empty() && words.len() <= MOST_OF_ONE {
        hits = typo::hits(words, responses);
        if hits.is_empty() {
            hits = by_header(words, responses);
        }
    }
    let mut nearest = Vec::new();
    if hits.is_empty() {
        let partial = partial::hits(&parts, words, responses, alone);
        (hits, nearest) = (partial.hits, partial.nearest);
    } else {
        let below = partial::below(&parts, words, responses, &hits);
        hits.extend(below);
    }
    if hits.is_empty() && parts.best.is_empty() {
        hits = guess::hits(words, responses, &fuzzy);
        all_words = false;
    }
    // A phrase has all the words, those that deny too.
    hits.retain(|hit| hit.layer() == Layer::Phrase || !parts.denies(hit.entry));
    for beside in beside {
        if hits.iter().all(|hit| hit.entry != beside.entry) {
            hits.push(beside);
        }
    }
    if !hits.is_empty() {
        nearest.clear();
    }
    Listed {
        hits,
        nearest,
        all_words,
    }
}

/// Returns the responses that say anything of a header field whose name is an English word: "Warning".
fn by_header(words: &[String], responses: &[&'static Response]) -> Vec<Hit> {
    let [name] = words else {
        return Vec::new();
    };
    let Some(header) = Filter::known_header(name) else {
        return Vec::new();
    };
    let responses = responses.iter().copied();
    responses
        .filter_map(|response| {
            let pass = header.pass(response, &Sets::default())?;
            let weight = Reverse(pass.weight);
            let found = Found::new(Rank::Field { weight }, pass.why).at(pass.place);
            Some(Hit::new(response, found))
        })
        .collect()
}
