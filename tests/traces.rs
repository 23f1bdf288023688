//! The same call in the frames of many writers, and in packets: each gives the same messages, transactions and outcomes.

use std::collections::BTreeMap;
use std::io::{self, Read};

use sipdex::calls::{Outcome, Sighting, Transactions};
use sipdex::message::Method;
use sipdex::tally::{Counts, outcomes};
use sipdex::trace::{Found, messages, scan_lines};

#[path = "traces/call.rs"]
mod call;
#[path = "traces/captures.rs"]
mod captures;
#[path = "traces/carried.rs"]
mod carried;
#[path = "traces/decoded.rs"]
mod decoded;
#[path = "traces/forms.rs"]
mod forms;
#[path = "traces/frames.rs"]
mod frames;
#[path = "traces/prints.rs"]
mod prints;
#[path = "traces/slow.rs"]
mod slow;
#[path = "traces/streams.rs"]
mod streams;
#[path = "traces/undelivered.rs"]
mod undelivered;
#[path = "traces/wire.rs"]
mod wire;

use call::call;
use frames::FRAMES;

/// Returns how often each code answers each method, and how often each method is requested.
fn counted(text: &[u8]) -> BTreeMap<String, u64> {
    let mut counts = Counts::default();
    for found in messages(text) {
        counts.add(&Sighting::of(&found.head()));
    }
    assert_eq!(counts.malformed, 0);
    named(&counts)
}

fn named(counts: &Counts) -> BTreeMap<String, u64> {
    let name = |method: &Method| String::from_utf8_lossy(method.as_bytes()).into_owned();
    let requests = counts.requests.iter().map(|(method, n)| (name(method), *n));
    let of = |(method, codes): (&Method, &BTreeMap<u16, u64>)| {
        let row = |(code, n): (&u16, &u64)| (format!("{code} {}", name(method)), *n);
        codes.iter().map(row).collect::<Vec<_>>()
    };
    let responses = counts.responses.iter().flat_map(of);
    requests.chain(responses).collect()
}

fn framed(frame: &frames::Frame) -> Vec<u8> {
    let messages = call().into_iter().enumerate();
    let text = messages.map(|(at, message)| (frame.write)(at, &message));
    text.collect::<String>().into_bytes()
}

fn expected() -> BTreeMap<String, u64> {
    let counts = [
        ("INVITE", 3),
        ("407 INVITE", 1),
        ("100 INVITE", 1),
        ("486 INVITE", 2),
        ("ACK", 2),
        ("MESSAGE", 1),
        ("200 MESSAGE", 1),
        ("NOTIFY", 1),
        ("481 NOTIFY", 1),
    ];
    counts.map(|(what, n)| (what.to_owned(), n)).into()
}

#[test]
fn each_frame_gives_the_same_messages() {
    for frame in FRAMES {
        let text = framed(frame);
        let shown = String::from_utf8_lossy(&text);
        assert_eq!(counted(&text), expected(), "{}:\n{shown}", frame.what);
    }
}

#[test]
fn a_message_is_the_same_without_its_frame() {
    let wanted: Vec<String> = call();
    for frame in FRAMES {
        let text = framed(frame);
        for (found, wanted) in messages(&text).zip(&wanted) {
            let head = |message: &str| {
                let message = message.replace("\r\n", "\n");
                let head = message.split_once("\n\n").map(|(head, _)| head.to_owned());
                head.unwrap_or(message)
            };
            let found = String::from_utf8_lossy(&found.bytes).into_owned();
            assert_eq!(head(&found), head(wanted), "{}", frame.what);
        }
    }
}

#[test]
fn hops_and_repetitions_are_one_attempt() {
    let mut transactions = Transactions::default();
    for found in messages(&framed(&FRAMES[0])) {
        transactions.add(&Sighting::of(&found.head()));
    }
    let outcomes = outcomes(&transactions);
    let invite = &outcomes[&Method::of(b"INVITE")];
    assert_eq!(invite.transactions, 2);
    assert_eq!(invite.attempts, [(Outcome::Final(486), 1)].into());
    assert_eq!(
        outcomes[&Method::of(b"NOTIFY")].attempts,
        [(Outcome::Final(481), 1)].into()
    );
    assert!(!outcomes.contains_key(&Method::ACK));
}

#[test]
fn what_only_names_messages_is_none() {
    for text in [
        "got SIP/2.0 486 Busy Here from carrier for INVITE sip:bob@example.com SIP/2.0\n",
        "\tCSeq:1 INVITE\tINVITE sip:service@127.0.0.1:5070 SIP/2.0\n\tCSeq:1 INVITE\tSIP/2.0 180 Ringing\n",
        "Via: SIP/2.0/UDP a\nFrom: b\nTo: c\n",
        "of \"SIP/2.0\".  The version is\nTo: be taken\nFrom: the text\n",
        "http://example.com/SIP/2.0\nVia: a\nTo: b\n",
        "SIP/2.0 200 OK\nTo: a\nAllow: b\n",
        "/2.0/2.0 SIP/2.0",
        "",
    ] {
        assert_eq!(messages(text.as_bytes()).count(), 0, "{text}");
    }
}

/// Gives so many bytes a read.
struct Sips<'a>(&'a [u8], usize);

impl Read for Sips<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len()).min(into.len());
        let (bytes, rest) = self.0.split_at(length);
        into[..length].copy_from_slice(bytes);
        self.0 = rest;
        Ok(length)
    }
}

#[test]
fn reading_in_parts_gives_what_reading_the_whole_gives() {
    for frame in FRAMES {
        let once = framed(frame);
        // More than one block, and borders that fall at other places in each repetition.
        let text: Vec<u8> = once.iter().copied().cycle().take(3_300_000).collect();
        let whole: Vec<_> = messages(&text).map(|found| found.place).collect();
        for size in [4093, 1 << 20] {
            let mut parts = Vec::new();
            let tell = |found: &Found<'_>| found.place.clone();
            let scan = scan_lines(Sips(&text, size), tell, |place| parts.push(place));
            let scan = scan.expect("readable");
            assert_eq!(scan.bytes, text.len() as u64);
            assert!(
                parts == whole,
                "{} in {size}: {} of {}",
                frame.what,
                parts.len(),
                whole.len()
            );
        }
    }
}
