//! Which requests responses answer, and so whether they can meet.

use crate::catalog::Response;

/// Returns the methods of the requests that a response answers; none means any.
pub(super) fn methods(response: &Response) -> Vec<&'static str> {
    let mut methods = Vec::new();
    for sender in response.sent_by {
        if sender.methods.is_empty() {
            return Vec::new();
        }
        for method in sender.methods {
            if !methods.contains(&method.as_str()) {
                methods.push(method.as_str());
            }
        }
    }
    methods
}

/// Returns whether two responses can answer the same request.
pub(super) fn can_meet(a: &Response, b: &Response) -> bool {
    let (a, b) = (methods(a), methods(b));
    a.is_empty() || b.is_empty() || a.iter().any(|method| b.contains(method))
}
