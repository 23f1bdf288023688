//! `sipdex tally`: what logs and captures hold, counted.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Error, Result};

use super::answer::{Answer, Data, Shown};
use crate::calls::{Outcome, Transactions};
use crate::catalog::{self, StatusCode};
use crate::files;
use crate::message::Head;
use crate::output::json;
use crate::tally::{self, Counts, Outcomes};
use crate::text;
use crate::trace::{self, Scan};

#[derive(Default)]
struct Tally {
    bytes: u64,
    counts: Counts,
    transactions: Transactions,
    outcomes: BTreeMap<Vec<u8>, Outcomes>,
    only_messages: bool,
}

impl Tally {
    fn add(&mut self, file: &PathBuf) -> Result<Scan> {
        let input = files::open(file)?;
        let scan = trace::scan(input, |found| {
            let head = Head::of(&found.bytes);
            self.counts.add(&head);
            if !self.only_messages {
                self.transactions.add(&head);
            }
        });
        let scan = scan.with_context(|| format!("could not read {}", files::shown(file)))?;
        self.bytes += scan.bytes;
        Ok(scan)
    }

    fn of_messages(&self) -> Vec<(String, String)> {
        let mut rows = vec![(
            "SIP messages".to_owned(),
            self.counts.messages().to_string(),
        )];
        for (method, count) in &self.counts.requests {
            rows.push((name(method), count.to_string()));
        }
        for ((method, code), count) in &self.counts.responses {
            rows.push((
                format!("{} to {}", title(*code), name(method)),
                count.to_string(),
            ));
        }
        if self.counts.malformed > 0 {
            let count = self.counts.malformed.to_string();
            rows.push(("with a start line that is wrong".to_owned(), count));
        }
        rows
    }

    fn of_attempts(&self) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        for (method, outcomes) in &self.outcomes {
            let attempts: u64 = outcomes.attempts.values().sum();
            let says = format!(
                "{attempts} attempts, {} transactions",
                outcomes.transactions
            );
            rows.push((name(method), says));
            for (outcome, count) in &outcomes.attempts {
                rows.push((format!("  {}", came_to(*outcome)), count.to_string()));
            }
        }
        let messages = format!("{} messages", self.counts.messages());
        rows.push((messages, format!("in {} bytes", self.bytes)));
        rows
    }
}

fn name(method: &[u8]) -> String {
    match method {
        [] => "a method that is cut off".to_owned(),
        method => text::clean(&String::from_utf8_lossy(method)),
    }
}

fn title(code: u16) -> String {
    let known = StatusCode::new(code).map(|code| catalog::response(code).title());
    known.unwrap_or_else(|_| code.to_string())
}

fn came_to(outcome: Outcome) -> String {
    match outcome {
        Outcome::Final(code) => title(code),
        Outcome::Open(None) => "no response in this trace".to_owned(),
        Outcome::Open(Some(code)) => format!("no final response in this trace, {}", title(code)),
    }
}

impl Data for Tally {
    fn shown(&self) -> Shown {
        Shown::Rows(match self.counts.messages() {
            0 => Vec::new(),
            _ if self.only_messages => self.of_messages(),
            _ => self.of_attempts(),
        })
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::tally(self.bytes, &self.counts, &self.outcomes))
    }
}

/// Returns what the counts do not say of a file.
fn said(scan: &Scan, file: &str) -> Vec<String> {
    let mut says = Vec::new();
    if scan.messages == 0 {
        says.push(format!(
            "no SIP message in {file}: none has a start line and two of Via, From, To, Call-ID and CSeq"
        ));
    }
    if scan.tls > 0 {
        says.push(format!(
            "{} of {} packets in {file} are TLS, which is not read",
            scan.tls, scan.packets
        ));
    }
    if scan.unread > 0 {
        says.push(format!(
            "{} of {} packets in {file} are of a link type that is not read",
            scan.unread, scan.packets
        ));
    }
    if scan.is_cut {
        says.push(format!(
            "{file} ends in the middle of a packet: what stands before it is counted"
        ));
    }
    says
}

pub(super) fn run(files: &[PathBuf], only_messages: bool) -> Answer {
    let mut tally = Tally {
        only_messages,
        ..Tally::default()
    };
    let mut remarks = Vec::new();
    let mut error: Option<Error> = None;
    for file in files {
        match tally.add(file) {
            Ok(scan) => remarks.extend(said(&scan, &files::shown(file))),
            Err(failed) => match &error {
                None => error = Some(failed),
                Some(_) => remarks.push(format!("{failed:#}")),
            },
        }
    }
    tally.outcomes = tally::outcomes(&tally.transactions);
    let is_empty = tally.counts.messages() == 0;
    let mut answer = Answer::of(tally).with(remarks);
    if is_empty {
        answer = answer.in_vain();
    }
    match error {
        Some(error) => answer.failed(error),
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_counted_is_said() {
        let scan = Scan {
            messages: 4,
            packets: 9,
            ..Scan::default()
        };
        assert_eq!(said(&scan, "a"), Vec::<String>::new());
        let (tls, unread, messages) = (2, 3, 0);
        let scan = Scan {
            tls,
            unread,
            messages,
            is_cut: true,
            ..scan
        };
        let says = said(&scan, "a").join("\n");
        for part in [
            "no SIP message in a",
            "2 of 9 packets in a are TLS",
            "3 of 9 packets in a are of a link type",
            "a ends in the middle of a packet",
        ] {
            assert!(says.contains(part), "{says}");
        }
    }
}
