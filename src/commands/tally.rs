//! `sipdex tally`: what logs and captures hold, counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Error, Result};

use super::answer::{Answer, Data, Shown};
use super::counted;
use super::watched::{Stop, Watched};
use crate::calls::{Outcome, Sighting, Transactions};
use crate::cli::{Apart, Asked};
use crate::files;
use crate::message::{Head, Method, Start};
use crate::output::json;
use crate::tally::{self, Attempt, Attempts, By, Counts, Outcomes, Told};
use crate::trace::{self, Found, Label, Scan};

/// What is counted, and what of it is asked.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) bytes: u64,
    pub(super) counts: Counts,
    pub(super) transactions: Transactions,
    pub(super) outcomes: BTreeMap<Method, Outcomes>,
    attempts: Attempts,
    asked: Asked,
}

impl Tally {
    fn add(&mut self, file: &Path, shown: &str, stop: &Stop) -> Result<Scan> {
        let before = self.counts.messages();
        let input = files::open(file)?;
        let input = Watched::new(input, files::length(file), stop.clone());
        let counts_lines = self.asked.tells_attempts();
        let asked = self.asked.clone();
        let tell = |found: &Found<'_>| {
            let head = found.head();
            is_of_method(&asked, &head).then(|| Message::of(&head, &asked, || seen(found, shown)))
        };
        let take = |message: Option<Message>| {
            if let Some(message) = message {
                self.take(message);
            }
        };
        let scan = if counts_lines {
            trace::scan_lines(input, tell, take)
        } else {
            trace::scan(input, tell, take)
        };
        let scan = scan.with_context(|| match self.counts.messages() - before {
            0 => format!("could not read {shown}"),
            _ => format!("could not read {shown} to its end, and counted what came before"),
        })?;
        self.bytes += scan.bytes;
        Ok(scan)
    }

    fn take(&mut self, message: Message) {
        self.counts.add(&message.sighting);
        let change = self.transactions.add(&message.sighting);
        if let Some((change, told)) = change.zip(message.told) {
            self.attempts.note(change, *told);
        }
    }

    /// Returns the attempts that are asked for.
    pub(super) fn attempts(&self) -> impl Iterator<Item = (&Method, Outcome, &Attempt)> {
        let all = self.attempts.all(&self.transactions);
        all.filter(|(_, outcome, _)| {
            let is_listed = self.asked.all || self.asked.failed && outcome.is_failure();
            is_listed && self.is_asked(*outcome)
        })
    }

    /// Returns the outcomes by what they are counted apart by.
    pub(super) fn groups(&self) -> BTreeMap<String, BTreeMap<Method, Outcomes>> {
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
    fn keep_asked(&self, methods: &mut BTreeMap<Method, Outcomes>) {
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
    told: Option<Box<Told>>,
}

impl Message {
    fn of(head: &Head<'_>, asked: &Asked, seen: impl FnOnce() -> Told) -> Self {
        let told = asked.tells_attempts().then(|| {
            let Told {
                time, peer, place, ..
            } = seen();
            Box::new(Told {
                time,
                peer,
                place,
                ..Told::of(head)
            })
        });
        let sighting = if asked.messages {
            Sighting::plain(head)
        } else {
            Sighting::of(head)
        };
        Self { sighting, told }
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
fn seen(found: &Found<'_>, file: &str) -> Told {
    let origin = &found.origin;
    if let Some(frame) = origin.frame {
        let time = origin.time.map(|nanoseconds| {
            let time = UNIX_EPOCH + Duration::from_nanos(nanoseconds);
            humantime::format_rfc3339_micros(time)
                .to_string()
                .replace('T', " ")
        });
        return Told {
            time: time.unwrap_or_default(),
            peer: origin.from.map_or(String::new(), |from| from.to_string()),
            place: format!("{file} frame {frame}"),
            ..Told::default()
        };
    }
    let label = Label::of(&found.before);
    Told {
        time: label.time.unwrap_or_default(),
        peer: label.from.map_or(String::new(), |from| from.to_string()),
        place: match found.line {
            Some(line) => format!("{file} line {line}"),
            None => file.to_owned(),
        },
        ..Told::default()
    }
}

impl Data for Tally {
    fn shown(&self) -> Shown {
        Shown::Rows(if self.counts.messages() == 0 {
            Vec::new()
        } else if self.asked.messages {
            counted::messages(self)
        } else if self.asked.by.is_some() {
            counted::apart(&self.groups())
        } else if self.asked.all || self.asked.failed {
            counted::attempts(self.attempts())
        } else {
            counted::outcomes(self)
        })
    }

    fn json(&self) -> serde_json::Result<String> {
        let form = json::tally(self.bytes, &self.counts, &self.outcomes);
        json::pretty(&form.with(self.attempts(), &self.groups()))
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
    let mut error: Option<Error> = None;
    // Without the watch Ctrl-C ends the program, as it does everywhere.
    let stop = Stop::on_interrupt().unwrap_or_default();
    for file in files {
        let shown = files::shown(file);
        if stop.is_wanted() {
            remarks.push(format!("{shown} was not read"));
            continue;
        }
        match tally.add(file, &shown, &stop) {
            Ok(scan) if stop.is_wanted() => remarks.push(format!(
                "stopped after {} bytes of {shown}: what was read until then is counted",
                scan.bytes
            )),
            Ok(scan) => remarks.extend(said(&scan, &shown)),
            Err(failed) => match &error {
                None => error = Some(failed),
                Some(_) => remarks.push(format!("{failed:#}")),
            },
        }
    }
    let mut outcomes = tally::outcomes(&tally.transactions);
    tally.keep_asked(&mut outcomes);
    tally.outcomes = outcomes;
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
