//! A 2xx whose ACK waits for somebody else: who connects two others keeps the answer of the first back until the second
//! has answered.

use super::attempts::Attempt;
use super::found::{Found, values};
use super::order::{Call, SECOND, lasting, times};
use crate::explain::call::{named, number, tag};
use crate::explain::words::{short, text};
use crate::message::Message;

/// An ACK comes sooner.
const LONG: u64 = 4 * SECOND;

pub(super) fn found(call: &Call<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.own.is_some());
    own.find_map(|one| withheld(call, one, all))
}

/// Returns where the first stream of a session description is to be sent.
fn port<'a>(message: &Message<'a>) -> Option<&'a [u8]> {
    let mut lines = message.session()?.split(|byte| *byte == b'\n');
    let line = lines.find(|line| line.starts_with(b"m="))?;
    let port = line.split(|byte| *byte == b' ').nth(1)?;
    Some(port).filter(|port| *port != b"0" && *port != b"9")
}

fn withheld(call: &Call<'_>, one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let (answer, at) = one.answer.filter(|_| one.is_success() && one.is_invite())?;
    let of_it = |message: &Message<'_>, method: &[u8]| {
        let is_method = message.cseq().is_some_and(|(_, own)| own == method);
        is_method
            && number(message) == number(one.request)
            && tag(message, "To") == tag(answer, "To")
    };
    let ack = (0..call.all.len()).find(|at| of_it(call.message(*at), b"ACK"));
    let ack = ack.and_then(|ack| call.micros(ack));
    let copies = call.all.iter().enumerate();
    let copies = copies.filter(|(at, message)| call.is_success(*at) && of_it(message, b"INVITE"));
    let copies = copies.map(|(at, _)| at).collect::<Vec<_>>();
    let until = ack.or(one.ends).or(call.last)?;
    let kept = until.checked_sub(at).filter(|kept| *kept >= LONG)?;
    let is_leg = |leg: &&Attempt<'_>| {
        let is_then = leg.micros >= at && leg.micros - at <= 2 * SECOND;
        let is_open = leg.answer.is_none_or(|(_, then)| then + SECOND >= until);
        leg.is_invite()
            && leg.client == one.client
            && leg.call_id() != one.call_id()
            && is_then
            && is_open
            && port(leg.request) == port(answer)
    };
    port(answer)?;
    let leg = all.iter().find(is_leg).filter(|_| copies.len() > 2)?;
    let rang = leg.rang.map_or("waited", |_| "rang");
    let became = match (ack, one.ends) {
        (Some(_), _) => ", until its ACK came".to_owned(),
        (None, Some(end)) => format!(
            " and ended the call {} after the first",
            lasting(end.saturating_sub(at))
        ),
        (None, None) => String::new(),
    };
    let values = values![
        ("name", named(one.request)),
        ("code", one.code()?.to_string()),
        ("from", one.by()),
        ("peer", one.at()),
        ("kept", lasting(kept)),
        ("leg", named(leg.request)),
        ("to", leg.at()),
        ("other", short(&text(leg.call_id()))),
        ("rang", rang.to_owned()),
        ("times", times(copies.len())),
        ("became", became),
    ];
    let proof: Vec<usize> = one.proof().into_iter().chain(copies).collect();
    Found::new("ack-withheld", &values, &proof).map(Found::that_decides)
}
