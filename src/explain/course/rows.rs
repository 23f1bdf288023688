//! The ladder of a call: one row a message, and one for a message that was sent again and again.

use crate::calls::Recorded;
use crate::explain::parties;
use crate::explain::words::{short, text};
use crate::message::{Message, Start};

/// A message of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The messages that it stands for, by their numbers from 0 on: the first, and those that are the same bytes.
    pub messages: Vec<usize>,
    /// When the first was, as it is printed.
    pub time: Option<String>,
    /// The same in microseconds after the first message of the call.
    pub after: Option<u64>,
    pub from: String,
    pub to: String,
    /// What it is: "INVITE sip:bob@192.0.2.1", "486 Busy Here (INVITE 1)".
    pub says: String,
}

/// Returns the rows of a call.
pub(super) fn rows(messages: &[Recorded], all: &[Message<'_>]) -> Vec<Row> {
    let first = messages.iter().filter_map(|one| one.micros).min();
    let mut rows: Vec<Row> = Vec::new();
    for (at, recorded) in messages.iter().enumerate() {
        let is_again = |row: &&mut Row| {
            let other = &messages[row.messages[0]];
            other.bytes == recorded.bytes && (other.from, other.to) == (recorded.from, recorded.to)
        };
        if let Some(row) = rows.iter_mut().rev().find(is_again) {
            row.messages.push(at);
            continue;
        }
        let (from, to) = parties::between(messages, all, at);
        rows.push(Row {
            messages: vec![at],
            time: recorded.time.clone(),
            after: recorded.micros.zip(first).map(|(own, first)| own - first),
            from,
            to,
            says: says(&all[at]),
        });
    }
    rows
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
