//! What the sentence at the top says first, and what it takes from the messages around it.

use super::*;

/// A message: its start line, `CSeq`, and header fields of its own.
fn message(start: &str, cseq: &str, fields: &[&str]) -> String {
    let fields: String = fields.iter().flat_map(|field| [*field, "\n"]).collect();
    format!(
        "{start}\nVia: SIP/2.0/UDP 198.51.100.9:5060;branch=z9hG4bK7\nMax-Forwards: 70\n\
         From: <sip:201@pbx.example>;tag=1\nTo: <sip:202@pbx.example>;tag=2\nCall-ID: c7@198.51.100.9\n\
         CSeq: {cseq}\n{fields}Content-Length: 0\n\n"
    )
}

fn in_short(user: &User, text: &str) -> String {
    let file = user.write("message.txt", text);
    let json = user.json(&format!("explain {file}"));
    json[0]["in_short"].as_str().expect("a sentence").to_owned()
}

/// A start line, `CSeq`, header fields, and parts of the sentence in their order; those behind `!` are not in it.
type Case = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const TEXTS: &[Case] = &[
    (
        "SIP/2.0 403 Forbidden",
        "1 INVITE",
        &["Reason: Q.850;cause=63;text=\"Provided Trunk FQDN sbc7.example.org is not allowed\""],
        "but Reason says \"Provided Trunk FQDN|(ISDN cause 63|!look at the service",
    ),
    (
        "SIP/2.0 403 Forbidden",
        "1 INVITE",
        &["Reason: Q.850;cause=63;text=\"Service or option not available, unspecified\""],
        "but Reason says ISDN cause 63|look at the service",
    ),
    (
        "SIP/2.0 404 Not Found",
        "1 INVITE",
        &[
            "Reason: Q.850;cause=1;text=\"Unallocated (unassigned) number\"",
            "Warning: 399 sbc \"Route list 7 exhausted\"",
        ],
        "Route list 7 exhausted|Reason says ISDN cause 1",
    ),
    (
        "SIP/2.0 503 Service Unavailable",
        "1 INVITE",
        &[
            "X-Asterisk-HangupCause: Bearer capability not available",
            "X-Asterisk-HangupCauseCode: 58",
            "Retry-After: 90 (till (about) noon);duration=600",
        ],
        "X-Asterisk-HangupCauseCode says ISDN cause 58|look at the service|wait 1 min 30 s, after which|10 min (remark: \"till (about) noon\")|!X-Asterisk-HangupCause says",
    ),
    (
        "SIP/2.0 480 Temporarily Unavailable",
        "1 INVITE",
        &[
            "Reason: Q.850;cause=16;text=\"Normal call clearing\"",
            "X-Gateway-Release-Cause: 38",
        ],
        "X-Gateway-Release-Cause says ISDN cause 38|Reason says no more",
    ),
    (
        "SIP/2.0 500 Server Internal Error",
        "1 INVITE",
        &[
            "ms-diagnostics: 10037;source=\"x\";reason=\"No media path\"",
            "Reason: Q.850;cause=41",
        ],
        "ms-diagnostics says 10037, \"No media path\"|Reason says ISDN cause 41",
    ),
    (
        "SIP/2.0 500 Server Internal Error",
        "1 INVITE",
        &["X-Leg-B-Reason: Q.850;cause=38;text=\"Link 3 of 4 is down\""],
        "X-Leg-B-Reason says \"Link 3 of 4 is down\" (ISDN cause 38",
    ),
    (
        "SIP/2.0 480 Temporarily Unavailable",
        "1 INVITE",
        &["Reason: SIP;cause=809;text=\"GATEWAY_DOWN\""],
        "but Reason says \"GATEWAY_DOWN\" (SIP 809)|FreeSWITCH|the gateway is not up",
    ),
    (
        "BYE sip:a@198.51.100.1 SIP/2.0",
        "3 BYE",
        &["Reason: Q.850;cause=604;text=\"MEDIA_TIMEOUT\""],
        "\"MEDIA_TIMEOUT\"|which Q.850 does not have|no RTP came|no media came",
    ),
    (
        "BYE sip:a@198.51.100.1 SIP/2.0",
        "3 BYE",
        &["Reason: SIP;cause=408;text=\"ACK Timeout\""],
        "\"ACK Timeout\" (SIP 408|no ACK came",
    ),
    (
        "BYE sip:a@198.51.100.1 SIP/2.0",
        "3 BYE",
        &["X-Hangup-Reason: session timer expired"],
        "X-Hangup-Reason says|the session timer ran out",
    ),
    (
        "SIP/2.0 200 OK",
        "3 SUBSCRIBE",
        &["Expires: 0"],
        "the subscription ends",
    ),
    (
        "SIP/2.0 200 OK",
        "3 REGISTER",
        &[],
        "no address is registered now",
    ),
    (
        "SIP/2.0 200 OK",
        "3 REGISTER",
        &[
            "Contact: <sip:a@a.example>;expires=61, <sip:b@b.example>;expires=3600",
            "m: <sip:c@c.example>;q=0.1",
            "Expires: 120",
        ],
        "3 addresses|a@a.example for 1 min 1 s|b@b.example for 1 h|c@c.example for 2 min",
    ),
    (
        "SIP/2.0 498 Odd",
        "3 INVITE",
        &[],
        "498 (not in IANA's list)",
    ),
    (
        "INVITE sip:a@b.example SIP/3.0",
        "3 INVITE",
        &[],
        "its version is SIP/3.0|505",
    ),
];

#[test]
fn what_tells_the_cause_stands_before_what_is_general() {
    let user = User::new();
    for (start, cseq, fields, parts) in TEXTS {
        let says = in_short(&user, &message(start, cseq, fields));
        let mut rest = says.as_str();
        for part in parts.split('|') {
            if let Some(part) = part.strip_prefix('!') {
                assert!(!says.contains(part), "{part}: {says}");
            } else {
                let (_, behind) = rest
                    .split_once(part)
                    .unwrap_or_else(|| panic!("{part}: {says}"));
                rest = behind;
            }
        }
    }
}

#[test]
fn a_bye_is_mended_by_what_its_reason_tells() {
    let user = User::new();
    for (reason, fix, next) in [
        (
            "SIP;cause=408;text=\"ACK Timeout\"",
            "No ACK reaches",
            "64*T1",
        ),
        (
            "Q.850;cause=16;text=\"RTP inactivity\"",
            "after the last RTP packet",
            "c= and m=",
        ),
        (
            "SIP;cause=408;text=\"Session refresh failed\"",
            "another fixed time",
            "re-INVITE or UPDATE",
        ),
        (
            "SIP;cause=408",
            "A running call ended with a 408",
            "Answer it with a 200",
        ),
    ] {
        let text = message(
            "BYE sip:a@b.example SIP/2.0",
            "9 BYE",
            &[&format!("Reason: {reason}")],
        );
        let json = user.json(&format!("explain {}", user.write("bye", text)));
        let first = &json[0]["fixes"][0];
        let cause = first["cause"].as_str().expect("a fix");
        assert!(
            cause.contains(fix) && first["proof"] == "proven",
            "{reason}: {cause}"
        );
        let step = json[0]["next"][0]["says"].as_str().expect("a step");
        assert!(step.contains(next), "{reason}: {step}");
    }
    let text = message("BYE sip:a@b.example SIP/2.0", "9 BYE", &[]);
    let json = user.json(&format!("explain {}", user.write("bye", text)));
    assert_eq!(json[0]["fixes"][0]["proof"], "open");
}

#[test]
fn a_private_address_is_told_where_something_outside_is_on_the_way() {
    let user = User::new();
    let made = |via: &str, contact: &str| {
        format!(
            "INVITE sip:b@b.example SIP/2.0\nVia: SIP/2.0/UDP {via};branch=z9hG4bK7\nTo: <sip:b@b.example>\n\
             Call-ID: n7\nCSeq: 1 INVITE\nContact: <sip:a@{contact}>\nContent-Type: application/sdp\n\n\
             v=0\no=- 1 1 IN IP4 172.20.0.4\ns=-\nc=IN IP4 172.20.0.4\nt=0 0\nm=audio 4000 RTP/AVP 0\n"
        )
    };
    let nat = made(
        "172.20.0.4:5060;received=203.0.113.77;rport=1024",
        "172.20.0.4:5060",
    );
    for hidden in ["", " --redact"] {
        let file = user.write("nat", &nat);
        let json = user.json(&format!("explain {file}{hidden}"));
        let says = json[0]["in_short"].as_str().expect("a sentence").to_owned();
        for part in [
            "behind the NAT that Via shows",
            "may get lost",
            "media goes there",
        ] {
            assert!(says.contains(part), "{hidden}: {part}: {says}");
        }
        assert_eq!(says.contains("172.20.0.4"), hidden.is_empty(), "{says}");
        let page = user.done(&format!("explain {file}{hidden}"));
        assert!(page.contains("a NAT lies between"), "{page}");
    }
    let likely = in_short(&user, &made("203.0.113.7", "[fd12::9]:5062"));
    assert!(
        likely.contains("while public addresses are on the way"),
        "{likely}"
    );
    let inside = in_short(&user, &made("172.20.0.4", "172.20.0.4"));
    assert!(!inside.contains("private"), "{inside}");
}

#[test]
fn a_challenge_says_whether_the_trace_has_its_answer() {
    let user = User::new();
    let challenge = "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"";
    let credentials = "Authorization: Digest username=\"u\", realm=\"pbx\", nonce=\"n\", uri=\"sip:x\", response=\"0\"";
    let asked = message("REGISTER sip:pbx.example SIP/2.0", "1 REGISTER", &[])
        + &message("SIP/2.0 401 Unauthorized", "1 REGISTER", &[challenge]);
    let again = message(
        "REGISTER sip:pbx.example SIP/2.0",
        "2 REGISTER",
        &[credentials],
    );
    let done = message(
        "SIP/2.0 200 OK",
        "2 REGISTER",
        &["Contact: <sip:a@b>;expires=60"],
    );
    let refused = message("SIP/2.0 403 Forbidden", "2 REGISTER", &[]);
    let twice = message("SIP/2.0 401 Unauthorized", "2 REGISTER", &[challenge]);
    let other = done.replace("c7@", "c8@");
    for (log, says) in [
        (
            asked.clone() + &again + &done,
            "REGISTER 2 brought credentials and got 200 OK",
        ),
        (asked.clone() + &again + &refused, "got 403 Forbidden"),
        (
            asked.clone() + &again + &other,
            "no final response to it is in this trace",
        ),
        (asked.clone() + &again + &twice, "was asked again (401"),
        (
            asked.clone() + &other,
            "no request with credentials follows",
        ),
    ] {
        let file = user.write("log", log);
        let json = user.json(&format!("explain {file} --code 401 --nth 1"));
        let in_short = json[0]["in_short"].as_str().expect("a sentence");
        assert!(in_short.contains(says), "{says}: {in_short}");
    }
    let file = user.write("log", asked + &again + &twice);
    let json = user.json(&format!("explain {file} --code 401 --nth 2"));
    let in_short = json[0]["in_short"].as_str().expect("a sentence");
    assert!(
        in_short.contains("password or the user name is wrong"),
        "{in_short}"
    );
}

#[test]
fn the_request_of_a_response_is_taken_from_the_same_trace() {
    let user = User::new();
    for (fields, answer, says) in [
        (
            ["Expires: 60", "Contact: <sip:a@b.example>"],
            ("423 Interval Too Brief", "Min-Expires: 300"),
            "the lifetime asked for is 1 min, and the shortest that it accepts is 5 min",
        ),
        (
            ["Session-Expires: 120", "k: timer"],
            ("422 Session Interval Too Small", "Min-SE: 1800"),
            "the session timer asked for is 2 min (Session-Expires: 120)",
        ),
        (
            ["Require: 100rel, path", "k: timer"],
            ("420 Bad Extension", "Unsupported: path"),
            "does not support path, which Require of the request demands (100rel, path)",
        ),
        (
            ["Expires: 0", "Contact: <sip:a@b.example>"],
            ("200 OK", "Date: x"),
            "the REGISTER removed it",
        ),
    ] {
        let request = message("REGISTER sip:pbx.example SIP/2.0", "4 REGISTER", &fields);
        let response = message(&format!("SIP/2.0 {}", answer.0), "4 REGISTER", &[answer.1]);
        let file = user.write("log", request + &response);
        let code = &answer.0[..3];
        let json = user.json(&format!("explain {file} --code {code}"));
        let in_short = json[0]["in_short"].as_str().expect("a sentence");
        assert!(in_short.contains(says), "{says}: {in_short}");
    }
}
