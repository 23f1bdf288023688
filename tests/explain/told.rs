//! The sentence of a message: the cause that it names, where the code alone does not tell it.

use sipdex::explain::{Beside, explain};
use sipdex::message::Message;

use super::made::message;

/// Each with what its sentence must say, and what it must not.
const TOLD: &[(&str, &[&str], &str, &str)] = &[
    (
        "401 REGISTER",
        &["+WWW-Authenticate: Digest realm=\"ims.example.org\", nonce=\"a\", algorithm=AKAv1-MD5"],
        "only a client with the SIM",
        "no fault",
    ),
    (
        "401 REGISTER",
        &["+WWW-Authenticate: Digest realm=\"example.org\", nonce=\"a\", algorithm=MD5"],
        "asked once that is no fault",
        "SIM",
    ),
    (
        "488 INVITE",
        &[
            "=Content-Length: 104",
            "+Content-Type: application/sdp",
            "body v=0\r\no=- 1 1 IN IP4 a.example.com\r\ns=-\r\nc=IN IP4 a.example.com\r\nt=0 0\r\nm=audio 0 RTP/SAVP 8 0\r\n",
        ],
        "audio: RTP/SAVP, PCMA and PCMU",
        "refused",
    ),
    (
        "500 INVITE",
        &["start SIP/2.0 500 Service Unavailable"],
        "which is that of 503: a proxy",
        "fault that it did not expect",
    ),
    (
        "500 INVITE",
        &["start SIP/2.0 500 Out of beans"],
        "Out of beans",
        "which is that of",
    ),
    (
        "403 INVITE",
        &["+Warning: 399 as.example.net \"Outgoing Calling Plan: international blocked\""],
        "these words point to what the caller may dial",
        "number that was dialled",
    ),
    (
        "503 INVITE",
        &["start SIP/2.0 503 Trunk congestion"],
        "point to a trunk, switch or server that is full",
        "license",
    ),
    (
        "403 INVITE",
        &["+Warning: 399 a.example.com \"Sorry\""],
        "Sorry",
        "these words point",
    ),
    (
        "480 INVITE",
        &[
            "+Server: FreeSWITCH",
            "+Reason: Q.850;cause=16;text=\"NORMAL_CLEARING\"",
        ],
        "look at its dialplan",
        "somebody hung up",
    ),
    (
        "503 INVITE",
        &[
            "start SIP/2.0 503 Service Unavailable",
            "+Server: Asterisk PBX 22.1",
            "+Retry-After: 300",
        ],
        "maintenance mode",
        "overloaded",
    ),
    (
        "503 INVITE",
        &["start SIP/2.0 503 Service Unavailable", "+Retry-After: 300"],
        "is possibly that of",
        "Retry-After: 0",
    ),
    (
        "380 INVITE",
        &["-Contact"],
        "380 Alternative Service",
        "may be had at .",
    ),
    (
        "REGISTER",
        &[
            "+Authorization: Digest username=\"a\", realm=\"b\", nonce=\"c\", uri=\"sip:b\", response=\"\", auts=\"u8g=\"",
        ],
        "the SIM takes the number of the challenge for out of order",
        "password",
    ),
    (
        "200 INVITE",
        &["+Session-Expires: 90;refresher=uac", "+Require: timer"],
        "the call is cut after 1 min 30 s unless the side that sent the request",
        "depends on the method",
    ),
];

/// Each with the first of its next steps, and what none of them says.
const NEXT: &[(&str, &[&str], &str, &str)] = &[
    (
        "480 INVITE",
        &["+Reason: Q.850;cause=34"],
        "Look at the trunk, not at the callee (ISDN cause 34).",
        "the time in Retry-After",
    ),
    (
        "503 INVITE",
        &["+Warning: 399 a.example.com \"no license left\""],
        "Look at the licenses",
        "If the 503 has Retry-After",
    ),
    (
        "480 INVITE",
        &["+Retry-After: 60"],
        "Call again in 1 min.",
        "without Retry-After",
    ),
];

#[test]
fn the_next_steps_follow_the_sentence() {
    for (kind, changes, first, never) in NEXT {
        let message = message(kind, changes);
        let explained = explain(&Message::of(message.as_bytes()), Beside::default());
        let steps: Vec<&str> = explained.next.iter().map(|step| &*step.says).collect();
        assert!(steps[0].starts_with(first), "{first}: {steps:?}");
        assert!(
            !steps.iter().any(|step| step.contains(never)),
            "{never}: {steps:?}"
        );
    }
}

#[test]
fn the_sentence_names_the_cause() {
    for (kind, changes, says, never) in TOLD {
        let message = message(kind, changes);
        let explained = explain(&Message::of(message.as_bytes()), Beside::default());
        let sentence = explained.in_short;
        assert!(sentence.contains(says), "{says}: {sentence}");
        assert!(!sentence.contains(never), "{never}: {sentence}");
    }
}
