//! Attempts one by one: when each began, between whom, and who answered.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::outcomes::Outcomes;
use super::said::Said;
use super::time::Time;
use crate::calls::{Change, Outcome, Transactions};
use crate::message::{Head, Method, address};

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

/// By what attempts are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Minute,
    Hour,
    Peer,
    Agent,
}

/// What a message tells of its attempt, beside what is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// When, whence and where it was found, as the trace has it.
    pub time: Option<Time>,
    pub peer: String,
    pub place: String,
    pub from: String,
    pub to: String,
    pub call_id: String,
    pub agent: String,
}

/// The attempts of a trace, by the numbers of their transactions.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    all: Vec<Attempt>,
}

impl Attempts {
    /// Keeps what a message tells of its attempt.
    pub fn note(&mut self, change: Change, told: Told, said: Option<&Said>) {
        if self.all.len() <= change.at {
            self.all.resize_with(change.at + 1, Attempt::default);
        }
        let attempt = &mut self.all[change.at];
        if change.answers {
            attempt.peer = told.peer;
            attempt.agent = told.agent;
            if let Some(said) = said {
                attempt.reasons.clone_from(&said.reasons);
                attempt.warnings.clone_from(&said.warnings);
            }
        }
        if change.begins {
            attempt.time = told.time;
            attempt.place = told.place;
            attempt.from = told.from;
            attempt.to = told.to;
            attempt.call_id = told.call_id;
        }
    }

    /// Returns each attempt with its method and outcome; one that was repeated as its response asked is the same
    /// attempt as what follows.
    pub fn all<'a>(
        &'a self,
        transactions: &'a Transactions,
    ) -> impl Iterator<Item = (&'a Method, Outcome, &'a Attempt)> {
        let all = transactions.all().zip(&self.all);
        let attempts = all.filter(|((_, transaction), _)| !transaction.is_repeated);
        attempts.map(|((method, transaction), attempt)| (method, transaction.outcome(), attempt))
    }

    /// Returns those that are wanted, to be told.
    pub fn listed(
        &self,
        transactions: &Transactions,
        wanted: impl Fn(Outcome) -> bool,
    ) -> Vec<Listed> {
        let all = self.all(transactions);
        let wanted = all.filter(|(_, outcome, _)| wanted(*outcome));
        wanted
            .map(|(method, outcome, attempt)| Listed {
                method: method.clone(),
                outcome,
                attempt: attempt.clone(),
            })
            .collect()
    }

    /// Counts the attempts apart.
    pub fn by(
        &self,
        by: By,
        transactions: &Transactions,
    ) -> BTreeMap<String, BTreeMap<Method, Outcomes>> {
        let mut groups: BTreeMap<String, BTreeMap<Method, Outcomes>> = BTreeMap::new();
        for (method, outcome, attempt) in self.all(transactions) {
            let methods = groups.entry(attempt.key(by)).or_default();
            let outcomes = methods.entry(method.clone()).or_default();
            outcomes.transactions += 1;
            *outcomes.attempts.entry(outcome).or_default() += 1;
        }
        groups
    }
}

impl Attempt {
    fn key(&self, by: By) -> String {
        match by {
            By::Minute => self.upto(2),
            By::Hour => self.upto(1),
            By::Peer => self.peer.clone(),
            By::Agent => self.agent.clone(),
        }
    }

    fn upto(&self, parts: usize) -> String {
        let time = self.time.as_ref();
        time.map_or_else(String::new, |time| upto(&time.text, parts))
    }
}

/// Returns a time up to its hour or its minute.
fn upto(time: &str, parts: usize) -> String {
    let mut colons = time.match_indices(':').map(|(at, _)| at);
    let end = colons.nth(parts - 1).unwrap_or(time.len());
    let hour = if parts == 1 { ":00" } else { "" };
    match &time[..end] {
        "" => String::new(),
        begun => format!("{begun}{hour}"),
    }
}

impl Told {
    /// Takes what the message itself says.
    pub fn of(head: &Head<'_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            from: text(address(head.from)),
            to: text(address(head.to)),
            call_id: text(head.call_id),
            agent: text(head.agent),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::Sighting;

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
        for (text, time) in &messages {
            let head = Head::of(text.as_bytes());
            let change = transactions.add(&Sighting::of(&head));
            let told = Told {
                time: Some(Time::printed((*time).to_owned())),
                peer: "192.0.2.1:5060".to_owned(),
                ..Told::of(&head)
            };
            attempts.note(change.expect("a transaction"), told, None);
        }
        let keys = |by| {
            attempts
                .by(by, &transactions)
                .into_keys()
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(By::Minute), ["2026-11-28 10:59", "2026-11-28 11:00"]);
        assert_eq!(keys(By::Hour), ["2026-11-28 10:00", "2026-11-28 11:00"]);
        assert_eq!(keys(By::Peer), ["", "192.0.2.1:5060"]);
        assert_eq!(keys(By::Agent), ["", "pbx"]);
        let failed: Vec<&Attempt> = attempts
            .all(&transactions)
            .filter_map(|(_, outcome, attempt)| outcome.is_failure().then_some(attempt))
            .collect();
        assert_eq!(failed.len(), 1);
        assert_eq!((&*failed[0].from, &*failed[0].to), ("alice@a", "bob@b"));
    }
}
