//! Offers inside a call held against what their sender had said before: its streams, and its o= line.

use super::found::{Found, values};
use super::media::{session, streams};
use super::order::{Call, Hop};

/// Returns in which way an offer inside a call does not fit what its sender had said before.
pub(super) fn offer_unfit(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    call.record(request).from?;
    let new = session(call.message(request)).filter(|_| !hop.is_outside())?;
    let before = before(call, hop, request)?;
    let old = session(call.message(before))?;
    let count = |text: &str| streams(text).1.len();
    let how = if count(&new) < count(&old) {
        format!(
            "has {} m= lines, and its sender had {} before: a stream is never left out, its port becomes 0",
            count(&new),
            count(&old)
        )
    } else if origin(&new).is_some() && origin(&new) == origin(&old) && rest(&new) != rest(&old) {
        "changes the session description and keeps the version of its o= line, which MUST go up by one: the other side may take it for no change".to_owned()
    } else if let Some(how) = mapped_anew([&old, &new]) {
        how
    } else {
        other_session(call, hop, [&old, &new])?
    };
    let values = values![
        ("name", hop.name()),
        ("how", how),
        ("from", call.between(request).0),
    ];
    Found::new("offer-unfit", &values, &[before, request])
}

/// Returns the tag of the side that sent a message.
pub(super) fn sender(call: &Call<'_>, at: usize) -> Option<String> {
    if call.message(at).is_request() {
        call.from(at)
    } else {
        call.to(at)
    }
}

/// Returns the last session description of the sender of a request before it, at the same place.
fn before(call: &Call<'_>, hop: &Hop<'_>, request: usize) -> Option<usize> {
    let here = call.record(request).from;
    let is_own = |at: &usize| {
        let is_it = sender(call, *at) == hop.from && call.record(*at).from == here;
        is_it
            && call.code(*at) < 300
            && !is_refused(call, *at)
            && session(call.message(*at)).is_some()
    };
    (0..request).rev().find(is_own)
}

/// Returns a session description but for the line that counts its versions.
fn rest(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("o="));
    lines.map(str::to_owned).collect()
}

/// Returns whether a request changes nothing of the session: it describes none, or that which its sender had described last.
pub(super) fn is_kept(call: &Call<'_>, hop: &Hop<'_>, request: usize) -> bool {
    let Some(new) = session(call.message(request)) else {
        return true;
    };
    let old = before(call, hop, request).and_then(|at| session(call.message(at)));
    old.is_some_and(|old| rest(&old) == rest(&new))
}

/// Returns that a number of a stream stands for another codec than before.
fn mapped_anew([old, new]: [&str; 2]) -> Option<String> {
    let (of_old, of_new) = (streams(old).1, streams(new).1);
    let mut pairs = of_old.iter().zip(&of_new);
    pairs.find_map(|(before, after)| {
        let is_live = !before.is_refused() && !after.is_refused();
        let mut known = before.values(&[], "a=rtpmap:").filter_map(|line| line.split_once(' '));
        known.find_map(|(number, codec)| {
            let is_dynamic = number.parse().is_ok_and(|number: u8| number >= 96);
            let mut own = after.values(&[], "a=rtpmap:").filter_map(|line| line.split_once(' '));
            let (_, other) = own.find(|(own, _)| *own == number)?;
            let name = |codec: &str| codec.split('/').next().unwrap_or_default().to_ascii_lowercase();
            let is_other = name(other) != name(codec);
            (is_live && is_dynamic && is_other).then(|| {
                format!(
                    "gives the number {number} to {other}, and its sender had {codec} there before: a number keeps its codec as long as the session lasts"
                )
            })
        })
    })
}

/// Returns the session id of an o= line, and its version.
fn origin(text: &str) -> Option<(String, u64)> {
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("o="))?;
    let words: Vec<&str> = line.split(' ').collect();
    Some(((*words.get(1)?).to_owned(), words.get(2)?.parse().ok()?))
}

/// Returns whether a request was refused, so that its offer counts for nothing.
fn is_refused(call: &Call<'_>, at: usize) -> bool {
    let mut hops = call.hops.iter();
    let own = hops.find(|hop| hop.requests.contains(&at));
    let last = own.and_then(|hop| hop.last(call, 200));
    last.is_some_and(|last| call.code(last) >= 300)
}

/// Returns that an offer which was refused has the o= line of another session than its sender had before, or an older one.
fn other_session(call: &Call<'_>, hop: &Hop<'_>, [old, new]: [&str; 2]) -> Option<String> {
    let code = call.code(hop.last(call, 300)?);
    let ((known, before), (own, version)) = (origin(old)?, origin(new)?);
    if !matches!(code, 400 | 488 | 500 | 606) {
        None
    } else if known != own {
        Some(format!(
            "was refused with {code}; its o= line has the session id {own}, and its sender had {known} before in this call: only the version there may change"
        ))
    } else if version < before {
        Some(format!(
            "was refused with {code}; its o= line has the version {version}, and its sender had {before} before: it goes up by one with each change"
        ))
    } else {
        None
    }
}
