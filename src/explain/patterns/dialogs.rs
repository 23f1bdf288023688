//! Requests inside a dialog: their tags, their numbers, what refuses them, and forks that were answered twice.

use super::found::Found;
use super::order::{Call, Hop, TIMEOUT, lasting, target, times};
use crate::explain::dialog::host;
use crate::explain::words::{quoted, text};
use crate::message::Host;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let dialogs = dialogs(call);
    let mut all: Vec<Found> = Vec::new();
    for group in &call.groups {
        let Some(hop) = call.nearest(group) else {
            all.extend(unseen(call, group, &all));
            continue;
        };
        if matches!(hop.method, b"ACK" | b"CANCEL") {
            continue;
        }
        all.extend(of(call, &dialogs, group, hop));
        if hop.is("INVITE") {
            all.extend(no_tag(call, group, hop));
            all.extend(forked(call, group, hop));
        }
    }
    all
}

/// What a response set up.
struct Dialog {
    /// The tags of the side that asked, and of the other.
    asking: String,
    asked: String,
    by: usize,
}

fn dialogs(call: &Call<'_>) -> Vec<Dialog> {
    let mut all: Vec<Dialog> = Vec::new();
    let sets_up = call
        .hops
        .iter()
        .filter(|hop| matches!(hop.method, b"INVITE" | b"SUBSCRIBE" | b"REFER"));
    for hop in sets_up {
        for at in &hop.responses {
            let is_it = (101..300).contains(&call.code(*at));
            let tags = hop.from.clone().zip(call.to(*at)).filter(|_| is_it);
            let Some((asking, asked)) = tags else {
                continue;
            };
            let known = all
                .iter_mut()
                .find(|one| (&one.asking, &one.asked) == (&asking, &asked));
            match known {
                Some(known) if call.is_success(*at) => known.by = *at,
                Some(_) => {}
                None => all.push(Dialog {
                    asking,
                    asked,
                    by: *at,
                }),
            }
        }
    }
    all.sort_by_key(|one| !call.is_success(one.by));
    all
}

fn of(call: &Call<'_>, dialogs: &[Dialog], group: &[usize], hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let Some(outcome) = call.outcome(group) else {
        return unanswered(call, hop, request);
    };
    let code = call.code(outcome);
    if code < 300 {
        return None;
    }
    if let Some(found) = lower(call, hop, request, outcome) {
        return Some(found);
    }
    if code == 481 {
        return no_dialog(call, dialogs, hop, request, outcome);
    }
    let values = [
        ("name", hop.name()),
        ("code", code.to_string()),
        ("to", call.between(request).1),
    ];
    let proof = [request, outcome];
    if hop.is("BYE") && !matches!(code, 401 | 407 | 408) {
        return Found::new("bye-refused", &values, &proof).map(Found::that_decides);
    }
    let is_change = matches!(hop.method, b"INVITE" | b"UPDATE") && !hop.is_outside();
    if is_change && matches!(code, 488 | 606 | 415 | 603 | 504) {
        return Found::new("change-refused", &values, &proof);
    }
    None
}

/// Returns a BYE that nothing answers, and whether it goes to an address that only its own network reaches.
fn unanswered(call: &Call<'_>, hop: &Hop<'_>, request: usize) -> Option<Found> {
    if !hop.is("BYE") || hop.requests.len() < 3 {
        return None;
    }
    let uri = text(target(&call.all[request]));
    let is_private = Host::of(host(&uri).as_bytes()) == Host::Private;
    let is_routed = call.all[request].has("Route");
    let private = if is_private && !is_routed {
        format!("; it goes to {uri}, which is a private address")
    } else {
        String::new()
    };
    let values = [
        ("name", hop.name()),
        ("times", times(hop.requests.len())),
        ("to", call.between(request).1),
        ("private", private),
    ];
    Found::new("bye-unanswered", &values, &hop.requests)
}

/// Returns that the number of a request is not higher than that of one before, which a UAS refuses with a 500.
fn lower(call: &Call<'_>, hop: &Hop<'_>, request: usize, outcome: usize) -> Option<Found> {
    let to = hop.to.as_ref()?;
    if call.code(outcome) != 500 {
        return None;
    }
    let is_before = |other: &&Hop<'_>| {
        let is_own = other.from == hop.from && other.number >= hop.number;
        let is_counted = !matches!(other.method, b"ACK" | b"CANCEL");
        let is_of_dialog = other.to.as_ref().is_none_or(|own| own == to);
        let is_other = other.method != hop.method || other.number != hop.number;
        let first = other.requests.first();
        is_own && is_counted && is_of_dialog && is_other && first.is_some_and(|at| *at < request)
    };
    let before = call
        .hops
        .iter()
        .filter(is_before)
        .max_by_key(|other| other.number)?;
    let values = [
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("before", before.name()),
    ];
    let proof = [*before.requests.first()?, request, outcome];
    Found::new("number-lower", &values, &proof).map(Found::that_decides)
}

fn no_dialog(
    call: &Call<'_>,
    dialogs: &[Dialog],
    hop: &Hop<'_>,
    request: usize,
    outcome: usize,
) -> Option<Found> {
    let (from, to) = call.between(request);
    let mut values = vec![
        ("name", hop.name()),
        ("code", "481".to_owned()),
        ("from", from),
        ("to", to),
    ];
    let Some(own_to) = hop.to.clone() else {
        let is_inside = matches!(
            hop.method,
            b"BYE" | b"UPDATE" | b"PRACK" | b"INFO" | b"NOTIFY"
        );
        let proof = [request, outcome];
        return is_inside
            .then(|| Found::new("tag-missing", &values, &proof).map(Found::that_decides))?;
    };
    let own_from = hop.from.clone().unwrap_or_default();
    let fits = |one: &&Dialog| {
        (&one.asking, &one.asked) == (&own_from, &own_to)
            || (&one.asked, &one.asking) == (&own_from, &own_to)
    };
    if let Some(bye) = other_bye(call, hop, request) {
        let bye_at = *bye.requests.first()?;
        values.push(("bye", bye.name()));
        if hop.is("BYE") && bye.from != hop.from && crosses(call, bye, request) {
            return Found::new("byes-crossed", &values, &[request, bye_at, outcome]);
        }
        let gap = call.gap(bye_at, request);
        values.push((
            "gap",
            gap.map_or_else(String::new, |gap| format!(" {} before", lasting(gap))),
        ));
        if bye_at < request {
            let found = Found::new("dialog-ended", &values, &[bye_at, request, outcome]);
            return found.map(Found::that_decides);
        }
    }
    let first = dialogs.iter().find(|one| one.by < request)?;
    let dialog = dialogs.iter().filter(|one| one.by < request).find(fits);
    let by = dialog.unwrap_or(first).by;
    let name = |at: usize| {
        let (number, method) = call.all[at].cseq().unwrap_or_default();
        format!("{} {}", text(method), text(number))
    };
    values.push(("by", name(by)));
    let proof = [by, request, outcome];
    if let Some(dialog) = dialog {
        if is_swapped(call, dialog, hop, request) {
            let found = Found::new("tags-swapped", &values, &proof);
            return found.map(Found::that_decides);
        }
        return Found::new("dialog-lost", &values, &proof).map(Found::that_decides);
    }
    let pair = |one: &str, other: &str| format!("{} and {}", quoted(one), quoted(other));
    values.push(("own", pair(&own_from, &own_to)));
    values.push(("known", pair(&first.asking, &first.asked)));
    Found::new("tags-differ", &values, &proof).map(Found::that_decides)
}

/// Returns whether a request has the tags of a dialog the wrong way round, as the addresses of both sides tell.
fn is_swapped(call: &Call<'_>, dialog: &Dialog, hop: &Hop<'_>, request: usize) -> bool {
    let of_dialog = call
        .hops
        .iter()
        .find(|one| one.responses.contains(&dialog.by));
    let asking = of_dialog.and_then(|one| one.requests.first());
    let address = |at: usize| call.recorded[at].from;
    let sides = asking.and_then(|at| address(*at).zip(address(request)));
    let Some((asking, own)) = sides else {
        return false;
    };
    let asked = address(dialog.by);
    // Where both sides are seen behind one address, it tells nothing.
    let answers = call.hops.iter().filter(|one| one.is("INVITE"));
    let mut answers = answers.flat_map(|one| &one.responses);
    if answers.any(|at| address(*at) == Some(asking)) {
        return false;
    }
    let is_by_asking = own == asking;
    let is_by_asked = asked == Some(own);
    let has_tag = |tag: &String| hop.from.as_ref() == Some(tag);
    is_by_asking && has_tag(&dialog.asked) || is_by_asked && has_tag(&dialog.asking)
}

/// Returns the other BYE of a call.
fn other_bye<'b, 'a>(call: &'b Call<'a>, hop: &Hop<'a>, request: usize) -> Option<&'b Hop<'a>> {
    let is_other = |bye: &&Hop<'_>| {
        bye.requests.first() != Some(&request) && (bye.from != hop.from || bye.number != hop.number)
    };
    call.requests(b"BYE").find(is_other)
}

/// Returns whether a BYE was on its way when another one was sent.
fn crosses(call: &Call<'_>, bye: &Hop<'_>, other: usize) -> bool {
    let answered = bye.responses.iter().find(|at| call.code(**at) >= 200);
    let sent = bye.requests.first().copied().unwrap_or_default();
    sent > other || answered.is_none_or(|at| *at > other)
}

fn no_tag(call: &Call<'_>, group: &[usize], hop: &Hop<'_>) -> Option<Found> {
    let outcome = call.outcome(group).filter(|at| call.is_success(*at))?;
    if call.to(outcome).is_some() || !call.all[outcome].has("To") {
        return None;
    }
    let values = [
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("to", call.between(outcome).0),
    ];
    Found::new("success-no-tag", &values, &[outcome])
}

/// Returns that an INVITE was answered with success by two phones.
fn forked(call: &Call<'_>, group: &[usize], hop: &Hop<'_>) -> Option<Found> {
    let nearest = group
        .iter()
        .map(|hop| &call.hops[*hop])
        .filter(|one| one.vias == hop.vias);
    let answers = nearest.flat_map(|one| &one.responses).copied();
    let mut answers: Vec<usize> = answers.filter(|at| call.is_success(*at)).collect();
    answers.sort_unstable();
    let one = *answers.first()?;
    let other = answers
        .iter()
        .copied()
        .find(|at| call.to(*at) != call.to(one))?;
    let (first, second) = (call.to(one)?, call.to(other)?);
    let of_dialog = |method: &str, tag: &String| {
        let is_it = |found: &&Hop<'_>| {
            let tags = [found.from.as_ref(), found.to.as_ref()];
            found.is(method) && tags.contains(&Some(tag)) && !found.requests.is_empty()
        };
        call.hops.iter().find(is_it).and_then(Hop::first)
    };
    let mut values = vec![
        ("name", hop.name()),
        ("one", quoted(&first)),
        ("other", quoted(&second)),
    ];
    let byes = [of_dialog("BYE", &second), of_dialog("BYE", &first)];
    if let Some(bye) = byes.into_iter().flatten().min() {
        let (number, method) = call.all[bye].cseq().unwrap_or_default();
        values.push(("bye", format!("{} {}", text(method), text(number))));
        return Found::new("fork-answered-twice", &values, &[one, other, bye]);
    }
    let ack = of_dialog("ACK", &second);
    if !call.goes_on(other, TIMEOUT) || ack.is_some() {
        return None;
    }
    values.push(("lacks", "no ACK and no BYE".to_owned()));
    Found::new("fork-left-open", &values, &[one, other]).map(Found::that_decides)
}

/// Returns that a response has no request here; said once.
fn unseen(call: &Call<'_>, group: &[usize], known: &[Found]) -> Option<Found> {
    let hop = &call.hops[*group.first()?];
    let at = hop.first()?;
    let is_known = known
        .iter()
        .any(|one| one.pattern.id.as_str() == "request-unseen");
    if is_known || hop.responses.is_empty() {
        return None;
    }
    let values = [("name", hop.name()), ("code", call.code(at).to_string())];
    Found::new("request-unseen", &values, &[at])
}
