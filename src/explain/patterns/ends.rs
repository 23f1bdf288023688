//! What became of a call that was answered: who ended it, and when.

use super::forks;
use super::found::{Found, values};
use super::isdn;
use super::order::{Call, Hop, lasting};
use super::others::bare;
use crate::explain::words::time;
use crate::message::{parameter, seconds};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let invites = call.requests(b"INVITE").filter(|hop| hop.is_outside());
    let answered = invites.filter_map(|hop| {
        let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
        let outcome = call.outcome(group).filter(|at| call.is_success(*at))?;
        Some((hop, outcome))
    });
    let of_call = answered
        .last()
        .and_then(|(hop, outcome)| answered_call(call, hop, outcome));
    of_call.or_else(|| registered(call)).into_iter().collect()
}

fn answered_call(call: &Call<'_>, invite: &Hop<'_>, outcome: usize) -> Option<Found> {
    let rang = invite
        .requests
        .first()
        .and_then(|at| call.gap(*at, outcome));
    let rang = rang.map_or_else(String::new, |gap| format!(" after {}", lasting(gap)));
    let byes = call
        .requests(b"BYE")
        .filter(|bye| bye.first() > Some(outcome));
    let legs = legs(call, invite);
    let bye = if legs.len() > 1 {
        // After a fork the last dialog is the call.
        let all: Option<Vec<usize>> = legs.iter().map(|leg| leg.bye).collect();
        let last = all.and_then(|all| all.into_iter().max());
        last.and_then(|at| {
            call.hops
                .iter()
                .find(|hop| hop.requests.first() == Some(&at))
        })
    } else {
        byes.min_by_key(|bye| (!forks::is_taken(call, bye), bye.first()))
    };
    let Some(bye) = bye else {
        let rest = call.rest(outcome).filter(|rest| *rest > 0);
        let rest = rest.map(|rest| format!(", which ends {} after the answer", lasting(rest)));
        let values = values![("rang", rang), ("rest", rest.unwrap_or_default())];
        return Found::new("open-end", &values, &[outcome]).map(Found::that_decides);
    };
    let at = bye.first()?;
    let who = if bye.from == invite.from {
        "the caller"
    } else {
        "the side that was called"
    };
    let lasted = call.gap(outcome, at);
    let lasted = lasted.map_or_else(String::new, |gap| format!(" after {} more", lasting(gap)));
    let said = call.reasons(at);
    let reason = match said.as_slice() {
        [] => String::new(),
        said => format!(", with Reason {}", said.join(", ")),
    };
    let of_network = isdn::ended(call, bye);
    let many = match of_network {
        Some(count) if count > 1 => format!(", as {count} calls within 2 s were"),
        _ => String::new(),
    };
    let values = values![
        ("rang", rang),
        ("who", who.to_owned()),
        ("lasted", lasted),
        ("name", bye.name()),
        ("reason", reason),
        ("many", many),
    ];
    let id = if of_network.is_some() {
        "line-failed"
    } else {
        "ended"
    };
    Found::new(id, &values, &[outcome, at]).map(Found::that_decides)
}

fn legs(call: &Call<'_>, invite: &Hop<'_>) -> Vec<forks::Leg> {
    let group = call.group(invite.method, invite.number, invite.from.as_deref());
    group.map_or_else(Vec::new, |group| forks::legs(call, group, invite))
}

/// Returns what the last REGISTER came to, where that is all there is.
fn registered(call: &Call<'_>) -> Option<Found> {
    let is_other = |hop: &Hop<'_>| !hop.is("REGISTER");
    if call.hops.iter().any(is_other) {
        return None;
    }
    let group = call.groups.iter().max_by_key(|group| call.begins(group))?;
    let outcome = call.outcome(group).filter(|at| call.is_success(*at))?;
    let hop = call.nearest(group)?;
    let response = call.message(outcome);
    // That of its own, where the user has several.
    let own = hop.requests.first();
    let own = own.and_then(|at| call.message(*at).values("Contact").next().map(bare));
    let mut contacts = response.values("Contact");
    let contact = contacts.find(|value| Some(bare(value)) == own);
    let contact = contact.or_else(|| response.values("Contact").next());
    let expires = contact.and_then(|value| parameter(value, b';', "expires"));
    let expires = expires.or(response.value("Expires")).and_then(seconds);
    let lasts = match (contact, expires) {
        (None, _) => ": no address is registered now".to_owned(),
        (_, Some(0)) => ": the address is removed".to_owned(),
        (_, Some(lasts)) => format!(" for {}", time(lasts)),
        (_, None) => String::new(),
    };
    let values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("lasts", lasts),
    ];
    Found::new("registered", &values, &[outcome]).map(Found::that_decides)
}
