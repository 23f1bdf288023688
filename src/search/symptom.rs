//! What is said in just the words of a query: symptoms, and the names of causes, warn-codes, timers and products.

use std::cmp::Reverse;

use super::hit::{Found, Hit};
use super::led::led;
use super::part::{Part, Parts};
use super::rank::Rank;
use super::sorted::sort_by_key;
use super::words::words as words_of;
use crate::catalog::{Entry, Matter, Response};

/// How much more a word that stands there as it was typed counts than the place in the list of symptoms.
const FAR: i64 = 1_000;
/// How many hits of symptoms are listed.
const SYMPTOMS: usize = 8;

/// Adds the responses of which people say just these words, and those to which the name of a cause leads where
/// nothing else has the words.
pub(super) fn add_hits(
    parts: &Parts,
    words: &[String],
    responses: &[&'static Response],
    hits: &mut Vec<Hit>,
) {
    let mut found: Vec<Hit> = Vec::new();
    let is_free = |entry: Entry, found: &[Hit], hits: &[Hit]| {
        let is_listed = entry
            .response()
            .is_some_and(|response| responses.contains(&response));
        is_listed && found.iter().chain(hits).all(|hit| hit.entry != entry)
    };
    let symptoms = parts
        .whole
        .iter()
        .filter(|part| part.thing.matter == Matter::Symptom);
    for part in symptoms {
        let entry = part.thing.entry();
        if is_free(entry, &found, hits) {
            let own: Vec<String> = words_of(&part.thing.text).collect();
            let alike = words.iter().filter(|word| own.contains(word)).count();
            let alike = i64::try_from(alike).unwrap_or_default();
            let likeness = Reverse(alike * FAR - i64::from(part.thing.item));
            let why = format!("symptom: {}", part.thing.text);
            let found_so = Found::new(Rank::Symptom { likeness }, why).said(part.thing.text);
            found.push(Hit::new(entry, found_so));
        }
    }
    if found.is_empty() && hits.is_empty() {
        for part in parts.whole.iter().filter(|part| is_name(part)) {
            let Entry::Topic(topic) = part.thing.entry() else {
                continue;
            };
            for (place, led) in led(topic, part.thing.matter).into_iter().enumerate() {
                if is_free(led.response.into(), &found, hits) {
                    let weight = Reverse(u32::try_from(led.per_cent).unwrap_or_default());
                    let found_so = Found::new(Rank::Name { weight, place }, led.way);
                    found.push(Hit::new(led.response, found_so));
                }
            }
        }
    }
    sort_by_key(&mut found, |hit| (hit.rank(), hit.entry.code()));
    hits.extend(found.into_iter().take(SYMPTOMS));
}

/// Returns the causes, warn-codes, timers and products that go by just these words.
pub(super) fn beside(parts: &Parts) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for part in &parts.whole {
        let entry = part.thing.entry();
        if entry.response().is_some() || hits.iter().any(|hit| hit.entry == entry) {
            continue;
        }
        let why = match (part.thing.matter, entry) {
            (Matter::Alias, _) => format!("products write {}", part.thing.text),
            (Matter::Symptom, _) => format!("symptom: {}", part.thing.text),
            (Matter::SubCode | Matter::Sent, _) => format!("it writes {}", part.thing.text),
            (_, Entry::Topic(topic)) => topic.summary.to_string(),
            _ => entry.kind().to_owned(),
        };
        let (weight, place) = (Reverse(0), hits.len());
        hits.push(Hit::new(
            entry,
            Found::new(Rank::Name { weight, place }, why),
        ));
    }
    hits
}

/// Returns whether a thing is what an entry is called.
fn is_name(part: &Part) -> bool {
    matches!(part.thing.matter, Matter::Name | Matter::Alias)
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
