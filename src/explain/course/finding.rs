//! What is found in a call, and what to do about it.

use core::mem;

use crate::catalog::{Citation, PatternKind};
use crate::explain::patterns::Found;

/// What several messages show together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallFinding {
    /// Stable: `no-answer`.
    pub id: String,
    pub sureness: Sureness,
    pub says: String,
    pub cites: Vec<Citation>,
    /// The messages that prove it, by their numbers from 0 on.
    pub proof: Vec<usize>,
    /// It is why something came to what it came to.
    pub decides: bool,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The messages prove it.
    Proven,
    /// They point to it: what would prove it may be missing in the trace.
    Possible,
    /// It looks like a fault and is none.
    Sound,
    /// What happened, without a judgement.
    Told,
}

impl Sureness {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Possible => "possible",
            Self::Sound => "sound",
            Self::Told => "told",
        }
    }
}

impl From<Found> for CallFinding {
    fn from(mut found: Found) -> Self {
        Self {
            cites: found.cites(),
            id: found.pattern.id.into(),
            sureness: found.pattern.kind.into(),
            decides: found.decides,
            says: mem::take(&mut found.says),
            proof: mem::take(&mut found.proof),
        }
    }
}

impl From<PatternKind> for Sureness {
    fn from(kind: PatternKind) -> Self {
        match kind {
            PatternKind::Fault => Self::Proven,
            PatternKind::Possible => Self::Possible,
            PatternKind::Sound => Self::Sound,
            PatternKind::Told => Self::Told,
        }
    }
}

/// What to do next, and the section that it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    pub says: String,
    pub cites: Vec<Citation>,
}
