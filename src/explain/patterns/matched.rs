//! Responses that reach their client and fit none of its requests: it goes on as if nothing had come.

use super::found::{Found, values};
use super::order::{Call, Hop, is_udp, times};
use crate::explain::call::branch;
use crate::explain::way;
use crate::explain::words::{quoted, text};
use crate::message::parameter;

/// So often a request, or a final response, is sent on after its answer: fewer may have crossed it.
const AGAIN: usize = 2;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    let groups = groups.filter(|group| !call.hop(group[0]).is("ACK"));
    groups
        .filter_map(|group| {
            let mut hops = group.iter().map(|hop| call.hop(*hop));
            of_branch(call, group)
                .or_else(|| of_sender(call, group))
                .or_else(|| hops.find_map(|hop| of_field(call, hop).or_else(|| of_way(call, hop))))
        })
        .collect()
}

/// Returns that responses have another branch than the request that was sent from where they go.
fn of_branch(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = || group.iter().map(|hop| call.hop(*hop));
    let mut strays = hops().filter(|hop| hop.requests.is_empty());
    strays.find_map(|stray| {
        let beside = hops().filter(|hop| hop.vias == stray.vias).count();
        let hop = hops().find(|hop| is_client(call, hop, stray, beside))?;
        let shown = |branch: &[u8]| quoted(&text(branch));
        let parts = ["branch".to_owned(), shown(stray.branch), shown(hop.branch)];
        let became = became(call, hop, &stray.responses)?;
        said(
            call,
            hop,
            &stray.responses,
            became,
            "answer-other-via",
            parts,
        )
    })
}

/// Returns whether responses came from where a request went, to where it was sent from, and it has none.
fn is_client(call: &Call<'_>, hop: &Hop<'_>, stray: &Hop<'_>, beside: usize) -> bool {
    let (Some(request), Some(response)) = (hop.requests.first(), stray.responses.first()) else {
        return false;
    };
    let (own, other) = (call.record(*request), call.record(*response));
    // Without addresses a branch of a fork of which the request was not recorded looks the same.
    let is_there = match (own.from.zip(own.to), other.to.zip(other.from)) {
        (Some(own), Some(other)) => own == other,
        _ => beside == 2,
    };
    is_there && hop.last(call, 200).is_none() && hop.vias == stray.vias && request < response
}

/// Returns that responses have the branch of a request, and another host or port in its Via.
fn of_sender(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let sent_by = |at: usize| {
        let via = call.message(at).values("Via").next()?;
        let host = way::sent_by(via)?.to_ascii_lowercase();
        Some(host.strip_suffix(":5060").unwrap_or(&host).to_owned())
    };
    group.iter().map(|hop| call.hop(*hop)).find_map(|hop| {
        let known = sent_by(*hop.requests.first()?)?;
        let own = sent_by(*hop.responses.first()?)?;
        let is_other = |at: &usize| sent_by(*at).is_some_and(|own| own != known);
        if !hop.responses.iter().all(is_other) {
            return None;
        }
        let parts = ["host and port".to_owned(), own, known];
        let became = became(call, hop, &hop.responses)?;
        said(call, hop, &hop.responses, became, "answer-other-via", parts)
    })
}

/// Returns that responses have the branch of a request and another `CSeq` or tag, or not as many Via values.
fn of_field(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let first = *hop.requests.first()?;
    let (asks, own) = (call.message(first), call.record(first));
    let vias = |at: usize| call.message(at).values("Via").count();
    let is_stray = |at: &usize| {
        let (one, of) = (call.message(*at), call.record(*at));
        let is_there = (of.to, of.from) == (own.from, own.to);
        let is_named = one.cseq() == asks.cseq();
        let is_branch = branch(one) == Some(hop.branch);
        let is_other =
            !is_named || call.from(*at) != hop.from || hop.to.is_some() && call.to(*at) != hop.to;
        let is_meant =
            is_branch && is_other || is_named && own.from.is_some() && vias(*at) != hop.vias;
        one.code() >= Some(101) && is_there && is_meant
    };
    let strays: Vec<usize> = (first..call.all.len()).filter(is_stray).collect();
    let at = *strays.first()?;
    let cseq = |at: usize| call.message(at).value("CSeq").map(text).unwrap_or_default();
    let tag = |tag: Option<String>| tag.map_or_else(|| "missing".to_owned(), |tag| quoted(&tag));
    let fits = |at: &usize| call.code(*at) >= 200 && !strays.contains(at);
    // What shares its branch with its INVITE answers that.
    if hop.is("CANCEL") || hop.responses.iter().any(fits) {
        return None;
    }
    let [part, own, known] = if vias(at) != hop.vias {
        [
            "the number of Via values",
            &vias(at).to_string(),
            &hop.vias.to_string(),
        ]
        .map(str::to_owned)
    } else if call.message(at).cseq() != asks.cseq() {
        ["CSeq".to_owned(), quoted(&cseq(at)), quoted(&cseq(first))]
    } else if call.from(at) != hop.from {
        [
            "the tag in From".to_owned(),
            tag(call.from(at)),
            tag(hop.from.clone()),
        ]
    } else {
        [
            "the tag in To".to_owned(),
            tag(call.to(at)),
            tag(hop.to.clone()),
        ]
    };
    let became = became(call, hop, &strays)?;
    said(
        call,
        hop,
        &strays,
        became,
        "answer-other-field",
        [part, own, known],
    )
}

/// Returns that responses go to another address than the one that the request came from, or come from another one.
fn of_way(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let (request, response) = (*hop.requests.first()?, *hop.responses.first()?);
    let (own, other) = (call.record(request), call.record(response));
    let (asks, asked) = own.from.zip(own.to)?;
    let (answers, answered) = other.from.zip(other.to)?;
    let top = call.message(request).values("Via").next()?;
    let has_rport = parameter(top, b';', "rport").is_some();
    if !is_udp(call, request) {
        return None;
    }
    let (way, rule) = if answered != asks {
        let rule = if has_rport {
            "its Via has rport, so they MUST go back to where it came from".to_owned()
        } else {
            format!(
                "its Via has no rport, so they go to the port that it names, {}",
                way::sent_by(top).unwrap_or_default()
            )
        };
        (format!("go to {answered}, and it came from {asks}"), rule)
    } else if answers != asked && has_rport {
        let rule = "its Via has rport, so they MUST come from where it was sent to";
        (
            format!("come from {answers}, and it was sent to {asked}"),
            rule.to_owned(),
        )
    } else {
        return None;
    };
    let became = became(call, hop, &hop.responses)?;
    said(
        call,
        hop,
        &hop.responses,
        became,
        "answer-other-address",
        [way, rule, String::new()],
    )
}

/// Returns what a client did whose request was answered in vain.
fn became(call: &Call<'_>, hop: &Hop<'_>, responses: &[usize]) -> Option<String> {
    let first = *responses.first()?;
    let again = hop.requests.iter().filter(|at| **at > first).count();
    let finals = responses.iter().filter(|at| call.code(**at) >= 200).count();
    let is_acknowledged = call
        .hops
        .iter()
        .any(|other| other.is("ACK") && other.number == hop.number && other.from == hop.from);
    let is_open = hop.is("INVITE") && finals > AGAIN && !is_acknowledged;
    match (again >= AGAIN, is_open) {
        (true, true) => Some(format!(
            "sent it {} and acknowledged nothing",
            times(hop.requests.len())
        )),
        (true, false) => Some(format!("sent it {}", times(hop.requests.len()))),
        (false, true) => Some(format!("acknowledged none of the {finals} final ones")),
        (false, false) => None,
    }
}

fn said(
    call: &Call<'_>,
    hop: &Hop<'_>,
    responses: &[usize],
    became: String,
    id: &str,
    [part, own, known]: [String; 3],
) -> Option<Found> {
    let (from, to) = call.between(*hop.requests.first()?);
    let values = values![
        ("name", hop.name()),
        ("code", call.code(*responses.first()?).to_string()),
        ("part", part),
        ("own", own),
        ("known", known),
        ("became", became),
        ("from", from),
        ("to", to),
    ];
    let proof: Vec<usize> = hop.requests.iter().chain(responses).copied().collect();
    Found::new(id, &values, &proof).map(Found::that_decides)
}
