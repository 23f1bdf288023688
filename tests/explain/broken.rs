//! Each check, with a message that breaks it and one that almost does.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;
use sipdex::catalog;

use super::fields::FIELDS;
use super::ids;
use super::made::message;
use super::session::SESSION;

/// A check, the kind of message, what breaks it, and what almost does.
pub(super) type Case = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const CODES: &[Case] = &[
    (
        "provisional-to-non-invite",
        "183 OPTIONS",
        &[],
        &["=CSeq: 7 INVITE"],
    ),
    (
        "100-to-non-invite",
        "100 REGISTER",
        &[],
        &["=Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK1"],
    ),
    (
        "408-to-non-invite",
        "408 REGISTER",
        &[],
        &["=CSeq: 7 INVITE"],
    ),
    ("487-to-non-invite", "487 INFO", &[], &["=CSeq: 7 INVITE"]),
    ("response-to-ack", "404 ACK", &[], &["=CSeq: 7 ACKS"]),
    (
        "challenge-to-cancel",
        "401 CANCEL",
        &["+WWW-Authenticate: Digest realm=\"a\", nonce=\"1\", qop=\"auth\""],
        &["=CSeq: 7 BYE"],
    ),
    (
        "202-to-subscribe",
        "202 SUBSCRIBE",
        &["+Expires: 60"],
        &["=CSeq: 7 REFER"],
    ),
    (
        "415-accept",
        "415 INVITE",
        &["-Contact"],
        &["+Accept-Encoding: gzip"],
    ),
    (
        "reason-sip-cause",
        "480 INVITE",
        &["+Reason: Q.850;cause=17, SIP;cause=486"],
        &["+Reason: Q.850;cause=17, SIP;cause=480"],
    ),
    (
        "min-se-in-response",
        "200 INVITE",
        &["+Min-SE: 90"],
        &["+X-Min-SE: 90"],
    ),
    (
        "early-dialog-contact",
        "180 INVITE",
        &["-Contact"],
        &["-Contact", "=To: <sip:bob@example.com>"],
    ),
    (
        "redirection-contact",
        "302 INVITE",
        &["-Contact"],
        &["=Contact: <tel:+1>"],
    ),
];

const BODY: &[Case] = &[
    (
        "body-type",
        "INVITE",
        &["=Content-Length: 3", "body abc"],
        &["=Content-Length: 3", "body abc", "+c: a/b"],
    ),
    (
        "body-cut",
        "INVITE",
        &["+c: a/b", "=Content-Length: 9", "body abc"],
        &["+c: a/b", "=Content-Length: 5", "body abc"],
    ),
    (
        "body-longer",
        "INVITE",
        &["+c: a/b", "=Content-Length: 2", "body abc"],
        &["+c: a/b", "=Content-Length: 3", "body abc\r\n"],
    ),
    (
        "waiting-otherwise",
        "NOTIFY",
        &[
            "+o: message-summary",
            "+Subscription-State: active;expires=9",
            "+c: application/simple-message-summary",
            "=Content-Length: 42",
            "body Messages-Waiting: no\r\nVoice-Message: 2/8\r\n",
        ],
        &[
            "+o: message-summary",
            "+Subscription-State: active;expires=9",
            "+c: application/simple-message-summary",
            "=Content-Length: 43",
            "body Messages-Waiting: yes\r\nVoice-Message: 2/8\r\n",
        ],
    ),
    (
        "length-over-stream",
        "INVITE",
        &[
            "=Via: SIP/2.0/TLS a.example.com;branch=z9hG4bK1",
            "-Content-Length",
        ],
        &[
            "=Via: SIP/2.0/WSS a.example.com;branch=z9hG4bK1",
            "-Content-Length",
        ],
    ),
];

const SYNTAX: &[Case] = &[
    (
        "via-syntax",
        "INVITE",
        &["=Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1, SIP/2.0 b"],
        &["=Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1;x"],
    ),
    (
        "from-syntax",
        "INVITE",
        &["=From: Alice, Bob <sip:a@example.com>;tag=1"],
        &["=From: \"Alice, Bob\" <sip:a@example.com>;tag=1"],
    ),
    (
        "to-syntax",
        "INVITE",
        &["=To: \"Bob <sip:b@example.com>"],
        &["=To: \"Bob\\\"\" <sip:b@example.com>"],
    ),
    (
        "contact-syntax",
        "INVITE",
        &["=Contact: \"A <sip:a@example.com>"],
        &["=Contact: \"A\\\"\" <sip:a@example.com>"],
    ),
    (
        "call-id-syntax",
        "INVITE",
        &["=Call-ID: a@b@c"],
        &["=Call-ID: a@b"],
    ),
    (
        "cseq-syntax",
        "INVITE",
        &["=CSeq: INVITE 7"],
        &["=CSeq: 7 INVITE"],
    ),
    (
        "max-forwards-syntax",
        "INVITE",
        &["=Max-Forwards: many"],
        &["=Max-Forwards: 007"],
    ),
    (
        "content-length-syntax",
        "INVITE",
        &["=Content-Length: -1"],
        &["=Content-Length: 00"],
    ),
    (
        "content-type-syntax",
        "INVITE",
        &["+Content-Type: sdp"],
        &["+Content-Type: application / sdp;a=\"b;c\""],
    ),
    (
        "expires-syntax",
        "INVITE",
        &["+Expires: 1h"],
        &["+Expires: 9999999999"],
    ),
    (
        "min-expires-syntax",
        "423 REGISTER",
        &["+Min-Expires: 1.5"],
        &["+Min-Expires: 15"],
    ),
    (
        "min-se-syntax",
        "422 INVITE",
        &["-Contact", "+Min-SE: \"90\""],
        &["+Min-SE: 90;x"],
    ),
    (
        "session-expires-syntax",
        "INVITE",
        &["+x: 90;refresher="],
        &["+x: 90;refresher=uac"],
    ),
    (
        "retry-after-syntax",
        "503 INVITE",
        &["-Contact", "+Retry-After: 5 seconds"],
        &["+Retry-After: 5 (seconds)"],
    ),
    (
        "rseq-syntax",
        "183 INVITE",
        &["+RSeq: x", "+Require: 100rel"],
        &["+RSeq: 9"],
    ),
    (
        "rack-syntax",
        "PRACK",
        &["=To: <sip:b@example.com>;tag=2", "+RAck: 1 INVITE"],
        &["+RAck: 1 1\r\n INVITE"],
    ),
    (
        "reason-syntax",
        "BYE",
        &[
            "=To: <sip:b@example.com>;tag=2",
            "+Reason: Q.850;cause=16;text=Normal clearing",
        ],
        &["+Reason: Q.850 ;cause=16 ;text=\"Normal; clearing\""],
    ),
    (
        "warning-syntax",
        "488 INVITE",
        &["-Contact", "+Warning: 305 a.example.com No codec"],
        &["+Warning: 305 a.example.com \"No codec\""],
    ),
    (
        "www-authenticate-syntax",
        "401 REGISTER",
        &["+WWW-Authenticate: Digest realm=\"a\", nonce=\"1\", qop=\"auth\", Digest realm=\"b\""],
        &["+WWW-Authenticate: Digest realm=\"a, Digest\", nonce=\"1\", qop=\"auth\""],
    ),
    (
        "proxy-authenticate-syntax",
        "407 INVITE",
        &[
            "-Contact",
            "+Proxy-Authenticate: Digest realm=\"a, nonce=\"1\"",
        ],
        &["+Proxy-Authenticate: Digest realm=\"\\\"a\", nonce=\"1\", qop=\"auth\""],
    ),
    (
        "allow-syntax",
        "405 INVITE",
        &["-Contact", "+Allow: INVITE ACK"],
        &["+Allow: INVITE, ACK"],
    ),
    (
        "supported-syntax",
        "INVITE",
        &["+k: 100rel; timer"],
        &["+k: 100rel , timer"],
    ),
    (
        "require-syntax",
        "INVITE",
        &["+Require: \"100rel\""],
        &["+Require: 100rel"],
    ),
    (
        "unsupported-syntax",
        "420 INVITE",
        &["-Contact", "+Unsupported:"],
        &["+Unsupported: x.y"],
    ),
    (
        "date-syntax",
        "INVITE",
        &["+Date: 2010-11-13T23:29:00Z"],
        &["+Date: Sat, 13 Nov 2010 23:29:00 GMT"],
    ),
    (
        "timestamp-syntax",
        "INVITE",
        &["+Timestamp: now"],
        &["+Timestamp: 1."],
    ),
    (
        "request-uri",
        "INVITE",
        &["uri <sip:b@example.com>"],
        &["uri sip:b@[2001:db8::1]:5060;x"],
    ),
    (
        "request-uri-headers",
        "INVITE",
        &["uri sip:b@example.com?Subject=x"],
        &["uri sip:b?x@example.com"],
    ),
    (
        "version",
        "INVITE",
        &["start INVITE sip:bob@example.com SIP/2.1"],
        &["start INVITE sip:bob@example.com sip/2.0"],
    ),
];

/// The checks that have their messages in a table.
#[derive(Deserialize)]
struct Cases {
    case: Vec<(String, String, Vec<String>, Vec<String>)>,
}

/// Returns the messages of all checks.
pub(super) fn messages() -> Vec<String> {
    let all = cases().into_iter();
    let made = |kind: &str, changes: &[String]| {
        let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
        message(kind, &changes)
    };
    let all =
        all.flat_map(|(_, kind, breaks, almost)| [made(&kind, &breaks), made(&kind, &almost)]);
    all.collect()
}

/// Returns a check, a kind of message, what breaks it, and what almost does; for each.
fn cases() -> Vec<(String, String, Vec<String>, Vec<String>)> {
    let text = fs::read_to_string("tests/explain/cases.toml").expect("the table");
    let table: Cases = toml::from_str(&text).expect("a table");
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let here = [CODES, FIELDS, BODY, SYNTAX, SESSION].concat();
    let here = here.into_iter().map(|(id, kind, breaks, almost)| {
        (id.to_owned(), kind.to_owned(), owned(breaks), owned(almost))
    });
    here.chain(table.case).collect()
}

#[test]
fn each_check_finds_what_breaks_it_and_nothing_that_almost_does() {
    let mut complaints = Vec::new();
    for (id, kind, breaks, almost) in cases() {
        let made = |changes: &[String]| {
            let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
            message(&kind, &changes)
        };
        let found = ids(&made(&breaks));
        if found != [id.as_str()] {
            complaints.push(format!("{id}: {found:?}"));
        }
        let found = ids(&made(&almost));
        if found.contains(&id) {
            complaints.push(format!("{id} in what almost breaks it"));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn each_check_has_such_messages() {
    let cases = cases();
    let tried: BTreeSet<&str> = cases.iter().map(|(id, ..)| id.as_str()).collect();
    let checks: BTreeSet<&str> = catalog::checks()
        .iter()
        .map(|check| check.id.as_str())
        .collect();
    assert_eq!(tried, checks);
}

#[test]
fn a_finding_names_what_the_message_has() {
    let text = message("INVITE", &["=CSeq: 7\r\n  BYE"]);
    let findings = super::findings(&text);
    let [finding] = &findings[..] else {
        panic!("{findings:?}")
    };
    assert_eq!(
        finding.says,
        "CSeq says 7 BYE, and the request is INVITE: the methods MUST be the same."
    );
    assert_eq!(finding.cite.to_string(), "RFC 3261 section 8.1.1.5");
}
