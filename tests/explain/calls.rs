//! What several messages of a call show: a trace for each pattern, and one that almost shows it.

use std::collections::BTreeSet;

use serde::Deserialize;
use sipdex::calls::Recorded;
use sipdex::catalog;
use sipdex::explain::{self, CallExplanation, Sureness};
use sipdex::message::Message;

#[path = "calls/written.rs"]
mod written;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
    /// Calls without a fault.
    whole: Vec<Whole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    shows: String,
    almost: String,
    /// Words of the sentence.
    says: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    trace: String,
    title: String,
    in_short: String,
}

fn cases() -> Cases {
    toml::from_str(include_str!("calls.toml")).expect("cases")
}

/// Returns the messages of each call, and when its trace ends.
pub(super) fn calls() -> Vec<(Vec<Recorded>, Option<u64>)> {
    let cases = cases();
    let pairs = cases.case.iter();
    let pairs = pairs.flat_map(|case| [&case.shows, &case.almost]);
    let whole = cases.whole.iter().map(|whole| &whole.trace);
    pairs
        .chain(whole)
        .map(|trace| written::call(trace))
        .collect()
}

fn explained(trace: &str) -> CallExplanation {
    let (messages, ends) = written::call(trace);
    let (own, beside) = apart(messages);
    explain::call_beside(&own, &beside, ends)
}

/// Puts the messages of the Call-ID that stands first apart from those of others.
fn apart(messages: Vec<Recorded>) -> (Vec<Recorded>, Vec<Recorded>) {
    let call_id = |one: &Recorded| Message::of(&one.bytes).value("Call-ID").map(<[u8]>::to_vec);
    let own = messages.first().and_then(call_id);
    let is_own = |one: &Recorded| one.network.is_none() && call_id(one) == own;
    messages.into_iter().partition(is_own)
}

fn ids(call: &CallExplanation) -> Vec<&str> {
    call.findings.iter().map(|one| one.id.as_str()).collect()
}

#[test]
fn each_pattern_is_shown_and_almost_shown() {
    let cases = cases().case;
    let mut failed = Vec::new();
    for case in &cases {
        let shows = explained(&case.shows);
        let found = shows.findings.iter().find(|one| one.id == case.id);
        let says = case.says.as_deref().unwrap_or_default();
        match found {
            None => failed.push(format!("{} is not shown, but {:?}", case.id, ids(&shows))),
            Some(found) if !found.says.contains(says) => {
                failed.push(format!("{} says {}", case.id, found.says));
            }
            Some(_) => {}
        }
        let almost = explained(&case.almost);
        if ids(&almost).contains(&case.id.as_str()) {
            failed.push(format!("{} is shown by what almost does", case.id));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let with_case: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    let all: BTreeSet<&str> = catalog::patterns()
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(with_case, all);
}

#[test]
fn a_finding_names_its_messages_and_has_all_its_values() {
    for case in cases().case {
        let (messages, _) = written::call(&case.shows);
        for found in explained(&case.shows).findings {
            let says = &found.says;
            assert!(!says.contains('{') && !says.contains("  "), "{says}");
            assert!(!says.contains("() ") && !says.contains(" ,"), "{says}");
            assert!(!found.proof.is_empty(), "{says}");
            assert!(found.proof.iter().all(|at| *at < messages.len()), "{says}");
        }
    }
}

#[test]
fn what_has_no_times_is_said_as_well() {
    for case in cases().case {
        let (mut messages, _) = written::call(&case.shows);
        for message in &mut messages {
            (message.micros, message.time, message.is_exact) = (None, None, false);
        }
        let (own, beside) = apart(messages);
        for found in explain::call_beside(&own, &beside, None).findings {
            let says = &found.says;
            assert!(!says.contains('{') && !says.contains("  "), "{says}");
            assert!(!says.contains(" ,") && !says.contains("()"), "{says}");
        }
    }
}

#[test]
fn what_is_so_again_is_said_once() {
    let call = explained(
        "0 a>b INVITE 1
        1 b>a 200 INVITE 1
        1.1 a>b ACK 1
        9 a>b BYE 2
        9.1 b>a 403 BYE 2
        9.2 a>b BYE 3
        9.3 b>a 404 BYE 3",
    );
    let ids = ids(&call);
    assert_eq!(ids, ["bye-refused", "ended"]);
    assert!(call.in_short.ends_with("once more in this call."));
}

/// Faults with what follows from them.
const ROOTS: &[(&str, &str)] = &[
    (
        "ack-other-tag",
        "0 a>b INVITE 1
            1 b>a 200 INVITE 1
            1.1 a>b ACK 1 to=tx
            1.5 b>a 200 INVITE 1
            2.5 b>a 200 INVITE 1
            9 a>b BYE 2 to=tx
            9.1 b>a 481 BYE 2",
    ),
    (
        "ok-unacknowledged",
        "0 a>b INVITE 1
            1 b>a 200 INVITE 1
            1.5 b>a 200 INVITE 1
            2.5 b>a 200 INVITE 1
            3 b>a BYE 1
            3.1 a>b 200 BYE 1
            9 a>b BYE 2
            9.1 b>a 481 BYE 2",
    ),
    (
        "bye-unanswered",
        "0 a>b INVITE 1
            1 b>a 200 INVITE 1 | Contact: <sip:b@10.0.0.9>
            1.1 a>b ACK 1
            9 a>c BYE 2 to=tb uri=sip:b@10.0.0.9
            9.5 a>c BYE 2
            10.5 a>c BYE 2
            12.5 a>c BYE 2
            16.5 a>c BYE 2
            ends 90",
    ),
    (
        "tag-dropped",
        "0 a>p INVITE 1
            0.1 p>b INVITE 1
            1 b>p 200 INVITE 1
            1.01 p>a 200 INVITE 1 to=-
            1.1 a>p ACK 1",
    ),
    (
        "contact-missing",
        "0 a>b INVITE 1
            1 b>a 200 INVITE 1 | Contact:
            1.5 b>a 200 INVITE 1 | Contact:
            2.5 b>a 200 INVITE 1 | Contact:
            3 b>a BYE 1
            3.1 a>b 481 BYE 1",
    ),
    (
        "number-kept",
        "0 a>b INVITE 1
            0.1 b>a 401 INVITE 1 | WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"
            0.2 a>b INVITE 1 | TopVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-2
            0.3 b>a 482 INVITE 1 | TopVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-2
            ends 60",
    ),
    (
        "bye-unrepeated",
        "0 a>b INVITE 1
            1 b>a 200 INVITE 1
            1.1 a>b ACK 1
            9 a>b BYE 2
            9.1 b>a 407 BYE 2 | Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"
            40 b>a UPDATE 1
            40.1 a>b 481 UPDATE 1
            40.2 b>a BYE 2
            40.3 a>b 481 BYE 2
            ends 60",
    ),
    (
        "subscription-late",
        "0 a>b SUBSCRIBE 1 | Event: dialog | Expires: 600
            0.1 b>a 200 SUBSCRIBE 1 | Expires: 60 | Contact: <sip:b@192.0.2.2>
            0.2 b>a NOTIFY 1 | Event: dialog | Subscription-State: active;expires=60
            0.3 a>b 200 NOTIFY 1
            300 a>b SUBSCRIBE 2 dialog | Event: dialog | Expires: 600
            300.1 b>a 481 SUBSCRIBE 2",
    ),
    (
        "session-unrefreshed",
        "0 a>b INVITE 1 | Supported: timer
            1 b>a 200 INVITE 1 | Session-Expires: 600;refresher=uac | Allow: INVITE, ACK, BYE
            1.1 a>b ACK 1
            301 a>b UPDATE 2
            301.1 b>a 405 UPDATE 2 | Allow: INVITE, ACK, BYE
            569 b>a BYE 1
            569.1 a>b 200 BYE 1",
    ),
    (
        "credentials-field",
        "0 a>p INVITE 1
            0.1 p>a 407 INVITE 1 | Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"
            0.2 a>p ACK 1
            1 a>p INVITE 2 | Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:b@example.com\", response=\"x\"
            1.1 p>a 407 INVITE 2 | Proxy-Authenticate: Digest realm=\"r\", nonce=\"m\"
            1.2 a>p ACK 2
            ends 60",
    ),
    (
        "answer-other-address",
        "0 a>b REGISTER 1 | TopVia: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK-1
            0.01 b>c 401 REGISTER 1 | TopVia: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK-1 | WWW-Authenticate: Digest realm=\"r\", nonce=\"n\" | Call-ID: 1@example.com | From: <sip:a@example.com>;tag=ta | To: <sip:b@example.com>;tag=tb
            0.5 a>b REGISTER 1
            0.51 b>c 401 REGISTER 1
            1.5 a>b REGISTER 1
            1.51 b>c 401 REGISTER 1
            ends 60",
    ),
    (
        "binding-wiped",
        "50 a>p INVITE 1 | From: <sip:+4915155502@example.com>;tag=ta
            50.1 p>a 480 INVITE 1
            50.2 a>p ACK 1
            0 b>p REGISTER 11 | Call-ID: 11 | From: <sip:b@example.com>;tag=r | To: <sip:b@example.com> | Contact: <sip:b@192.0.2.2> | User-Agent: Desk
            0.1 p>b 200 REGISTER 11 | Contact: <sip:b@192.0.2.2>;expires=3600
            10 a>p INVITE 2 uri=sip:b@example.com | Call-ID: 2 | To: <sip:b@example.com> | From: <sip:+493022217@example.com>;tag=t2
            10.2 p>a 180 INVITE 2
            20 c>p REGISTER 12 | Call-ID: 12 | From: <sip:b@example.com>;tag=r | To: <sip:b@example.com> | Contact: * | User-Agent: Other
            20.1 p>c 200 REGISTER 12",
    ),
    (
        "number-lower",
        "0 a>b INVITE 5
            1 b>a 200 INVITE 5
            1.1 a>b ACK 5
            9 a>b BYE 4
            9.1 b>a 500 BYE 4",
    ),
];

#[test]
fn what_follows_from_a_fault_is_no_fault_beside_it() {
    for (id, trace) in ROOTS {
        let call = explained(trace);
        let mut faults = call
            .findings
            .iter()
            .filter(|one| one.sureness <= Sureness::Possible);
        assert_eq!(faults.next().map(|one| one.id.as_str()), Some(*id));
        assert_eq!(faults.next().map(|one| one.says.as_str()), None, "{id}");
    }
}

#[test]
fn what_the_trace_has_cut_is_no_wrong_length() {
    let case = cases()
        .case
        .into_iter()
        .find(|one| one.id == "length-unfit");
    let (mut messages, ends) = written::call(&case.expect("a case").shows);
    messages[0].is_cut = true;
    let call = explain::call_beside(&messages, &[], ends);
    assert!(!ids(&call).contains(&"length-unfit"), "{:?}", ids(&call));
}

#[test]
fn a_trace_that_has_the_latest_first_is_read_in_time() {
    let trace = "0 a>b INVITE 1
        4 b>a 200 INVITE 1
        4.1 a>b ACK 1
        20 b>a BYE 1
        20.1 a>b 200 BYE 1";
    let (mut messages, ends) = written::call(trace);
    let forwards = explain::call_beside(&messages, &[], ends);
    messages.reverse();
    let backwards = explain::call_beside(&messages, &[], ends);
    assert_eq!(backwards.in_short, forwards.in_short);
    let numbers = |call: &CallExplanation| -> Vec<usize> {
        call.rows.iter().map(|row| row.messages[0]).collect()
    };
    assert_eq!(numbers(&forwards), [0, 1, 2, 3, 4]);
    assert_eq!(numbers(&backwards), [4, 3, 2, 1, 0]);
    assert_eq!(backwards.findings[0].proof, [3, 1]);
    messages.reverse();
    // Two writers side by side are put into order; times that go to and fro tell none.
    messages.swap(1, 2);
    let aside = explain::call_beside(&messages, &[], ends);
    assert_eq!(numbers(&aside), [0, 2, 1, 3, 4]);
    for (at, message) in messages.iter_mut().enumerate() {
        message.micros = Some([50, 10, 40, 5, 30][at] * 1_000_000);
    }
    let odd = explain::call_beside(&messages, &[], ends);
    assert_eq!(numbers(&odd), [0, 1, 2, 3, 4]);
    assert!(odd.in_short.starts_with("The call was answered and ended"));
}

#[test]
fn what_a_call_lacks_breaks_nothing() {
    for case in cases().case {
        let (messages, ends) = written::call(&case.shows);
        for without in 0..messages.len() {
            let mut some = messages.clone();
            some.remove(without);
            let (own, beside) = apart(some);
            explain::call_beside(&own, &beside, ends);
        }
        for name in ["Via", "From", "To", "CSeq", "Contact", "Call-ID"] {
            let mut cut = messages.clone();
            for message in &mut cut {
                let text = String::from_utf8_lossy(&message.bytes).into_owned();
                let rows = text.split_inclusive("\r\n");
                let left: String = rows.filter(|row| !row.starts_with(name)).collect();
                message.bytes = left.into_bytes();
                (message.from, message.to) = (None, None);
            }
            let (own, beside) = apart(cut);
            let call = explain::call_beside(&own, &beside, None);
            assert_eq!(call.messages, own.len());
        }
    }
    assert!(explain::call_beside(&[], &[], None).findings.is_empty());
}

#[test]
fn a_call_without_a_fault_has_none_and_says_how_it_went() {
    for whole in cases().whole {
        let call = explained(&whole.trace);
        let faults: Vec<&str> = call
            .findings
            .iter()
            .filter(|one| matches!(one.sureness, Sureness::Proven | Sureness::Possible))
            .map(|one| one.says.as_str())
            .collect();
        assert!(faults.is_empty(), "{faults:?}\n{}", whole.trace);
        assert_eq!(call.title, whole.title);
        assert_eq!(call.in_short, whole.in_short);
    }
}
