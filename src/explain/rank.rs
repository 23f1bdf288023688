//! Which of many messages are explained to somebody who has not said which one is meant.

use crate::message::{Head, Start};

/// Of many messages no more than these are explained.
pub const MOST: usize = 5;

/// How much a message matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Failure,
    /// A challenge: mostly it was answered.
    Challenge,
    Other,
}

impl Rank {
    pub fn of(head: &Head<'_>) -> Self {
        match head.start {
            Some(Start::Status {
                code: 401 | 407, ..
            }) => Self::Challenge,
            Some(Start::Status { code: 300.., .. }) => Self::Failure,
            _ => Self::Other,
        }
    }
}
