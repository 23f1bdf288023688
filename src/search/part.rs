//! What part of a text stands in the reference, weighed by how much its words tell.

use super::sorted::sort_by_key;
use super::sought::{Meant, Sought, sought};
use super::terms::{Sense, stem_of};
use super::words::{same_stem, telling, words as words_of};
use crate::catalog::{Entry, Matter, Thing, things};

/// A thing that holds a part of a query.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) thing: &'static Thing,
    /// What the words weigh that it has, less what it has besides.
    pub(super) score: i32,
    /// What of the score it has because its words stand together.
    pub(super) more: i32,
    /// Which of the sought terms it holds, a bit each.
    holds: u64,
    /// What it has besides.
    rest: i32,
    /// Whether no word of it is half typed or has a slip.
    is_sure: bool,
    /// How many words of the query say just this, one after the other.
    run: usize,
}

/// What is found of a thing while the terms are gone through.
#[derive(Clone, Copy, Default)]
struct Tally {
    weight: u16,
    /// What the same weighs where it is meant for sure.
    covered: u16,
    holds: u64,
    /// The term that was counted last, and what it counted.
    term: u8,
    counted: u16,
    whole: u16,
    stance: Stance,
    /// Whether some of it is half typed or has a slip.
    is_guessed: bool,
    has_span: bool,
}

/// How a thing stands to what a query denies and says.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stance {
    #[default]
    Open,
    /// It denies what the query denies.
    Agrees,
    /// It denies what the query says, or says what the query denies.
    Contradicts,
}

/// The parts of a query, and what was sought.
pub(super) struct Parts {
    sought: Vec<Sought>,
    /// The best for each entry, the best first.
    pub(super) best: Vec<Part>,
    /// Things that are the query, no more and no less, in their order.
    pub(super) whole: Vec<Part>,
    /// Entries of which people say what the query denies.
    denied: Vec<Entry>,
    /// For each entry the best that has all that is known of the query, and is no sentence of a page.
    complete: Vec<Part>,
}

/// How much the kinds of things say of their entry, and how much what they have besides takes away, in per cent.
fn worth(matter: Matter) -> (i32, i32) {
    match matter {
        Matter::Phrase => (110, 50),
        Matter::Symptom => (100, 50),
        Matter::Alias => (95, 40),
        Matter::Name => (85, 50),
        Matter::Sent => (80, 40),
        Matter::SubCode => (75, 40),
        Matter::Text => (40, 4),
    }
}

/// What a thing is worth more that holds all that is known of the query, in per cent.
const ALL: i32 = 40;
/// The same of a sentence of a page.
const ALL_IN_A_TEXT: i32 = 20;
/// What a phrase of one word weighs that hardly means anything else.
const RARE: u16 = 18;
/// What the whole of a reason phrase is worth more, as logs have them.
const WHOLE_PHRASE: i32 = 40;
/// What a thing scores more of which all words stand in the query one after the other, and for each word but the first.
const RUN: i32 = 20;
const RUN_ON: i32 = 90;
/// The most words of a run that count.
const LONGEST_RUN: usize = 4;

impl Parts {
    /// Finds the parts of a query, whose last word may still be typed.
    pub(super) fn of(words: &[String], is_typed: bool) -> Self {
        let mut parts = Self {
            sought: sought(words, is_typed),
            best: Vec::new(),
            whole: Vec::new(),
            denied: Vec::new(),
            complete: Vec::new(),
        };
        let line = Line::new(words);
        let tallies = tallies(&parts.sought);
        parts.denied = denied(&parts.sought, &tallies);
        let spans = has_sense(&parts.sought, Sense::Span);
        let (every, telling) = (every(&parts.sought), telling_of(&parts.sought));
        for (thing, tally) in things().iter().zip(&tallies) {
            let other_span = spans && thing.has_span && !tally.has_span;
            let is_out = tally.weight == 0 || tally.stance == Stance::Contradicts || other_span;
            if is_out || parts.denied.contains(&thing.entry()) {
                continue;
            }
            let part = Part::new(thing, tally, tally.has(telling), &line);
            let has_every = tally.holds == every && part.is_sure;
            if has_every && part.rest == 0 && parts.words(&part).len() == words.len() {
                parts.whole.push(part);
            }
            if has_every && thing.matter != Matter::Text {
                push(&mut parts.complete, part);
            }
            push(&mut parts.best, part);
        }
        // Of equals, what the page has first.
        sort_by_key(&mut parts.best, |part| (-part.score, part.thing.item));
        parts
    }

    /// Returns the places of the words that a part has.
    pub(super) fn words(&self, part: &Part) -> Vec<usize> {
        let held = self.sought.iter().enumerate();
        let held = held.filter(|(place, _)| part.holds & 1 << place != 0);
        let mut words: Vec<usize> = held
            .flat_map(|(_, sought)| sought.words.iter().copied())
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Returns the best that has all that is known of the query, of each entry that has such; nothing of one word.
    pub(super) fn complete(&self) -> impl Iterator<Item = &Part> {
        let is_word = self.sought.len() < 2;
        self.complete.iter().filter(move |_| !is_word)
    }

    /// Returns whether people say of an entry what the query denies.
    pub(super) fn denies(&self, entry: Entry) -> bool {
        self.denied.contains(&entry)
    }

    /// Returns whether the best part has every word of so many.
    pub(super) fn has_all(&self, words: usize) -> bool {
        self.best
            .first()
            .is_some_and(|best| self.words(best).len() == words)
    }
}

impl Tally {
    /// Returns whether it holds some terms, and there are any.
    fn has(&self, terms: u64) -> bool {
        terms != 0 && self.holds & terms == terms
    }
}

impl Part {
    fn new(thing: &'static Thing, tally: &Tally, all: bool, line: &Line<'_>) -> Self {
        let held = i32::from(tally.weight);
        let rest = i32::from(thing.weight) - i32::from(tally.covered);
        let (worth, loss) = worth(thing.matter);
        let is_phrase = thing.matter == Matter::Phrase
            && rest <= 0
            && (thing.weight >= RARE || thing.text.contains(' '));
        let all = match thing.matter {
            _ if !all => 0,
            Matter::Text => ALL_IN_A_TEXT,
            _ => ALL,
        };
        let more = all + if is_phrase { WHOLE_PHRASE } else { 0 };
        let worth = worth + more;
        let is_sure = !tally.is_guessed;
        let run = if rest <= 0 && is_sure && thing.matter != Matter::Text {
            line.run(&thing.text)
        } else {
            0
        };
        let on = i32::try_from(run.min(LONGEST_RUN)).unwrap_or_default() - 1;
        let more = if on < 0 { 0 } else { RUN + on * RUN_ON };
        Self {
            thing,
            score: worth * (held * 100 - rest.max(0) * loss) / 1000 + more,
            more,
            holds: tally.holds,
            rest,
            is_sure,
            run,
        }
    }

    /// Returns whether the query says just this in several words, one after the other.
    pub(super) fn is_run(&self) -> bool {
        self.run > 1
    }

    /// Returns whether it has nothing besides that tells.
    pub(super) fn is_whole(&self) -> bool {
        self.rest <= 0
    }
}

/// Returns the bits of all terms.
fn every(sought: &[Sought]) -> u64 {
    (1_u64 << sought.len().min(63)) - 1
}

/// Returns the bits of the terms that tell.
fn telling_of(sought: &[Sought]) -> u64 {
    let telling = sought
        .iter()
        .enumerate()
        .filter(|(_, sought)| sought.tells());
    telling.fold(0, |all, (place, _)| all | 1 << place)
}

fn has_sense(sought: &[Sought], sense: Sense) -> bool {
    let mut meant = sought.iter().flat_map(|sought| &sought.stems);
    meant.any(|meant| meant.sense == sense)
}

/// Returns the entries of which people say what a query denies, and nothing that denies the same.
fn denied(sought: &[Sought], tallies: &[Tally]) -> Vec<Entry> {
    if !has_sense(sought, Sense::Denied) {
        return Vec::new();
    }
    let telling = telling_of(sought);
    let all = things().iter().zip(tallies);
    let named = all.filter(|(thing, tally)| thing.matter != Matter::Text && tally.has(telling));
    let entries = |of: fn(&Tally) -> bool| {
        let named = named.clone().filter(move |(_, tally)| of(tally));
        named.map(|(thing, _)| thing.entry())
    };
    let agreeing: Vec<Entry> = entries(|tally| tally.stance == Stance::Agrees).collect();
    let denied = entries(|tally| tally.stance == Stance::Contradicts);
    denied.filter(|entry| !agreeing.contains(entry)).collect()
}

/// Adds a part, or puts it in the place of a worse one of the same entry: what an entry has stands together.
fn push(parts: &mut Vec<Part>, part: Part) {
    match parts.last_mut() {
        Some(last) if last.thing.entry() == part.thing.entry() => {
            if part.score > last.score {
                *last = part;
            }
        }
        _ => parts.push(part),
    }
}

/// The words of a query, and their stems.
struct Line<'a> {
    words: &'a [String],
    stems: Vec<String>,
}

impl<'a> Line<'a> {
    fn new(words: &'a [String]) -> Self {
        let stems = words.iter().map(|word| stem_of(word)).collect();
        Self { words, stems }
    }

    /// Returns how many words a text has, if they stand so in the query; a single one must be itself.
    fn run(&self, text: &str) -> usize {
        let own: Vec<String> = words_of(text).collect();
        let own = telling(&own);
        if let [word] = &own[..] {
            let is_it = |other: &String| other == word || same_stem(other, word);
            return usize::from(self.words.iter().any(is_it));
        }
        let stems: Vec<String> = own.iter().map(|word| stem_of(word)).collect();
        let stands = !stems.is_empty() && self.stems.windows(stems.len()).any(|run| run == stems);
        if stands { stems.len() } else { 0 }
    }
}

/// Goes through the terms; what a thing holds of each counts once.
fn tallies(sought: &[Sought]) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); things().len()];
    for (place, Sought { stems, .. }) in sought.iter().enumerate() {
        let term = u8::try_from(place + 1).unwrap_or(u8::MAX);
        for Meant {
            stem,
            sense,
            surely,
            is_typed,
        } in stems
        {
            let weight = (stem.weight() * surely / 100).max(1);
            for (thing, said) in stem.things() {
                let tally = &mut tallies[thing];
                tally.stance = tally.stance.max(stance(*sense, said, *surely == 100));
                tally.has_span |= *sense == Sense::Span;
                let (before, whole) = if tally.term == term {
                    (tally.counted, tally.whole)
                } else {
                    (0, 0)
                };
                if weight > before {
                    tally.weight += weight - before;
                    tally.covered = (tally.covered + stem.weight()).saturating_sub(whole);
                    tally.term = term;
                    tally.counted = weight;
                    tally.whole = stem.weight();
                    tally.holds |= 1 << place;
                    tally.is_guessed |= !is_typed;
                }
            }
        }
    }
    tallies
}

/// Returns how a thing that says or denies a stem stands to a query that does; what the query means only perhaps
/// contradicts nothing.
fn stance(sense: Sense, said: u8, is_sure: bool) -> Stance {
    let of = |sense: Sense| sense as u8;
    match sense {
        Sense::Denied if said == of(Sense::Denied) => Stance::Agrees,
        Sense::Said if is_sure && said == of(Sense::Denied) => Stance::Contradicts,
        Sense::Denied if is_sure && said == of(Sense::Said) => Stance::Contradicts,
        _ => Stance::Open,
    }
}
