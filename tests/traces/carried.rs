//! The same call where packets carry it in yet another way: frames in UDP, chunks of SCTP, what an agent passes on.

use core::net::SocketAddr;

use sipdex::trace::Transport;

use crate::captures::{datagrams, holds_the_call, linked, on_ethernet, read, sent};
use crate::wire::{ETHERNET, Side, ipv4, udp};

#[test]
fn what_a_network_of_machines_puts_around_frames_is_left_out() {
    for (port, head) in [
        (4789_u16, &[8, 0, 0, 0, 0, 0, 7, 0][..]),
        (8472, &[8, 0, 0, 0, 0, 0, 7, 0]),
        (6081, &[0, 0, 0x65, 0x58, 0, 0, 7, 0]),
        (6081, &[1, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 2, 3, 4]),
    ] {
        let packets = datagrams().into_iter().map(|packet| {
            let mut udp = udp(Side::Caller, &[head, &linked(ETHERNET, &packet)].concat());
            udp[2..4].copy_from_slice(&port.to_be_bytes());
            ipv4(Side::Caller, 17, 0, 0, &udp)
        });
        holds_the_call("VXLAN", &on_ethernet(&packets.collect::<Vec<_>>()));
    }
}

#[test]
fn chunks_of_sctp_are_read() {
    let chunk = |kind: u8, flags: u8, bytes: &[u8]| {
        let length = u16::try_from(bytes.len() + 16)
            .expect("short")
            .to_be_bytes();
        let mut chunk = [&[kind, flags][..], &length, &[0; 12], bytes].concat();
        chunk.resize(chunk.len().next_multiple_of(4), 0);
        chunk
    };
    let packets = sent().into_iter().map(|(side, message)| {
        let head = udp(side, &[0; 4]);
        let chunks = [
            chunk(3, 3, &message),
            chunk(0, 1, &message),
            chunk(0, 3, &message),
        ];
        ipv4(side, 132, 0, 0, &[head, chunks.concat()].concat())
    });
    let file = on_ethernet(&packets.collect::<Vec<_>>());
    holds_the_call("SCTP", &file);
    let origins = read(&file).2;
    assert!(
        origins
            .iter()
            .all(|origin| origin.transport == Some(Transport::Sctp))
    );
    assert_eq!(
        origins[0].from,
        Some(SocketAddr::from(([192, 0, 2, 1], 40_000)))
    );
}

#[test]
fn what_an_agent_passes_on_is_told_as_it_was() {
    let piece = |kind: u8, value: &[u8]| {
        let length = u16::try_from(value.len() + 6).expect("short").to_be_bytes();
        [&[0, 0, 0, kind][..], &length, value].concat()
    };
    let hep = |kind: u8, message: &[u8]| {
        let pieces = [
            piece(1, &[2]),
            piece(3, &[192, 0, 2, 7]),
            piece(4, &[192, 0, 2, 8]),
            piece(7, &5060_u16.to_be_bytes()),
            piece(8, &5070_u16.to_be_bytes()),
            piece(9, &1_600_000_000_u32.to_be_bytes()),
            piece(10, &5_u32.to_be_bytes()),
            piece(11, &[kind]),
            piece(15, message),
        ];
        let pieces = pieces.concat();
        let length = u16::try_from(pieces.len() + 6)
            .expect("short")
            .to_be_bytes();
        [b"HEP3", &length[..], &pieces].concat()
    };
    let packets = sent().into_iter().flat_map(|(side, message)| {
        [hep(1, &message), hep(5, &message)].map(|bytes| ipv4(side, 17, 0, 0, &udp(side, &bytes)))
    });
    let file = on_ethernet(&packets.collect::<Vec<_>>());
    holds_the_call("HEP", &file);
    let origin = read(&file).2[0];
    assert_eq!(
        (origin.time, origin.from, origin.to),
        (
            Some(1_600_000_000_000_005_000),
            Some(SocketAddr::from(([192, 0, 2, 7], 5060))),
            Some(SocketAddr::from(([192, 0, 2, 8], 5070)))
        )
    );
}
