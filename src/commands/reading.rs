//! What `sipdex tally` asks of each message, by any thread.

use core::net::SocketAddr;

use super::times::{printed, stamp, when};
use crate::calls::{Kind, Sighting};
use crate::cli::Asked;
use crate::message::{Head, Start};
use crate::tally::{self, Known, Names, Noted, Notes, Place, Sayings, Stamp, Word};
use crate::trace::{Found, Label, Teller};

/// What is told of the messages of a piece: how many there are, and those that change something.
pub(super) type Told = (Noted, Vec<Message>);

/// Reads what is asked of messages.
pub(super) struct Reader<'a> {
    pub(super) asked: &'a Asked,
    pub(super) sayings: &'a Sayings,
    /// Each message is asked when it was.
    pub(super) compares: bool,
}

/// What is asked of a message.
pub(super) struct Message {
    pub(super) sighting: Sighting,
    pub(super) word: Option<Word>,
    pub(super) told: Option<Box<tally::Told>>,
    /// When it was and how it counts, if it depends on that whether it does.
    pub(super) noted: Option<Box<(Stamp, Noted)>>,
}

impl Teller for Reader<'_> {
    type Notes<'t> = (Notes<'t>, Vec<Message>, Known);
    type Told = Told;

    fn note<'t>(&self, (notes, messages, known): &mut Self::Notes<'t>, found: &Found<'t>) {
        let head = found.head();
        if !is_of_method(self.asked, &head) {
            return;
        }
        let sighting = if self.asked.messages {
            Sighting::plain(&head)
        } else {
            Sighting::of(&head)
        };
        if !self.compares && !sighting.is_named() {
            notes.note(&sighting, when(found));
            return;
        }
        let mut message = self.message(found, &head, sighting, known);
        if self.compares {
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
        let is_told = self.asked.tells_attempts() && sighting.is_named();
        let told = is_told.then(|| {
            let peer = self.asks_peer(&sighting.kind).then(|| peer(found));
            Box::new(tally::Told {
                stamp: stamp(found),
                peer: peer.flatten(),
                place: match (found.origin.frame, found.line) {
                    (Some(frame), _) => Place::Frame(frame),
                    (None, line) => line.map_or(Place::Unknown, Place::Line),
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
            Kind::Response(200..) => !self.asked.failed,
            _ => false,
        }
    }
}

/// Returns whether a message belongs to requests that are asked for: an ACK to none but ACK.
fn is_of_method(asked: &Asked, head: &Head<'_>) -> bool {
    let method = match head.start {
        Some(Start::Request { method, .. }) => method,
        _ => head.method,
    };
    let of_method = |asked: &String| method.eq_ignore_ascii_case(asked.as_bytes());
    asked.method.as_ref().is_none_or(of_method)
}

/// Returns who sent a message.
fn peer(found: &Found<'_>) -> Option<SocketAddr> {
    match found.origin.frame {
        Some(_) => found.origin.from,
        None => Label::of(&found.before).from,
    }
}
