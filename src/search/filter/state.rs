//! `is:bookmarked`, `is:traced` and `is:unregistered`: what a code is, to you, in the trace or to the registry; `is:cause` and the like: what is
//! none.

use super::notation::Notation;
use super::pass::Pass;
use crate::catalog::{Response, TopicKind};
use crate::search::sets::Sets;

pub(super) const NOTATION: Notation = Notation {
    example: "is:bookmarked",
    takes: "bookmarked, traced, unregistered, cause, warning, timer or product",
    finds: "codes that you bookmarked; also traced (in the trace that is open), unregistered, cause, warning, timer, product",
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum State {
    Bookmarked,
    Traced,
    Unregistered,
    /// The causes, the warn-codes or the timers.
    Topics(TopicKind),
    Products,
}

const STATES: [(&str, State); 7] = [
    ("bookmarked", State::Bookmarked),
    ("traced", State::Traced),
    ("unregistered", State::Unregistered),
    ("cause", State::Topics(TopicKind::Cause)),
    ("warning", State::Topics(TopicKind::Warning)),
    ("timer", State::Topics(TopicKind::Timer)),
    ("product", State::Products),
];

impl State {
    pub(super) fn parse(value: &str) -> Result<Self, String> {
        let mut states = STATES.into_iter();
        let state = states.find(|(name, _)| name.eq_ignore_ascii_case(value));
        state
            .map(|(_, state)| state)
            .ok_or_else(|| NOTATION.usage())
    }

    /// Returns each state whose name begins so.
    pub(super) fn begun(start: &str) -> impl Iterator<Item = Self> {
        let start = start.to_ascii_lowercase();
        let states = STATES.into_iter();
        states
            .filter(move |(name, _)| name.starts_with(&start))
            .map(|(_, state)| state)
    }

    pub(super) fn pass(self, response: &Response, sets: &Sets) -> Option<Pass> {
        let (holds, why) = match self {
            Self::Bookmarked => (sets.bookmarked.contains(&response.code), "bookmarked"),
            Self::Traced => (sets.traced.contains(&response.code), "in the trace"),
            Self::Unregistered => (!response.is_registered(), "not in IANA's list"),
            Self::Topics(_) | Self::Products => return None,
        };
        holds.then(|| Pass::new(why, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{StatusCode, response};

    #[test]
    fn a_state_is_read_in_any_case_and_is_what_the_caller_and_the_registry_say() {
        let sets = Sets {
            bookmarked: [StatusCode::of(486)].into(),
            traced: [StatusCode::of(600)].into(),
        };
        let pass = |state: &str, code| {
            let state = State::parse(state).expect("a state");
            let pass = state.pass(response(StatusCode::of(code)), &sets);
            pass.map(|pass| pass.why)
        };
        assert_eq!(pass("Bookmarked", 486).as_deref(), Some("bookmarked"));
        assert_eq!(pass("bookmarked", 600), None);
        assert_eq!(pass("traced", 600).as_deref(), Some("in the trace"));
        assert_eq!(pass("traced", 486), None);
        assert_eq!(
            pass("UNREGISTERED", 599).as_deref(),
            Some("not in IANA's list")
        );
        assert_eq!(pass("unregistered", 486), None);
        let refused = State::parse("foo").expect_err("no state");
        assert_eq!(
            refused,
            "is: takes bookmarked, traced, unregistered, cause, warning, timer or product, such as is:bookmarked"
        );
    }
}
