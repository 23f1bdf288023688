//! What is wrong with a message, and the section that says so.

use crate::catalog::{CheckKind, Citation};

/// A rule that a message breaks, or may break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable: `405-allow`.
    pub id: String,
    pub kind: Kind,
    pub says: String,
    pub cite: Citation,
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The message breaks a rule, whatever stands around it.
    Broken,
    /// It may: what decides is not in the message.
    Doubt,
    /// It is no fault, and worth to be known.
    Note,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Doubt => "doubt",
            Self::Note => "note",
        }
    }
}

impl From<CheckKind> for Kind {
    fn from(kind: CheckKind) -> Self {
        match kind {
            CheckKind::Broken => Self::Broken,
            CheckKind::Doubt => Self::Doubt,
            CheckKind::Note => Self::Note,
        }
    }
}

/// A rule that messages are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub kind: Kind,
    /// With an ellipsis for what a message has in its place.
    pub says: String,
    pub cite: Citation,
}
