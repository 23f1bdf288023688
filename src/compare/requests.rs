//! Which requests responses answer, and so whether they can meet.

use crate::catalog::{Response, Scope};

/// Returns whether one method can be answered with either of two responses.
pub(super) fn share_a_method(a: &Response, b: &Response) -> bool {
    let (a, b) = (a.methods(), b.methods());
    a.is_empty() || b.is_empty() || a.iter().any(|method| b.contains(method))
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
