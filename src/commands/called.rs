//! The call that `explain` is asked for: all messages of one Call-ID in logs and captures.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::answer::{Data, Shown};
use super::explained::hide;
use super::legs;
use super::watched::{Stop, Watched, read_beside};
use crate::calls::Recorded;
use crate::document::{Document, Other};
use crate::explain::{CallExplanation, call_beside};
use crate::files;
use crate::ledger;
use crate::message::Redaction;
use crate::output::json::{self, LegForm};

/// Reads the messages of one Call-ID.
pub(super) struct Calling {
    call: ledger::Calling,
    /// What of the files was not read.
    pub(super) unread: Vec<String>,
    /// Those that can be read again.
    files: Vec<PathBuf>,
}

impl Calling {
    pub(super) fn new(call_id: &str) -> Self {
        Self {
            call: ledger::Calling::new(call_id, None),
            unread: Vec::new(),
            files: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, file: &Path) -> Result<()> {
        let shown = match files::shown(file) {
            shown if shown == "-" => "standard input".to_owned(),
            shown => shown,
        };
        let input = Watched::new(files::open(file)?, files::length(file), Stop::default());
        let scan = self.call.read(input, &shown);
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        // A pipe cannot be read again.
        if files::length(file).is_some() {
            self.files.push(file.to_owned());
        }
        self.unread.extend(ledger::remarks(&scan, &shown));
        match scan.broken {
            Some(broken) => {
                Err(anyhow!(broken).context(format!("could not read {shown} to its end")))
            }
            None => Ok(()),
        }
    }

    /// Returns how many messages of all calls were read.
    pub(super) fn all(&self) -> usize {
        self.call.all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.call.own == 0
    }

    /// Returns what there is to say of the call, and what was left out.
    pub(super) fn explained(
        mut self,
        redaction: Option<&mut Redaction>,
        is_raw: bool,
    ) -> (Called, Option<String>) {
        read_beside(&mut self.call, &self.files, &Stop::default());
        let (own, ends) = (self.call.own, self.call.ends);
        let mut messages = self.call.messages();
        let beside = self.call.beside();
        let remark = (own > messages.len()).then(|| {
            format!(
                "{own} messages are of this call; the first {} are explained",
                messages.len()
            )
        });
        let mut explanation = call_beside(&messages, &beside, ends);
        let mut legs = legs::of(&messages, &beside);
        if let Some(redaction) = redaction {
            for message in &beside {
                redaction.learn(&message.bytes);
            }
            for message in &messages {
                redaction.learn(&message.bytes);
            }
            for row in &mut explanation.rows {
                row.place = redaction.place(&row.place);
            }
            explanation.redact(redaction);
            for leg in &mut legs {
                leg.call_id = redaction.call(&leg.call_id);
                redaction.put(&mut leg.title);
            }
            for one in messages.iter_mut().filter(|_| is_raw) {
                let place = redaction.place(&one.place);
                hide(one, place, redaction);
            }
        }
        let raw = if is_raw { messages } else { Vec::new() };
        let called = Called {
            explanation,
            legs,
            raw,
        };
        (called, remark)
    }
}

/// A call that is explained.
pub(super) struct Called {
    explanation: CallExplanation,
    legs: Vec<LegForm>,
    /// Its messages as they stand in the trace, if that is asked for.
    raw: Vec<Recorded>,
}

impl Data for Called {
    fn shown(&self) -> Shown {
        let others: Vec<Other> = self.legs.iter().map(legs::other).collect();
        let page = Document::of_call(&self.explanation);
        Shown::Pages(vec![page.with_others(&others).with_raw(&self.raw, true)])
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&[json::call(&self.explanation, &self.legs, &self.raw)])
    }
}
