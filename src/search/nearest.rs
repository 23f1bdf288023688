//! What comes nearest where a query finds nothing: phrases with words that look like those of the query.

use std::cmp::Reverse;

use super::hit::{Found, Hit};
use super::phrase;
use super::rank::Rank;
use super::sorted::sort_by_key;
use crate::catalog::registered;

const SHORT_WORD: usize = 3;
const SUGGESTIONS: usize = 3;
/// Below this, words have little in common.
const LEAST_LIKENESS: f64 = 0.75;

/// Returns the responses whose phrases look most like words that found nothing.
pub(super) fn hits(words: &[String]) -> Vec<Hit> {
    // "not" is in many phrases and near to none.
    let long = words.iter().filter(|word| word.len() > SHORT_WORD);
    let words: Vec<&str> = long
        .map(String::as_str)
        .take(SHORT_WORD * SUGGESTIONS)
        .collect();
    let mut near: Vec<_> = registered()
        .map(|response| (likeness(&words, response.phrase()), response))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    // The bits of numbers that are not negative have their order.
    sort_by_key(&mut near, |(likeness, _)| Reverse(likeness.to_bits()));
    let near = near.into_iter().take(SUGGESTIONS).enumerate();
    near.map(|(place, (_, response))| {
        let score = Reverse(-i32::try_from(place).unwrap_or_default());
        Hit::new(
            response,
            Found::new(Rank::Nearest { score }, "looks like it"),
        )
    })
    .collect()
}

/// Returns how much two texts look alike, from 0 to 1, by their most similar words.
fn likeness(query: &[&str], phrase: &str) -> f64 {
    let phrase = phrase.to_lowercase();
    let pairs = query.iter().flat_map(|word| {
        let parts = phrase::parts(&phrase);
        parts.map(move |(_, part)| strsim::jaro_winkler(word, part))
    });
    pairs.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::StatusCode;

    #[test]
    fn the_most_similar_phrases_are_offered_and_short_words_tell_nothing() {
        let near = |query: &str| -> Vec<u16> {
            let words: Vec<String> = query.split(' ').map(str::to_owned).collect();
            let codes = hits(&words).into_iter().filter_map(|hit| hit.entry.code());
            codes.map(StatusCode::get).collect()
        };
        assert_eq!(near("bussyy xyzzyx").first(), Some(&486));
        assert_eq!(near("not"), [0; 0]);
        assert_eq!(near("zzzzzz"), [0; 0]);
        assert_eq!(near("temporarely"), [302, 480]);
        assert!(near("requested service").len() <= SUGGESTIONS);
    }
}
