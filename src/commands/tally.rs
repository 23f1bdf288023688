//! `sipdex tally`: what logs and captures hold, counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};

use super::answer::Answer;
use super::causes;
use super::input;
use super::remarks;
use super::tallied::Tallied;
use super::usage::Usage;
use super::watched::{Stop, Watched};
use super::window::Window;
use crate::calls::Outcome;
use crate::catalog::{StatusCode, is_word};
use crate::cli::{Apart, Asked};
use crate::files;
use crate::ledger::{self, Ledger, Reader, Wants};
use crate::message::Redaction;
use crate::tally::{By, Kind, Methods, Setups, Sum};
use crate::text;
use crate::trace::Scan;

/// What is counted, and what of it is asked.
#[derive(Default)]
struct Tally {
    ledger: Ledger,
    is_partial: bool,
    /// Messages, those among them that are not asked for.
    read: u64,
    window: Window,
    asked: Asked,
    is_json: bool,
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
        self.window.begin();
        let input = files::open(file)?;
        let input = Watched::of(input, files::length(file), stop.clone());
        let wants = Wants {
            repeats: self.is_json,
            ..wants(&self.asked, &self.window)
        };
        let shared = self.ledger.shared();
        let reader = Reader {
            wants: &wants,
            shared: &shared,
            lines: 0,
        };
        let file = Arc::from(shown);
        let Self { ledger, window, .. } = self;
        let take = |told| ledger.take(told, &file, |stamp| window.holds(stamp));
        let scan = ledger::scan(input, wants.attempts, &reader, take);
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        let is_partial = scan.broken.is_some() || stop.is_wanted();
        self.is_partial |= is_partial;
        self.read += scan.messages;
        self.ledger.end(shown, &scan, is_partial);
        Ok(scan)
    }

    /// Returns what was counted, without what is not asked for, and all outcomes.
    fn sum(&self) -> (Sum, Methods) {
        let all = self.ledger.outcomes();
        let mut methods = all.clone();
        self.keep_asked(&mut methods);
        let mut codes = self.ledger.codes();
        keep(&mut codes, |method, _| methods.contains_key(method));
        if let Some(asked) = self.asked.code() {
            for codes in codes.values_mut() {
                keep(codes, |code, _| *code == asked);
            }
        }
        let is_listed = |outcome: Outcome| {
            let is_listed = self.asked.all || self.asked.failed && outcome.is_failure();
            is_listed && self.is_asked(outcome)
        };
        let mut sum = Sum {
            kind: kind(&self.asked),
            attempts: self.ledger.listed(is_listed),
            groups: self.groups(),
            setups: self.setups(),
            methods,
            codes,
            is_partial: self.is_partial,
            sources: self.ledger.sources().to_vec(),
            counts: self.ledger.counts().clone(),
        };
        sum.settle();
        (sum, all)
    }

    /// Returns what came of the attempts to begin a call, unless only some of them are asked for.
    fn setups(&self) -> Setups {
        match self.asked.code() {
            Some(_) => Setups::default(),
            None => self.ledger.setups(),
        }
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
        let mut groups = self.ledger.by(by);
        for methods in groups.values_mut() {
            self.keep_asked(methods);
        }
        keep(&mut groups, |_, methods| !methods.is_empty());
        groups
    }

    /// Leaves out what is not asked for.
    fn keep_asked(&self, methods: &mut Methods) {
        for outcomes in methods.values_mut() {
            keep(&mut outcomes.attempts, |outcome, _| self.is_asked(*outcome));
            if self.asked.code().is_some() {
                // What came to another code had transactions too.
                outcomes.transactions = outcomes.attempts.values().sum();
            }
        }
        keep(methods, |_, outcomes| !outcomes.attempts.is_empty());
    }

    fn is_asked(&self, outcome: Outcome) -> bool {
        let of_code = |asked| outcome == Outcome::Final(asked);
        self.asked.code().is_none_or(of_code)
    }
}

/// Leaves rows in a map as `retain` does, which would put a way to take rows out of a tree into the program for each kind.
fn keep<K: Ord, V>(map: &mut BTreeMap<K, V>, is_kept: impl Fn(&K, &V) -> bool) {
    for (key, value) in std::mem::take(map) {
        if is_kept(&key, &value) {
            map.insert(key, value);
        }
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

/// Returns what is asked of each message.
fn wants(asked: &Asked, window: &Window) -> Wants {
    Wants {
        method: asked.method.clone(),
        only_messages: asked.messages,
        attempts: asked.tells_attempts(),
        only_failures: asked.failed,
        compares: !window.is_open(),
        repeats: false,
        places: false,
    }
}

/// Counts what files hold; what only JSON tells is counted where that is asked for.
pub(super) fn run(files: &[PathBuf], asked: &Asked, is_json: bool) -> Result<Answer> {
    input::once(files)?;
    let mut tally = Tally::of(asked)?;
    tally.is_json = is_json;
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
                    remarks.extend(ledger::remarks(&scan, &shown));
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
    let (mut sum, all) = tally.sum();
    let mut redaction = asked.redact.then(|| Redaction::new(is_word));
    if sum.kind == Kind::Failed && !stop.is_wanted() {
        remarks.extend(causes::tell(&mut sum, files, &stop, redaction.as_mut()));
    }
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
    let mut answer = Answer::of(Tallied::of(sum, redaction)).with(remarks);
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
