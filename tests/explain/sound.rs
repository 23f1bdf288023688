//! Messages in which nothing is wrong, as odd as they look.

use sipdex::explain::Kind;

use super::made::message;
use super::{broken, findings, ids};

/// A kind of message, and the changes of it.
type Made = (&'static str, &'static [&'static str]);

const SOUND: &[Made] = &[
    ("INVITE", &[]),
    (
        "INVITE",
        &[
            "+Content-Type: application/sdp",
            "=Content-Length: 43",
            "body v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n",
        ],
    ),
    (
        "100 INVITE",
        &[
            "=To: <sip:bob@example.com>",
            "+Timestamp: 54.2 .1",
            "-Contact",
        ],
    ),
    ("180 INVITE", &["+Require: 100rel", "+RSeq: 813520"]),
    ("200 INVITE", &["+Allow: INVITE, ACK, BYE", "+Supported:"]),
    ("ACK", &["=To: <sip:bob@example.com>;tag=2"]),
    (
        "BYE",
        &[
            "=To: <sip:bob@example.com>;tag=2",
            "+Reason: Q.850;cause=16;text=\"Terminated\"",
        ],
    ),
    ("200 BYE", &[]),
    (
        "CANCEL",
        &["+Reason: SIP;cause=200;text=\"Call completed elsewhere\""],
    ),
    ("487 INVITE", &[]),
    (
        "486 INVITE",
        &[
            "-Contact",
            "+Retry-After: 120 (in a meeting (again));duration=60",
        ],
    ),
    (
        "302 INVITE",
        &["=Contact: \"B, C\" <sip:b,c@example.com>;q=0.7, <mailto:b@example.com>, tel:+1"],
    ),
    (
        "401 REGISTER",
        &[
            "+WWW-Authenticate: Digest realm=\"a, b\", qop=\"auth\", nonce=\"1=\", opaque=\"\", stale=FALSE, algorithm=MD5",
        ],
    ),
    (
        "407 INVITE",
        &[
            "-Contact",
            "+Proxy-Authenticate: Digest realm=\"a\",\r\n qop=\"auth\", nonce=\"1\"",
        ],
    ),
    ("REGISTER", &["+Contact: *", "+Expires: 0"]),
    (
        "200 REGISTER",
        &[
            "+Contact: <sip:a@example.com>;expires=60, <sip:b@example.com>;expires=9",
            "+Date: Sat, 13 Nov 2010 23:29:00 GMT",
        ],
    ),
    ("SUBSCRIBE", &["+o: presence", "+Expires: 600"]),
    (
        "NOTIFY",
        &[
            "=To: <sip:bob@example.com>;tag=2",
            "+Event: refer",
            "+Subscription-State: active;expires=60",
            "+Content-Type: message/sipfrag",
            "=Content-Length: 18",
            "body SIP/2.0 100 Trying",
        ],
    ),
    (
        "PRACK",
        &["=To: <sip:bob@example.com>;tag=2", "+RAck: 1 7 INVITE"],
    ),
    ("REFER", &["+r: <sip:c@example.com?Replaces=1>"]),
    (
        "503 INVITE",
        &[
            "-Contact",
            "+Warning: 399 gw.example.com:5060 \"\\\"No\\\" circuit, sorry\", 370 proxy \"x\"",
        ],
    ),
    ("422 INVITE", &["-Contact", "+Min-SE: 90"]),
    (
        "MESSAGE",
        &["+Content-Type: text/plain", "=Content-Length: 2", "body hi"],
    ),
    (
        "UPDATE",
        &[
            "=To: <sip:bob@example.com>;tag=2",
            "+Session-Expires: 1800;refresher=uac",
            "+Supported: timer",
            "+Min-SE: 90",
        ],
    ),
];

#[test]
fn sound_messages_of_a_call_have_no_findings() {
    for (kind, changes) in SOUND {
        let message = message(kind, changes);
        assert_eq!(ids(&message), [""; 0], "{message}");
    }
}

#[test]
fn what_the_grammar_allows_is_no_fault() {
    let cases: &[(&str, &[&str])] = &[
        (
            "INVITE",
            &["=Via: SIP  /  2.0\r\n /UDP  a.example.com : 5060 ;branch = z9hG4bK1 ; rport"],
        ),
        (
            "INVITE",
            &["=Via: SIP/2.0/SCTP [2001:db8::1]:5060;branch=z9hG4bK1;received=2001:db8::9"],
        ),
        (
            "INVITE",
            &[
                "=Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1, SIP/2.0/TLS b.example.com;branch=z9hG4bK2",
            ],
        ),
        (
            "INVITE",
            &["=From: \"J \\\\\\\"R\\\" <x>;\" <sip:j;x=y?z@example.com>\r\n ;\r\n tag = 98"],
        ),
        (
            "INVITE",
            &["=To: Alice van Dyk <sips:[2001:db8::1]:5061;x>"],
        ),
        ("INVITE", &["=From: sip:alice@example.com;tag=1"]),
        (
            "INVITE",
            &["=From: \"\u{30a2}\" <sip:%00@example.com>;tag=1"],
        ),
        ("INVITE", &["=CSeq: 0009\r\n  INVITE"]),
        ("INVITE", &["=Call-ID: {1-2}:x/[y]<z>"]),
        (
            "INVITE",
            &["uri sip:user;par=u%40example.net@example.com;x"],
        ),
        ("INVITE", &["uri sip:a?b@example.com"]),
        ("INVITE", &["uri nobody.knows:it"]),
        // Examples leave the length out, and what follows them is not always a body.
        ("INVITE", &["=Content-Length: ..."]),
        ("INVITE", &["=Content-Length: (appropriate value)"]),
        (
            "INVITE",
            &["-Content-Length", "body Then the callee rings."],
        ),
        ("INVITE", &["+Subject:", "+Unknown: \"no end", "+Allow:"]),
        ("200 INVITE", &["=Contact: sip:a@example.com;x=1"]),
        ("!N.3%w", &[]),
    ];
    for (kind, changes) in cases {
        let message = message(kind, changes);
        assert_eq!(broken(&message), [""; 0], "{message}");
    }
}

#[test]
fn what_later_rfcs_allow_and_earlier_ones_did_is_no_fault() {
    let cases: &[(&str, &[&str])] = &[
        (
            "NOTIFY",
            &[
                "+Event: dialog",
                "+Subscription-State: terminated",
                "+SIP-ETag: 1",
            ],
        ),
        ("ACK", &["=To: <sip:b@example.com>;tag=2", "+Require: x"]),
        (
            "UPDATE",
            &["=To: <sip:b@example.com>;tag=2", "+Allow-Events: dialog"],
        ),
        (
            "INVITE",
            &["+y: \"YWJj\"", "+n: <https://a.example.com/>;alg=rsa-sha1"],
        ),
        ("INVITE", &["=From: <sip:a@example.com>;tag=YWJj=="]),
    ];
    for (kind, changes) in cases {
        let message = message(kind, changes);
        assert_eq!(broken(&message), [""; 0], "{message}");
    }
}

#[test]
fn what_a_sender_of_an_older_rfc_did_not_know_is_not_held_against_it() {
    let old = message(
        "INVITE",
        &[
            "=Via: SIP/2.0/UDP a.example.com",
            "-Max-Forwards",
            "-Contact",
            "=From: <sip:alice@example.com>",
        ],
    );
    assert_eq!(ids(&old), ["rfc2543"]);
}

#[test]
fn a_proxy_does_not_answer_for_the_sender_of_an_older_rfc_behind_it() {
    let vias = "=Via: SIP/2.0/UDP p.example.com;branch=z9hG4bK1, SIP/2.0/UDP a.example.com (desk)";
    let cases: &[(&str, &[&str])] = &[
        ("INVITE", &[vias, "-Contact", "=From: <sip:a@example.com>"]),
        ("INVITE", &[vias, "+Expires: Thu, 01 Dec 1994 16:00:00 GMT"]),
        ("CANCEL", &["=From: <sip:a@example.com>"]),
        (
            "503 OPTIONS",
            &[
                "=Via: SIP/2.0/UDP a.example.com",
                "+Retry-After: Mon, 21 Jul 1997 18:48:34 GMT (back)",
            ],
        ),
    ];
    for (kind, changes) in cases {
        let message = message(kind, changes);
        assert_eq!(broken(&message), [""; 0], "{message}");
        assert!(!ids(&message).is_empty(), "{message}");
    }
    let message = message("INVITE", &["+Expires: Thu, 01 Dec 1994 16:00:00 GMT"]);
    assert_eq!(broken(&message), ["expires-syntax"]);
}

/// Faults of a request, and the rule of each.
const COPIED: &[(&str, &[&str])] = &[
    ("response-from", &["-From"]),
    ("response-to", &["-To"]),
    ("response-call-id", &["-Call-ID"]),
    ("response-cseq", &["-CSeq"]),
    ("via-syntax", &["=Via: SIP/2.0/UDP 192.0.2.9;;x"]),
    ("from-syntax", &["=From: A, B <sip:a@example.com>;tag=1"]),
    ("to-syntax", &["=To: \"B <sip:b@example.com>;tag=2"]),
    ("call-id-syntax", &["=Call-ID: a b"]),
    ("cseq-syntax", &["=CSeq: 7OPTIONS"]),
    ("cseq-range", &["=CSeq: 4294967296 OPTIONS"]),
    ("several-from", &["+f: <sip:c@example.com>;tag=3"]),
    ("several-call-id", &["+i: 2"]),
    ("timestamp-syntax", &["+Timestamp: noon"]),
    (
        "uri-parameter-twice",
        &["=From: <sip:a@example.com;x;x>;tag=1"],
    ),
    (
        "parameter-twice",
        &["=From: <sip:a@example.com>;tag=1;tag=1"],
    ),
    (
        "via-version",
        &["=Via: SIP/3.0/TCP a.example.com;branch=z9hG4bK1"],
    ),
];

#[test]
fn a_response_is_not_blamed_for_what_its_request_had() {
    for (id, changes) in COPIED {
        let text = message("100 OPTIONS", changes);
        let found = findings(&text);
        let finding = found.iter().find(|finding| finding.id == *id);
        let finding = finding.expect(&text);
        assert_eq!(finding.kind, Kind::Doubt, "{text}");
        assert!(finding.says.contains("as in the request"), "{finding:?}");
        assert_eq!(broken(&text), [""; 0], "{text}");
    }
    // What it says itself is its own, and the tag of To is.
    let cases: [(&str, &[&str]); 3] = [
        ("to-tag", &["=To: <sip:bob@example.com>"]),
        ("contact-syntax", &["+Contact: \"A <sip:a@example.com>"]),
        ("response-via", &["-Via"]),
    ];
    for (id, changes) in cases {
        assert_eq!(broken(&message("404 OPTIONS", changes)), [id]);
    }
}

#[test]
fn the_last_row_of_a_message_that_was_cut_may_go_on() {
    let challenge = "+WWW-Authenticate: Digest realm=\"a\"";
    let cases: &[(&str, &[&str])] = &[
        ("404 OPTIONS", &["-To", "+To: <sip:bob@example.com>"]),
        ("INVITE", &["-Contact", "+Contact: <sip:al"]),
        ("401 REGISTER", &[challenge]),
        ("REGISTER", &["+Contact: *"]),
        ("INVITE", &["+Expires: 4294967296"]),
    ];
    for (kind, changes) in cases {
        let text = message(kind, &[*changes, &["-Content-Length"]].concat());
        assert_ne!(broken(&text), [""; 0], "{text}");
        let text = text.trim_end().to_owned() + "\r\n";
        assert_eq!(broken(&text), [""; 0], "{text}");
        assert!(!ids(&text).is_empty(), "{text}");
    }
    let text = message(
        "INVITE",
        &["-Content-Length", "+Expires: soon", "+Subject: a"],
    );
    assert_eq!(broken(text.trim_end()), ["expires-syntax"]);
}

#[test]
fn line_ends_and_what_a_body_lost_are_no_fault() {
    let sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n";
    let length = format!("=Content-Length: {}", sdp.len());
    let body = format!("body {sdp}");
    let whole = message(
        "INVITE",
        &["+Content-Type: application/sdp", &length, &body],
    );
    for text in [
        whole.clone(),
        whole.replace("\r\n", "\n"),
        whole.replace("\r\n", "\n").trim_end().to_owned(),
    ] {
        assert_eq!(ids(&text), [""; 0], "{text}");
    }
}

#[test]
fn no_bytes_end_it() {
    for message in [
        "",
        "SIP/2.0 200",
        "SIP/2.0 200 OK\r\n",
        "a b SIP/2.0\r\nVia:\r\nVia: ;,\"\r\nTo: <\r\nRetry-After: (",
        "SIP/2.0 699 \r\nWarning: 1\r\nReason: ,;=\r\nDate:",
    ] {
        ids(message);
    }
}
