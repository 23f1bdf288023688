//! Challenges: not answered, answered with what was refused, refused again, or met.

use super::aka;
use super::digests::{Digest, asked, beside, brought, counted, misplaced, of_user, unfit};
use super::found::{Found, values};
use super::nonces;
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting};
use super::rounds;
use crate::explain::call::has_credentials;
use crate::explain::words::{list, quoted, text};
use crate::message::parameters;

/// A machine answers a challenge before.
const LATER: u64 = 5 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut refused = 0;
    if let Some(found) = nonces::found(call).or_else(|| rounds::found(call)) {
        return vec![found];
    }
    let groups = call.groups.iter().filter(|group| {
        let hop = call.hop(group[0]);
        !hop.is("ACK") && !hop.is("CANCEL")
    });
    for group in groups {
        let of_sim = aka::found(call, group);
        let Some(one) = of_sim.or_else(|| of(call, group, &mut refused)) else {
            continue;
        };
        // What goes on in the same way is said once, as it was last.
        let id = one.pattern.id.as_str();
        all.retain(|known| known.pattern.id.as_str() != id);
        all.push(one);
    }
    // A loop is told by its end.
    if all
        .iter()
        .any(|one| one.pattern.id.as_str() == "credentials-refused")
    {
        all.retain(|one| one.pattern.id.as_str() != "challenge-met");
    }
    all
}

fn of(call: &Call<'_>, group: &[usize], refused: &mut usize) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    let hop = call.nearest(group)?;
    if !matches!(code, 401 | 407) {
        return None;
    }
    let asked = asked(call.message(outcome), code);
    let request = *hop.requests.first()?;
    if let Some(found) = of_refusal(call, hop, request, outcome, refused) {
        return Some(found);
    }
    if let Some(found) = counted(call, hop, outcome) {
        return Some(found);
    }
    let Some(next) = next(call, hop) else {
        return unanswered(call, hop, outcome, &asked);
    };
    let again = *next.requests.first()?;
    let Some(own) = brought(call.message(again), code, &asked.realm) else {
        let found = misplaced(call, [hop, next], outcome, &asked);
        return found.or_else(|| ignored(call, [hop, next], outcome, &asked));
    };
    let before = brought(call.message(request), code, &asked.realm);
    if asked.is_stale
        && own.nonce != asked.nonce
        && before
            .as_ref()
            .is_some_and(|before| before.nonce == own.nonce)
    {
        let values = values![
            ("name", hop.name()),
            ("code", code.to_string()),
            ("again", next.name()),
            ("own", quoted(&own.nonce)),
            ("known", quoted(&asked.nonce)),
        ];
        let proof = [request, outcome, again];
        return Found::new("stale-ignored", &values, &proof).map(Found::that_decides);
    }
    if before
        .as_ref()
        .is_some_and(|before| *before == own && !own.response.is_empty())
    {
        let values = values![("name", next.name()), ("code", code.to_string())];
        let proof = [request, outcome, again];
        return Found::new("credentials-again", &values, &proof).map(Found::that_decides);
    }
    met(call, hop, next, outcome, &asked)
}

/// Returns the request of the same kind that follows.
fn next<'b, 'a>(call: &'b Call<'a>, hop: &Hop<'a>) -> Option<&'b Hop<'a>> {
    call.requests(hop.method)
        .filter(|other| other.number > hop.number && call.is_same_client(other, hop))
        .min_by_key(|other| other.number)
}

/// Returns the final response before, with what it asked for, where it was a challenge too.
fn before(call: &Call<'_>, hop: &Hop<'_>) -> Option<(usize, Digest)> {
    let earlier = call
        .requests(hop.method)
        .filter(|other| other.number < hop.number && call.is_same_client(other, hop))
        .max_by_key(|other| other.number)?;
    let group = call.group(hop.method, earlier.number, earlier.from.as_deref())?;
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    matches!(code, 401 | 407).then(|| (outcome, asked(call.message(outcome), code)))
}

/// Returns that credentials were refused, and why that may be.
fn of_refusal(
    call: &Call<'_>,
    hop: &Hop<'_>,
    request: usize,
    outcome: usize,
    refused: &mut usize,
) -> Option<Found> {
    let code = call.code(outcome);
    let new = asked(call.message(outcome), code);
    let own = brought(call.message(request), code, &new.realm)?;
    let (asking, known) = before(call, hop)?;
    // With auts a SIM asks for another challenge.
    let is_synchronized = !own.auts.is_empty();
    if new.is_stale || is_synchronized || call.code(asking) != code || known.realm != new.realm {
        return None;
    }
    let mut values = values![
        ("name", hop.name()),
        ("code", code.to_string()),
        ("user", of_user(call.message(request), &own.user)),
        ("realm", quoted(&own.realm)),
    ];
    let proof = [asking, request, outcome];
    if own.nonce != known.nonce {
        values.push(("own", quoted(&own.nonce)));
        values.push(("known", quoted(&known.nonce)));
        // Credentials for the nonce of an earlier call are tried first, and asked again.
        let found = Found::new("credentials-nonce", &values, &proof);
        return found.map(Found::that_decides);
    }
    if let Some(why) = unfit(call, [request, outcome], &own, &known) {
        values.push(("got", format!("a new {code}")));
        values.push(("why", why));
        return Found::new("credentials-unfit", &values, &proof).map(Found::that_decides);
    }
    if let Some((later, taken)) = taken(call, hop, &own, code) {
        let again = call.hop(later).name();
        let after = call.gap(outcome, taken);
        let after = after.map(|gap| format!(", {} after that", lasting(gap)));
        values.push(("again", again));
        values.push(("became", call.code(taken).to_string()));
        values.push(("after", after.unwrap_or_default()));
        values.push(("from", call.between(outcome).0));
        let proof = [request, outcome, taken];
        return Found::new("credentials-late", &values, &proof).map(Found::that_decides);
    }
    if let Some(asks) = beyond(call, hop, outcome, asking) {
        values.push(("from", call.between(asking).0));
        values.push(("by", call.between(asks).0));
        let proof = [asking, request, asks, outcome];
        return Found::new("credentials-second", &values, &proof).map(Found::that_decides);
    }
    *refused += 1;
    let again = match *refused {
        1 => String::new(),
        count => format!(" ({count} times in this trace)"),
    };
    values.push(("again", again));
    values.push(("beside", beside(call, request, &own, &known)));
    Found::new("credentials-refused", &values, &proof).map(Found::that_decides)
}

/// Returns a later request with the very same credentials, by its hop, and the success that it came to.
fn taken(call: &Call<'_>, hop: &Hop<'_>, own: &Digest, code: u16) -> Option<(usize, usize)> {
    let mut later = call.groups.iter().flatten().filter(|at| {
        let other = call.hop(**at);
        other.method == hop.method && other.number > hop.number && call.is_same_client(other, hop)
    });
    later.find_map(|at| {
        let other = call.hop(*at);
        let request = *other.requests.first()?;
        let is_it = brought(call.message(request), code, &own.realm).as_ref() == Some(own);
        let success = other.last(call, 200).filter(|at| call.is_success(*at));
        Some((*at, success.filter(|_| is_it)?))
    })
}

/// Returns the challenge of an element behind the one that had asked before: that took the credentials and passed the request
/// on.
fn beyond(call: &Call<'_>, hop: &Hop<'_>, outcome: usize, asking: usize) -> Option<usize> {
    let by = call.record(asking).from;
    let by = by.filter(|_| call.ends(asking).0 == call.between(asking).0)?;
    let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
    let mut hops = group.iter().map(|at| call.hop(*at));
    hops.find_map(|other| {
        let request = *other.requests.first()?;
        let is_passed_on = other.vias > hop.vias && call.record(request).from == Some(by);
        let asks = other.last(call, 200)?;
        (is_passed_on && call.code(asks) == call.code(outcome)).then_some(asks)
    })
}

fn unanswered(call: &Call<'_>, hop: &Hop<'_>, outcome: usize, asked: &Digest) -> Option<Found> {
    let (_, from) = call.between(outcome);
    let mut values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("realm", quoted(&asked.realm)),
        ("from", from),
    ];
    // Who gave up meanwhile has nothing to answer.
    let is_given_up = call
        .hops
        .iter()
        .any(|other| other.is("CANCEL") && other.number == hop.number && other.from == hop.from);
    if is_given_up {
        return None;
    }
    let is_over = call.goes_on(outcome, TIMEOUT) || goes_past(call, hop, outcome, asked);
    let rest = match call.rest(outcome) {
        Some(rest) if is_over => lasting(rest),
        Some(rest) if rest < SECOND => ", which ends with it".to_owned(),
        Some(rest) => format!(", which ends {} after it", lasting(rest)),
        None => String::new(),
    };
    values.push(("rest", rest));
    if is_over {
        let found = Found::new("challenge-unanswered", &values, &[outcome]);
        return found.map(Found::that_decides);
    }
    Found::new("challenge-open", &values, &[outcome])
}

/// Returns whether the client went on in the dialog without what a request inside of it was asked for.
fn goes_past(call: &Call<'_>, hop: &Hop<'_>, outcome: usize, asked: &Digest) -> bool {
    let code = call.code(outcome);
    let mut later = call.hops.iter().filter(|other| {
        let is_counted = !other.is("ACK") && !other.is("CANCEL");
        !hop.is_outside() && is_counted && other.from == hop.from && other.number > hop.number
    });
    later.any(|other| {
        other.requests.first().is_some_and(|at| {
            let is_bare = brought(call.message(*at), code, &asked.realm).is_none();
            is_bare && call.is_later(outcome, *at, LATER)
        })
    })
}

/// Returns that the request after a challenge brings no credentials at all, and what the challenge offered.
fn ignored(
    call: &Call<'_>,
    [hop, next]: [&Hop<'_>; 2],
    outcome: usize,
    asked: &Digest,
) -> Option<Found> {
    let at = *next.requests.first()?;
    // Who brings credentials elsewhere answers challenges.
    if call.all.iter().any(has_credentials) || at < outcome {
        return None;
    }
    let response = call.message(outcome);
    let fields = ["WWW-Authenticate", "Proxy-Authenticate"];
    let offered = fields.iter().flat_map(|name| response.all(name));
    let mut algorithms: Vec<String> = offered.map(|field| algorithm(field.value)).collect();
    algorithms.dedup();
    let values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("again", next.name()),
        ("from", call.between(at).0),
        ("realm", quoted(&asked.realm)),
        ("algorithms", list(&algorithms)),
    ];
    Found::new("challenge-ignored", &values, &[outcome, at]).map(Found::that_decides)
}

/// Returns the scheme of a challenge and its algorithm, which is MD5 where it names none.
fn algorithm(value: &[u8]) -> String {
    let value = value.trim_ascii();
    let end = value.iter().position(u8::is_ascii_whitespace);
    let (scheme, rest) = value.split_at(end.unwrap_or(value.len()));
    if !scheme.eq_ignore_ascii_case(b"Digest") {
        return text(scheme);
    }
    let named = parameters(rest, b',').find(|(name, _)| name.eq_ignore_ascii_case(b"algorithm"));
    let named = named.map_or_else(|| "MD5".to_owned(), |(_, value)| text(value));
    format!("Digest {named}")
}

/// Returns that a challenge was answered, and what became of it.
fn met(
    call: &Call<'_>,
    hop: &Hop<'_>,
    next: &Hop<'_>,
    outcome: usize,
    asked: &Digest,
) -> Option<Found> {
    let group = call.group(next.method, next.number, next.from.as_deref())?;
    let became = call.outcome(group);
    let code = became.map_or(0, |at| call.code(at));
    let said = match code {
        401 | 407 => return None,
        0 => "no final response to it is in this trace".to_owned(),
        200..300 | 400 | 403 => format!("it got {code}"),
        _ => format!("it got {code}, so the credentials were not the fault"),
    };
    let at = next.requests.first().copied();
    let own = at.and_then(|at| brought(call.message(at), call.code(outcome), &asked.realm));
    if let Some((at, own)) = at.zip(own.as_ref())
        && let Some(became) = became.filter(|_| matches!(code, 400 | 403))
        && let Some(why) = unfit(call, [at, became], own, asked)
    {
        let values = values![
            ("name", next.name()),
            ("user", of_user(call.message(at), &own.user)),
            ("realm", quoted(&own.realm)),
            ("got", code.to_string()),
            ("why", why),
        ];
        let proof = [outcome, at, became];
        return Found::new("credentials-unfit", &values, &proof).map(Found::that_decides);
    }
    let doubt = at.zip(own.as_ref());
    let doubt = doubt.map(|(at, own)| beside(call, at, own, asked));
    let of_own = |own: Digest| of_user(call.message(at.unwrap_or_default()), &own.user);
    let values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("again", next.name()),
        ("became", said),
        ("user", own.map(of_own).unwrap_or_default()),
        ("beside", doubt.unwrap_or_default()),
        ("realm", quoted(&asked.realm)),
    ];
    let proof: Vec<usize> = [outcome]
        .into_iter()
        .chain(next.requests.first().copied())
        .chain(became)
        .collect();
    let id = match code {
        200..300 if asked.is_stale => "stale",
        403 => "credentials-forbidden",
        _ => "challenge-met",
    };
    let found = Found::new(id, &values, &proof)?;
    Some(if code == 403 {
        found.that_decides()
    } else {
        found
    })
}
