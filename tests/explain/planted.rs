//! Faults planted in sound messages: each is found, named and cited, and nothing beside it.

use std::collections::HashMap;
use std::fs;

use serde::Deserialize;
use sipdex::explain::Finding;

use super::{broken, findings};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    base: Vec<Base>,
    fault: Vec<Fault>,
    sound: Vec<Sound>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    name: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    base: String,
    cut: String,
    put: String,
    section: String,
    #[serde(default)]
    sections: Vec<String>,
    /// What the sentence has to name.
    names: Vec<String>,
    why: String,
    #[serde(rename = "strength")]
    _strength: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sound {
    base: String,
    cut: String,
    put: String,
    why: String,
}

fn table() -> Table {
    let text = fs::read_to_string("tests/explain/planted.toml").expect("the table");
    toml::from_str(&text).expect("a table")
}

impl Table {
    /// Returns the message of a base with a piece in another's place.
    fn made(&self, base: &str, cut: &str, put: &str) -> String {
        let texts: HashMap<&str, &str> = self
            .base
            .iter()
            .map(|base| (base.name.as_str(), base.text.as_str()))
            .collect();
        let text = texts[base];
        assert!(text.contains(cut), "{base} has no {cut:?}");
        text.replacen(cut, put, 1).replace('\n', "\r\n")
    }
}

/// Returns each message, sound or not.
pub(super) fn messages() -> Vec<String> {
    let table = table();
    let faults = table.fault.iter();
    let faults = faults.map(|one| table.made(&one.base, &one.cut, &one.put));
    let sound = table.sound.iter();
    let sound = sound.map(|one| table.made(&one.base, &one.cut, &one.put));
    faults.chain(sound).collect()
}

/// Returns whether a section is one of those, or of its parts, or one that they are parts of.
fn is_cited(finding: &Finding, fault: &Fault) -> bool {
    let cite = finding.cite;
    let cited = format!("RFC {} {}", cite.rfc(), cite.section());
    let is_part = |part: &str, whole: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let mut wanted = fault.sections.iter().chain([&fault.section]);
    wanted.any(|wanted| is_part(&cited, wanted) || is_part(wanted, &cited))
}

/// Returns what is wrong with what is found, if anything is.
fn complaint(found: &[Finding], fault: &Fault) -> Option<String> {
    let [finding] = found else {
        return Some(format!("{} findings", found.len()));
    };
    let says = finding.says.to_lowercase();
    let words: Vec<&str> = says
        .split(|sign: char| !sign.is_alphanumeric() && sign != '-')
        .collect();
    let is_said = |name: &&String| {
        let name = name.to_lowercase();
        words.contains(&name.as_str()) || name.len() > 2 && says.contains(&name)
    };
    let unsaid = fault.names.iter().find(|name| !is_said(name));
    if let Some(unsaid) = unsaid {
        return Some(format!("{unsaid} is not named"));
    }
    (!is_cited(finding, fault)).then(|| format!("{} and not {}", finding.cite, fault.section))
}

#[test]
fn each_planted_fault_is_found_and_nothing_beside_it() {
    let table = table();
    let mut complaints = Vec::new();
    for fault in &table.fault {
        let found = findings(&table.made(&fault.base, &fault.cut, &fault.put));
        if let Some(complaint) = complaint(&found, fault) {
            let says: Vec<&str> = found.iter().map(|finding| finding.says.as_str()).collect();
            complaints.push(format!(
                "{}: {}: {complaint}: {}",
                fault.base,
                fault.why,
                says.join(" | ")
            ));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn nothing_is_said_to_be_broken_that_is_sound() {
    let table = table();
    for base in &table.base {
        let found = findings(&base.text.replace('\n', "\r\n"));
        assert_eq!(found, [], "{}", base.name);
    }
    for sound in &table.sound {
        let text = table.made(&sound.base, &sound.cut, &sound.put);
        let none: [String; 0] = [];
        assert_eq!(broken(&text), none, "{}: {}", sound.base, sound.why);
    }
}
