//! A change of the session that is refused leaves the session as it was: who ends the call for it gives up what is there,
//! as where a fax could go on over the audio.

use super::found::{Found, values};
use super::media::session;
use super::order::{Call, Hop, SECOND, lasting};

/// A fax machine gives up in this time.
pub(super) const GIVES_UP: u64 = 10 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let changes = methods.into_iter().flat_map(|method| call.requests(method));
    changes.filter_map(|hop| of(call, hop)).take(1).collect()
}

/// Returns the port of the stream of a fax in a session description.
fn image(call: &Call<'_>, at: usize) -> Option<String> {
    let session = session(call.message(at))?;
    let mut lines = session
        .lines()
        .filter_map(|line| line.strip_prefix("m=image "));
    lines
        .find_map(|line| line.split(' ').next())
        .map(str::to_owned)
}

fn of(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let at = *hop.requests.first()?;
    session(call.message(at)).filter(|_| !hop.is_outside())?;
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    let is_fax = image(call, at).is_some_and(|port| port != "0");
    let is_closed = is_fax && image(call, outcome).is_some_and(|port| port == "0");
    let is_refused = match code {
        200..300 => is_closed && !has_audio(call, outcome),
        code => matches!(code, 403 | 415 | 488 | 500..=503 | 580 | 600..=606),
    };
    let bye = call
        .requests(b"BYE")
        .find(|bye| bye.first() > Some(outcome))?;
    let end = *bye.requests.first()?;
    let gap = call.gap(outcome, end)?;
    if !is_fax || !is_refused || gap > GIVES_UP || is_mended(call, outcome) {
        return None;
    }
    let (how, left) = words(is_closed, code);
    let values = values![
        ("how", how),
        ("bye", bye.name()),
        ("by", call.between(end).0),
        ("gap", lasting(gap)),
        ("left", left.to_owned()),
    ];
    let proof = [at, outcome, end];
    Found::told(call, "fax-given-up", hop, outcome, &values, &proof)
}

/// Returns how it was refused, and what is left.
fn words(is_closed: bool, code: u16) -> (String, &'static str) {
    if is_closed {
        let how = format!("accepted it with {code} and refused its stream (port 0)");
        return (
            how,
            "the call then has no media at all, until another re-INVITE brings the audio back",
        );
    }
    (
        format!("refused it with {code}"),
        "after a refusal the session stays as it was, so the fax could have gone on over the audio",
    )
}

/// Returns whether a change that was accepted after a refusal is the way back.
fn is_mended(call: &Call<'_>, outcome: usize) -> bool {
    let mut later = call.hops.iter().filter(|other| {
        let is_change = (other.is("INVITE") || other.is("UPDATE")) && !other.is_outside();
        is_change && other.first() > Some(outcome)
    });
    later.any(|other| other.last(call, 200).is_none_or(|at| call.is_success(at)))
}

/// Returns whether a session description has a stream of sound that is taken.
fn has_audio(call: &Call<'_>, at: usize) -> bool {
    let session = session(call.message(at)).unwrap_or_default();
    let mut lines = session
        .lines()
        .filter_map(|line| line.strip_prefix("m=audio "));
    lines.any(|line| !line.starts_with("0 "))
}
