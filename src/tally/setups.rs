//! What came of the attempts to begin a call, and how long their callers waited for a first sign.

use std::collections::{BTreeMap, HashMap};
use std::mem;

use foldhash::quality::FixedState;

use super::counts::add;
use super::moments::{Read, Stamp};
use super::time::waited;
use crate::calls::{Change, Outcome, Transaction, Transactions};
use crate::message::Method;

/// Of so many attempts of a file it is known when the first sign came: to read a time takes long.
const TIMED: usize = 1000;
/// So many may wait for it at once.
const OPEN: usize = 16 * 1024;

/// What came of INVITEs outside of dialogs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setups {
    pub outcomes: BTreeMap<Outcome, u64>,
    /// How long those waited that were answered, in microseconds, the shortest first.
    pub waits: Vec<usize>,
}

impl Setups {
    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        for (outcome, count) in other.outcomes {
            add(self.outcomes.entry(outcome).or_default(), count);
        }
        self.waits.extend(other.waits);
        self.waits.sort_unstable();
    }

    fn count(&mut self, outcome: Outcome) {
        add(self.outcomes.entry(outcome).or_default(), 1);
    }
}

/// A message of an attempt to begin a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    pub stamp: Stamp,
    /// It is the first sign that the caller has, a response from 101 on that is no failure, and not the INVITE.
    pub is_sign: bool,
}

/// How long an attempt waits.
#[derive(Clone, Debug)]
enum Wait {
    Since(Box<Stamp>),
    Had(usize),
}

/// What is kept of attempts to begin a call, by the numbers of their transactions.
#[derive(Clone, Debug, Default)]
pub struct Rings {
    waits: HashMap<usize, Wait, FixedState>,
    /// How many wait.
    open: usize,
    /// How many of the file that is read had a sign.
    timed: usize,
    ended: Setups,
}

impl Rings {
    /// Notes a message of an attempt to begin a call.
    pub fn note(&mut self, change: Change, ring: &Ring, read: &Read<'_>) {
        if self.is_enough() {
            return;
        }
        if !ring.is_sign {
            if change.begins && self.open < OPEN {
                self.open += 1;
                let since = Wait::Since(Box::new(ring.stamp));
                self.waits.insert(change.at, since);
            }
            return;
        }
        if let Some(wait) = self.waits.get_mut(&change.at)
            && let Wait::Since(since) = wait
        {
            self.open -= 1;
            self.timed += 1;
            let both = read(since).zip(read(&ring.stamp));
            let had = both.and_then(|(since, sign)| waited(&since, &sign));
            *wait = Wait::Had(had.unwrap_or(usize::MAX));
        }
    }

    /// Takes note that an attempt ended, so that it waits no longer.
    pub fn ends(&mut self, at: usize) {
        if self.open > 0 && matches!(self.waits.get(&at), Some(Wait::Since(_))) {
            self.waits.remove(&at);
            self.open -= 1;
        }
    }

    /// Returns whether no more is asked of the file that is read.
    pub fn is_enough(&self) -> bool {
        self.timed >= TIMED
    }

    /// Ends a file.
    pub fn end(&mut self) {
        self.waits.retain(|_, wait| matches!(wait, Wait::Had(_)));
        (self.open, self.timed) = (0, 0);
    }

    /// Adds what a transaction came to that is taken out.
    pub(super) fn take(&mut self, at: usize, method: &Method, transaction: &Transaction) {
        let mut ended = mem::take(&mut self.ended);
        self.add(&mut ended, at, method, transaction);
        self.ended = ended;
        self.waits.remove(&at);
    }

    /// Gives those that are left their new numbers.
    pub(super) fn moved(&mut self, moved: &[Option<u32>]) {
        let mut waits = HashMap::default();
        for (at, wait) in mem::take(&mut self.waits) {
            if let Some(Some(new)) = moved.get(at) {
                waits.insert(*new as usize, wait);
            }
        }
        let open = |wait: &&Wait| matches!(wait, Wait::Since(_));
        self.open = waits.values().filter(open).count();
        self.waits = waits;
    }

    /// Returns what came of all.
    pub fn setups(&self, transactions: &Transactions) -> Setups {
        let mut setups = self.ended.clone();
        for (at, (method, transaction)) in transactions.all().enumerate() {
            self.add(&mut setups, at, method, transaction);
        }
        setups.waits.sort_unstable();
        setups
    }

    fn add(&self, setups: &mut Setups, at: usize, method: &Method, transaction: &Transaction) {
        if !method.is_invite() || transaction.is_inside || transaction.is_repeated {
            return;
        }
        let outcome = transaction.outcome();
        setups.count(outcome);
        if let (Outcome::Final(200..300), Some(Wait::Had(wait))) = (outcome, self.waits.get(&at)) {
            setups
                .waits
                .extend(Some(*wait).filter(|wait| *wait < usize::MAX));
        }
    }
}
