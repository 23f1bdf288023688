//! Between whom a message went, by name: the addresses of the trace, or what Via and Request-URI say.

use core::net::SocketAddr;

use super::call::{branch, is_same};
use super::way;
use super::words::{short, text};
use crate::calls::Recorded;
use crate::message::{Message, Start, address};

/// A request is looked for among so many messages before its response.
const NEAR: usize = 256;

/// Returns sender and receiver of a message.
pub(super) fn between(messages: &[Recorded], all: &[Message<'_>], at: usize) -> (String, String) {
    let (recorded, message) = (&messages[at], &all[at]);
    let shown = |address: Option<SocketAddr>| address.map(|address| address.to_string());
    let request = match message.code() {
        None => Some(at),
        Some(_) => asked(all, at),
    };
    let (mut from, mut to) = (shown(recorded.from), shown(recorded.to));
    let asking = request.and_then(|at| shown(messages[at].from));
    let asked = request.and_then(|at| shown(messages[at].to));
    let via = message.values("Via").next().and_then(way::sent_by);
    let via = via.map(|host| without_port(&host));
    let aim = request.and_then(|at| aim(&all[at]));
    if message.is_request() {
        from = from.or(via);
        to = to.or(aim);
    } else {
        from = from.or(asked).or(aim);
        to = to.or(asking).or(via);
    }
    let name = |name: Option<String>| name.map_or_else(|| "?".to_owned(), |name| short(&name));
    (name(from), name(to))
}

/// Returns the request that a response answers, at its own hop if it is there.
fn asked(all: &[Message<'_>], at: usize) -> Option<usize> {
    let response = &all[at];
    let is_it = |other: &usize| all[*other].is_request() && is_same(&all[*other], response);
    let mut before = (0..at).rev().take(NEAR).filter(is_it);
    let of_hop = before
        .clone()
        .find(|other| branch(&all[*other]) == branch(response));
    of_hop.or_else(|| before.next())
}

/// Returns the host to which a request goes by itself: that of its Route, or of its Request-URI.
fn aim(request: &Message<'_>) -> Option<String> {
    let uri = match (request.values("Route").next(), request.start) {
        (Some(route), _) => text(address(route)),
        (None, Some(Start::Request { uri, .. })) => text(address(uri)),
        _ => return None,
    };
    let host = uri.rsplit('@').next().unwrap_or_default();
    Some(without_port(host)).filter(|host| !host.is_empty())
}

/// Returns a host without the port that goes without saying.
fn without_port(host: &str) -> String {
    host.strip_suffix(":5060").unwrap_or(host).to_owned()
}
