//! `sipdex tally`: what logs and captures hold, counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};

use super::answer::Answer;
use super::tallied::Tallied;
use super::times::{stamp, time};
use super::watched::{Stop, Watched};
use crate::calls::{Outcome, Sighting, Transactions};
use crate::cli::{Apart, Asked};
use crate::files;
use crate::message::{Head, Start};
use crate::tally::{
    self, Answers, Attempts, By, Counts, Kind, Methods, Moments, Sayings, Source, Stamp, Sum, Told,
    Word,
};
use crate::trace::{self, Found, Label, Scan};

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
    asked: Asked,
}

impl Tally {
    fn add(&mut self, file: &Path, shown: &str, stop: &Stop) -> Result<Scan> {
        let before = self.counts.messages();
        let input = files::open(file)?;
        let input = Watched::new(input, files::length(file), stop.clone());
        let (asked, sayings) = (self.asked.clone(), Arc::clone(&self.sayings));
        let tell = |found: &Found<'_>| {
            let head = found.head();
            let is_asked = is_of_method(&asked, &head);
            is_asked.then(|| Message::of(found, &head, &asked, &sayings, shown))
        };
        let take = |message: Option<Message>| {
            if let Some(message) = message {
                self.take(message);
            }
        };
        let scan = if asked.tells_attempts() {
            trace::scan_lines(input, tell, take)
        } else {
            trace::scan(input, tell, take)
        };
        let scan = scan.with_context(|| format!("could not read {shown}"))?;
        let is_partial = scan.broken.is_some() || stop.is_wanted();
        self.is_partial |= is_partial;
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

    fn take(&mut self, message: Message) {
        let Message {
            sighting,
            stamp,
            word,
            told,
        } = message;
        self.counts.add(&sighting);
        self.moments.note(&stamp);
        let Some(change) = self.transactions.add(&sighting) else {
            return;
        };
        if let Some(told) = told {
            let said = word.as_ref();
            let said = said.and_then(|word| self.sayings.get(word.said));
            self.attempts.note(change, *told, said.as_deref());
        }
        let transactions = &self.transactions;
        self.answers
            .note(&sighting, change, (&stamp, word), transactions);
    }

    /// Returns what was counted, without what is not asked for.
    fn sum(self) -> Sum {
        let mut methods = tally::outcomes(&self.transactions);
        self.keep_asked(&mut methods);
        let mut codes = self.answers.codes(&self.sayings, &self.transactions);
        codes.retain(|method, _| methods.contains_key(method));
        if let Some(asked) = self.asked.code {
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
            attempts: self.attempts.listed(&self.transactions, is_listed),
            groups: self.groups(),
            methods,
            codes,
            is_partial: self.is_partial,
            sources: self.sources,
            counts: self.counts,
        };
        sum.settle();
        sum
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
        let mut groups = self.attempts.by(by, &self.transactions);
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
            if self.asked.code.is_some() {
                // What came to another code had transactions too.
                outcomes.transactions = outcomes.attempts.values().sum();
            }
        }
        methods.retain(|_, outcomes| !outcomes.attempts.is_empty());
    }

    fn is_asked(&self, outcome: Outcome) -> bool {
        let of_code = |asked| outcome == Outcome::Final(asked);
        self.asked.code.is_none_or(of_code)
    }
}

/// What is asked of a message.
struct Message {
    sighting: Sighting,
    stamp: Stamp,
    word: Option<Word>,
    told: Option<Box<Told>>,
}

impl Message {
    fn of(
        found: &Found<'_>,
        head: &Head<'_>,
        asked: &Asked,
        sayings: &Sayings,
        file: &str,
    ) -> Self {
        let stamp = stamp(found);
        if asked.messages {
            return Self {
                sighting: Sighting::plain(head),
                stamp,
                word: None,
                told: None,
            };
        }
        let told = asked.tells_attempts().then(|| {
            let Told {
                time, peer, place, ..
            } = seen(found, &stamp, file);
            Box::new(Told {
                time,
                peer,
                place,
                ..Told::of(head)
            })
        });
        Self {
            sighting: Sighting::of(head),
            stamp,
            word: sayings.of(head, &found.bytes, found.origin.from),
            told,
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

/// Returns whether a message belongs to requests that are asked for: an ACK to none but ACK.
fn is_of_method(asked: &Asked, head: &Head<'_>) -> bool {
    let method = match head.start {
        Some(Start::Request { method, .. }) => method,
        _ => head.method,
    };
    let of_method = |asked: &String| method.eq_ignore_ascii_case(asked.as_bytes());
    asked.method.as_ref().is_none_or(of_method)
}

/// Returns when, whence and where a message was found.
fn seen(found: &Found<'_>, stamp: &Stamp, file: &str) -> Told {
    let origin = &found.origin;
    let (peer, place) = match (origin.frame, found.line) {
        (Some(frame), _) => (origin.from, format!("{file} frame {frame}")),
        (None, line) => {
            let place = line.map_or_else(|| file.to_owned(), |line| format!("{file} line {line}"));
            (Label::of(&found.before).from, place)
        }
    };
    Told {
        time: time(stamp),
        peer: peer.map_or_else(String::new, |peer| peer.to_string()),
        place,
        ..Told::default()
    }
}

/// What looks like SIP and is none stands in many logs; it is told where it is more than a tenth of the messages.
const FEW: u64 = 10;
/// Why a text may have no message though it has SIP.
const CUT: &str = "; lines that were wrapped, cut or turned into numbers cannot be read (ngrep needs -W byline, \
                   journalctl -o cat)";

/// Returns what the counts do not say of a file.
fn said(scan: &Scan, file: &str) -> Vec<String> {
    let mut says = Vec::new();
    if scan.messages == 0 {
        says.push(format!(
            "no SIP message in {file}: none has a start line and two of Via, From, To, Call-ID and CSeq"
        ));
    }
    if let Some(first) = scan.first_missed
        && scan.missed * FEW > scan.messages
    {
        let places = match scan.missed {
            1 => "1 place that looks like SIP, at".to_owned(),
            several => format!("{several} places that look like SIP, the first at"),
        };
        let hint = if scan.messages == 0 { CUT } else { "" };
        says.push(format!(
            "not understood in {file}: {places} byte {first}{hint}"
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

pub(super) fn run(files: &[PathBuf], asked: &Asked) -> Answer {
    let mut tally = Tally {
        asked: asked.clone(),
        ..Tally::default()
    };
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
                    remarks.extend(said(&scan, &shown));
                }
                errors.extend(failed);
            }
            Err(failed) => {
                tally.is_partial = true;
                errors.push(failed);
            }
        }
    }
    let is_empty = tally.counts.messages() == 0;
    let mut errors = errors.into_iter();
    let error = errors.next();
    remarks.extend(errors.map(|error| format!("{error:#}")));
    let mut answer = Answer::of(Tallied(tally.sum())).with(remarks);
    if is_empty {
        answer = answer.in_vain();
    }
    match error {
        Some(error) => answer.failed(error),
        None => answer,
    }
}

/// Returns why a file was not read to its end.
fn broken(scan: &Scan, shown: &str) -> Option<Error> {
    let broken = anyhow!(scan.broken.clone()?);
    Some(broken.context(match scan.messages {
        0 => format!("could not read {shown}"),
        _ => format!("could not read {shown} to its end, and counted what came before"),
    }))
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
