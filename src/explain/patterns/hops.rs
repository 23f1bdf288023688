//! What elements on the way made of a response, and requests that come to one place more than once.

use super::found::Found;
use super::order::{Call, Hop, times};
use crate::explain::words::list;
use crate::explain::{causes, way};
use crate::message::reasons;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call
        .groups
        .iter()
        .filter(|group| !call.hops[group[0]].is("ACK"));
    groups
        .filter_map(|group| {
            let one = looped(call, group).or_else(|| merged(call, group));
            one.or_else(|| search_ended(call, group))
                .or_else(|| changed(call, group))
        })
        .collect()
}

/// Returns the final responses of a group that came from behind the element which sent its outcome.
fn behind<'b, 'a>(
    call: &'b Call<'a>,
    group: &[usize],
    outcome: usize,
) -> Vec<(&'b Hop<'a>, usize)> {
    let vias = call.all[outcome].values("Via").count();
    let by = call.between(outcome).0;
    let hops = group.iter().map(|hop| &call.hops[*hop]);
    let far = hops.filter_map(|hop| {
        let at = hop.last(call, 200)?;
        let first = *hop.requests.first()?;
        (hop.vias == vias + 1 && at < outcome && call.between(first).0 == by).then_some((hop, at))
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
    let mut values = vec![("by", by), ("code", code.to_string())];
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
    let fields = call.all[last].all("Reason");
    let said: Vec<String> = fields
        .flat_map(|field| reasons(field.value))
        .map(|reason| causes::said(&reason))
        .collect();
    let reason = match said.as_slice() {
        [] => String::new(),
        said => format!(" (Reason {})", list(said)),
    };
    values.push(("reason", reason));
    Found::new("code-changed", &values, &proof).map(Found::that_decides)
}

/// Returns that a refusal for all places ended what else was tried.
fn search_ended(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let far = behind(call, group, outcome);
    let (_, refusal) = *far.iter().find(|(_, at)| call.code(*at) >= 600)?;
    let (_, ended) = *far.iter().find(|(_, at)| call.code(*at) == 487)?;
    let values = [
        ("from", call.between(refusal).0),
        ("by", call.between(outcome).0),
        ("code", call.code(refusal).to_string()),
    ];
    Found::new("search-ended", &values, &[refusal, ended, outcome]).map(Found::that_decides)
}

/// Returns that a request came to one place on several ways.
fn merged(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = group.iter().map(|hop| &call.hops[*hop]);
    let refused = hops.clone().find_map(|hop| {
        let at = hop.responses.iter().find(|at| call.code(**at) == 482)?;
        Some((hop, *at))
    });
    let (hop, refusal) = refused?;
    let to = call.between(*hop.requests.first()?).1;
    let same: Vec<usize> = hops
        .filter(|other| other.is_outside())
        .filter_map(|other| other.requests.first().copied())
        .filter(|at| call.between(*at).1 == to)
        .collect();
    if same.len() < 2 {
        return None;
    }
    let values = [
        ("name", hop.name()),
        ("to", to),
        ("times", times(same.len())),
    ];
    let proof: Vec<usize> = same.iter().chain([&refusal]).copied().collect();
    Found::new("merged", &values, &proof).map(Found::that_decides)
}

/// Returns that a request goes round between the same hosts.
fn looped(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let outcome = call.outcome(group)?;
    let code = call.code(outcome);
    if !matches!(code, 482 | 483) {
        return None;
    }
    let requests = group
        .iter()
        .filter_map(|hop| call.hops[*hop].requests.first());
    let at = *requests.max_by_key(|at| call.all[**at].values("Via").count())?;
    let hosts: Vec<String> = call.all[at]
        .values("Via")
        .filter_map(way::sent_by)
        .collect();
    let mut again: Vec<String> = Vec::new();
    for host in &hosts {
        let count = hosts.iter().filter(|other| *other == host).count();
        if count > 1 && !again.contains(host) {
            again.push(host.clone());
        }
    }
    if again.is_empty() {
        return None;
    }
    let hop = &call.hops[group[0]];
    let values = [
        ("name", hop.name()),
        ("hosts", list(&again)),
        ("vias", hosts.len().to_string()),
        ("code", code.to_string()),
    ];
    Found::new("loop", &values, &[at, outcome]).map(Found::that_decides)
}
