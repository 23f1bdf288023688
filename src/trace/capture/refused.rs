//! What the network says itself: errors of ICMP with the packet that they quote, connections of TCP that do not come about,
//! and what DNS answers.

use core::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, TcpSlice};

use super::ip::{self, Carried};
use super::seen::Seen;
use crate::message::{Network, Refusal};
use crate::trace::found::{Origin, Remark};

/// More are not kept, nor looked for.
const MOST: usize = 4096;
const OPEN: usize = 64;
/// Who asks for the third time was not answered for three seconds (RFC 6298 section 2).
const PATIENCE: u32 = 3;
/// An error stands before what it quotes.
const ERROR: usize = 8;
/// So does a header of UDP.
const HEADER: usize = 8;

/// Who wants to connect, and was not answered yet.
#[derive(Debug)]
struct Asking {
    from: SocketAddr,
    to: SocketAddr,
    number: u32,
    times: u32,
    /// Where it is noted that nobody answers.
    noted: Option<usize>,
}

/// What was not delivered, and who waits for a connection.
#[derive(Debug, Default)]
pub(super) struct Refused {
    pub(super) all: Vec<Remark>,
    asking: Vec<Asking>,
}

impl Refused {
    /// Takes note of an error of ICMP; what it quotes is cut, and may be its first bytes only.
    pub(super) fn error(&mut self, carried: &Carried<'_>, seen: &Seen) {
        let why = match carried.number {
            IpNumber::ICMP => told(carried.bytes),
            _ => told_by_six(carried.bytes),
        };
        let quoted = carried.bytes.get(ERROR..).and_then(ip::carried);
        let (Some(why), Some(quoted)) = (why, quoted) else {
            return;
        };
        let (Some([a, b, c, d, ..]), IpNumber::UDP | IpNumber::TCP) =
            (quoted.bytes.get(..4), quoted.number)
        else {
            return;
        };
        let port = |high, low| u16::from_be_bytes([high, low]);
        let origin = Origin {
            from: Some(SocketAddr::new(carried.from, 0)),
            to: Some(SocketAddr::new(quoted.from, port(*a, *b))),
            ..seen.origin
        };
        let asked = SocketAddr::new(quoted.to, port(*c, *d));
        let message = match quoted.number {
            IpNumber::UDP => quoted.bytes.get(HEADER..),
            _ => None,
        };
        self.note(Network::Refused(why, asked), origin, message);
    }

    /// Takes note of what begins a connection, or refuses it.
    pub(super) fn connects(&mut self, tcp: &TcpSlice<'_>, from: IpAddr, to: IpAddr, seen: &Seen) {
        if !tcp.syn() && !tcp.rst() {
            return;
        }
        let from = SocketAddr::new(from, tcp.source_port());
        let to = SocketAddr::new(to, tcp.destination_port());
        if tcp.syn() && !tcp.ack() {
            self.asks(from, to, tcp.sequence_number(), seen);
            return;
        }
        let is_asked = |one: &Asking| (one.from, one.to) == (to, from);
        let Some(at) = self.asking.iter().position(is_asked) else {
            return;
        };
        self.asking.swap_remove(at);
        if tcp.rst() {
            let origin = Origin {
                from: Some(from),
                to: Some(to),
                ..seen.origin
            };
            self.note(Network::Refused(Refusal::Connection, from), origin, None);
        }
    }

    fn asks(&mut self, from: SocketAddr, to: SocketAddr, number: u32, seen: &Seen) {
        let is_again = |one: &&mut Asking| (one.from, one.to, one.number) == (from, to, number);
        if let Some(known) = self.asking.iter_mut().find(is_again) {
            known.times += 1;
            let (times, noted) = (known.times, known.noted);
            if let Some(noted) = noted.and_then(|at| self.all.get_mut(at)) {
                noted.says = Network::Refused(Refusal::Silence(times), to);
            } else if times == PATIENCE {
                known.noted = Some(self.all.len());
                let origin = Origin {
                    from: Some(to),
                    to: Some(from),
                    ..seen.origin
                };
                self.note(Network::Refused(Refusal::Silence(times), to), origin, None);
            }
            return;
        }
        if self.asking.len() == OPEN {
            self.asking.remove(0);
        }
        self.asking.push(Asking {
            from,
            to,
            number,
            times: 1,
            noted: None,
        });
    }

    pub(super) fn note(&mut self, says: Network, origin: Origin, quoted: Option<&[u8]>) {
        if self.all.len() < MOST {
            self.all.push(Remark {
                says,
                quoted: quoted.unwrap_or_default().to_vec(),
                origin,
            });
        }
    }
}

/// Returns what an error of ICMP says (RFC 792; RFC 1812 section 5.2.7.1).
fn told(bytes: &[u8]) -> Option<Refusal> {
    let [kind, code, _, _, _, _, high, low, ..] = *bytes else {
        return None;
    };
    match (kind, code) {
        (3, 2 | 3) => Some(Refusal::Port),
        (3, 4) => {
            let most = u32::from(u16::from_be_bytes([high, low]));
            Some(Refusal::Size(Some(most).filter(|most| *most > 0)))
        }
        (3, 9 | 10 | 13) => Some(Refusal::Forbidden),
        (3, _) => Some(Refusal::Host),
        (11, 0) => Some(Refusal::Hops),
        (11, 1) => Some(Refusal::Pieces),
        _ => None,
    }
}

/// Returns what an error of ICMP for IPv6 says (RFC 4443 section 3).
fn told_by_six(bytes: &[u8]) -> Option<Refusal> {
    let [kind, code, _, _, most @ ..] = bytes else {
        return None;
    };
    match (kind, code) {
        (1, 4) => Some(Refusal::Port),
        (1, 1 | 5 | 6) => Some(Refusal::Forbidden),
        (1, _) => Some(Refusal::Host),
        (2, _) => Some(Refusal::Size(
            most.first_chunk().map(|most| u32::from_be_bytes(*most)),
        )),
        (3, 0) => Some(Refusal::Hops),
        (3, 1) => Some(Refusal::Pieces),
        _ => None,
    }
}
