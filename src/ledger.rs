//! The book that is kept of traces while they are read: what was counted, what the requests came to, and where each stands.

mod clocks;
mod each;
mod looking;
mod near;
mod places;
mod reader;
mod recorded;
mod remarks;
mod times;
mod zone;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::calls::{Outcome, Transactions};
use crate::tally::{
    self, Alike, Answers, Attempts, By, Codes, Counts, Listed, Methods, Moments, Noted, Repeats,
    Rings, Setups, Source, Stamp,
};
use crate::trace::Scan;

pub use each::{each, scan};
pub use looking::Looking;
use places::Places;
pub use places::Plan;
use reader::Message;
pub use reader::{Reader, Shared, Told, Wants};
pub use recorded::{Calling, Seekable, alone, is_part};
pub use remarks::remarks;
pub use times::time;

/// What was read of any number of files.
#[derive(Debug, Default)]
pub struct Ledger {
    sources: Vec<Source>,
    counts: Counts,
    repeats: Repeats,
    /// Of the file that is read.
    moments: Moments,
    transactions: Transactions,
    /// What those came to that were taken out.
    ended: Methods,
    shared: Shared,
    answers: Answers,
    attempts: Attempts,
    rings: Rings,
    /// How many messages there were before the file that is read.
    before: u64,
    places: Places,
}

impl Ledger {
    /// Returns what those who read have in common.
    pub fn shared(&self) -> Shared {
        self.shared.clone()
    }

    /// Returns how many messages were counted.
    pub fn messages(&self) -> u64 {
        self.counts.messages()
    }

    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    fn source(&self, name: &str) -> Option<&Source> {
        let mut sources = self.sources.iter().rev();
        sources.find(|source| source.name == name && source.packed.is_none())
    }

    /// Returns how many bytes were read of a file that is not packed.
    pub fn bytes_of(&self, name: &str) -> Option<u64> {
        self.source(name).map(|source| source.bytes)
    }

    /// Returns how many bytes were read of a file, if it is a text that is not packed.
    pub fn text_of(&self, name: &str) -> Option<u64> {
        let text = self.source(name).filter(|source| source.format == "text");
        text.map(|source| source.bytes)
    }

    /// Notes messages that are counted, and when they were.
    fn note(&mut self, noted: &Noted) {
        self.counts.note(noted);
        self.counts.repeats += self.repeats.note(&noted.names);
        self.moments.go_on(&noted.moments);
        for row in &noted.rows {
            if let (Some(code), Some(moments)) = (row.code, &row.moments) {
                self.answers.when(&row.method, code, moments);
            }
        }
    }

    /// Takes what was told of the messages of a piece of a file, those that are counted: of which each is noted by itself,
    /// `counts` is asked.
    pub fn take(&mut self, told: Told, file: &Arc<str>, mut counts: impl FnMut(&Stamp) -> bool) {
        self.note(&told.noted);
        let mut room = told.room;
        self.places.note(&room.sights);
        // Where they stand: to move each takes longer than to count it.
        for message in &mut room.messages {
            if let Some((stamp, noted)) = message.noted.as_deref() {
                if !counts(stamp) {
                    continue;
                }
                self.note(noted);
            }
            let (start, length) = message.call_id;
            let call_id = room.call_ids.get(start as usize..);
            let call_id = call_id.and_then(|rest| rest.get(..length as usize));
            self.message(message, call_id.unwrap_or_default(), file);
        }
        if room.messages.capacity() > 0 {
            room.messages.clear();
            room.call_ids.clear();
            room.sights.calls.clear();
            room.sights.first = None;
            room.sights.nameless = 0;
            let spare = self.shared.spare.lock();
            spare.unwrap_or_else(PoisonError::into_inner).push(room);
        }
        // Whoever lists attempts needs all of them.
        if self.transactions.is_full() && self.attempts.is_empty() {
            self.answers
                .take_ended(&mut self.transactions, &mut self.ended, &mut self.rings);
        }
    }

    /// Takes what a message changes of its transaction.
    fn message(&mut self, message: &mut Message, call_id: &[u8], file: &Arc<str>) {
        let Some(step) = &message.step else {
            return;
        };
        let change = self.transactions.take(step);
        if let Some(ring) = message.ring.take() {
            self.rings.note(change, &ring, &time);
            let is_enough = self.rings.is_enough();
            self.shared.has_rings.store(is_enough, Ordering::Relaxed);
        } else if change.answers && step.method.is_invite() {
            self.rings.ends(change.at);
        }
        let word = message.word;
        if let Some(told) = message.told.take() {
            let said = word.map_or(0, |word| word.said);
            self.attempts.note(change, &told, file, said);
        }
        if let Some(word) = word {
            let transactions = &self.transactions;
            let word = (word, call_id);
            self.answers.note(step, change, word, transactions);
        }
    }

    /// Ends a file, all of which is counted unless it is only a part.
    pub fn end(&mut self, name: &str, scan: &Scan, is_partial: bool) {
        self.answers.end(&time);
        self.rings.end();
        self.shared.has_rings.store(false, Ordering::Relaxed);
        let all = self.counts.messages();
        self.sources.push(Source {
            name: name.to_owned(),
            messages: all - self.before,
            span: self.moments.take(&time),
            is_partial,
            ..source(scan)
        });
        self.before = all;
        self.places.end();
    }

    /// Takes note that the file with a number is read now.
    pub fn begin(&mut self, file: usize) {
        self.places.begin(file);
    }

    /// Takes note that so many bytes of the file stand before what is read now.
    pub fn go_on(&mut self, before: u64) {
        self.places.go_on(before);
    }

    /// Takes note that the file that is read is another one by now.
    pub fn turn(&mut self) {
        self.places.turn();
    }

    /// Returns what is to be read of a call, where that is known; whether all was read.
    pub fn plan(&self, call_id: &str, is_read: bool) -> Option<Plan> {
        self.places.plan(call_id.as_bytes(), is_read)
    }

    /// Returns how many calls there are.
    pub fn known_calls(&self) -> usize {
        self.places.calls()
    }

    /// Returns how many messages have no Call-ID, and so are of no call.
    pub fn nameless(&self) -> u64 {
        self.places.nameless
    }

    /// Returns how many messages the call with a digest has, and in which block the last one is.
    pub fn known(&self, call: u64) -> Option<(u32, u32)> {
        self.places.of(call)
    }

    /// Returns when the last message was, in microseconds as they are told.
    pub fn ends(&self) -> Option<u64> {
        self.places.ends()
    }

    /// Returns the number of an attempt of a call.
    pub fn attempt_of(&self, call_id: &str) -> Option<usize> {
        self.attempts.of_call(call_id, &self.transactions)
    }

    pub fn outcomes(&self) -> Methods {
        let mut all = self.ended.clone();
        tally::add_outcomes(&mut all, &self.transactions);
        all
    }

    /// Returns what is known of each code of each method.
    pub fn codes(&self) -> Codes {
        self.answers.codes(&self.shared.sayings, &self.transactions)
    }

    /// Returns the attempts that are wanted, to be told.
    pub fn listed(&self, wanted: impl Fn(Outcome) -> bool) -> Vec<Listed> {
        self.attempts
            .listed(&self.transactions, &self.shared.sayings, &time, wanted)
    }

    /// Returns what each transaction came to, and whether it was repeated as its response asked.
    pub fn came_to(&self) -> impl Iterator<Item = (Outcome, bool)> {
        let all = self.transactions.all();
        all.map(|(_, one)| (one.outcome(), one.is_repeated))
    }

    /// Returns what is told of the transaction with a number, whatever it came to.
    pub fn call(&self, at: usize) -> Option<Listed> {
        self.attempts
            .one(at, &self.transactions, &self.shared.sayings, &time)
    }

    /// Returns the numbers of attempts in whose addresses or Call-ID a text stands, in any case.
    pub fn holding(&self, text: &str) -> impl Iterator<Item = usize> {
        self.attempts.holding(text, &self.transactions)
    }

    /// Returns the number of an attempt that succeeded, to be held beside the one of a call that did not, and how they are
    /// alike.
    pub fn beside(&self, call_id: &str) -> Option<(usize, Alike)> {
        self.attempts.beside(call_id, &self.transactions)
    }

    /// Returns what came of the attempts to begin a call.
    pub fn setups(&self) -> Setups {
        self.rings.setups(&self.transactions)
    }

    /// Counts the attempts apart.
    pub fn by(&self, by: By) -> BTreeMap<String, Methods> {
        self.attempts
            .by(by, &self.transactions, &self.shared.sayings, &time)
    }
}

/// Returns what reading tells of a file.
fn source(scan: &Scan) -> Source {
    Source {
        bytes: scan.bytes,
        format: scan.format.name().to_owned(),
        packed: scan.is_gzip.then(|| "gzip".to_owned()),
        missed: scan.missed,
        first_missed: scan.first_missed,
        packets: scan.packets,
        tls: scan.tls,
        unread: scan.unread,
        is_cut: scan.is_cut,
        ..Source::default()
    }
}
