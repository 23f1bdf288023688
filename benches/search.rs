//! Time per keystroke: a search over everything, beside one bare pass of the fuzzy matcher over the phrases.

use divan::black_box;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use sipdex::catalog::registered;
use sipdex::search::{Sets, search};

/// What is typed, letter by letter the costliest kinds: found in phrases, in symptoms, as a typo, not at all.
const QUERIES: [&str; 8] = [
    "",
    "486",
    "busy",
    "caller hung up",
    "wrng pasword",
    "q.850 17",
    "header:retry-after busy",
    "nothing of the sort is here",
];

fn main() {
    divan::main();
}

#[divan::bench(args = QUERIES)]
fn keystroke(query: &str) -> usize {
    search(black_box(query), &Sets::default()).hits.len()
}

#[divan::bench]
fn longest_query() -> usize {
    let query = "wrng pasword of the clint ".repeat(6);
    search(black_box(&query), &Sets::default()).hits.len()
}

#[divan::bench(args = ["busy", "caller hung up"])]
fn bare_fuzzy_matcher(query: &str) -> usize {
    let matcher = SkimMatcherV2::default().ignore_case();
    registered()
        .filter(|response| {
            matcher
                .fuzzy_match(response.phrase(), black_box(query))
                .is_some()
        })
        .count()
}
