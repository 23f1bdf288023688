//! Calls are read again from where they stand: the same as from the whole, and of much less.

use std::io::{Cursor, Read, Result, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use sipdex::app::trace::Book;
use sipdex::ledger::Calling;

use super::opened::enter;
use super::wire::{ETHERNET, PLAIN, Side, ipv4, udp};

/// So many calls, each of which ends this many later ones after it began.
const CALLS: u32 = 5000;
const LATER: u32 = 3000;

fn call_id(call: u32) -> String {
    format!("call-{call:06}@192.0.2.20")
}

fn message(call: u32, cseq: &str, start: &str) -> String {
    let number = &cseq[..1];
    format!(
        "{start}\r\nVia: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK{call}-{number}\r\n\
         From: <sip:20{call}@pbx.example.com>;tag=f{call}\r\n\
         To: <sip:300@pbx.example.com>;tag=t\r\nCall-ID: {}\r\nCSeq: {cseq}\r\n\
         User-Agent: {}\r\nContent-Length: 0\r\n\r\n",
        call_id(call),
        "a product with a long name ".repeat(8),
    )
}

/// All messages in their order, each with the number of its call.
fn messages() -> Vec<String> {
    let mut all = Vec::new();
    for call in 0..CALLS + LATER {
        if call < CALLS {
            let invite = "INVITE sip:300@pbx.example.com SIP/2.0";
            all.push(message(call, "1 INVITE", invite));
            all.push(message(call, "1 INVITE", "SIP/2.0 200 OK"));
        }
        if let Some(ended) = call.checked_sub(LATER) {
            all.push(message(
                ended,
                "2 BYE",
                "BYE sip:300@pbx.example.com SIP/2.0",
            ));
        }
    }
    all
}

fn log(date: &str) -> Vec<u8> {
    let mut text = "a line before all messages\n".repeat(50);
    for (second, message) in messages().iter().enumerate() {
        let (hours, rest) = (second / 3600 % 24, second % 3600);
        let (minutes, seconds) = (rest / 60, rest % 60);
        let label = format!("[{date}{hours:02}:{minutes:02}:{seconds:02}.250] received\r\n");
        text += &[&label, message, "something else\n"].concat();
    }
    text.into_bytes()
}

fn packets() -> Vec<Vec<u8>> {
    let all = messages();
    let packets = all.iter().map(|message| {
        ipv4(
            Side::Caller,
            17,
            1,
            0,
            &udp(Side::Caller, message.as_bytes()),
        )
    });
    // One without a message is counted too.
    let other = ipv4(Side::Caller, 17, 1, 0, &udp(Side::Caller, &[0x80; 160]));
    packets.flat_map(|packet| [other.clone(), packet]).collect()
}

fn pcapng() -> Vec<u8> {
    let mut file = [PLAIN.section(), PLAIN.interface(ETHERNET.0, 6)].concat();
    for (at, packet) in (0_u64..).zip(packets()) {
        let packet = [&ETHERNET.1(false), &packet[..]].concat();
        file.extend(PLAIN.packet(0, 1_700_000_000_000_000 + at * 1000, &packet));
    }
    file
}

fn pcap() -> Vec<u8> {
    let packets = packets();
    let packets = packets
        .iter()
        .map(|packet| [&ETHERNET.1(false), &packet[..]].concat());
    PLAIN.pcap(ETHERNET.0, &packets.collect::<Vec<_>>())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("written");
    packer.finish().expect("packed")
}

/// Counts what is read.
struct Counted<'a>(Cursor<&'a [u8]>, Arc<AtomicU64>);

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.0.read(into)?;
        self.1.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.0.seek(to)
    }
}

fn entered(file: &[u8]) -> Book {
    let book = Book::default();
    enter(&book, file);
    book
}

/// Reads some calls by both ways, and returns the greatest part of the file that was read of one, in percent.
fn most_read(what: &str, file: &[u8], has_days: bool) -> u64 {
    let book = entered(file);
    let book = book.read().expect("nobody failed");
    let mut most = 0;
    for call in [0, 1, 17, CALLS / 2, CALLS - 2, CALLS - 1] {
        let call_id = call_id(call);
        let mut whole = Calling::new(&call_id, None);
        whole.read(file, "a").expect("readable");
        // Where nobody knows where it stands, all is read.
        let mut unknown = Calling::new(&call_id, None);
        let input = Box::new(Cursor::new(file));
        unknown.read_slices(input, 0, "a").expect("readable");
        assert_eq!(unknown.own, whole.own);
        let plan = book.plan(&call_id, true);
        assert_eq!(plan.as_ref().map(|plan| plan.messages), Some(3));
        let mut sliced = Calling::new(&call_id, plan);
        let read = Arc::new(AtomicU64::new(0));
        let input = Counted(Cursor::new(file), Arc::clone(&read));
        let scan = sliced.read_slices(Box::new(input), 0, "a");
        scan.expect("readable");
        assert!(sliced.is_whole(), "{what}: {call}");
        let without_times = |mut calling: Calling| {
            let ends = calling.ends.filter(|_| has_days);
            let mut messages = calling.messages();
            for message in messages.iter_mut().filter(|_| !has_days) {
                message.micros = None;
            }
            (ends, messages)
        };
        assert_eq!(
            without_times(sliced),
            without_times(whole),
            "{what}: {call}"
        );
        most = most.max(read.load(Ordering::Relaxed) * 100 / file.len() as u64);
    }
    most
}

#[test]
fn a_call_is_the_same_from_where_it_stands_as_from_the_whole() {
    for (what, file, has_days) in [
        ("text", log("2026-11-28 "), true),
        ("text without days", log(""), false),
        ("pcap", pcap(), true),
        ("pcapng", pcapng(), true),
    ] {
        let most = most_read(what, &file, has_days);
        assert!(most < 75, "{what}: {most} %");
    }
    // What is packed is read as far as the last message.
    most_read("gzip", &packed(&log("2026-11-28 ")), true);
}

#[test]
fn a_call_without_days_is_as_far_from_the_end_as_it_is() {
    let file = log("");
    let book = entered(&file);
    let book = book.read().expect("nobody failed");
    let ends_after = |call: u32| {
        let call_id = call_id(call);
        let mut calling = Calling::new(&call_id, book.plan(&call_id, true));
        let input = Box::new(Cursor::new(&file[..]));
        calling.read_slices(input, 0, "a").expect("readable");
        let ends = calling.ends.expect("a time");
        let last = calling.messages().last().and_then(|last| last.micros);
        (ends - last.expect("a time")) / 1_000_000
    };
    assert_eq!(ends_after(CALLS - 1), 0);
    assert_eq!(ends_after(CALLS - 101), 100);
}

#[test]
fn what_is_gone_is_not_whole() {
    let file = log("2026-11-28 ");
    let book = entered(&file);
    let book = book.read().expect("nobody failed");
    let call_id = call_id(CALLS - 1);
    let mut calling = Calling::new(&call_id, book.plan(&call_id, true));
    let input = Box::new(Cursor::new(&file[..file.len() / 2]));
    calling.read_slices(input, 0, "a").expect("readable");
    assert!(!calling.is_whole());
}
