//! The messages of a call, read again where somebody asks for it, or those of all calls.

use std::collections::HashMap;
use std::io::{Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::quality::FixedState;

use super::each::each;
use super::times::{stamp, time};
use crate::calls::{Recorded, Timeline};
use crate::tally::Stamp;
use crate::trace::{Found, Label, Scan};

/// So many messages of a call are kept, the first ones.
const MOST: usize = 2000;
/// So many bytes of messages are kept where all calls are asked for.
const BYTES: usize = 8 << 20;

/// The messages of one Call-ID, in the order in which they were.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub call_id: String,
    pub messages: Vec<Recorded>,
}

/// Calls that are read, and what else is told of their trace.
#[derive(Debug, Default)]
pub struct Calling {
    /// The only call that is asked for, if not all are.
    wanted: Option<Vec<u8>>,
    calls: Vec<Call>,
    places: HashMap<Vec<u8>, usize, FixedState>,
    /// How many bytes their messages have, and whether that is all there is room for.
    size: usize,
    full: Arc<AtomicBool>,
    /// How many messages of these calls were read, and how many of all.
    pub own: usize,
    pub all: usize,
    timeline: Timeline,
    /// Whether times are those of captures.
    is_epoch: Option<bool>,
    /// When the last of all messages was, in microseconds as they are told.
    pub ends: Option<u64>,
}

impl Calling {
    /// Reads one call.
    pub fn new(call_id: &str) -> Self {
        Self {
            wanted: Some(call_id.as_bytes().to_vec()),
            ..Self::default()
        }
    }

    /// Reads all calls, as far as there is room for their messages.
    pub fn all() -> Self {
        Self::default()
    }

    /// Returns whether some messages had no room.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Returns the messages of the one call.
    pub fn messages(self) -> Vec<Recorded> {
        let first = self.calls.into_iter().next();
        first.map_or_else(Vec::new, |call| call.messages)
    }

    /// Returns the calls in the order in which they began.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// Reads what an input has of them; `file` is what it is called.
    pub fn read(&mut self, input: impl Read + Send, file: &str) -> Result<Scan> {
        let wanted = self.wanted.clone();
        let tell = |found: &Found<'_>| {
            let stamp = stamp(found);
            let head = found.head();
            let is_wanted = wanted.as_ref().is_none_or(|wanted| head.call_id == wanted);
            let is_own = is_wanted && !is_part(&found.before);
            let own = is_own.then(|| (head.call_id.to_vec(), recorded(found, file)));
            (stamp, own)
        };
        let input = Enough {
            input,
            is_full: Arc::clone(&self.full),
        };
        let mut last = Stamp::None;
        let scan = each(input, tell, |(stamp, own)| {
            self.all += 1;
            if let Some((call_id, own)) = own {
                self.own += 1;
                let own = self.timed(own, &stamp);
                self.keep(call_id, own);
            }
            if !matches!(stamp, Stamp::None) {
                last = stamp;
            }
        })?;
        self.ends = self.ends.max(self.micros(&last).map(|(micros, _)| micros));
        Ok(scan)
    }

    fn keep(&mut self, call_id: Vec<u8>, own: Recorded) {
        if self.is_full() {
            return;
        }
        let begun = self.places.get(&call_id).copied();
        let at = begun.unwrap_or(self.calls.len());
        if begun.is_none() {
            self.calls.push(Call {
                call_id: String::from_utf8_lossy(&call_id).into_owned(),
                messages: Vec::new(),
            });
            self.places.insert(call_id, at);
        }
        let messages = &mut self.calls[at].messages;
        if messages.len() < MOST {
            self.size += own.bytes.len();
            messages.push(own);
            if self.size >= BYTES && self.wanted.is_none() {
                self.full.store(true, Ordering::Relaxed);
            }
        }
    }

    fn timed(&mut self, own: Recorded, stamp: &Stamp) -> Recorded {
        let micros = self.micros(stamp);
        Recorded {
            time: time(stamp).map(|time| time.text),
            micros: micros.map(|(micros, _)| micros),
            is_exact: micros.is_some_and(|(_, is_exact)| is_exact),
            ..own
        }
    }

    fn micros(&mut self, stamp: &Stamp) -> Option<(u64, bool)> {
        let time = time(stamp)?;
        let told = match time.epoch {
            Some(micros) => Some((micros, true)),
            None => self.timeline.micros(&time.text),
        };
        // A clock of another kind cannot be compared.
        let is_epoch = time.epoch.is_some();
        let is_like = told.is_some() && *self.is_epoch.get_or_insert(is_epoch) == is_epoch;
        told.filter(|_| is_like)
    }
}

/// What is read until there is no more room.
struct Enough<R> {
    input: R,
    is_full: Arc<AtomicBool>,
}

impl<R: Read> Read for Enough<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.is_full.load(Ordering::Relaxed) {
            return Ok(0);
        }
        self.input.read(into)
    }
}

fn recorded(found: &Found<'_>, file: &str) -> Recorded {
    let label = match found.origin.frame {
        Some(_) => Label::default(),
        None => Label::of(&found.before),
    };
    Recorded {
        bytes: found.bytes.to_vec(),
        from: found.origin.from.or(label.from),
        to: found.origin.to.or(label.to),
        place: match (found.line, found.origin.frame) {
            (Some(line), _) => format!("{file} line {line}"),
            (None, Some(frame)) => format!("{file} frame {frame}"),
            (None, None) => file.to_owned(),
        },
        ..Recorded::default()
    }
}

/// Returns whether a message is a part of another one's body, as what stands before it tells: a boundary and its type.
pub fn is_part(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let rows = before.rsplit(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let rows: Vec<&[u8]> = rows.take_while(|row| !row.is_empty()).collect();
    let begins = rows.last().is_some_and(|row| row.starts_with(b"--"));
    let is_type = |row: &&[u8]| {
        let row = row.to_ascii_lowercase();
        row.starts_with(b"content-type:") && row.windows(11).any(|part| part == b"message/sip")
    };
    begins && rows.iter().any(is_type)
}
