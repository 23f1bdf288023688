//! Digits that go by INFO and are refused, so that nobody hears them; and refusals against what their own side says.

use super::asks::unlisted;
use super::found::{Found, values};
use super::media::session;
use super::order::{Call, Hop};
use crate::explain::words::{list, text};
use crate::message::Message;

/// Types that bring a digit.
const TYPES: [&[u8]; 3] = [
    b"application/dtmf",
    b"application/dtmf-relay",
    b"audio/telephone-event",
];
/// Codes that name a list, the field of the request that is held against it, and the list.
const LISTS: [(u16, &str, &str); 4] = [
    (415, "Content-Type", "Accept"),
    (415, "Content-Encoding", "Accept-Encoding"),
    (469, "Info-Package", "Recv-Info"),
    (489, "Event", "Allow-Events"),
];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    let against = groups.filter_map(|group| against(call, group));
    of_info(call).into_iter().chain(against).collect()
}

/// Returns the digit that a request brings.
fn digit(call: &Call<'_>, hop: &Hop<'_>) -> Option<String> {
    let message = call.message(*hop.requests.first()?);
    let kind = message.value("Content-Type")?.to_ascii_lowercase();
    let kind = kind.split(|byte| *byte == b';').next()?.trim_ascii();
    let body = text(message.body);
    let named = body
        .split_once("Signal=")
        .map(|(_, rest)| rest.trim_start());
    let named = named.and_then(|rest| rest.split(' ').next());
    let bare = Some(body.as_str()).filter(|body| body.len() == 1);
    (TYPES.contains(&kind) || named.is_some()).then(|| named.or(bare).unwrap_or("?").to_owned())
}

/// Returns whether the last session description of a side has digits in its media; none where it sent none.
fn has_events(call: &Call<'_>, is_own: impl Fn(usize) -> bool) -> Option<bool> {
    let all = call.all.iter().enumerate();
    let own = all.filter(|(at, one)| is_own(*at) && one.cseq().is_some());
    let last = own.filter_map(|(_, one)| session(one)).last()?;
    Some(last.contains("telephone-event/"))
}

fn of_info(call: &Call<'_>) -> Option<Found> {
    let refused = call.requests(b"INFO").filter_map(|hop| {
        let digit = digit(call, hop)?;
        let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
        let outcome = call.outcome(group)?;
        let code = call.code(outcome);
        let is_it = code >= 400 && !matches!(code, 401 | 407 | 408 | 481 | 487 | 491);
        is_it.then_some((hop, digit, outcome))
    });
    let refused: Vec<(&Hop<'_>, String, usize)> = refused.collect();
    let (hop, digit, outcome) = refused.first()?;
    let at = *hop.requests.first()?;
    let count = match refused.len() {
        1 => String::new(),
        count => format!(", as it refused {} more", count - 1),
    };
    // What a side sends, both in requests and responses, by who sent this one.
    let sent = |at: usize, by: &Option<String>| {
        let tag = if call.message(at).is_request() {
            call.from(at)
        } else {
            call.to(at)
        };
        tag == *by
    };
    let own = has_events(call, |at| sent(at, &hop.from));
    let other = has_events(call, |at| sent(at, &hop.to));
    let beside = match (own, other) {
        (Some(true), Some(true)) => {
            "; both session descriptions have telephone-event, by which digits go with the media"
        }
        (_, Some(false)) => {
            "; its session description has no telephone-event, so it takes digits by neither"
        }
        _ => "",
    };
    let kind = call.message(at).value("Content-Type").map(text);
    let values = values![
        ("digit", digit.clone()),
        ("kind", kind.unwrap_or_default()),
        ("count", count),
        ("why", why(call.message(*outcome))),
        ("beside", beside.to_owned()),
    ];
    let proof: Vec<usize> = refused.iter().map(|(.., outcome)| *outcome).collect();
    let proof: Vec<usize> = [at].into_iter().chain(proof.into_iter().take(8)).collect();
    Found::told(call, "digits-refused", hop, *outcome, &values, &proof)
}

/// Returns what a refusal says of INFO.
fn why(response: &Message<'_>) -> String {
    let takes = |name: &str, what: &str| {
        let values: Vec<String> = response.values(name).map(text).collect();
        (!values.is_empty()).then(|| format!("it takes {what} {} only", list(&values)))
    };
    let is_unlisted = response.has("Allow") && !response.lists("Allow", "INFO");
    match response.code() {
        Some(405 | 501) => "it takes no INFO".to_owned(),
        Some(469) => takes("Recv-Info", "the INFO packages")
            .unwrap_or_else(|| "it takes no INFO package".to_owned()),
        _ if is_unlisted => "it takes no INFO".to_owned(),
        _ => takes("Accept", "bodies of")
            .unwrap_or_else(|| "it does not take what this INFO has".to_owned()),
    }
}

/// Returns that a refusal is against what its own side lists, or against what the request has.
fn against(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hop = call.nearest(group)?;
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    // What the element that refuses it got.
    let hops = group.iter().map(|hop| call.hop(*hop));
    let far = hops
        .filter(|far| {
            !far.requests.is_empty() && far.last(call, 200).is_some_and(|at| call.code(at) == code)
        })
        .max_by_key(|far| far.vias)?;
    let at = *far.requests.first()?;
    let (request, response) = (call.message(at), call.message(outcome));
    let (what, told) = match code {
        405 | 501 => listed(call, hop, at, ("Allow", &text(hop.method)))?,
        420 | 421 => {
            let says = tokens(request, response).map(|says| (says, outcome));
            // What is required since the other side lists it.
            let unknown = response.values("Unsupported").map(text).next();
            says.or_else(|| listed(call, hop, at, ("Supported", &unknown?)))?
        }
        469 if !response.has("Recv-Info") => {
            let package = request.value("Info-Package").map(bare)?;
            listed(call, hop, at, ("Recv-Info", &package))?
        }
        _ => {
            let rows = || {
                LISTS
                    .iter()
                    .filter(|(own, field, _)| *own == code && request.has(field))
            };
            // Of several parts or lists each may be the one that is meant.
            let is_open = rows().any(|(_, field, listed)| {
                !response.has(listed) || unlisted(request, field, response, listed).is_some()
            });
            let kind = request.value("Content-Type").unwrap_or_default();
            let is_of_parts = kind.to_ascii_lowercase().starts_with(b"multipart/");
            let is_of_body = code == 415;
            if is_open || is_of_body && (request.body.is_empty() || is_of_parts) {
                return None;
            }
            let (_, field, listed) = rows().next()?;
            let value = request.value(field).map(text).unwrap_or_default();
            (format!("its own {listed} lists {value}"), outcome)
        }
    };
    let values = values![("what", what)];
    Found::told(
        call,
        "refusal-against",
        hop,
        outcome,
        &values,
        &[told, at, outcome],
    )
}

/// Returns that a refusal names extensions that its request does not ask for, or that it has.
fn tokens(request: &Message<'_>, response: &Message<'_>) -> Option<String> {
    let is_unknown = response.code() == Some(420);
    let (field, own) = if is_unknown {
        ("Unsupported", ["Require", "Proxy-Require"])
    } else {
        ("Require", ["Supported", "Require"])
    };
    let all: Vec<String> = response.values(field).map(text).collect();
    let has = |tag: &String| own.iter().any(|name| request.lists(name, tag));
    let is_against = if is_unknown {
        !all.iter().any(has)
    } else {
        all.iter().all(has)
    };
    let says = if is_unknown {
        format!(
            "the request, as it is here, requires no {}, which Unsupported names",
            list(&all)
        )
    } else {
        format!(
            "the request, as it is here, lists {}, which Require demands",
            list(&all)
        )
    };
    (is_against && !all.is_empty()).then_some(says)
}

/// Returns a value without its parameters.
fn bare(value: &[u8]) -> String {
    let bare = value.split(|byte| *byte == b';').next();
    text(bare.unwrap_or_default())
}

/// Returns that the side which refuses something had listed it before, in the same dialog.
fn listed(
    call: &Call<'_>,
    hop: &Hop<'_>,
    request: usize,
    (field, token): (&str, &str),
) -> Option<(String, usize)> {
    let to = hop.to.as_ref()?;
    let mut before = (0..request).rev().filter(|at| {
        let is_own = if call.message(*at).is_request() {
            call.from(*at).as_ref() == Some(to)
        } else {
            call.to(*at).as_ref() == Some(to) && call.from(*at) == hop.from
        };
        is_own && call.message(*at).has(field)
    });
    let told = before.next()?;
    let name = call.said(told);
    let says = format!("{field} of {name}, which came from the same side, lists {token}");
    call.message(told)
        .lists(field, token)
        .then_some((says, told))
}
