//! What went wrong at the other leg of a call, where its caller is told no more than a code.

use super::attempts::Attempt;
use super::digests::asked;
use super::found::{Found, values};
use super::legs::ON;
use super::order::{Call, lasting};
use crate::calls::Recorded;
use crate::catalog::PatternKind;
use crate::explain::call::{has_credentials, named, tag};
use crate::explain::words::{quoted, short, text};
use crate::message::Message;

/// What another call shows, each with when it began.
pub(super) type Shown = Vec<(Found, u64)>;

/// Returns what another call shows by itself.
pub(super) fn shown(call: &Call<'_>, id: &[u8], found: fn(&Call<'_>) -> Vec<Found>) -> Shown {
    let of = call.others.iter();
    let of = of.filter(|other| other.message.value("Call-ID") == Some(id));
    let recorded: Vec<Recorded> = of.map(|other| other.recorded.clone()).collect();
    let all: Vec<Message<'_>> = recorded.iter().map(|one| Message::of(&one.bytes)).collect();
    let other = Call::new(&recorded, &all, call.last);
    let found = found(&other).into_iter();
    found
        .filter_map(|found| {
            let begins = found
                .proof
                .iter()
                .filter_map(|at| other.micros(*at))
                .min()?;
            Some((found, begins))
        })
        .collect()
}

/// Returns why the other leg of a call failed, if that is why it was refused.
pub(super) fn found(
    one: &Attempt<'_>,
    leg: &Attempt<'_>,
    all: &[Attempt<'_>],
    shown: &dyn Fn(&[u8]) -> Shown,
) -> Option<Found> {
    let (_, sent) = one.answer.filter(|_| one.is_refused())?;
    leg.heard.filter(|heard| *heard <= sent)?;
    let values = values![
        ("name", named(one.request)),
        ("code", one.code()?.to_string()),
        ("by", leg.by()),
        ("to", leg.at()),
        ("leg", named(leg.request)),
        ("known", short(&text(leg.call_id()))),
    ];
    let shown = shown(leg.call_id());
    let faults = || {
        let is_then = |(found, begins): &&(Found, u64)| {
            found.pattern.kind == PatternKind::Fault && *begins <= sent + ON
        };
        shown.iter().filter(is_then).map(|(found, _)| found)
    };
    // What does not decide the leg may be a fault beside its refusal.
    let fault = faults().find(|fault| fault.decides);
    let fault = fault.or_else(|| faults().next().filter(|_| leg.is_success()));
    if let Some(fault) = fault {
        let found = Found::new("leg-fault", &values, &one.proof())?;
        return Some(found.since(fault).that_decides());
    }
    hung_up(one, leg, all, &values)
}

/// Returns that an element refused a call since it had no answer to the challenge of the next one.
pub(super) fn challenged(
    own: &Attempt<'_>,
    near: &Attempt<'_>,
    leg: &Attempt<'_>,
    all: &[Attempt<'_>],
) -> Option<Found> {
    let other = leg.code().filter(|code| matches!(code, 401 | 407))?;
    let (answer, got) = leg.answer?;
    // Who is asked in turn is to answer himself.
    let (_, sent) = near.answer.filter(|_| near.is_refused())?;
    let is_soon = sent.checked_sub(got).is_some_and(|gap| gap <= ON);
    // What brings credentials, or tries again, is another request of the same call.
    let mut again = all.iter().filter(|one| {
        one.client == leg.client
            && one.micros > got
            && (one.is_of(leg) || has_credentials(one.request))
    });
    if !is_soon || near.call_id() == leg.call_id() || again.any(|one| one.micros <= sent + ON) {
        return None;
    }
    let values = values![
        ("name", near.name()),
        ("code", near.code()?.to_string()),
        ("by", leg.by()),
        ("to", leg.at()),
        ("leg", named(leg.request)),
        ("known", short(&text(leg.call_id()))),
        ("other", other.to_string()),
        ("realm", quoted(&asked(answer, other).realm)),
    ];
    Found::new("leg-challenged", &values, &own.proof()).map(Found::that_decides)
}

/// Returns that an element ended at once what was answered, and refused the call for which it had asked.
fn hung_up(
    one: &Attempt<'_>,
    leg: &Attempt<'_>,
    all: &[Attempt<'_>],
    values: &[(&'static str, String)],
) -> Option<Found> {
    let (_, answered) = leg.answer.filter(|_| leg.is_success())?;
    let bye = all.iter().find(|other| {
        other.request.method() == b"BYE"
            && other.call_id() == leg.call_id()
            && tag(other.request, "From") == tag(leg.request, "From")
    })?;
    let gap = bye.micros.checked_sub(answered)?;
    let told = one.answer?.1.abs_diff(bye.micros);
    if gap > ON || told > ON {
        return None;
    }
    let mut values = values.to_vec();
    values.extend([
        ("bye", named(bye.request)),
        ("other", leg.code()?.to_string()),
        ("gap", lasting(gap)),
    ]);
    Found::new("leg-hung-up", &values, &one.proof()).map(Found::that_decides)
}
