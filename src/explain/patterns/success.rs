//! Final responses to an INVITE that come again and again: the ACK that their sender waits for did not come, or does not fit.

use super::acks;
use super::byes;
use super::dialogs::dialogs;
use super::found::Found;
use super::order::{self, Call, Hop, SECOND, T1, TIMEOUT, lasting, target, times};
use super::routes::{self, Astray};
use super::unreached;
use super::ways;
use crate::explain::call::{branch, named, number, tag};
use crate::explain::sorted::sort_by_key;
use crate::explain::words::{quoted, short, text};
use crate::message::address;

/// So many copies are no chance, whatever the times.
const COPIES: usize = 3;
/// T2, the longest interval between copies.
const INTERVAL: u64 = 4 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let of = |group: &Vec<usize>| {
        let mut hops: Vec<&Hop<'_>> = group.iter().map(|hop| call.hop(*hop)).collect();
        hops.retain(|hop| hop.is("INVITE"));
        sort_by_key(&mut hops, |hop| hop.vias);
        let far = || hops.iter().rev();
        let kept = far().find_map(|hop| kept(call, &hops, hop));
        kept.or_else(|| hops.iter().find_map(|hop| of_success(call, hop)))
            // What comes again and again is passed on, but each hop has an ACK of its own.
            .or_else(|| far().find_map(|hop| of_failure(call, hop)))
    };
    let each = call.groups.iter().filter_map(of);
    each.chain(acks::answered(call))
        .chain(byes::hasty(call))
        .collect()
}

/// The same final response, as often as it was sent on a hop.
fn copies(call: &Call<'_>, hop: &Hop<'_>, is_meant: impl Fn(u16) -> bool) -> Option<Vec<usize>> {
    let finals = hop
        .responses
        .iter()
        .copied()
        .filter(|at| is_meant(call.code(*at)));
    let first = finals.clone().next()?;
    let same = |at: &usize| call.code(*at) == call.code(first) && call.to(*at) == call.to(first);
    Some(finals.filter(same).collect())
}

/// Returns whether a response was sent again since its sender waits for something.
fn is_again(call: &Call<'_>, copies: &[usize]) -> bool {
    let (Some(first), Some(last)) = (copies.first(), copies.last()) else {
        return false;
    };
    match call.gap(*first, *last) {
        Some(gap) => copies.len() >= COPIES && gap >= T1,
        None => copies.len() >= COPIES,
    }
}

fn of_success(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let copies = copies(call, hop, |code| (200..300).contains(&code))?;
    let first = *copies.first()?;
    let acks: Vec<usize> = acks(call, hop).collect();
    if !is_again(call, &copies) {
        return missing(call, hop, &copies, &acks);
    }
    let mut values = values(call, hop, &copies);
    let ends = bye(call, first).filter(|bye| is_for_want(call, &copies, *bye));
    let in_time = |ack: &&usize| ends.is_none_or(|bye| **ack < bye);
    let Some(ack) = acks.first().filter(in_time).copied() else {
        let late = acks.first().and_then(|ack| call.gap(first, *ack));
        let late = late.map(|gap| format!(" in time (one came {} after the first)", lasting(gap)));
        let private = late.unwrap_or_else(|| unreached::contact_of(call, hop, first));
        values.push(("private", private));
        let proof: Vec<usize> = copies.iter().chain(&bye(call, first)).copied().collect();
        let (code, sent) = (call.code(first), times(copies.len()));
        let ended = value(&values, "ended");
        let became = format!("no ACK came: the {code} was sent {sent}{ended}");
        let other = routes::of_contact(call, first, became, &proof);
        let other = other.or_else(|| ways::found(call, hop, &copies, &values[..values.len() - 1]));
        if other.is_some() {
            return other;
        }
        return Found::new("ok-unacknowledged", &values, &proof).map(Found::that_decides);
    };
    // One copy may cross the ACK.
    if copies.iter().filter(|at| **at > ack).count() < 2 {
        return acks::late(call, &copies, ack, values);
    }
    let (id, own, known) = misses(call, hop, ack, first);
    let fits = matches!(id, "ack-lost" | "ack-private" | "ack-elsewhere");
    if fits && is_made_good(call, &copies, &acks) {
        let span = call.gap(first, *copies.last()?);
        values.push(("span", span.map_or_else(String::new, lasting)));
        let proof: Vec<usize> = copies.iter().chain(&acks).copied().collect();
        return Found::new("ack-made-good", &values, &proof);
    }
    let mut proof: Vec<usize> = copies.iter().chain([&ack]).chain(&ends).copied().collect();
    if fits && let Some(astray) = astray(call, ack) {
        let (code, sent) = (call.code(first), times(copies.len()));
        let ended = value(&values, "ended");
        let became = format!(
            "did not end the copies of the {code} to {}, which was sent {sent}{ended}",
            hop.name()
        );
        values.extend(astray.values(call, named(call.message(ack)), became));
        proof.push(astray.by);
        return Found::new(astray.id, &values, &proof).map(Found::that_decides);
    }
    if let Some(to) = acks::last_to(call, hop).filter(|_| id == "ack-lost") {
        values.retain(|(name, _)| *name != "to");
        values.push(("to", to));
    }
    let (id, source) = acks::sent_aside(call, first, ack, id);
    values.extend([("own", own), ("known", known), ("source", source)]);
    let id = if fits && acks::has_branch(call, hop, ack) {
        "ack-same-branch"
    } else {
        id
    };
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns that a proxy got an ACK that fits and did not send it on.
fn kept(call: &Call<'_>, hops: &[&Hop<'_>], hop: &Hop<'_>) -> Option<Found> {
    let copies = copies(call, hop, |code| (200..300).contains(&code))?;
    let first = *copies.first().filter(|_| is_again(call, &copies))?;
    let acks: Vec<usize> = acks(call, hop).collect();
    let ack = acks::kept(call, hop, &acks, first)?;
    // Only an ACK that is right can be sent on.
    let near = hops.iter().find(|near| near.vias + 1 == hop.vias)?;
    let answer = *near.responses.iter().find(|at| call.is_success(**at))?;
    if misses(call, near, ack, answer).0 != "ack-lost" || astray(call, ack).is_some() {
        return None;
    }
    let mut values = values(call, hop, &copies);
    let gap = call.gap(first, ack);
    values.push(("caller", call.between(ack).0));
    values.push((
        "gap",
        gap.map_or_else(String::new, |gap| {
            format!(" {} after the first", lasting(gap))
        }),
    ));
    let proof: Vec<usize> = copies.iter().chain([&ack]).copied().collect();
    let id = if acks::has_branch(call, near, ack) {
        "ack-same-branch"
    } else {
        "ack-kept"
    };
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns what in an ACK is otherwise than its dialog asks for.
fn astray(call: &Call<'_>, ack: usize) -> Option<Astray> {
    let hop = call.hops.iter().find(|hop| hop.requests.contains(&ack))?;
    let dialogs = dialogs(call);
    let dialog = dialogs.iter().find(|dialog| dialog.is_of(hop))?;
    routes::held(call, dialog, hop, ack)
}

fn value<'a>(values: &'a [(&'static str, String)], name: &str) -> &'a str {
    let found = values.iter().find(|(own, _)| *own == name);
    found.map_or("", |(_, value)| value)
}

/// Returns whether the last copy of a 2xx was answered by an ACK and no other came, though its sender had not yet given up.
fn is_made_good(call: &Call<'_>, copies: &[usize], acks: &[usize]) -> bool {
    let (Some(first), Some(last)) = (copies.first(), copies.last()) else {
        return false;
    };
    let span = call.gap(*first, *last);
    let is_given_up = span.is_none_or(|span| span >= TIMEOUT - 2 * INTERVAL);
    let is_answered = acks.iter().any(|ack| ack > last);
    let is_cut = bye(call, *first).is_some_and(|bye| !call.is_later(*last, bye, INTERVAL));
    is_answered && !is_given_up && !is_cut && call.goes_on(*last, INTERVAL + T1)
}

/// Returns whether a BYE ends the call since no ACK came: after 64*T1 of copies, or while they still come.
fn is_for_want(call: &Call<'_>, copies: &[usize], bye: usize) -> bool {
    let last = copies.last().copied().unwrap_or_default();
    call.gap(last, bye).is_none_or(|gap| gap <= 2 * INTERVAL)
}

/// Returns the ACKs for an INVITE, or for one of its kind that is nearest in number.
fn acks(call: &Call<'_>, hop: &Hop<'_>) -> impl Iterator<Item = usize> {
    let begins = hop.first().unwrap_or_default();
    let next = call
        .hops
        .iter()
        .filter(|other| other.is("INVITE") && other.number > hop.number && other.from == hop.from);
    let next = next.filter_map(Hop::first).min().unwrap_or(usize::MAX);
    let answer = hop.responses.iter().find(|at| call.is_success(**at));
    let asked = answer.and_then(|at| call.to(*at));
    let is_own = |ack: &&Hop<'_>| {
        let is_of_answer = ack.number == hop.number && asked.is_some() && ack.to == asked;
        ack.is("ACK") && (ack.from == hop.from || is_of_answer)
    };
    let acks = call
        .hops
        .iter()
        .filter(is_own)
        .flat_map(|ack| &ack.requests);
    let mut acks: Vec<usize> = acks
        .copied()
        .filter(|at| (begins..next).contains(at))
        .collect();
    acks.sort_unstable();
    let is_here = |at: &usize| call.message(*at).values("Via").count() == hop.vias;
    if acks.iter().any(is_here) {
        acks.retain(is_here);
    }
    acks.into_iter()
}

/// Returns why an ACK does not end the copies of a 2xx: the pattern, what the ACK has, and what it should have.
fn misses(
    call: &Call<'_>,
    hop: &Hop<'_>,
    ack: usize,
    answer: usize,
) -> (&'static str, String, String) {
    let (own, known) = (call.message(ack), call.message(answer));
    let cseq = own.cseq().unwrap_or_default();
    if number(own) != Some(hop.number) || cseq.1 != b"ACK" {
        let own = format!("{} {}", text(cseq.0), text(cseq.1));
        return ("ack-other-number", own, hop.number.to_string());
    }
    let shown = |tag: Option<String>| tag.map_or("missing".to_owned(), |tag| quoted(&tag));
    for name in ["To", "From"] {
        let (own, known) = (tag(own, name), tag(known, name));
        if own != known {
            let own = format!("{name} of the ACK is {}", shown(own));
            return ("ack-other-tag", own, shown(known));
        }
    }
    if let Some((own, known)) = acks::unreversed(call, hop, answer) {
        return ("ack-route-order", own, known);
    }
    let route = known.values("Record-Route").next();
    if let Some(route) = route
        && !own.has("Route")
        && own.values("Via").count() == 1
        && hop.vias == 1
    {
        return ("ack-no-route", String::new(), short(&text(address(route))));
    }
    let uri = text(target(own));
    let contact = known.value("Contact").map(|value| text(address(value)));
    let contact = contact.unwrap_or_default();
    // A proxy on the way may have written another Contact.
    let is_same_hop = own.values("Via").count() == hop.vias;
    let is_of_contact = contact.is_empty()
        || !is_same_hop
        || acks::bare(&uri).eq_ignore_ascii_case(acks::bare(&contact));
    // A strict router stands in the Request-URI itself.
    if !is_of_contact && !own.has("Route") {
        return ("ack-other-target", short(&uri), short(&contact));
    }
    let wanted = known.value("Contact").map(order::uri).unwrap_or_default();
    if let Some((has, known)) = acks::transports(call, [ack, answer], wanted)
        && is_same_hop
        && !own.has("Route")
    {
        return (
            "ack-other-target",
            format!("{} over {has}", short(&uri)),
            known,
        );
    }
    if unreached::is_private_only(call, hop, &uri) && !own.has("Route") {
        return ("ack-private", short(&uri), String::new());
    }
    if let Some(other) = elsewhere(call, hop, ack, answer) {
        return ("ack-elsewhere", short(&uri), other);
    }
    ("ack-lost", short(&uri), String::new())
}

/// Returns the address of the side that answered, where the ACK goes to another one from which nothing comes.
fn elsewhere(call: &Call<'_>, hop: &Hop<'_>, ack: usize, answer: usize) -> Option<String> {
    let (goes, comes) = (call.record(ack).to?, call.record(answer).from?);
    let own = call.message(ack);
    let is_same_hop =
        own.values("Via").count() == hop.vias && call.record(ack).from == call.record(answer).to;
    let is_heard = call.recorded.iter().any(|one| one.from == Some(goes));
    let is_other = is_same_hop && goes != comes && !is_heard && !own.has("Route");
    is_other.then(|| comes.to_string())
}

/// Returns that no ACK is there: a 2xx that does not come again had one, on a way that the trace does not show; but its sender
/// may have given up.
fn missing(call: &Call<'_>, hop: &Hop<'_>, copies: &[usize], acks: &[usize]) -> Option<Found> {
    let answer = *copies.first()?;
    let is_whole = !hop.requests.is_empty() && acks.is_empty();
    if !is_whole || !call.goes_on(answer, TIMEOUT) {
        return None;
    }
    let mut values = values(call, hop, copies);
    values.push(("rest", lasting(call.rest(answer)?)));
    let gives_up = |bye: &usize| {
        let gap = call.gap(answer, *bye);
        gap.is_some_and(|gap| gap.abs_diff(TIMEOUT) < INTERVAL)
    };
    if let Some(bye) = bye(call, answer).filter(gives_up) {
        values.push(("bye", named(call.message(bye))));
        values.push(("gap", lasting(call.gap(answer, bye)?)));
        let why = ways::found(call, hop, copies, &values);
        return why.or_else(|| Found::new("ack-missing", &values, &[answer, bye]));
    }
    let response = call.message(answer);
    let contact = response
        .value("Contact")
        .filter(|_| !response.has("Record-Route"));
    let way = contact.map(|value| {
        let contact = short(&text(address(value)));
        let code = call.code(answer);
        format!(": straight to {contact}, since no Record-Route is in the {code}")
    });
    values.push(("way", way.unwrap_or_default()));
    Found::new("ack-unseen", &values, &[answer])
}

fn of_failure(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let copies = copies(call, hop, |code| code >= 300)?;
    if !is_again(call, &copies) || hop.requests.len() >= copies.len() {
        return None;
    }
    let mut values = values(call, hop, &copies);
    let of_number = |at: &usize| number(call.message(*at)) == Some(hop.number);
    let acks: Vec<usize> = acks(call, hop).filter(of_number).collect();
    let fits = |at: &&usize| branch(call.message(**at)) == Some(hop.branch);
    let ack = acks.iter().find(fits).copied();
    let Some(ack) = ack else {
        // An ACK of another hop proves nothing for this one.
        let other = acks
            .iter()
            .find(|at| call.message(**at).values("Via").count() == hop.vias);
        let Some(other) = other else {
            return Found::new("final-unacknowledged", &values, &copies);
        };
        let own = branch(call.message(*other)).map(text).unwrap_or_default();
        values.push(("own", quoted(&own)));
        values.push(("known", quoted(&text(hop.branch))));
        let proof: Vec<usize> = copies.iter().chain([other]).copied().collect();
        return Found::new("final-ack-branch", &values, &proof);
    };
    if copies.iter().filter(|at| **at > ack).count() < 2 {
        return None;
    }
    let proof: Vec<usize> = copies.iter().chain([&ack]).copied().collect();
    Found::new("final-ack-lost", &values, &proof)
}

/// Returns the BYE with which the side that answered ends the call.
fn bye(call: &Call<'_>, answer: usize) -> Option<usize> {
    let tag = call.to(answer);
    let mut byes = call.requests(b"BYE").filter(|bye| bye.from == tag);
    byes.find_map(|bye| bye.requests.iter().find(|at| **at > answer).copied())
}

/// Returns that the side which answered ended the call, if it was for want of an ACK.
fn ended(call: &Call<'_>, copies: &[usize], bye: usize) -> String {
    if !is_for_want(call, copies, bye) {
        return String::new();
    }
    let (first, last) = (copies.first(), copies.last());
    let ends = first.zip(last).map(|(first, last)| (*first, *last));
    let gap = ends.and_then(|(first, last)| {
        let is_to_the_end = call.is_later(first, last, TIMEOUT - 3 * INTERVAL);
        call.gap(first, bye).filter(|_| is_to_the_end)
    });
    match gap {
        Some(gap) => format!(
            "; {} after the first it ended the call with a BYE",
            lasting(gap)
        ),
        None => "; then it ended the call with a BYE".to_owned(),
    }
}

fn values(call: &Call<'_>, hop: &Hop<'_>, copies: &[usize]) -> Vec<(&'static str, String)> {
    let first = copies.first().copied().unwrap_or_default();
    let (answers, asks) = call.between(first);
    let ended = bye(call, first).map(|bye| ended(call, copies, bye));
    vec![
        ("code", call.code(first).to_string()),
        ("name", hop.name()),
        ("times", times(copies.len())),
        ("ended", ended.unwrap_or_default()),
        ("from", asks),
        ("to", answers),
    ]
}
