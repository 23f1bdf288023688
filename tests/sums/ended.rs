//! What is kept of the past: transactions that have ended count the same when they are taken out, and what is there again is
//! known for as long as anything is sent again.

use sipdex::calls::{Outcome, Sighting, Transactions};
use sipdex::message::{Head, Method};
use sipdex::tally::{
    Answers, Codes, Known, Methods, Repeats, Ring, Rings, Sayings, Setups, Stamp, Time,
    add_outcomes,
};

/// So many names are kept at least.
const KEPT: usize = 512 * 1024;

/// Counts messages, each written as `CALL METHOD CSEQ VIAS [CODE [SERVER]]`; ended transactions are taken out after as many.
fn counted(messages: &[&str], taken_after: usize) -> (Methods, Codes, Setups) {
    let (mut transactions, mut answers) = (Transactions::default(), Answers::default());
    let (sayings, mut methods) = (Sayings::default(), Methods::new());
    let mut rings = Rings::default();
    for (at, message) in messages.iter().enumerate() {
        let words: Vec<&str> = message.split(' ').collect();
        let [call, method, cseq, vias, ..] = words[..] else {
            panic!("{message}");
        };
        let start = match words.get(4) {
            Some(code) => format!("SIP/2.0 {code} x"),
            None => format!("{method} sip:a@b SIP/2.0"),
        };
        let vias = "Via: a\r\n".repeat(vias.parse().expect("a number"));
        let server = words.get(5).unwrap_or(&"a");
        let text = format!(
            "{start}\r\n{vias}Call-ID: {call}\r\nFrom: a;tag=1\r\nCSeq: {cseq} {method}\r\nServer: {server}\r\n\r\n"
        );
        let head = Head::of(text.as_bytes());
        let step = Sighting::of(&head).step().expect("a transaction");
        let change = transactions.take(&step);
        let code: u16 = words.get(4).map_or(0, |code| code.parse().expect("a code"));
        if *method == *"INVITE" && code < 300 {
            let time = format!("10:00:{at:02}.5");
            let ring = Ring {
                stamp: Stamp::printed(time.as_bytes()),
                is_sign: code > 100,
            };
            rings.note(change, &ring, &|stamp| {
                let text = String::from_utf8_lossy(stamp.text());
                Some(Time::printed(text.into_owned()))
            });
        }
        if let Some(word) = sayings.of(&head, text.as_bytes(), None, &mut Known::default()) {
            answers.note(&step, change, (word, head.call_id), &transactions);
        }
        if at % taken_after == taken_after - 1 {
            answers.take_ended(&mut transactions, &mut methods, &mut rings);
        }
    }
    add_outcomes(&mut methods, &transactions);
    let codes = answers.codes(&sayings, &transactions);
    (methods, codes, rings.setups(&transactions))
}

#[test]
fn what_ended_counts_the_same_when_it_is_taken_out() {
    let messages = [
        "1 INVITE 1 1",
        "1 INVITE 1 1 401",
        "1 INVITE 2 1",
        "2 INVITE 1 1",
        "2 INVITE 1 1 180",
        "1 INVITE 2 1 486 b",
        "1 INVITE 2 1 486 b",
        "3 REGISTER 1 1",
        "3 REGISTER 1 1 401",
        "4 REGISTER 7 1",
        "2 INVITE 1 1 200",
        "2 INVITE 1 1 200",
        "2 BYE 2 1",
        "2 BYE 2 1 481 c",
        "5 OPTIONS 1 1",
        "4 REGISTER 7 1 403",
        "6 X-NEW 1 1",
        "6 X-NEW 1 1 501 d",
        "7 OPTIONS 1 1 200",
        "4 REGISTER 8 1",
        "8 INVITE 1 1",
        "8 INVITE 1 1 486 e",
    ];
    let whole = counted(&messages, usize::MAX);
    for taken_after in [3, 4, 5, 7, 10] {
        assert_eq!(counted(&messages, taken_after), whole, "{taken_after}");
    }
    assert_eq!(
        whole.1[&Method::of(b"INVITE")][&486].call_id.as_deref(),
        Some("1")
    );
    // The second call rang after a second.
    assert_eq!(whole.2.waits, [1_000_000]);
    assert_eq!(whole.2.outcomes[&Outcome::Final(486)], 2);
}

#[test]
fn what_is_taken_out_needs_no_room() {
    let (mut transactions, mut answers) = (Transactions::default(), Answers::default());
    let (mut methods, mut rings) = (Methods::new(), Rings::default());
    for call in 0..1000 {
        for start in ["OPTIONS sip:a@b SIP/2.0", "SIP/2.0 200 OK"] {
            let text = format!("{start}\r\nCall-ID: {call}\r\nCSeq: 1 OPTIONS\r\n\r\n");
            transactions.add(&Sighting::of(&Head::of(text.as_bytes())));
        }
        if call % 100 == 99 {
            answers.take_ended(&mut transactions, &mut methods, &mut rings);
        }
    }
    assert_eq!(transactions.all().count(), 100);
    assert_eq!(methods[&Method::of(b"OPTIONS")].transactions, 900);
}

#[test]
fn what_was_there_among_the_last_is_there_again() {
    let mut repeats = Repeats::default();
    assert_eq!(repeats.note(&[1, 2, 1, 3, 1, 2]), 3);
    let others: Vec<u64> = (10..KEPT as u64).collect();
    assert_eq!(repeats.note(&others), 0);
    assert_eq!(repeats.note(&[3, 9, 10, 9]), 3);
    let others: Vec<u64> = (KEPT as u64..3 * KEPT as u64).collect();
    assert_eq!(repeats.note(&others), 0);
    assert_eq!(repeats.note(&[3]), 0);
}
