//! What happened, in one sentence.

use super::text;
use crate::catalog::Response;
use crate::message::Message;

pub(super) fn in_short(message: &Message<'_>, response: Option<&'static Response>) -> String {
    let method = text(message.method());
    let number = message.cseq().map(|(number, _)| text(number));
    let request = [Some(method), number].into_iter().flatten();
    let request = request.collect::<Vec<_>>().join(" ");
    match response {
        Some(page) => format!("{} to {request}: {}.", page.title(), page.summary),
        None => format!("A request: {request}."),
    }
}
