//! What is wrong with a message: the rules, and messages that break them, almost break them, and do not.

use sipdex::explain::{self, Finding, Kind};
use sipdex::message::Message;

#[path = "explain/broken.rs"]
mod broken;
#[path = "explain/fields.rs"]
mod fields;
#[path = "explain/made.rs"]
mod made;
#[path = "explain/pages.rs"]
mod pages;
#[path = "explain/session.rs"]
mod session;
#[path = "explain/sound.rs"]
mod sound;

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
