//! The ladder of a call: one row a message, and one for a message that was sent again and again.

use core::net::SocketAddr;

use crate::calls::Recorded;
use crate::explain::parties;
use crate::explain::patterns::{PRINT, goes_to};
use crate::explain::words::{short, text};
use crate::message::{Lookup, Message, Network, Refusal, Start};

/// A message of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The messages that it stands for, by their numbers from 0 on: the first, and those that are the same bytes; none where
    /// the network says that it did not deliver one.
    pub messages: Vec<usize>,
    /// How often it was sent: what was only recorded twice is not counted.
    pub sent: usize,
    /// When the first was, as it is printed.
    pub time: Option<String>,
    /// The same in microseconds after the first message of the call.
    pub after: Option<u64>,
    pub from: String,
    pub to: String,
    /// What it is: "INVITE sip:bob@192.0.2.1", "486 Busy Here (INVITE 1)".
    pub says: String,
    /// Where the first stands.
    pub place: String,
}

/// Returns the rows of a call.
pub(super) fn rows(messages: &[Recorded], all: &[Message<'_>], network: &[&Recorded]) -> Vec<Row> {
    let first = messages.iter().filter_map(|one| one.micros).min();
    let mut rows: Vec<Row> = Vec::new();
    for (at, recorded) in messages.iter().enumerate() {
        let is_again = |row: &&mut Row| {
            let Some(other) = row.messages.first().map(|at| &messages[*at]) else {
                return false;
            };
            other.bytes == recorded.bytes && (other.from, other.to) == (recorded.from, recorded.to)
        };
        if let Some(row) = rows.iter_mut().rev().find(is_again) {
            let before = row.messages.last().map(|before| &messages[*before]);
            row.sent += usize::from(!before.is_some_and(|before| is_print(before, recorded)));
            row.messages.push(at);
            continue;
        }
        let (from, to) = parties::between(messages, all, at);
        rows.push(Row {
            messages: vec![at],
            sent: 1,
            time: recorded.time.clone(),
            after: recorded.micros.zip(first).map(|(own, first)| own - first),
            from,
            to,
            says: says(&all[at]),
            place: recorded.place.clone(),
        });
    }
    for one in network {
        if is_of_call(one, all) {
            put(&mut rows, one, first);
        }
    }
    rows
}

/// Returns whether what the network says is of the call: of a name, if a request goes there.
fn is_of_call(one: &Recorded, all: &[Message<'_>]) -> bool {
    let Some(Network::Resolved(lookup)) = &one.network else {
        return true;
    };
    let goes_there = |message: &Message<'_>| goes_to(message).as_ref() == Some(&lookup.host);
    all.iter().any(goes_there)
}

/// Puts what the network says among the messages.
fn put(rows: &mut Vec<Row>, one: &Recorded, first: Option<u64>) {
    let after = one
        .micros
        .zip(first)
        .and_then(|(own, first)| own.checked_sub(first));
    let (Some(network), Some(after)) = (&one.network, after) else {
        return;
    };
    let shown = |address: SocketAddr| match address.port() {
        0 => address.ip().to_string(),
        _ => address.to_string(),
    };
    let (by, sender) = (one.from.map(shown), one.to.map(shown));
    // Where nobody answers it is who asks that is seen.
    let (from, to, sent) = match network {
        Network::Refused(Refusal::Silence(times), _) => {
            (sender, by, usize::try_from(*times).unwrap_or(1))
        }
        _ => (by, sender, 1),
    };
    let row = Row {
        messages: Vec::new(),
        sent,
        time: one.time.clone(),
        after: Some(after),
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        says: match network {
            Network::Refused(why, _) if why.is_of_connection() => why.name().to_owned(),
            Network::Refused(why, asked) => format!("{} ({asked})", why.name()),
            Network::Resolved(lookup) => resolved(lookup),
        },
        place: one.place.clone(),
    };
    let is_again = |other: &&mut Row| (&other.says, &other.to) == (&row.says, &row.to);
    if let Some(known) = rows.iter_mut().find(is_again) {
        known.sent += 1;
        return;
    }
    let at = rows.partition_point(|other| other.after <= Some(after));
    rows.insert(at, row);
}

/// Returns what DNS told of a name.
fn resolved(lookup: &Lookup) -> String {
    let addresses = lookup.addresses.iter().map(ToString::to_string);
    let told: Vec<String> = match lookup.failure {
        Some(failure) => vec![failure.to_owned()],
        None => lookup.targets.iter().cloned().chain(addresses).collect(),
    };
    format!(
        "DNS {} of {}: {}",
        lookup.kind,
        lookup.host,
        told.join(", ")
    )
}

/// Returns whether a message came so soon after another one that it was not sent again.
fn is_print(before: &Recorded, again: &Recorded) -> bool {
    let gap = before
        .micros
        .zip(again.micros)
        .map(|(one, other)| one.abs_diff(other));
    before.is_exact && again.is_exact && gap.is_some_and(|gap| gap < PRINT)
}

fn says(message: &Message<'_>) -> String {
    let (number, method) = message.cseq().unwrap_or_default();
    let said = match message.start {
        Some(Start::Request { method, .. }) => format!("{} {}", text(method), text(number)),
        Some(Start::Status { code, phrase }) => {
            format!(
                "{code} {} ({} {})",
                text(phrase),
                text(method),
                text(number)
            )
        }
        None => text(message.line),
    };
    short(&said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_only_recorded_twice_was_not_sent_twice() {
        let told = |millis: u64| Recorded {
            bytes: b"INVITE sip:a@b SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n".to_vec(),
            micros: Some(millis * 1000),
            is_exact: true,
            ..Recorded::default()
        };
        let messages = [0, 1, 500, 501, 1500].map(told);
        let all = messages.each_ref().map(|one| Message::of(&one.bytes));
        let rows = rows(&messages, &all, &[]);
        assert_eq!(
            (rows.len(), rows[0].messages.len(), rows[0].sent),
            (1, 5, 3)
        );
        let vague = messages.map(|one| Recorded {
            is_exact: false,
            ..one
        });
        let all = vague.each_ref().map(|one| Message::of(&one.bytes));
        assert_eq!(super::rows(&vague, &all, &[])[0].sent, 5);
    }
}
