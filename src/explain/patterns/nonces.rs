//! Challenges by servers in turn, where the nonce of one is brought to another, which does not know it.

use super::attempts::{Attempt, attempts, distinct};
use super::digests::{Digest, asked, brought};
use super::found::{Found, values};
use super::order::{Call, times};
use crate::explain::words::{list, quoted, text};

/// So often it is no chance.
const OFTEN: usize = 2;

/// A request whose nonce another server had given, and that is challenged anew.
struct Elsewhere<'b, 'a> {
    one: &'b Attempt<'a>,
    given: &'b Attempt<'a>,
    nonce: String,
    is_stale: bool,
}

/// Returns what a challenge of a request asks for.
fn challenge(one: &Attempt<'_>) -> Option<(u16, Digest)> {
    let (answer, _) = one.answer?;
    let code = answer.code().filter(|code| matches!(code, 401 | 407))?;
    Some((code, asked(answer, code)))
}

pub(super) fn found(call: &Call<'_>) -> Option<Found> {
    let is_challenge = |at: &usize| matches!(call.code(*at), 401 | 407);
    if (0..call.all.len()).filter(is_challenge).count() < OFTEN + 1 {
        return None;
    }
    let all = attempts(call);
    let each: Vec<Elsewhere<'_, '_>> = all.iter().filter_map(|one| elsewhere(one, &all)).collect();
    let last = each.last().filter(|_| each.len() >= OFTEN)?;
    let method = last.one.request.method();
    let own = || {
        all.iter()
            .filter(|one| one.own.is_some() && one.request.method() == method)
    };
    if own().any(|one| one.is_success() && one.micros > each[0].one.micros) {
        return None;
    }
    let stale = each.iter().filter(|one| one.is_stale).count();
    let stale = match stale {
        0 => String::new(),
        _ => " with stale=true".to_owned(),
    };
    let servers = distinct(&mut own().map(Attempt::at));
    let proof: Vec<usize> = each.iter().flat_map(|one| one.one.proof()).collect();
    let given: Vec<usize> = each.iter().flat_map(|one| one.given.proof()).collect();
    let values = values![
        ("name", last.one.name()),
        ("nonce", quoted(&last.nonce)),
        ("before", last.given.name()),
        ("first", last.given.at()),
        ("second", last.one.at()),
        ("code", last.one.code()?.to_string()),
        ("stale", stale),
        ("times", times(each.len())),
        ("count", own().count().to_string()),
        ("method", text(method)),
        ("from", last.one.by()),
        ("servers", list(&servers)),
    ];
    let found = Found::new("nonce-elsewhere", &values, &[proof, given].concat());
    found.map(Found::that_decides)
}

/// Returns that a request of the call brings the nonce of another server than the one that challenges it.
fn elsewhere<'b, 'a>(one: &'b Attempt<'a>, all: &'b [Attempt<'a>]) -> Option<Elsewhere<'b, 'a>> {
    let (code, new) = challenge(one).filter(|_| one.own.is_some())?;
    let own = brought(one.request, code, &new.realm)?;
    if own.nonce.is_empty() || own.nonce == new.nonce {
        return None;
    }
    let is_giver = |other: &&Attempt<'_>| {
        other.micros < one.micros
            && challenge(other).is_some_and(|(_, asked)| asked.nonce == own.nonce)
    };
    let givers = all.iter().filter(is_giver);
    // A proxy passes a challenge on as it got it.
    if givers.clone().any(|other| other.server == one.server) {
        return None;
    }
    let given = givers
        .into_iter()
        .rfind(|other| other.client == one.client)?;
    Some(Elsewhere {
        one,
        given,
        nonce: own.nonce,
        is_stale: new.is_stale,
    })
}
