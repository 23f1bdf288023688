//! What a request came to.

/// The final response, or what was seen without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Final(u16),
    /// No final response in this trace: the last provisional one, if any.
    Open(Option<u16>),
}

/// Final responses after which the same request is sent once more: those of 3xx among them.
const ASKS_AGAIN: [u16; 5] = [401, 407, 422, 423, 491];

impl Outcome {
    /// Returns whether it is no success: a final response from 300 on.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Final(code) if code >= 300)
    }

    /// Returns whether the request is to be sent again, other than it was or after a wait.
    pub fn asks_again(self, has_wait: bool) -> bool {
        match self {
            Self::Final(413) => has_wait,
            Self::Final(code) => (300..400).contains(&code) || ASKS_AGAIN.contains(&code),
            Self::Open(_) => false,
        }
    }
}
