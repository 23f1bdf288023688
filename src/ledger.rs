//! The book that is kept of traces while they are read: what was counted, what the requests came to, and where each stands.

mod each;
mod reader;
mod recorded;
mod remarks;
mod times;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calls::{Outcome, Transaction, Transactions};
use crate::message::Method;
use crate::tally::{
    self, Answers, Attempts, By, Codes, Counts, Listed, Methods, Moments, Noted, Sayings, Source,
};
use crate::trace::Scan;

pub use each::each;
pub use reader::{Message, Reader, Told, Wants};
pub use recorded::{Call, Calling, is_part};
pub use remarks::remarks;
pub use times::time;

/// What was read of any number of files.
#[derive(Debug, Default)]
pub struct Ledger {
    sources: Vec<Source>,
    counts: Counts,
    /// Of the file that is read.
    moments: Moments,
    transactions: Transactions,
    sayings: Arc<Sayings>,
    answers: Answers,
    attempts: Attempts,
    /// How many messages there were before the file that is read.
    before: u64,
}

impl Ledger {
    /// Returns what responses say beside their code, which is shared by those who read.
    pub fn sayings(&self) -> Arc<Sayings> {
        Arc::clone(&self.sayings)
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
    pub fn note(&mut self, noted: &Noted) {
        self.counts.note(noted);
        self.moments.go_on(&noted.moments);
        for row in &noted.rows {
            if let (Some(code), Some(moments)) = (row.code, &row.moments) {
                self.answers.when(&row.method, code, moments);
            }
        }
    }

    /// Takes what was told of the messages of a piece of a file.
    pub fn take(&mut self, (noted, messages): Told, file: &Arc<str>) {
        self.note(&noted);
        for message in messages {
            self.message(message, file);
        }
    }

    /// Takes what a message changes of its transaction.
    pub fn message(&mut self, message: Message, file: &Arc<str>) {
        let Message {
            sighting,
            word,
            told,
            ..
        } = message;
        let Some(change) = self.transactions.add(&sighting) else {
            return;
        };
        if let Some(told) = told {
            let said = word.as_ref().map_or(0, |word| word.said);
            self.attempts.note(change, *told, file, said);
        }
        if let Some(word) = word {
            let transactions = &self.transactions;
            self.answers.note(&sighting, change, word, transactions);
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
        self.answers.codes(&self.sayings, &self.transactions)
    }

    /// Returns the attempts that are wanted, to be told.
    pub fn listed(&self, wanted: impl Fn(Outcome) -> bool) -> Vec<Listed> {
        self.attempts
            .listed(&self.transactions, &self.sayings, &time, wanted)
    }

    /// Returns what each transaction came to.
    pub fn came_to(&self) -> impl Iterator<Item = Outcome> {
        self.transactions.all().map(|(_, one)| one.outcome())
    }

    /// Returns what is told of the transaction with a number, whatever it came to.
    pub fn call(&self, at: usize) -> Option<Listed> {
        self.attempts
            .one(at, &self.transactions, &self.sayings, &time)
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
            .by(by, &self.transactions, &self.sayings, &time)
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
