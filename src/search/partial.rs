//! Hits of which only a part of the query speaks, and what comes nearest where that is little.

use std::cmp::Reverse;

use super::hit::{Found, Hit};
use super::led::led;
use super::part::{Part, Parts};
use super::rank::Rank;
use super::sorted::sort_by_key;
use super::spoken::Place;
use crate::catalog::{Entry, Matter, PageSection, Response};

/// What a part must score to be a hit, and how far the others may be behind the best.
const LEAST: i32 = 100;
const BEHIND: i32 = 80;
/// The same of a code where a cause or a product is the best.
const LEAST_BESIDE: i32 = 60;
/// How many are listed.
const MOST: usize = 5;
const BESIDE: usize = 2;
/// What is no code counts less in the order: of nearly equals the code comes first.
const LESS: i32 = 40;
/// How many more are listed that have all that is known.
const MOST_MORE: usize = 5;
/// How many are offered where none is good enough.
const NEAREST: usize = 3;
/// What a part must score to be offered.
const LEAST_NEAR: i32 = 5;
/// How many causes and timers lead to their codes.
const LEADING: usize = 6;
/// How many unused words are named.
const NAMED: usize = 8;

/// What words find that are not all in one place.
pub(super) struct Partial {
    pub(super) hits: Vec<Hit>,
    /// What comes nearest where nothing is a hit.
    pub(super) nearest: Vec<Hit>,
}

/// An entry, for a part of the query that speaks of it or of what leads to it.
struct Candidate {
    entry: Entry,
    part: Part,
    score: i32,
    /// How a cause or a timer leads to it.
    way: Option<String>,
}

/// Returns what a part of some words finds among responses, and beside them where nothing else was asked for.
pub(super) fn hits(
    parts: &Parts,
    words: &[String],
    responses: &[&'static Response],
    beside: bool,
) -> Partial {
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates(parts, responses, beside) {
        if kept.iter().all(|other| other.entry != candidate.entry) {
            kept.push(candidate);
        }
    }
    let best = kept.first().map_or(0, |best| best.score);
    let is_said = kept.first().is_some_and(|best| best.is_said(parts));
    let is_said = is_said || kept.iter().any(|kept| kept.part.is_run());
    let is_near = best < LEAST && !is_said;
    let (mut codes, mut beside): (Vec<_>, Vec<_>) = kept
        .into_iter()
        .partition(|kept| kept.entry.code().is_some());
    for (kept, most) in [(&mut codes, MOST), (&mut beside, BESIDE)] {
        // Codes are compared with codes: a cause that is named better takes none of them away.
        let best = kept.iter().map(Candidate::apart).max().unwrap_or_default();
        let least = if is_near {
            LEAST_NEAR.min(best)
        } else {
            let behind = LEAST.min(best).max(best - BEHIND);
            behind.max(LEAST_BESIDE).min(best)
        };
        let has_all = |candidate: &Candidate| {
            let mut complete = parts.complete();
            complete.any(|part| part.thing.entry() == candidate.entry)
        };
        kept.retain(|candidate| candidate.score >= least || has_all(candidate));
        let most = if is_near { NEAREST.min(most) } else { most };
        let (mut place, mut left) = (0, MOST_MORE);
        kept.retain(|candidate| {
            place += 1;
            let is_more = place > most && left > 0 && has_all(candidate);
            left -= usize::from(is_more);
            place <= most || is_more
        });
    }
    let mut kept = codes;
    kept.append(&mut beside);
    sort_by_key(&mut kept, |candidate| Reverse(candidate.order()));
    let listed: Vec<Hit> = kept
        .iter()
        .map(|candidate| candidate.hit(parts, words, is_near))
        .collect();
    let (hits, nearest) = if is_near {
        (Vec::new(), listed)
    } else {
        (listed, Vec::new())
    };
    Partial { hits, nearest }
}

/// Returns the responses that have all that is known of some words, below those that hold them in a better place.
pub(super) fn below(
    parts: &Parts,
    words: &[String],
    responses: &[&'static Response],
    hits: &[Hit],
) -> Vec<Hit> {
    let free = parts.complete().filter(|part| {
        let entry = part.thing.entry();
        let is_listed = entry.response().is_some_and(|own| responses.contains(&own));
        is_listed && hits.iter().all(|hit| hit.entry != entry)
    });
    let mut free: Vec<Candidate> = free
        .map(|part| Candidate {
            entry: part.thing.entry(),
            part: *part,
            score: part.score,
            way: None,
        })
        .collect();
    sort_by_key(&mut free, |candidate| Reverse(candidate.score));
    free.truncate(MOST_MORE);
    free.iter()
        .map(|candidate| candidate.hit(parts, words, false))
        .collect()
}

/// Returns all that parts speak of or lead to, the best first.
fn candidates(parts: &Parts, responses: &[&'static Response], beside: bool) -> Vec<Candidate> {
    let is_listed =
        |response: &Response| responses.iter().any(|listed| listed.code == response.code);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut leading = 0;
    for part in &parts.best {
        let (entry, score) = (part.thing.entry(), part.score);
        if let Entry::Topic(topic) = entry
            && leading < LEADING
            && part.thing.matter != Matter::Text
        {
            leading += 1;
            let led = led(topic, part.thing.matter)
                .into_iter()
                .filter(|led| is_listed(led.response));
            candidates.extend(led.map(|led| Candidate {
                entry: led.response.into(),
                part: *part,
                score: score * led.per_cent / 100,
                way: Some(led.way),
            }));
        }
        if entry.response().map_or(beside, is_listed) {
            candidates.push(Candidate {
                entry,
                part: *part,
                score,
                way: None,
            });
        }
    }
    sort_by_key(&mut candidates, |candidate| {
        (Reverse(candidate.score), candidate.part.thing.item)
    });
    candidates
}

impl Candidate {
    /// Returns its score without what it has because its words stand together: that puts it before others, and takes
    /// none of them away.
    fn apart(&self) -> i32 {
        self.score - self.part.more
    }

    /// Returns what puts it before others.
    fn order(&self) -> i32 {
        let less = if self.entry.code().is_none() { LESS } else { 0 };
        self.score - less
    }

    /// Returns whether all of what people say of it stands in the query, in two words or more.
    fn is_said(&self, parts: &Parts) -> bool {
        let is_symptom = matches!(self.part.thing.matter, Matter::Symptom | Matter::Phrase);
        is_symptom && self.part.is_whole() && parts.words(&self.part).len() > 1
    }

    fn hit(&self, parts: &Parts, words: &[String], is_near: bool) -> Hit {
        let places = parts.words(&self.part);
        let of = |used: bool| -> Vec<String> {
            let words = words.iter().enumerate();
            let of = words.filter(|(place, _)| places.contains(place) == used);
            of.map(|(_, word)| word.clone()).collect()
        };
        let (used, ignored) = (of(true), of(false));
        let score = Reverse(self.order());
        let rank = if is_near {
            Rank::Nearest { score }
        } else {
            Rank::Words {
                score,
                place: self.part.thing.item,
            }
        };
        let found = Found::new(rank, self.why(&used, &ignored)).with_words(used, ignored);
        let found = found.at(self.place());
        let is_symptom = self.way.is_none() && self.part.thing.matter == Matter::Symptom;
        let found = if is_symptom {
            found.said(self.part.thing.text)
        } else {
            found
        };
        Hit::new(self.entry, found)
    }

    fn why(&self, used: &[String], ignored: &[String]) -> String {
        let of = match &self.way {
            Some(way) => format!(", {way}"),
            None if !self.part.is_whole() => format!(" (of: {})", self.part.thing.text),
            None => String::new(),
        };
        let named = &ignored[..ignored.len().min(NAMED)];
        let not = match ignored.len() {
            0 => String::new(),
            1..=NAMED => format!("; not used: {}", named.join(", ")),
            all => format!("; not used: {} and {} more", named.join(", "), all - NAMED),
        };
        format!("words: {}{of}{not}", used.join(" "))
    }

    /// Returns where on the page of the entry the words are, if they are in a text of it.
    fn place(&self) -> Option<Place> {
        let thing = self.part.thing;
        let own = self.way.is_none() && thing.section != PageSection::Head;
        own.then_some(Place {
            section: thing.section,
            item: thing.item.into(),
        })
    }
}
