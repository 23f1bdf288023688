//! What an element between two legs of a call does by itself: it refuses a change that the other leg is not asked for, keeps
//! ringing back, and takes digits away.

use super::attempts::Attempt;
use super::fax::GIVES_UP;
use super::found::{Found, values};
use super::legs::{further, nearer};
use super::order::{SECOND, lasting};
use crate::explain::call::{named, tag};
use crate::explain::offer::Offered;
use crate::explain::words::{list, short, text};
use crate::message::Message;

/// What a refusal of a change has to be about.
const CODES: [u16; 8] = [403, 405, 406, 415, 488, 501, 603, 606];
/// In this time what rings is passed on.
const LONG: u64 = 2 * SECOND;

/// Returns what it does in the call.
pub(super) fn found(all: &[Attempt<'_>]) -> Vec<Found> {
    let Some(one) = all.iter().find(|one| {
        let is_own = one.own.is_some() && one.is_invite();
        is_own && !one.is_step()
    }) else {
        return Vec::new();
    };
    let (near, far, by) = match (further(one, all), nearer(one, all)) {
        (Some(far), _) => (one, far, &far.client),
        (None, Some(near)) => (near, one, &one.client),
        (None, None) => return Vec::new(),
    };
    let pair = Pair { one, near, far, by };
    [pair.silent(), pair.without_events(all), pair.kept(all)]
        .into_iter()
        .flatten()
        .collect()
}

/// Two legs of which one became of the other; one of them is the call.
struct Pair<'b, 'a> {
    one: &'b Attempt<'a>,
    near: &'b Attempt<'a>,
    far: &'b Attempt<'a>,
    by: &'b str,
}

fn has_events(message: &Message<'_>) -> Option<bool> {
    let text = String::from_utf8_lossy(message.session()?);
    Some(text.contains("telephone-event"))
}

impl Pair<'_, '_> {
    fn found(&self, id: &str, more: &[(&'static str, String)]) -> Option<Found> {
        let mut values = values![
            ("name", self.near.name()),
            ("from", self.near.by()),
            ("by", self.far.by()),
            ("leg", self.far.name()),
            ("to", self.far.at()),
        ];
        values.extend_from_slice(more);
        Found::new(id, &values, &self.one.proof())
    }

    /// Returns that the far side rings, and the caller gets neither that nor early media.
    fn silent(&self) -> Option<Found> {
        let (near, rings) = (self.near, self.far.rings?);
        let ends = near.answer.map_or(u64::MAX, |(_, at)| at);
        let is_long = ends.saturating_sub(rings) > LONG;
        let is_silent = near.rings.is_none() && near.early.is_none() && near.rang.is_some();
        (is_silent && is_long).then(|| self.found("ringing-dropped", &[]))?
    }

    /// Returns that digits are agreed on with one side, and not with the other, which offers them.
    fn without_events(&self, all: &[Attempt<'_>]) -> Option<Found> {
        let (near, far) = (self.near, self.far);
        let (told, heard) = (near.answer?.0, far.answer?.0);
        let has_digits = |other: &Attempt<'_>| {
            let id = other.call_id();
            other.request.method() == b"INFO" && (id == near.call_id() || id == far.call_id())
        };
        let is_both = near.is_success() && far.is_success();
        if !is_both || has_events(near.request) != Some(true) || all.iter().any(has_digits) {
            return None;
        }
        let how = if has_events(heard) == Some(true) && has_events(told) == Some(false) {
            format!(
                "agreed on it with {}, and left it out of its answer",
                far.at()
            )
        } else if has_events(far.request) == Some(false) {
            let is_usual = |other: &&Attempt<'_>| {
                let takes = other.answer.and_then(|(answer, _)| has_events(answer));
                other.is_on_way(far) && takes == Some(true) && other.is_success()
            };
            let usual = all.iter().find(is_usual)?;
            format!(
                "offers none in {}, though {} took it in {}",
                far.name(),
                far.at(),
                usual.name()
            )
        } else {
            return None;
        };
        self.found("events-dropped", &values![("how", how)])
    }

    /// Returns that the element between refused a change of the session without asking on its other leg.
    fn kept(&self, all: &[Attempt<'_>]) -> Option<Found> {
        let leg = if self.one.call_id() == self.near.call_id() {
            self.far
        } else {
            self.near
        };
        let is_change = |other: &Attempt<'_>| {
            let method = other.request.method();
            let is_it = method == b"INVITE" || method == b"UPDATE";
            is_it && tag(other.request, "To").is_some()
        };
        let kept = all.iter().find_map(|change| {
            let (answer, ends) = change.answer.filter(|_| change.own.is_some())?;
            let code = answer.code().filter(|code| CODES.contains(code))?;
            let offered = Offered::of(change.request)?;
            let is_asked = all.iter().any(|other| {
                let is_then = (change.micros..=ends).contains(&other.micros);
                is_change(other) && is_then && other.call_id() == leg.call_id()
            });
            let is_up = leg.is_success() && leg.is_up(change.micros);
            let is_it = is_change(change) && is_up && !is_asked && change.server == self.by;
            is_it.then_some((change, code, offered))
        });
        let (change, code, offered) = kept?;
        let values = values![
            ("change", named(change.request)),
            ("code", code.to_string()),
            ("kinds", list(&offered.kinds)),
            ("took", lasting(change.took()?)),
            ("known", short(&text(leg.call_id()))),
        ];
        // It may do so by its configuration: a fault is what failed by it.
        let (_, ends) = change.answer?;
        let then = || {
            let of_call = all.iter().filter(|one| one.call_id() == change.call_id());
            of_call.filter(|one| one.micros > ends)
        };
        let is_soon =
            |one: &Attempt<'_>| one.request.method() == b"BYE" && one.micros < ends + GIVES_UP;
        let is_mended = then().any(|one| is_change(one) && one.is_success());
        let is_fax = offered.kinds.iter().any(|kind| kind == "image");
        if !is_fax || is_mended || !then().any(is_soon) {
            let mut found = self.found("change-unasked", &values)?;
            found.proof = change.proof();
            return Some(found);
        }
        let mut found = self.found("change-kept", &values)?;
        found.proof = change.proof();
        Some(found.that_decides())
    }
}
