//! The checks that are data: each has its terms, and a sentence for when they hold.

use super::cut;
use super::finding::{Finding, Kind, Rule};
use super::sdp;
use super::syntax;
use super::terms;
use crate::catalog::{self, Check};
use crate::message::{Message, Start};

/// What is shown of a value at the most, in bytes.
const SHOWN: usize = 80;

/// Returns what the checks find.
pub(super) fn found(message: &Message<'_>) -> Vec<Finding> {
    let checks = catalog::checks().iter();
    let broken = checks.filter(|check| terms::hold(&check.when, message));
    let kind = |check: &Check| {
        // Of a body without a length nobody knows whether it is whole.
        let may_go_on = check.when.contains("sdp-") && !message.has("Content-Length");
        if may_go_on {
            Kind::from(check.kind).max(Kind::Doubt)
        } else if terms::is_of_lack(&check.when) {
            cut::kind(check.kind.into(), message)
        } else {
            check.kind.into()
        }
    };
    let finding = |check: &Check| Finding {
        id: check.id.into(),
        kind: kind(check),
        says: filled(&check.says, |name| value(name, message)),
        cite: check.cite,
    };
    broken.map(finding).collect()
}

/// Returns the rules of all checks.
pub(super) fn rules() -> impl Iterator<Item = Rule> {
    let checks = catalog::checks().iter();
    checks.map(|check| Rule {
        id: check.id.into(),
        kind: check.kind.into(),
        says: filled(&check.says, |_| "…".to_owned()),
        cite: check.cite,
    })
}

/// Returns a sentence with what stands for the names in braces.
fn filled(says: &str, value: impl Fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(&value(name));
        rest = behind;
    }
    filled + rest
}

/// Returns what a message has under a name of a sentence.
fn value(name: &str, message: &Message<'_>) -> String {
    match name {
        "code" => message
            .code()
            .map_or_else(String::new, |code| code.to_string()),
        "method" => shown(message.method()),
        "uri" => match message.start {
            Some(Start::Request { uri, .. }) => shown(uri),
            _ => String::new(),
        },
        "body" => message.body.len().to_string(),
        name if name.starts_with("sdp-") => {
            sdp::shown(name, message).map_or_else(String::new, |fault| shown(fault.as_bytes()))
        }
        "line" => shown(&with_blanks(message.line)),
        name => match syntax::bad(name, message) {
            Some(bad) => shown(&bad),
            None => shown(message.value(name).unwrap_or_default()),
        },
    }
}

/// Returns a line with what nobody would see in it: tabs, and several blanks at once.
fn with_blanks(line: &[u8]) -> Vec<u8> {
    let mut told = Vec::new();
    for run in line.chunk_by(|one, next| one == next && *one == b' ') {
        match run {
            b"\t" => told.extend_from_slice(b"<tab>"),
            [b' ', _, ..] => told.extend_from_slice(format!("<{} blanks>", run.len()).as_bytes()),
            run => told.extend_from_slice(run),
        }
    }
    told
}

/// Returns the beginning of a value as text, in one line.
fn shown(value: &[u8]) -> String {
    let end = value.len().min(SHOWN);
    let text = String::from_utf8_lossy(&value[..end]);
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if end < value.len() { " …" } else { "" };
    words.join(" ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_with_values() {
        let message = Message::of(b"SIP/2.0 200 OK\r\nCSeq: 7\r\n  BYE\r\n\r\n");
        let fill = |says| filled(says, |name| value(name, &message));
        assert_eq!(
            fill("A {code} to {method}: {CSeq}."),
            "A 200 to BYE: 7 BYE."
        );
        assert_eq!(fill("None {To}{"), "None ");
        assert_eq!(with_blanks(b"a  b\tc d"), b"a<2 blanks>b<tab>c d");
    }
}
