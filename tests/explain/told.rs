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
];

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
