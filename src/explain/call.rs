//! The messages of the same call in the same trace: the request that a response answers, what came before it and after.

use super::facts::Facts;
use super::words::{short, text};
use crate::message::{Message, Start, parameter};

/// What the same trace has beside a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The messages of its call in the order of the trace, it among them.
    pub call: &'a [Message<'a>],
    /// Where it stands among them.
    pub at: usize,
}

impl<'a> Beside<'a> {
    /// Returns what came before it.
    pub(super) fn before(self) -> &'a [Message<'a>] {
        self.call.get(..self.at).unwrap_or_default()
    }

    /// Returns what came after it.
    pub(super) fn after(self) -> &'a [Message<'a>] {
        self.call.get(self.at + 1..).unwrap_or_default()
    }

    /// Returns the request that a response answers: the last one of its transaction, that of its own hop if it is there.
    pub(super) fn request(self, response: &Message<'_>) -> Option<&'a Message<'a>> {
        response.code()?;
        let asks = |one: &&Message<'_>| one.is_request() && is_same(one, response) && !is_ack(one);
        let mut own = self.before().iter().rev().filter(asks);
        let of_hop = own.clone().find(|one| branch(one) == branch(response));
        of_hop.or_else(|| own.next())
    }

    /// Returns the number of the request that was sent again with credentials, and the code of its final response.
    pub(super) fn again(self, challenge: &Message<'_>) -> Option<(String, Option<u16>)> {
        let is_later = |one: &&Message<'_>| {
            one.is_request()
                && has_credentials(one)
                && method(one) == method(challenge)
                && number(one) > number(challenge)
        };
        let again = self.after().iter().find(is_later)?;
        let answers = |one: &&Message<'_>| is_same(one, again) && one.code() >= Some(200);
        let answer = self.after().iter().rev().find(answers);
        let (digits, _) = again.cseq()?;
        Some((text(digits), answer.and_then(Message::code)))
    }
}

/// Returns whether two messages name the same number and method in `CSeq`.
pub(super) fn is_same(one: &Message<'_>, other: &Message<'_>) -> bool {
    one.cseq().is_some() && one.cseq() == other.cseq()
}

pub(super) fn is_ack(message: &Message<'_>) -> bool {
    is_request(message, b"ACK")
}

pub(super) fn is_request(message: &Message<'_>, method: &[u8]) -> bool {
    message.is_request() && message.method() == method
}

/// Returns the method of `CSeq`.
fn method<'a>(message: &Message<'a>) -> Option<&'a [u8]> {
    message.cseq().map(|(_, method)| method)
}

/// Returns the number of `CSeq`.
pub(super) fn number(message: &Message<'_>) -> Option<u64> {
    str::from_utf8(message.cseq()?.0).ok()?.parse().ok()
}

pub(super) fn has_credentials(message: &Message<'_>) -> bool {
    message.has("Authorization") || message.has("Proxy-Authorization")
}

/// Returns the branch of the top Via.
pub(super) fn branch<'a>(message: &Message<'a>) -> Option<&'a [u8]> {
    let top = message.values("Via").next()?;
    parameter(top, b';', "branch")
}

/// Returns the tag of From or To.
pub(super) fn tag(message: &Message<'_>, name: &str) -> Option<String> {
    let tag = message
        .value(name)
        .and_then(|value| parameter(value, b';', "tag"));
    tag.map(text).filter(|tag| !tag.is_empty())
}

/// Returns where a request goes.
pub(super) fn target(message: &Message<'_>) -> Option<String> {
    match message.start {
        Some(Start::Request { uri, .. }) => Some(text(uri)),
        _ => None,
    }
}

/// Returns what a message is called: "INVITE 102".
pub(super) fn named(message: &Message<'_>) -> String {
    let (number, method) = message.cseq().unwrap_or_default();
    format!("{} {}", text(method), text(number))
}

/// Returns the BYE of its client that ended an INVITE before it was answered.
pub(super) fn by_bye(facts: &Facts<'_>, request: &Message<'_>) -> Option<String> {
    let is_own =
        |one: &&Message<'_>| is_request(one, b"BYE") && tag(one, "From") == tag(request, "From");
    let bye = facts.beside.before().iter().find(is_own)?;
    Some(format!(
        "{} ended it on the early dialog instead of a CANCEL",
        named(bye)
    ))
}

/// Returns whether the number of a request in `CSeq` stands beside another method than its own.
pub(super) fn other_method(facts: &Facts<'_>) -> Option<String> {
    let request = facts.request?;
    let own = text(request.method());
    (!own.is_empty() && own != facts.method)
        .then_some(own)
        .map(|own| short(&own))
}

/// Returns what became of a challenge: the code of the final response to what was sent again with credentials, which may
/// not be in the trace.
pub fn again(challenge: &Message<'_>, beside: Beside<'_>) -> Option<Option<u16>> {
    beside.again(challenge).map(|(_, code)| code)
}
