//! A message of a call as a trace has it: its bytes, when it was, and between whom.

use core::net::SocketAddr;

use crate::message::Network;

/// A message as a trace has it, and what is told of its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The message; of what the network says, the beginning of the one that it quotes.
    pub bytes: Vec<u8>,
    /// When it was, as it is printed.
    pub time: Option<String>,
    /// The same in microseconds, from a beginning that all messages of one trace share, where it is told.
    pub micros: Option<u64>,
    /// Whether that has more than whole seconds.
    pub is_exact: bool,
    pub from: Option<SocketAddr>,
    pub to: Option<SocketAddr>,
    /// Where it stands: "full.log line 12".
    pub place: String,
    /// What the network says, of a message or in place of one.
    pub network: Option<Network>,
    /// Its end was sent and is not in the trace: what is missing there is no fault of it.
    pub is_cut: bool,
    /// What its writer printed just before it.
    pub label: String,
}

impl Recorded {
    /// Returns whether it may be the message that an error quotes: it begins as that does, where that tells.
    pub fn is_quoted(&self, quoted: &[u8]) -> bool {
        let both = self.bytes.len().min(quoted.len());
        self.bytes[..both] == quoted[..both]
    }
}
