//! Guesses: phrases over which the letters are scattered, where nothing else is found.

use std::cmp::Reverse;

use super::fuzzy::Fuzzy;
use super::hit::{Found, Hit};
use super::phrase::{in_title, parts};
use super::rank::Rank;
use super::sorted::sort_by_key;
use crate::catalog::Response;

const GUESSES: usize = 5;
/// What a guess must reach for each letter of the query, so that noise is cut.
const SCORE_PER_LETTER: usize = 15;
const SHORTEST_GUESS: usize = 3;

/// Returns a few responses over whose phrases the letters are scattered.
pub(super) fn hits(words: &[String], responses: &[&'static Response], fuzzy: &Fuzzy) -> Vec<Hit> {
    let letters = words.concat();
    let mut hits: Vec<Hit> = responses
        .iter()
        .filter_map(|response| {
            Some(Hit::new(
                *response,
                find(&letters, response.phrase(), fuzzy)?,
            ))
        })
        .collect();
    sort_by_key(&mut hits, |hit| (hit.rank(), hit.entry.code()));
    hits.truncate(GUESSES);
    hits
}

/// Finds letters scattered over a phrase, from the beginning of a word.
fn find(letters: &str, phrase: &str, fuzzy: &Fuzzy) -> Option<Found> {
    if letters.len() < SHORTEST_GUESS {
        return None;
    }
    let (score, marks) = fuzzy.find(phrase, letters)?;
    let is_enough = usize::try_from(score).is_ok_and(|s| s >= SCORE_PER_LETTER * letters.len());
    let begins_a_word = parts(phrase).any(|(at, _)| marks.first() == Some(&at));
    let fuzzy = Reverse(score);
    let found = Found::new(Rank::Guess { fuzzy }, "a guess: its letters, scattered");
    (is_enough && begins_a_word).then(|| found.with_marks(in_title(marks)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(letters: &str, phrase: &str) -> Option<Vec<usize>> {
        let found = find(letters, phrase, &Fuzzy::new())?;
        Some(found.marks)
    }

    #[test]
    fn letters_from_the_beginning_of_a_word_are_a_guess_if_they_are_near_each_other() {
        let marked = marks("mvdprm", "Moved Permanently");
        assert_eq!(marked, Some(vec![4, 6, 8, 10, 12, 13]));
        assert_eq!(
            marks("vdprm", "Moved Permanently"),
            None,
            "inside of a word"
        );
        assert_eq!(marks("mp", "Moved Permanently"), None, "too short");
        assert_eq!(
            marks("mny", "Moved Permanently"),
            None,
            "far from each other"
        );
    }
}
