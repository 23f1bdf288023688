//! The ACK of a 2xx that comes late, or that an element on the way keeps.

use core::net::IpAddr;

use super::found::{Found, values};
use super::order::{Call, Hop, lasting, target, times};
use super::unreached;
use crate::explain::call::branch;
use crate::explain::dialog::host;
use crate::explain::words::{list, short, text};
use crate::message::{address, parameter};

/// So many copies of a 2xx before the first ACK are no chance.
const COPIES: usize = 3;

/// Returns that the first ACK came after several copies of a 2xx, and no more of them came then.
pub(super) fn late(
    call: &Call<'_>,
    copies: &[usize],
    ack: usize,
    mut values: Vec<(&'static str, String)>,
) -> Option<Found> {
    let before: Vec<usize> = copies.iter().filter(|at| **at < ack).copied().collect();
    let (first, last) = (*before.first()?, *before.last()?);
    if before.len() < COPIES {
        return None;
    }
    values.retain(|(name, _)| *name != "times");
    values.push(("times", times(before.len())));
    values.push(("gap", lasting(call.gap(first, ack)?)));
    values.push(("soon", lasting(call.gap(last, ack)?)));
    let proof: Vec<usize> = before.into_iter().chain([ack]).collect();
    Found::new("ack-late", &values, &proof)
}

/// Returns the ACK that the client of a hop got from before it and did not send on there, while the 2xx comes again.
pub(super) fn kept(call: &Call<'_>, hop: &Hop<'_>, acks: &[usize], first: usize) -> Option<usize> {
    let proxy = call.record(*hop.requests.first()?).from?;
    let sent = |at: &usize| call.record(*at).from == Some(proxy);
    let all = call.hops.iter().filter(|ack| ack.is("ACK"));
    let is_sent_on = all.flat_map(|ack| &ack.requests).any(sent);
    let is_got = |at: &&usize| {
        let is_before = call.message(**at).values("Via").count() + 1 == hop.vias;
        is_before && call.record(**at).to == Some(proxy) && **at > first
    };
    acks.iter().find(is_got).filter(|_| !is_sent_on).copied()
}

/// Returns the pattern of an ACK, and from where the 2xx came whose Contact is the private address to which that was sent.
pub(super) fn sent_aside(
    call: &Call<'_>,
    first: usize,
    ack: usize,
    id: &'static str,
) -> (&'static str, String) {
    let fits = matches!(id, "ack-lost" | "ack-private" | "ack-elsewhere");
    match unreached::source(call, first, ack, &text(target(call.message(ack)))) {
        Some(source) if fits => {
            let code = call.code(first);
            ("ack-private", format!("; the {code} came from {source}"))
        }
        _ => (id, String::new()),
    }
}

/// Returns whether the ACK of a 2xx has the branch of its INVITE, as only that of another final response may have it.
pub(super) fn has_branch(call: &Call<'_>, hop: &Hop<'_>, ack: usize) -> bool {
    let (own, asked) = (branch(call.message(ack)), hop.requests.first());
    let is_direct = call.message(ack).values("Via").count() == 1 && hop.vias == 1;
    is_direct && own.is_some() && asked.is_some_and(|at| branch(call.message(*at)) == own)
}

/// Returns over what a message went, and what the URI of a Contact asks for, where one is UDP and the other is not.
pub(super) fn transports(
    call: &Call<'_>,
    [ack, answer]: [usize; 2],
    contact: &[u8],
) -> Option<(String, String)> {
    let asked = parameter(contact, b';', "transport").map(text);
    let over = |at: usize| {
        let via = call.message(at).values("Via").next()?;
        let has = via.split(|byte| matches!(byte, b'/' | b' ')).nth(2)?;
        Some(text(has))
    };
    let has = over(ack)?;
    let is_udp = |transport: &str| transport.eq_ignore_ascii_case("udp");
    let bare = contact.split(|byte| *byte == b';').next();
    let shown = short(&text(address(bare.unwrap_or_default())));
    let Some(asked) = asked else {
        // Without a name in it or a transport a URI leads to UDP.
        let other = over(answer).filter(|other| !is_udp(other) && is_udp(&has))?;
        let is_address = host(&shown).parse::<IpAddr>().is_ok();
        let known = format!("{shown}, without a transport, while the call runs over {other}");
        return is_address.then_some((has, known));
    };
    let known = format!("{shown};transport={}", short(&asked));
    (is_udp(&asked) != is_udp(&has)).then_some((has, known))
}

/// Returns the Route of an ACK, as its client sent it, that has the order of Record-Route, and the order that it should have.
pub(super) fn unreversed(
    call: &Call<'_>,
    hop: &Hop<'_>,
    answer: usize,
) -> Option<(String, String)> {
    let routes = |at: usize, name: &str| -> Vec<String> {
        let values = call.message(at).values(name);
        values.map(|value| short(&text(address(value)))).collect()
    };
    let mut known = routes(answer, "Record-Route");
    let is_own = |ack: &&Hop<'_>| {
        ack.is("ACK") && ack.vias == 1 && (ack.number, &ack.from) == (hop.number, &hop.from)
    };
    let ack = call.hops.iter().find(is_own)?.first()?;
    let own = routes(ack, "Route");
    let is_kept = own.len() > 1 && own == known;
    known.reverse();
    (is_kept && own != known).then(|| (list(&own), list(&known)))
}

/// Returns that an element answered an ACK, as none may, and whether it passed it on.
pub(super) fn answered(call: &Call<'_>) -> Option<Found> {
    let is_answered = |ack: &&Hop<'_>| {
        let asked = ack.requests.first();
        ack.is("ACK") && asked.is_some() && asked < ack.responses.first()
    };
    let ack = call.hops.iter().find(is_answered)?;
    let at = *ack.responses.first()?;
    let invites = call
        .hops
        .iter()
        .filter(|hop| hop.is("INVITE") && hop.number == ack.number);
    let copies = invites.flat_map(|hop| &hop.responses).copied();
    let copies: Vec<usize> = copies
        .filter(|copy| *copy > at && call.is_success(*copy))
        .collect();
    let is_kept = copies.len() >= COPIES;
    let then = copies.first().filter(|_| is_kept).map(|copy| {
        format!(
            "; and it kept it: the {} came {} more",
            call.code(*copy),
            times(copies.len())
        )
    });
    let values = values![("then", then.unwrap_or_default())];
    let proof: Vec<usize> = ack
        .requests
        .iter()
        .chain([&at])
        .chain(&copies)
        .copied()
        .collect();
    let found = Found::told(call, "ack-answered", ack, at, &values, &proof)?;
    Some(if is_kept {
        found
    } else {
        found.that_is_beside()
    })
}

/// Returns to whom the ACK went by the last hop of it that is in the trace.
pub(super) fn last_to(call: &Call<'_>, hop: &Hop<'_>) -> Option<String> {
    let acks = call.hops.iter().filter(|ack| {
        ack.is("ACK") && (ack.number, &ack.from) == (hop.number, &hop.from) && ack.to.is_some()
    });
    let last = acks.max_by_key(|ack| ack.vias)?;
    Some(call.between(*last.requests.first()?).1)
}

/// Returns user, host and port of a URI.
pub(super) fn bare(uri: &str) -> &str {
    let uri = uri.trim_start_matches("sips:").trim_start_matches("sip:");
    let bare = uri.split([';', '?', '>']).next().unwrap_or_default();
    bare.strip_suffix(":5060").unwrap_or(bare)
}
