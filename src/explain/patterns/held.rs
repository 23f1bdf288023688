//! A call that was held to its end, so that one side heard nothing, or neither.

use super::found::{Found, values};
use super::media::{exchange, session, streams};
use super::order::{Call, Hop, SECOND, lasting};
use super::refer;
use crate::explain::call::named;
use crate::explain::words::{self, short};
use crate::message::address;

/// Shorter is the time in which somebody is about to hang up.
const LONG: u64 = 5 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let left = call.requests(b"REFER").find_map(|refer| left(call, refer));
    left.or_else(|| of(call)).into_iter().collect()
}

/// Returns that whoever asked for a transfer that failed did not take back the side that it had put on hold for that.
fn left(call: &Call<'_>, refer: &Hop<'_>) -> Option<Found> {
    let request = *refer.requests.first()?;
    let failed = call.requests(b"NOTIFY").find_map(|notify| {
        let at = notify
            .first()
            .filter(|at| *at > request && notify.to == refer.from)?;
        let status = refer::status(call.message(at).body)?;
        (status.as_str() >= "3" && status.as_str() < "7").then_some((at, status))
    });
    let (notify, status) = failed?;
    let methods: [&[u8]; 3] = [b"INVITE", b"UPDATE", b"REFER"];
    let all = || methods.iter().flat_map(|method| call.requests(method));
    let changes = all().filter(|hop| hop.first() < Some(request) && !hop.is("REFER"));
    let (hold, (offer, _)) = changes
        .filter_map(|hop| Some((hop, exchange(call, hop)?)))
        .max_by_key(|(_, (_, answer))| *answer)?;
    let text = session(call.message(offer))?;
    let (of_all, streams) = streams(&text);
    let mut said = streams.iter().map(|stream| stream.direction(&of_all));
    let is_held = said.any(|one| matches!(one, "sendonly" | "inactive"));
    let is_held = is_held || is_without_address(call, offer);
    let bye = call
        .requests(b"BYE")
        .filter_map(Hop::first)
        .find(|at| *at > notify);
    let span = match bye {
        Some(bye) => call.gap(notify, bye),
        None => call.rest(notify),
    };
    let span = span.filter(|span| *span >= 3 * LONG)?;
    let is_gone = call.requests(b"BYE").any(|bye| bye.first() < Some(notify));
    if !is_held || is_gone || hold.from != refer.from || all().any(|hop| hop.first() > Some(notify))
    {
        return None;
    }
    let (by, other) = call.between(request);
    let until = bye.map(|bye| {
        format!(
            ", until {} of {}",
            named(call.message(bye)),
            call.between(bye).0
        )
    });
    let aim = call.message(request).value("Refer-To").unwrap_or_default();
    let values = values![
        ("notify", named(call.message(notify))),
        ("by", by),
        ("other", other),
        ("name", refer.name()),
        ("status", short(&status)),
        ("hold", hold.name()),
        ("span", lasting(span)),
        ("until", until.unwrap_or_default()),
        ("target", short(&words::text(address(aim)))),
    ];
    Found::new("transfer-held", &values, &[offer, request, notify])
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
        let text = session(call.message(at))?;
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
        let values = values![
            ("name", hop.name()),
            ("how", how),
            ("span", lasting(span)),
            ("bye", named(call.message(bye))),
            ("media", media),
        ];
        return Found::new("hold-kept", &values, &[offer, answer, bye]);
    }
    let values = values![
        ("by", by),
        ("did", did.to_owned()),
        ("name", hop.name()),
        ("own", own.to_owned()),
        ("known", known.to_owned()),
        ("span", lasting(span)),
        ("bye", named(call.message(bye))),
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
            let text = session(call.message(at)).filter(|_| at < request && one.from == *tag);
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
    let text = session(call.message(at)).unwrap_or_default();
    let has = |begins: &str| text.lines().any(|line| line.trim().starts_with(begins));
    has("c=IN IP4 0.0.0.0") && !has("a=ice-") && !has("a=candidate")
}
