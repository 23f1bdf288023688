//! Transactions by what names them, whatever hops and retransmissions a trace has of them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::outcome::Outcome;
use super::sighting::{Name, Naming, Sighting, Step};
use crate::message::{METHODS, Method};

/// A request and its responses: Call-ID, From tag, CSeq number and method name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transaction {
    name: Name,
    number: u64,
    /// Where its method stands among those that were seen.
    method: u16,
    outcome: Outcome,
    /// How many Via the final response had: fewest nearest to the caller.
    vias: u16,
    /// The period in which that came.
    ended: u16,
    /// A response had Retry-After.
    has_wait: bool,
    /// It is an INVITE in a dialog.
    pub is_inside: bool,
    /// The request was sent again, as its final response asked: that is the same attempt.
    pub is_repeated: bool,
}

/// All transactions of a trace.
#[derive(Clone, Debug)]
pub struct Transactions {
    /// Those of the registry first.
    methods: Vec<Method>,
    others: BTreeMap<Method, u16>,
    all: Vec<Transaction>,
    /// By their names those before the last ones of what each row asks.
    earlier: Names<u32>,
    /// The numbers of the last ones from 1 on, nearer at hand: most messages belong to one of them. Where each stands its
    /// name says.
    recent: Vec<u32>,
    /// By the names of rows the last one of each Call-ID, From tag and method: most have no other.
    last: Names<u32>,
    /// How often those were taken out that have ended, and how many may be there before they are again.
    period: u16,
    room: usize,
}

/// What a message changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The number of its transaction.
    pub at: usize,
    /// Whether it is the first message of the transaction.
    pub begins: bool,
    /// Whether it is the final response that counts now.
    pub answers: bool,
}

/// So many begin before those are taken out that ended before as many others began: that is longer than anything is sent
/// again (64*T1, 32 seconds) below 8,000 a second.
const PERIOD: usize = 256 * 1024;

/// So many are as near as the processor has room for.
const RECENT: u16 = 4096;

/// By digests: each is as good as its own digest.
pub type Names<T> = HashMap<Name, T, BuildHasherDefault<Digested>>;

/// What hashes a digest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Digested(u64);

impl Hasher for Digested {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }
}

impl Default for Transactions {
    fn default() -> Self {
        Self {
            methods: METHODS.map(|name| Method::of(name.as_bytes())).into(),
            others: BTreeMap::new(),
            all: Vec::new(),
            earlier: Names::default(),
            recent: vec![0; usize::from(RECENT)],
            last: Names::default(),
            period: 1,
            room: PERIOD,
        }
    }
}

impl Transactions {
    /// Adds a message, and returns what it changed; one that does not name its transaction, or is an ACK, belongs to none.
    pub fn add(&mut self, sighting: &Sighting) -> Option<Change> {
        sighting.step().map(|step| self.take(&step))
    }

    /// Takes what a message changes of its transaction.
    pub fn take(&mut self, step: &Step) -> Change {
        let names = &step.names;
        let method = self.number(&step.method);
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let mut change = Change {
            at: number as usize,
            begins: false,
            answers: false,
        };
        let place = usize::from(u16::try_from(names.transaction % u64::from(RECENT)).unwrap_or(0));
        let near = self.recent[place].checked_sub(1);
        let near = near.filter(|at| self.is(*at, names.transaction));
        let at = near.unwrap_or_else(|| {
            let known = self.known(names, number);
            change.begins = known.is_none();
            if known.is_none() {
                self.all.push(Transaction {
                    is_inside: step.is_inside,
                    ..Transaction::new(method, names)
                });
            }
            let at = known.unwrap_or(number);
            self.recent[place] = at.saturating_add(1);
            at
        });
        change.at = at as usize;
        if let Some(code) = step.code
            && let Some(transaction) = self.all.get_mut(at as usize)
        {
            change.answers = transaction.answer(code, step.vias, self.period);
            transaction.has_wait |= step.has_wait;
        }
        change
    }

    /// Returns whether so many are there that those may be taken out that have ended.
    pub fn is_full(&self) -> bool {
        self.all.len() >= self.room
    }

    /// Takes those out whose final response came before the last time that this was asked, each with its number. Returns the
    /// new numbers of the others by the old ones.
    pub fn take_ended(
        &mut self,
        mut take: impl FnMut(usize, &Method, &Transaction),
    ) -> Vec<Option<u32>> {
        let mut kept = 0;
        let mut moved = Vec::with_capacity(self.all.len());
        for at in 0..self.all.len() {
            let one = self.all[at];
            if matches!(one.outcome, Outcome::Final(_)) && one.ended < self.period {
                take(at, &self.methods[usize::from(one.method)], &one);
                moved.push(None);
            } else {
                self.all[kept] = one;
                moved.push(u32::try_from(kept).ok());
                kept += 1;
            }
        }
        self.all.truncate(kept);
        for names in [&mut self.earlier, &mut self.last] {
            names.retain(|_, at| {
                let new = moved.get(*at as usize).copied().flatten();
                *at = new.unwrap_or(*at);
                new.is_some()
            });
        }
        self.recent.fill(0);
        self.period = self.period.saturating_add(1);
        self.room = kept + PERIOD;
        moved
    }

    /// Returns every transaction with its method.
    pub fn all(&self) -> impl Iterator<Item = (&Method, &Transaction)> {
        self.all.iter().map(|one| (self.method(one.method), one))
    }

    /// Returns every transaction with the number of its method.
    pub fn numbered(&self) -> impl Iterator<Item = (u16, &Transaction)> {
        self.all.iter().map(|one| (one.method, one))
    }

    /// Returns the method of a number.
    pub fn method(&self, number: u16) -> &Method {
        &self.methods[usize::from(number)]
    }

    /// Returns a transaction by its number.
    pub fn one(&self, at: usize) -> Option<&Transaction> {
        self.all.get(at)
    }

    /// Returns a transaction with its method.
    pub fn named(&self, at: usize) -> Option<(&Method, &Transaction)> {
        let one = self.all.get(at)?;
        Some((self.method(one.method), one))
    }

    fn number(&mut self, method: &Method) -> u16 {
        if let Method::Registered(at) = method {
            return u16::from(*at);
        }
        if let Some(known) = self.others.get(method) {
            return *known;
        }
        // Nobody has so many methods: what invents them may share the last.
        let number = u16::try_from(self.methods.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.methods.push(method.clone());
            self.others.insert(method.clone(), number);
        }
        number.min(u16::MAX - 1)
    }

    /// Returns whether a transaction has a name.
    fn is(&self, at: u32, name: Name) -> bool {
        let one = self.all.get(at as usize);
        one.is_some_and(|one| one.name == name)
    }

    /// Returns the number of a transaction that is known; else it gets one, and may repeat the request of the one before.
    fn known(&mut self, names: &Naming, number: u32) -> Option<u32> {
        let last = match self.last.entry(names.row) {
            Entry::Occupied(last) => last.into_mut(),
            Entry::Vacant(free) => {
                free.insert(number);
                return None;
            }
        };
        let at = *last;
        let before = self.all.get_mut(at as usize)?;
        if before.name == names.transaction {
            return Some(at);
        }
        if let Some(known) = self.earlier.get(&names.transaction) {
            return Some(*known);
        }
        if names.number >= before.number {
            *last = number;
            self.earlier.insert(before.name, at);
        } else {
            self.earlier.insert(names.transaction, number);
        }
        if names.number > before.number {
            before.is_repeated = before.outcome.asks_again(before.has_wait);
        }
        None
    }
}

impl Transaction {
    fn new(method: u16, names: &Naming) -> Self {
        Self {
            name: names.transaction,
            number: names.number,
            method,
            outcome: Outcome::Open(None),
            vias: u16::MAX,
            ended: 0,
            has_wait: false,
            is_inside: false,
            is_repeated: false,
        }
    }

    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Takes a response: the last final one counts that was nearest to the caller, and success before all others. Returns
    /// whether it is the outcome now.
    fn answer(&mut self, code: u16, vias: u16, period: u16) -> bool {
        let succeeds = |code: u16| (200..300).contains(&code);
        let counts = match self.outcome {
            Outcome::Open(_) => true,
            Outcome::Final(last) if succeeds(last) => succeeds(code) && vias <= self.vias,
            Outcome::Final(_) => code >= 200 && (succeeds(code) || vias <= self.vias),
        };
        if counts && code >= 200 {
            self.outcome = Outcome::Final(code);
            self.vias = vias;
            self.ended = period;
        } else if let Outcome::Open(last) = self.outcome {
            self.outcome = Outcome::Open(last.max(Some(code)));
        }
        self.outcome == Outcome::Final(code) && self.vias == vias
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Head;

    /// Returns the outcomes of attempts after messages, each of which is written as `METHOD CSEQ VIAS [CODE [wait]]`.
    fn outcomes(messages: &[&str]) -> Vec<(String, Outcome)> {
        let mut all = Transactions::default();
        for message in messages {
            let words: Vec<&str> = message.split(' ').collect();
            let start = match words.get(3) {
                Some(code) => format!("SIP/2.0 {code} x"),
                None => format!("{} sip:a@b SIP/2.0", words[0]),
            };
            let vias = "Via: a\r\n".repeat(words[2].parse().expect("a number"));
            let rest = format!(
                "Call-ID: 1\r\nFrom: a;tag=1\r\nCSeq: {} {}{}",
                words[1],
                words[0],
                words.get(4).map_or("", |_| "\r\nRetry-After: 5")
            );
            let text = format!("{start}\r\n{vias}{rest}\r\n\r\n");
            all.add(&Sighting::of(&Head::of(text.as_bytes())));
        }
        let attempts = all.all().filter(|(_, one)| !one.is_repeated);
        let shown = |(method, one): (&Method, &Transaction)| {
            let method = String::from_utf8_lossy(method.as_bytes()).into_owned();
            (method, one.outcome())
        };
        attempts.map(shown).collect()
    }

    #[test]
    fn an_attempt_has_the_outcome_of_its_last_request() {
        for (messages, outcome) in [
            (&["INVITE 1 1"][..], Outcome::Open(None)),
            (
                &["INVITE 1 1", "INVITE 1 1 100", "INVITE 1 1 180"],
                Outcome::Open(Some(180)),
            ),
            (
                &["INVITE 1 1", "INVITE 1 1", "INVITE 1 1 486", "ACK 1 1"],
                Outcome::Final(486),
            ),
            (
                &[
                    "INVITE 1 1",
                    "INVITE 1 1 407",
                    "INVITE 2 1",
                    "INVITE 2 1 200",
                ],
                Outcome::Final(200),
            ),
            (
                &["INVITE 1 1", "INVITE 1 2 503", "INVITE 1 1 500"],
                Outcome::Final(500),
            ),
            (
                &[
                    "INVITE 1 1",
                    "INVITE 1 2 480",
                    "INVITE 1 1 200",
                    "INVITE 1 2 487",
                ],
                Outcome::Final(200),
            ),
            (
                &["INVITE 1 1", "INVITE 1 1 500", "INVITE 1 2 503"],
                Outcome::Final(500),
            ),
        ] {
            assert_eq!(
                outcomes(messages),
                [("INVITE".to_owned(), outcome)],
                "{messages:?}"
            );
        }
    }

    #[test]
    fn another_request_of_a_call_is_another_attempt() {
        let messages = [
            "REGISTER 1 1",
            "REGISTER 1 1 200",
            "REGISTER 2 1",
            "REGISTER 2 1 200",
        ];
        assert_eq!(outcomes(&messages).len(), 2);
        let messages = ["INVITE 1 1", "INVITE 1 1 401", "BYE 2 1"];
        assert_eq!(outcomes(&messages).len(), 2);
        // In whatever order they are met.
        let messages = [
            "REGISTER 2 1",
            "REGISTER 1 1",
            "REGISTER 2 1 200",
            "REGISTER 3 1",
            "REGISTER 2 1 200",
            "REGISTER 1 1 200",
        ];
        assert_eq!(outcomes(&messages).len(), 3);
        // Without Retry-After a 413 asks for nothing (RFC 3261 section 21.4.11).
        let messages = ["INVITE 1 1", "INVITE 1 1 413", "INVITE 2 1"];
        assert_eq!(outcomes(&messages).len(), 2);
        let messages = ["INVITE 1 1", "INVITE 1 1 413 wait", "INVITE 2 1"];
        assert_eq!(outcomes(&messages).len(), 1);
    }
}
