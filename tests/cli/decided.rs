//! What the sentence at the top takes from products and from the request, and which message is taken for the one that
//! decides.

use super::around::{
    MADE, Made, assert_says, challenge, explained, invite, register, request, response,
};
use super::*;

#[test]
fn a_cause_that_a_product_makes_up_means_what_it_means_there() {
    let failed = |server: &str, cause: u8| {
        let (server, reason) = (
            format!("Server: {server}"),
            format!("Reason: Q.850;cause={cause}"),
        );
        response("SIP/2.0 503 Service Unavailable", &[&server, &reason]).text()
    };
    assert_says(
        &failed("Asterisk PBX 18.9", 34),
        "ISDN cause 34: Asterisk itself makes|look at the callee|Q.850 calls it|!trunk, not at",
    );
    assert_says(
        &failed("Patton SN4120", 34),
        "look at the trunk, not at the callee",
    );
    assert_says(
        &failed("FreeSWITCH-mod_sofia/1.10", 41),
        "DTLS|!network or the trunk",
    );
    let bye = |agent: &str| {
        let fields = [agent, "Reason: Q.850;cause=44"];
        Made {
            start: &request("BYE"),
            cseq: "3 BYE",
            fields: &fields,
            ..MADE
        }
        .text()
    };
    assert_says(
        &bye("User-Agent: Asterisk"),
        "ISDN cause 44|no RTP has come|!trunk",
    );
    assert_says(
        &bye("User-Agent: Gate 4"),
        "ISDN cause 44|look at the trunk",
    );
}

#[test]
fn a_refused_session_is_held_against_its_offer() {
    let sdp = |profile: &str, codecs: &str, more: &str| {
        format!(
            "v=0\no=- 5 5 IN IP4 203.0.113.40\ns=-\nc=IN IP4 203.0.113.40\nt=0 0\nm=audio 6000 {profile} {codecs}\n{more}"
        )
    };
    let refused = response("SIP/2.0 488 Not Acceptable Here", &[]).text();
    for (sdp, parts) in [
        (
            sdp("RTP/AVP", "8 101", "a=rtpmap:101 telephone-event/8000\n"),
            "without encryption (RTP/AVP|PCMA/8000|possibly the side that answered demands SRTP|!telephone-event",
        ),
        (
            sdp(
                "RTP/SAVP",
                "0",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret\n",
            ),
            "keys in the offer (RTP/SAVP, a=crypto)|takes no SRTP|!s3cret",
        ),
        (
            sdp(
                "UDP/TLS/RTP/SAVPF",
                "111",
                "a=rtpmap:111 opus/48000/2\na=fingerprint:sha-256 AB\n",
            ),
            "over DTLS (UDP/TLS/RTP/SAVPF|DTLS-SRTP",
        ),
        (
            sdp("RTP/AVP", "97", "a=rtpmap:97 speex/16000\n"),
            "only the codecs speex/16000|possibly none",
        ),
    ] {
        assert_says(&(invite(&[], &sdp) + &refused), parts);
    }
    let file = invite(&[], &sdp("RTP/AVP", "0", "")) + &refused;
    let user = User::new();
    let json = user.json(&format!("explain {}", user.write("log", file)));
    let first = json[0]["fixes"][0]["cause"].as_str().expect("a fix");
    assert!(first.contains("encrypted media"), "{first}");
}

#[test]
fn a_product_speaks_for_itself_alone() {
    let said = |start: &str, cseq: &str, server: &str| {
        let server = format!("Server: {server}");
        Made {
            cseq,
            ..response(start, &[&server])
        }
        .text()
    };
    for (log, parts) in [
        (
            said(
                "SIP/2.0 478 Unresolvable destination (478/TM)",
                "7 MESSAGE",
                "kamailio (5.8.1)",
            ),
            "of Kamailio means|could not be resolved|!REGISTER|!SER",
        ),
        (
            said("SIP/2.0 486 Maxcalls exceeded", "7 INVITE", "kamailio"),
            "Maxcalls exceeded|!misleads",
        ),
        (
            said("SIP/2.0 486 Max Calls", "7 INVITE", "baresip v3.1"),
            "tells the cause and the code 486 does not|!phrase",
        ),
        (
            said("SIP/2.0 404 Not here", "7 BYE", "kamailio"),
            "no Route that fits|!PUBLISH",
        ),
        (
            said("SIP/2.0 404 Not here", "7 PUBLISH", "kamailio"),
            "WITH_PRESENCE|!no Route",
        ),
        (
            said("SIP/2.0 404 Not Found", "7 INVITE", "OpenSIPS (3.4.2)"),
            "OpenSIPS (opensips.cfg) sends it when lookup() finds no registered contact",
        ),
        (
            said("SIP/2.0 404 Not Found", "7 REGISTER", "Asterisk PBX 20"),
            "!extension",
        ),
        (
            said("SIP/2.0 404 Not Found", "7 INVITE", "Asterisk PBX 20"),
            "Asterisk (res_pjsip) sends it when the context does not have the extension",
        ),
        (
            said("SIP/2.0 486 Busy Here", "7 INVITE", "Desk 9"),
            "says no more of the cause (To is ben@club.example; the side that answered calls itself Desk 9)",
        ),
    ] {
        assert_says(&log, parts);
    }
}

#[test]
fn what_was_refused_stands_beside_what_is_wanted() {
    for (asked, start, wanted, parts) in [
        (
            "Content-Type: text/html",
            "415 Unsupported Media Type",
            "Accept: application/sdp, text/plain",
            "the request is text/html, and it reads application/sdp, text/plain only",
        ),
        (
            "Session-Expires: 120;refresher=uac",
            "422 Session Interval Too Small",
            "Min-SE: 1800",
            "2 min|120|30 min (Min-SE: 1800)",
        ),
        (
            "Proxy-Require: privacy",
            "420 Bad Extension",
            "Unsupported: privacy",
            "privacy, which Proxy-Require of the request demands.|!Require or",
        ),
        (
            "Event: dialog",
            "489 Bad Event",
            "Allow-Events: presence",
            "dialog, and those that it offers are presence",
        ),
        (
            "Supported: timer",
            "421 Extension Required",
            "Require: path",
            "insists on path, and Supported of the request lists timer",
        ),
        (
            "Subject: x",
            "403 Forbidden",
            "Server: x",
            "the request went to sip:ben@203.0.113.50",
        ),
    ] {
        let start = format!("SIP/2.0 {start}");
        let log = invite(&[asked], "") + &response(&start, &[wanted]).text();
        assert_says(&log, parts);
    }
}

#[test]
fn what_decides_is_explained_and_what_is_settled_is_left_out() {
    let user = User::new();
    let call = |reason: &str| {
        let fields = [reason];
        let bye = Made {
            start: &request("BYE"),
            cseq: "8 BYE",
            tags: ("ann", "ben"),
            fields: &fields,
            ..MADE
        };
        let done = Made {
            cseq: "8 BYE",
            ..response("SIP/2.0 200 OK", &[])
        };
        invite(&[], "") + &response("SIP/2.0 200 OK", &[]).text() + &bye.text() + &done.text()
    };
    let (said, beside) = explained(&user, &call("Reason: Q.850;cause=102"), "");
    assert!(said.len() == 1 && said[0].starts_with("BYE 8"), "{said:?}");
    assert!(beside.contains("one a failure"), "{beside}");
    let (said, _) = explained(&user, &call("Reason: Q.850;cause=16"), "");
    assert!(
        said.len() == 4 && said[0].starts_with("INVITE 7"),
        "{said:?}"
    );
    let met = register(1, "") + &challenge(1, "realm=\"club\"") + &register(2, "club");
    let done = Made {
        cseq: "2 REGISTER",
        ..response("SIP/2.0 200 OK", &["Contact: <sip:a@b>;expires=60"])
    };
    let failed = response("SIP/2.0 500 Server Internal Error", &[]).text();
    let (said, _) = explained(&user, &(met.clone() + &done.text() + &failed), "");
    assert!(said.len() == 1 && said[0].starts_with("500"), "{said:?}");
    let (said, _) = explained(&user, &(met.clone() + &done.text()), "");
    assert!(
        said.len() == 1 && said[0].contains("it was answered"),
        "{said:?}"
    );
    let (said, _) = explained(&user, &(met + &challenge(2, "realm=\"club\"")), "");
    assert!(
        said.len() == 1 && said[0].contains("REGISTER 2"),
        "{said:?}"
    );
}

#[test]
fn a_fix_that_the_request_speaks_against_stands_last() {
    let user = User::new();
    let of_type = |kind: &str| {
        let asked = format!("Content-Type: {kind}");
        let accept = ["Accept: application/sdp"];
        let log =
            invite(&[&asked], "") + &response("SIP/2.0 415 Unsupported Media Type", &accept).text();
        let json = user.json(&format!("explain {}", user.write("log", log)));
        let fixes = json[0]["fixes"].as_array().expect("a list").clone();
        let refuted = fixes.iter().filter(|fix| fix["proof"] == "refuted");
        let causes: Vec<String> = refuted.map(|fix| fix["cause"].to_string()).collect();
        causes.join("|")
    };
    let other = of_type("application/qsig");
    for part in ["multipart", "means codecs", "The type is supported"] {
        assert!(other.contains(part), "{part}: {other}");
    }
    let several = of_type("multipart/mixed;boundary=x");
    assert!(!several.contains("multipart"), "{several}");
    let session = of_type("application/sdp");
    assert!(
        !session.contains("means codecs") && !session.contains("The type is"),
        "{session}"
    );
}

#[test]
fn a_request_without_the_route_of_its_dialog_is_told() {
    let route = ["Record-Route: <sip:203.0.113.2;lr>"];
    let set_up = invite(&[], "") + &response("SIP/2.0 200 OK", &route).text();
    let bye = |fields: &'static [&'static str]| {
        let asked = Made {
            start: &request("BYE"),
            cseq: "8 BYE",
            tags: ("ann", "ben"),
            fields,
            ..MADE
        };
        let refused = Made {
            cseq: "8 BYE",
            ..response("SIP/2.0 404 Not here", &["Server: kamailio"])
        };
        asked.text() + &refused.text()
    };
    assert_says(
        &(set_up.clone() + &bye(&[])),
        "the BYE has no Route|200 to INVITE 7 names 203.0.113.2",
    );
    assert_says(
        &(set_up + &bye(&["Route: <sip:203.0.113.2;lr>"])),
        "!the dialog has one",
    );
}

#[test]
fn messages_are_picked_by_their_method() {
    let user = User::new();
    let log = invite(&[], "") + &response("SIP/2.0 486 Busy Here", &[]).text() + &register(9, "");
    let (said, _) = explained(&user, &log, "--method register");
    assert!(
        said.len() == 1 && said[0].starts_with("REGISTER 9"),
        "{said:?}"
    );
    let (said, _) = explained(&user, &log, "--method INVITE");
    assert_eq!(said.len(), 2, "{said:?}");
    let file = user.write("log", log);
    let run = user.run(&format!("explain {file} --method PUBLISH"));
    assert!(
        run.status == 1 && run.err.contains("is of the method \"PUBLISH\""),
        "{}",
        run.err
    );
}

#[test]
fn a_request_whose_cseq_names_another_method_is_called_by_its_own() {
    let user = User::new();
    let log = Made {
        cseq: "7 INFO",
        ..MADE
    }
    .text()
    .replacen('\n', &format!("{}\n", request("INVITE")), 1)
        + &Made {
            cseq: "7 INFO",
            ..response("SIP/2.0 400 Bad Request", &[])
        }
        .text();
    assert_says(&log, "400 Bad Request to INVITE (CSeq says INFO 7)");
    let page = user.run(&format!("explain {}", user.write("log", log))).out;
    assert!(
        page.starts_with("400 Bad Request to INVITE (CSeq says INFO)"),
        "{page}"
    );
}

#[test]
fn what_is_taken_from_other_messages_is_hidden_too() {
    let log = invite(&[], "")
        + &response("SIP/2.0 200 OK", &["Contact: <sip:ben@10.1.1.9>"])
            .text()
            .repeat(4)
        + &Made {
            start: "ACK sip:ben@10.1.1.9 SIP/2.0",
            cseq: "7 ACK",
            tags: ("ann", "ben"),
            ..MADE
        }
        .text()
        + &response("SIP/2.0 200 OK", &["Contact: <sip:ben@10.1.1.9>"])
            .text()
            .repeat(2);
    let (said, _) = explained(&User::new(), &log, "--redact");
    assert!(said[0].contains("the ACK goes to"), "{}", said[0]);
    for secret in ["10.1.1.9", "203.0.113.50", "ben"] {
        assert!(!said[0].contains(secret), "{secret}: {}", said[0]);
    }
}
