//! A message as it is counted: owned and small, so that one thread may read what another counts.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;

use crate::message::{Head, Method, Start};

/// What is asked of a message by whoever counts it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    pub kind: Kind,
    /// The method of `CSeq`.
    pub method: Method,
    /// None for an ACK, and where the transaction is not named.
    pub(super) names: Option<Naming>,
    pub(super) vias: u16,
    pub(super) has_wait: bool,
    pub(super) is_inside: bool,
}

/// What a message begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    Request(Method),
    Response(u16),
    /// With a start line that breaks the rules.
    #[default]
    Malformed,
}

/// A digest: a billion transactions share none but by a chance of one in forty.
pub(super) type Name = u64;

/// What tells a transaction from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Naming {
    /// Of Call-ID, From tag and method.
    pub(super) row: Name,
    /// Of these and the `CSeq` number.
    pub(super) transaction: Name,
    pub(super) number: u64,
}

/// What a message changes of its transaction: less than a sighting, since a whole trace of them goes from thread to thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(super) names: Naming,
    pub method: Method,
    /// None of a request.
    pub code: Option<u16>,
    pub(super) vias: u16,
    pub(super) has_wait: bool,
    /// It is an INVITE in a dialog.
    pub is_inside: bool,
}

impl Sighting {
    /// Takes what counts of a message, and what names its transaction.
    pub fn of(head: &Head<'_>) -> Self {
        let mut sighting = Self::default();
        sighting.fill(head);
        sighting
    }

    /// Takes what counts of a message in the place of what was before.
    pub fn fill(&mut self, head: &Head<'_>) {
        self.fill_plain(head);
        let is_named = !head.call_id.is_empty() && !head.method.is_empty();
        if !is_named || self.method.is_ack() {
            return;
        }
        let tag = head.from_tag();
        let mut hasher = FixedState::default().build_hasher();
        hasher.write(head.call_id);
        hasher.write(tag);
        // They are told apart by their lengths.
        hasher.write_u64(head.call_id.len() as u64 | (tag.len() as u64) << 32);
        match self.method {
            Method::Registered(at) => hasher.write_u64(at.into()),
            Method::Other(_) => {
                hasher.write(head.method);
                hasher.write_u64(u64::MAX);
            }
        }
        let row = hasher.finish();
        let number = number(head.number);
        match number {
            Some(number) => hasher.write_u64(number),
            None => hasher.write(head.number),
        }
        hasher.write_u64(head.number.len() as u64);
        self.names = Some(Naming {
            row,
            transaction: hasher.finish(),
            number: number.unwrap_or(0),
        });
        self.vias = u16::try_from(head.vias).unwrap_or(u16::MAX);
        self.has_wait = head.has_retry_after;
        let is_asked = self.method.is_invite() && matches!(self.kind, Kind::Request(_));
        self.is_inside = is_asked && !head.to_tag().is_empty();
    }

    /// Takes what counts where transactions do not.
    pub fn fill_plain(&mut self, head: &Head<'_>) {
        self.method = Method::of(head.method);
        self.kind = match head.start {
            // Nearly always it is the same.
            Some(Start::Request { method, .. }) if method == head.method => {
                Kind::Request(self.method.copy())
            }
            Some(Start::Request { method, .. }) => Kind::Request(Method::of(method)),
            Some(Start::Status { code, .. }) => Kind::Response(code),
            None => Kind::Malformed,
        };
        self.names = None;
        self.vias = 0;
        self.has_wait = false;
        self.is_inside = false;
    }

    /// Returns what it changes of its transaction, if it belongs to one.
    pub fn step(&self) -> Option<Step> {
        Some(Step {
            names: self.names?,
            method: self.method.copy(),
            code: match self.kind {
                Kind::Response(code) => Some(code),
                _ => None,
            },
            vias: self.vias,
            has_wait: self.has_wait,
            is_inside: self.is_inside,
        })
    }

    /// Returns whether it does not name the transaction to which it belongs; an ACK belongs to none.
    pub fn lacks_name(&self) -> bool {
        self.names.is_none() && !self.method.is_ack()
    }

    /// Returns whether it belongs to a transaction.
    pub fn is_named(&self) -> bool {
        self.names.is_some()
    }
}

fn number(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}
