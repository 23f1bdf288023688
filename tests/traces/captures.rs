//! The same call in packets, however they are linked, cut, tunnelled and repeated: the same messages.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sipdex::calls::Sighting;
use sipdex::tally::Counts;
use sipdex::trace::{Found, Origin, Scan, Transport, scan_lines};

use crate::call::call;
use crate::streams::{segments, streams};
use crate::wire::{ETHERNET, Form, LINKS, Link, PLAIN, Side, ipv4, ipv6, piece, udp};
use crate::{expected, named};

/// The messages of the call, each with the side that sends it.
pub(crate) fn sent() -> Vec<(Side, Vec<u8>)> {
    let side = |message: &str| {
        if message.starts_with("SIP/") {
            Side::Callee
        } else {
            Side::Caller
        }
    };
    let messages = call().into_iter();
    messages
        .map(|message| (side(&message), message.into_bytes()))
        .collect()
}

pub(crate) fn read(file: &[u8]) -> (Scan, BTreeMap<String, u64>, Vec<Origin>) {
    let mut counts = Counts::default();
    let mut origins = Vec::new();
    let tell = |found: &Found<'_>| (Sighting::of(&found.head()), found.origin);
    let scan = scan_lines(file, tell, |(sighting, origin)| {
        counts.add(&sighting);
        origins.push(origin);
    });
    assert_eq!(counts.malformed, 0);
    (scan.expect("readable"), named(&counts), origins)
}

#[track_caller]
pub(crate) fn holds_the_call(what: &str, file: &[u8]) {
    let (scan, counts, _) = read(file);
    assert_eq!(counts, expected(), "{what}: {scan:?}");
    assert!(!scan.is_cut && scan.packets > 0, "{what}: {scan:?}");
}

/// The packets on Ethernet, as a file.
pub(crate) fn on_ethernet(packets: &[Vec<u8>]) -> Vec<u8> {
    let linked: Vec<_> = packets
        .iter()
        .map(|packet| linked(ETHERNET, packet))
        .collect();
    PLAIN.pcap(ETHERNET.0, &linked)
}

pub(crate) fn linked((_, head): Link, packet: &[u8]) -> Vec<u8> {
    [&head(packet[0] >> 4 == 6), packet].concat()
}

/// Each message in a datagram, over one version of IP and the other.
pub(crate) fn datagrams() -> Vec<Vec<u8>> {
    let packets = sent().into_iter().enumerate().map(|(at, (side, message))| {
        let udp = udp(side, &message);
        match at % 2 {
            0 => ipv4(side, 17, 0, 0, &udp),
            _ => ipv6(side, 17, &udp),
        }
    });
    packets.collect()
}

#[test]
fn each_link_and_each_file_gives_the_same_messages() {
    for link in LINKS {
        let packets: Vec<_> = datagrams()
            .iter()
            .map(|packet| linked(link, packet))
            .collect();
        for magic in [0xa1b2_c3d4, 0xa1b2_3c4d, 0xa1b2_cd34] {
            for is_big in [false, true] {
                let file = Form { is_big, magic }.pcap(link.0, &packets);
                holds_the_call(&format!("link {} {magic:x} {is_big}", link.0), &file);
            }
        }
    }
}

#[test]
fn blocks_of_several_sections_and_interfaces_are_read() {
    for is_big in [false, true] {
        let form = Form { is_big, ..PLAIN };
        let other = Form {
            is_big: !is_big,
            ..PLAIN
        };
        let mut file = [
            form.section(),
            form.interface(113, 6),
            form.interface(101, 9),
        ]
        .concat();
        let packets = datagrams();
        let (first, rest) = packets.split_at(4);
        for packet in first {
            file.extend(form.block(0x0bad, b"what no reader knows"));
            file.extend(form.packet(1, 1_700_000_000_000_000_001, packet));
        }
        file.extend(
            [
                other.section(),
                other.interface(1, 6),
                other.interface(276, 6),
            ]
            .concat(),
        );
        for packet in rest {
            file.extend(other.packet(1, 1_700_000_000_000_001, &linked(LINKS[4], packet)));
        }
        holds_the_call("sections", &file);
        let times: Vec<_> = read(&file).2.iter().map(|origin| origin.time).collect();
        assert_eq!(times[0], Some(1_700_000_000_000_000_001));
        assert_eq!(times[4], Some(1_700_000_000_000_001_000));
    }
    let packet = linked(ETHERNET, &datagrams()[0]);
    let length = u32::try_from(packet.len()).expect("short").to_le_bytes();
    let simple = PLAIN.block(3, &[&length[..], &packet].concat());
    let (scan, _, origins) = read(&[PLAIN.section(), PLAIN.interface(1, 6), simple].concat());
    assert_eq!((scan.messages, origins[0].time), (1, None));
}

#[test]
fn a_packed_capture_is_read() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer
        .write_all(&on_ethernet(&datagrams()))
        .expect("written");
    holds_the_call("gzip", &packer.finish().expect("packed"));
}

#[test]
fn a_message_tells_where_it_came_from() {
    let (scan, _, origins) = read(&on_ethernet(&datagrams()));
    assert_eq!(scan.packets, datagrams().len() as u64);
    let first = Origin {
        frame: Some(1),
        time: Some(1_700_000_000_123_456_000),
        from: Some("192.0.2.1:40000".parse().expect("an address")),
        to: Some("192.0.2.2:5080".parse().expect("an address")),
        transport: Some(Transport::Udp),
        is_cut: false,
    };
    assert_eq!(origins[0], first);
    let second = origins[1];
    assert_eq!(second.frame, Some(2));
    let ends = [second.from, second.to].map(|end| end.map(|end| end.to_string()));
    let [one, other] = ["[2001:db8::2]:5080", "[2001:db8::1]:40000"].map(str::to_owned);
    assert_eq!(ends, [Some(one), Some(other)]);
}

#[test]
fn tunnels_are_followed() {
    let gre = |head: &[u8], inner: &[u8]| ipv4(Side::Caller, 47, 0, 0, &[head, inner].concat());
    let kind = |packet: &[u8]| {
        if packet[0] >> 4 == 6 {
            [0x86, 0xdd]
        } else {
            [8, 0]
        }
    };
    let mirrored = [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 1, 0, 1, 0, 0, 0, 0];
    let packets = datagrams()
        .into_iter()
        .enumerate()
        .map(|(at, packet)| match at % 4 {
            0 => gre(&[&[0, 0], &kind(&packet)[..]].concat(), &packet),
            1 => gre(&mirrored, &linked(ETHERNET, &packet)),
            2 => ipv4(
                Side::Callee,
                if packet[0] >> 4 == 6 { 41 } else { 4 },
                0,
                0,
                &packet,
            ),
            _ => {
                let head = [&[0x20, 0], &kind(&packet)[..], &[0, 0, 0, 9]].concat();
                gre(&[0, 0, 8, 0], &gre(&head, &packet))
            }
        });
    holds_the_call("tunnels", &on_ethernet(&packets.collect::<Vec<_>>()));
}

/// Each message in fragments of 160 bytes; of the second version with a header before and one behind that of the
/// fragment.
fn fragments() -> Vec<Vec<u8>> {
    let mut packets = Vec::new();
    for (id, (side, message)) in (1_u8..).zip(sent()) {
        let udp = udp(side, &message);
        let behind = [&[17, 0, 1, 4, 0, 0, 0, 0], &udp[..]].concat();
        let whole = if id % 2 == 0 { &udp } else { &behind };
        let last = whole.len().div_ceil(160) - 1;
        for (at, part) in whole.chunks(160).enumerate() {
            let has_more = at < last;
            packets.push(if id % 2 == 0 {
                let bits = u16::try_from(at * 20).expect("short") | u16::from(has_more) << 13;
                ipv4(side, 17, id.into(), bits, part)
            } else {
                let fragment = piece(60, id, at * 160, has_more);
                let head = [&[44, 0, 1, 4, 0, 0, 0, 0], &fragment[..]].concat();
                ipv6(side, 0, &[&head, part].concat())
            });
        }
    }
    packets
}

#[test]
fn fragments_are_put_together_in_any_order() {
    let mut packets = fragments();
    assert!(packets.len() > 2 * sent().len());
    holds_the_call("in order", &on_ethernet(&packets));
    packets.reverse();
    holds_the_call("backward", &on_ethernet(&packets));
    let (even, odd): (Vec<_>, Vec<_>) = packets
        .into_iter()
        .enumerate()
        .partition(|(at, _)| at % 2 == 0);
    let mixed: Vec<_> = even
        .into_iter()
        .chain(odd)
        .map(|(_, packet)| packet)
        .collect();
    holds_the_call("mixed", &on_ethernet(&mixed));
}

#[test]
fn what_comes_of_a_fragmented_message_counts() {
    let first: Vec<_> = fragments().into_iter().take(1).collect();
    let (scan, counts, origins) = read(&on_ethernet(&first));
    assert_eq!((scan.messages, counts["INVITE"]), (1, 1));
    assert!(origins[0].is_cut);
    let (_, _, origins) = read(&on_ethernet(&fragments()));
    assert!(origins.iter().all(|one| !one.is_cut));
}

#[test]
fn a_datagram_that_was_captured_twice_counts_twice() {
    let twice: Vec<_> = datagrams()
        .into_iter()
        .flat_map(|packet| [packet.clone(), packet])
        .collect();
    let (scan, ..) = read(&on_ethernet(&twice));
    assert_eq!(scan.messages, 2 * sent().len() as u64);
}

#[test]
fn a_capture_that_is_cut_gives_the_packets_before() {
    let whole = on_ethernet(&datagrams());
    let last = whole.len() - datagrams().last().map_or(0, Vec::len) - 14 - 16;
    for length in [last + 1, last + 16, last + 100, whole.len() - 1] {
        let (scan, ..) = read(&whole[..length]);
        assert!(scan.is_cut, "{length}");
        assert_eq!(scan.packets, datagrams().len() as u64 - 1, "{length}");
        assert_eq!(scan.messages, scan.packets, "{length}");
    }
    assert!(!read(&whole[..last]).0.is_cut);
    for length in 4..24 {
        assert!(read(&whole[..length]).0.is_cut, "{length}");
    }
}

#[test]
fn what_is_encrypted_is_counted_and_what_is_no_link_is_said() {
    let records = [
        &b"\x16\x03\x01\x00\x05hello"[..],
        b"\x17\x03\x03\x02\x00",
        &[7; 507],
    ]
    .concat();
    let mut packets = segments(&[(Side::Caller, records)], 200);
    packets.push(datagrams()[0].clone());
    let (scan, ..) = read(&on_ethernet(&packets));
    assert_eq!((scan.tls, scan.messages, scan.packets), (3, 1, 5));
    let (scan, ..) = read(&PLAIN.pcap(105, &packets));
    assert_eq!((scan.unread, scan.messages), (5, 0));
}

#[test]
fn what_claims_much_is_cut_and_takes_no_more_than_it_has() {
    let claim = 0xffff_ff00_u32.to_le_bytes();
    let record = [&[0; 8][..], &claim, &claim].concat();
    let file = [PLAIN.pcap(1, &[]), record, vec![0; 1000]].concat();
    assert!(read(&file).0.is_cut);
    let block = [
        &6_u32.to_le_bytes()[..],
        &claim,
        &[0; 12],
        &claim,
        &claim,
        &[0; 1000],
    ]
    .concat();
    let file = [PLAIN.section(), PLAIN.interface(1, 6), block].concat();
    assert!(read(&file).0.is_cut);
}

/// Numbers that look drawn, the same each time.
pub(crate) fn drawn(state: &mut u64, below: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    usize::try_from(*state >> 33).unwrap_or(0) % below.max(1)
}

#[test]
fn no_bytes_are_too_wrong_to_be_read() {
    let files = [
        on_ethernet(&datagrams()),
        on_ethernet(&fragments()),
        on_ethernet(&segments(&streams(), 100)),
        [
            PLAIN.section(),
            PLAIN.interface(1, 6),
            PLAIN.packet(0, 1, &linked(ETHERNET, &datagrams()[0])),
        ]
        .concat(),
    ];
    let mut state = 7;
    for round in 0..3000 {
        let mut file = files[round % files.len()].clone();
        for _ in 0..=drawn(&mut state, 6) {
            let at = drawn(&mut state, file.len());
            match drawn(&mut state, 4) {
                0 => file.truncate(at),
                1 => drop(file.drain(at..file.len().min(at + 9))),
                _ => {
                    if let Some(byte) = file.get_mut(at) {
                        *byte = drawn(&mut state, 256).to_le_bytes()[0];
                    }
                }
            }
        }
        let mut messages = 0;
        let scan = scan_lines(&file[..], |_| (), |()| messages += 1);
        assert!(scan.is_ok_and(|scan| scan.packets == 0 || scan.messages == messages));
    }
}
