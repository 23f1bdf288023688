//! What the network itself says to who sends messages: why it did not deliver something, and which addresses a name has.

use core::net::{IpAddr, SocketAddr};

/// What it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Network {
    /// Something was not delivered to an address.
    Refused(Refusal, SocketAddr),
    Resolved(Lookup),
}

/// What DNS answers (RFC 1035, RFC 2782, RFC 3263).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lookup {
    /// The name that was asked for, without what stands before it for a service.
    pub host: String,
    /// What was asked of it: "SRV".
    pub kind: &'static str,
    /// The addresses that are told, of the targets of SRV records too.
    pub addresses: Vec<IpAddr>,
    /// The names that it leads on to.
    pub targets: Vec<String>,
    /// What it is called that there is no answer.
    pub failure: Option<&'static str>,
}

/// What comes back in place of an answer: ICMP (RFC 792, RFC 4443), or what TCP does with who wants to connect (RFC 9293).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing listens on the port.
    Port,
    /// Nobody knows the way, or the host is not there.
    Host,
    /// A filter on the way forbids it.
    Forbidden,
    /// It went round until it was given up.
    Hops,
    /// It was divided, and not all pieces came.
    Pieces,
    /// It is too long, for it must not be divided; what is taken at most, in bytes, where that is told.
    Size(Option<u32>),
    /// A connection is refused.
    Connection,
    /// Nobody answers who wants to connect, who tried so often.
    Silence(u32),
}

impl Refusal {
    /// Returns what it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Port => "ICMP port unreachable",
            Self::Host => "ICMP host unreachable",
            Self::Forbidden => "ICMP administratively prohibited",
            Self::Hops => "ICMP time exceeded",
            Self::Pieces => "ICMP fragment reassembly time exceeded",
            Self::Size(_) => "ICMP fragmentation needed",
            Self::Connection => "TCP connection refused",
            Self::Silence(_) => "TCP connection not answered",
        }
    }

    /// Returns whether it is about a connection that does not come about, and not about a packet.
    pub fn is_of_connection(self) -> bool {
        matches!(self, Self::Connection | Self::Silence(_))
    }
}
