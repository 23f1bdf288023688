//! What is sought: the terms of a query, each with the stems of the index that it may mean and how surely.

use super::terms::{Sense, Term, stem_of, terms};
use super::words::Typed;
use crate::catalog::Stem;

/// A term of a query.
#[derive(Debug)]
pub(super) struct Sought {
    /// The stems that it may mean, with how surely in per cent, and whether the stem is denied.
    pub(super) stems: Vec<Meant>,
    /// The places of its words in the query.
    pub(super) words: Vec<usize>,
}

impl Sought {
    /// Returns whether it says what is meant, and not only of whom.
    pub(super) fn tells(&self) -> bool {
        self.stems.iter().any(|meant| meant.stem.weight() > LIGHT)
    }
}

/// A stem that a term may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    pub(super) stem: Stem,
    pub(super) sense: Sense,
    /// How surely it is meant, in per cent.
    pub(super) surely: u16,
    /// Whether the word was typed so, and is neither half typed nor with a slip.
    pub(super) is_typed: bool,
}

/// How surely a stem is meant: by a word as it is, by one that is half typed, by one with a slip.
const LIGHT: u16 = 3;
const AS_IT_IS: u16 = 100;
const HALF_TYPED: u16 = 60;
const WITH_A_SLIP: u16 = 70;
const PERHAPS_DENIED: u16 = 60;
/// The most terms that count: what follows in a long paste says little more.
const MOST_TERMS: usize = 64;
/// The shortest halves of a word that may be two.
const SHORTEST_HALF: usize = 4;
/// How many words are looked up with slips.
const MOST_SLIPS: usize = 8;
/// The shortest word that may have a slip.
const SHORTEST_WITH_A_SLIP: usize = 5;

/// Returns whether a term is a number that says nothing alone: codes, causes and lengths of time are read elsewhere.
fn is_small_number(term: &str) -> bool {
    term.len() <= 3 && term.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns what the words of a query seek, each stem once; the last word may still be typed.
pub(super) fn sought(words: &[String], is_typed: bool) -> Vec<Sought> {
    let mut all: Vec<Sought> = Vec::new();
    let mut slips = 0;
    let last = words.len().saturating_sub(1);
    let terms = terms(words);
    for term in terms.iter().filter(|term| !is_small_number(&term.stem)) {
        let own = term.at..term.at + term.count;
        let places: Vec<usize> = term.negation.into_iter().chain(own).collect();
        let word = words[term.at].as_str();
        let mut stems = as_typed(term, words);
        if stems.is_empty() && term.count == 1 {
            if let Some(halves) = halves(word) {
                for half in halves {
                    let stems = vec![surely(half, term)];
                    let words = places.clone();
                    push(&mut all, Sought { stems, words });
                }
                continue;
            }
            if is_typed && term.at == last {
                stems = half_typed(word, term.sense);
            }
            if stems.is_empty() && slips < MOST_SLIPS {
                slips += 1;
                stems = with_a_slip(word, term.sense);
            }
        }
        if !stems.is_empty() {
            let words = places;
            push(&mut all, Sought { stems, words });
        }
        if all.len() == MOST_TERMS {
            break;
        }
    }
    all
}

/// Returns the stems of a term as it was typed: its own, and those of one word with the word before it or behind it.
fn as_typed(term: &Term, words: &[String]) -> Vec<Meant> {
    let mut stems: Vec<Meant> = Vec::new();
    let mut add = |stem: &str| {
        let found = Stem::find(stem).map(|stem| surely(stem, term));
        stems.extend(found);
    };
    add(&term.stem);
    if term.count == 1 {
        let word = &words[term.at];
        if let Some(next) = words.get(term.at + 1) {
            add(&stem_of(&format!("{word}{next}")));
        }
        if let Some(before) = term.at.checked_sub(1).map(|at| &words[at]) {
            add(&stem_of(&format!("{before}{word}")));
        }
    }
    stems
}

/// Returns a stem as a term means it that was typed so.
fn surely(stem: Stem, term: &Term) -> Meant {
    let surely = if term.is_second {
        PERHAPS_DENIED
    } else {
        AS_IT_IS
    };
    Meant {
        stem,
        sense: term.sense,
        surely,
        is_typed: true,
    }
}

/// Adds what is sought, or its words to the same that is sought already.
fn push(all: &mut Vec<Sought>, sought: Sought) {
    let first = |sought: &Sought| sought.stems.first().map(|meant| meant.stem);
    let same = all.iter_mut().find(|other| first(other) == first(&sought));
    match same {
        Some(same) => {
            // Said once and denied once, it is neither.
            let sense = sought.stems.first().map(|meant| meant.sense);
            for meant in &mut same.stems {
                if sense != Some(meant.sense) {
                    meant.sense = Sense::Open;
                }
            }
            same.words.extend(sought.words);
        }
        None => all.push(sought),
    }
}

/// Returns the stems of the two words that one may be.
fn halves(word: &str) -> Option<[Stem; 2]> {
    let cuts = word.char_indices().map(|(at, _)| at);
    let cuts = cuts.filter(|at| *at >= SHORTEST_HALF && word.len() - at >= SHORTEST_HALF);
    let mut halves = cuts.filter_map(|at| {
        let (first, second) = word.split_at(at);
        Some([Stem::find(&stem_of(first))?, Stem::find(&stem_of(second))?])
    });
    halves.next()
}

/// Returns the stems of the words that begin so.
fn half_typed(word: &str, sense: Sense) -> Vec<Meant> {
    let words = Stem::beginning(word);
    words
        .map(|(_, stem, denied)| Meant {
            stem,
            sense: flipped(sense, denied),
            surely: HALF_TYPED,
            is_typed: false,
        })
        .collect()
}

/// Returns the stems of the words that a word with a slip is nearest to, which begin with the same letter.
fn with_a_slip(word: &str, sense: Sense) -> Vec<Meant> {
    let letter = word.chars().next().filter(char::is_ascii_lowercase);
    let Some(letter) = letter.filter(|_| word.len() >= SHORTEST_WITH_A_SLIP) else {
        return Vec::new();
    };
    let typed = Typed::new(word, false);
    let mut near: Vec<(usize, Meant)> = Stem::beginning(letter.encode_utf8(&mut [0; 4]))
        .filter_map(|(other, stem, denied)| {
            let meant = Meant {
                stem,
                sense: flipped(sense, denied),
                surely: WITH_A_SLIP,
                is_typed: false,
            };
            Some((typed.slips_to(other)?, meant))
        })
        .collect();
    let least = near.iter().map(|(slips, _)| *slips).min();
    near.retain(|(slips, _)| Some(*slips) == least);
    near.into_iter().map(|(_, meant)| meant).collect()
}

/// Returns the sense of a stem behind a word that may deny it.
fn flipped(sense: Sense, denied: bool) -> Sense {
    match sense {
        Sense::Said if denied => Sense::Denied,
        Sense::Denied if denied => Sense::Said,
        other => other,
    }
}
