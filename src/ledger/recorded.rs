//! The messages of a call, read again where somebody asks for it.

use std::io::{Read, Result};

use super::times::{stamp, time};
use crate::calls::{Recorded, Timeline};
use crate::tally::Stamp;
use crate::trace::{self, Found, Label, Scan};

/// So many messages of a call are kept, the first ones.
const MOST: usize = 2000;

/// The messages of one Call-ID, in the order in which they were.
#[derive(Debug, Default)]
pub struct Calling {
    call_id: Vec<u8>,
    pub messages: Vec<Recorded>,
    /// How many messages of the call were read, and how many of all calls.
    pub own: usize,
    pub all: usize,
    timeline: Timeline,
    /// When the last of all messages was, in microseconds as they are told.
    pub ends: Option<u64>,
}

impl Calling {
    pub fn new(call_id: &str) -> Self {
        Self {
            call_id: call_id.as_bytes().to_vec(),
            ..Self::default()
        }
    }

    /// Reads what an input has of the call; `file` is what it is called.
    pub fn read(&mut self, input: impl Read + Send, file: &str) -> Result<Scan> {
        let call_id = self.call_id.clone();
        let tell = |found: &Found<'_>| {
            let stamp = stamp(found);
            let is_own = found.head().call_id == call_id && !is_part(&found.before);
            let own = is_own.then(|| recorded(found, file));
            (stamp, own)
        };
        let (mut last, begins) = (Stamp::None, self.messages.len());
        let (mut first_micros, mut last_micros) = (None, None);
        let scan = trace::scan_lines(input, tell, |(stamp, own)| {
            self.all += 1;
            if let Some(own) = own {
                self.own += 1;
                let own = self.timed(own, &stamp);
                first_micros = first_micros.or(own.micros);
                last_micros = own.micros.or(last_micros);
                if self.messages.len() < MOST {
                    self.messages.push(own);
                }
            }
            if !matches!(stamp, Stamp::None) {
                last = stamp;
            }
        })?;
        // Some writers put the latest first.
        if last_micros < first_micros {
            self.messages[begins..].reverse();
        }
        self.ends = self.ends.max(self.micros(&last).map(|(micros, _)| micros));
        Ok(scan)
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
        match time.epoch {
            Some(micros) => Some((micros, true)),
            None => self.timeline.micros(&time.text),
        }
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
