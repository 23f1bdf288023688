//! Parties that are registered and not reached all the same: at an address that only their own network knows, or by
//! another way than the registrar told.

use super::bindings::{Registered, registered};
use super::found::{Found, values};
use super::order::{Call, Hop, lasting, target, times};
use super::others::{Other, origin, user};
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::way;
use crate::explain::words::{list, text};
use crate::message::{Host, Message, address, parameter};

/// So many requests without an answer were not heard.
const SENT: usize = 3;

/// Returns that a request goes to the private address that a client behind a NAT wrote, and not to where it came from.
pub(super) fn unseen(
    call: &Call<'_>,
    hop: &Hop<'_>,
    at: usize,
    by: &Registered<'_, '_>,
) -> Option<Found> {
    let own = host(&text(target(call.message(at))));
    let via = by.answer.message.values("Via").last()?;
    let known = parameter(via, b';', "received").map(text)?;
    let goes = call.record(at).to?;
    let is_sent_there = goes.ip().to_string() == own && own != known;
    let is_private = Host::of(own.as_bytes()) == Host::Private;
    if !is_sent_there || !is_private || !way::is_behind_nat(via) || hop.requests.len() < SENT {
        return None;
    }
    let port = parameter(via, b';', "rport").map(text);
    let port = port.filter(|port| !port.is_empty());
    let span = call.gap(at, *hop.requests.last()?).map(lasting);
    let values = values![
        ("own", text(target(call.message(at)))),
        ("before", named(&by.request.message)),
        (
            "known",
            known + &port.map_or_else(String::new, |port| format!(":{port}")),
        ),
        ("times", times(hop.requests.len())),
        (
            "span",
            span.map_or_else(String::new, |span| format!(" in {span}")),
        ),
    ];
    Found::told(call, "binding-private", hop, at, &values, &hop.requests)
}

/// Returns that whom a request is for is registered with an address that nobody finds, and the registrar said so.
pub(super) fn unresolved(
    call: &Call<'_>,
    hop: &Hop<'_>,
    request: usize,
    outcome: usize,
) -> Option<Found> {
    let name = user(call.message(request), "To");
    let is_lost = matches!(call.code(outcome), 430 | 476..=478);
    let now = call.micros(request).filter(|_| is_lost)?;
    let all = registered(call, &name, now).filter(Registered::is_accepted);
    let last = all.last()?;
    let contact = last.answer.message.values("Contact").find(|value| {
        let is_nowhere = host(&text(address(value))).ends_with(".invalid");
        is_nowhere && parameter(value, b';', "alias").is_none()
    })?;
    let mut values = values![
        ("user", name.clone()),
        ("own", text(address(contact))),
        ("before", named(&last.request.message)),
    ];
    let proof = [request, outcome];
    let id = match without_path(call, &last.request.message) {
        Some(way) => {
            values.extend(way);
            "path-missing"
        }
        None => "binding-unresolved",
    };
    let found = Found::told(call, id, hop, outcome, &values, &proof);
    found.map(Found::that_decides)
}

/// Returns by which element a REGISTER came to its registrar without a Path, where those that come by another one have it.
fn without_path(call: &Call<'_>, register: &Message<'_>) -> Option<[(&'static str, String); 4]> {
    let registers = || {
        call.others.iter().filter(|other| {
            let one = &other.message;
            one.is_request() && one.method() == b"REGISTER" && one.values("Via").count() > 1
        })
    };
    let is_it = |one: &Message<'_>| {
        one.value("Call-ID") == register.value("Call-ID") && one.cseq() == register.cseq()
    };
    let own = registers().find(|other| is_it(&other.message))?;
    let is_with = |other: &&Other<'_>| {
        other.to == own.to && other.from != own.from && other.message.has("Path")
    };
    let with = registers()
        .find(is_with)
        .filter(|_| !own.message.has("Path"))?;
    let path = with.message.value("Path").map(|path| text(address(path)));
    Some([
        ("edge", own.from?.ip().to_string()),
        ("second", with.from?.ip().to_string()),
        ("other", user(&with.message, "To")),
        ("path", path?),
    ])
}

/// Returns that a client which was given a Service-Route does not go by it, and is refused or not answered.
pub(super) fn no_service_route(
    call: &Call<'_>,
    hop: &Hop<'_>,
    request: usize,
    outcome: Option<usize>,
) -> Option<Found> {
    let own = call.message(request);
    let is_of_way = match outcome {
        Some(at) => matches!(call.code(at), 400 | 403 | 404 | 408 | 480 | 500..=504),
        None => hop.requests.len() >= SENT && hop.responses.is_empty(),
    };
    let now = call
        .micros(request)
        .filter(|_| hop.vias == 1 && is_of_way)?;
    let name = user(own, "From");
    let all = registered(call, &name, now).filter(Registered::is_accepted);
    let mine = all.filter(|one| origin(&one.request.message) == origin(own));
    let last = mine.last()?;
    let mut routes = last.answer.message.values("Service-Route");
    let missing = routes.find(|route| !goes_by(own, route))?;
    let became = outcome.map_or_else(
        || format!("was sent {} and got no answer", times(hop.requests.len())),
        |at| format!("got {}", call.code(at)),
    );
    let has: Vec<String> = own.values("Route").map(|one| text(address(one))).collect();
    let has = match has.as_slice() {
        [] => "no Route".to_owned(),
        has => format!("the Route {}", list(has)),
    };
    let to = call.record(request).to;
    let other = call.others.iter().find(|other| {
        let one = &other.message;
        let is_it = one.is_request() && one.method() == hop.method && other.to == to;
        let answer = call
            .answer_to(other)
            .filter(|_| is_it && goes_by(one, missing));
        answer.is_some_and(|answer| answer.message.code() < Some(300))
    });
    let other = other.map(|other| {
        let one = &other.message;
        format!(
            "; {} of {}, which goes by it, was accepted",
            named(one),
            user(one, "From")
        )
    });
    let values = values![
        ("route", text(address(missing))),
        ("before", named(&last.request.message)),
        ("became", became),
        ("has", has),
        ("other", other.unwrap_or_default()),
    ];
    let proof = outcome.unwrap_or(request);
    let found = Found::told(
        call,
        "service-route-unused",
        hop,
        proof,
        &values,
        &[request, proof],
    );
    found.map(Found::that_decides)
}

/// Returns whether Route of a request has the host of a route.
fn goes_by(message: &Message<'_>, route: &[u8]) -> bool {
    let mut own = message.values("Route");
    own.any(|value| host(&text(address(value))) == host(&text(address(route))))
}
