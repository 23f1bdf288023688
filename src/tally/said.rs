//! What a response says beside its code, found by several threads: each value is kept once, and has a name.

use core::net::SocketAddr;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::iter;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::quality::FixedState;
use memchr::memchr;

use crate::message::{Field, Head, Start, lines, reasons, warnings};

/// No trace of good faith has more different answers; what goes beyond is counted and not told apart.
const MOST: usize = 10_000;

/// Who sent a response, as far as it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sender {
    /// What it calls itself.
    pub agent: String,
    pub peer: String,
}

/// What a final response says beside its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub sender: Sender,
    /// Each with its protocol and its cause, or its text where it has none.
    pub reasons: Vec<String>,
    pub warnings: Vec<u16>,
}

/// What a final response says: its name, and whether it is a failure, of which a call may be an example.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub said: u64,
    pub fails: bool,
}

/// What one reader has met: so that not every message is asked of what all of them have.
pub type Known = HashSet<u64, FixedState>;

/// All that was said.
#[derive(Debug, Default)]
pub struct Sayings(RwLock<HashMap<u64, Arc<Said>, FixedState>>);

impl Sayings {
    /// Takes what a final response says; `known` is what this reader has met.
    pub fn of(
        &self,
        head: &Head<'_>,
        message: &[u8],
        peer: Option<SocketAddr>,
        known: &mut Known,
    ) -> Option<Word> {
        let Some(Start::Status { code: 200.., .. }) = head.start else {
            return None;
        };
        // Success needs no reason, and is frequent.
        let fails = !matches!(head.start, Some(Start::Status { code: ..300, .. }));
        let tells_why = fails && head.has_why;
        let mut hasher = FixedState::default().build_hasher();
        hasher.write(head.agent);
        hasher.write_u64(head.agent.len() as u64);
        match peer {
            None => hasher.write_u64(0),
            Some(SocketAddr::V4(peer)) => {
                let port = u64::from(peer.port()) << 32 | 1 << 48;
                hasher.write_u64(u64::from(peer.ip().to_bits()) | port);
            }
            Some(peer) => peer.hash(&mut hasher),
        }
        if tells_why {
            for field in telling(message) {
                field.value.hash(&mut hasher);
            }
        }
        let said = hasher.finish().max(1);
        if known.insert(said) && !self.holds(said) {
            let mut says = Said {
                sender: Sender {
                    agent: String::from_utf8_lossy(head.agent).into_owned(),
                    peer: peer.map_or_else(String::new, |peer| peer.to_string()),
                },
                ..Said::default()
            };
            if tells_why {
                for field in telling(message) {
                    says.add(&field);
                }
            }
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if all.len() < MOST {
                all.insert(said, Arc::new(says));
            }
        }
        Some(Word { said, fails })
    }

    fn holds(&self, said: u64) -> bool {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.contains_key(&said) || all.len() >= MOST
    }

    /// Returns what has a name.
    pub fn get(&self, said: u64) -> Option<Arc<Said>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&said).map(Arc::clone)
    }
}

/// Returns the fields that say why, up to an empty line. Those that begin with another letter are only left out, since most
/// do.
fn telling(message: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut rest = message;
    let mut follows_white = false;
    iter::from_fn(move || {
        loop {
            rest = rest.get(memchr(b'\n', rest)? + 1..)?;
            let first = *rest.first()?;
            let is_white = first.is_ascii_whitespace() && {
                let end = memchr(b'\n', rest).unwrap_or(rest.len());
                rest[..end].trim_ascii().is_empty()
            };
            // One that begins with a blank goes on what stands before it.
            let goes_on = matches!(first, b' ' | b'\t') && !follows_white;
            if is_white && !goes_on {
                return None;
            }
            follows_white = is_white;
            if let b'R' | b'r' | b'W' | b'w' = first {
                let field = Field::parse(&rest[lines(rest).next()?]);
                let tells = |field: &Field<'_>| field.is("Reason") || field.is("Warning");
                if let Some(field) = field.filter(tells) {
                    return Some(field);
                }
            }
        }
    })
}

impl Said {
    fn add(&mut self, field: &Field<'_>) {
        if field.is("Warning") {
            for code in warnings(field.value).map(|warning| warning.code) {
                if let Err(place) = self.warnings.binary_search(&code) {
                    self.warnings.insert(place, code);
                }
            }
            return;
        }
        for reason in reasons(field.value) {
            let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
            let protocol = match reason {
                reason if reason.is_q850() => "Q.850".to_owned(),
                reason if reason.is_sip() => "SIP".to_owned(),
                reason => text(reason.protocol),
            };
            let says = match (reason.cause, reason.text) {
                (Some(cause), _) => format!("{protocol};cause={cause}"),
                (None, Some(words)) => format!("{protocol};text=\"{}\"", text(words)),
                (None, None) => protocol,
            };
            if !self.reasons.contains(&says) {
                self.reasons.push(says);
            }
        }
    }
}
