//! The messages of a trace as they stand in it.

use super::*;

/// A REGISTER with credentials and its refusal, as syslog has them.
const LOG: &str = "\
Nov 28 10:00:00 pbx sip[1]: 2026-11-28 10:00:00.250 192.0.2.1:5060 -> 192.0.2.9:5060
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:alice@example.com>
Call-ID: r1
CSeq: 1 REGISTER
Authorization: Digest username=\"alice\", response=\"0123456789abcdef0123456789abcdef\"
X-Odd:   two  blanks
Content-Length: 0

2026-11-28 10:00:00.500 192.0.2.9:5060 -> 192.0.2.1:5060
SIP/2.0 403 Forbidden
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:alice@example.com>;tag=2
Call-ID: r1
CSeq: 1 REGISTER
Content-Length: 0

";

/// Returns a text without its line ends.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_call_is_followed_by_its_messages() {
    let user = User::new();
    let file = user.write("trace.log", LOG);
    let page = user.done(&format!("explain {file} --call-id r1 --raw"));
    let told = squeezed(&page);
    let places: Vec<usize> = [
        &*format!(
            "Message 1: {file} line 2, 2026-11-28 10:00:00.250, 192.0.2.1:5060 to 192.0.2.9:5060"
        ),
        "REGISTER sip:example.com SIP/2.0",
        &*format!(
            "Message 2: {file} line 13, 2026-11-28 10:00:00.500, 192.0.2.9:5060 to 192.0.2.1:5060"
        ),
        "SIP/2.0 403 Forbidden",
    ]
    .into_iter()
    .map(|part| {
        told.find(part)
            .unwrap_or_else(|| panic!("{part} is not in\n{page}"))
    })
    .collect();
    assert!(places.is_sorted(), "{page}");
    // A heading begins a line, and the lines of a message are as they were.
    for part in [
        "\nMessage 2: ",
        "\n  Authorization: Digest (not shown)\n  X-Odd:   two  blanks\n",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(!page.contains("0123456789abcdef"), "{page}");
    let without = user.done(&format!("explain {file} --call-id r1"));
    assert!(
        page.starts_with(&without) && !without.contains("X-Odd"),
        "{without}"
    );
    let json = user.json(&format!("explain {file} --call-id r1 --raw"));
    forms::assert_fits(&json, &json!(["call"]), "raw");
    let raw = &json[0]["raw"];
    assert_eq!(raw.as_array().map(Vec::len), Some(2));
    assert_eq!(raw[1]["place"], format!("{file} line 13"));
    assert_eq!(raw[1]["time"], "2026-11-28 10:00:00.500");
    let text = raw[1]["text"].as_str().expect("a text");
    assert!(text.starts_with("SIP/2.0 403 Forbidden\nVia: "), "{text}");
    assert_eq!(
        user.json(&format!("explain {file} --call-id r1"))[0]["raw"],
        json!([])
    );
}

#[test]
fn a_message_that_is_picked_is_followed_by_itself() {
    let user = User::new();
    let file = user.write("trace.log", LOG);
    for picked in ["--call-id r1 --nth 2", "--code 403", ""] {
        let page = user.run(&format!("explain {file} {picked} --raw")).out;
        let heading = format!("On the wire: {file} line 13, 2026-11-28 10:00:00.500, ");
        assert!(squeezed(&page).contains(&heading), "{picked}: {page}");
        assert!(page.contains("\n  CSeq: 1 REGISTER\n"), "{picked}: {page}");
        assert!(!page.contains("X-Odd"), "{picked}: {page}");
        let json = user.json(&format!("explain {file} {picked} --raw"));
        forms::assert_fits(&json, &json!(["message"]), picked);
        assert_eq!(json[0]["raw"]["place"], format!("{file} line 13"));
    }
    let json = user.json(&format!("explain {file} --code 403"));
    assert_eq!(json[0]["raw"], Value::Null);
    let refused = user.run(&format!("explain {file} --check --raw"));
    assert_eq!(refused.status, 2);
}

#[test]
fn tokens_stand_in_them_too() {
    let user = User::new();
    let file = user.write("trace.log", LOG);
    for picked in ["--call-id r1", "--code 403"] {
        for format in ["plain", "json"] {
            let page = user.done(&format!(
                "explain {file} {picked} --raw --redact --format {format}"
            ));
            assert!(page.contains("CSeq: 1 REGISTER"), "{page}");
            for secret in [
                "alice",
                "example.com",
                "192.0.2.",
                "trace.log",
                "0123456789",
            ] {
                assert!(!page.contains(secret), "{secret} is in\n{page}");
            }
        }
    }
}
