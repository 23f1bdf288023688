//! What responses say beside their code: who sent them, Reason and Warning, when, and of which call. One value is kept
//! once, however many transactions have it.

use std::collections::{BTreeMap, HashMap};

use foldhash::quality::FixedState;

use super::counts::add;
use super::moments::{Moments, Read};
use super::outcomes::groups;
use super::said::{Said, Sayings, Sender, Word};
use super::setups::Rings;
use super::sum::Methods;
use super::time::Span;
use crate::calls::{Change, Outcome, Step, Transaction, Transactions};
use crate::message::Method;

/// No trace of good faith has more codes of as many methods; what goes beyond is counted all the same.
const MOST: usize = 10_000;
/// So many calls of a code wait to be its example; what was asked to come again is none once it did.
const EXAMPLES: usize = 8;

/// What the responses of a code to a method say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Transactions that came to it, those among them that were repeated as it asked.
    pub transactions: u64,
    /// When such responses were seen.
    pub span: Span,
    /// In how many attempts that came to it each of these stands.
    pub senders: BTreeMap<Sender, u64>,
    pub reasons: BTreeMap<String, u64>,
    pub warnings: BTreeMap<u16, u64>,
    /// One of such an attempt, to look at.
    pub call_id: Option<String>,
}

/// How many transactions a code of a method and what it says answered, and how many attempts came to it.
type Times = HashMap<(Method, u16, u64), (u64, u64), FixedState>;

/// Stands for the number of a transaction that was taken out, and came to its code.
const TAKEN: usize = usize::MAX;

/// What is known of each code of each method.
pub type Codes = BTreeMap<Method, BTreeMap<u16, Beside>>;

/// The responses of a code to a method.
#[derive(Clone, Debug, Default)]
struct Row {
    span: Span,
    moments: Moments,
    /// The numbers of transactions with their Call-ID.
    examples: Vec<(usize, Box<[u8]>)>,
}

/// What was said in a trace.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    rows: BTreeMap<Method, BTreeMap<u16, Row>>,
    size: usize,
    /// The name of what was said, by the numbers of transactions; 0 where nothing was.
    of: Vec<u64>,
    /// Of transactions that were taken out.
    ended: Times,
}

impl Answers {
    /// Adds what a response says that changed a transaction, and of which call it is.
    pub fn note(
        &mut self,
        step: &Step,
        change: Change,
        (word, call_id): (Word, &[u8]),
        transactions: &Transactions,
    ) {
        let Some(code) = step.code.filter(|_| change.answers) else {
            return;
        };
        if self.of.len() <= change.at {
            self.of.resize(change.at + 1, 0);
        }
        self.of[change.at] = word.said;
        if word.fails
            && !call_id.is_empty()
            && let Some(row) = self.row(&step.method, code)
        {
            row.example((change.at, call_id), code, transactions);
        }
    }

    /// Adds when responses to a method were that belong to a transaction.
    pub fn when(&mut self, method: &Method, code: u16, moments: &Moments) {
        if let Some(row) = self.row(method, code) {
            row.moments.go_on(moments);
        }
    }

    fn row(&mut self, method: &Method, code: u16) -> Option<&mut Row> {
        // A clone of a method of the registry costs nothing.
        let codes = self.rows.entry(method.clone()).or_default();
        if !codes.contains_key(&code) {
            if self.size >= MOST {
                return None;
            }
            self.size += 1;
        }
        Some(codes.entry(code).or_default())
    }

    /// Reads the times of a trace, all of which is counted.
    pub fn end(&mut self, read: &Read<'_>) {
        for row in self.rows.values_mut().flat_map(BTreeMap::values_mut) {
            let span = row.moments.take(read);
            row.span.merge(&span);
        }
    }

    /// Takes those out of the transactions that have ended, and adds what they came to.
    pub fn take_ended(
        &mut self,
        transactions: &mut Transactions,
        methods: &mut Methods,
        rings: &mut Rings,
    ) {
        for (code, row) in self.rows.values_mut().flatten() {
            row.examples
                .retain(|(at, _)| came_to(*at, *code, transactions));
        }
        let Self {
            of, ended, rows, ..
        } = self;
        let moved = transactions.take_ended(|at, method, transaction| {
            answered(ended, method, transaction, of.get(at).copied().unwrap_or(0));
            methods
                .entry(method.clone())
                .or_default()
                .count(transaction);
            rings.take(at, method, transaction);
        });
        rings.moved(&moved);
        let kept = moved.iter().zip(&*of);
        *of = kept.filter_map(|(new, said)| new.map(|_| *said)).collect();
        let new = |at: usize| {
            moved
                .get(at)
                .copied()
                .flatten()
                .map_or(TAKEN, |at| at as usize)
        };
        for (at, _) in rows
            .values_mut()
            .flat_map(BTreeMap::values_mut)
            .flat_map(|row| &mut row.examples)
        {
            *at = new(*at);
        }
    }

    /// Returns what is known of each code.
    pub fn codes(&self, sayings: &Sayings, transactions: &Transactions) -> Codes {
        let mut codes = Codes::new();
        for (method, rows) in &self.rows {
            let codes = codes.entry(method.clone()).or_default();
            for (code, row) in rows {
                let mut examples = row.examples.iter();
                let example = examples.find(|(at, _)| came_to(*at, *code, transactions));
                let example = example.map(|(_, id)| String::from_utf8_lossy(id).into_owned());
                let beside = codes.entry(*code).or_default();
                beside.span.clone_from(&row.span);
                beside.call_id = example;
            }
        }
        let ended = self.ended.iter();
        let ended = ended.map(|((method, code, said), count)| (method, *code, *said, *count));
        let open = groups(transactions, &self.of).into_iter();
        let open = open.filter_map(|group| match group.outcome {
            Outcome::Final(code) | Outcome::Open(Some(code)) => {
                let count = (group.transactions, group.attempts);
                Some((group.method, code, group.said, count))
            }
            Outcome::Open(None) => None,
        });
        for (method, code, said, (all, attempts)) in ended.chain(open) {
            let beside = codes.entry(method.clone()).or_default();
            let beside = beside.entry(code).or_default();
            beside.transactions += all;
            if let Some(said) = sayings.get(said).filter(|_| attempts > 0) {
                beside.count(&said, attempts);
            }
        }
        codes
    }
}

/// Counts what answered a transaction.
fn answered(times: &mut Times, method: &Method, transaction: &Transaction, said: u64) {
    let (Outcome::Final(code) | Outcome::Open(Some(code))) = transaction.outcome() else {
        return;
    };
    let (all, attempts) = times.entry((method.clone(), code, said)).or_default();
    *all += 1;
    *attempts += u64::from(!transaction.is_repeated);
}

impl Row {
    fn example(&mut self, (at, call_id): (usize, &[u8]), code: u16, transactions: &Transactions) {
        if self.examples.len() == EXAMPLES {
            let mut kept = self.examples.iter();
            let stale = kept.position(|(at, _)| !came_to(*at, code, transactions));
            let Some(stale) = stale else { return };
            self.examples.remove(stale);
        }
        if self.examples.iter().all(|(kept, _)| *kept != at) {
            self.examples.push((at, call_id.into()));
        }
    }
}

/// Returns whether a code is what the attempt of a transaction came to, as far as it is known.
fn came_to(at: usize, code: u16, transactions: &Transactions) -> bool {
    let one = transactions.one(at);
    at == TAKEN || one.is_some_and(|one| !one.is_repeated && one.outcome() == Outcome::Final(code))
}

impl Beside {
    fn count(&mut self, said: &Said, times: u64) {
        if said.sender != Sender::default() {
            add_to(&mut self.senders, &said.sender, times);
        }
        for reason in &said.reasons {
            add_to(&mut self.reasons, reason, times);
        }
        for warning in &said.warnings {
            add_to(&mut self.warnings, warning, times);
        }
    }

    /// Adds what is known from elsewhere.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.transactions, other.transactions);
        self.span.merge(&other.span);
        for (sender, times) in &other.senders {
            add_to(&mut self.senders, sender, *times);
        }
        for (reason, times) in &other.reasons {
            add_to(&mut self.reasons, reason, *times);
        }
        for (warning, times) in &other.warnings {
            add_to(&mut self.warnings, warning, *times);
        }
        // Any one will do, but the same whatever is added to what.
        self.call_id = match (self.call_id.take(), other.call_id) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
    }
}

pub(super) fn add_to<T: Ord + Clone>(counts: &mut BTreeMap<T, u64>, value: &T, times: u64) {
    match counts.get_mut(value) {
        Some(count) => add(count, times),
        None => _ = counts.insert(value.clone(), times),
    }
}
