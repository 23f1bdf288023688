//! What is asked of each message while it is read, by any thread.

use core::net::SocketAddr;

use super::times::{printed, stamp, when};
use crate::calls::{Kind, Sighting};
use crate::message::{Head, Start};
use crate::tally::{self, Known, Names, Noted, Notes, Place, Sayings, Stamp, Word};
use crate::trace::{Found, Label, Teller};

/// What is told of the messages of a piece: how many there are, and those that change something.
pub type Told = (Noted, Vec<Message>);

/// What is asked of the messages of a trace.
#[derive(Clone, Debug, Default)]
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
}

/// Reads what is asked of messages.
pub struct Reader<'a> {
    pub wants: &'a Wants,
    pub sayings: &'a Sayings,
    /// How many lines of the file stand before what is read.
    pub lines: u64,
}

/// What is asked of a message.
#[derive(Debug)]
pub struct Message {
    pub(super) sighting: Sighting,
    pub(super) word: Option<Word>,
    pub(super) told: Option<Box<tally::Told>>,
    /// When it was and how it counts, if it depends on that whether it does.
    pub noted: Option<Box<(Stamp, Noted)>>,
}

impl Teller for Reader<'_> {
    type Notes<'t> = (Notes<'t>, Vec<Message>, Known);
    type Told = Told;

    fn note<'t>(&self, (notes, messages, known): &mut Self::Notes<'t>, found: &Found<'t>) {
        let head = found.head();
        if !self.wants.is_of_method(&head) {
            return;
        }
        let sighting = if self.wants.only_messages {
            Sighting::plain(&head)
        } else {
            Sighting::of(&head)
        };
        if !self.wants.compares && !sighting.is_named() {
            notes.note(&sighting, when(found));
            return;
        }
        let mut message = self.message(found, &head, sighting, known);
        if self.wants.compares {
            let stamp = stamp(found);
            let mut notes = Notes::default();
            notes.note(&message.sighting, when(found));
            message.noted = Some(Box::new((stamp, notes.end(printed))));
        } else {
            notes.note(&message.sighting, when(found));
        }
        messages.push(message);
    }

    fn told(&self, (notes, messages, _): Self::Notes<'_>) -> Told {
        (notes.end(printed), messages)
    }
}

impl Reader<'_> {
    fn message(
        &self,
        found: &Found<'_>,
        head: &Head<'_>,
        sighting: Sighting,
        known: &mut Known,
    ) -> Message {
        let is_told = self.wants.attempts && sighting.is_named();
        let told = is_told.then(|| {
            let peer = self.asks_peer(&sighting.kind).then(|| peer(found));
            Box::new(tally::Told {
                stamp: stamp(found),
                peer: peer.flatten(),
                place: match (found.origin.frame, found.line) {
                    (Some(frame), _) => Place::Frame(frame),
                    (None, line) => {
                        line.map_or(Place::Unknown, |line| Place::Line(self.lines + line))
                    }
                },
                names: Names::of(head),
            })
        });
        let word = sighting.is_named().then(|| {
            let peer = found.origin.from;
            self.sayings.of(head, &found.bytes, peer, known)
        });
        Message {
            sighting,
            word: word.flatten(),
            told,
            noted: None,
        }
    }

    /// Returns whether it is told who sent such a message: it takes long to read.
    fn asks_peer(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Response(300..) => true,
            Kind::Response(200..) => !self.wants.only_failures,
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

/// Returns who sent a message.
fn peer(found: &Found<'_>) -> Option<SocketAddr> {
    match found.origin.frame {
        Some(_) => found.origin.from,
        None => Label::of(&found.before).from,
    }
}
