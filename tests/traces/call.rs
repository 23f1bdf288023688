//! A call that is challenged and then refused, behind a proxy, and two requests whose bodies quote others.

fn message(start: &str, vias: usize, tag: &str, cseq: &str, kind: &str, body: &str) -> String {
    let via = |hop: usize| format!("Via: SIP/2.0/UDP 192.0.2.{hop}:5060;branch=z9hG4bKh{hop}\r\n");
    let vias: String = (1..=vias).rev().map(via).collect();
    let kind = match kind {
        "" => String::new(),
        kind => format!("Content-Type: {kind}\r\n"),
    };
    format!(
        "{start}\r\n{vias}From: \"Ann\" <sip:ann@example.com>;tag=f1\r\nTo: <sip:bob@example.com>{tag}\r\n\
         Call-ID: c-{}@192.0.2.1\r\nCSeq: {cseq}\r\n{kind}Content-Length: {}\r\n\r\n{body}",
        cseq.len(),
        body.len()
    )
}

/// Returns the messages as they are on the wire.
pub(crate) fn call() -> Vec<String> {
    let sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    let (invite, ack) = (
        "INVITE sip:bob@example.com SIP/2.0",
        "ACK sip:bob@example.com SIP/2.0",
    );
    let quoted = "They sent SIP/2.0 403 Forbidden and\r\nBYE sip:eve@example.com SIP/2.0\r\n\
                  Via: SIP/2.0/UDP 192.0.2.9\r\nCall-ID: quoted\r\nCSeq: 9 BYE\r\n\r\n";
    let fragment =
        "SIP/2.0 404 Not Found\r\nVia: SIP/2.0/UDP 192.0.2.9\r\nCall-ID: f\r\nCSeq: 1 INVITE\r\n";
    let all = [
        (invite, 1, "", "1 INVITE", "application/sdp", sdp),
        (
            "SIP/2.0 407 Proxy Authentication Required",
            1,
            ";tag=t1",
            "1 INVITE",
            "",
            "",
        ),
        (ack, 1, ";tag=t1", "1 ACK", "", ""),
        (invite, 1, "", "2 INVITE", "application/sdp", sdp),
        ("SIP/2.0 100 Trying", 1, "", "2 INVITE", "", ""),
        (invite, 2, "", "2 INVITE", "application/sdp", sdp),
        ("SIP/2.0 486 Busy Here", 2, ";tag=t2", "2 INVITE", "", ""),
        ("SIP/2.0 486 Busy Here", 1, ";tag=t2", "2 INVITE", "", ""),
        (ack, 1, ";tag=t2", "2 ACK", "", ""),
        (
            "MESSAGE sip:bob@example.com SIP/2.0",
            1,
            "",
            "3 MESSAGE",
            "text/plain",
            quoted,
        ),
        ("SIP/2.0 200 OK", 1, ";tag=t3", "3 MESSAGE", "", ""),
        (
            "NOTIFY sip:ann@192.0.2.1 SIP/2.0",
            1,
            "",
            "4 NOTIFY",
            "message/sipfrag",
            fragment,
        ),
        (
            "SIP/2.0 481 Call/Transaction Does Not Exist",
            1,
            ";tag=t4",
            "4 NOTIFY",
            "",
            "",
        ),
    ];
    let message =
        |(start, vias, tag, cseq, kind, body)| message(start, vias, tag, cseq, kind, body);
    all.map(message).into()
}
