//! Looks for words with slips of the finger, in reason phrases and in symptoms.

use super::words::{Typed, fit, plain, words};

/// Words that were meant, with how far the typed ones are from them.
pub(super) struct Found {
    /// The words that were meant where the query has others.
    pub(super) meant: Vec<String>,
    /// The place of the symptom, if they were found in one and not in the phrase.
    pub(super) symptom: Option<usize>,
    pub(super) score: i64,
}

/// How the score is made up: the phrase before symptoms, then fewer slips, then the shorter text.
const IN_PHRASE: i64 = 10_000;
const SLIP: i64 = 1_000;

/// Returns whether a score is of the same place and of as few slips as the best.
pub(super) fn is_as_near(score: i64, best: i64) -> bool {
    let rank = |score: i64| score.div_euclid(SLIP);
    rank(score) == rank(best)
}

/// The words of a query, compared once with every word that symptoms have.
pub(super) struct Slips<'a> {
    query: Vec<Typed<'a>>,
    vocabulary: &'a [&'static str],
    /// How far each word of the query is from each of the vocabulary, where that is near.
    distances: Vec<Vec<Option<usize>>>,
}

impl<'a> Slips<'a> {
    /// Takes the words of a query and a vocabulary.
    pub(super) fn new(query: &'a [String], vocabulary: &'a [&'static str]) -> Self {
        let last = query.len().saturating_sub(1);
        let words = query.iter().enumerate();
        let query: Vec<_> = words
            .map(|(i, word)| Typed::new(plain(word), i == last))
            .collect();
        let distances = query.iter().map(|typed| {
            let of_word = vocabulary.iter().map(|word| distance(typed, word));
            of_word.collect()
        });
        let distances = distances.collect();
        Self {
            query,
            vocabulary,
            distances,
        }
    }

    /// Finds every word of the query in the phrase, or in one symptom, slips allowed.
    pub(super) fn find<'s>(
        &self,
        phrase: &str,
        symptoms: impl Iterator<Item = &'s [u16]>,
    ) -> Option<Found> {
        let parts = parts_of(phrase);
        let of_part = |i: usize, j: usize| distance(&self.query[i], &parts[j]);
        if let Some((meant, score)) = in_text(self.query.len(), parts.len(), of_part) {
            return Some(Found {
                meant: meant.into_iter().map(|j| parts[j].clone()).collect(),
                symptom: None,
                score: IN_PHRASE + score,
            });
        }
        symptoms
            .enumerate()
            .filter_map(|(place, words)| {
                let number = |j: usize| usize::from(words[j]);
                let of_word = |i: usize, j: usize| self.distances[i][number(j)];
                let (meant, score) = in_text(self.query.len(), words.len(), of_word)?;
                let word = |j| self.vocabulary[number(j)].to_owned();
                Some(Found {
                    meant: meant.into_iter().map(word).collect(),
                    symptom: Some(place),
                    score,
                })
            })
            // The first of equals, as the page has them in order.
            .reduce(|best, other| {
                if other.score > best.score {
                    other
                } else {
                    best
                }
            })
    }
}

/// Returns how many slips are between a word as it was typed and another, if they are few.
fn distance(typed: &Typed<'_>, word: &str) -> Option<usize> {
    if fit(typed.word, word, typed.unfinished).is_some() {
        return Some(0);
    }
    typed.slips_to(word)
}

/// Returns the words of a phrase; one with a hyphen is meant as a whole or in its parts.
fn parts_of(phrase: &str) -> Vec<String> {
    let parts = phrase.split('-').flat_map(words);
    let whole = words(phrase).filter(|_| phrase.contains('-'));
    parts.chain(whole).collect()
}

/// Returns which words of a text were meant where the query has others, and the higher a number the nearer
/// they are. Each word of the text is taken once.
fn in_text(
    query: usize,
    text: usize,
    distance: impl Fn(usize, usize) -> Option<usize>,
) -> Option<(Vec<usize>, i64)> {
    let mut taken = Vec::with_capacity(query);
    let mut meant = Vec::new();
    let mut slips = 0;
    for i in 0..query {
        let free = (0..text).filter(|j| !taken.contains(j));
        let near = free.filter_map(|j| Some((distance(i, j)?, j)));
        let (distance, j) = near.min()?;
        taken.push(j);
        if distance > 0 {
            slips += i64::try_from(distance).unwrap_or(i64::MAX);
            meant.push(j);
        }
    }
    let length = i64::try_from(text).unwrap_or(i64::MAX);
    (slips > 0).then_some((meant, -SLIP * slips - length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: [&str; 7] = [
        "full",
        "mail",
        "password",
        "voice",
        "voicemail",
        "voicemall",
        "wrong",
    ];
    const SYMPTOMS: [(&str, &[u16]); 6] = [
        ("wrong password", &[6, 2]),
        ("voice mail full", &[3, 1, 0]),
        ("full mail", &[0, 1]),
        ("mail password", &[1, 2]),
        ("voicemall", &[5]),
        ("wrong voicemail", &[6, 4]),
    ];

    fn found(query: &str) -> Option<Found> {
        let query: Vec<String> = words(query).collect();
        let symptoms = SYMPTOMS.into_iter().map(|(_, words)| words);
        Slips::new(&query, &VOCABULARY).find("Busy Here", symptoms)
    }

    fn meant(query: &str) -> Option<(String, bool)> {
        let found = found(query)?;
        Some((found.meant.join(" "), found.symptom.is_some()))
    }

    #[test]
    fn slips_are_forgiven_word_by_word() {
        assert_eq!(meant("busi"), Some(("busy".into(), false)));
        assert_eq!(meant("here busi"), Some(("busy".into(), false)));
        assert_eq!(meant("wrng pasword"), Some(("wrong password".into(), true)));
        assert_eq!(meant("busi password"), None, "not in one text");
        assert_eq!(meant("wrong"), None, "no slip at all");
        assert_eq!(meant("busi busy"), None, "each word is taken once");
        assert_eq!(meant("hree here"), None, "each word is taken once");
    }

    #[test]
    fn the_nearest_symptom_is_named_or_else_the_shortest_or_else_the_first() {
        let named = |query: &str| Some(SYMPTOMS[found(query)?.symptom?].0);
        assert_eq!(named("mial"), Some("full mail"));
        assert_eq!(named("pasword"), Some("wrong password"));
        assert_eq!(named("mial pasword"), Some("mail password"));
        assert_eq!(named("voicemaii"), Some("wrong voicemail"), "one slip");
    }
}
