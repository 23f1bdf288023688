//! What is offered where a query finds nothing.

use super::phrase;
use super::query::Query;
use crate::catalog::{Response, registered};

const SHORT_WORD: usize = 3;
const SUGGESTIONS: usize = 3;
/// Below this, words have little in common.
const LEAST_LIKENESS: f64 = 0.75;

/// Returns the responses whose phrases look most like a query that found nothing.
pub fn nearest(query: &str) -> Vec<&'static Response> {
    let mut query = Query::parse(query).words;
    // "not" is in many phrases and near to none.
    query.retain(|word| word.len() > SHORT_WORD);
    let mut near: Vec<_> = registered()
        .map(|response| (likeness(&query, response.phrase()), response))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let near = near.into_iter().take(SUGGESTIONS);
    near.map(|(_, response)| response).collect()
}

/// Returns how much two texts look alike, from 0 to 1, by their most similar words.
fn likeness(query: &[String], phrase: &str) -> f64 {
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

    #[test]
    fn the_most_similar_phrases_are_offered_and_short_words_tell_nothing() {
        let near = |query: &str| -> Vec<u16> {
            let near = nearest(query).into_iter();
            near.map(|response| response.code.get()).collect()
        };
        assert_eq!(near("bussyy xyzzyx").first(), Some(&486));
        assert_eq!(near("not"), [0; 0]);
        assert_eq!(near("zzzzzz"), [0; 0]);
        assert_eq!(near("temporarely"), [302, 480]);
        assert!(near("requested service").len() <= SUGGESTIONS);
    }
}
