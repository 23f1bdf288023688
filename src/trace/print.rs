//! The same message printed twice, told from one that was sent twice. What tells them apart is how it is printed and
//! what is said beside it; who prints it does not matter.
#![expect(
    clippy::inline_always,
    reason = "a call for each piece of a message would take as long as to compare it"
)]

use std::ops::Range;

use memchr::memmem;
use wide::u32x8;

use super::frame::{Frame, begins_alike};
use super::label;

/// A second print of a message stands no farther behind the first.
const NEAR: u64 = 64 * 1024;
/// Of so many messages it may be a second print: what was read at once is printed at once.
const MANY: usize = 8;
/// What is kept of what stands before a message.
const LABEL: usize = 256;
/// Nothing is sent again sooner (T1 of RFC 3261 section 17.1.1.1), in microseconds.
const T1: u64 = 500_000;

/// The last messages, as they were printed.
#[derive(Debug, Default)]
pub(super) struct Prints {
    last: Vec<Print>,
    /// What tells bare ones apart at a glance.
    samples: [u32; MANY],
    /// How many there were, and up to which number a framed one may be among the last.
    seen: usize,
    framed: usize,
    label: Label,
}

/// What stands before a message, or before those that it follows at once, and where.
#[derive(Clone, Debug, Default)]
struct Label {
    text: Kept,
    at: u64,
}

#[derive(Debug, Default)]
struct Print {
    place: Range<u64>,
    head: Kept,
    /// What some bytes of the head are.
    sample: u32,
    /// None where it was folded into a line.
    frame: Option<Frame>,
    label: Label,
}

/// A piece of text.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    /// In the text at hand.
    There(Range<usize>),
    Copied(Vec<u8>),
}

impl Default for Kept {
    fn default() -> Self {
        Self::Copied(Vec::new())
    }
}

impl Kept {
    fn of<'a>(&'a self, text: &'a [u8]) -> &'a [u8] {
        match self {
            Self::There(place) => &text[place.clone()],
            Self::Copied(text) => text,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::There(place) => place.len(),
            Self::Copied(text) => text.len(),
        }
    }

    /// Keeps the end of a piece that is so long.
    fn keep_end(&mut self, of: &Self, length: usize) {
        let left = of.len().saturating_sub(length);
        match of {
            Self::There(place) => self.keep(&Self::There(place.start + left..place.end)),
            Self::Copied(text) => *self = Self::Copied(text[left..].to_vec()),
        }
    }

    /// Keeps a piece in the place of another: nearly always of one that leaves nothing to be given back.
    #[inline(always)]
    fn keep(&mut self, piece: &Self) {
        match (&mut *self, piece) {
            (Self::There(own), Self::There(place)) => {
                own.start = place.start;
                own.end = place.end;
            }
            (_, piece) => *self = piece.clone(),
        }
    }

    fn leave(&mut self, text: &[u8]) {
        if let Self::There(_) = self {
            *self = Self::Copied(self.of(text).to_vec());
        }
    }
}

/// A message as it was read.
pub(super) struct Shown<'a> {
    pub(super) place: Range<u64>,
    pub(super) head: Kept,
    pub(super) frame: Option<&'a Frame>,
    /// What stands between the message before and this one.
    pub(super) before: Kept,
}

impl Prints {
    /// Returns whether a message of the text at hand was printed before; else keeps it.
    pub(super) fn is_second(&mut self, text: &[u8], shown: &Shown<'_>) -> bool {
        if !is_white(shown.before.of(text)) {
            self.label.text.keep_end(&shown.before, LABEL);
            self.label.at = shown.place.start;
        }
        let sample = sample(shown.head.of(text));
        let is_bare = is_bare(shown.frame);
        let samples = u32x8::new(self.samples);
        let may_be = !is_bare || self.seen < self.framed || samples.simd_eq(same(sample)).any();
        let is_second = may_be
            && self.near(shown.place.start).any(|print| {
                print.is_same(text, shown, sample) && self.is_print(text, print, shown)
            });
        if is_second {
            return true;
        }
        let place = self.seen % MANY;
        self.samples[place] = sample;
        if self.last.len() <= place {
            self.last.push(Print::default());
        }
        // Field by field, since a print is long.
        if let Some(oldest) = self.last.get_mut(place) {
            (oldest.place.start, oldest.place.end) = (shown.place.start, shown.place.end);
            oldest.head.keep(&shown.head);
            oldest.sample = sample;
            if !is_bare || !self::is_bare(oldest.frame.as_ref()) {
                oldest.frame = shown.frame.cloned();
            }
            oldest.label.text.keep(&self.label.text);
            oldest.label.at = self.label.at;
        }
        self.seen += 1;
        if !is_bare {
            self.framed = self.seen + MANY;
        }
        false
    }

    /// Keeps what is asked of a text that will not be at hand any longer.
    pub(super) fn leave(&mut self, text: &[u8]) {
        for print in &mut self.last {
            print.head.leave(text);
            print.label.text.leave(text);
        }
        self.label.text.leave(text);
    }

    /// Returns what decides whether a message behind a place is a print.
    pub(super) fn state(&self, place: u64) -> u64 {
        let label = |label: &Label| [label.at, label.text.len() as u64];
        let near = self.near(place);
        let near = near.flat_map(|print| {
            let [at, length] = label(&print.label);
            [print.place.start, print.place.end, at, length]
        });
        let all = near.chain(label(&self.label));
        all.fold(0, |state, part| {
            (state ^ part)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
        })
    }

    /// Returns whether nothing before a place makes a difference behind it.
    pub(super) fn is_new(&self, place: u64) -> bool {
        self.near(place).next().is_none() && self.label.text.len() == 0
    }

    /// Returns the prints near a place, the last one first.
    fn near(&self, place: u64) -> impl Iterator<Item = &Print> {
        let newest = self.last.len().min(self.seen % MANY);
        let (new, old) = self.last.split_at(newest);
        let last = new.iter().rev().chain(old.iter().rev());
        last.take_while(move |print| place.saturating_sub(print.place.end) < NEAR)
    }

    /// Returns whether the same message as one before is that one, printed again.
    fn is_print(&self, text: &[u8], first: &Print, shown: &Shown<'_>) -> bool {
        let since = |print: &&Print| print.place.start > first.place.start;
        let mut since = self.last.iter().filter(since);
        let has_time = |kept: &Kept| label::moment(kept.of(text)).is_some();
        if first.frame.as_ref() != shown.frame
            && !has_time(&shown.before)
            && !since.any(|print| has_time(&print.label.text))
        {
            return true;
        }
        if first.label.at == self.label.at {
            return false;
        }
        let labels = [&first.label, &self.label].map(|label| label.text.of(text));
        let [one, other] = labels.map(last_line);
        // Who says when and between whom says so of whatever is sent.
        if !label::tells(labels[1]) {
            return label::tells(labels[0]) && !is_alike(one, other);
        }
        // Who says when of what it gets does not say so of what it then speaks of once more.
        let [is_timed, is_timed_again] = labels.map(|label| label::moment(label).is_some());
        if is_timed && !is_timed_again && !is_alike(one, other) {
            return true;
        }
        let exact = |label: &[u8]| label::moment(label).filter(|moment| moment.is_exact);
        let moments = labels.map(exact);
        if let [Some(one_time), Some(other_time)] = moments
            && one_time == other_time
        {
            let ways = [one, other].map(label::direction);
            if ways[0] == ways[1] || ways.contains(&None) {
                return true;
            }
        }
        // Only an ACK and a 2xx, which ends of a call send, are sent again over what loses nothing.
        let head = shown.head.of(text);
        is_reliable(head)
            && is_alike(one, other)
            && match moments {
                [Some(one), Some(other)] => one.micros.abs_diff(other.micros) < T1,
                _ => !may_come_again(head),
            }
    }
}

impl Print {
    fn is_same(&self, text: &[u8], shown: &Shown<'_>, sample: u32) -> bool {
        let is_like = self.sample == sample && self.head.len() == shown.head.len();
        if is_like && self.head.of(text) == shown.head.of(text) {
            return true;
        }
        // Two bare ones, as most are, are the same byte by byte.
        let are_bare = is_bare(self.frame.as_ref()) && is_bare(shown.frame);
        !are_bare
            && self.frame.as_ref() != shown.frame
            && plain(self.head.of(text)).eq(plain(shown.head.of(text)))
    }
}

#[inline(always)]
fn is_bare(frame: Option<&Frame>) -> bool {
    match frame {
        Some(frame) => frame.is_bare(),
        None => false,
    }
}

/// Returns a number many times. One by one: in a row they would be written in a loop.
#[inline(always)]
fn same(number: u32) -> u32x8 {
    u32x8::new([
        number, number, number, number, number, number, number, number,
    ])
}

#[inline(always)]
fn is_white(text: &[u8]) -> bool {
    for byte in text {
        if !byte.is_ascii_whitespace() {
            return false;
        }
    }
    true
}

/// Returns what the bytes at some places are: most messages differ there, and need no comparison.
fn sample(head: &[u8]) -> u32 {
    let fifth = head.len() / 5;
    let word = |part: usize| {
        let rest = head.get(fifth * part..).unwrap_or_default();
        rest.first_chunk()
            .map_or(0, |word| u64::from_ne_bytes(*word))
    };
    let near = word(1) ^ word(2).rotate_left(13);
    let far = word(3) ^ word(4).rotate_left(29);
    let digest = near.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ far;
    (digest.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// Returns the bytes of a head without carriage returns.
fn plain(head: &[u8]) -> impl Iterator<Item = &u8> {
    head.iter().filter(|byte| **byte != b'\r')
}

fn last_line(label: &[u8]) -> &[u8] {
    let lines = label.split(|byte| *byte == b'\n');
    let mut lines = lines.map(<[u8]>::trim_ascii);
    lines.rfind(|line| !line.is_empty()).unwrap_or_default()
}

fn is_alike(one: &[u8], other: &[u8]) -> bool {
    begins_alike(one, other, other.len()) && begins_alike(other, one, one.len())
}

/// Returns whether the transport in the first Via loses nothing.
fn is_reliable(head: &[u8]) -> bool {
    let via = memmem::find(head, b"/2.0/").map(|at| &head[at + 5..]);
    let via = via.unwrap_or_default();
    let mut words = via.split(|byte| !byte.is_ascii_alphabetic());
    let transport = words.next().unwrap_or_default();
    ["TCP", "TLS", "WS", "WSS", "SCTP"]
        .iter()
        .any(|name| transport.eq_ignore_ascii_case(name.as_bytes()))
}

fn may_come_again(head: &[u8]) -> bool {
    head.starts_with(b"ACK ") || head.starts_with(b"SIP/2.0 2")
}
