//! The words that are left of a text when all else has been read out of it.

use std::collections::HashSet;
use std::ops::Range;

use super::reading::{Kind, Reading};
use crate::catalog::{products, registered, vocabulary};
use crate::search::terms::is_negation;
use crate::search::words;

/// How many different words of a text count.
const MOST_WORDS: usize = 256;
/// A longer word is none of a page.
const LONGEST: usize = 64;

/// Returns the words of a text, each once unless a negation stands before it, and whether the last may still be typed on.
pub(super) fn words(reading: &Reading<'_>) -> (Vec<String>, bool) {
    let terms: Vec<Range<usize>> = terms(reading);
    let telling = terms.iter().filter(|term| !is_address(reading, term));
    let telling: Vec<&Range<usize>> = telling.collect();
    // An address alone is looked for as it is.
    let told: Vec<String> = match telling.as_slice() {
        [] => terms
            .iter()
            .flat_map(|term| words::words(reading.between(term)))
            .collect(),
        telling => telling
            .iter()
            .flat_map(|term| of_term(reading, term))
            .collect(),
    };
    let last = telling.last().is_some_and(|term| {
        let at = term.end - 1;
        reading.ends_with(at) && reading.sign(at).is_none()
    });
    let mut seen = HashSet::new();
    let mut each_once: Vec<String> = Vec::new();
    let mut is_denied = false;
    for word in told.iter().filter(|word| word.len() <= LONGEST) {
        // Letters may be the initials of two words, and each negation is one of what follows it.
        let denies = is_negation(word);
        if word.len() == 1 || seen.insert(word.as_str()) || denies || is_denied {
            each_once.push(word.clone());
        }
        is_denied = denies;
    }
    // What is typed last stays last, though it stands there before.
    let typed = told
        .last()
        .filter(|word| (2..=LONGEST).contains(&word.len()));
    if last && let Some(typed) = typed {
        each_once.retain(|word| word != typed);
        each_once.push(typed.clone());
    }
    each_once.truncate(MOST_WORDS);
    (each_once, last)
}

/// Returns whether words look like those of another language: no long one is known.
pub(super) fn is_foreign(words: &[String]) -> bool {
    const SHORT: usize = 4;
    let is_more = words.len() > 1 || words.iter().any(|word| !word.is_ascii());
    let is_long =
        |word: &&String| word.chars().all(char::is_alphabetic) && word.chars().count() >= SHORT;
    let mut long = words.iter().filter(is_long).peekable();
    is_more && long.peek().is_some() && long.all(|word| !is_known(word))
}

/// Returns whether a word, or one that differs in its ending only, stands in some symptom or phrase.
fn is_known(word: &str) -> bool {
    let fits = |other: &str| words::fit(word, other, false).is_some();
    let mut vocabulary = vocabulary().iter();
    let mut phrases = registered().flat_map(|response| words::words(response.phrase()));
    vocabulary.any(|other| fits(other)) || phrases.any(|other| fits(&other))
}

/// Returns the stretches of a text that no blank divides, without what has been understood.
fn terms(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut terms: Vec<Range<usize>> = Vec::new();
    for at in reading.left() {
        match terms.last_mut() {
            Some(term) if term.end == at && reading.is_glued(at) => term.end = at + 1,
            _ => terms.push(at..at + 1),
        }
    }
    terms
}

/// Returns the words of a term: signs divide them, and where it is a constant the change to capitals.
fn of_term(reading: &Reading<'_>, term: &Range<usize>) -> Vec<String> {
    const LONG: usize = 4;
    let mut told = String::new();
    let letters = |at: usize| reading.letters(at).filter(|_| term.contains(&at));
    let is_constant = |at: usize| {
        let humps = (at..term.end)
            .take_while(|at| letters(*at).is_some())
            .count();
        let is_long = |at: usize| letters(at).is_some_and(|word| word.len() >= LONG);
        humps > 2 || humps == 2 && is_long(at) && is_long(at + 1)
    };
    let mut divides = false;
    for at in term.clone() {
        let word = reading.word(at);
        let after_letters = at > term.start && letters(at - 1).is_some();
        match reading.kind(at) {
            Some(Kind::Letters) => {
                if !after_letters {
                    divides = is_constant(at) && !is_product(reading, at, term.end);
                } else if divides {
                    told.push(' ');
                }
                told.push_str(word);
            }
            Some(
                Kind::Sign('-' | '\'' | '.' | '/' | '_' | '+' | '&' | '\u{2019}') | Kind::Digits,
            ) => {
                told.push_str(word);
            }
            Some(Kind::Sign(sign)) if !sign.is_ascii() => told.push(sign),
            Some(Kind::Sign(_)) | None => told.push(' '),
        }
    }
    words::words(&told).collect()
}

/// Returns whether letters are the name of a product, which is one word though it has capitals inside.
fn is_product(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    let mut last = at + 1;
    while last < end && reading.letters(last).is_some() {
        last += 1;
    }
    let name = reading.between(&(at..last));
    let mut names = products()
        .iter()
        .flat_map(|product| product.name.as_str().split([' ', '-', '(']));
    names.any(|other| other.eq_ignore_ascii_case(name))
}

/// Returns whether a term is the level of a line of a log: "WARNING[1234]:".
fn is_level(reading: &Reading<'_>, term: &Range<usize>) -> bool {
    const LEVELS: &str =
        "warning warn error err info notice debug verbose crit critical fatal trace";
    let mut letters = term.clone().filter(|at| reading.letters(*at).is_some());
    let level = letters.next().filter(|at| reading.is_any(*at, LEVELS));
    let is_alone = letters.next().is_none();
    let is_level =
        |at: usize| matches!(reading.sign(at), Some(':' | '[' | ']')) && term.contains(&at);
    level.is_some_and(|at| is_alone && is_level(at + 1))
}

/// Returns whether a term is no word of a sentence: a URI, an address, a place in a file, a time, an identifier.
fn is_address(reading: &Reading<'_>, term: &Range<usize>) -> bool {
    const IDENTIFIER: usize = 10;
    let written = reading.between(term);
    if is_level(reading, term) {
        return true;
    }
    let mut signs = term.clone().filter_map(|at| reading.sign(at));
    let has_digits = term.clone().any(|at| reading.digits(at).is_some());
    let has_letters = term.clone().any(|at| reading.letters(at).is_some());
    if written.contains('@') || written.contains("://") {
        return true;
    }
    let mut at = term.start;
    while at < term.end && reading.sign(at).is_some() {
        at += 1;
    }
    if reading.is_any(at, "sip sips tel urn")
        && reading.sign(at + 1) == Some(':')
        && at + 2 < term.end
    {
        return true;
    }
    // Times, addresses and numbers that nothing was read out of.
    if has_digits && !has_letters {
        return signs.any(|sign| matches!(sign, '.' | ':' | '-' | '/' | '+')) || written.len() > 3;
    }
    // "sip.c:29053", "sip.c:".
    let is_file = term.clone().any(|at| {
        let is_place = at + 1 == term.end || reading.digits(at + 1).is_some();
        let ext = at.checked_sub(2).filter(|dot| term.contains(dot));
        let is_named = ext.is_some_and(|dot| reading.sign(dot) == Some('.'));
        reading.sign(at) == Some(':') && is_place && is_named
    });
    let is_letter_or_digit = term
        .clone()
        .all(|at| !matches!(reading.kind(at), Some(Kind::Sign(sign)) if sign != '-'));
    let changes = term
        .clone()
        .filter(|at| reading.digits(*at).is_some())
        .count();
    let is_identifier = is_letter_or_digit && written.len() >= IDENTIFIER && changes > 1;
    is_file || is_identifier
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, bool) {
        let (words, typed) = words(&Reading::of(text));
        (words.join(" "), typed)
    }

    #[test]
    fn signs_divide_words_and_addresses_are_none() {
        for (text, words) in [
            (
                "hangup: NO_ROUTE_DESTINATION",
                "hangup no route destination",
            ),
            ("{\"reason\":\"busy\"}", "reason busy"),
            (
                "StatusCallTransactionDoesNotExists",
                "status call transaction does not exists",
            ),
            (
                "WebRTC FreeSWITCH re-INVITE t.38",
                "webrtc freeswitch reinvite t.38",
            ),
            ("chan_sip.c:29053 lost", "lost"),
            ("from <sip:bob@10.0.0.1:5060;user=phone> gone", "from gone"),
            (
                "10:00:01.123 2026-11-22 10.0.0.1:5060 peer lost",
                "peer lost",
            ),
            ("call a84b4c76e66710 lost", "call lost"),
            ("[WARNING] lost", "lost"),
            ("WARNING[1234]: x.c:12 ERROR: lost", "lost"),
            ("sip:bob", "sip:bob"),
            ("busy, busy", "busy"),
        ] {
            assert_eq!(told(text).0, words, "{text}");
        }
    }

    #[test]
    fn the_last_word_may_still_be_typed() {
        assert!(told("no an").1);
        assert!(!told("no an ").1);
        assert!(!told("no an.").1);
        assert_eq!(told("an no an").0, "no an");
    }
}
