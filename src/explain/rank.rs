//! Which of many messages are explained to somebody who has not said which one is meant.

use crate::message::{Head, Message, Reason, Start, reasons};

/// Of many messages no more than these are explained.
pub const MOST: usize = 5;

/// Causes and codes of a Reason with which a call ends as it should.
const NORMAL: [u16; 5] = [0, 16, 26, 31, 200];

/// How much a message matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// A failure, or what ends a call that went wrong.
    Failure,
    /// A challenge: mostly it was answered.
    Challenge,
    /// A success of an INVITE, which wants an ACK.
    Success,
    Other,
}

impl Rank {
    /// Ranks a message by its head, and a BYE by why it ends the call.
    pub fn of(head: &Head<'_>, bytes: &[u8]) -> Self {
        match head.start {
            Some(Start::Status {
                code: 401 | 407, ..
            }) => Self::Challenge,
            Some(Start::Status { code: 300.., .. }) => Self::Failure,
            Some(Start::Status { code: 200.., .. }) if head.method == b"INVITE" => Self::Success,
            Some(Start::Request { method: b"BYE", .. }) if is_of_failure(&Message::of(bytes)) => {
                Self::Failure
            }
            _ => Self::Other,
        }
    }

    /// Returns where it is kept.
    pub fn place(self) -> usize {
        match self {
            Self::Failure => 0,
            Self::Challenge => 1,
            Self::Success | Self::Other => 2,
        }
    }
}

/// Returns whether a BYE has a Reason that is not that of a call which somebody hung up.
fn is_of_failure(bye: &Message<'_>) -> bool {
    let fields = bye.all("Reason");
    let is_wrong = |reason: Reason<'_>| {
        let is_known = reason.is_q850() || reason.is_sip();
        is_known && reason.cause.is_some_and(|cause| !NORMAL.contains(&cause))
    };
    fields
        .into_iter()
        .any(|field| reasons(field.value).any(is_wrong))
}
