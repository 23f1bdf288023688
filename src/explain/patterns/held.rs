//! A call that was held to its end, so that one side heard nothing, or neither.

use super::found::Found;
use super::media::{exchange, session, streams};
use super::order::{Call, Hop, SECOND, lasting};
use crate::explain::call::named;

/// Shorter is the time in which somebody is about to hang up.
const LONG: u64 = 5 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    of(call).into_iter().collect()
}

fn of(call: &Call<'_>) -> Option<Found> {
    // Who transfers a call holds it for that.
    if call.requests(b"REFER").next().is_some() {
        return None;
    }
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let changes = methods.into_iter().flat_map(|method| call.requests(method));
    let changes = changes.filter_map(|hop| Some((hop, exchange(call, hop)?)));
    let (hop, (offer, answer)) = changes.max_by_key(|(_, (_, answer))| *answer)?;
    let success = hop.last(call, 200).filter(|at| call.is_success(*at))?;
    let bye = call.requests(b"BYE").filter_map(Hop::first).min()?;
    let span = call.gap(success, bye).filter(|span| *span >= LONG)?;
    if hop.is_outside() || bye < success {
        return None;
    }
    let direction = |at: usize| {
        let text = session(&call.all[at])?;
        let (of_all, streams) = streams(&text);
        let first = streams.first().filter(|stream| !stream.is_refused())?;
        Some(first.direction(&of_all))
    };
    let (own, known) = (direction(offer)?, direction(answer)?);
    let own = if is_without_address(call, offer) {
        "to 0.0.0.0"
    } else {
        own
    };
    let (offers, answers) = (call.between(offer).0, call.between(answer).0);
    let media = media(own, known, [&offers, &answers])?;
    let (by, did) = match own {
        "sendrecv" if known == "recvonly" => (answers, "sent no media"),
        "sendrecv" => (answers, "held the call"),
        _ => (offers, "held the call"),
    };
    if let Some(how) = stays(call, hop, [offer, answer], [own, known]) {
        let values = [
            ("name", hop.name()),
            ("how", how),
            ("span", lasting(span)),
            ("bye", named(&call.all[bye])),
            ("media", media),
        ];
        return Found::new("hold-kept", &values, &[offer, answer, bye]);
    }
    let values = [
        ("by", by),
        ("did", did.to_owned()),
        ("name", hop.name()),
        ("own", own.to_owned()),
        ("known", known.to_owned()),
        ("span", lasting(span)),
        ("bye", named(&call.all[bye])),
        ("media", media),
    ];
    Found::new("held-to-the-end", &values, &[offer, answer, bye])
}

/// Returns who was to send media, where not both were.
pub(super) fn media(own: &str, known: &str, [offers, answers]: [&str; 2]) -> Option<String> {
    Some(match known {
        "sendrecv" if own == "to 0.0.0.0" => format!("{answers} had no address to send media to"),
        "recvonly" => format!("only {offers} was to send media"),
        "sendonly" => format!("only {answers} was to send media"),
        "inactive" => "neither side was to send media".to_owned(),
        _ => return None,
    })
}

/// Returns that a side keeps on hold what the other one had held and wants back, though it had not held it itself.
fn stays(
    call: &Call<'_>,
    hop: &Hop<'_>,
    [offer, answer]: [usize; 2],
    [own, known]: [&str; 2],
) -> Option<String> {
    let request = *hop.requests.first()?;
    // Who holds sends an offer with that direction.
    let holds = |tag: &Option<String>| {
        let is_hold = |one: &&Hop<'_>| {
            let at = one.requests.first().copied().unwrap_or_default();
            let text = session(&call.all[at]).filter(|_| at < request && one.from == *tag);
            text.is_some_and(|text| {
                let (of_all, streams) = streams(&text);
                let mut said = streams.iter().map(|stream| stream.direction(&of_all));
                let is_held = said.any(|one| matches!(one, "sendonly" | "inactive"));
                is_held || is_without_address(call, at)
            })
        };
        call.hops.iter().find(is_hold).map(Hop::name)
    };
    let (by, other) = (&hop.from, &hop.to);
    let hold = holds(by).filter(|_| holds(other).is_none())?;
    if offer == request && own == "sendrecv" && matches!(known, "recvonly" | "inactive") {
        let by = call.between(answer).0;
        return Some(format!(
            "takes back the hold of {hold} (its offer is sendrecv), and {by}, which had held nothing itself, answers {known} all the same"
        ));
    }
    let is_left = matches!(own, "recvonly" | "inactive") && offer > request;
    let by = call.between(offer).0;
    is_left.then(|| {
        format!(
            "has no offer, so {by} makes it: {own}, as the hold of {hold} had left it, though {by} had held nothing itself"
        )
    })
}

/// Returns whether an offer has the address by which RFC 2543 held a call; with ICE it says nothing.
pub(super) fn is_without_address(call: &Call<'_>, at: usize) -> bool {
    let text = session(&call.all[at]).unwrap_or_default();
    let has = |begins: &str| text.lines().any(|line| line.trim().starts_with(begins));
    has("c=IN IP4 0.0.0.0") && !has("a=ice-") && !has("a=candidate")
}
