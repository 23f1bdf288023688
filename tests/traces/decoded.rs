//! The same call as the bytes of a dump, of an array and of a tree: the same messages at the places where they stand.

use core::net::SocketAddr;
use std::ops::Range;

use sipdex::calls::Sighting;
use sipdex::message::Head;
use sipdex::tally::Counts;
use sipdex::trace::{Found, Label, scan_lines};

use crate::call::call;
use crate::captures::drawn;
use crate::forms::{FORMS, Form};
use crate::{Sips, expected, named};

fn written(form: &Form) -> String {
    let messages = call().into_iter().enumerate();
    messages
        .map(|(at, message)| (form.write)(at, &message))
        .collect()
}

/// What is told of a message: its place, its line, its bytes.
type Told = (Range<u64>, Option<u64>, Vec<u8>);

fn told(text: &[u8], sip: usize) -> Vec<Told> {
    let mut all = Vec::new();
    let tell = |found: &Found<'_>| (found.place.clone(), found.line, found.bytes.to_vec());
    let scan = scan_lines(Sips(text, sip), tell, |told| all.push(told));
    let scan = scan.expect("readable");
    assert_eq!(
        (scan.bytes, scan.missed),
        (text.len() as u64, 0),
        "{}",
        String::from_utf8_lossy(&text[..text.len().min(9000)])
    );
    all
}

#[test]
fn each_form_gives_the_same_messages() {
    for form in FORMS {
        let text = written(form);
        let mut counts = Counts::default();
        for (_, _, bytes) in told(text.as_bytes(), 1 << 20) {
            counts.add(&Sighting::of(&Head::of(&bytes)));
        }
        assert_eq!(named(&counts), expected(), "{}:\n{text}", form.what);
    }
}

#[test]
fn a_form_may_begin_behind_what_a_program_says_when_it_starts() {
    let starts = "2026-11-28 09:59:00 core[7]: one more module is there\n".repeat(4000);
    for form in FORMS {
        let text = written(form);
        let late = told(format!("{starts}{text}").as_bytes(), 1 << 20);
        let (bytes, lines) = (starts.len() as u64, 4000);
        let wanted: Vec<Told> = told(text.as_bytes(), 1 << 20)
            .into_iter()
            .map(|(place, line, message)| {
                let place = place.start + bytes..place.end + bytes;
                (place, line.map(|line| line + lines), message)
            })
            .collect();
        assert_eq!(late, wanted, "{}", form.what);
    }
}

#[test]
fn a_message_is_what_its_bytes_say() {
    let head = |message: &str| message.split("\r\n\r\n").next().map(str::to_owned);
    for form in FORMS {
        let text = written(form);
        for ((_, _, found), wanted) in told(text.as_bytes(), 1 << 20).iter().zip(call()) {
            let found = String::from_utf8_lossy(found);
            let found = head(&found.replace("\r\n", "\n").replace('\n', "\r\n"));
            assert_eq!(found, head(&wanted), "{}", form.what);
        }
    }
}

#[test]
fn a_message_stands_where_its_first_line_is() {
    for form in FORMS {
        let text = written(form);
        let mut end = 0;
        for (place, line, _) in told(text.as_bytes(), 1 << 20) {
            let start = usize::try_from(place.start).expect("short");
            let above = text[..start].matches('\n').count() as u64;
            assert_eq!(line, Some(above + 1), "{}", form.what);
            assert!(
                end <= place.start && place.start < place.end,
                "{}: {place:?}",
                form.what
            );
            end = place.end;
        }
        assert!(end <= text.len() as u64, "{}", form.what);
    }
}

#[test]
fn how_a_text_is_cut_into_reads_changes_nothing() {
    for form in FORMS {
        let text = written(form);
        let whole = told(text.as_bytes(), 1 << 20);
        for sip in [1, 7, 4093] {
            assert!(
                told(text.as_bytes(), sip) == whole,
                "{} in {sip}",
                form.what
            );
        }
        // More than one block, with borders at other places in each repetition.
        let times = 3_300_000 / text.len() + 1;
        let many = text.repeat(times);
        let whole = told(many.as_bytes(), 1 << 20);
        assert_eq!(whole.len(), times * call().len(), "{}", form.what);
        assert!(told(many.as_bytes(), 4093) == whole, "{}", form.what);
        let (last, line, _) = whole.last().expect("one");
        let start = usize::try_from(last.start).expect("short");
        let above = many[..start].matches('\n').count() as u64;
        assert_eq!(*line, Some(above + 1), "{}", form.what);
    }
}

#[test]
fn what_is_said_of_a_packet_is_its_label() {
    let side = |port: u16| SocketAddr::from(([192, 0, 2, if port == 5060 { 1 } else { 2 }], port));
    for form in FORMS {
        let text = written(form);
        let mut labels = Vec::new();
        let tell = |found: &Found<'_>| Label::of(&found.before);
        let scan = scan_lines(text.as_bytes(), tell, |label| labels.push(label));
        scan.expect("readable");
        if !text.contains("192.0.2.2") || form.what.contains("nothing") {
            continue;
        }
        for (at, label) in labels
            .iter()
            .enumerate()
            .filter(|_| text.contains("10:00:03"))
        {
            let time = label.time.clone().unwrap_or_default();
            let wanted = format!("2026-11-28 10:00:{at:02}.{:03}", at * 71);
            assert_eq!(time, wanted, "{}", form.what);
            assert_eq!(
                (label.from, label.to),
                (Some(side(5060)), Some(side(5070))),
                "{}",
                form.what
            );
        }
    }
}

#[test]
fn packets_that_were_cut_end_with_themselves() {
    let dump = |bytes: &[u8]| {
        let rows = bytes.chunks(16).enumerate();
        let row = |(at, row): (usize, &[u8])| {
            let digits: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{:04x}  {}\n", at * 16, digits.join(" "))
        };
        rows.map(row).collect::<String>()
    };
    let call = call();
    // The body would go on in the next packet.
    let cut = call[9].replace("\r\n\r\nThey", "\r\n\r\n").len() - 120;
    let both = format!(
        "one\n{}two\n{}",
        dump(&call[9].as_bytes()[..cut]),
        dump(call[10].as_bytes())
    );
    assert_eq!(told(both.as_bytes(), 9).len(), 2);
    // A packet may hold several, and what is cut before it names itself is none.
    let several = [&call[1][..], &call[2], &call[4][..40]].concat();
    let several = format!(
        "{}x\n{}",
        dump(several.as_bytes()),
        dump(call[8].as_bytes())
    );
    assert_eq!(told(several.as_bytes(), 9).len(), 3);
    // A dump of more than a packet is a file.
    let file = call.concat().repeat(40);
    assert_eq!(
        told(dump(file.as_bytes()).as_bytes(), 4093).len(),
        40 * call.len()
    );
}

#[test]
fn what_only_looks_like_bytes_is_left_as_it_is() {
    let message = &call()[0];
    let around = [
        "0000 10 20 30 40\n0010 11 21 31 41\n0020 total\n",
        "0000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f   ................\n0010  80 00   ..\n",
        "00:00:01 000 0000 no dump\n000\n0000\n*\n00000000\n",
        "[1, 2, 3, 400, 5]\n[\n1,\n2\n",
        "{\"codes\": [486, 487, 480], \"bytes\": [83, 73, 80, 47, 50, 46, 48, 32, 52, 56, 54]}\n",
        "Frame 7: no tree\n",
        "    Request-Line: x\n",
        "\"msg_hdr_raw\": [\n\"zz\",\n",
        "<field name=\"x\" show=\"\" value=\"\n",
    ];
    for text in around {
        assert_eq!(told(text.as_bytes(), 5), [], "{text}");
        let text = format!("{text}{text}{message}\n{text}");
        assert_eq!(told(text.as_bytes(), 5).len(), 1, "{text}");
    }
}

#[test]
fn no_text_is_too_wrong_to_be_decoded() {
    let mut state = 7;
    for form in FORMS {
        let text = written(form).into_bytes();
        for _ in 0..60 {
            let mut wrong = text.clone();
            for _ in 0..drawn(&mut state, 12) {
                let at = drawn(&mut state, wrong.len());
                match drawn(&mut state, 5) {
                    0 => wrong[at] = b"0\n[]*\",x\x16\\"[drawn(&mut state, 10)],
                    1 => wrong.truncate(at + 1),
                    2 => drop(wrong.drain(at..(at + 40).min(wrong.len()))),
                    3 => wrong.insert(at, b'\n'),
                    _ => wrong.extend_from_within(at..(at + 400).min(wrong.len())),
                }
                if wrong.is_empty() {
                    wrong.push(b'0');
                }
            }
            let mut sizes = [1, 997, 1 << 20].into_iter().map(|sip| {
                let mut all = Vec::new();
                let tell = |found: &Found<'_>| (found.place.clone(), found.line);
                let scan = scan_lines(Sips(&wrong, sip), tell, |told| all.push(told));
                assert_eq!(scan.expect("readable").bytes, wrong.len() as u64);
                all
            });
            let first = sizes.next();
            assert!(
                sizes.all(|all| Some(&all) == first.as_ref()),
                "{}",
                form.what
            );
            for (place, line) in first.unwrap_or_default() {
                let start = usize::try_from(place.start).expect("short");
                let above = memchr::memchr_iter(b'\n', &wrong[..start]).count() as u64;
                assert_eq!(line, Some(above + 1), "{}", form.what);
                assert!(place.end <= wrong.len() as u64, "{}", form.what);
            }
        }
    }
}
