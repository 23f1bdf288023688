//! The index of words: from the stem of each to the things that hold it. Nothing of it is made when the program starts.

mod light;
mod things;

use std::collections::BTreeMap;

use super::join::Joined;
use super::normal::{is_idle, words};
use super::tables::{Added, Tables, ends, spelled, starts_of};
use super::terms::{Sense, denied_rest, stem_of, terms};
use super::vocabulary::Matter;
use light::{is_light, is_plain};
use things::{Thing, things};

/// What is known of a stem.
#[derive(Default)]
struct Stem {
    /// The things that hold it, with the sense that it has there.
    things: Vec<(usize, Sense)>,
    /// How many of them are sentences.
    sentences: usize,
    is_light: bool,
}

/// The most sentences that may have a stem: in more it tells nothing.
const MOST_SENTENCES: usize = 300;
/// What stems weigh: one that tells little, one that is met everywhere, the commonest and the rarest of the others.
const LIGHT: f64 = 3.0;
const PLAIN: f64 = 12.0;
const COMMONEST: f64 = 8.0;
const RAREST: f64 = 22.0;

/// Makes the index of what the reference says.
pub(crate) fn index(joined: &Joined, tables: &mut Tables) -> Added {
    let things = things(joined);
    let mut stems: BTreeMap<String, Stem> = BTreeMap::new();
    let mut known: BTreeMap<String, (String, bool)> = BTreeMap::new();
    let mut weighed: Vec<Vec<String>> = Vec::new();
    for (number, thing) in things.iter().enumerate() {
        weighed.push(add(number, thing, &mut stems, &mut known));
    }
    // Products are named beside all kinds of things.
    for product in &joined.products {
        // "FaxBack" says nothing of the word fax.
        for word in product.name.to_lowercase().split_whitespace() {
            if let Some(stem) = stems.get_mut(&stem_of(word)) {
                stem.is_light = true;
            }
        }
    }
    for stem in stems.values_mut() {
        if stem.sentences > MOST_SENTENCES || stem.is_light {
            stem.things
                .retain(|(thing, _)| things[*thing].matter != Matter::Text);
        }
    }
    let names = things
        .iter()
        .filter(|thing| thing.matter != Matter::Text)
        .count();
    let weights: BTreeMap<&str, u8> = stems
        .iter()
        .map(|(stem, of)| (stem.as_str(), weight(stem, of, names)))
        .collect();
    let rows: Vec<String> = things
        .iter()
        .zip(&weighed)
        .map(|(thing, stems)| {
            let weight: u32 = stems
                .iter()
                .map(|stem| u32::from(weights[stem.as_str()]))
                .sum();
            thing.row(weight, tables)
        })
        .collect();
    write(&stems, &known, &weights, rows)
}

/// Adds a thing to its stems; returns these, each once.
fn add(
    number: usize,
    thing: &Thing,
    stems: &mut BTreeMap<String, Stem>,
    known: &mut BTreeMap<String, (String, bool)>,
) -> Vec<String> {
    let words: Vec<String> = words(&thing.text).collect();
    let mut own: Vec<String> = Vec::new();
    for term in terms(&words) {
        let stem = stems.entry(term.stem.clone()).or_default();
        match stem.things.last_mut() {
            Some((last, sense)) if *last == number => {
                if *sense != term.sense {
                    *sense = Sense::Open;
                }
            }
            _ => {
                stem.things.push((number, term.sense));
                stem.sentences += usize::from(thing.matter == Matter::Text);
                own.push(term.stem.clone());
            }
        }
        stem.is_light |= term.count == 1 && is_light(&words[term.at]);
    }
    if thing.matter != Matter::Text {
        for word in words.into_iter().filter(|word| !is_idle(word)) {
            let denied = denied_rest(&word).is_some();
            let stem = stem_of(denied_rest(&word).unwrap_or(&word));
            known.insert(word, (stem, denied));
        }
    }
    own
}

/// Returns how much a stem tells: the rarer it is, the more.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "between 0 and the weight of the rarest"
)]
fn weight(text: &str, stem: &Stem, names: usize) -> u8 {
    if stem.is_light {
        return LIGHT as u8;
    }
    if is_plain(text) {
        return PLAIN as u8;
    }
    let common = stem.things.len() - stem.sentences.min(stem.things.len());
    let rarest = (names as f64 / 2.0).ln();
    let rarity = (names as f64 / (common.max(2) as f64)).ln() / rarest;
    (COMMONEST + (RAREST - COMMONEST) * rarity).round() as u8
}

fn write(
    stems: &BTreeMap<String, Stem>,
    known: &BTreeMap<String, (String, bool)>,
    weights: &BTreeMap<&str, u8>,
    things: Vec<String>,
) -> Added {
    let mut postings = Vec::new();
    let mut lengths = Vec::new();
    for stem in stems.values() {
        let (start, mut last) = (postings.len(), 0);
        for (thing, sense) in &stem.things {
            push(&mut postings, (thing - last) << 2 | *sense as usize);
            last = *thing;
        }
        lengths.push(postings.len() - start);
    }
    let (starts, turns) = starts_of(lengths.into_iter());
    let place = |stem: &String| stems.keys().position(|other| other == stem);
    // Half of a compound has no stem of its own.
    let words: Vec<(&String, usize)> = known
        .iter()
        .filter_map(|(word, (stem, denied))| Some((word, place(stem)? << 1 | usize::from(*denied))))
        .collect();
    let stem_texts: Vec<&str> = stems.keys().map(String::as_str).collect();
    let word_texts: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    Added {
        files: vec![
            ("stems.txt", stem_texts.concat().into()),
            ("words.txt", word_texts.concat().into()),
            ("postings.bin", postings),
        ],
        tables: vec![
            ("THINGS", "Thing", things),
            ("STEM_STARTS", "u16", ends(&stem_texts)),
            (
                "STEM_WEIGHTS",
                "u8",
                weights.values().map(u8::to_string).collect(),
            ),
            ("POSTING_STARTS", "u16", spelled(&starts)),
            ("POSTING_TURNS", "u16", spelled(&turns)),
            ("WORD_STARTS", "u16", ends(&word_texts)),
            (
                "WORD_STEMS",
                "u16",
                words.iter().map(|(_, stem)| stem.to_string()).collect(),
            ),
        ],
    }
}

/// Writes a number in as few bytes as it needs: seven bits in each, the last without the eighth.
fn push(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).expect("seven bits") | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).expect("seven bits"));
}
