//! The book that is kept of traces while they are read: what was counted, what the requests came to, and where each stands.

mod each;
mod reader;
mod recorded;
mod remarks;
mod times;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use crate::calls::{Outcome, Transaction, Transactions};
use crate::message::Method;
use crate::tally::{
    self, Answers, Attempts, By, Codes, Counts, Listed, Methods, Moments, Noted, Repeats, Source,
    Stamp,
};
use crate::trace::Scan;

pub use each::{each, scan};
use reader::Message;
pub use reader::{Reader, Shared, Told, Wants};
pub use recorded::{Call, Calling, is_part};
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
    shared: Shared,
    answers: Answers,
    attempts: Attempts,
    /// How many messages there were before the file that is read.
    before: u64,
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

    /// Returns how many bytes were read of a file, if it is a text that is not packed.
    pub fn text_of(&self, name: &str) -> Option<u64> {
        let source = self
            .sources
            .iter()
            .rev()
            .find(|source| source.name == name)?;
        (source.format == "text" && source.packed.is_none()).then_some(source.bytes)
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
            let spare = self.shared.spare.lock();
            spare.unwrap_or_else(PoisonError::into_inner).push(room);
        }
    }

    /// Takes what a message changes of its transaction.
    fn message(&mut self, message: &mut Message, call_id: &[u8], file: &Arc<str>) {
        let Some(step) = &message.step else {
            return;
        };
        let change = self.transactions.take(step);
        let word = message.word;
        if let Some(told) = message.told.take() {
            let said = word.map_or(0, |word| word.said);
            self.attempts.note(change, *told, file, said);
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
        let all = self.counts.messages();
        self.sources.push(Source {
            name: name.to_owned(),
            messages: all - self.before,
            span: self.moments.take(&time),
            is_partial,
            ..source(scan)
        });
        self.before = all;
    }

    pub fn outcomes(&self) -> Methods {
        tally::outcomes(&self.transactions)
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

    /// Returns what each transaction came to.
    pub fn came_to(&self) -> impl Iterator<Item = Outcome> {
        self.transactions.all().map(|(_, one)| one.outcome())
    }

    /// Returns what is told of the transaction with a number, whatever it came to.
    pub fn call(&self, at: usize) -> Option<Listed> {
        self.attempts
            .one(at, &self.transactions, &self.shared.sayings, &time)
    }

    /// Returns the numbers of transactions that are wanted: of attempts, and of those that were repeated as their response
    /// asked, which `wanted` is told.
    pub fn calls(
        &self,
        wanted: impl Fn(&Method, Outcome, bool) -> bool,
    ) -> impl Iterator<Item = usize> {
        let all = self.transactions.all().enumerate();
        let wanted = move |(at, (method, one)): (usize, (&Method, &Transaction))| {
            wanted(method, one.outcome(), one.is_repeated).then_some(at)
        };
        all.filter_map(wanted)
    }

    /// Returns the numbers of attempts in whose addresses or Call-ID a text stands, in any case.
    pub fn holding(&self, text: &str) -> impl Iterator<Item = usize> {
        self.attempts.holding(text, &self.transactions)
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
