//! What is asked of each message while it is read, by any thread.

use core::net::SocketAddr;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::FixedState;

use super::places::{Sights, digest};
use super::recorded::is_part;
use super::times::{printed, stamp, when};
use crate::calls::{Sighting, Step};
use crate::message::{Head, Start};
use crate::tally::{self, Known, Names, Noted, Notes, Place, Ring, Sayings, Stamp, Word};
use crate::trace::{Found, Label, Teller};

/// What is told of the messages of a piece.
#[derive(Debug)]
pub struct Told {
    /// How many there are.
    pub noted: Noted,
    pub(super) room: Room,
}

/// Messages that change something, and the Call-IDs of those that fail.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) messages: Vec<Message>,
    pub(super) call_ids: Vec<u8>,
    pub(super) sights: Box<Sights>,
}

impl Room {
    /// Keeps a Call-ID; returns where it stands, and how long it is.
    fn keep(&mut self, call_id: &[u8]) -> (u32, u32) {
        let start = u32::try_from(self.call_ids.len());
        let (Ok(start), Ok(length)) = (start, u32::try_from(call_id.len())) else {
            return (0, 0);
        };
        self.call_ids.extend_from_slice(call_id);
        (start, length)
    }
}

/// Room to be used again: what was used before is near at hand.
pub(super) type Spare = Mutex<Vec<Room>>;

/// What is noted of the messages of a piece.
#[derive(Debug, Default)]
pub struct Kept<'t> {
    notes: Notes<'t>,
    room: Room,
    known: Known,
    /// What was seen last, in whose place the next is put.
    sighting: Sighting,
}

/// What is asked of the messages of a trace.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct Wants {
    /// Only requests of this method, and their responses.
    pub method: Option<String>,
    /// Each message for itself, and no transactions.
    pub only_messages: bool,
    /// Attempts are to be told one by one, or apart.
    pub attempts: bool,
    /// Nobody asks who sent the responses of those that succeeded.
    pub only_failures: bool,
    /// Each message is asked when it was.
    pub compares: bool,
    /// It is counted what was there before.
    pub repeats: bool,
    /// Calls are to be read again.
    pub places: bool,
}

/// What those who read a trace have in common.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    pub(super) sayings: Arc<Sayings>,
    pub(super) spare: Arc<Spare>,
    /// Nobody asks any more when calls began to ring.
    pub(super) has_rings: Arc<AtomicBool>,
}

/// Reads what is asked of messages.
pub struct Reader<'a> {
    pub wants: &'a Wants,
    pub shared: &'a Shared,
    /// How many lines of the file stand before what is read.
    pub lines: u64,
}

/// What is asked of a message.
#[derive(Debug, Default)]
pub(super) struct Message {
    /// What it changes, if it belongs to a transaction.
    pub(super) step: Option<Step>,
    pub(super) word: Option<Word>,
    /// Where its Call-ID stands, and how long it is, if it is kept.
    pub(super) call_id: (u32, u32),
    pub(super) told: Option<Box<tally::Told>>,
    /// What it is to an attempt to begin a call, if that is asked for.
    pub(super) ring: Option<Box<Ring>>,
    /// When it was and how it counts, if it depends on that whether it does.
    pub(super) noted: Option<Box<(Stamp, Noted)>>,
}

impl Teller for Reader<'_> {
    type Notes<'t> = Kept<'t>;
    type Told = Told;

    fn note<'t>(&self, kept: &mut Kept<'t>, found: &Found<'t>) {
        self.noted(kept, found, &found.head());
    }

    fn told(&self, kept: Kept<'_>) -> Told {
        Told {
            noted: self.ended(kept.notes),
            room: kept.room,
        }
    }
}

impl Reader<'_> {
    #[inline(never)]
    fn noted<'t>(&self, kept: &mut Kept<'t>, found: &Found<'t>, head: &Head<'_>) {
        if !self.wants.is_of_method(head) {
            return;
        }
        let Kept {
            notes,
            room,
            known,
            sighting,
        } = kept;
        if self.wants.only_messages {
            sighting.fill_plain(head);
        } else {
            sighting.fill(head);
        }
        let name = self.wants.repeats.then(|| name(found, head));
        if self.wants.places && !is_part(&found.before) {
            if room.messages.capacity() == 0 {
                *room = self.room();
            }
            self.see(&mut room.sights, found, head.call_id);
        }
        if !self.wants.compares {
            notes.note(sighting, when(found));
            notes.name(name);
            if !sighting.is_named() {
                return;
            }
        }
        if room.messages.capacity() == 0 {
            *room = self.room();
        }
        let mut message = Message {
            step: sighting.step(),
            word: None,
            call_id: (0, 0),
            told: None,
            ring: None,
            noted: None,
        };
        if self.wants.compares {
            let mut notes = Notes::default();
            notes.note(sighting, when(found));
            notes.name(name);
            message.noted = Some(Box::new((stamp(found), self.ended(notes))));
        }
        if let Some(step) = &message.step {
            let code = step.code;
            self.fill(&mut message, code, found, head, known);
            if message.word.is_some_and(|word| word.fails) {
                message.call_id = room.keep(head.call_id);
            }
        }
        room.messages.push(message);
    }

    /// Notes where a message of a call stands.
    fn see(&self, sights: &mut Sights, found: &Found<'_>, call_id: &[u8]) {
        if call_id.is_empty() {
            sights.nameless += 1;
            return;
        }
        sights.calls.push(digest(call_id));
        let stamp = stamp(found);
        if sights.first.is_none() {
            let line = found.line.map(|line| self.lines + line);
            let number = found.origin.frame.or(line).unwrap_or(0);
            sights.first = Some((found.place.start, number, stamp));
            sights.last = stamp;
        }
        if !matches!(stamp, Stamp::None) {
            sights.last = stamp;
        }
    }

    /// Fills in what is told of a message of a transaction.
    fn fill(
        &self,
        message: &mut Message,
        code: Option<u16>,
        found: &Found<'_>,
        head: &Head<'_>,
        known: &mut Known,
    ) {
        if self.wants.attempts {
            let asks_peer = self.asks_peer(code);
            message.told = Some(Box::new(tally::Told {
                stamp: stamp(found),
                peer: asks_peer.then(|| peer(found)).flatten(),
                place: match (found.origin.frame, found.line) {
                    (Some(frame), _) => Place::Frame(frame),
                    (None, line) => {
                        line.map_or(Place::Unknown, |line| Place::Line(self.lines + line))
                    }
                },
                names: Names::of(head),
            }));
        }
        let is_outside = message.step.as_ref().is_some_and(|step| {
            step.method.is_invite() && !step.is_inside && matches!(code, None | Some(101..300))
        });
        if is_outside && !self.shared.has_rings.load(Ordering::Relaxed) {
            message.ring = Some(Box::new(Ring {
                stamp: stamp(found),
                is_sign: code.is_some(),
            }));
        }
        let peer = found.origin.from;
        message.word = self.shared.sayings.of(head, &found.bytes, peer, known);
    }

    /// Ends notes; where nobody asks for transactions none is named.
    fn ended(&self, notes: Notes<'_>) -> Noted {
        let mut all = notes.end(printed);
        if self.wants.only_messages {
            all.unnamed = 0;
        }
        all
    }

    fn room(&self) -> Room {
        let mut spare = self
            .shared
            .spare
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut room = spare.pop().unwrap_or_default();
        // What has room is room that was taken.
        room.messages.reserve(1);
        room
    }

    /// Returns whether it is told who sent such a message: it takes long to read.
    fn asks_peer(&self, code: Option<u16>) -> bool {
        match code {
            Some(300..) => true,
            Some(200..) => !self.wants.only_failures,
            _ => false,
        }
    }
}

impl Wants {
    /// Returns whether a message belongs to requests that are asked for: an ACK to none but ACK.
    fn is_of_method(&self, head: &Head<'_>) -> bool {
        let method = match head.start {
            Some(Start::Request { method, .. }) => method,
            _ => head.method,
        };
        let of_method = |asked: &String| method.eq_ignore_ascii_case(asked.as_bytes());
        self.method.as_ref().is_none_or(of_method)
    }
}

/// Returns what a message has in common with those that are the same, sent again: a hop has another branch, or is between
/// others.
fn name(found: &Found<'_>, head: &Head<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    match head.start {
        Some(Start::Status { code, .. }) => hasher.write_u16(code),
        Some(Start::Request { method, .. }) => hasher.write(method),
        None => hasher.write_u8(0),
    }
    for part in [head.call_id, head.number, head.method, head.branch()] {
        hasher.write(part);
        hasher.write_usize(part.len());
    }
    (found.origin.from, found.origin.to).hash(&mut hasher);
    hasher.finish()
}

/// Returns who sent a message.
fn peer(found: &Found<'_>) -> Option<SocketAddr> {
    match found.origin.frame {
        Some(_) => found.origin.from,
        None => Label::of(&found.before).from,
    }
}
