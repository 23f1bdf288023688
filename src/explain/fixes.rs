//! The fixes of the page of a code: what the message proves comes first, what it refutes last.

use super::ends;
use super::facts::Facts;
use super::signs::{
    Decides::{Both, Needs, Proves},
    SIGNS, shows,
};
use crate::catalog::Fix;

/// What a message says of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    Proven,
    Open,
    Refuted,
}

impl Proof {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Open => "open",
            Self::Refuted => "refuted",
        }
    }
}

/// A fix, and what the message says of it.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    pub fix: &'static Fix,
    pub proof: Proof,
}

/// Returns the fixes of a page, those that the message proves first, those that it refutes last.
pub(super) fn weighed(facts: &Facts<'_>) -> Vec<Weighed> {
    // What can go wrong behind a success goes wrong in calls: elsewhere nothing is to be mended.
    let is_done = (200..300).contains(&facts.code()) && !facts.is("INVITE");
    let page = facts.page.filter(|_| !is_done || facts.method.is_empty());
    let fixes = page.into_iter().flat_map(|page| page.fix);
    let mut weighed: Vec<Weighed> = fixes
        .map(|fix| Weighed {
            fix,
            proof: proof(facts, fix),
        })
        .collect();
    weighed.extend(
        ends::fixes(facts)
            .into_iter()
            .map(|(fix, is_told)| Weighed {
                fix,
                proof: if is_told { Proof::Proven } else { Proof::Open },
            }),
    );
    let all = [Proof::Proven, Proof::Open, Proof::Refuted].into_iter();
    all.flat_map(|proof| {
        weighed
            .extract_if(.., move |one| one.proof == proof)
            .collect::<Vec<_>>()
    })
    .collect()
}

/// Returns the fix that a message proves.
pub(super) fn proven(facts: &Facts<'_>) -> Option<&'static Fix> {
    let weighed = weighed(facts).into_iter();
    let mut proven = weighed.filter(|weighed| weighed.proof == Proof::Proven);
    proven.next().map(|weighed| weighed.fix)
}

fn proof(facts: &Facts<'_>, fix: &Fix) -> Proof {
    // Of a status line alone nothing is known.
    if facts.message.fields.is_empty() {
        return Proof::Open;
    }
    let rows = SIGNS
        .iter()
        .filter(|(code, begins, ..)| *code == facts.code() && fix.cause.starts_with(begins));
    let weights = rows.map(
        |(_, _, decides, sign)| match (decides, shows(facts, sign)) {
            (Proves | Both, true) => Proof::Proven,
            (Needs | Both, false) => Proof::Refuted,
            _ => Proof::Open,
        },
    );
    weights.min().unwrap_or(Proof::Open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};
    use crate::message::Message;

    #[test]
    fn each_sign_is_of_one_fix_of_a_page() {
        for (code, begins, ..) in SIGNS {
            let fixes = response(StatusCode::of(*code)).fix.iter();
            let fitting = fixes.filter(|fix| fix.cause.starts_with(begins));
            assert_eq!(fitting.count(), 1, "{code} {begins}");
        }
    }

    #[test]
    fn what_the_message_proves_comes_first_and_what_it_refutes_last() {
        let message = Message::of(b"SIP/2.0 405 No\r\nCSeq: 2 OPTIONS\r\nTo: a;tag=1\r\n\r\n");
        let all = weighed(&Facts::of(&message));
        assert!(all[0].fix.cause.starts_with("An OPTIONS") && all[0].proof == Proof::Proven);
        let message = Message::of(b"SIP/2.0 404 x\r\nCSeq: 2 INVITE\r\n\r\n");
        let all = weighed(&Facts::of(&message));
        assert_eq!(all.last().map(|one| one.proof), Some(Proof::Refuted));
        let bare = Message::of(b"SIP/2.0 404 Not Found");
        let all = weighed(&Facts::of(&bare));
        assert!(all.iter().all(|one| one.proof == Proof::Open));
    }
}
