//! What reading gives: each message with what is known of where it came from, and what was read in all.

use core::net::SocketAddr;
use std::borrow::Cow;
use std::ops::Range;

use super::looks::Looks;
use super::lost::Lost;
use crate::message::{Head, Network};

/// A message, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found<'a> {
    /// From its start line to its end; the whole line, where it is folded into one; the packet that brought its last
    /// byte with what stands before it, in a capture.
    pub place: Range<u64>,
    /// Without what a writer put around its lines; borrowed where that is nothing.
    pub bytes: Cow<'a, [u8]>,
    /// What its header fields say, where that is known from finding it.
    pub(super) head: Option<Head<'a>>,
    pub origin: Origin,
    /// What stands before it in a text, from the end of the message before it on as far as it is at hand.
    pub before: Cow<'a, [u8]>,
    /// The line of a text in which it begins, from 1 on, if lines are counted.
    pub line: Option<u64>,
}

impl From<Origin> for Found<'_> {
    /// Returns what has no bytes, and is told of by its way alone.
    fn from(origin: Origin) -> Self {
        Self {
            origin,
            ..Self::default()
        }
    }
}

impl Found<'_> {
    /// Returns what its header fields say.
    pub fn head(&self) -> Cow<'_, Head<'_>> {
        match &self.head {
            Some(head) => Cow::Borrowed(head),
            None => Cow::Owned(Head::of(&self.bytes)),
        }
    }
}

/// What is known of how a message travelled. Nothing of it is made up: what a trace does not say is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The number of the packet that brought its last byte, from 1 on.
    pub frame: Option<u64>,
    /// When that packet came, in nanoseconds since 1970.
    pub time: Option<u64>,
    pub from: Option<SocketAddr>,
    pub to: Option<SocketAddr>,
    pub transport: Option<Transport>,
    /// It is a datagram of which the end is not there: fragments that did not come, or no more was captured.
    pub is_cut: bool,
}

/// What the network itself says in a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub says: Network,
    /// How the message begins that it is about, as far as it quotes one.
    pub quoted: Vec<u8>,
    /// Who says so, to whom, and when.
    pub origin: Origin,
}

/// What carried a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    #[default]
    Udp,
    Tcp,
    Sctp,
    WebSocket,
}

/// How the bytes of a trace are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Text,
    Utf16,
    Pcap,
    Pcapng,
    /// What is not read.
    Other,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Utf16 => "utf-16",
            Self::Pcap => "pcap",
            Self::Pcapng => "pcapng",
            Self::Other => "other",
        }
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    pub format: Format,
    pub is_gzip: bool,
    /// Why it was not read to its end.
    pub broken: Option<String>,
    /// What it is, if its first bytes tell that it is no trace. What a command can open is not read.
    pub looks: Option<&'static Looks>,
    /// How many lines it has, if it is short, and whether its beginning has bytes that no text has.
    pub lines: Option<u64>,
    pub is_binary: bool,
    /// Of the trace, unpacked where it was packed.
    pub bytes: u64,
    pub messages: u64,
    /// Of a capture.
    pub packets: u64,
    /// What the network itself says, of a capture: as much as is kept.
    pub remarks: Vec<Remark>,
    /// Packets of TLS: what they hold is not read.
    pub tls: u64,
    /// Packets of links that are not known, and so not read.
    pub unread: u64,
    /// Places of a text that look like the start line of a message, below which no header fields were understood.
    pub missed: u64,
    /// Where the first of them is, in bytes.
    pub first_missed: Option<u64>,
    /// Those among them that go on for longer than is looked at, and those of a capture.
    pub uncounted: u64,
    pub first_uncounted: Option<u64>,
    /// What its writer left out of a text.
    pub lost: Option<Lost>,
    /// The capture ends in the middle of a packet.
    pub is_cut: bool,
}
