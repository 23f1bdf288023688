//! Captures: the messages that packets carry, over UDP, TCP and WebSocket, on any port and behind any link.

mod batch;
mod clock;
mod fragments;
mod framer;
mod ip;
mod link;
mod packets;
mod seen;
mod sip;
mod streams;
mod websocket;
mod window;

use core::net::{IpAddr, SocketAddr};
use std::io::{Error, Read, Result};
use std::mem;

use etherparse::{IpNumber, TcpSlice, UdpSlice};

use super::found::{Origin, Scan};
use super::readers;
use super::teller::Teller;
use batch::Batch;
use fragments::{Fragments, Whole};
use ip::Carried;
pub(super) use packets::is_capture;
use packets::{Packet, Packets};
use seen::Seen;
use streams::{Segment, Streams};

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
    let mut messages = 0;
    readers::in_order(
        |done| reader.next(&mut packets, done),
        |batch| batch.told(teller),
        |_, (count, told)| {
            messages += count;
            take(told);
        },
    );
    match reader.error {
        Some(error) => Err(error),
        None => Ok(Scan {
            bytes: packets.read(),
            is_cut: packets.is_cut(),
            messages,
            ..reader.scan
        }),
    }
}

#[derive(Default)]
struct Reader {
    scan: Scan,
    fragments: Fragments,
    streams: Streams,
    batch: Batch,
    is_ended: bool,
    error: Option<Error>,
}

impl Reader {
    /// Returns what the next packets carry, in the room of what is done.
    fn next(&mut self, packets: &mut Packets<'_>, done: Option<Batch>) -> Option<Batch> {
        if self.is_ended {
            return None;
        }
        self.batch = done.unwrap_or_default();
        self.batch.clear();
        while !self.batch.is_full() {
            match packets.next() {
                Ok(Some(packet)) => {
                    self.packet(&packet);
                    continue;
                }
                Ok(None) => {}
                Err(error) => self.error = Some(error),
            }
            self.is_ended = true;
            self.end();
            break;
        }
        Some(mem::take(&mut self.batch))
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
        if let Some(bytes) = link(packet.bytes) {
            self.ip(bytes, &seen, DEEP);
        }
    }

    fn ip(&mut self, bytes: &[u8], seen: &Seen, deep: usize) {
        if let Some((from, to, bytes)) = ip::datagram(bytes).filter(|_| deep > 0) {
            self.udp(bytes, from, to, seen);
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
            IpNumber::UDP => self.udp(carried.bytes, carried.from, carried.to, seen),
            IpNumber::TCP => self.tcp(carried, seen),
            IpNumber::GRE => {
                if let Some(inner) = link::gre(carried.bytes) {
                    self.ip(inner, seen, deep - 1);
                }
            }
            IpNumber::IPV4 | IpNumber::IPV6 => self.ip(carried.bytes, seen, deep - 1),
            _ => {}
        }
    }

    fn udp(&mut self, bytes: &[u8], from: IpAddr, to: IpAddr, seen: &Seen) {
        let Ok(udp) = UdpSlice::from_slice_lax(bytes) else {
            return;
        };
        if sip::may_begin(udp.payload()) {
            let from = SocketAddr::new(from, udp.source_port());
            let to = SocketAddr::new(to, udp.destination_port());
            self.batch.datagram(udp.payload(), seen, from, to);
        }
    }

    fn tcp(&mut self, carried: &Carried<'_>, seen: &Seen) {
        let Ok(tcp) = TcpSlice::from_slice(carried.bytes) else {
            return;
        };
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
