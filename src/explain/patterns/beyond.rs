//! Requests of a dialog that go as the dialog says, and to another place than the call does: nothing comes from there.

use core::net::{IpAddr, SocketAddr};

use super::dialogs::{Dialog, dialogs};
use super::found::{Found, values};
use super::order::{Call, Hop, target, times, uri};
use super::routes;
use crate::explain::call::tag;
use crate::explain::dialog::host;
use crate::explain::words::{short, text};
use crate::message::Host;

/// So many copies of a 2xx after its ACK tell that it was not heard.
const SENT: usize = 3;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let dialogs = dialogs(call);
    let all = call.hops.iter().filter_map(|hop| {
        let dialog = dialogs.iter().find(|dialog| dialog.is_of(hop))?;
        of(call, dialog, hop)
    });
    all.collect()
}

fn of(call: &Call<'_>, dialog: &Dialog, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let (from, to) = (call.record(request).from?, call.record(request).to?);
    if hop.vias != 1 || hop.is("CANCEL") || hop.is_outside() {
        return None;
    }
    let (became, proof) = failed(call, hop, request)?;
    let (beside, by) = beside(call, dialog, hop, request)?;
    if beside.ip() == to.ip() || beside == from {
        return None;
    }
    let own = call.message(request);
    let route = own.values("Route").next().map(uri);
    let aim = text(route.unwrap_or_else(|| uri(target(own))));
    let at: Option<IpAddr> = host(&aim).trim_matches(['[', ']']).parse().ok();
    let is_heard = is_heard(call, from, to);
    let (id, field) = match (route, at) {
        // Behind another proxy the same dialog may be asked for.
        (_, None)
            if is_elsewhere(call, &aim, to) && (route.is_none() || hop.responses.is_empty()) =>
        {
            let field = if route.is_some() { "Route" } else { "Contact" };
            ("node-other", field)
        }
        (Some(_), Some(at)) if at == to.ip() && !is_heard => ("route-unreached", "Record-Route"),
        (None, Some(at)) if at == to.ip() && !is_heard && is_by_proxy(call, hop, beside) => {
            ("proxy-bypassed", "Contact")
        }
        _ => return None,
    };
    // What is wrong in the request itself says more.
    let is_known = id == "proxy-bypassed" && is_private_alone(&aim, beside);
    if is_known || routes::held(call, dialog, hop, request).is_some() {
        return None;
    }
    let values = values![
        ("became", became),
        ("own", short(&aim)),
        ("field", field.to_owned()),
        ("beside", beside.ip().to_string()),
        ("by", routes::said(call, by)),
    ];
    let proof: Vec<usize> = proof.into_iter().chain([by, request]).collect();
    Found::told(call, id, hop, request, &values, &proof).map(Found::that_decides)
}

/// Returns what came of a request that was not heard where its dialog is, and the messages that show it.
fn failed(call: &Call<'_>, hop: &Hop<'_>, request: usize) -> Option<(String, Vec<usize>)> {
    if hop.is("ACK") {
        let answers = call.hops.iter().filter(|other| {
            other.is("INVITE") && other.number == hop.number && other.from == hop.from
        });
        let answers = answers.filter(|other| other.vias == 1);
        let copies = answers.flat_map(|other| &other.responses).copied();
        let copies: Vec<usize> = copies
            .filter(|at| call.is_success(*at) && call.to(*at) == hop.to && *at > request)
            .collect();
        let code = call.code(*copies.first()?);
        let said = format!(
            "did not end the copies of the {code}, which came {} more",
            times(copies.len())
        );
        return (copies.len() >= SENT).then_some((said, copies));
    }
    match hop.last(call, 200) {
        Some(at) if call.code(at) == 481 => Some(("got 481 from there".to_owned(), vec![at])),
        Some(_) => None,
        None if !call.is_unheard(hop) => None,
        None => Some((
            format!("was sent {} and got no answer", times(hop.requests.len())),
            hop.requests.clone(),
        )),
    }
}

/// Returns the address of the element beside the sender of a request through which its dialog was set up, and the message
/// that tells it.
fn beside(
    call: &Call<'_>,
    dialog: &Dialog,
    hop: &Hop<'_>,
    request: usize,
) -> Option<(SocketAddr, usize)> {
    let here = call.record(request).from?;
    if hop.from.as_ref() == Some(&dialog.asking) {
        let is_it = |at: &usize| {
            let one = call.message(*at);
            let is_of = one.cseq() == call.message(dialog.by).cseq() && call.is_success(*at);
            is_of && call.to(*at) == hop.to && call.record(*at).to == Some(here)
        };
        let at = (0..request).find(is_it)?;
        return Some((call.record(at).from?, at));
    }
    let is_it = |at: &usize| {
        let one = call.message(*at);
        let is_of = one.is_request() && one.cseq() == call.message(dialog.by).cseq();
        is_of && call.from(*at) == hop.to && call.record(*at).to == Some(here)
    };
    let at = (0..request).find(is_it)?;
    Some((call.record(at).from?, at))
}

/// Returns whether something came from a place and was answered, or is an answer.
fn is_heard(call: &Call<'_>, here: SocketAddr, there: SocketAddr) -> bool {
    let comes = |at: &usize| {
        let one = call.record(*at);
        one.to == Some(here) && one.from.is_some_and(|from| from.ip() == there.ip())
    };
    call.hops.iter().any(|hop| {
        let is_asked = hop.requests.iter().any(comes) && !hop.responses.is_empty();
        is_asked || hop.responses.iter().any(comes)
    })
}

/// Returns whether a name leads elsewhere than the dialog is: whoever is there sends nothing else, and passes nothing on.
fn is_elsewhere(call: &Call<'_>, aim: &str, to: SocketAddr) -> bool {
    let is_name = Host::of(host(aim).as_bytes()) == Host::Name;
    let passes = call.recorded.iter().zip(call.all).any(|(one, message)| {
        let is_by_it = one.from.is_some_and(|from| from.ip() == to.ip());
        is_by_it && message.is_request()
    });
    is_name && !passes
}

/// Returns whether the element beside a side is a proxy: what it passed on has its Via and no Record-Route of it.
fn is_by_proxy(call: &Call<'_>, hop: &Hop<'_>, beside: SocketAddr) -> bool {
    let is_known = |tag: Option<String>| tag.is_some() && (tag == hop.from || tag == hop.to);
    call.all.iter().zip(call.recorded).any(|(one, recorded)| {
        let is_passed = one.is_request() && tag(one, "To").is_none();
        let of = tag(one, "From");
        let is_by_it = recorded.from.is_some_and(|from| from.ip() == beside.ip());
        is_passed && is_known(of) && is_by_it && one.values("Via").count() > 1
    })
}

/// Returns whether a URI has a private address though the element beside has none.
fn is_private_alone(aim: &str, beside: SocketAddr) -> bool {
    let is_private = |name: &str| Host::of(name.as_bytes()) == Host::Private;
    is_private(&host(aim)) && !is_private(&beside.ip().to_string())
}
