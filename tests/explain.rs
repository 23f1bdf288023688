//! What is wrong with a message: the rules, and messages that break them, almost break them, and do not.

use sipdex::explain::{self, Finding, Kind};
use sipdex::message::Message;

#[path = "explain/broken.rs"]
mod broken;
#[path = "explain/calls.rs"]
mod calls;
#[path = "explain/fields.rs"]
mod fields;
#[path = "explain/made.rs"]
mod made;
#[path = "explain/pages.rs"]
mod pages;
#[path = "explain/planted.rs"]
mod planted;
#[path = "explain/redacted.rs"]
mod redacted;
#[path = "explain/session.rs"]
mod session;
#[path = "explain/sound.rs"]
mod sound;
#[path = "explain/told.rs"]
mod told;

fn findings(message: &str) -> Vec<Finding> {
    explain::findings(&Message::of(message.as_bytes()))
}

/// Returns the ids of what is found, and of what is broken only.
fn ids(message: &str) -> Vec<String> {
    findings(message)
        .into_iter()
        .map(|finding| finding.id)
        .collect()
}

fn broken(message: &str) -> Vec<String> {
    let broken = findings(message)
        .into_iter()
        .filter(|finding| finding.kind == Kind::Broken);
    broken.map(|finding| finding.id).collect()
}

#[test]
fn each_rule_has_an_id_of_its_own_and_says_what_it_asks() {
    let rules = explain::rules();
    assert!(rules.len() > 120, "{} rules", rules.len());
    assert!(rules.is_sorted_by(|one, other| one.id < other.id));
    for rule in rules {
        assert!(
            rule.says.ends_with('.') && !rule.says.contains(['{', '}']),
            "{}",
            rule.says
        );
        let is_sign =
            |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        assert!(rule.id.chars().all(is_sign), "{}", rule.id);
    }
}

#[test]
fn what_is_sure_stands_first() {
    let message = made::message(
        "INVITE",
        &[
            "-Max-Forwards",
            "=Via: SIP/2.0/UDP a.example.com;branch=1",
            "+Max-Forwards: 0",
            "-Contact",
        ],
    );
    let kinds: Vec<Kind> = findings(&message)
        .iter()
        .map(|finding| finding.kind)
        .collect();
    assert_eq!(kinds, [Kind::Broken, Kind::Doubt, Kind::Note]);
}

/// Whatever is wrong with credentials and challenges, what stands in them stays unsaid.
#[test]
fn no_finding_says_a_secret() {
    for row in [
        "+Authorization: Digest nonce=s3cret, response=\"s3cret\"",
        "+Authorization: Digest username=\"a\", nonce=\"s3cret\" response=\"s3cret\"",
        "+Authorization: Digest username=\"a\", nonce=\"s3cret",
        "+Authorization: Basic s3cret s3cret",
        "+Authorization: Digest s3cret",
        "+Authorization Digest nonce=\"s3cret\"",
        "+ Authorization: Digest, nonce=\"s3cret\", s3cret=",
        "+Proxy-Authorization: Digest cnonce=\"s3cret\", cnonce=\"s3cret\", qop=auth",
        "+nonce=\"s3cret\", response=\"s3cret\"",
    ] {
        for finding in findings(&made::message("INVITE", &[row])) {
            assert!(!finding.says.contains("s3cret"), "{}", finding.says);
        }
    }
    for row in [
        "+WWW-Authenticate: Digest realm=a, nonce=\"s3cret\"",
        "+WWW-Authenticate: Digest realm=\"a\", nonce=\"s3cret\", nonce=\"s3cret\"",
        "+Authentication-Info: nextnonce=s3cret",
    ] {
        let found = findings(&made::message("401 REGISTER", &[row]));
        assert!(!found.is_empty());
        for finding in found {
            assert!(!finding.says.contains("s3cret"), "{}", finding.says);
        }
    }
}
