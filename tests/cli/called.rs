//! A call explained: all messages of one Call-ID, of text and of captures.

use super::*;

/// A call that gets no answer from the phone, as a proxy writes it.
const LOG: &str = "\
2026-11-28 23:59:58.000 10.0.0.1:5060 -> 10.0.0.9:5060
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: c1@10.0.0.1
CSeq: 1 INVITE
Content-Length: 0

2026-11-28 23:59:59.500 10.0.0.9:5060 -> 10.0.0.1:5060
SIP/2.0 180 Ringing
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: c1@10.0.0.1
CSeq: 1 INVITE
Content-Length: 0

2026-11-29 00:00:08.000 10.0.0.1:5060 -> 10.0.0.9:5060
CANCEL sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: c1@10.0.0.1
CSeq: 1 CANCEL
Content-Length: 0

2026-11-29 00:00:08.100 10.0.0.9:5060 -> 10.0.0.1:5060
SIP/2.0 487 Request Terminated
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: c1@10.0.0.1
CSeq: 1 INVITE
Content-Length: 0

2026-11-29 00:00:09.000 10.0.0.1:5060 -> 10.0.0.9:5060
OPTIONS sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKo
From: <sip:alice@example.com>;tag=9
To: <sip:bob@example.com>
Call-ID: other
CSeq: 1 OPTIONS
Content-Length: 0

";

#[test]
fn a_call_id_alone_explains_the_call() {
    let user = User::new();
    let file = user.write("log", LOG);
    let page = user.done(&format!("explain {file} --call-id c1@10.0.0.1"));
    for part in [
        "INVITE alice -> bob: 487 Request Terminated",
        "Call-ID c1@10.0.0.1, 2026-11-28 23:59:58.000 to 2026-11-29 00:00:08.100",
        "The caller gave up after 10 s while it rang (180)",
        "+10.000  10.0.0.1:5060 to 10.0.0.9:5060: CANCEL",
        "487 Request Terminated",
    ] {
        let plain = page.split_whitespace().collect::<Vec<_>>().join(" ");
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains(&part), "{part} is not in\n{page}");
    }
    assert!(!page.contains("OPTIONS"), "{page}");
    let sections = user.done(&format!(
        "explain {file} --call-id c1@10.0.0.1 --format markdown"
    ));
    assert!(sections.contains("## What happened"), "{sections}");
}

#[test]
fn what_to_do_next_is_about_how_the_call_ended() {
    let steps = |log: &str, asked: &str| {
        let user = User::new();
        let file = user.write("log", log);
        let json = user.json(&format!("explain {file} --call-id c1@10.0.0.1{asked}"));
        let next = json[0]["next"].as_array().expect("steps").clone();
        let says = next
            .iter()
            .map(|step| step["says"].as_str().expect("a step"));
        says.map(str::to_owned).collect::<Vec<_>>()
    };
    for asked in ["", " --code 487"] {
        let cancelled = steps(LOG, asked);
        assert!(
            cancelled[0].starts_with("A 487 after your own CANCEL"),
            "{cancelled:?}"
        );
        assert_eq!(cancelled.len(), 1, "{asked}: {cancelled:?}");
    }
    // A proxy cancels by a branch of its own.
    let by_proxy = LOG.replacen("branch=z9hG4bKa\nFrom: <sip:alice@example.com>;tag=1\nTo: <sip:bob@example.com>\nCall-ID: c1@10.0.0.1\nCSeq: 1 CANCEL",
        "branch=z9hG4bKp\nFrom: <sip:alice@example.com>;tag=1\nTo: <sip:bob@example.com>\nCall-ID: c1@10.0.0.1\nCSeq: 1 CANCEL", 1);
    let by_proxy = steps(&by_proxy, " --code 487");
    assert!(
        by_proxy.iter().any(|step| step.contains("Timer C")),
        "{by_proxy:?}"
    );
    assert!(
        !by_proxy.iter().any(|step| step.contains("your own CANCEL")),
        "{by_proxy:?}"
    );
    let expired = LOG.replacen("CSeq: 1 INVITE\n", "CSeq: 1 INVITE\nExpires: 10\n", 1);
    let begin = expired.find("2026-11-29 00:00:08.000").expect("a CANCEL");
    let end = expired.find("2026-11-29 00:00:08.100").expect("a 487");
    let expired = format!("{}{}", &expired[..begin], &expired[end..]);
    let expired = steps(&expired, "");
    assert!(
        expired[0].starts_with("If a 487 came because the INVITE expired"),
        "{expired:?}"
    );
    assert_eq!(expired.len(), 1, "{expired:?}");
}

#[test]
fn a_choice_beside_it_picks_messages_of_the_call() {
    let user = User::new();
    let file = user.write("log", LOG);
    for (asked, kind, says) in [
        ("", "call", "The caller gave up"),
        (" --nth 4", "message", "487 Request Terminated to INVITE 1"),
        (" --code 180", "message", "180 Ringing to INVITE 1"),
    ] {
        let json = user.json(&format!("explain {file} --call-id c1@10.0.0.1{asked}"));
        assert_eq!(json[0]["kind"], kind, "{asked}");
        let in_short = json[0]["in_short"].as_str().expect("a sentence");
        assert!(in_short.starts_with(says), "{asked}: {in_short}");
    }
}

#[test]
fn the_json_of_a_call_has_its_keys_and_the_readme_names_them() {
    let user = User::new();
    let file = user.write("log", LOG);
    let json = user.json(&format!("explain {file} --call-id c1@10.0.0.1"));
    forms::assert_fits(&json, &serde_json::json!(["call"]), "call");
    let readme = include_str!("../../README.md");
    let row = readme
        .lines()
        .find(|line| line.starts_with("| `explain --call-id` | "));
    let row = row.expect("a row");
    for key in json[0].as_object().expect("an object").keys() {
        assert!(row.contains(&format!("`{key}`")), "{key}");
    }
    assert_eq!(
        json[0]["findings"][0]["messages"],
        serde_json::json!([1, 3, 4])
    );
    assert_eq!(json[0]["messages"][2]["place"], format!("{file} line 20"));
}

#[test]
fn what_is_hidden_of_a_message_is_hidden_of_a_call() {
    let user = User::new();
    let file = user.write("log", LOG);
    let page = user.done(&format!("explain {file} --call-id c1@10.0.0.1 --redact"));
    for secret in ["alice", "bob", "10.0.0.", "example.com"] {
        assert!(!page.contains(secret), "{secret} is in\n{page}");
    }
    assert!(page.contains("gave up after 10 s"), "{page}");
}

#[test]
fn tokens_are_no_fault_of_a_message() {
    let message = "INVITE tel:+4915112345678 SIP/2.0\r\n\
        Via: SIP/2.0/UDP [2001:db8::9]:5060;branch=z9hG4bK1;received=203.0.113.9\r\n\
        Max-Forwards: 70\r\nFrom: <sip:+4915112345679@example.net>;tag=1\r\n\
        To: <tel:+4915112345678>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\
        Contact: <sip:+4915112345679@[2001:db8::9]>\r\nContent-Length: 0\r\n\r\n";
    let user = User::new();
    let file = user.write("m", message);
    let broken = |options: &str| {
        let run = user.run(&format!("explain {options} {file}"));
        let findings = run
            .out
            .lines()
            .map(|line| line.split(": ").nth(1).unwrap_or("").to_owned());
        findings.collect::<Vec<_>>()
    };
    assert_eq!(broken("--check --redact"), broken("--check"));
    let page = user.run(&format!("explain --redact {file}")).out;
    assert!(!page.contains("Broken:"), "{page}");
    assert!(!page.contains("4915112345678"), "{page}");
}

/// A call to a phone whose registration had run out.
const REGISTERED: &str = "\
2026-11-28 23:58:00.000 10.0.0.2:5060 -> 10.0.0.9:5060
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKr
From: <sip:bob@example.com>;tag=7
To: <sip:bob@example.com>
Call-ID: r1@10.0.0.2
CSeq: 5 REGISTER
Contact: <sip:bob@10.0.0.2>
Content-Length: 0

2026-11-28 23:58:00.100 10.0.0.9:5060 -> 10.0.0.2:5060
SIP/2.0 200 OK
Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKr
From: <sip:bob@example.com>;tag=7
To: <sip:bob@example.com>;tag=8
Call-ID: r1@10.0.0.2
CSeq: 5 REGISTER
Contact: <sip:bob@10.0.0.2>;expires=60
Content-Length: 0

2026-11-28 23:59:58.000 10.0.0.1:5060 -> 10.0.0.9:5060
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: c1@10.0.0.1
CSeq: 1 INVITE
Content-Length: 0

2026-11-28 23:59:58.500 10.0.0.9:5060 -> 10.0.0.1:5060
SIP/2.0 480 Temporarily Unavailable
Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: c1@10.0.0.1
CSeq: 1 INVITE
Content-Length: 0

";

#[test]
fn other_calls_of_the_same_parties_are_looked_at() {
    let user = User::new();
    let file = user.write("log", REGISTERED);
    let page = user.done(&format!("explain {file} --call-id c1@10.0.0.1"));
    let says = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let why =
        "bob was not registered then: REGISTER 5 was granted 1 min and came 1 min 58 s before";
    assert!(says.contains(why), "{page}");
    let page = user.done(&format!("explain {file} --call-id c1@10.0.0.1 --redact"));
    assert!(
        !page.contains("bob") && page.contains("was not registered"),
        "{page}"
    );
    let failed = user.done(&format!("tally --failed {file}"));
    assert!(failed.contains(why), "{failed}");
    // A pipe cannot be read again.
    let mut piped: assert_cmd::Command = user.command("explain - --call-id c1@10.0.0.1").into();
    let piped = piped.write_stdin(REGISTERED).assert().success();
    let piped = String::from_utf8_lossy(&piped.get_output().stdout).into_owned();
    assert!(!piped.contains("was not registered"), "{piped}");
}

#[test]
fn the_other_leg_of_a_call_is_named_with_what_says_so() {
    let message = |start: &str, id: &str, more: &str| {
        format!(
            "{start}\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{id}\nFrom: <sip:201@example.com>;tag=1\n\
             To: <sip:300@example.com>{more}\nCall-ID: {id}\nCSeq: 1 INVITE\nX-CID: call-77\nContent-Length: 0\n\n"
        )
    };
    let log = [
        message("INVITE sip:300@example.com SIP/2.0", "one@10.0.0.1", ""),
        message("INVITE sip:300@10.0.0.9 SIP/2.0", "two@10.0.0.2", ""),
        message("SIP/2.0 486 Busy Here", "two@10.0.0.2", ";tag=2"),
        message("SIP/2.0 503 Service Unavailable", "one@10.0.0.1", ";tag=3"),
    ];
    let user = User::new();
    let file = user.write("log", log.concat());
    let page = user.done(&format!("explain {file} --call-id one@10.0.0.1"));
    let says = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let leg =
        "Other leg: INVITE 201 -> 300: 486 Busy Here (Call-ID two@10.0.0.2), X-CID is the same";
    assert!(says.contains(leg), "{page}");
    let json = user.json(&format!("explain {file} --call-id two@10.0.0.2"));
    forms::assert_fits(&json, &serde_json::json!(["call"]), "call");
    assert_eq!(json[0]["legs"][0]["call_id"], "one@10.0.0.1");
    let page = user.done(&format!("explain {file} --call-id one@10.0.0.1 --redact"));
    assert!(
        !page.contains("two@") && page.contains("Other leg: INVITE number-"),
        "{page}"
    );
}

#[test]
fn the_call_that_a_transfer_became_is_named() {
    let message = |time: &str, way: [&str; 2], start: &str, id: &str, more: &str| {
        let [from, to] = way;
        let method = start.split(' ').next().unwrap_or_default();
        format!(
            "U 2026/11/29 10:00:{time} {from}:5060 -> {to}:5060 #1\n{start}\nVia: SIP/2.0/UDP {from};branch=z9hG4bK{id}{method}\n\
             From: <sip:201@example.com>;tag=1\nTo: <sip:{}@example.com>\nCall-ID: {id}\nCSeq: 1 {method}\n{more}Content-Length: 0\n\n",
            if method == "REFER" { "300" } else { "400" }
        )
    };
    let (phone, pbx, other) = ("10.0.0.1", "10.0.0.2", "10.0.0.3");
    let refer = |aim: &str| {
        message(
            "10.000000",
            [phone, pbx],
            "REFER sip:300@10.0.0.2 SIP/2.0",
            "first@10.0.0.1",
            &format!("Refer-To: <sip:400@example.com{aim}>\n"),
        )
    };
    let invite = |time: &str, more: &str| {
        message(
            time,
            [pbx, other],
            "INVITE sip:400@10.0.0.3 SIP/2.0",
            "became@10.0.0.2",
            more,
        )
    };
    let user = User::new();
    let legs = |name: &str, log: &[String]| {
        let file = user.write(name, log.concat());
        let json = user.json(&format!("explain {file} --call-id first@10.0.0.1"));
        json[0]["legs"].clone()
    };
    let by = "Referred-By: <sip:201@example.com>\n";
    let told = legs("told", &[refer(""), invite("10.100000", by)]);
    assert_eq!(told[0]["call_id"], "became@10.0.0.2");
    assert_eq!(told[0]["is_guess"], false);
    let guessed = legs("guessed", &[refer(""), invite("10.100000", "")]);
    assert_eq!(guessed[0]["is_guess"], true);
    let later = legs("later", &[refer(""), invite("30.100000", by)]);
    assert_eq!(later.as_array().map(Vec::len), Some(0));
    let named = refer("?Replaces=became%4010.0.0.2%3Bto-tag%3Da%3Bfrom-tag%3Db");
    let named = legs("named", &[invite("01.000000", ""), named]);
    assert_eq!(named[0]["why"], "Refer-To names its Call-ID");
}
