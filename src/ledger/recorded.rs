//! The messages of a call, read again where somebody asks for it: all of the trace, or where they stand.

use std::io::{Read, Result, Seek, SeekFrom};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::vec::IntoIter;

use super::clocks::Clocks;
use super::each::each;
use super::near::{Around, Near};
use super::places::{Plan, Slice};
use super::times::{stamp, time};
use crate::calls::Recorded;
use crate::tally::{Stamp, Time};
use crate::trace::{self, Found, Label, Scan};

/// So many messages of a call are kept, the first ones.
pub(super) const MOST: usize = 2000;
/// So many bytes of what is printed before a message.
const LABEL: usize = 240;

/// What can be read from any place on.
pub trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// A call that is read: the messages of one Call-ID, in the order in which they were.
#[derive(Debug, Default)]
pub struct Calling {
    wanted: Vec<u8>,
    plan: Option<Plan>,
    messages: Vec<Recorded>,
    /// How many messages of it were read, and how many of all.
    pub own: usize,
    pub all: usize,
    clocks: Clocks,
    /// When the last of all messages was, in microseconds as they are told.
    pub ends: Option<u64>,
    near: Near,
}

impl Calling {
    /// Reads a call; where it stands in its files, if that is known.
    pub fn new(call_id: &str, plan: Option<Plan>) -> Self {
        Self {
            wanted: call_id.as_bytes().to_vec(),
            ends: plan.as_ref().and_then(|plan| plan.ends),
            plan,
            ..Self::default()
        }
    }

    /// Begins with what was read of a call.
    pub fn known(call_id: &str, messages: &[Recorded]) -> Self {
        Self {
            wanted: call_id.as_bytes().to_vec(),
            messages: messages.to_vec(),
            ..Self::default()
        }
    }

    /// Returns the messages that were read.
    pub fn messages(&mut self) -> Vec<Recorded> {
        mem::take(&mut self.messages)
    }

    /// Returns what its parties sent and got in other calls, and what others did at the same elements about then, in the
    /// order in which it was.
    pub fn beside(&mut self) -> Vec<Recorded> {
        mem::take(&mut self.near.messages)
    }

    /// Reads an input once more, for what is beside the call: where its parties are registered, what they tried before and
    /// after, and how it went for others at the same elements.
    pub fn read_beside(&mut self, input: impl Read + Send, name: &str) -> Result<()> {
        if self.near.messages.is_empty() {
            // Times begin anew.
            self.clocks = Clocks::default();
        }
        let around = Around::of(&self.messages);
        let tell = |found: &Found<'_>| {
            let is_other = found.head().call_id != self.wanted && !is_part(&found.before);
            let is_party = around.is_party(found).filter(|_| is_other)?;
            Some(Seen {
                call: u64::from(is_party),
                stamp: stamp(found),
                own: Some(recorded(found, name, 0)),
            })
        };
        let (near, clocks) = (&mut self.near, &mut self.clocks);
        let scan = read(Box::new(input), &tell, &mut |seen| {
            if let Some(own) = seen.own {
                let own = timed(own, time(&seen.stamp), clocks);
                near.put(own, seen.call == 1, &around);
            }
        })?;
        let own = &self.messages;
        for one in scan.remarks.iter().filter(|one| around.concerns(one, own)) {
            let found = Found::from(one.origin);
            let own = Recorded {
                bytes: one.quoted.clone(),
                network: Some(one.says.clone()),
                ..recorded(&found, name, 0)
            };
            near.put(timed(own, time(&stamp(&found)), clocks), true, &around);
        }
        Ok(())
    }

    /// Returns whether as many messages were read as there are.
    pub fn is_whole(&self) -> bool {
        let plan = self.plan.as_ref();
        plan.is_none_or(|plan| self.own >= plan.messages)
    }

    /// Returns whether something of it stands in the file with a number.
    pub fn stands_in(&self, file: usize) -> bool {
        let plan = self.plan.as_ref();
        plan.is_none_or(|plan| plan.of(file).is_some())
    }

    /// Reads what the file with a number has of it, where it stands; `name` is what the file is called.
    pub fn read_slices(
        &mut self,
        mut input: Box<dyn Seekable + '_>,
        file: usize,
        name: &str,
    ) -> Result<Scan> {
        let own = self.plan.as_ref().and_then(|plan| plan.of(file));
        let mut first = [0; 4];
        let read = input.read(&mut first)?;
        let slices = match own {
            Some(slices) if trace::is_plain(&first[..read]) => slices.to_vec(),
            // Where it stands is not told by the bytes of the file.
            own => vec![Slice {
                place: 0..u64::MAX,
                more: 0,
                clocks: own
                    .and_then(<[Slice]>::last)
                    .map_or(&self.clocks, |last| &last.clocks)
                    .clone(),
            }],
        };
        let parts = Sliced {
            input,
            slices: slices.clone().into_iter(),
            left: 0,
        };
        self.scan(Box::new(parts), name, &slices)
    }

    /// Reads what an input has of it; `name` is what it is called.
    pub fn read(&mut self, input: impl Read + Send, name: &str) -> Result<Scan> {
        self.scan(Box::new(input), name, &[])
    }

    fn scan(
        &mut self,
        input: Box<dyn Read + Send + '_>,
        name: &str,
        slices: &[Slice],
    ) -> Result<Scan> {
        let wanted = mem::take(&mut self.wanted);
        let mut begins = Vec::new();
        let mut begin = 0;
        for slice in slices {
            begins.push(begin);
            begin += slice.place.end.saturating_sub(slice.place.start);
        }
        let tell = |found: &Found<'_>| {
            let at = begins.partition_point(|begin| *begin <= found.place.start);
            let more = slices.get(at.wrapping_sub(1)).map_or(0, |slice| slice.more);
            let head = found.head();
            let is_own = head.call_id == wanted && !is_part(&found.before);
            Some(Seen {
                call: at as u64,
                stamp: stamp(found),
                own: is_own.then(|| recorded(found, name, more)),
            })
        };
        let enough = Arc::new(AtomicBool::new(false));
        let input = Enough {
            input,
            is_enough: Arc::clone(&enough),
        };
        let mut last = None;
        let mut before = 0;
        let scan = read(Box::new(input), &tell, &mut |seen| {
            let Seen { call, stamp, own } = seen;
            let at = usize::try_from(call).unwrap_or(0);
            if at != before {
                self.clocks = slices[at - 1].clocks.clone();
                before = at;
            }
            self.all += 1;
            if !matches!(stamp, Stamp::None) {
                last = Some(stamp);
            }
            if let Some(own) = own {
                self.own += 1;
                if self.own <= MOST {
                    let own = timed(own, time(&stamp), &mut self.clocks);
                    self.messages.push(own);
                }
                let is_last = self.ends.is_some() && self.plan.is_some() && self.is_whole();
                enough.store(is_last, Ordering::Relaxed);
            }
        });
        self.wanted = wanted;
        let scan = scan?;
        if self.plan.as_ref().is_none_or(|plan| plan.ends.is_none()) {
            self.ends = self.ends.max(last.and_then(|last| self.clocks.of(&last)));
        }
        Ok(scan)
    }
}

/// What is told of a message: of which call it is or in which slice, when it was, and itself where it is wanted.
pub(super) struct Seen {
    pub(super) call: u64,
    pub(super) stamp: Stamp,
    pub(super) own: Option<Recorded>,
}

/// Reads an input to its end: in the program once, whoever asks.
pub(super) fn read(
    input: Box<dyn Read + Send + '_>,
    tell: &(dyn Fn(&Found<'_>) -> Option<Seen> + Sync),
    take: &mut (dyn FnMut(Seen) + Send),
) -> Result<Scan> {
    each(input, tell, |seen| {
        if let Some(seen) = seen {
            take(seen);
        }
    })
}

/// Slices of an input, one behind the other.
struct Sliced<'a> {
    input: Box<dyn Seekable + 'a>,
    slices: IntoIter<Slice>,
    left: u64,
}

impl Read for Sliced<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.left == 0 {
            let Some(next) = self.slices.next() else {
                return Ok(0);
            };
            self.input.seek(SeekFrom::Start(next.place.start))?;
            self.left = next.place.end.saturating_sub(next.place.start);
        }
        let length = into
            .len()
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.input.read(&mut into[..length])?;
        self.left = if read == 0 {
            0
        } else {
            self.left - read as u64
        };
        // Where a slice ends before its end, so does the file.
        Ok(read)
    }
}

/// What is read until that is enough.
struct Enough<R> {
    input: R,
    is_enough: Arc<AtomicBool>,
}

impl<R: Read> Read for Enough<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.is_enough.load(Ordering::Relaxed) {
            return Ok(0);
        }
        self.input.read(into)
    }
}

/// Returns a message with its time.
pub(super) fn timed(own: Recorded, time: Option<Time>, clocks: &mut Clocks) -> Recorded {
    let micros = time.as_ref().and_then(|time| clocks.micros(time));
    Recorded {
        time: time.map(|time| time.text),
        micros: micros.map(|(micros, _)| micros),
        is_exact: micros.is_some_and(|(_, is_exact)| is_exact),
        ..own
    }
}

/// Returns a message by itself, with its time as it is printed; `file` is what its file is called.
pub fn alone(found: &Found<'_>, file: &str) -> Recorded {
    timed(
        recorded(found, file, 0),
        time(&stamp(found)),
        &mut Clocks::default(),
    )
}

/// Returns a message without its time; its line or packet has a number that is so much higher than what was counted.
pub(super) fn recorded(found: &Found<'_>, file: &str, more: u64) -> Recorded {
    let label = match found.origin.frame {
        Some(_) => Label::default(),
        None => Label::of(&found.before),
    };
    Recorded {
        bytes: found.bytes.to_vec(),
        is_cut: found.origin.is_cut,
        from: found.origin.from.or(label.from),
        to: found.origin.to.or(label.to),
        label: match found.origin.frame {
            Some(_) => String::new(),
            None => printed_before(&found.before),
        },
        place: match (found.line, found.origin.frame) {
            (Some(line), _) => format!("{file} line {}", line + more),
            (None, Some(frame)) => format!("{file} frame {}", frame + more),
            (None, None) => file.to_owned(),
        },
        ..Recorded::default()
    }
}

/// Returns the row that stands before a message or is left of it, unless somebody's password may be in it.
fn printed_before(before: &[u8]) -> String {
    let rows = before.rsplit(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    // Some draw a line below it.
    let says = |row: &&[u8]| row.iter().any(u8::is_ascii_alphanumeric);
    let row = rows.take(3).find(says).unwrap_or_default();
    let row = String::from_utf8_lossy(&row[..row.len().min(LABEL)]).into_owned();
    let is_secret = |word: &&str| row.contains(word);
    let has_secret = [
        "uthorization",
        "inline:",
        "pwd",
        "assword",
        "ecret",
        "esponse=",
        "identity",
    ]
    .iter()
    .any(is_secret);
    if has_secret { String::new() } else { row }
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
