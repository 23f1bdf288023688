//! Slips of the hand in the words of phrases.

use std::collections::BTreeSet;

use sipdex::catalog::{self, Response};
use sipdex::search::{Sets, search};

/// Returns the words of five letters and more that reason phrases hold.
fn long_words() -> Vec<String> {
    let words: BTreeSet<String> = catalog::registered()
        .flat_map(|response| response.phrase().split([' ', '/', '-']))
        .filter(|word| word.len() >= 5)
        .map(str::to_lowercase)
        .collect();
    words.into_iter().collect()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }

    /// Makes one slip in a word: a letter missing, extra, wrong, or swapped with the next.
    fn slip(&mut self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        loop {
            let mut typed = letters.clone();
            let at = self.below(typed.len());
            let letter = char::from(b'a' + u8::try_from(self.below(26)).expect("a letter"));
            match self.below(4) {
                0 => drop(typed.remove(at)),
                1 => typed.insert(at, letter),
                2 => typed[at] = letter,
                _ if at + 1 < typed.len() => typed.swap(at, at + 1),
                _ => {}
            }
            if typed != letters {
                return typed.into_iter().collect();
            }
        }
    }
}

fn holds(response: &Response, word: &str) -> bool {
    response
        .phrase()
        .to_lowercase()
        .split([' ', '/', '-'])
        .any(|other| other == word)
}

#[test]
fn one_slip_in_a_word_of_a_phrase_is_forgiven() {
    let words = long_words();
    let mut dice = Dice(1);
    let mut missed = Vec::new();
    for i in 0..1_000 {
        let word = &words[i % words.len()];
        let typed = dice.slip(word);
        let hits = search(&typed, &Sets::default()).hits;
        let mut responses = hits.iter().filter_map(|hit| hit.entry.response());
        if !responses.next().is_some_and(|first| holds(first, word)) {
            missed.push(format!("{typed} for {word}"));
        }
    }
    // Each is one slip from another word too: session, interval.
    let ambiguous = ["sersion for version", "interral for internal"];
    assert_eq!(missed, ambiguous, "of 1,000");
}

#[test]
fn one_slip_beside_another_word_of_the_phrase_is_forgiven() {
    let mut dice = Dice(2);
    let mut missed = Vec::new();
    let pairs: Vec<(&Response, &str, &str)> = catalog::registered()
        .flat_map(|response| {
            let words: Vec<&str> = response.phrase().split([' ', '/', '-']).collect();
            let pairs: Vec<_> = words
                .iter()
                .enumerate()
                .flat_map(|(i, word)| {
                    words
                        .iter()
                        .enumerate()
                        .map(move |(j, other)| (i, j, *word, *other))
                })
                .filter(|(i, j, word, _)| i != j && word.len() >= 5)
                .map(|(_, _, word, other)| (response, word, other))
                .collect();
            pairs
        })
        .collect();
    for i in 0..1_000 {
        let (response, word, other) = pairs[i % pairs.len()];
        let typed = format!("{} {other}", dice.slip(&word.to_lowercase()));
        let hits = search(&typed, &Sets::default()).hits;
        let meant = hits
            .iter()
            .filter_map(|hit| hit.entry.response())
            .take(3)
            .any(|found| found.phrase() == response.phrase());
        if !meant {
            missed.push(format!("{typed} for {}", response.phrase()));
        }
    }
    assert_eq!(missed, [""; 0], "of 1,000");
}
