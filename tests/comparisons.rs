//! Every pair of codes, in both orders: each must read as if somebody had written it.

use sipdex::catalog::{self, Response};
use sipdex::compare::Comparison;

#[path = "comparisons/by_hand.rs"]
mod by_hand;
#[path = "catalog/codes.rs"]
mod codes;
#[path = "comparisons/english.rs"]
mod english;
#[path = "comparisons/openings.rs"]
mod openings;
#[path = "comparisons/proof.rs"]
mod proof;

/// Calls a function with every pair of registered codes.
fn pairs(mut each: impl FnMut(&'static Response, &'static Response)) {
    let all: Vec<&'static Response> = catalog::registered().collect();
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            each(a, b);
        }
    }
}

/// Returns the sentences that the program made of a comparison, or took for it.
fn sentences(comparison: &Comparison) -> Vec<String> {
    let mut sentences = vec![comparison.in_short.clone()];
    let clauses = comparison.differences.iter().flat_map(|d| &d.clauses);
    sentences.extend(clauses.map(|clause| clause.says.to_string()));
    for use_ in &comparison.when_to_use {
        sentences.extend([use_.send.to_string(), use_.received.to_string()]);
        sentences.extend(use_.test.map(str::to_owned));
    }
    sentences
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        .collect()
}
