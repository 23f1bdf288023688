//! Captures: the messages that packets carry, over UDP, TCP and WebSocket, on any port and behind any link.

mod batch;
mod clock;
mod fragments;
mod framer;
mod hep;
mod ip;
mod link;
mod names;
mod packets;
mod refused;
mod sctp;
mod seen;
mod sip;
mod streams;
mod websocket;
mod window;

use core::net::{IpAddr, SocketAddr};
use std::io::{Error, Read, Result};
use std::mem;

use etherparse::{IpNumber, TcpSlice, UdpSlice};

use super::found::{Origin, Scan, Transport};
use super::pause::is_pause;
use super::readers;
use super::teller::Teller;
use crate::message::Network;
use batch::{Batch, Counted};
use fragments::{Fragments, Whole};
use ip::Carried;
pub(super) use packets::is_capture;
use packets::{Packet, Packets};
use refused::Refused;
use seen::Seen;
use streams::{Segment, Streams};

/// How long the header of UDP is.
const UDP: usize = 8;
/// So deep tunnels in tunnels are followed.
const DEEP: usize = 4;

/// Reads a capture to the end; takes what is told of its messages, in order.
pub(super) fn scan<T: Teller>(
    input: &mut (dyn Read + Send),
    teller: &T,
    take: &mut (dyn FnMut(T::Told) + Send),
) -> Result<Scan> {
    let mut packets = Packets::new(input)?;
    let mut reader = Reader::default();
    let mut all = Counted::default();
    readers::in_order(
        |done| reader.next(&mut packets, done),
        |batch| batch.told(teller),
        |_, (counted, told)| {
            all.messages += counted.messages;
            all.uncounted += counted.uncounted;
            all.first = all.first.or(counted.first);
            take(told);
        },
    );
    match reader.error {
        Some(error) => Err(error),
        None => Ok(Scan {
            bytes: packets.read(),
            is_cut: packets.is_cut(),
            messages: all.messages,
            missed: all.uncounted,
            first_missed: all.first,
            uncounted: all.uncounted,
            first_uncounted: all.first,
            remarks: reader.refused.all,
            ..reader.scan
        }),
    }
}

#[derive(Default)]
struct Reader {
    scan: Scan,
    fragments: Fragments,
    streams: Streams,
    refused: Refused,
    batch: Batch,
    is_ended: bool,
    error: Option<Error>,
}

impl Reader {
    /// Returns what the next packets carry, in the room of what is done: those that are at hand at once.
    fn next(&mut self, packets: &mut Packets<'_>, done: Option<Batch>) -> Option<Batch> {
        let mut next = done.unwrap_or_default();
        packets.reuse(next.clear());
        while !self.is_ended {
            match packets.next() {
                Ok(Some(mut packet)) => {
                    let Some(left) = packet.left.take() else {
                        self.packet(&packet);
                        continue;
                    };
                    mem::swap(&mut next, &mut self.batch);
                    next.ends(left);
                    self.packet(&packet);
                    if !next.is_empty() {
                        return Some(next);
                    }
                    packets.reuse(next.clear());
                    continue;
                }
                Ok(None) => {}
                // What was found by now is told meanwhile.
                Err(error) if is_pause(&error) => {
                    mem::swap(&mut next, &mut self.batch);
                    next.ends(packets.pause());
                    return Some(next);
                }
                Err(error) => self.error = Some(error),
            }
            self.is_ended = true;
            self.end();
            self.batch.ends(packets.end());
            return Some(mem::take(&mut self.batch));
        }
        None
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        self.scan.packets += 1;
        let Some(link) = link::link(packet.link) else {
            self.scan.unread += 1;
            return;
        };
        let seen = Seen {
            place: packet.place.clone(),
            origin: Origin {
                frame: Some(packet.frame),
                time: packet.time,
                ..Origin::default()
            },
        };
        let Some(bytes) = link(packet.bytes) else {
            return;
        };
        if let Some((from, to, datagram)) = ip::datagram(bytes)
            && let Some((payload, from, to)) = udp(datagram, from, to)
            && sip::may_begin(payload)
            && !hep::begins(payload)
        {
            // What it carries is told of where it stands.
            let at = packet.at + packet.bytes.len() - bytes.len() + ip::HEADER + UDP;
            self.batch.datagram(at..at + payload.len(), &seen, from, to);
        } else {
            self.ip(bytes, &seen, DEEP);
        }
    }

    fn ip(&mut self, bytes: &[u8], seen: &Seen, deep: usize) {
        if let Some((from, to, bytes)) = ip::datagram(bytes).filter(|_| deep > 0) {
            self.udp(bytes, from, to, seen, deep);
            return;
        }
        let Some(carried) = ip::carried(bytes).filter(|_| deep > 0) else {
            return;
        };
        match carried.piece {
            None => self.carried(&carried, seen, deep),
            // One that is not there as a whole leaves a hole: what is in the first one is read as it is.
            Some(piece) if carried.missing > 0 => {
                if piece.offset.value() == 0 {
                    self.carried(&carried, seen, deep);
                }
            }
            Some(piece) => {
                for whole in self.fragments.add(&carried, piece, seen) {
                    self.whole(&whole, deep);
                }
            }
        }
    }

    fn whole(&mut self, whole: &Whole, deep: usize) {
        let (number, bytes) = match whole.from {
            IpAddr::V4(_) => (whole.number, &whole.bytes[..]),
            IpAddr::V6(_) => ip::extended(whole.number, &whole.bytes),
        };
        let carried = Carried {
            from: whole.from,
            to: whole.to,
            number,
            bytes,
            missing: usize::from(whole.is_cut),
            piece: None,
        };
        self.carried(&carried, &whole.seen, deep);
    }

    fn carried(&mut self, carried: &Carried<'_>, seen: &Seen, deep: usize) {
        match carried.number {
            IpNumber::UDP => self.udp(carried.bytes, carried.from, carried.to, seen, deep),
            IpNumber::TCP => self.tcp(carried, seen),
            IpNumber::SCTP => {
                for (bytes, from, to) in sctp::wholes(carried.bytes) {
                    let seen = seen.between((carried.from, from), (carried.to, to));
                    self.batch.add(bytes, Transport::Sctp, &seen);
                }
            }
            IpNumber::ICMP | IpNumber::IPV6_ICMP => self.refused.error(carried, seen),
            IpNumber::GRE => {
                if let Some(inner) = link::gre(carried.bytes) {
                    self.ip(inner, seen, deep - 1);
                }
            }
            IpNumber::IPV4 | IpNumber::IPV6 => self.ip(carried.bytes, seen, deep - 1),
            _ => {}
        }
    }

    fn udp(&mut self, bytes: &[u8], from: IpAddr, to: IpAddr, seen: &Seen, deep: usize) {
        let Some((payload, from, to)) = udp(bytes, from, to) else {
            return;
        };
        let mut seen = seen.clone();
        seen.origin.is_cut = is_cut(bytes);
        if let Some((bytes, origin)) = hep::passed_on(payload) {
            seen.origin.time = origin.time.or(seen.origin.time);
            seen.origin.from = origin.from.or(Some(from));
            seen.origin.to = origin.to.or(Some(to));
            self.batch.add(bytes, Transport::Udp, &seen);
        } else if sip::may_begin(payload) {
            (seen.origin.from, seen.origin.to) = (Some(from), Some(to));
            self.batch.add(payload, Transport::Udp, &seen);
        } else if from.port() == names::PORT {
            if let Some(lookup) = names::lookup(payload) {
                (seen.origin.from, seen.origin.to) = (Some(from), Some(to));
                self.refused
                    .note(Network::Resolved(lookup), seen.origin, None);
            }
        } else if let Some(inner) = link::over_udp(to.port(), payload) {
            self.ip(inner, &seen, deep - 1);
        }
    }

    fn tcp(&mut self, carried: &Carried<'_>, seen: &Seen) {
        let Ok(tcp) = TcpSlice::from_slice(carried.bytes) else {
            return;
        };
        self.refused.connects(&tcp, carried.from, carried.to, seen);
        let seen = seen.between(
            (carried.from, tcp.source_port()),
            (carried.to, tcp.destination_port()),
        );
        let segment = Segment {
            number: tcp.sequence_number(),
            is_syn: tcp.syn(),
            bytes: tcp.payload(),
            missing: carried.missing,
            seen: &seen,
        };
        let batch = &mut self.batch;
        let is_tls = self.streams.add(&segment, &mut |bytes, by, seen| {
            batch.add(bytes, by, seen);
        });
        self.scan.tls += u64::from(is_tls);
    }

    /// Takes what waited for more.
    fn end(&mut self) {
        for whole in self.fragments.rest() {
            self.whole(&whole, DEEP);
        }
        let batch = &mut self.batch;
        self.streams
            .end(&mut |bytes, by, seen| batch.add(bytes, by, seen));
    }
}

/// Returns whether a datagram says that it is longer.
fn is_cut(bytes: &[u8]) -> bool {
    UdpSlice::from_slice_lax(bytes).is_ok_and(|udp| usize::from(udp.length()) > bytes.len())
}

/// Returns what a datagram carries, and between whom.
fn udp(bytes: &[u8], from: IpAddr, to: IpAddr) -> Option<(&[u8], SocketAddr, SocketAddr)> {
    let udp = UdpSlice::from_slice_lax(bytes).ok()?;
    let from = SocketAddr::new(from, udp.source_port());
    let to = SocketAddr::new(to, udp.destination_port());
    Some((udp.payload(), from, to))
}
