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
    if let Some(writer) = writer(messages, all) {
        from = from.or_else(|| Some(writer.clone()));
        to = to.or(Some(writer));
    }
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

/// Returns the name of the element that wrote a log in which each message has only the other side: else it would have
/// several, as each URI has it.
fn writer(messages: &[Recorded], all: &[Message<'_>]) -> Option<String> {
    let is_sent = |one: &Recorded| one.to.is_some();
    let sent = messages.iter().filter(|one| is_sent(one)).count();
    let has_one = |one: &Recorded| one.from.is_some() != one.to.is_some();
    if sent == 0 || sent == messages.len() || !messages.iter().all(has_one) {
        return None;
    }
    let mut requests = messages.iter().zip(all).filter(|(_, one)| one.is_request());
    let own = requests.clone().find(|(one, _)| is_sent(one));
    let via = own.and_then(|(_, message)| message.values("Via").next().and_then(way::sent_by));
    let via = via.map(|host| without_port(&host));
    via.or_else(|| aim(requests.next()?.1))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_a_log_of_one_peer_has_one_name() {
        let peer = Some(SocketAddr::from(([192, 0, 2, 7], 5060)));
        let request = |uri: &str, via: &str| {
            format!(
                "INVITE {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {via};branch=z\r\nCSeq: 1 INVITE\r\n\r\n"
            )
        };
        let told = |text: &str, is_sent: bool| Recorded {
            bytes: text.as_bytes().to_vec(),
            from: peer.filter(|_| !is_sent),
            to: peer.filter(|_| is_sent),
            ..Recorded::default()
        };
        let asked = request("sip:300@pbx.example.com", "192.0.2.7");
        let asks = request("sip:200@192.0.2.7", "192.0.2.1:5060");
        let names = |messages: &[Recorded]| {
            let all: Vec<Message<'_>> =
                messages.iter().map(|one| Message::of(&one.bytes)).collect();
            let ends = (0..messages.len()).map(|at| between(messages, &all, at));
            ends.collect::<Vec<_>>()
        };
        let [own, other] = ["192.0.2.1", "192.0.2.7:5060"].map(str::to_owned);
        let ways = [(other.clone(), own.clone()), (own, other.clone())];
        assert_eq!(names(&[told(&asked, false), told(&asks, true)]), ways);
        // Where all go one way nothing tells that the writer is at the other end.
        let aim = "pbx.example.com".to_owned();
        assert_eq!(names(&[told(&asked, false)]), [(other, aim)]);
    }
}
