//! What several messages of a call show: a trace for each pattern, and one that almost shows it.

use std::collections::BTreeSet;

use serde::Deserialize;
use sipdex::calls::Recorded;
use sipdex::catalog;
use sipdex::explain::{self, CallExplanation, Sureness};
use sipdex::message::Message;

#[path = "calls/roots.rs"]
mod roots;
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

#[test]
fn what_follows_from_a_fault_is_no_fault_beside_it() {
    for (id, trace) in roots::ROOTS {
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
