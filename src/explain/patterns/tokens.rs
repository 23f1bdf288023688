//! Calls that are refused for the token in their Identity: what does not fit in it, or when it was made.

use super::found::{Found, values};
use super::order::{Call, SECOND, lasting};
use crate::explain::checks;
use crate::explain::finding::Finding;
use crate::explain::looked::Looked;
use crate::explain::passport::Passport;
use crate::explain::words::{clause, text};

/// A verifier takes a token no later than so long after it was made (RFC 8224 section 4.1).
const FRESH: u64 = 60 * SECOND;
/// Times before this, in microseconds since 1970, are those of a clock that was not set.
const SET: u64 = 1_000_000_000 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    // As it came to the element that refused it.
    let hops = group.iter().map(|hop| call.hop(*hop));
    let far = hops
        .filter(|hop| !hop.requests.is_empty())
        .max_by_key(|hop| hop.vias)?;
    let at = *far.requests.first()?;
    let response = call.message(outcome);
    let said = ["Reason", "Warning"].iter();
    let said = said.filter_map(|name| response.value(name));
    let said: Vec<String> = said.chain([response.line]).map(text).collect();
    let is_of_time = said.join(" ").to_ascii_lowercase().contains("stale date");
    if !call.message(at).has("Identity") || !(is_of_time || matches!(code, 436 | 438)) {
        return None;
    }
    let (why, cite) = if is_of_time {
        let (age, side) = age(call, at).filter(|(age, _)| *age > FRESH)?;
        let says = format!(
            "the token in it was made {} {side} it was sent (iat), and a verifier takes 60 s as a rule",
            lasting(age)
        );
        (says, String::new())
    } else {
        let first = fault(call, at, code)?;
        // What follows from it, the code says.
        let says = clause(first.says.split(". ").next().unwrap_or_default());
        (says, format!(" ({})", first.cite))
    };
    let values = values![("why", why), ("cite", cite)];
    Found::told(call, "token-unfit", far, outcome, &values, &[at, outcome])
}

/// Returns what of the token does not fit the call or itself.
fn fault(call: &Call<'_>, at: usize, code: u16) -> Option<Finding> {
    let all = checks::found(&Looked::at(call.message(at)));
    // A 436 is about the certificate that info names.
    let is_it = |one: &Finding| match one.id.as_str() {
        "passport-date" => false,
        "passport-header" | "passport-parameters" => true,
        id => code == 438 && id.starts_with("passport-"),
    };
    // That the numbers differ tells more than how they are written.
    let mut named: Vec<Finding> = all.into_iter().filter(is_it).collect();
    let parties = named
        .iter()
        .position(|one| one.id.as_str() == "passport-parties");
    (!named.is_empty()).then(|| named.swap_remove(parties.unwrap_or_default()))
}

/// Returns how long before a request was sent, or after it, its token was made, in microseconds.
fn age(call: &Call<'_>, at: usize) -> Option<(u64, &'static str)> {
    let sent = call.micros(at).filter(|sent| *sent > SET)?;
    let mut tokens = call.message(at).values("Identity").filter_map(Passport::of);
    let made = tokens.find_map(|token| {
        let made = token.claim("iat")?.trim_matches('"');
        made.parse::<u64>().ok()
    })?;
    let made = made.checked_mul(SECOND)?;
    let side = if made > sent { "after" } else { "before" };
    Some((sent.abs_diff(made), side))
}
