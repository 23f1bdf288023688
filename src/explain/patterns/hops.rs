//! What elements on the way made of a response, and requests that come to one place more than once.

use super::attempts::{Attempt, attempts, distinct};
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting, target, times};
use super::passed::{is_behind, is_made_of};
use crate::explain::call::branch;
use crate::explain::way;
use crate::explain::words::{list, text};
use crate::message::seconds;

/// A server that refused is left alone for no longer.
const SHUNNED: u64 = 300 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call
        .groups
        .iter()
        .filter(|group| !call.hop(group[0]).is("ACK"));
    groups
        .flat_map(|group| {
            let merged = merged(call, group);
            let passed_on = merged.as_ref().and_then(|_| passed_on(call, group));
            let one = merged.or_else(|| looped(call, group));
            let one = one
                .or_else(|| search_ended(call, group))
                .or_else(|| declined(call, group))
                .or_else(|| changed(call, group))
                .or_else(|| relayed(call, group));
            one.into_iter().chain(passed_on)
        })
        .collect()
}

/// Returns the final responses of a group that came from behind the element which sent its outcome.
fn behind<'b, 'a>(
    call: &'b Call<'a>,
    group: &[usize],
    outcome: usize,
) -> Vec<(&'b Hop<'a>, usize)> {
    let vias = call.message(outcome).values("Via").count();
    let by = call.between(outcome).0;
    let hops = group.iter().map(|hop| call.hop(*hop));
    let far = hops.filter_map(|hop| {
        let at = hop.last(call, 200)?;
        let first = *hop.requests.first()?;
        let is_own = || {
            let near = branch(call.message(outcome));
            call.between(first).0 == by || is_made_of(call.message(first), near)
        };
        (hop.vias == vias + 1 && at < outcome && is_own()).then_some((hop, at))
    });
    far.collect()
}

fn changed(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    let far = behind(call, group, outcome);
    let (_, last) = *far.last()?;
    if code < 300 || far.iter().all(|(_, at)| call.code(*at) == code) {
        return None;
    }
    let by = call.between(outcome).0;
    let mut values = values![("by", by), ("code", code.to_string())];
    let proof: Vec<usize> = far.iter().map(|(_, at)| *at).chain([outcome]).collect();
    if far.iter().any(|(_, at)| call.code(*at) == code) {
        let mut codes: Vec<String> = far
            .iter()
            .map(|(_, at)| call.code(*at).to_string())
            .collect();
        codes.dedup();
        values.push(("several", list(&codes)));
        return Found::new("branch-chosen", &values, &proof);
    }
    let other = call.code(last);
    values.push(("other", other.to_string()));
    values.push(("from", call.between(last).0));
    if other == 503 && code == 500 {
        return Found::new("unavailable-as-500", &values, &proof).map(Found::that_decides);
    }
    // A challenge is answered by who is challenged, and a redirection may be followed by the proxy itself.
    if other < 400 || matches!(other, 401 | 407 | 487) {
        return None;
    }
    let said = call.reasons(last);
    let reason = match said.as_slice() {
        [] => String::new(),
        said => format!(" (Reason {})", list(said)),
    };
    values.push(("reason", reason));
    Found::new("code-changed", &values, &proof).map(Found::that_decides)
}

/// Returns that a proxy passed on a 503 as if it were its own, and that its client took it so.
fn relayed(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group).filter(|at| call.code(*at) == 503)?;
    let far = behind(call, group, outcome);
    let (_, last) = *far.last()?;
    let (by, to) = call.between(outcome);
    let then = shunned(call, outcome).map(|(name, gap)| {
        format!("; {gap} later {to} refused {name} with 503 at once, and sent {by} none")
    });
    let values = values![
        ("by", by),
        ("to", to),
        ("from", call.between(last).0),
        ("then", then.unwrap_or_default()),
    ];
    let is_it = far.iter().all(|(_, at)| call.code(*at) == 503);
    let proof: Vec<usize> = far.iter().map(|(_, at)| *at).chain([outcome]).collect();
    let found = Found::new("unavailable-relayed", &values, &proof).filter(|_| is_it)?;
    Some(found.that_decides())
}

/// Returns the next call that the client which got a 503 refused by itself, and when.
fn shunned(call: &Call<'_>, outcome: usize) -> Option<(String, String)> {
    let got = call.micros(outcome)?;
    let ip = |address: Option<core::net::SocketAddr>| address.map(|one| one.ip());
    let (by, client) = (ip(call.record(outcome).from)?, ip(call.record(outcome).to)?);
    let all = attempts(call);
    let is_sent = |one: &Attempt<'_>, next: &Attempt<'_>| {
        let is_by = ip(one.from) == Some(client) && ip(one.to) == Some(by);
        is_by && one.micros >= next.micros && one.is_while(next)
    };
    let next = all.iter().find(|one| {
        let is_then = one.micros > got && one.micros < got + SHUNNED;
        let is_refused = one.is_invite() && one.code() == Some(503) && ip(one.to) == Some(client);
        is_then && is_refused && one.own.is_none() && one.took() < Some(SHUNNED / 100)
    })?;
    let is_asked = all.iter().any(|one| is_sent(one, next));
    (!is_asked).then(|| (next.name(), lasting(next.micros - got)))
}

/// Returns that a refusal for all places ended what else was tried.
fn search_ended(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let far = behind(call, group, outcome);
    let (_, refusal) = *far.iter().find(|(_, at)| call.code(*at) >= 600)?;
    let (_, ended) = *far.iter().find(|(_, at)| call.code(*at) == 487)?;
    let values = values![
        ("from", call.between(refusal).0),
        ("by", call.between(outcome).0),
        ("code", call.code(refusal).to_string()),
    ];
    Found::new("search-ended", &values, &[refusal, ended, outcome]).map(Found::that_decides)
}

/// Returns that one of several phones declined for all, where only the caller is seen.
fn declined(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group).filter(|at| call.code(*at) >= 600)?;
    let mut hops = group.iter().map(|hop| call.hop(*hop));
    let hop = hops.rfind(|hop| hop.responses.contains(&outcome))?;
    let early = hop
        .responses
        .iter()
        .filter(|at| **at < outcome && (101..200).contains(&call.code(**at)));
    let tags = distinct(&mut early.filter_map(|at| call.to(*at)));
    let is_cancelled = call
        .hops
        .iter()
        .any(|cancel| cancel.is("CANCEL") && cancel.branch == hop.branch);
    if !hop.is("INVITE") || !hop.is_outside() || tags.len() < 2 || is_cancelled {
        return None;
    }
    let values = values![
        ("from", call.between(outcome).0),
        ("code", call.code(outcome).to_string()),
        ("name", hop.name()),
        ("count", tags.len().to_string()),
        ("tags", list(&tags)),
    ];
    let proof = [hop.first()?, outcome];
    Found::new("declined-for-all", &values, &proof).map(Found::that_decides)
}

/// Returns that a request came to one place on several ways.
fn merged(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let (hop, refusal) = merging(call, group)?;
    let refused = *hop.requests.first()?;
    let to = call.between(refused).1;
    // Where the element itself stands in Via, the request came back to it: that is a loop.
    let own = without_port(&to);
    let mut vias = call.message(refused).values("Via").filter_map(way::sent_by);
    if vias.any(|host| without_port(&host) == own) {
        return None;
    }
    let uri = target(call.message(refused));
    let asked = call.nearest(group)?.requests.first();
    let is_contact = asked.is_some_and(|at| target(call.message(*at)) != uri);
    let hops = group.iter().map(|hop| call.hop(*hop));
    let same: Vec<usize> = hops
        .filter(|other| other.is_outside())
        .filter_map(|other| other.requests.first().copied())
        .filter(|at| call.between(*at).1 == to || is_contact && target(call.message(*at)) == uri)
        .collect();
    if same.len() < 2 {
        return None;
    }
    let forwards = same
        .iter()
        .filter_map(|at| call.message(*at).value("Max-Forwards"));
    let forwards: Vec<String> = forwards.map(text).collect();
    let forwards = match forwards.as_slice() {
        [] => String::new(),
        all => format!("Max-Forwards is {}, and ", list(all)),
    };
    let values = values![
        ("name", hop.name()),
        ("to", to),
        ("times", times(same.len())),
        ("forwards", forwards),
    ];
    let proof: Vec<usize> = same.iter().chain([&refusal]).copied().collect();
    Found::new("merged", &values, &proof).map(Found::that_decides)
}

/// Returns the hop of a group that was refused with 482, and the refusal.
fn merging<'b, 'a>(call: &'b Call<'a>, group: &[usize]) -> Option<(&'b Hop<'a>, usize)> {
    let hops = group.iter().map(|hop| call.hop(*hop));
    let mut refused = hops.filter_map(|hop| {
        let at = hop.responses.iter().find(|at| call.code(**at) == 482)?;
        hop.requests.first().map(|_| (hop, *at))
    });
    let first = refused.next()?;
    // Proxies nearer to the client pass it on.
    Some(refused.fold(first, |known, one| {
        if one.0.vias > known.0.vias {
            one
        } else {
            known
        }
    }))
}

/// Returns that a proxy chose the 482 of a request which came twice, and not the answer of the other branch.
fn passed_on(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group).filter(|at| call.code(*at) == 482)?;
    let (hop, _) = merging(call, group)?;
    let far = behind(call, group, outcome);
    let is_answer = |code: u16| !matches!(code, 408 | 482 | 487 | 503);
    let (_, other) = *far.iter().find(|(_, at)| is_answer(call.code(*at)))?;
    let values = values![
        ("name", hop.name()),
        ("by", call.between(outcome).0),
        ("to", call.between(*hop.requests.first()?).1),
        ("other", call.code(other).to_string()),
    ];
    Found::new("merged-passed-on", &values, &[other, outcome])
}

fn without_port(host: &str) -> &str {
    host.strip_suffix(":5060").unwrap_or(host)
}

/// Returns that a request goes round between the same hosts.
fn looped(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    let is_stopped = matches!(code, 482 | 483);
    if !is_stopped && !matches!(code, 408 | 500 | 503 | 504 | 513) {
        return None;
    }
    let requests = group
        .iter()
        .filter_map(|hop| call.hop(*hop).requests.first());
    let at = *requests.max_by_key(|at| call.message(**at).values("Via").count())?;
    let hosts: Vec<String> = call
        .message(at)
        .values("Via")
        .filter_map(way::sent_by)
        .collect();
    let mut again: Vec<String> = Vec::new();
    for host in &hosts {
        let count = hosts.iter().filter(|other| *other == host).count();
        if count > if is_stopped { 1 } else { 2 } && !again.contains(host) {
            again.push(host.clone());
        }
    }
    // What has to pass one element several times is no loop where each takes its one.
    let brake = unbraked(call, group);
    if !is_stopped && (again.is_empty() || brake.is_none()) {
        return None;
    }
    if again.is_empty() {
        return came_back(call, group, outcome).or_else(|| few_forwards(call, group, at, outcome));
    }
    let hop = call.hop(group[0]);
    let values = values![
        ("name", hop.name()),
        ("hosts", list(&again)),
        ("vias", hosts.len().to_string()),
        ("code", code.to_string()),
        ("brake", brake.unwrap_or_default()),
    ];
    Found::new("loop", &values, &[at, outcome]).map(Found::that_decides)
}

/// Returns, as the end of a sentence, who sends a request on with the Max-Forwards that it came with, or a higher one.
fn unbraked(call: &Call<'_>, group: &[usize]) -> Option<String> {
    let left = |hop: &Hop<'_>| seconds(call.message(*hop.requests.first()?).value("Max-Forwards")?);
    let hops = || group.iter().map(|hop| call.hop(*hop));
    hops().find_map(|near| {
        let mut far = hops().filter(|far| is_behind(call, near, far));
        let far = far.find(|far| left(near).is_some() && left(far) >= left(near))?;
        let by = call.between(*far.requests.first()?).0;
        Some(format!(
            "; and {by} does not take one from Max-Forwards, as it MUST ({} came, {} left), so that ends nothing",
            left(near)?,
            left(far)?
        ))
    })
}

/// Returns that a request came to an element which stands in its Via already, and was refused there.
fn came_back(call: &Call<'_>, group: &[usize], outcome: usize) -> Option<Found> {
    let code = call.code(outcome);
    let hops = || group.iter().map(|hop| call.hop(*hop));
    let is_refused = |hop: &&Hop<'_>| hop.last(call, 300).is_some_and(|at| call.code(at) == code);
    let hop = hops().filter(is_refused).max_by_key(|hop| hop.vias)?;
    // The refusal has the Via values of its request.
    let (at, to) = match hop.requests.first() {
        Some(at) => (*at, call.between(*at).1),
        None => (hop.last(call, 300)?, call.between(hop.last(call, 300)?).0),
    };
    let vias = call.message(at).values("Via").filter_map(way::sent_by);
    let vias: Vec<String> = vias.map(|host| without_port(&host).to_owned()).collect();
    let own = without_port(&to);
    let back = vias.iter().position(|host| host == own)?;
    let asked = |count: usize| {
        let mut at = hops().filter(|hop| hop.vias == count);
        let at = at.find_map(|hop| hop.requests.first().copied())?;
        Some((at, text(target(call.message(at)))))
    };
    let sent = |left: usize| {
        let uri = asked(vias.len() - left).map(|(_, uri)| format!(" as {uri}"));
        let on = if left == 0 { "back" } else { "on" };
        format!("{} sent it {on}{}", vias[left], uri.unwrap_or_default())
    };
    let ways: Vec<String> = (0..=back).rev().map(sent).collect();
    let first = asked(vias.len() - back - 1);
    let again = match (&first, asked(vias.len())) {
        (Some((_, first)), Some((_, last))) if *first == last => {
            format!("; it has the Request-URI with which it came first ({first}), so it is a loop")
        }
        (Some((_, first)), Some(_)) => {
            format!("; it came first as {first}, so it is a spiral, which is no loop by itself")
        }
        _ => String::new(),
    };
    let elements: Vec<String> = vias[..=back].iter().rev().cloned().collect();
    let values = values![
        ("name", hop.name()),
        ("to", to),
        ("code", code.to_string()),
        ("way", list(&ways)),
        ("again", again),
        ("elements", list(&elements)),
    ];
    let between = (0..=back).filter_map(|left| asked(vias.len() - left));
    let proof = between.chain(first.clone()).map(|(at, _)| at);
    let proof: Vec<usize> = proof.chain([at, outcome]).collect();
    Found::new("came-back", &values, &proof).map(Found::that_decides)
}

/// Returns that a request began with too small a Max-Forwards: no element stands twice in its way.
fn few_forwards(call: &Call<'_>, group: &[usize], last: usize, outcome: usize) -> Option<Found> {
    let hop = call.nearest(group).filter(|hop| hop.vias == 1)?;
    let first = *hop.requests.first()?;
    let begins = seconds(call.message(first).value("Max-Forwards")?)?;
    let vias = call.message(last).values("Via").count();
    // Each hop takes one, and the last of them is refused.
    if call.code(outcome) != 483 || u32::try_from(vias).ok()? + 1 < begins {
        return None;
    }
    let values = values![
        ("name", hop.name()),
        ("from", call.between(first).0),
        ("begins", begins.to_string()),
        ("by", call.between(last).1),
        ("vias", vias.to_string()),
    ];
    Found::new("forwards-few", &values, &[first, last, outcome]).map(Found::that_decides)
}
