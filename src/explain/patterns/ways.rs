//! A 2xx that nobody acknowledges: the way that it gives to its ACK leads to an address at which the caller does not reach who
//! sent it.

use core::net::{IpAddr, SocketAddr};

use super::found::{Found, values};
use super::order::{Call, Hop, target, uri};
use super::others::{Other, user};
use super::routes::is_alike;
use crate::explain::call::{named, tag};
use crate::explain::dialog::host;
use crate::explain::words::{short, text};
use crate::message::{Host, Message};

/// Returns why no ACK comes, as the 2xx itself and other calls tell.
pub(super) fn found(
    call: &Call<'_>,
    hop: &Hop<'_>,
    copies: &[usize],
    values: &[(&'static str, String)],
) -> Option<Found> {
    let answer = *copies.first()?;
    let (id, more) = inner(call, hop, answer)?;
    let values = [values, more.as_slice()].concat();
    Found::new(id, &values, copies).map(Found::that_decides)
}

/// What a pattern says beside what is said of each 2xx.
type More = (&'static str, Vec<(&'static str, String)>);

/// Returns that the ACK has to go to another address than the one at which its caller reaches who sent the 2xx.
fn inner(call: &Call<'_>, hop: &Hop<'_>, answer: usize) -> Option<More> {
    let (here, peer) = (call.record(answer).from?, call.record(answer).to?);
    let asked = call.message(*hop.requests.first()?);
    let asked = asked.values("Record-Route").count();
    let (field, aim) = aim(call.message(answer), asked)?;
    let goes = place(aim).filter(|goes| *goes != here.ip())?;
    let is_private = |ip: IpAddr| Host::of(ip.to_string().as_bytes()) == Host::Private;
    let is_far = !is_private(here.ip()) && !is_private(peer.ip());
    let is_inner = is_far && is_private(goes);
    let twin = twin(call, here.ip(), hop.vias, asked);
    // Past a proxy a Contact may lead as it is meant to.
    let twin = twin.filter(|(other, _)| is_inner || *other == field);
    if !(is_inner && field == "Record-Route") && twin.is_none() {
        return None;
    }
    let private = if is_inner { ", a private address" } else { "" };
    let values = values![
        ("field", field.to_owned()),
        ("own", short(&text(aim))),
        ("private", private.to_owned()),
        ("twin", twin.map_or_else(String::new, |(_, twin)| twin)),
    ];
    Some(("ack-inner", values))
}

/// Returns, as the end of a sentence, that requests of the side to which one went have to go to a private address, by what that
/// was told of the way.
pub(super) fn back(call: &Call<'_>, request: usize) -> String {
    let told = || {
        let (here, peer) = (call.record(request).from?, call.record(request).to?);
        let is_private = |ip: IpAddr| Host::of(ip.to_string().as_bytes()) == Host::Private;
        if is_private(here.ip()) || is_private(peer.ip()) {
            return None;
        }
        let mut hops = call
            .hops
            .iter()
            .filter(|hop| hop.is("INVITE") && hop.is_outside());
        hops.find_map(|hop| {
            let asked = *hop.requests.first()?;
            let ends = [call.record(asked).from?.ip(), call.record(asked).to?.ip()];
            let answer = hop.responses.iter().find(|at| call.is_success(**at));
            let (at, aim) = if ends == [here.ip(), peer.ip()] {
                let routes = call.message(asked).values("Record-Route").next();
                (asked, routes.or_else(|| call.message(asked).value("Contact"))?)
            } else if ends == [peer.ip(), here.ip()] {
                let routes = call.message(asked).values("Record-Route").count();
                let answer = *answer?;
                (answer, aim(call.message(answer), routes)?.1)
            } else {
                return None;
            };
            let aim = uri(aim);
            place(aim).filter(|goes| is_private(*goes))?;
            let (own, said) = (short(&text(aim)), call.said(at));
            Some(format!(
                "; by {said}, a request of that side has to go to {own}, a private address, so perhaps a BYE of it went astray"
            ))
        })
    };
    told().unwrap_or_default()
}

/// Returns that a request which failed goes to a proxy, since another one put that in the place of the Contact which came
/// through it.
pub(super) fn rewritten(
    call: &Call<'_>,
    hop: &Hop<'_>,
    by: usize,
    [request, outcome]: [usize; 2],
    became: &str,
) -> Option<Found> {
    let (told, proxy) = (call.message(by), call.record(by).from?.ip());
    let own = uri(told.value("Contact")?);
    let peer = place(own)
        .filter(|peer| is_alike(uri(target(call.message(request))), own) && *peer != proxy)?;
    let known = call.all.iter().zip(call.recorded).find_map(|(one, seen)| {
        let is_it = (one.cseq(), one.code()) == (told.cseq(), told.code());
        let is_there = seen.from?.ip() == peer && seen.to?.ip() == proxy && is_it;
        let mut routes = one.values("Record-Route").map(uri);
        let is_passed = one.is_request() && one.values("Via").count() > 1
            || routes.any(|route| place(route) == Some(peer));
        let known = uri(one.value("Contact").filter(|_| is_there && is_passed)?);
        let is_public = Host::of(host(&text(known)).as_bytes()) != Host::Private;
        (is_public && place(known) != Some(peer)).then_some(known)
    })?;
    let values = values![
        ("became", became.to_owned()),
        ("own", short(&text(own))),
        ("by", call.said(by)),
        ("known", short(&text(known))),
        ("proxy", proxy.to_string()),
        ("peer", peer.to_string()),
    ];
    Found::told(
        call,
        "contact-rewritten",
        hop,
        outcome,
        &values,
        &[by, request, outcome],
    )
}

/// Returns where the next request of the dialog goes behind the client of a hop, and the field that says so: what was added to
/// Record-Route behind it, or Contact.
fn aim<'a>(answer: &Message<'a>, asked: usize) -> Option<(&'static str, &'a [u8])> {
    let added = answer.values("Record-Route").count().checked_sub(asked)?;
    match added.checked_sub(1) {
        Some(last) => Some((
            "Record-Route",
            uri(answer.values("Record-Route").nth(last)?),
        )),
        None => Some(("Contact", uri(answer.value("Contact")?))),
    }
}

fn place(aim: &[u8]) -> Option<IpAddr> {
    host(&text(aim)).trim_matches(['[', ']']).parse().ok()
}

/// Returns what a call that left the same place had in its stead, where its ACK came.
fn twin(
    call: &Call<'_>,
    here: IpAddr,
    vias: usize,
    asked: usize,
) -> Option<(&'static str, String)> {
    let is_at = |address: Option<SocketAddr>| address.is_some_and(|one| one.ip() == here);
    let is_right = |other: &&Other<'_>| {
        let one = &other.message;
        let is_answer = (200..300).contains(&one.code().unwrap_or_default())
            && one.cseq().is_some_and(|(_, method)| method == b"INVITE");
        let is_like = is_answer && is_at(other.from) && one.values("Via").count() == vias;
        let aim = aim(one, asked).filter(|_| is_like);
        aim.and_then(|(_, aim)| place(aim)) == Some(here)
    };
    let right = call.others.iter().filter(is_right);
    let mut acknowledged = right.filter(|right| {
        call.others.iter().any(|other| {
            let one = &other.message;
            one.is_request()
                && one.method() == b"ACK"
                && is_at(other.to)
                && one.value("Call-ID") == right.message.value("Call-ID")
                && tag(one, "To") == tag(&right.message, "To")
        })
    });
    let right = &acknowledged.next()?.message;
    let (field, aim) = aim(right, asked)?;
    let code = right.code()?;
    let (name, of, has) = (named(right), user(right, "From"), short(&text(aim)));
    let said =
        format!("; the {code} to {name} of {of} has {has} there ({field}), and its ACK came");
    Some((field, said))
}
