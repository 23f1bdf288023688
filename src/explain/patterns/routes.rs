//! Requests inside a dialog held against what the dialog says of their way: Route, the route set, and the remote target.

use core::net::IpAddr;

use super::dialogs::Dialog;
use super::found::{Found, values};
use super::order::{Call, Hop, target, uri};
use super::unreached;
use super::ways;
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::words::{list, short, text};
use crate::message::{Message, address};

/// What an element answers that knows neither the dialog nor where to send the request.
const REFUSALS: [u16; 20] = [
    400, 403, 404, 408, 410, 416, 430, 476, 477, 478, 480, 481, 482, 483, 484, 500, 502, 503, 504,
    604,
];
/// So many requests without an answer were not heard.
const SENT: usize = 3;

/// What a request of a dialog has otherwise than the dialog asks for.
pub(super) struct Astray {
    pub(super) id: &'static str,
    pub(super) own: String,
    pub(super) known: String,
    /// The message that tells what it should be.
    pub(super) by: usize,
}

/// Returns that a request of a dialog goes another way than the dialog asks for, and was not taken.
pub(super) fn astray(
    call: &Call<'_>,
    dialog: &Dialog,
    hop: &Hop<'_>,
    outcome: Option<usize>,
) -> Option<Found> {
    let request = *hop.requests.first()?;
    let became = match outcome {
        Some(at) if REFUSALS.contains(&call.code(at)) => format!("got {}", call.code(at)),
        Some(_) => return None,
        None if hop.requests.len() < SENT && !call.is_unheard(hop) => return None,
        None => "got no answer".to_owned(),
    };
    let by = told_by(call, dialog, hop, request)?;
    let unreached = unreached::found(
        call,
        hop,
        by,
        [request, outcome.unwrap_or(request)],
        &became,
    );
    let ends = [request, outcome.unwrap_or(request)];
    let unreached = unreached.or_else(|| ways::rewritten(call, hop, by, ends, &became));
    if unreached.is_some() {
        return unreached;
    }
    let contact = outcome.and_then(|at| without_contact(call, by, request, at));
    if contact.is_some() {
        return contact;
    }
    let astray = held(call, dialog, hop, request)?;
    // A dialog that is not known, somebody behind may not know.
    let is_behind = outcome.is_some_and(|at| matches!(call.code(at), 408 | 410 | 480 | 481));
    if is_behind && astray.id == "route-unrestored" {
        return None;
    }
    let with_route = call.requests(b"ACK").chain(call.hops.iter()).find(|other| {
        let is_own = other.from == hop.from && other.to == hop.to && other.vias == 1;
        let first = other.requests.first();
        is_own && first.is_some_and(|at| call.message(*at).has("Route"))
    });
    let with_route = with_route.filter(|_| astray.id == "no-route");
    let mut values = astray.values(call, hop.name(), became);
    values.push((
        "other",
        with_route.map_or_else(String::new, |other| {
            format!(", and {} has it", other.name())
        }),
    ));
    values.push(("from", call.between(request).0));
    let with = with_route.and_then(|other| other.requests.first().copied());
    // What a proxy sent on of it shows the same.
    let is_copy = |at: &usize| {
        let (one, own) = (call.message(*at), call.message(request));
        let is_it = one.is_request() && one.cseq() == own.cseq();
        *at != request && is_it && call.from(*at) == hop.from
    };
    let copies = (0..call.all.len()).filter(is_copy);
    let proof: Vec<usize> = [astray.by, request]
        .into_iter()
        .chain(with)
        .chain(outcome)
        .chain(copies)
        .collect();
    Found::new(astray.id, &values, &proof).map(Found::that_decides)
}

impl Astray {
    /// Returns what is said of it, by the name of the request and what that came to.
    pub(super) fn values(
        &self,
        call: &Call<'_>,
        what: String,
        became: String,
    ) -> Vec<(&'static str, String)> {
        vec![
            ("what", what),
            ("became", became),
            ("by", said(call, self.by)),
            ("own", short(&self.own)),
            ("known", short(&self.known)),
        ]
    }
}

/// Returns what is otherwise in a request than its dialog asks for (RFC 3261 section 12.2.1.1).
pub(super) fn held(
    call: &Call<'_>,
    dialog: &Dialog,
    hop: &Hop<'_>,
    request: usize,
) -> Option<Astray> {
    let own = call.message(request);
    // A proxy takes away what it has followed.
    if own.values("Via").count() != 1 {
        return None;
    }
    let by = told_by(call, dialog, hop, request)?;
    let mut routes: Vec<&[u8]> = call.message(by).values("Record-Route").map(uri).collect();
    if !call.message(by).is_request() {
        routes.reverse();
    }
    let goes = uri(target(own));
    let has: Vec<&[u8]> = own.values("Route").map(uri).collect();
    let aim = aim(call, hop, request);
    let found = |id, own: &[&[u8]], known: &[&[u8]], by| {
        let shown = |all: &[&[u8]]| list(&all.iter().map(|one| text(one)).collect::<Vec<_>>());
        Some(Astray {
            id,
            own: shown(own),
            known: shown(known),
            by,
        })
    };
    if let [first, ..] = routes[..] {
        let stands = is_alike(first, goes);
        if has.is_empty() {
            // A strict router stands in the Request-URI itself.
            return if stands {
                None
            } else {
                found("no-route", &[], &[first], by)
            };
        }
        match (is_loose(first), stands) {
            (false, false) => return found("route-strict", &[goes], &[first], by),
            // Who wrote a URI without lr puts the target back.
            (false, true) => {
                let targets = aim.as_ref().map_or(&[][..], |(_, all)| all);
                let is_right = has
                    .last()
                    .is_some_and(|last| is_kept(call, hop, targets, last));
                return is_right.then(|| found("route-unrestored", &[goes], &[first], by))?;
            }
            (true, true) => return found("route-loose", &[goes], &[first], by),
            (true, false) => {}
        }
        let is_same = has.len() == routes.len()
            && has
                .iter()
                .zip(&routes)
                .all(|(one, other)| is_alike(one, other));
        if !is_same {
            return found("route-other", &has, &routes, by);
        }
    }
    if routes.is_empty()
        && let Some((at, route)) = uncopied(call, by)
    {
        return found("record-route-missing", &[goes], &[route], at);
    }
    let (by, all) = aim?;
    let is_known = all.iter().any(|known| is_alike(known, goes));
    (!is_known).then(|| found("target-other", &[goes], &all[..1], by))?
}

/// Returns whether the remote target stands last in Route as for a strict router, and was seen nowhere behind that.
fn is_kept(call: &Call<'_>, hop: &Hop<'_>, targets: &[&[u8]], last: &[u8]) -> bool {
    let is_sent_on = call.hops.iter().any(|other| {
        let is_it = (other.method, other.number) == (hop.method, hop.number);
        is_it && other.from == hop.from && other.vias > 1
    });
    targets.iter().any(|known| is_alike(known, last)) && !is_sent_on
}

/// Returns the response that has no Record-Route though its request had, and the first value of that: it MUST be copied.
fn uncopied<'a>(call: &Call<'a>, by: usize) -> Option<(usize, &'a [u8])> {
    let is_it = |hop: &&Hop<'_>| {
        let same = |at: &usize| call.message(*at).cseq() == call.message(by).cseq();
        call.message(by).code().is_some() && hop.requests.first().is_some_and(same)
    };
    call.hops.iter().filter(is_it).find_map(|hop| {
        let asked = hop.requests.first()?;
        let route = call
            .message(*asked)
            .values("Record-Route")
            .map(uri)
            .next()?;
        let is_bare =
            |at: &&usize| call.is_success(**at) && !call.message(**at).has("Record-Route");
        Some((*hop.responses.iter().find(is_bare)?, route))
    })
}

/// Returns the remote target of the sender of a request: the Contact that the other side wrote last before it, with those
/// of the same transaction, and the message that has it.
fn aim<'a>(call: &Call<'a>, hop: &Hop<'_>, request: usize) -> Option<(usize, Vec<&'a [u8]>)> {
    let here = call.record(request).from;
    let is_told = |at: &usize| {
        let (one, of) = (call.message(*at), call.record(*at));
        let is_here = here.is_none() || of.to.is_none() || of.to == here;
        let (from, to) = (call.from(*at), call.to(*at));
        let is_own = if one.is_request() {
            let is_of_dialog = from == hop.to && (to == hop.from || to.is_none());
            is_of_dialog && is_got(call, request, *at) && !is_refused(call, *at)
        } else {
            let is_taken = (101..300).contains(&call.code(*at));
            is_taken && from == hop.from && to == hop.to && one.values("Via").count() == 1
        };
        is_here && is_own && is_refreshing(one) && one.has("Contact")
    };
    let told: Vec<usize> = (0..request).filter(is_told).collect();
    let last = *told.last()?;
    let is_it = |at: &&usize| {
        let is_early = call.code(last) < 200 && call.code(**at) < 200;
        let is_same = call.message(**at).cseq() == call.message(last).cseq();
        **at == last || is_early && is_same
    };
    let all = told.iter().rev().filter(is_it);
    let contacts = all.filter_map(|at| call.message(*at).value("Contact"));
    Some((last, contacts.map(uri).collect()))
}

/// Returns whether a message is of a request that tells where its sender is to be reached.
fn is_refreshing(message: &Message<'_>) -> bool {
    let methods: [&[u8]; 5] = [b"INVITE", b"UPDATE", b"SUBSCRIBE", b"NOTIFY", b"REFER"];
    methods.contains(&message.method())
}

/// Returns whether a request got a final response that is no success: it changes nothing (RFC 3261 section 12.2.2).
fn is_refused(call: &Call<'_>, request: usize) -> bool {
    let one = call.message(request);
    let is_it = |hop: &&Hop<'_>| hop.requests.contains(&request);
    let hop = call.hops.iter().find(is_it);
    let last = hop.and_then(|hop| hop.last(call, 200));
    one.is_request() && last.is_some_and(|at| !call.is_success(at))
}

/// Returns whether two URIs lead to the same place: user, host and port are the same.
pub(super) fn is_alike(one: &[u8], other: &[u8]) -> bool {
    let bare = |uri: &[u8]| {
        let bare = text(address(uri)).to_ascii_lowercase();
        bare.strip_suffix(":5060")
            .map(str::to_owned)
            .unwrap_or(bare)
    };
    bare(one) == bare(other)
}

fn is_loose(uri: &[u8]) -> bool {
    let mut parameters = crate::message::parameters(uri, b';');
    parameters.any(|(name, _)| name.eq_ignore_ascii_case(b"lr"))
}

/// Returns the message that told the sender of a request of the way in its dialog.
fn told_by(call: &Call<'_>, dialog: &Dialog, hop: &Hop<'_>, request: usize) -> Option<usize> {
    if hop.from.as_ref() == Some(&dialog.asking) {
        answer(call, dialog, request)
    } else {
        asked(call, dialog, request)
    }
}

/// Returns that a message has no Contact, or one of no use, and that a request was refused for want of it.
pub(super) fn without_contact(
    call: &Call<'_>,
    by: usize,
    request: usize,
    outcome: usize,
) -> Option<Found> {
    let became = format!(
        "{} got {}",
        named(call.message(request)),
        call.code(outcome)
    );
    of_contact(call, by, became, &[by, request, outcome])
}

/// Returns that a message has no Contact, or one of no use, and what that came to.
pub(super) fn of_contact(
    call: &Call<'_>,
    by: usize,
    became: String,
    proof: &[usize],
) -> Option<Found> {
    let values = values![
        ("which", said(call, by)),
        ("lack", lack(call, by)?),
        ("from", call.between(by).1),
        ("became", became),
    ];
    Found::new("contact-missing", &values, proof).map(Found::that_decides)
}

/// Returns what is wrong with the Contact of a message that has to tell an address: there is none, or one that no other
/// host can reach.
fn lack(call: &Call<'_>, at: usize) -> Option<String> {
    let Some(contact) = call.message(at).value("Contact") else {
        let lacks = || "has no Contact, which it MUST have".to_owned();
        return call.message(at).is_ended.then(lacks);
    };
    let address = text(uri(contact));
    let ip: IpAddr = host(&address).trim_matches(['[', ']']).parse().ok()?;
    let from = call.record(at).from;
    let is_far = ip.is_loopback() && from.is_some_and(|from| !from.ip().is_loopback());
    (is_far || ip.is_unspecified()).then(|| {
        let shown = short(&address);
        format!("has the Contact {shown}, which no other host can reach")
    })
}

/// Returns what a message is called: "the 200 to INVITE 1", "INVITE 1".
pub(super) fn said(call: &Call<'_>, at: usize) -> String {
    let one = call.message(at);
    let code = one.code();
    code.map_or_else(String::new, |code| format!("the {code} to ")) + &named(one)
}

/// Returns the response that set up a dialog, as the side that asked got it last before a request.
fn answer(call: &Call<'_>, dialog: &Dialog, request: usize) -> Option<usize> {
    let cseq = call.message(dialog.by).cseq();
    let is_it = |at: &usize| {
        let one: &Message<'_> = call.message(*at);
        *at < request
            && one.cseq() == cseq
            && (101..300).contains(&call.code(*at))
            && call.to(*at).as_ref() == Some(&dialog.asked)
            && one.values("Via").count() == 1
    };
    let all = || (0..request).filter(is_it);
    all()
        .find(|at| call.is_success(*at))
        .or_else(|| all().next_back())
}

/// Returns the request that set up a dialog, as the side that was asked got it, which sends now.
fn asked(call: &Call<'_>, dialog: &Dialog, request: usize) -> Option<usize> {
    let cseq = call.message(dialog.by).cseq();
    let all = call
        .hops
        .iter()
        .filter_map(|hop| hop.requests.first().copied());
    let mut all = all.filter(|at| call.message(*at).cseq() == cseq);
    all.find(|at| is_got(call, request, *at))
}

/// Returns whether a message came to who sent a request: the log of one side has no address of its own.
fn is_got(call: &Call<'_>, request: usize, at: usize) -> bool {
    let (sent, got) = (call.record(request), call.record(at));
    match sent.from {
        None => sent.to.is_some() && got.from.is_some() && got.to.is_none(),
        sender => got.to == sender,
    }
}
