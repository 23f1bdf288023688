//! Attempts one by one: when each began, between whom, and who answered.

use core::net::SocketAddr;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use super::moments::{Read, Stamp};
use super::names::{Names, find, user};
use super::outcomes::Outcomes;
use super::said::{Said, Sayings};
use super::time::{Time, upto};
use crate::calls::{Change, Outcome, Transactions};
use crate::message::Method;

/// What is told of an attempt beside its method and outcome. What a trace does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt {
    pub time: Option<Time>,
    /// The addresses in From and To.
    pub from: String,
    pub to: String,
    pub call_id: String,
    /// Where the response came from that is its outcome.
    pub peer: String,
    /// What the sender of that response calls itself.
    pub agent: String,
    /// Where its first message is.
    pub place: String,
    /// What that response says beside its code.
    pub reasons: Vec<String>,
    pub warnings: Vec<u16>,
    /// What its call as a whole shows, where that was examined.
    pub cause: String,
}

/// An attempt as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub method: Method,
    pub outcome: Outcome,
    pub attempt: Attempt,
}

impl Listed {
    /// Puts two in the order in which they stand in their files, whatever else is equal.
    pub fn as_they_stand(&self, other: &Self) -> Ordering {
        fn key(listed: &Listed) -> (&str, u64) {
            let place = &listed.attempt.place;
            let digits = place.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (file, number) = place.split_at(place.len() - digits);
            (file, number.parse().unwrap_or(0))
        }
        key(self)
            .cmp(&key(other))
            .then_with(|| self.attempt.cmp(&other.attempt))
            .then_with(|| (self.outcome, &self.method).cmp(&(other.outcome, &other.method)))
    }
}

/// How two attempts are alike, the most so first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// From and To have the same numbers.
    Numbers,
    /// To has.
    Called,
    /// The same peer answered.
    Peer,
}

/// By what attempts are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Minute,
    Hour,
    Peer,
    Agent,
}

/// What a message tells of its attempt, beside what is counted: as little as will be asked, since most are never listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub stamp: Stamp,
    /// Whence it came, as far as the trace says.
    pub peer: Option<SocketAddr>,
    pub place: Place,
    pub names: Names,
}

/// Where a message was found in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Unknown,
    Line(u64),
    Frame(u64),
}

/// What is kept of an attempt.
#[derive(Clone, Debug, Default)]
struct Kept {
    stamp: Stamp,
    file: Arc<str>,
    place: Place,
    /// Where its names begin, and how long each is.
    names: usize,
    lengths: [u32; 3],
    peer: Option<SocketAddr>,
    /// The name of what its response says; 0 where there is none.
    said: u64,
}

/// The attempts of a trace, by the numbers of their transactions.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    all: Vec<Kept>,
    /// The names of all, each with a line end behind it: to look through one text takes less time than through many.
    names: Vec<u8>,
}

impl Attempts {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Keeps what a message tells of its attempt: where it was found in a file, and the name of what it says.
    pub fn note(&mut self, change: Change, told: &Told, file: &Arc<str>, said: u64) {
        if self.all.len() <= change.at {
            let kept = Kept {
                names: self.names.len(),
                ..Kept::default()
            };
            self.all.resize(change.at + 1, kept);
        }
        let kept = &mut self.all[change.at];
        if change.answers {
            kept.peer = told.peer;
            kept.said = said;
        }
        if change.begins {
            kept.stamp = told.stamp;
            kept.file = Arc::clone(file);
            kept.place = told.place;
            kept.names = self.names.len();
            kept.lengths = told.names.put_into(&mut self.names);
        }
    }

    /// Returns each attempt with its method and outcome; one that was repeated as its response asked is the same
    /// attempt as what follows.
    fn all<'a>(
        &'a self,
        transactions: &'a Transactions,
    ) -> impl Iterator<Item = (&'a Method, Outcome, &'a Kept)> {
        let all = transactions.all().zip(&self.all);
        let attempts = all.filter(|((_, transaction), _)| !transaction.is_repeated);
        attempts.map(|((method, transaction), kept)| (method, transaction.outcome(), kept))
    }

    /// Returns those that are wanted, to be told.
    pub fn listed(
        &self,
        transactions: &Transactions,
        sayings: &Sayings,
        read: &Read<'_>,
        wanted: impl Fn(Outcome) -> bool,
    ) -> Vec<Listed> {
        let all = self.all(transactions);
        let wanted = all.filter(|(_, outcome, _)| wanted(*outcome));
        wanted
            .map(|(method, outcome, kept)| Listed {
                method: method.clone(),
                outcome,
                attempt: self.attempt(kept, sayings, read),
            })
            .collect()
    }

    /// Returns what is told of a transaction, whatever became of it.
    pub fn one(
        &self,
        at: usize,
        transactions: &Transactions,
        sayings: &Sayings,
        read: &Read<'_>,
    ) -> Option<Listed> {
        let (method, transaction) = transactions.named(at)?;
        Some(Listed {
            method: method.clone(),
            outcome: transaction.outcome(),
            attempt: self.attempt(self.all.get(at)?, sayings, read),
        })
    }

    /// Returns the number of the first attempt of a call.
    pub fn of_call(&self, call_id: &str, transactions: &Transactions) -> Option<usize> {
        let is_own = |at: &usize| {
            let kept = self.all.get(*at);
            kept.is_some_and(|kept| self.parts(kept)[2] == call_id.as_bytes())
        };
        self.holding(call_id, transactions).find(is_own)
    }

    /// Returns the number of an attempt that succeeded, to be held beside the one of a call that did not, and how they are
    /// alike. Of those that are alike in the same way it is the nearest.
    pub fn beside(&self, call_id: &str, transactions: &Transactions) -> Option<(usize, Alike)> {
        let all = || transactions.all().zip(&self.all).enumerate();
        let own = self.of_call(call_id, transactions)?;
        let (method, kept) = (transactions.named(own)?.0, self.all.get(own)?);
        let succeeds = |outcome| matches!(outcome, Outcome::Final(200..300));
        if succeeds(transactions.one(own)?.outcome()) {
            return None;
        }
        let mut best = None;
        for (at, ((other, one), worked)) in all() {
            if other != method || !succeeds(one.outcome()) {
                continue;
            }
            let alike = self
                .alike(kept, worked)
                .map(|alike| (alike, at.abs_diff(own), at));
            best = alike.into_iter().chain(best).min();
        }
        best.map(|(alike, _, at)| (at, alike))
    }

    /// Returns the numbers of attempts in whose addresses or Call-ID a text stands, in any case.
    pub fn holding<'a>(
        &'a self,
        text: &str,
        transactions: &'a Transactions,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let text = text.to_ascii_lowercase().into_bytes();
        let mut at = 0;
        iter::from_fn(move || {
            loop {
                let left = self.names.get(at..).filter(|left| !left.is_empty())?;
                let hit = at + find(left, &text)?;
                let next = self.all.partition_point(|kept| kept.names <= hit);
                at = self
                    .all
                    .get(next)
                    .map_or(self.names.len(), |kept| kept.names);
                let number = next.checked_sub(1)?;
                if !transactions.one(number)?.is_repeated {
                    return Some(number);
                }
            }
        })
    }

    /// Counts the attempts apart.
    pub fn by(
        &self,
        by: By,
        transactions: &Transactions,
        sayings: &Sayings,
        read: &Read<'_>,
    ) -> BTreeMap<String, BTreeMap<Method, Outcomes>> {
        let mut groups: BTreeMap<String, BTreeMap<Method, Outcomes>> = BTreeMap::new();
        for (method, outcome, kept) in self.all(transactions) {
            let key = match by {
                By::Minute => kept.upto(2, read),
                By::Hour => kept.upto(1, read),
                By::Peer => kept.peer(),
                By::Agent => kept.said(sayings).sender.agent,
            };
            let methods = groups.entry(key).or_default();
            let outcomes = methods.entry(method.clone()).or_default();
            outcomes.transactions += 1;
            *outcomes.attempts.entry(outcome).or_default() += 1;
        }
        groups
    }
}

impl Attempts {
    /// Returns the addresses in From and To, and Call-ID.
    fn parts(&self, kept: &Kept) -> [&[u8]; 3] {
        let mut at = kept.names;
        kept.lengths.map(|length| {
            let name = self.names.get(at..at + length as usize);
            at += length as usize + 1;
            name.unwrap_or_default()
        })
    }

    /// Returns how two attempts are alike, of which none is in the same call.
    fn alike(&self, kept: &Kept, other: &Kept) -> Option<Alike> {
        let ([from, to, call], [from_other, to_other, call_other]) =
            (self.parts(kept), self.parts(other));
        if call == call_other {
            return None;
        }
        match (user(from) == user(from_other), user(to) == user(to_other)) {
            (true, true) => Some(Alike::Numbers),
            (_, true) => Some(Alike::Called),
            _ if kept.peer.is_some() && kept.peer == other.peer => Some(Alike::Peer),
            _ => None,
        }
    }

    fn attempt(&self, kept: &Kept, sayings: &Sayings, read: &Read<'_>) -> Attempt {
        let names = self.parts(kept);
        let [from, to, call_id] = names.map(|name| String::from_utf8_lossy(name).into_owned());
        let said = kept.said(sayings);
        Attempt {
            time: read(&kept.stamp),
            from,
            to,
            call_id,
            peer: kept.peer(),
            agent: said.sender.agent,
            place: match kept.place {
                Place::Unknown => kept.file.to_string(),
                Place::Line(line) => format!("{} line {line}", kept.file),
                Place::Frame(frame) => format!("{} frame {frame}", kept.file),
            },
            reasons: said.reasons,
            warnings: said.warnings,
            cause: String::new(),
        }
    }
}

impl Kept {
    fn said(&self, sayings: &Sayings) -> Said {
        let said = sayings.get(self.said);
        said.map_or_else(Said::default, |said| Said::clone(&said))
    }

    fn peer(&self) -> String {
        self.peer.map_or_else(String::new, |peer| peer.to_string())
    }

    fn upto(&self, parts: usize, read: &Read<'_>) -> String {
        let time = read(&self.stamp);
        time.map_or_else(String::new, |time| upto(&time.text, parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::calls::Sighting;
    use crate::message::Head;
    use crate::tally::Known;

    #[test]
    fn attempts_are_counted_by_when_they_began_and_by_who_answered() {
        let message = |start: &str, cseq: u32, rest: &str| {
            format!(
                "{start}\r\nVia: a\r\nFrom: \"A\" <sip:alice@a>;tag=1\r\nTo: <sip:bob@b>\r\nCall-ID: {cseq}\r\n\
                 CSeq: {cseq} INVITE\r\n{rest}\r\n"
            )
        };
        let invite = "INVITE sip:bob@b SIP/2.0";
        let messages = [
            (message(invite, 1, ""), "2026-11-28 10:59:58.1"),
            (
                message("SIP/2.0 486 Busy", 1, "Server: pbx\r\n"),
                "2026-11-28 11:00:01",
            ),
            (message(invite, 2, ""), "2026-11-28 11:00:02"),
        ];
        let (mut transactions, mut attempts) = (Transactions::default(), Attempts::default());
        let sayings = Sayings::default();
        let file = Arc::from("a.log");
        for (text, time) in &messages {
            let head = Head::of(text.as_bytes());
            let change = transactions.add(&Sighting::of(&head));
            let word = sayings.of(&head, text.as_bytes(), None, &mut Known::default());
            let told = Told {
                stamp: Stamp::printed(time.as_bytes()),
                peer: Some(SocketAddr::from(([192, 0, 2, 1], 5060))),
                place: Place::Line(7),
                names: Names::of(&head),
            };
            let said = word.map_or(0, |word| word.said);
            attempts.note(change.expect("a transaction"), &told, &file, said);
        }
        let read = |stamp: &Stamp| {
            let text = String::from_utf8_lossy(stamp.text());
            Some(Time::printed(text.into_owned()))
        };
        let keys = |by| {
            let groups = attempts.by(by, &transactions, &sayings, &read);
            groups.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(keys(By::Minute), ["2026-11-28 10:59", "2026-11-28 11:00"]);
        assert_eq!(keys(By::Hour), ["2026-11-28 10:00", "2026-11-28 11:00"]);
        assert_eq!(keys(By::Peer), ["", "192.0.2.1:5060"]);
        assert_eq!(keys(By::Agent), ["", "pbx"]);
        let failed = attempts.listed(&transactions, &sayings, &read, Outcome::is_failure);
        assert_eq!(failed.len(), 1);
        let attempt = &failed[0].attempt;
        assert_eq!((&*attempt.from, &*attempt.to), ("alice@a", "bob@b"));
        assert_eq!((&*attempt.call_id, &*attempt.place), ("1", "a.log line 7"));
    }
}
