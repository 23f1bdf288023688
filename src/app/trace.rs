//! The trace that the explorer was opened on: what the list and the pages show of it.

use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use super::faults::Fault;
use crate::calls::Outcome;
use crate::catalog::StatusCode;
use crate::document::{Calls, Faults, InTrace, Overview};
use crate::ledger::Ledger;
use crate::message::{Method, Redaction};
use crate::search::sort_by_key;
use crate::tally::{Listed, Span, Sum};

/// What is read goes into it while the explorer shows what is there by now.
pub type Book = Arc<RwLock<Ledger>>;

/// More calls of a code are counted, and found by what is typed.
const LISTED: usize = 200;
/// So many of each failure are on the page of the whole trace.
const FIRST: usize = 5;
/// No text that is shorter is looked for in the addresses of calls.
const SHORTEST: usize = 3;

/// How far reading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes, of so many where that is known.
    Reading(u64, Option<u64>),
    Read,
    /// More is read as soon as it is written.
    Following,
    /// Somebody stopped it after so many bytes.
    Stopped(u64),
}

/// How the codes of a trace stand in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    ByCode,
    /// The most frequent first.
    ByCount,
}

/// A trace as it is by now.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The names of its files.
    name: Rc<str>,
    book: Book,
    progress: Progress,
    counts: Rc<Counts>,
    /// What is to be said of its files.
    remarks: Rc<[String]>,
    /// What is wrong with its calls, once they were looked at, and what is to be said of that.
    faults: Rc<[Fault]>,
    looked: Option<Rc<str>>,
    /// What was replaced of names, numbers and hosts, while they are.
    redaction: Option<Rc<RefCell<Redaction>>>,
}

/// How often each outcome is there.
#[derive(Debug, Default)]
struct Counts {
    codes: BTreeMap<u16, u64>,
    unanswered: u64,
}

/// A call in which something that was typed stands.
#[derive(Clone, Debug)]
pub struct Held {
    pub(super) call_id: Rc<str>,
    title: String,
    says: String,
}

impl Held {
    fn of(listed: &Listed) -> Self {
        let attempt = &listed.attempt;
        let method = crate::document::method_name(&listed.method);
        let clean = crate::text::clean;
        let time = attempt.time.as_ref().map_or("", |time| time.parts().1);
        let came = crate::document::came_to(listed.outcome);
        Self {
            call_id: Rc::from(attempt.call_id.as_str()),
            title: format!("call {} to {}", clean(&attempt.from), clean(&attempt.to)),
            says: [clean(time), method, came].join(" ").trim().to_owned(),
        }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn says(&self) -> &str {
        &self.says
    }
}

impl Trace {
    pub fn new(name: &str, book: Book) -> Self {
        Self {
            name: name.into(),
            book,
            progress: Progress::Reading(0, None),
            counts: Rc::default(),
            remarks: Rc::from([]),
            faults: Rc::from([]),
            looked: None,
            redaction: None,
        }
    }

    /// Takes note of what was read meanwhile.
    pub(super) fn grew(&mut self, progress: Progress, remarks: &[String]) {
        self.progress = progress;
        self.remarks = remarks.into();
        self.counts = Rc::new(self.counted());
    }

    /// Replaces names, numbers and hosts of calls, or shows them again.
    pub(super) fn turn_redaction(&mut self) {
        self.redaction = match self.redaction {
            Some(_) => None,
            None => Some(Rc::default()),
        };
    }

    pub fn redacts(&self) -> bool {
        self.redaction.is_some()
    }

    pub(super) fn set_faults(&mut self, faults: &[Fault], remark: Option<&str>) {
        self.faults = faults.into();
        self.looked = remark.map(Rc::from);
    }

    /// Returns the tokens, if names, numbers and hosts are to be replaced.
    pub(super) fn redaction(&self) -> Option<RefMut<'_, Redaction>> {
        self.redaction
            .as_ref()
            .map(|redaction| redaction.borrow_mut())
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Returns how often a code is there: transactions that came to it, or messages of a provisional one.
    pub fn count(&self, code: StatusCode) -> Option<u64> {
        self.counts.codes.get(&code.get()).copied()
    }

    /// Returns the codes that are there, those of the list's order or the most frequent first.
    pub(super) fn codes(&self, order: Order) -> Vec<StatusCode> {
        let codes = self.counts.codes.iter();
        let mut codes: Vec<(StatusCode, u64)> = codes
            .filter_map(|(code, count)| Some((StatusCode::new(*code).ok()?, *count)))
            .collect();
        if order == Order::ByCount {
            sort_by_key(&mut codes, |(code, count)| (u64::MAX - count, *code));
        }
        codes.into_iter().map(|(code, _)| code).collect()
    }

    /// Returns how many requests have no final response.
    pub fn unanswered(&self) -> u64 {
        self.counts.unanswered
    }

    /// Returns the Call-ID of a transaction.
    pub(super) fn call_id(&self, at: usize) -> Option<Rc<str>> {
        let listed = self.book().call(at)?;
        Some(listed.attempt.call_id.into())
    }

    /// Returns the calls in whose addresses or Call-ID a text stands.
    pub(super) fn holding(&self, text: &str) -> Vec<Held> {
        let text = text.trim();
        if text.chars().count() < SHORTEST || text.contains('\n') {
            return Vec::new();
        }
        let book = self.book();
        let mut held: Vec<Held> = Vec::new();
        for listed in book.holding(text).filter_map(|at| book.call(at)) {
            let is_new = held
                .iter()
                .all(|other| *other.call_id != *listed.attempt.call_id);
            if is_new {
                held.push(Held::of(&listed));
            }
            if held.len() == LISTED {
                break;
            }
        }
        held
    }

    fn book(&self) -> RwLockReadGuard<'_, Ledger> {
        // What a reader that failed had entered is there all the same.
        self.book.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn counted(&self) -> Counts {
        let book = self.book();
        let mut counts = Counts::default();
        for codes in book.counts().responses.values() {
            for (code, count) in codes.iter().filter(|(code, _)| **code < 200) {
                *counts.codes.entry(*code).or_default() += count;
            }
        }
        for outcome in book.came_to() {
            match outcome {
                Outcome::Final(code) => *counts.codes.entry(code).or_default() += 1,
                Outcome::Open(_) => counts.unanswered += 1,
            }
        }
        counts
    }

    /// Returns what it has of a code, if it has it.
    pub(super) fn of_code(&self, code: StatusCode) -> Option<InTrace> {
        self.count(code)?;
        let (code, book) = (code.get(), self.book());
        let responses = book.counts().responses.iter();
        let messages =
            responses.filter_map(|(method, codes)| Some((method.clone(), *codes.get(&code)?)));
        let messages: Vec<(Method, u64)> = messages.collect();
        let mut methods = Vec::new();
        let has_order = sources(&book).has_order();
        for (method, codes) in book.codes() {
            let beside = codes.into_iter().find(|(own, _)| *own == code);
            methods.extend(beside.map(|(_, mut beside)| {
                if !has_order {
                    beside.span = Span::default();
                }
                (method, beside)
            }));
        }
        Some(InTrace {
            methods,
            messages,
            calls: listed(&book, LISTED, |_, outcome, _| {
                outcome == Outcome::Final(code)
            }),
        })
    }

    /// Returns the requests without a final response.
    pub(super) fn open(&self) -> Calls {
        listed(&self.book(), LISTED, is_open)
    }

    /// Returns what it has as a whole.
    pub(super) fn overview(&self) -> Overview {
        let book = self.book();
        let methods = book.outcomes();
        let mut failed: BTreeMap<u16, u64> = BTreeMap::new();
        let outcomes = methods.values().flat_map(|outcomes| &outcomes.attempts);
        for (outcome, count) in outcomes {
            if let Outcome::Final(code @ 300..) = outcome {
                *failed.entry(*code).or_default() += count;
            }
        }
        let mut failed: Vec<(u16, u64)> = failed.into_iter().collect();
        sort_by_key(&mut failed, |(code, count)| (u64::MAX - count, *code));
        let of_code = |(code, _): (u16, u64)| {
            let is_wanted = |_: &Method, outcome: Outcome, is_repeated: bool| {
                outcome == Outcome::Final(code) && !is_repeated
            };
            (code, listed(&book, FIRST, is_wanted))
        };
        Overview {
            name: self.name.to_string(),
            facts: vec![
                self.reading(),
                crate::document::counted(book.messages(), "message"),
            ],
            span: sources(&book).span(),
            failed: failed.into_iter().map(of_code).collect(),
            faults: self.faults(&book),
            unanswered: listed(&book, FIRST, is_open),
            methods,
            remarks: self
                .looked
                .iter()
                .map(ToString::to_string)
                .chain(self.remarks.iter().cloned())
                .collect(),
        }
    }

    /// Returns what is wrong with its calls, what is sure and frequent first.
    fn faults(&self, book: &Ledger) -> Vec<Faults> {
        let mut all: Vec<(&str, Faults)> = Vec::new();
        for fault in self.faults.iter() {
            let key = (fault.id.as_str(), fault.is_possible);
            let known = all
                .iter()
                .position(|(id, kind)| (*id, kind.is_possible) == key);
            let place = known.unwrap_or(all.len());
            if known.is_none() {
                let kind = Faults {
                    is_possible: fault.is_possible,
                    says: fault.says.clone(),
                    cites: fault.cites.clone(),
                    ..Faults::default()
                };
                all.push((&fault.id, kind));
            }
            let (_, kind) = &mut all[place];
            kind.all += 1;
            if kind.calls.len() < FIRST {
                let at = book.holding(&fault.call_id).next();
                kind.calls.extend(at.map(|at| (at, fault.title.clone())));
            }
        }
        let mut all: Vec<Faults> = all.into_iter().map(|(_, kind)| kind).collect();
        sort_by_key(&mut all, |kind| (kind.is_possible, u64::MAX - kind.all));
        all
    }

    /// Says how far reading is.
    pub fn reading(&self) -> String {
        const MEBIBYTE: u64 = 1 << 20;
        match &self.progress {
            Progress::Reading(read, Some(total)) if total > read && *total > 0 => {
                format!("reading, {} %", read * 100 / total)
            }
            Progress::Reading(read, _) => format!("reading, {} MiB", read / MEBIBYTE),
            Progress::Read => "read".to_owned(),
            Progress::Following => "following".to_owned(),
            Progress::Stopped(read) => format!("stopped after {} MiB", read / MEBIBYTE),
        }
    }
}

/// Returns the files that were read, whose times may have no order among them.
fn sources(book: &Ledger) -> Sum {
    Sum {
        sources: book.sources().to_vec(),
        ..Sum::default()
    }
}

fn is_open(_: &Method, outcome: Outcome, _: bool) -> bool {
    matches!(outcome, Outcome::Open(_))
}

/// Returns the first calls of those that are wanted, and how many there are.
fn listed(book: &Ledger, most: usize, wanted: impl Fn(&Method, Outcome, bool) -> bool) -> Calls {
    let mut calls = Calls::default();
    for at in book.calls(wanted) {
        calls.all += 1;
        if calls.listed.len() < most {
            calls
                .listed
                .extend(book.call(at).map(|listed| (at, listed)));
        }
    }
    calls
}
