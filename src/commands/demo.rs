//! Messages that are built in, to see what an explanation looks like.

use super::beside::Key;
use super::picking::Seen;

/// Made up: no sender of these exists.
const MESSAGES: [&str; 3] = [
    "SIP/2.0 486 Busy Here\r\n\
     Via: SIP/2.0/UDP 192.168.1.20:5060;rport=40112;received=203.0.113.20;branch=z9hG4bKdemo1\r\n\
     From: \"Front desk\" <sip:201@pbx.example.com>;tag=4f1a\r\n\
     To: <sip:+49305550100@pbx.example.com>;tag=as77\r\n\
     Call-ID: demo-1@192.168.1.20\r\n\
     CSeq: 102 INVITE\r\n\
     Server: Example PBX 4.2\r\n\
     Reason: Q.850;cause=34;text=\"No circuit available\"\r\n\
     Content-Length: 0\r\n\r\n",
    "SIP/2.0 423 Interval Too Brief\r\n\
     Via: SIP/2.0/UDP 203.0.113.21:5060;branch=z9hG4bKdemo2\r\n\
     From: <sip:202@pbx.example.com>;tag=9c2\r\n\
     To: <sip:202@pbx.example.com>;tag=b71\r\n\
     Call-ID: demo-2@203.0.113.21\r\n\
     CSeq: 7 REGISTER\r\n\
     Min-Expires: 300\r\n\
     Content-Length: 0\r\n\r\n",
    "SIP/2.0 405 Method Not Allowed\r\n\
     Via: SIP/2.0/UDP 203.0.113.22:5060;branch=z9hG4bKdemo3\r\n\
     From: <sip:monitor@pbx.example.com>;tag=1\r\n\
     To: <sip:trunk.example.com>;tag=2\r\n\
     Call-ID: demo-3@203.0.113.22\r\n\
     CSeq: 31 OPTIONS\r\n\
     Content-Length: 0\r\n\r\n",
];

/// Returns the messages, each as one that was found.
pub(super) fn messages() -> Vec<Seen> {
    let message = |(place, text): (usize, &&str)| Seen {
        bytes: text.as_bytes().to_vec(),
        file: format!("example {}", place + 1),
        line: None,
        frame: None,
        key: Key::default(),
        call: Vec::new(),
        at: 0,
        raw: None,
    };
    MESSAGES.iter().enumerate().map(message).collect()
}
