//! Nodes of one domain that do not share where its phones are: one refuses a call to a phone that is registered at another.

use super::bindings::{Registered, registered};
use super::found::{Found, values};
use super::order::{Call, Hop, lasting};
use super::others::user;
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::words::text;
use crate::message::{Message, address};

/// Returns that a request was refused for a user who is registered at another node of the domain.
pub(super) fn unshared(
    call: &Call<'_>,
    hop: &Hop<'_>,
    request: usize,
    outcome: usize,
) -> Option<Found> {
    let own = call.message(request);
    let code = call.code(outcome);
    let name = user(own, "To");
    let server = call.record(request).to?;
    let now = call
        .micros(request)
        .filter(|_| matches!(code, 404 | 410 | 480 | 604))?;
    let ends = call.micros(outcome)?;
    let domain = domain(own);
    let holds = |one: &Registered<'_, '_>| {
        let is_domain = self::domain(&one.request.message) == domain;
        one.is_accepted() && is_domain && one.ends() > Some(now)
    };
    if registered(call, &name, now).any(|one| holds(&one) && one.is_at(Some(server))) {
        return None;
    }
    let last = registered(call, &name, now).filter(holds).last()?;
    let (server, node) = (server.ip(), last.request.to?.ip());
    let is_on = |other: &Hop<'_>| other.method == hop.method && other.vias > hop.vias;
    if call.hops.iter().any(is_on) {
        return None;
    }
    let (mut is_registrar, mut is_reached) = (false, false);
    for other in call.others {
        let one = &other.message;
        let [from, to] = [other.from, other.to].map(|address| address.map(|one| one.ip()));
        let is_for = one.is_request() && one.method() == hop.method && user(one, "To") == name;
        if is_for && from == Some(server) && (now..=ends).contains(&other.micros) {
            return None;
        }
        // What the other node passes on is registered at both.
        let comes = one.is_request() && to == Some(server) && from != Some(node);
        let is_register = comes && one.method() == b"REGISTER" && self::domain(one) == domain;
        let is_there = is_for && to == Some(node);
        if is_register && !is_registrar || is_there && !is_reached {
            let answer = call.answer_to(other);
            let is_taken = answer.is_some_and(|answer| answer.message.code() < Some(300));
            is_registrar |= is_taken && is_register;
            is_reached |= is_taken && is_there;
        }
    }
    // A server that has him may say that he is not there.
    if !is_registrar || code != 404 && !is_reached {
        return None;
    }
    let reached = is_reached.then_some(", and reached by calls that come in there");
    let values = values![
        ("before", named(&last.request.message)),
        ("node", node.to_string()),
        ("ago", lasting(now.saturating_sub(last.answer.micros))),
        ("reached", reached.unwrap_or_default().to_owned()),
        ("user", name.clone()),
        ("domain", domain),
    ];
    let proof = [request, outcome];
    Found::told(call, "binding-other-node", hop, outcome, &values, &proof)
}

fn domain(message: &Message<'_>) -> String {
    let to = message.value("To").unwrap_or_default();
    host(&text(address(to)))
}
