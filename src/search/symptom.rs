//! Looks for the words of a query among the symptoms: what people say who do not know the code.

mod heard;
mod named;

use std::cmp::Reverse;

use super::hit::{Found, Hit};
use super::rank::Rank;
use crate::catalog::{Response, vocabulary};
use heard::{Extent, Heard};

/// How many hits of symptoms are listed.
const SYMPTOMS: usize = 8;

/// Adds the responses that have a symptom of these words, but for weak ones beside strong ones; says whether
/// something has all words.
pub(super) fn add_hits(
    words: &[String],
    responses: &[&'static Response],
    hits: &mut Vec<Hit>,
) -> bool {
    let heard = Heard::new(words, vocabulary());
    let mut found: Vec<(Extent, Hit)> = responses
        .iter()
        .filter(|response| hits.iter().all(|hit| hit.entry != (**response).into()))
        .filter_map(|response| {
            let fitting = heard.find(of(response))?;
            let likeness = Reverse(fitting.likeness);
            let why = format!("symptom: {}", at(response, fitting.place));
            let found = Found::new(Rank::Symptom { likeness }, why);
            Some((fitting.extent, Hit::new(*response, found)))
        })
        .collect();
    if hits.is_empty() {
        named::add_warn_codes(words, responses, &mut found);
        named::add_causes(words, responses, &mut found);
    }
    // Beside a phrase that has the words, only what people say in just these words counts.
    let least = match found.iter().map(|(extent, _)| *extent).max() {
        Some(best) if hits.is_empty() => best,
        _ => Extent::Exact,
    };
    let all_words = !hits.is_empty() || least >= Extent::Part;
    found.retain(|(extent, _)| *extent >= least);
    found.sort_by_key(|(_, hit)| (hit.rank(), hit.entry.code()));
    hits.extend(found.into_iter().map(|(_, hit)| hit).take(SYMPTOMS));
    all_words
}

/// Returns the numbers of the telling words of each symptom of a page.
pub(super) fn of(response: &Response) -> impl Iterator<Item = &'static [u16]> {
    response.symptom_words.iter().map(|words| words.as_slice())
}

/// Returns the symptom at a place of a page.
pub(super) fn at(response: &Response, place: usize) -> &'static str {
    let symptom = response.symptoms.get(place);
    symptom.map_or("", |symptom| symptom.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, responses};

    fn found(query: &str, hits: &mut Vec<Hit>) -> bool {
        let words: Vec<String> = query.split(' ').map(str::to_owned).collect();
        let responses: Vec<_> = responses().iter().collect();
        add_hits(&words, &responses, hits)
    }

    #[test]
    fn the_strongest_are_listed_and_not_too_many() {
        let mut hits = Vec::new();
        assert!(found("call", &mut hits), "symptoms have the word");
        assert_eq!(hits.len(), SYMPTOMS);
        let mut hits = Vec::new();
        assert!(found("wrong password", &mut hits));
        assert!(
            hits.iter()
                .all(|hit| hit.why() == "symptom: wrong password")
        );
    }

    #[test]
    fn beside_a_hit_only_just_these_words_count() {
        let known = Hit::listed(crate::catalog::response(StatusCode::of(600)), "listed");
        let mut hits = vec![known.clone()];
        assert!(found("engaged", &mut hits));
        assert_eq!(hits.len(), 2, "a symptom in just this word");
        let mut hits = vec![known];
        assert!(found("enga", &mut hits));
        assert_eq!(hits.len(), 1, "a word that begins so");
    }
}
