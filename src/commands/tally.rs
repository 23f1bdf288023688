//! `sipdex tally`: what logs and captures hold, counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};

use super::answer::Answer;
use super::input;
use super::reading::{Message, Reader, Told};
use super::remarks;
use super::tallied::Tallied;
use super::times::time;
use super::usage::Usage;
use super::watched::{Stop, Watched};
use super::window::Window;
use crate::calls::{Outcome, Transactions};
use crate::catalog::StatusCode;
use crate::cli::{Apart, Asked};
use crate::files;
use crate::tally::{
    self, Answers, Attempts, By, Counts, Kind, Methods, Moments, Noted, Sayings, Source, Sum,
};
use crate::text;
use crate::trace::{self, Scan};

/// What is counted, and what of it is asked.
#[derive(Default)]
struct Tally {
    sources: Vec<Source>,
    is_partial: bool,
    counts: Counts,
    /// Of the file that is read.
    moments: Moments,
    transactions: Transactions,
    sayings: Arc<Sayings>,
    answers: Answers,
    attempts: Attempts,
    /// Messages, those among them that are not asked for.
    read: u64,
    window: Window,
    asked: Asked,
}

impl Tally {
    fn of(asked: &Asked) -> Result<Self, Usage> {
        let code = asked.code.as_deref().map(text::clean);
        if let Some(code) = code.filter(|code| code.trim().parse::<StatusCode>().is_err()) {
            let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
            return Err(Usage(if is_number {
                format!(
                    "{code} is no response code; response codes are the numbers from 100 to 699"
                )
            } else {
                let search = text::for_shell(&code);
                format!(
                    "{} is no response code; to search for one: sipdex search {search}",
                    text::quoted(&code)
                )
            }));
        }
        Ok(Self {
            window: Window::new(asked.since.as_deref(), asked.until.as_deref())?,
            asked: asked.clone(),
            ..Self::default()
        })
    }

    fn add(&mut self, file: &Path, shown: &str, stop: &Stop) -> Result<Scan> {
        let before = self.counts.messages();
        self.window.begin();
        let input = files::open(file)?;
        let input = Watched::of(input, files::length(file), stop.clone());
        let (asked, sayings) = (self.asked.clone(), Arc::clone(&self.sayings));
        let reader = Reader {
            asked: &asked,
            sayings: &sayings,
            compares: !self.window.is_open(),
        };
        let file = Arc::from(shown);
        let take = |told| self.take(told, &file);
        let scan = trace::scan(input, asked.tells_attempts(), &reader, take);
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        let is_partial = scan.broken.is_some() || stop.is_wanted();
        self.is_partial |= is_partial;
        self.read += scan.messages;
        self.answers.end(&time);
        self.sources.push(Source {
            name: shown.to_owned(),
            messages: self.counts.messages() - before,
            span: self.moments.take(&time),
            is_partial,
            ..source(&scan)
        });
        Ok(scan)
    }

    fn take(&mut self, (noted, messages): Told, file: &Arc<str>) {
        self.note(&noted);
        for message in messages {
            self.message(message, file);
        }
    }

    fn note(&mut self, noted: &Noted) {
        self.counts.note(noted);
        self.moments.go_on(&noted.moments);
        for row in &noted.rows {
            if let (Some(code), Some(moments)) = (row.code, &row.moments) {
                self.answers.when(&row.method, code, moments);
            }
        }
    }

    fn message(&mut self, message: Message, file: &Arc<str>) {
        let Message {
            sighting,
            word,
            told,
            noted,
        } = message;
        if let Some((stamp, noted)) = noted.as_deref() {
            if !self.window.holds(stamp) {
                return;
            }
            self.note(noted);
        }
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

    /// Returns what was counted, without what is not asked for, and all outcomes.
    fn sum(self) -> (Sum, Methods) {
        let all = tally::outcomes(&self.transactions);
        let mut methods = all.clone();
        self.keep_asked(&mut methods);
        let mut codes = self.answers.codes(&self.sayings, &self.transactions);
        codes.retain(|method, _| methods.contains_key(method));
        if let Some(asked) = self.asked.code() {
            for codes in codes.values_mut() {
                codes.retain(|code, _| *code == asked);
            }
        }
        let is_listed = |outcome: Outcome| {
            let is_listed = self.asked.all || self.asked.failed && outcome.is_failure();
            is_listed && self.is_asked(outcome)
        };
        let mut sum = Sum {
            kind: kind(&self.asked),
            attempts: self
                .attempts
                .listed(&self.transactions, &self.sayings, &time, is_listed),
            groups: self.groups(),
            methods,
            codes,
            is_partial: self.is_partial,
            sources: self.sources,
            counts: self.counts,
        };
        sum.settle();
        (sum, all)
    }

    /// Returns the outcomes by what they are counted apart by.
    fn groups(&self) -> BTreeMap<String, Methods> {
        let by = match self.asked.by {
            Some(Apart::Minute) => By::Minute,
            Some(Apart::Hour) => By::Hour,
            Some(Apart::Peer) => By::Peer,
            Some(Apart::Agent) => By::Agent,
            None => return BTreeMap::new(),
        };
        let mut groups = self
            .attempts
            .by(by, &self.transactions, &self.sayings, &time);
        for methods in groups.values_mut() {
            self.keep_asked(methods);
        }
        groups.retain(|_, methods| !methods.is_empty());
        groups
    }

    /// Leaves out what is not asked for.
    fn keep_asked(&self, methods: &mut Methods) {
        for outcomes in methods.values_mut() {
            outcomes
                .attempts
                .retain(|outcome, _| self.is_asked(*outcome));
            if self.asked.code().is_some() {
                // What came to another code had transactions too.
                outcomes.transactions = outcomes.attempts.values().sum();
            }
        }
        methods.retain(|_, outcomes| !outcomes.attempts.is_empty());
    }

    fn is_asked(&self, outcome: Outcome) -> bool {
        let of_code = |asked| outcome == Outcome::Final(asked);
        self.asked.code().is_none_or(of_code)
    }
}

fn kind(asked: &Asked) -> Kind {
    match asked.by {
        Some(Apart::Minute) => Kind::Minute,
        Some(Apart::Hour) => Kind::Hour,
        Some(Apart::Peer) => Kind::Peer,
        Some(Apart::Agent) => Kind::Agent,
        None if asked.messages => Kind::Messages,
        None if asked.failed => Kind::Failed,
        None if asked.all => Kind::All,
        None => Kind::Outcomes,
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

pub(super) fn run(files: &[PathBuf], asked: &Asked) -> Result<Answer> {
    input::once(files)?;
    let mut tally = Tally::of(asked)?;
    let mut remarks = Vec::new();
    let mut errors: Vec<Error> = Vec::new();
    // Without the watch Ctrl-C ends the program, as it does everywhere.
    let stop = Stop::on_interrupt().unwrap_or_default();
    for file in files {
        let shown = files::shown(file);
        if stop.is_wanted() {
            tally.is_partial = true;
            remarks.push(format!("{shown} was not read"));
            continue;
        }
        match tally.add(file, &shown, &stop) {
            Ok(scan) if stop.is_wanted() => remarks.push(format!(
                "stopped after {} bytes of {shown}: what was read until then is counted",
                scan.bytes
            )),
            Ok(scan) => {
                let failed = broken(&scan, &shown);
                if failed.is_none() || scan.messages > 0 {
                    remarks.extend(remarks::of_file(&scan, &shown));
                }
                errors.extend(failed);
            }
            Err(failed) => {
                tally.is_partial = true;
                errors.push(failed);
            }
        }
    }
    let read = tally.read;
    let compared = tally.window.end(read);
    let (sum, all) = tally.sum();
    let nothing = compared.as_ref().ok().and_then(|left_out| {
        remarks.extend(left_out.clone());
        remarks::in_vain(&sum, asked, &all, read)
    });
    let is_empty = sum.counts.messages() == 0 || nothing.is_some();
    if !asked.leaves_out() {
        remarks.extend(remarks::of_all(&sum));
    }
    remarks.extend(nothing);
    errors.extend(compared.err());
    let mut errors = errors.into_iter();
    let error = errors.next();
    remarks.extend(errors.map(|error| format!("{error:#}")));
    let mut answer = Answer::of(Tallied(sum)).with(remarks);
    if is_empty {
        answer = answer.in_vain();
    }
    Ok(match error {
        Some(error) => answer.failed(error),
        None => answer,
    })
}

/// Returns why a file was not read to its end.
fn broken(scan: &Scan, shown: &str) -> Option<Error> {
    let broken = anyhow!(scan.broken.clone()?);
    Some(broken.context(match scan.messages {
        0 => format!("could not read {shown}"),
        _ => format!("could not read {shown} to its end, and counted what came before"),
    }))
}
