//! The index of words that the build has made: from a stem to the things that hold it.

use std::ops::Range;

use super::packing::range;
use super::tables::{
    POSTING_STARTS, POSTING_TURNS, STEM_STARTS, STEM_WEIGHTS, THINGS, WORD_STARTS, WORD_STEMS,
};
use super::vocabulary::{Matter, PageSection};
use super::{Entry, Text, tables};

/// Something that has words in it: a phrase, a symptom, a name, a sentence of a page.
pub struct Thing {
    pub(super) owner: Owner,
    pub matter: Matter,
    pub section: PageSection,
    /// The place among the items of the section.
    pub item: u8,
    /// What its stems weigh together.
    pub weight: u16,
    /// Whether it names a length of time.
    pub has_span: bool,
    pub text: Text,
}

/// An entry: a place among the responses, behind them the topics, and behind these the products. There are many things,
/// and this is the smallest form.
#[derive(Clone, Copy)]
pub(super) struct Owner(pub(super) u16);

/// A stem, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stem(u16);

impl Thing {
    /// Returns what it says something of.
    pub fn entry(&self) -> Entry {
        const TOPICS: usize = tables::RESPONSES.len();
        const PRODUCTS: usize = TOPICS + tables::TOPICS.len();
        match usize::from(self.owner.0) {
            place @ ..TOPICS => Entry::Response(&tables::RESPONSES[place]),
            place @ TOPICS..PRODUCTS => Entry::Topic(&tables::TOPICS[place - TOPICS]),
            place => Entry::Product(&tables::PRODUCTS[place - PRODUCTS]),
        }
    }
}

/// Returns everything that has words in it.
pub fn things() -> &'static [Thing] {
    &THINGS
}

impl Stem {
    /// Returns a stem that some thing holds.
    pub fn find(stem: &str) -> Option<Self> {
        let place = search(
            STEM_WEIGHTS.len(),
            |place| text(tables::STEMS, &STEM_STARTS, place),
            stem,
        );
        place.ok().map(Self::at)
    }

    /// Returns the words that begin so, with the stem of each, and whether the word denies it.
    pub fn beginning(with: &str) -> impl Iterator<Item = (&'static str, Self, bool)> {
        let word = |place| text(tables::WORDS, &WORD_STARTS, place);
        let (Ok(first) | Err(first)) = search(WORD_STEMS.len(), word, with);
        let words = (first..WORD_STEMS.len()).map(move |place| {
            let stem = WORD_STEMS[place];
            (word(place), Self(stem >> 1), stem & 1 == 1)
        });
        words.take_while(move |(word, ..)| word.starts_with(with))
    }

    /// Returns how much it tells.
    pub fn weight(self) -> u16 {
        STEM_WEIGHTS[usize::from(self.0)].into()
    }

    /// Returns whether it stands in more than sentences.
    pub fn is_named(self) -> bool {
        self.things()
            .any(|(thing, _)| THINGS[thing].matter != Matter::Text)
    }

    /// Returns the numbers of the things that hold it, each with the number of the sense that it has there.
    pub fn things(self) -> impl Iterator<Item = (usize, u8)> {
        Postings {
            rest: range(&POSTING_STARTS, &POSTING_TURNS, self.0.into()),
            thing: 0,
        }
    }

    fn at(place: usize) -> Self {
        Self(u16::try_from(place).unwrap_or(u16::MAX))
    }
}

/// What is left to read of the postings of a stem.
struct Postings {
    rest: Range<usize>,
    thing: usize,
}

impl Iterator for Postings {
    type Item = (usize, u8);

    fn next(&mut self) -> Option<(usize, u8)> {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let byte = usize::from(tables::POSTINGS[self.rest.next()?]);
            number |= (byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
            shift += 7;
        }
        self.thing += number >> 2;
        Some((self.thing, u8::try_from(number & 3).unwrap_or_default()))
    }
}

fn text(texts: &'static str, starts: &[u16], place: usize) -> &'static str {
    &texts[usize::from(starts[place])..usize::from(starts[place + 1])]
}

/// Returns the place of a text among others in order, or where it would be.
fn search(count: usize, at: impl Fn(usize) -> &'static str, wanted: &str) -> Result<usize, usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        match at(middle).cmp(wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Ok(middle),
        }
    }
    Err(low)
}
