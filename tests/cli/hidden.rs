//! What may be copied into a ticket: nothing that names somebody is in it, in no format.

use super::*;

const FORMATS: [&str; 3] = ["plain", "markdown", "json"];
/// A call that fails, with all that may name somebody in it.
const LOG: &str = "\
2026-11-28 10:00:00.000 10.9.8.1:5060 -> 203.0.113.77:5060
INVITE sip:+4989123456@gw.vextrum.test SIP/2.0
Via: SIP/2.0/UDP 10.9.8.1:5060;branch=z9hG4bK1
Max-Forwards: 70
From: \"Otto Quibell\" <sip:otto.quibell@vextrum.test>;tag=1
To: <sip:+4989123456@gw.vextrum.test>
Call-ID: zz81-otto@10.9.8.1
CSeq: 1 INVITE
Contact: <sip:otto.quibell@10.9.8.1>
Content-Length: 0

2026-11-28 10:00:00.100 203.0.113.77:5060 -> 10.9.8.1:5060
SIP/2.0 503 Service Unavailable
Via: SIP/2.0/UDP 10.9.8.1:5060;branch=z9hG4bK1
From: \"Otto Quibell\" <sip:otto.quibell@vextrum.test>;tag=1
To: <sip:+4989123456@gw.vextrum.test>;tag=2
Call-ID: zz81-otto@10.9.8.1
CSeq: 1 INVITE
Server: FreeSWITCH gw7.vextrum.test
Reason: Q.850;cause=34;text=\"no circuit to +4989123456\"
Reason: X.quibell;text=\"gw7.vextrum.test is full\"
Warning: 399 gw7.vextrum.test \"quibell@okapi.test\"
Content-Length: 0

2026-11-28 10:00:00.110 10.9.8.1:5060 -> 203.0.113.77:5060
ACK sip:+4989123456@gw.vextrum.test SIP/2.0
Via: SIP/2.0/UDP 10.9.8.1:5060;branch=z9hG4bK1
From: \"Otto Quibell\" <sip:otto.quibell@vextrum.test>;tag=1
To: <sip:+4989123456@gw.vextrum.test>;tag=2
Call-ID: zz81-otto@10.9.8.1
CSeq: 1 ACK
Content-Length: 0

";
const SECRETS: &[&str] = &[
    "otto",
    "quibell",
    "vextrum",
    "okapi",
    "4989123",
    "10.9.8.1",
    "203.0.113",
    "zz81",
];

fn assert_hides(says: &str, secrets: &[&str], of: &str) {
    let small = says.to_lowercase();
    for secret in secrets {
        assert!(!small.contains(secret), "{of}: {secret} is in\n{says}");
    }
}

#[test]
fn nothing_that_names_somebody_is_left_of_a_tally() {
    let user = User::new();
    let file = user.write("vextrum.log", LOG);
    for options in [
        "",
        "--failed",
        "--all",
        "--by peer",
        "--by agent",
        "--messages",
    ] {
        for format in FORMATS {
            let command = format!("tally {file} {options} --redact --format {format}");
            let says = user.done(&command);
            assert_hides(&says, SECRETS, &command);
            assert!(options == "--by agent" || says.contains("503"), "{says}");
        }
    }
    let failed = user.done(&format!("tally {file} --failed --redact"));
    for part in [
        "user-1",
        "number-1",
        "host-",
        "public-",
        "call-1",
        "file-1 line 2",
        "cause 34",
    ] {
        assert!(failed.contains(part), "{part}: {failed}");
    }
    let json = user.json(&format!("tally {file} --redact"));
    let plain = user.json(&format!("tally {file}"));
    assert_eq!(
        json["methods"][0]["outcomes"],
        plain["methods"][0]["outcomes"]
    );
    forms::assert_fits(&json, &serde_json::json!("tally"), "tally");
}

#[test]
fn a_tally_is_redacted_when_it_is_merged() {
    let user = User::new();
    let one = user.write("vextrum.log", LOG);
    let other = user.write(
        "okapi.log",
        LOG.replace("28 10:", "29 11:").replace("zz81", "zz81b"),
    );
    for options in ["", "--failed", "--by peer", "--by agent"] {
        let part = |name: &str, file: &str, more: &str| {
            let says = user.done(&format!("tally {file} {options} {more} --format json"));
            user.write(name, says)
        };
        let (a, b) = (part("a.json", &one, ""), part("b.json", &other, ""));
        for format in FORMATS {
            let command = format!("tally --merge {a} {b} --redact --format {format}");
            let run = user.run(&command);
            assert_eq!(run.status, 0, "{}", run.err);
            assert_hides(&run.out, SECRETS, &command);
        }
        // What is redacted before adds up too, and is redacted once more without harm.
        let (a, b) = (
            part("a.json", &one, "--redact"),
            part("b.json", &other, "--redact"),
        );
        for more in ["", "--redact"] {
            let run = user.run(&format!("tally --merge {a} {b} {more} --format json"));
            let merged: Value = serde_json::from_str(&run.out).expect("JSON");
            assert_eq!(merged["messages"], 6, "{}", run.err);
        }
    }
}

/// A file was named by who reads what is said of it; a Call-ID comes from a trace, and often names a host.
#[test]
fn a_call_that_is_not_there_is_not_named() {
    let user = User::new();
    let file = user.write("a.log", LOG);
    for options in ["", "--nth 1", "--check"] {
        let run = user.run(&format!(
            "explain {file} --call-id 77-otto@10.9.8.1 --redact {options}"
        ));
        assert!(
            run.err.contains("Call-ID that is asked for") && run.err.contains(&file),
            "{}",
            run.err
        );
        assert_hides(&run.out, SECRETS, options);
        assert!(!run.err.contains("otto@"), "{}", run.err);
    }
}
