//! The same call over TCP and WebSocket, in segments that are small, swapped, repeated, lost and cut.

use sipdex::trace::Transport;

use crate::captures::{holds_the_call, on_ethernet, read, sent};
use crate::wire::{Side, frame, ipv4, tcp};

const SYN: u8 = 2;
const DATA: u8 = 0x18;

/// The bytes of each side, in segments of so many.
pub(crate) fn segments(streams: &[(Side, Vec<u8>)], size: usize) -> Vec<Vec<u8>> {
    let mut packets = Vec::new();
    for (side, bytes) in streams {
        // The numbers go round in the middle.
        let first = 0_u32.wrapping_sub(300);
        packets.push(ipv4(
            *side,
            6,
            0,
            0,
            &tcp(*side, first.wrapping_sub(1), SYN, b""),
        ));
        for (at, part) in bytes.chunks(size).enumerate() {
            let number = first.wrapping_add(u32::try_from(at * size).expect("short"));
            packets.push(ipv4(*side, 6, 0, 0, &tcp(*side, number, DATA, part)));
        }
    }
    packets
}

pub(crate) fn streams() -> Vec<(Side, Vec<u8>)> {
    [Side::Caller, Side::Callee]
        .map(|side| {
            let sent = sent().into_iter().filter(|(by, _)| *by == side);
            (
                side,
                sent.flat_map(|(_, message)| [b"\r\n\r\n", &message[..]].concat())
                    .collect(),
            )
        })
        .into()
}

#[test]
fn streams_are_put_together() {
    for size in [1, 7, 100, 536, 1460, 60_000] {
        let packets = segments(&streams(), size);
        holds_the_call(&format!("{size} a segment"), &on_ethernet(&packets));
        let twice: Vec<_> = packets
            .iter()
            .flat_map(|packet| [packet.clone(), packet.clone()])
            .collect();
        holds_the_call(&format!("{size} a segment, twice"), &on_ethernet(&twice));
        let mut swapped = packets.clone();
        swapped.chunks_mut(2).for_each(<[_]>::reverse);
        let mut beginnings = segments(&streams(), size);
        beginnings.retain(|packet| packet[33] == SYN);
        let swapped: Vec<_> = beginnings.into_iter().chain(swapped).collect();
        holds_the_call(
            &format!("{size} a segment, swapped"),
            &on_ethernet(&swapped),
        );
    }
}

#[test]
fn segments_that_overlap_count_once() {
    let mut packets = segments(&streams(), 100);
    // All that was sent in small pieces is sent again in larger ones, which end elsewhere.
    packets.extend(segments(&streams(), 333));
    holds_the_call("overlapping", &on_ethernet(&packets));
}

#[test]
fn a_stream_may_begin_in_the_middle() {
    for (skip, lost) in [(1, 0), (2, 1), (3, 3)] {
        let mut packets = segments(&streams()[..1], 300);
        packets.drain(..skip);
        let (scan, ..) = read(&on_ethernet(&packets));
        let all = sent()
            .iter()
            .filter(|(side, _)| *side == Side::Caller)
            .count();
        assert_eq!(scan.messages, (all - lost) as u64, "without {skip}");
        packets.swap(0, 1);
        assert_eq!(read(&on_ethernet(&packets)).0.messages, scan.messages);
    }
}

#[test]
fn what_was_not_captured_costs_its_own_message_only() {
    let whole = segments(&streams()[..1], 300);
    let all = read(&on_ethernet(&whole)).0.messages;
    for lost in 1..whole.len() {
        let mut packets = whole.clone();
        packets.remove(lost);
        let (scan, ..) = read(&on_ethernet(&packets));
        assert!(scan.messages >= all - 2, "without {lost}: {scan:?}");
        // A snapped packet is a hole too, whose length is known.
        let mut packets = whole.clone();
        packets[lost].truncate(60);
        let (scan, ..) = read(&on_ethernet(&packets));
        assert!(scan.messages >= all - 2, "snapped {lost}: {scan:?}");
    }
}

#[test]
fn frames_of_a_web_socket_are_read() {
    let handshakes = [
        "GET /sip HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n",
    ];
    let mut streams = Vec::new();
    for (side, handshake) in [Side::Caller, Side::Callee].into_iter().zip(handshakes) {
        let mask = (side == Side::Caller).then_some([7, 77, 177, 3]);
        let mut bytes = handshake.as_bytes().to_vec();
        for (_, message) in sent().iter().filter(|(by, _)| *by == side) {
            let (one, other) = message.split_at(message.len() / 2);
            bytes.extend(frame(0x89, mask, b"are you there"));
            bytes.extend(frame(0x81, mask, b"\r\n\r\n"));
            if message.len() % 2 == 0 {
                bytes.extend(frame(0x82, mask, message));
            } else {
                bytes.extend(frame(0x01, mask, one));
                bytes.extend(frame(0x8a, mask, b""));
                bytes.extend(frame(0x80, mask, other));
            }
        }
        streams.push((side, bytes));
    }
    for size in [1, 50, 1460] {
        let file = on_ethernet(&segments(&streams, size));
        holds_the_call(&format!("{size} a segment"), &file);
        let origins = read(&file).2;
        assert!(
            origins
                .iter()
                .all(|origin| origin.transport == Some(Transport::WebSocket))
        );
    }
}
