//! Which requests responses answer, and so whether they can meet.

use super::once::each_once;
use crate::catalog::Response;

/// Returns the methods of the requests that a response answers; none means any.
pub(super) fn methods(response: &Response) -> Vec<&'static str> {
    let mut senders = response.sent_by.iter();
    if senders.any(|sender| sender.methods.is_empty()) {
        return Vec::new();
    }
    let methods = response.sent_by.iter().flat_map(|sender| sender.methods);
    each_once(methods.map(|method| method.as_str()))
}

/// Returns whether two responses can answer the same request.
pub(super) fn can_meet(a: &Response, b: &Response) -> bool {
    let (a, b) = (methods(a), methods(b));
    a.is_empty() || b.is_empty() || a.iter().any(|method| b.contains(method))
}
