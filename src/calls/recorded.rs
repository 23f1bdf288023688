//! A message of a call as a trace has it: its bytes, when it was, and between whom.

use core::net::SocketAddr;

use crate::message::Network;

/// A message as a trace has it, and what is told of its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
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
    /// What the network says in its place, which has no bytes then.
    pub network: Option<Network>,
    /// Its end was sent and is not in the trace: what is missing there is no fault of it.
    pub is_cut: bool,
    /// What its writer printed just before it.
    pub label: String,
}
