//! A message explained: its cause in a sentence, its fields in words, and what a check finds.

use super::*;

/// A response with some header fields of its own.
fn response(status: &str, cseq: &str, fields: &str) -> String {
    let fields = match fields {
        "" => String::new(),
        fields => format!("{fields}\n"),
    };
    format!(
        "SIP/2.0 {status}\nVia: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK7\nFrom: \"Ann\" <sip:201@pbx.example>;tag=1\n\
         To: <sip:+4930555@pbx.example>;tag=2\nCall-ID: c1@192.0.2.9\nCSeq: {cseq}\n{fields}Content-Length: 0\n\n"
    )
}

/// Returns the sentence at the top.
fn in_short(user: &User, message: &str) -> String {
    let file = user.write("message.txt", message);
    let json = user.json(&format!("explain {file}"));
    json[0]["in_short"].as_str().expect("a sentence").to_owned()
}

/// Status, CSeq, header fields, and parts of the sentence that they lead to.
const CAUSES: &[(&str, &str, &str, &str)] = &[
    (
        "486 Busy Here",
        "102 INVITE",
        "Reason: Q.850;cause=34",
        "486 Busy Here to INVITE 102: but Reason says|cause 34|look at the trunk, not at the callee",
    ),
    (
        "503 Service Unavailable",
        "7 INVITE",
        "Reason: SIP;cause=486;text=\"line in use\", Q.850;cause=17",
        "but Reason says \"line in use\" (SIP 486 Busy Here)|ISDN cause 17",
    ),
    (
        "401 Unauthorized",
        "2 REGISTER",
        "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", stale=true",
        "stale=true|password for realm \"pbx\" is not in question",
    ),
    (
        "407 Proxy Authentication Required",
        "1 INVITE",
        "Server: x",
        "it has no Proxy-Authenticate",
    ),
    (
        "420 Bad Extension",
        "1 INVITE",
        "Unsupported: 100rel",
        "does not support 100rel",
    ),
    (
        "423 Interval Too Brief",
        "1 REGISTER",
        "Min-Expires: 5400",
        "1 h 30 min|Min-Expires: 5400",
    ),
    (
        "302 Moved Temporarily",
        "1 INVITE",
        "Contact: <sip:9@vm.example>",
        "is to go to 9@vm.example",
    ),
    (
        "488 Not Acceptable Here",
        "1 INVITE",
        "Warning: 305 gw \"Incompatible media format\"",
        "Warning 305 of gw",
    ),
    (
        "503 Service Unavailable",
        "1 INVITE",
        "Warning: 399 pbx \"no handler for port 5060\"",
        "no handler for port",
    ),
    (
        "403 Account has no credit",
        "1 INVITE",
        "",
        "its phrase says \"Account has no credit\"",
    ),
    (
        "486 Maxcalls exceeded",
        "1 INVITE",
        "",
        "ivozprovider|no callee said busy",
    ),
    (
        "478 Unresolvable destination (478/SL)",
        "1 INVITE",
        "Server: kamailio (5.7)",
        "could not be resolved",
    ),
    (
        "503 Service Unavailable",
        "1 REGISTER",
        "P-Registrar-Error: Too many registered contacts",
        "max_contacts",
    ),
    (
        "500 Error",
        "1 INVITE",
        "X-PBX-HangupCauseCode: 38",
        "ISDN cause 38, network out of order",
    ),
    (
        "504 Server Time-out",
        "1 INVITE",
        "ms-diagnostics: 1038;reason=\"no peer\";source=\"e\"",
        "1038, \"no peer\"",
    ),
    (
        "603 Network Blocked",
        "1 INVITE",
        "Reason: Q.850;cause=21;text=\"v=analytics1;url=https://a.example\"",
        "603+|https://a.example",
    ),
    (
        "503 Service Unavailable",
        "1 INVITE",
        "Retry-After: 300 (night);duration=60",
        "asks to wait 5 min",
    ),
    (
        "405 Method Not Allowed",
        "1 OPTIONS",
        "",
        "an OPTIONS keepalive reaches a side",
    ),
    (
        "486 Busy Here",
        "1 INVITE",
        "User-Agent: Phone 1.0",
        "the device reached is busy|Phone 1.0",
    ),
    (
        "488 Not Acceptable Here",
        "1 INVITE",
        "Content-Type: application/sdp\nContent-Length: 40\n\nv=0\nm=audio 4000 RTP/AVP 8\n",
        "would be accepted: audio: RTP/AVP, PCMA",
    ),
    (
        "404 Not Found",
        "1 INVITE",
        "",
        "To is +4930555@pbx.example",
    ),
];

#[test]
fn the_sentence_names_the_cause_that_the_message_proves() {
    let user = User::new();
    for (status, cseq, fields, parts) in CAUSES {
        let says = in_short(&user, &response(status, cseq, fields));
        for part in parts.split('|') {
            assert!(says.contains(part), "{status}, {fields}: {says}");
        }
    }
}

#[test]
fn requests_are_explained_as_far_as_their_responses_go() {
    let user = User::new();
    let notify = "NOTIFY sip:a@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP b\nFrom: <sip:b>;tag=1\nTo: <sip:a>;tag=2\nCall-ID: x\n\
                  CSeq: 3 NOTIFY\nContent-Type: message/sipfrag;version=2.0\nContent-Length: 60\n\n\
                  SIP/2.0 503 Service Unavailable\nReason: Q.850;cause=38\n";
    let says = in_short(&user, notify);
    assert!(
        says.contains("503 Service Unavailable") && says.contains("cause 38"),
        "{says}"
    );
    let bye = "BYE sip:a@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP b\nTo: <sip:a>;tag=2\nCall-ID: x\nCSeq: 3 BYE\n\
               Reason: SIP;cause=408;text=\"ACK Timeout\"\n\n";
    assert!(in_short(&user, bye).contains("ACK Timeout"));
    let invite = "INVITE sip:a@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP b\nTo: <sip:a>\nCall-ID: x\nCSeq: 3 INVITE\n\
                  Require: 100rel\nMax-Forwards: 0\nExpires: 90\n\n";
    let page = user.done(&format!("explain {}", user.write("invite", invite)));
    for part in ["must support 100rel", "with a 483", "1 min 30 s"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn nothing_secret_is_printed_and_nothing_hostile() {
    let user = User::new();
    let fields = format!(
        "Authorization: Digest username=\"201\", realm=\"pbx\", nonce=\"s3cret\", response=\"s3cret\"\n\
         WWW-Authenticate: Digest realm=\"pbx\", nonce=\"s3cret\"\nIdentity: s3cret\nReason: X;cause=1;text=\"{HOSTILE}\"\n\
         Warning: 399 x \"{HOSTILE}\"\nServer: {HOSTILE}\nX-Error: {HOSTILE}"
    );
    let file = user.write(
        "m",
        response(&format!("401 {HOSTILE}"), "1 INVITE", &fields),
    );
    for format in ["plain", "markdown", "json"] {
        let page = user.done(&format!("explain {file} --format {format}"));
        assert!(!page.contains("s3cret"), "{page}");
        assert!(!page.contains(RAW), "{page:?}");
        assert!(page.contains("201") && page.contains("pbx"));
    }
}

#[test]
fn what_is_pasted_without_a_whole_message_is_explained() {
    let user = User::new();
    let file = user.write("line", "the phone shows:\n  SIP/2.0 486 Busy Here\n");
    let json = user.json(&format!("explain {file}"));
    assert_eq!(
        (&json[0]["code"], &json[0]["line"]),
        (&json!(486), &json!(2))
    );
    assert_eq!(json[0]["findings"], json!([]));
    let says = in_short(&user, "  Reason: Q.850;cause=34\n  CSeq: 2 INVITE\n");
    assert!(says.contains("cause 34"), "{says}");
    let run = user.run(&format!("explain {}", user.write("prose", "no message\n")));
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("no SIP message"), "{}", run.err);
}

#[test]
fn of_many_messages_the_failures_come_first_and_it_says_how_to_pick() {
    let user = User::new();
    let mut log = response(
        "401 Unauthorized",
        "1 REGISTER",
        "WWW-Authenticate: Digest realm=\"p\", nonce=\"n\"",
    );
    for number in 2..9 {
        log += &response("200 OK", &format!("{number} OPTIONS"), "");
    }
    for number in 9..16 {
        log += &response("503 Service Unavailable", &format!("{number} INVITE"), "");
    }
    let file = user.write("log", log);
    let run = user.run(&format!("explain {file} --format json"));
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    let found: Vec<_> = json
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["code"].clone())
        .collect();
    assert_eq!(found, [503, 503, 503, 503, 503]);
    for part in ["15 messages", "7 failures, one a challenge", "--nth"] {
        assert!(run.err.contains(part), "{}", run.err);
    }
    let json = user.json(&format!("explain {file} --code 503 --nth 7"));
    assert_eq!(json[0]["cseq"], "15");
    for (asked, status, says) in [
        ("--code 503 --nth 8", 1, "--nth 1 to 7"),
        ("--code 486", 1, "is a 486"),
        ("--method PING", 1, "of the method \"PING\""),
        ("--call-id nobody", 1, "has the Call-ID \"nobody\""),
        ("--code 999", 2, "100 to 699"),
    ] {
        let run = user.run(&format!("explain {file} {asked}"));
        assert_eq!((run.status, run.out.as_str()), (status, ""), "{asked}");
        assert!(run.err.contains(says), "{asked}: {}", run.err);
    }
}

#[test]
fn a_check_prints_a_line_a_finding() {
    let user = User::new();
    let log =
        response("200 OK", "1 OPTIONS", "") + &response("405 Method Not Allowed", "1 BYE", "");
    let file = user.write("log", log);
    let run = user.run(&format!("explain --check {file}"));
    assert_eq!(run.status, 1, "{}", run.out);
    let begins = format!("{file}:9: 405-allow: ");
    let line = run
        .out
        .lines()
        .find(|line| line.starts_with(&begins))
        .expect("a line");
    assert!(line.contains("[RFC 3261 "), "{line}");
    let run = user.run(&format!("explain --check --allow 405-allow {file}"));
    assert!(!run.out.contains("405-allow"), "{}", run.out);
    let run = user.run(&format!("explain --check --allow 405-alow {file}"));
    assert!(
        run.status == 2 && run.err.contains("did you mean 405-allow?"),
        "{}",
        run.err
    );
    let run = user.run(&format!(
        "explain --check {}",
        user.write("none", "nothing\n")
    ));
    assert_eq!(run.status, 3, "{}", run.err);
    let rules = user.done("explain --rules");
    assert!(
        rules.contains("405-allow") && rules.contains("[RFC 3261 "),
        "{rules}"
    );
    assert!(user.json("explain --rules")[0]["cites"][0]["rfc"].is_number());
}

/// A body goes on to the end of its datagram where no length is given, and may have another message in it.
#[test]
fn a_message_in_the_body_of_another_is_not_held_against_the_rules() {
    let user = User::new();
    let outer = "INVITE sip:b@pbx.example SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK7\nMax-Forwards: 70\n\
        From: <sip:a@pbx.example>;tag=1\nTo: <sip:b@pbx.example>\nCall-ID: 1\nCSeq: 1 INVITE\n\
        Contact: <sip:a@192.0.2.9>\nContent-Type: multipart/mixed;boundary=x\n\n";
    let inner = "OPTIONS sip:b@pbx.example SIP/2.0\nFrom: <sip:a@pbx.example>;tag=1\nTo: <sip:b@pbx.example>\n\
        Call-ID: 2\nCSeq: 1 OPTIONS\n\n";
    let part = "--x\nContent-Type: message/sipfrag\n\n";
    let file = user.write("part.txt", format!("{outer}{part}{inner}--x--\n"));
    let run = user.run(&format!("explain --check {file}"));
    assert_eq!(run.status, 0, "{}", run.out);
    let file = user.write("two.txt", format!("{outer}\n{inner}"));
    let run = user.run(&format!("explain --check {file}"));
    assert_eq!(run.status, 1, "{}", run.out);
}

#[test]
fn names_and_numbers_are_replaced_the_same_way_throughout() {
    let user = User::new();
    let fields = "Warning: 399 pbx.example \"201 called +4930555\"";
    let file = user.write("m", response("403 No 201", "1 INVITE", fields));
    for format in ["plain", "markdown", "json"] {
        let page = user.done(&format!("explain --redact {file} --format {format}"));
        for secret in ["201", "4930555", "pbx.example", "192.0.2.9", "Ann"] {
            assert!(
                !page.replace(&file, "").contains(secret),
                "{secret}: {page}"
            );
        }
    }
}

#[test]
fn the_messages_that_are_built_in_are_explained() {
    let page = User::new().done("explain --demo");
    for part in [
        "look at the trunk",
        "Register again with Expires 300 or more",
        "What is wrong with it",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn the_json_of_explain_has_every_key_and_the_readme_names_it() {
    let user = User::new();
    let readme = include_str!("../../README.md");
    let row = readme
        .lines()
        .find(|line| line.starts_with("| `explain` | "));
    let row = row.expect("a row");
    let cut = user.write("cut", "SIP/2.0 486 Busy Here\n");
    for command in [format!("explain {cut}"), "explain --demo".to_owned()] {
        for one in user.json(&command).as_array().expect("a list") {
            let keys: Vec<&String> = one.as_object().expect("an object").keys().collect();
            let expected =
                "call_id code cseq fields file findings fixes in_short kind line method next raw";
            assert_eq!(keys, expected.split(' ').collect::<Vec<_>>());
            assert!(
                keys.iter().all(|key| row.contains(&format!("`{key}`"))),
                "{row}"
            );
            for (list, expected) in [
                ("fields", "cites name says value"),
                ("findings", "cites id kind says"),
                ("next", "cites says"),
                ("fixes", "cause check proof remedy"),
            ] {
                for part in one[list].as_array().expect("a list") {
                    let keys: Vec<&String> = part.as_object().expect("an object").keys().collect();
                    assert_eq!(keys, expected.split(' ').collect::<Vec<_>>(), "{list}");
                }
            }
        }
    }
}
