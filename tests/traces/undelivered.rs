//! What the network says of packets that it did not deliver, and of connections that do not come about.

use core::net::SocketAddr;

use sipdex::message::Refusal;

use crate::captures::{on_ethernet, read, sent};
use crate::wire::{Side, ipv4, ipv6, tcp, udp};

/// Returns an error of ICMP with as much of a packet as it quotes.
fn error([kind, code]: [u8; 2], [high, low]: [u8; 2], quoted: &[u8]) -> Vec<u8> {
    [&[kind, code, 0, 0, 0, 0, high, low][..], quoted].concat()
}

fn told(packets: &[Vec<u8>]) -> Vec<(Refusal, Option<SocketAddr>, SocketAddr)> {
    let scan = read(&on_ethernet(packets)).0;
    let told = scan.undelivered.iter();
    told.map(|one| (one.why, one.origin.to, one.asked))
        .collect()
}

#[test]
fn errors_of_icmp_name_the_packet_that_they_quote() {
    let (_, message) = sent().swap_remove(0);
    let caller = SocketAddr::from(([192, 0, 2, 1], 40_000));
    let callee = SocketAddr::from(([192, 0, 2, 2], 5080));
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
            assert_eq!(told(&all), [(why, Some(caller), callee)], "{kind:?}");
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
