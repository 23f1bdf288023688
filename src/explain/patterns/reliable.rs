//! Reliable provisional responses, and the PRACK that each of them wants.

use super::found::Found;
use super::order::{Call, Hop, TIMEOUT, times};
use crate::explain::words::{quoted, text};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call.requests(b"INVITE");
    invites.filter_map(|invite| of(call, invite)).collect()
}

/// What `RAck` names: `RSeq`, and number and method of `CSeq`.
type Acknowledged = (String, String, String);

fn of(call: &Call<'_>, invite: &Hop<'_>) -> Option<Found> {
    let reliable = invite.responses.iter().copied().filter(|at| {
        let response = &call.all[*at];
        let is_provisional = (101..200).contains(&call.code(*at));
        is_provisional && response.has("RSeq") && response.lists("Require", "100rel")
    });
    let reliable: Vec<usize> = reliable.collect();
    let rseq = |at: usize| call.all[at].value("RSeq").map(text).unwrap_or_default();
    let name = |at: usize| -> Acknowledged {
        let (number, method) = call.all[at].cseq().unwrap_or_default();
        (rseq(at), text(number), text(method))
    };
    let pracks: Vec<(usize, Acknowledged)> = call
        .requests(b"PRACK")
        .filter_map(|prack| {
            let at = *prack.requests.first()?;
            let value = text(call.all[at].value("RAck")?);
            let mut words = value.split(' ').map(str::to_owned);
            Some((at, (words.next()?, words.next()?, words.next()?)))
        })
        .collect();
    let is_met = |at: &usize| pracks.iter().any(|(_, own)| *own == name(*at));
    let open = reliable.iter().copied().find(|at| !is_met(at))?;
    let copies: Vec<usize> = reliable
        .iter()
        .copied()
        .filter(|at| rseq(*at) == rseq(open) && call.to(*at) == call.to(open))
        .collect();
    let mut values = vec![
        ("code", call.code(open).to_string()),
        ("name", invite.name()),
        ("rseq", rseq(open)),
        ("times", times(copies.len())),
        ("from", call.between(open).0),
        ("ended", ended(call, invite)),
    ];
    let fits_none = |own: &Acknowledged| !reliable.iter().any(|at| name(*at) == *own);
    let wrong = pracks.iter().find(|(at, own)| *at > open && fits_none(own));
    if let Some((at, own)) = wrong {
        let (number, method) = call.all[*at].cseq().unwrap_or_default();
        values.push(("prack", format!("{} {}", text(method), text(number))));
        values.push(("own", quoted(&format!("{} {} {}", own.0, own.1, own.2))));
        let found = Found::new("prack-other", &values, &[open, *at]);
        return found.map(Found::that_decides);
    }
    if copies.len() >= 3 {
        return Found::new("prack-none", &values, &copies).map(Found::that_decides);
    }
    // After a final response nobody waits for it.
    let is_final = invite.responses.iter().any(|at| call.code(*at) >= 300);
    let is_seen = !is_final && call.goes_on(open, TIMEOUT);
    is_seen.then(|| Found::new("prack-missing", &values, &[open]))?
}

/// Returns how the server gave up.
fn ended(call: &Call<'_>, invite: &Hop<'_>) -> String {
    let last = invite
        .last(call, 500)
        .filter(|at| (500..600).contains(&call.code(*at)));
    last.map_or_else(String::new, |at| {
        format!("; then it refused with {}", call.code(at))
    })
}
