//! Publications: the entity-tag that a PUBLISH has, against the one that it was given.

use super::found::{Found, values};
use super::notified;
use super::order::{Call, Hop, SECOND, lasting};
use super::others::{event, origin};
use super::subscribes::{accepted, expires, longer};
use crate::explain::call::named;
use crate::explain::sorted::sort_by;
use crate::explain::words::{quoted, text, time};
use crate::message::{Message, address};

/// Who begins anew so soon has not been away.
const AT_ONCE: u64 = 5 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let all = call.requests(b"PUBLISH");
    let all = all.flat_map(|hop| {
        let refused = refused(call, hop).or_else(|| longer(call, hop, "publication-longer"));
        [refused, left(call, hop)]
    });
    all.flatten().collect()
}

/// Returns that nothing was published anew after a 412, though its client is there.
fn left(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let outcome = hop.last(call, 300).filter(|at| call.code(*at) == 412)?;
    notified::left(call, "publication-left", hop, outcome, "")
}

/// What a publication before was given.
struct Given {
    tag: String,
    /// What its PUBLISH had as SIP-If-Match.
    had: Option<String>,
    granted: Option<u32>,
    /// The PUBLISH and its response.
    name: String,
    code: u16,
    at: Option<usize>,
    micros: Option<u64>,
}

/// Returns why an entity-tag fits nothing: a later one was given, or what it names had run out.
fn refused(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    let outcome = call.outcome(group).filter(|at| call.code(*at) == 412)?;
    let at = *hop.requests.first()?;
    let own = call.message(at).value("SIP-If-Match").map(text)?;
    let mut before = before(call, at);
    let is_own = |given: &Given| given.tag == own || given.had.as_ref() == Some(&own);
    let last = before.iter().rposition(is_own)?;
    let given = before.swap_remove(last);
    let gap = given.micros.zip(call.micros(at));
    let gap = gap.map(|(before, own)| own.saturating_sub(before));
    let mut values = values![
        ("before", given.name),
        ("code", given.code.to_string()),
        ("own", quoted(&own)),
        ("known", quoted(&given.tag)),
    ];
    let proof: Vec<usize> = given.at.into_iter().chain([at, outcome]).collect();
    if own != given.tag {
        return Found::told(call, "entity-tag-old", hop, outcome, &values, &proof);
    }
    let (granted, gap) = given.granted.zip(gap)?;
    values.push(("granted", time(granted)));
    values.push(("gap", lasting(gap)));
    let is_over = gap > u64::from(granted) * SECOND;
    let id = if is_over {
        "publication-late"
    } else {
        // Whoever publishes anew at once loses nothing by it.
        let again = call.again(hop, outcome);
        let is_mended = again.is_some_and(|again| {
            let is_new = !again.message.has("SIP-If-Match") && again.gap <= Some(AT_ONCE);
            is_new && again.became.is_some_and(|code| code < 300)
        });
        if is_mended {
            return None;
        }
        "publication-lost"
    };
    Found::told(call, id, hop, outcome, &values, &proof).map(Found::that_decides)
}

/// Returns what the publications before a PUBLISH were given, in the order of time.
fn before(call: &Call<'_>, at: usize) -> Vec<Given> {
    let own = call.message(at);
    let same = |other: &Message<'_>| {
        event(other) == event(own) && other.value("To").map(address) == own.value("To").map(address)
    };
    let begins = call.micros(at).unwrap_or_default();
    let there = call.others.iter().filter(|request| {
        let message = &request.message;
        message.is_request()
            && message.method() == b"PUBLISH"
            && same(message)
            && origin(message) == origin(own)
    });
    let there = there.filter_map(|request| {
        let answer = call.answer_to(request)?;
        let is_it = answer.micros < begins && answer.message.code() < Some(300);
        let given = given(&request.message, &answer.message).filter(|_| is_it)?;
        Some(Given {
            micros: Some(answer.micros),
            ..given
        })
    });
    let here = call.requests(b"PUBLISH").filter_map(|other| {
        let (request, outcome) = accepted(call, other)?;
        let is_it = outcome < at && same(call.message(request));
        let given = given(call.message(request), call.message(outcome)).filter(|_| is_it)?;
        Some(Given {
            at: Some(outcome),
            micros: call.micros(outcome),
            ..given
        })
    });
    let mut all: Vec<Given> = there.chain(here).collect();
    sort_by(&mut all, |one, other| one.micros.cmp(&other.micros));
    all
}

fn given(request: &Message<'_>, response: &Message<'_>) -> Option<Given> {
    Some(Given {
        tag: text(response.value("SIP-ETag")?),
        had: request.value("SIP-If-Match").map(text),
        granted: expires(response).or_else(|| expires(request)),
        name: named(request),
        code: response.code()?,
        at: None,
        micros: None,
    })
}
