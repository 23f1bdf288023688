//! The checks of session descriptions and of session timers, each with what breaks it and what almost does.

use super::broken::Case;

/// A body, in a message that says what it is.
macro_rules! sdp {
    ($($line:literal)+) => {
        &["-Content-Length", "+c: application/sdp", concat!("body ", $($line, "\r\n"),+)]
    };
}

pub(super) const SESSION: &[Case] = &[
    (
        "sdp-version",
        "INVITE",
        sdp!("o=- 1 1 IN IP4 192.0.2.1" "s=-" "t=0 0"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "t=0 0"),
    ),
    (
        "sdp-origin",
        "200 INVITE",
        sdp!("v=0" "o=bob 2890 IN IP4 192.0.2.1" "s=-" "t=0 0"),
        sdp!("v=0" "o=b.o-b@x 2890 18446744073709551615 IN IP6 2001:db8::1" "s=-" "t=0 0"),
    ),
    (
        "sdp-name",
        "INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "t=0 0"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=a call, perhaps" "t=0 0"),
    ),
    (
        "sdp-name-empty",
        "INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=" "t=0 0"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s= " "t=0 0"),
    ),
    (
        "sdp-time",
        "183 INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "t=3034423619 3042462419" "r=604800 3600 0"),
    ),
    (
        "sdp-connection",
        "INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "t=0 0" "m=audio 4000 RTP/AVP 0" "c=IN IP4 192.0.2.1"
            "m=video 4002 RTP/AVP 31"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "t=0 0" "m=audio 4000 RTP/AVP 0" "c=IN IP4 192.0.2.1"
            "m=video 0 RTP/AVP 31"),
    ),
    (
        "sdp-address",
        "UPDATE",
        &[
            "=To: <sip:b@example.com>;tag=2",
            "-Content-Length",
            "+c: application/sdp",
            "body v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 2001:db8::1\r\nt=0 0\r\n",
        ],
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "c=IN IP4 media.example.com" "t=0 0"),
    ),
    (
        "sdp-media",
        "INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "c=IN IP4 192.0.2.1" "t=0 0" "m=audio 70000 RTP/AVP 0"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "c=IN IP4 192.0.2.1" "t=0 0" "m=audio 4000/2 RTP/AVP 0 8"),
    ),
    (
        "sdp-order",
        "INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "t=0 0" "c=IN IP4 192.0.2.1" "m=audio 4000 RTP/AVP 0"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "i=x" "c=IN IP4 192.0.2.1" "b=AS:64" "t=0 0" "t=5 6" "a=x"
            "m=audio 4000 RTP/AVP 0" "i=y" "c=IN IP4 192.0.2.1" "b=AS:64" "b=TIAS:9" "a=sendrecv" "m=video 0 RTP/AVP 31"),
    ),
    (
        "sdp-ptime",
        "INVITE",
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "c=IN IP4 192.0.2.1" "t=0 0" "m=audio 4000 RTP/AVP 0" "a=ptime:0"),
        sdp!("v=0" "o=- 1 1 IN IP4 192.0.2.1" "s=-" "c=IN IP4 192.0.2.1" "t=0 0" "m=audio 4000 RTP/AVP 0" "a=ptime:0.125"),
    ),
    (
        "sdp-rtpmap",
        "INVITE",
        &[
            "=Content-Length: 108",
            "+c: application/sdp",
            "body v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\na=fmtp:101 0-15\r\n",
        ],
        &[
            "=Content-Length: 148",
            "+c: application/sdp",
            "body v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\nm=video 0 RTP/AVP 99\r\n",
        ],
    ),
];

#[test]
fn a_key_is_not_shown_where_its_line_is_out_of_place() {
    let lines = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\na=crypto:1 X inline:5ecret\r\nk=clear:5ecret\r\n";
    let body = format!("body {lines}");
    let text = super::made::message("INVITE", &["-Content-Length", "+c: application/sdp", &body]);
    let findings = super::findings(&text);
    let [finding] = &findings[..] else {
        panic!("{findings:?}")
    };
    assert!(
        finding.says.contains("line 6, k=") && !finding.says.contains("5ecret"),
        "{}",
        finding.says
    );
}

#[test]
fn a_body_that_the_trace_has_cut_lacks_nothing() {
    let text = super::made::message(
        "INVITE",
        &[
            "=Content-Length: 400",
            "+c: application/sdp",
            "body v=0\r\no=- 1 1 IN IP4",
        ],
    );
    assert_eq!(super::ids(&text), ["body-cut"]);
    let text = super::made::message(
        "INVITE",
        &[
            "-Content-Length",
            "+c: application/sdp",
            "body v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n\r\nThen it rings.\r\n",
        ],
    );
    assert_eq!(super::ids(&text), ["sdp-name", "sdp-time"]);
    assert_eq!(super::broken(&text), [""; 0], "what follows may be lost");
}
