//! The checks that are data: each has its terms, and a sentence for when they hold.

use super::doubts;
use super::finding::{Finding, Rule};
use super::looked::Looked;
use super::syntax::shown;
use super::terms;
use crate::catalog;
use crate::message::{Message, Start};

/// Returns what the checks find.
pub(super) fn found(message: &Looked<'_>) -> Vec<Finding> {
    let checks = catalog::checks().iter();
    let found = checks.filter_map(|check| {
        let found = terms::hold(check.when, message)?;
        let (kind, doubt) = doubts::weighed(check.kind.into(), check.when, &found, message);
        let says = filled(&check.says, |name| match name {
            "found" => found.clone(),
            name => value(name, message),
        });
        Some(Finding {
            id: check.id.into(),
            kind,
            says: format!("{says} {doubt}").trim_end().to_owned(),
            cite: check.cite,
        })
    });
    found.collect()
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
        "line" => shown(message.line),
        name => shown(message.value(name).unwrap_or_default()),
    }
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
    }
}
