//! Which requests responses answer, and so whether they can meet.

use crate::catalog::{Branches, Response, Scope};

/// The methods of requests outside of a dialog that a proxy may fork, as it may not fork a REGISTER.
const FORKED: [&str; 6] = [
    "INVITE",
    "SUBSCRIBE",
    "OPTIONS",
    "MESSAGE",
    "REFER",
    "PUBLISH",
];

/// The other methods.
const UNFORKED: [&str; 7] = [
    "REGISTER", "BYE", "CANCEL", "PRACK", "UPDATE", "INFO", "NOTIFY",
];

/// Returns whether one method can be answered with either of two responses.
pub(super) fn share_a_method(a: &Response, b: &Response) -> bool {
    let mut methods = FORKED.iter().chain(&UNFORKED);
    methods.any(|method| answers(a, method) && answers(b, method))
}

/// Returns whether one of two responses belongs to a dialog and the other comes before there is one.
pub(super) fn belong_apart(a: &Response, b: &Response) -> bool {
    matches!(
        (a.scope, b.scope),
        (Scope::InsideDialog, Scope::OutsideDialog) | (Scope::OutsideDialog, Scope::InsideDialog)
    )
}

/// Returns whether two responses can answer the same request.
pub(super) fn can_meet(a: &Response, b: &Response) -> bool {
    share_a_method(a, b) && !belong_apart(a, b)
}

/// Returns whether two branches of one request can bring these responses.
pub(super) fn can_meet_at_a_fork(a: &Response, b: &Response) -> bool {
    let forks = |response: &Response| {
        let never = response.branches() == Some(Branches::NoFork);
        !never && response.scope != Scope::InsideDialog
    };
    let mut methods = FORKED.iter();
    forks(a) && forks(b) && methods.any(|method| answers(a, method) && answers(b, method))
}

/// Returns whether a response can answer a method; of a bare number nobody knows.
pub(super) fn answers(response: &Response, method: &str) -> bool {
    !response.is_written() || response.may_answer(method)
}
