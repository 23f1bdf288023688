//! Offers that were refused without a reason, held against those that the same side took in other calls: what it takes is
//! not the cause, and what differs may be.

use core::net::SocketAddr;

use super::found::Found;
use super::order::{Call, Hop};
use super::others::{Other, origin, user};
use crate::explain::call::{named, tag};
use crate::explain::offer::Offered;
use crate::explain::words::list;
use crate::message::Message;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let refused = call.groups.iter().filter_map(|group| {
        let hop = call.nearest(group).filter(|hop| hop.is("INVITE"))?;
        let outcome = call.outcome(group)?;
        let is_of_media = matches!(call.code(outcome), 406 | 488 | 606);
        // A Warning says it itself.
        let is_open = is_of_media && hop.is_outside() && !call.all[outcome].has("Warning");
        is_open.then(|| of(call, hop, outcome))?
    });
    refused.collect()
}

/// What a side took, or offers itself.
struct Taken {
    /// "accepted INVITE 2 of another call".
    by: String,
    offered: Offered,
    /// The codecs of its answer.
    codecs: Vec<String>,
}

fn of(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<Found> {
    let request = *hop.requests.first()?;
    let own = Offered::of(&call.all[request])?;
    let server = call.recorded[request].to?;
    let all = call.others.iter();
    let taken: Vec<(Taken, Vec<String>)> = all
        .filter_map(|other| {
            let taken = accepted(call, &call.all[request], other, server)
                .or_else(|| told(call, other, server))?;
            let differs = differs(&own, &taken);
            Some((taken, differs))
        })
        .collect();
    let (taken, differs) = taken.iter().min_by_key(|(_, differs)| differs.len())?;
    let id = if differs.is_empty() {
        "offer-alike"
    } else {
        "offer-differs"
    };
    let values = [
        ("other", taken.by.clone()),
        ("taken", list(&taken.codecs)),
        ("profile", taken.offered.profile.clone()),
        ("differs", differs.join("; ")),
    ];
    let proof = [request, outcome];
    Found::told(call, id, hop, outcome, &values, &proof).map(Found::that_decides)
}

/// Returns an offer to the same server that was accepted, of the same client or for the same address.
fn accepted(
    call: &Call<'_>,
    own: &Message<'_>,
    other: &Other<'_>,
    server: SocketAddr,
) -> Option<Taken> {
    let message = &other.message;
    let is_there = other.to.is_some_and(|to| to.ip() == server.ip());
    let is_invite = message.is_request() && message.method() == b"INVITE";
    let is_like = origin(message) == origin(own) || user(message, "To") == user(own, "To");
    if !is_there || !is_invite || !is_like || tag(message, "To").is_some() {
        return None;
    }
    let answer = call.answer_to(other)?;
    let codecs = Offered::of(&answer.message).map(|one| one.voices);
    let is_accepted = answer.message.code() < Some(300);
    is_accepted.then(|| {
        let offered = Offered::of(message)?;
        Some(Taken {
            by: format!("accepted {} of another call", named(message)),
            codecs: codecs.unwrap_or_else(|| offered.voices.clone()),
            offered,
        })
    })?
}

/// Returns what a server offers itself, or tells of itself in its answer to OPTIONS.
fn told(call: &Call<'_>, other: &Other<'_>, server: SocketAddr) -> Option<Taken> {
    let message = &other.message;
    let is_own = origin(message).is_some_and(|host| host == server.ip().to_string());
    let is_there = other.to.is_some_and(|to| to.ip() == server.ip());
    let (by, told) = match message.method() {
        _ if !message.is_request() => return None,
        b"INVITE" if is_own => (
            format!("sent {} of another call itself", named(message)),
            message,
        ),
        b"OPTIONS" if is_there => {
            let answer = call.answer_to(other).map(|one| &one.message)?;
            (
                format!("answered {} of another call", named(message)),
                answer,
            )
        }
        _ => return None,
    };
    let offered = Offered::of(told)?;
    Some(Taken {
        by,
        codecs: offered.voices.clone(),
        offered,
    })
}

/// Returns in what an offer differs from one that was taken, so that it may be the cause.
fn differs(own: &Offered, taken: &Taken) -> Vec<String> {
    let name = |codec: &String| {
        let name = codec.split('/').next().unwrap_or_default();
        name.to_ascii_lowercase()
    };
    let known: Vec<String> = taken.codecs.iter().map(name).collect();
    let other = &taken.offered;
    let mut all = Vec::new();
    if !known.is_empty() && !own.voices.iter().any(|codec| known.contains(&name(codec))) {
        all.push(format!(
            "the codecs are {} here, and {} there",
            list(&own.voices),
            list(&taken.codecs)
        ));
    }
    if own.guard != other.guard {
        all.push(format!(
            "the media is {} here ({}), and {} there ({})",
            own.guarded(),
            own.profile,
            other.guarded(),
            other.profile
        ));
    } else if own.profile != other.profile {
        all.push(format!(
            "the profile is {} here, and {} there",
            own.profile, other.profile
        ));
    }
    if own.kinds.iter().any(|kind| !other.kinds.contains(kind)) {
        all.push(format!(
            "the streams are {} here, and {} there",
            list(&own.kinds),
            list(&other.kinds)
        ));
    }
    if own.is_ip6 != other.is_ip6 {
        let version = |is_ip6| if is_ip6 { "IPv6" } else { "IPv4" };
        all.push(format!(
            "the media goes by {} here, and by {} there",
            version(own.is_ip6),
            version(other.is_ip6)
        ));
    }
    all
}
