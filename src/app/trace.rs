//! The trace that the explorer was opened on: what the list and the pages show of it.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

pub use super::counted::Counted;
use super::counted::FIRST;
use super::faults::{Looked, Wrong};
use crate::catalog::{StatusCode, is_word};
use crate::document::{Calls, InTrace, Overview};
use crate::ledger::Ledger;
use crate::message::{Method, Redaction};
use crate::search::sort_by_key;
use crate::tally::{Listed, Span, Sum};

/// What is read goes into it while the explorer shows what is there by now.
pub type Book = Arc<RwLock<Ledger>>;

/// More calls are not found by what is typed.
const FOUND: usize = 60;
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
    counts: Rc<Counted>,
    /// What is to be said of its files.
    remarks: Rc<[String]>,
    /// What is wrong with its calls, once they were looked at, and what is to be said of that.
    pub(super) wrong: Rc<Wrong>,
    looked: Option<Looked>,
    /// What was replaced of names, numbers and hosts, while they are.
    redaction: Option<Rc<RefCell<Redaction>>>,
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
            wrong: Rc::default(),
            looked: None,
            redaction: None,
        }
    }

    /// Takes note of what was read meanwhile.
    pub(super) fn grew(&mut self, progress: Progress, remarks: &[String], counts: Counted) {
        self.progress = progress;
        self.remarks = remarks.into();
        self.counts = counts.into();
    }

    /// Replaces names, numbers and hosts of calls, or shows them again.
    pub(super) fn turn_redaction(&mut self) {
        self.redaction = match self.redaction {
            Some(_) => None,
            None => Some(Rc::new(RefCell::new(Redaction::new(is_word)))),
        };
    }

    pub fn redacts(&self) -> bool {
        self.redaction.is_some()
    }

    pub(super) fn set_wrong(&mut self, wrong: Wrong, looked: Looked) {
        self.wrong = wrong.into();
        self.looked = Some(looked);
    }

    /// Returns whether something of it is read by now.
    pub(super) fn is_being_read(&self) -> bool {
        let looks = self.looked.is_some_and(|looked| looked.goes_on().is_some());
        looks || matches!(self.progress, Progress::Reading(..) | Progress::Following)
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
        self.counts.came_to(0).all
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
            if held.len() == FOUND {
                break;
            }
        }
        held
    }

    pub(super) fn book(&self) -> RwLockReadGuard<'_, Ledger> {
        // What a reader that failed had entered is there all the same.
        self.book.read().unwrap_or_else(PoisonError::into_inner)
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
        for (method, codes) in &self.counts.beside {
            methods.extend(codes.get(&code).cloned().map(|mut beside| {
                if !has_order {
                    beside.span = Span::default();
                }
                (method.clone(), beside)
            }));
        }
        let came = self.counts.came_to(code);
        Some(InTrace {
            methods,
            messages,
            calls: listed(&book, came.all, &came.first),
        })
    }

    /// Returns the requests without a final response.
    pub(super) fn open(&self) -> Calls {
        let open = self.counts.came_to(0);
        listed(&self.book(), open.all, &open.first)
    }

    /// Returns what it has as a whole.
    pub(super) fn overview(&self) -> Overview {
        let book = self.book();
        let (open, fails) = self.counts.came.split_at(300.min(self.counts.came.len()));
        let mut failed: Vec<(u16, u64)> = Vec::new();
        for (code, came) in (300..).zip(fails) {
            if came.attempts > 0 {
                failed.push((code, came.attempts));
            }
        }
        sort_by_key(&mut failed, |(code, count)| (u64::MAX - count, *code));
        let of_code = |(code, all): (u16, u64)| {
            let came = self.counts.came_to(code);
            (code, listed(&book, all, &came.first_attempts))
        };
        let open = open.first().cloned().unwrap_or_default();
        let mut facts = vec![self.reading()];
        facts.extend(self.looked.and_then(Looked::goes_on));
        facts.push(crate::document::counted(book.messages(), "message"));
        let mut remarks = self.remarks.to_vec();
        remarks.extend(self.looked.and_then(Looked::remark));
        remarks.extend(nameless(book.nameless()));
        Overview {
            name: self.name.to_string(),
            facts,
            span: sources(&book).span(),
            failed: failed.into_iter().map(of_code).collect(),
            faults: self.wrong.kinds(),
            unanswered: listed(&book, open.all, &open.first[..FIRST.min(open.first.len())]),
            setups: self.counts.setups.clone(),
            methods: self.counts.methods.clone(),
            remarks,
        }
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

/// Says how many messages are of no call.
fn nameless(messages: u64) -> Option<String> {
    let counted = crate::document::counted(messages, "message");
    let says =
        format!("{counted} without a Call-ID, so of no call: sipdex explain FILE shows them");
    (messages > 0).then_some(says)
}

/// Returns the first calls of those that are wanted, by their numbers, and how many there are.
fn listed(book: &Ledger, all: u64, first: &[usize]) -> Calls {
    let call = |at: &usize| Some((*at, book.call(*at)?));
    Calls {
        listed: first.iter().filter_map(call).collect(),
        all,
    }
}
