//! Looks for words with slips of the finger, in reason phrases and in symptoms.

use super::words::{Typed, fit, plain, words};

/// Words that were meant, with how far the typed ones are from them.
pub(super) struct Found {
    /// The words that were meant where the query has others.
    pub(super) meant: Vec<String>,
    /// The symptom, if they were found in one and not in the phrase.
    pub(super) symptom: Option<&'static str>,
    pub(super) score: i64,
}

/// How the score is made up: the phrase before symptoms, then fewer slips, then more of the text.
const IN_PHRASE: i64 = 10_000;
const SLIP: i64 = 1_000;

/// Returns whether a score is of the same place and of as few slips as the best.
pub(super) fn is_as_near(score: i64, best: i64) -> bool {
    let rank = |score: i64| score.div_euclid(SLIP);
    rank(score) == rank(best)
}

/// Returns the words of a query as they are compared.
pub(super) fn typed(query: &[String]) -> Vec<Typed<'_>> {
    let last = query.len().saturating_sub(1);
    let words = query.iter().enumerate();
    words
        .map(|(i, word)| Typed::new(plain(word), i == last))
        .collect()
}

/// Finds every word of a query in the phrase, or in one symptom, slips allowed.
pub(super) fn find(
    query: &[Typed<'_>],
    phrase: &str,
    symptoms: impl Iterator<Item = (&'static str, &'static str)>,
) -> Option<Found> {
    if let Some((meant, score)) = in_text(
        query,
        &parts_of(phrase)
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    ) {
        return Some(Found {
            meant,
            symptom: None,
            score: IN_PHRASE + score,
        });
    }
    let mut of_symptom: Vec<&str> = Vec::new();
    symptoms
        .filter_map(|(symptom, words)| {
            of_symptom.clear();
            of_symptom.extend(words.split_ascii_whitespace());
            Some((symptom, in_text(query, &of_symptom)?))
        })
        .map(|(symptom, (meant, score))| Found {
            meant,
            symptom: Some(symptom),
            score,
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

/// Returns the words of a phrase; one with a hyphen is meant as a whole or in its parts.
fn parts_of(phrase: &str) -> Vec<String> {
    let parts = phrase.split('-').flat_map(words);
    let whole = words(phrase).filter(|_| phrase.contains('-'));
    parts.chain(whole).collect()
}

/// Returns the words that were meant, and the higher a number the nearer they are.
fn in_text(query: &[Typed<'_>], text: &[&str]) -> Option<(Vec<String>, i64)> {
    let mut taken = 0_u64;
    let mut meant = Vec::new();
    let mut slips = 0;
    for typed in query {
        let free = || {
            let free = text.iter().take(64).enumerate();
            free.filter(|(j, _)| taken & (1 << j) == 0)
        };
        let found = free()
            .find(|(_, other)| fit(typed.word, other, typed.unfinished).is_some())
            .map(|(j, _)| (0, j));
        let slipped = || free().filter_map(|(j, other)| Some((typed.slips_to(other)?, j)));
        let (distance, j) = found.or_else(|| slipped().min())?;
        taken |= 1 << j;
        if distance > 0 {
            slips += i64::try_from(distance).unwrap_or(i64::MAX);
            meant.push(text[j].to_owned());
        }
    }
    let covered = i64::try_from(query.len() * 100 / text.len().max(1)).unwrap_or_default();
    (slips > 0).then_some((meant, covered - SLIP * slips))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(query: &str) -> Option<(String, bool)> {
        let query: Vec<String> = words(query).collect();
        let found = find(
            &typed(&query),
            "Busy Here",
            [
                ("wrong password", "wrong password"),
                ("voice mail full", "voice mail full"),
            ]
            .into_iter(),
        )?;
        Some((found.meant.join(" "), found.symptom.is_some()))
    }

    #[test]
    fn slips_are_forgiven_word_by_word() {
        assert_eq!(meant("busi"), Some(("busy".into(), false)));
        assert_eq!(meant("here busi"), Some(("busy".into(), false)));
        assert_eq!(meant("wrng pasword"), Some(("wrong password".into(), true)));
        assert_eq!(meant("busi password"), None, "not in one text");
        assert_eq!(meant("wrong"), None, "no slip at all");
    }
}
