//! What names an attempt: who calls whom, and its Call-ID.

use crate::message::{Head, address};

/// The addresses in From and To, and Call-ID, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    all: Box<[u8]>,
    ends: [usize; 2],
}

impl Names {
    pub fn of(head: &Head<'_>) -> Self {
        let (from, to) = (address(head.from), address(head.to));
        Self {
            all: [from, to, head.call_id].concat().into(),
            ends: [from.len(), from.len() + to.len()],
        }
    }

    /// Puts them behind others, and returns how long each is.
    pub(super) fn put_into(&self, names: &mut Vec<u8>) -> [u32; 3] {
        let [from, to] = self.ends;
        let parts = [&self.all[..from], &self.all[from..to], &self.all[to..]];
        parts.map(|part| {
            names.extend_from_slice(part);
            names.push(b'\n');
            u32::try_from(part.len()).unwrap_or(0)
        })
    }
}
