//! `sipdex tally`: what logs hold, counted.

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
use crate::trace;

#[derive(Default)]
struct Tally {
    bytes: u64,
    counts: Counts,
    transactions: Transactions,
    outcomes: BTreeMap<Vec<u8>, Outcomes>,
    only_messages: bool,
}

impl Tally {
    fn add(&mut self, file: &PathBuf) -> Result<()> {
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
        Ok(())
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

pub(super) fn run(files: &[PathBuf], only_messages: bool) -> Answer {
    let mut tally = Tally {
        only_messages,
        ..Tally::default()
    };
    let mut remarks = Vec::new();
    let mut error: Option<Error> = None;
    for file in files {
        let before = tally.counts.messages();
        match tally.add(file) {
            Ok(()) if tally.counts.messages() == before => remarks.push(format!(
                "no SIP message in {}: none has a start line and two of Via, From, To, Call-ID and CSeq",
                files::shown(file)
            )),
            Ok(()) => {}
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
