//! Calls with one fault, of which others follow that are not said beside it.

/// Faults with what follows from them.
pub(super) const ROOTS: &[(&str, &str)] = &[
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
        "target-other",
        "0 a>p INVITE 1
            0.01 p>b INVITE 1 | Record-Route: <sip:192.0.2.16;lr>
            1 b>p 200 INVITE 1 | Record-Route: <sip:192.0.2.16;lr>
            1.01 p>a 200 INVITE 1
            1.1 a>p ACK 1 | Route: <sip:192.0.2.16;lr>
            1.11 p>b ACK 1 | Route:
            5 b>p INVITE 2 dialog | Route: <sip:192.0.2.16;lr> | Contact: <sip:b@192.0.2.9>
            5.01 p>a INVITE 2 | Route:
            5.1 a>p 200 INVITE 2
            5.11 p>b 200 INVITE 2
            5.2 b>p ACK 2 | Route: <sip:192.0.2.16;lr>
            5.21 p>a ACK 2 | Route:
            9 a>p BYE 2 | Route: <sip:192.0.2.16;lr>
            9.01 p>b BYE 2 | Route:
            9.5 a>p BYE 2
            9.51 p>b BYE 2
            10.5 a>p BYE 2
            10.51 p>b BYE 2
            12.5 a>p BYE 2
            12.51 p>b BYE 2
            ends 60",
    ),
    (
        "dialog-left",
        "10 p>b INVITE 1 uri=sip:b@192.0.2.2
            11 b>p 200 INVITE 1
            11.1 p>b ACK 1
            90 p>b BYE 2 uri=sip:b@192.0.2.2 to=tb
            90.5 p>b BYE 2
            91.5 p>b BYE 2
            93.5 p>b BYE 2
            0 b>p REGISTER 11 | Call-ID: 11 | From: <sip:b@example.com>;tag=r | To: <sip:b@example.com> | Contact: <sip:b@192.0.2.2>
            0.1 p>b 200 REGISTER 11
            50 c>p REGISTER 12 | Call-ID: 11 | From: <sip:b@example.com>;tag=r | To: <sip:b@example.com> | Contact: <sip:b@192.0.2.3>
            50.1 p>c 200 REGISTER 12
            ends 200",
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
