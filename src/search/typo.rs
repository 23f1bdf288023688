//! Looks for words with slips of the finger, in reason phrases and in symptoms.

use super::hit::{Found, Hit};
use super::rank::{Rank, Within};
use super::sorted::sort_by_key;
use super::symptom;
use super::words::{Typed, fit, is_known, plain, words};
use crate::catalog::{Response, vocabulary};

/// How many hits with slips are listed.
const TYPOS: usize = 6;

/// Returns the responses that are meant with the fewest slips.
pub(super) fn hits(words: &[String], responses: &[&'static Response]) -> Vec<Hit> {
    let slips = Slips::new(words, vocabulary());
    let mut hits: Vec<Hit> = responses
        .iter()
        .filter_map(|response| {
            let meant = slips.find(response.phrase(), symptom::of(response))?;
            let words = meant.words.join(" ");
            let said = meant.symptom.map(|place| symptom::at(response, place));
            let why = match said {
                Some(symptom) if symptom != words => format!("typo of {words}, symptom: {symptom}"),
                _ => format!("typo of {words}"),
            };
            Some(Hit::new(*response, Found::new(meant.rank(), why)))
        })
        .collect();
    // What was meant in a phrase is not meant in a symptom, nor with more slips.
    if let Some(best) = hits.iter().map(Hit::rank).min() {
        hits.retain(|hit| nearness(hit.rank()) == nearness(best));
    }
    sort_by_key(&mut hits, |hit| (hit.rank(), hit.entry.code()));
    hits.truncate(TYPOS);
    hits
}

/// Returns whether some words are meant in a phrase.
pub(super) fn is_in_phrase(hit: &Hit) -> bool {
    matches!(
        hit.rank(),
        Rank::Typo {
            within: Within::Phrase,
            ..
        }
    )
}

/// Returns where words are meant, and with how many slips.
fn nearness(rank: Rank) -> Option<(Within, usize)> {
    match rank {
        Rank::Typo { within, slips, .. } => Some((within, slips)),
        _ => None,
    }
}

/// Words that were meant, with how far the typed ones are from them.
struct Meant {
    /// The words that were meant where the query has others.
    words: Vec<String>,
    /// The place of the symptom, if they were found in one and not in the phrase.
    symptom: Option<usize>,
    slips: usize,
    /// How many words the text has.
    length: usize,
}

impl Meant {
    fn rank(&self) -> Rank {
        let within = match self.symptom {
            None => Within::Phrase,
            Some(_) => Within::Symptom,
        };
        let (slips, length) = (self.slips, self.length);
        Rank::Typo {
            within,
            slips,
            length,
        }
    }
}

/// The words of a query, compared once with every word that symptoms have.
struct Slips<'a, W> {
    query: Vec<Typed<'a>>,
    vocabulary: &'a [W],
    /// How far each word of the query is from each of the vocabulary, where that is near.
    distances: Vec<Vec<Option<usize>>>,
}

impl<'a, W: AsRef<str>> Slips<'a, W> {
    /// Takes the words of a query and a vocabulary.
    fn new(query: &'a [String], vocabulary: &'a [W]) -> Self {
        let last = query.len().saturating_sub(1);
        let words = query.iter().enumerate();
        let query: Vec<_> = words
            .map(|(i, word)| Typed::of_query(plain(word), i == last, is_known(word)))
            .collect();
        let distances = query.iter().map(|typed| {
            let of_word = vocabulary.iter().map(|word| distance(typed, word.as_ref()));
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
    fn find<'s>(&self, phrase: &str, symptoms: impl Iterator<Item = &'s [u16]>) -> Option<Meant> {
        let parts = parts_of(phrase);
        let of_part = |i: usize, j: usize| distance(&self.query[i], &parts[j]);
        if let Some((meant, slips)) = in_text(self.query.len(), parts.len(), of_part) {
            return Some(Meant {
                words: meant.into_iter().map(|j| parts[j].clone()).collect(),
                symptom: None,
                slips,
                length: parts.len(),
            });
        }
        symptoms
            .enumerate()
            .filter_map(|(place, words)| {
                let number = |j: usize| usize::from(words[j]);
                let of_word = |i: usize, j: usize| self.distances[i][number(j)];
                let (meant, slips) = in_text(self.query.len(), words.len(), of_word)?;
                let word = |j: usize| self.vocabulary[number(j)].as_ref().to_owned();
                Some(Meant {
                    words: meant.into_iter().map(word).collect(),
                    symptom: Some(place),
                    slips,
                    length: words.len(),
                })
            })
            // The first of equals, as the page has them in order.
            .min_by_key(Meant::rank)
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

/// Returns which words of a text were meant where the query has others, and with how many slips. Each word of
/// the text is taken once.
fn in_text(
    query: usize,
    text: usize,
    distance: impl Fn(usize, usize) -> Option<usize>,
) -> Option<(Vec<usize>, usize)> {
    let mut taken = Vec::with_capacity(query);
    let mut meant = Vec::new();
    let mut slips = 0;
    for i in 0..query {
        let free = (0..text).filter(|j| !taken.contains(j));
        let near = free.filter_map(|j| Some((distance(i, j)?, j)));
        let (distance, j) = near.min()?;
        taken.push(j);
        if distance > 0 {
            slips += distance;
            meant.push(j);
        }
    }
    (slips > 0).then_some((meant, slips))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::responses;

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

    fn found(query: &str) -> Option<Meant> {
        let query: Vec<String> = words(query).collect();
        let symptoms = SYMPTOMS.into_iter().map(|(_, words)| words);
        Slips::new(&query, &VOCABULARY).find("Busy Here", symptoms)
    }

    fn meant(query: &str) -> Option<(String, bool)> {
        let found = found(query)?;
        Some((found.words.join(" "), found.symptom.is_some()))
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

    #[test]
    fn what_is_meant_with_more_slips_or_only_in_a_symptom_is_left_out() {
        let responses: Vec<_> = responses().iter().collect();
        let hits = |query: &str| {
            let query: Vec<String> = words(query).collect();
            hits(&query, &responses)
        };
        let busi = hits("busi");
        assert!(busi.len() > 1 && busi.iter().all(is_in_phrase));
        let said = hits("wrng pasword");
        assert!(!said.is_empty() && !said.iter().any(is_in_phrase));
        let near = |hit: &Hit| nearness(hit.rank());
        assert!(
            said.iter()
                .all(|hit| near(hit) == Some((Within::Symptom, 2)))
        );
        assert!(hits("busy").is_empty(), "no slip at all");
    }
}
