//! What the network says of packets that it did not deliver, and of connections that do not come about.

use core::net::SocketAddr;

use sipdex::message::{Lookup, Network, Refusal};

use crate::captures::{on_ethernet, read, sent};
use crate::wire::{Side, ipv4, ipv6, tcp, udp};

/// Returns an error of ICMP with as much of a packet as it quotes.
fn error([kind, code]: [u8; 2], [high, low]: [u8; 2], quoted: &[u8]) -> Vec<u8> {
    [&[kind, code, 0, 0, 0, 0, high, low][..], quoted].concat()
}

fn told(packets: &[Vec<u8>]) -> Vec<(Refusal, Option<SocketAddr>, SocketAddr)> {
    let scan = read(&on_ethernet(packets)).0;
    let told = scan.remarks.iter();
    let refused = told.filter_map(|one| match one.says {
        Network::Refused(why, asked) => Some((why, one.origin.to, asked)),
        Network::Resolved(_) => None,
    });
    refused.collect()
}

#[test]
fn errors_of_icmp_name_the_packet_that_they_quote() {
    let (_, message) = sent().swap_remove(0);
    let caller = SocketAddr::from(([192, 0, 2, 1], 40_000));
    let asked = SocketAddr::from(([192, 0, 2, 2], 5080));
    let packet = ipv4(Side::Caller, 17, 0, 0, &udp(Side::Caller, &message));
    for (kind, rest, why) in [
        ([3, 3], [0, 0], Refusal::Port),
        ([3, 1], [0, 0], Refusal::Host),
        ([3, 13], [0, 0], Refusal::Forbidden),
        ([3, 4], [0x05, 0x78], Refusal::Size(Some(1400))),
        ([3, 4], [0, 0], Refusal::Size(None)),
        ([11, 0], [0, 0], Refusal::Hops),
        ([11, 1], [0, 0], Refusal::Pieces),
    ] {
        // As little as the header and eight bytes are quoted by some.
        for length in [28, 300] {
            let error = ipv4(Side::Callee, 1, 0, 0, &error(kind, rest, &packet[..length]));
            let all = [packet.clone(), error];
            assert_eq!(told(&all), [(why, Some(caller), asked)], "{kind:?}");
            let quoted = &read(&on_ethernet(&all)).0.remarks[0].quoted;
            assert_eq!(quoted.len(), length - 28, "what stands behind the headers");
            assert!(message.starts_with(quoted));
        }
    }
    let packet = ipv6(Side::Caller, 17, &udp(Side::Caller, &message));
    for (kind, why) in [
        ([1, 4], Refusal::Port),
        ([1, 1], Refusal::Forbidden),
        ([2, 0], Refusal::Size(Some(1280))),
    ] {
        let rest = if kind[0] == 2 { [5, 0] } else { [0, 0] };
        let all = [ipv6(Side::Callee, 58, &error(kind, rest, &packet))];
        assert_eq!(told(&all)[0].0, why, "{kind:?}");
    }
    // An echo is no error, and what is cut before its ports tells nothing.
    let echo = ipv4(Side::Callee, 1, 0, 0, &error([8, 0], [0, 0], &packet));
    let short = ipv4(Side::Callee, 1, 0, 0, &error([3, 3], [0, 0], &packet[..20]));
    assert_eq!(told(&[echo, short]), []);
}

#[test]
fn connections_that_are_refused_or_not_answered_are_told() {
    const SYN: u8 = 2;
    const RESET: u8 = 0x14;
    const BOTH: u8 = 0x12;
    let asks = |number| ipv4(Side::Caller, 6, 0, 0, &tcp(Side::Caller, number, SYN, &[]));
    let answers = |flags| ipv4(Side::Callee, 6, 0, 0, &tcp(Side::Callee, 9, flags, &[]));
    let why = |packets: &[Vec<u8>]| -> Vec<Refusal> {
        told(packets).into_iter().map(|(why, ..)| why).collect()
    };
    assert_eq!(why(&[asks(1), answers(RESET)]), [Refusal::Connection]);
    assert_eq!(why(&[asks(1), answers(BOTH), answers(RESET)]), []);
    assert_eq!(why(&[asks(1), asks(1)]), []);
    let silent = [asks(1), asks(1), asks(1), asks(1)];
    assert_eq!(why(&silent), [Refusal::Silence(4)]);
}

/// Returns an answer of DNS to a question for a record of a name, with the records of its answer and of what is added.
fn answer(name: &[u8], kind: u8, code: u8, records: [&[Vec<u8>]; 2]) -> Vec<u8> {
    let [told, added] = records.map(|records| u8::try_from(records.len()).expect("few"));
    let head = [0, 7, 0x81, 0x80 | code, 0, 1, 0, told, 0, 0, 0, added];
    let records: Vec<u8> = records.concat().concat();
    [&head[..], name, &[0, kind, 0, 1], &records].concat()
}

/// Returns a record of the name that was asked for.
fn record(kind: u8, data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).expect("short");
    [&[0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60, 0, length][..], data].concat()
}

#[test]
fn names_are_told_with_their_addresses() {
    let datagram = |bytes: &[u8]| {
        let mut datagram = udp(Side::Callee, bytes);
        datagram[..2].copy_from_slice(&53_u16.to_be_bytes());
        ipv4(Side::Callee, 17, 0, 0, &datagram)
    };
    let looked_up = |bytes: &[u8]| -> Option<Lookup> {
        let scan = read(&on_ethernet(&[datagram(bytes)])).0;
        let mut remarks = scan.remarks.into_iter();
        remarks.find_map(|one| match one.says {
            Network::Resolved(lookup) => Some(lookup),
            Network::Refused(..) => None,
        })
    };
    let service = b"\x04_sip\x04_udp\x05Trunk\x07example\0";
    // Priority, weight and port, and a name that ends as the one that was asked for.
    let target = record(33, b"\0\x0a\0\x05\x13\xc4\x04sbc1\xc0\x16");
    let address = record(1, &[198, 51, 100, 81]);
    let found = looked_up(&answer(
        service,
        33,
        0,
        [&[target], core::slice::from_ref(&address)],
    ));
    let expected = Lookup {
        host: "trunk.example".to_owned(),
        kind: "SRV",
        addresses: vec![[198, 51, 100, 81].into()],
        targets: vec!["sbc1.trunk.example".to_owned()],
        failure: None,
    };
    assert_eq!(found, Some(expected));
    for (code, failure) in [(3, "NXDOMAIN"), (2, "SERVFAIL"), (0, "no such record")] {
        let found = looked_up(&answer(service, 1, code, [&[], &[]]));
        assert_eq!(found.and_then(|found| found.failure), Some(failure));
    }
    // What is cut tells what is there, what goes round and what asks for other records tells nothing.
    let whole = answer(service, 1, 0, [&[address.clone(), address], &[]]);
    let cut = looked_up(&whole[..whole.len() - 3]).expect("an answer");
    assert_eq!(cut.addresses.len(), 1);
    assert_eq!(looked_up(&answer(b"\xc0\x0c", 1, 0, [&[], &[]])), None);
    assert_eq!(looked_up(&answer(service, 16, 0, [&[], &[]])), None);
    for length in 0..whole.len() {
        _ = looked_up(&whole[..length]);
    }
}
