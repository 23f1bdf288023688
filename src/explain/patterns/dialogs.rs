//! Requests inside a dialog: their tags, their numbers, what refuses them, and forks that were answered twice.

use super::byes;
use super::found::{Found, values};
use super::lost;
use super::numbers;
use super::order::{Call, Hop, T1, lasting};
use super::refresh;
use super::routes;
use super::ways;
use crate::explain::sorted::sort_by_key;
use crate::explain::words::{quoted, text};

/// Messages that cross are both on their way: so far apart they are not.
const ROUND_TRIP: u64 = 2 * T1;

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
            all.extend(lost::outside(call, &dialogs, hop));
            all.extend(no_tag(call, group, hop));
        }
    }
    all
}

/// What a response set up.
pub(super) struct Dialog {
    /// The tags of the side that asked, and of the other.
    pub(super) asking: String,
    pub(super) asked: String,
    pub(super) by: usize,
    /// The first response that has its tags.
    first: usize,
}

impl Dialog {
    /// Returns the dialog that a response to a request is of.
    pub(super) fn of_response(call: &Call<'_>, hop: &Hop<'_>, at: usize) -> Option<Self> {
        Some(Self {
            asking: hop.from.clone()?,
            asked: call.to(at)?,
            by: at,
            first: at,
        })
    }

    pub(super) fn is_of(&self, hop: &Hop<'_>) -> bool {
        let tags = (hop.from.as_ref(), hop.to.as_ref());
        let own = (Some(&self.asking), Some(&self.asked));
        tags == own || (tags.1, tags.0) == own
    }
}

pub(super) fn dialogs(call: &Call<'_>) -> Vec<Dialog> {
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
                // A re-INVITE changes neither route set nor tags.
                Some(known) if call.is_success(*at) && !call.is_success(known.by) => known.by = *at,
                Some(_) => {}
                None => all.push(Dialog {
                    asking,
                    asked,
                    by: *at,
                    first: *at,
                }),
            }
        }
    }
    sort_by_key(&mut all, |one| !call.is_success(one.by));
    all
}

fn of(call: &Call<'_>, dialogs: &[Dialog], group: &[usize], hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let dialog = dialogs
        .iter()
        .find(|one| one.first < request && one.is_of(hop));
    let astray = |outcome| routes::astray(call, dialog?, hop, outcome);
    let lower = numbers::of(call, group);
    let Some(outcome) = call.outcome(group) else {
        return lower
            .or_else(|| astray(None))
            .or_else(|| byes::unanswered(call, hop, request));
    };
    let code = call.code(outcome);
    if code < 300 || lower.is_some() {
        return lower.filter(|_| code >= 300);
    }
    if code == 481 {
        return no_dialog(call, dialogs, hop, request, outcome);
    }
    let is_unread = matches!(code, 400 | 403 | 404 | 500);
    if let Some(dialog) = dialog.filter(|one| is_unread && is_swapped(call, one, hop, request)) {
        let proof = [dialog.by, request, outcome];
        return Found::told(call, "tags-swapped", hop, outcome, &[], &proof);
    }
    if let Some(found) = astray(Some(outcome)) {
        return Some(found);
    }
    if code == 400 && hop.is("INVITE") && hop.is_outside() {
        return routes::without_contact(call, request, request, outcome);
    }
    let values = values![
        ("name", hop.name()),
        ("code", code.to_string()),
        ("to", call.ends(outcome).0),
    ];
    let proof = [request, outcome];
    if hop.is("BYE") && matches!(code, 401 | 407) {
        return byes::unrepeated(call, hop, request, outcome);
    }
    if hop.is("BYE") && code != 408 {
        return Found::new("bye-refused", &values, &proof).map(Found::that_decides);
    }
    if let Some(told) = refresh::unlisted(call, hop, outcome) {
        let (from, to) = call.between(request);
        let allow = text(call.message(told).value("Allow").unwrap_or_default());
        let values = values![
            ("name", hop.name()),
            ("code", code.to_string()),
            ("from", from),
            ("to", to),
            ("allow", allow),
        ];
        return Found::new("method-unlisted", &values, &[told, request, outcome]);
    }
    let is_change = matches!(hop.method, b"INVITE" | b"UPDATE") && !hop.is_outside();
    if is_change && matches!(code, 488 | 606 | 415 | 603 | 504) {
        return Found::new("change-refused", &values, &proof);
    }
    None
}

fn no_dialog(
    call: &Call<'_>,
    dialogs: &[Dialog],
    hop: &Hop<'_>,
    request: usize,
    outcome: usize,
) -> Option<Found> {
    let (from, to) = (call.ends(request).0, call.ends(outcome).0);
    let mut values = values![
        ("name", hop.name()),
        ("code", "481".to_owned()),
        ("became", "got 481".to_owned()),
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
    if let Some(found) = over(call, hop, &values, [request, outcome]) {
        return Some(found);
    }
    let first = dialogs.iter().find(|one| one.by < request)?;
    let dialog = dialogs
        .iter()
        .find(|one| one.by < request && one.is_of(hop));
    let by = dialog.unwrap_or(first).by;
    let name = |at: usize| {
        let (number, method) = call.message(at).cseq().unwrap_or_default();
        format!("{} {}", text(method), text(number))
    };
    values.push(("by", name(by)));
    let proof = [by, request, outcome];
    if let Some(dialog) = dialog {
        if is_swapped(call, dialog, hop, request) {
            let found = Found::new("tags-swapped", &values, &proof);
            return found.map(Found::that_decides);
        }
        if let Some(found) = of_other_branch(call, dialogs, dialog, &values, proof) {
            return Some(found);
        }
        if let Some(found) = routes::astray(call, dialog, hop, Some(outcome)) {
            return Some(found);
        }
        let lost = lost::found(call, &values, proof);
        values.push(("way", ways::back(call, request)));
        let lost = lost.or_else(|| Found::new("dialog-lost", &values, &proof));
        return lost.map(Found::that_decides);
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
    let address = |at: usize| call.record(at).from;
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

/// Returns that another BYE had ended the dialog of a request, or crossed it.
fn over(
    call: &Call<'_>,
    hop: &Hop<'_>,
    values: &[(&'static str, String)],
    [request, outcome]: [usize; 2],
) -> Option<Found> {
    let mut values = values.to_vec();
    let is_other = |bye: &&Hop<'_>| {
        let is_it = bye.from == hop.from && bye.number == hop.number;
        let is_of_dialog = (&bye.from, &bye.to) == (&hop.from, &hop.to)
            || (&bye.from, &bye.to) == (&hop.to, &hop.from);
        !is_it && is_of_dialog
    };
    let byes: Vec<&Hop<'_>> = call.requests(b"BYE").filter(is_other).collect();
    if let Some(bye) = byes.iter().find(|bye| crosses(call, hop, bye)) {
        values.push(("bye", bye.name()));
        let proof = [request, *bye.requests.first()?, outcome];
        let id = if hop.is("BYE") {
            "byes-crossed"
        } else {
            "bye-crossed"
        };
        return Found::new(id, &values, &proof);
    }
    // What a subscription has of the dialog may outlive the BYE (RFC 5057 section 5.3).
    if ["NOTIFY", "SUBSCRIBE", "REFER"]
        .iter()
        .any(|method| hop.is(method))
    {
        return None;
    }
    let ended = byes.iter().find(|bye| ends(call, bye, hop, request))?;
    let bye_at = *ended.requests.first()?;
    let gap = call.gap(bye_at, request);
    values.push(("bye", ended.name()));
    values.push((
        "gap",
        gap.map_or_else(String::new, |gap| format!(" {} before", lasting(gap))),
    ));
    let found = Found::new("dialog-ended", &values, &[bye_at, request, outcome]);
    found.map(Found::that_decides)
}

/// Returns whether a request and a BYE were on their way at once: each was sent before the other or its response can have arrived.
fn crosses(call: &Call<'_>, one: &Hop<'_>, other: &Hop<'_>) -> bool {
    let sent = [one, other].map(|hop| hop.requests.first().copied());
    let [Some(own), Some(of_other)] = sent else {
        return false;
    };
    let is_before = |sent: usize, hop: &Hop<'_>| {
        let mut finals = hop.responses.iter().filter(|at| call.code(**at) >= 200);
        finals.next().is_none_or(|at| sent < *at)
    };
    let gap = call.gap(own.min(of_other), own.max(of_other));
    let is_on_its_way = gap.is_none_or(|gap| gap <= ROUND_TRIP);
    one.from != other.from && is_before(own, other) && is_before(of_other, one) && is_on_its_way
}

/// Returns whether a BYE ended the dialog before a request was sent: it was accepted, or it is that of the side which
/// refuses the request.
fn ends(call: &Call<'_>, bye: &Hop<'_>, hop: &Hop<'_>, request: usize) -> bool {
    let group = call.group(bye.method, bye.number, bye.from.as_deref());
    let outcome = group.and_then(|group| call.outcome(group));
    let is_over = match outcome {
        Some(at) => call.is_success(at),
        None => bye.from != hop.from,
    };
    is_over && bye.first() < Some(request)
}

/// Returns that a request has the tag of a branch of a fork that was never confirmed, while another one was.
fn of_other_branch(
    call: &Call<'_>,
    dialogs: &[Dialog],
    early: &Dialog,
    values: &[(&'static str, String)],
    [_, request, outcome]: [usize; 3],
) -> Option<Found> {
    let cseq = |at: usize| call.message(at).cseq();
    let is_confirmed = |one: &&Dialog| {
        let is_sibling = one.asking == early.asking && cseq(one.by) == cseq(early.by);
        is_sibling && call.is_success(one.by) && one.by < request
    };
    let confirmed = dialogs.iter().find(is_confirmed)?;
    if call.is_success(early.by) {
        return None;
    }
    let responses = call.hops.iter().flat_map(|hop| &hop.responses);
    let mut finals = responses.filter(|at| {
        let is_of_early = call.to(**at).as_ref() == Some(&early.asked);
        is_of_early && call.code(**at) >= 300 && cseq(**at) == cseq(early.by)
    });
    let last = finals.next();
    let mut values = values.to_vec();
    values.push(("own", quoted(&early.asked)));
    values.push(("known", quoted(&confirmed.asked)));
    values.push(("early", call.code(early.by).to_string()));
    values.push((
        "last",
        last.map_or_else(
            || "was never confirmed".to_owned(),
            |at| format!("ended with {}", call.code(*at)),
        ),
    ));
    values.push(("confirmed", call.code(confirmed.by).to_string()));
    let proof = [early.by, confirmed.by, request, outcome];
    let contact = |at: usize| call.message(at).value("Contact").map(text);
    let place = |at: usize| (contact(at), call.between(at).0);
    let is_one = last.is_none() && contact(early.by).is_some();
    if is_one && place(early.by) == place(confirmed.by) {
        values.push(("contact", contact(early.by).unwrap_or_default()));
        values.push(("server", call.between(early.by).0));
        return Found::new("tag-changed", &values, &proof).map(Found::that_decides);
    }
    Found::new("tag-other-branch", &values, &proof).map(Found::that_decides)
}

fn no_tag(call: &Call<'_>, group: &[usize], hop: &Hop<'_>) -> Option<Found> {
    let outcome = call.outcome(group).filter(|at| call.is_success(*at))?;
    if call.to(outcome).is_some() || !call.message(outcome).has("To") {
        return None;
    }
    let values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("to", call.between(outcome).0),
    ];
    Found::new("success-no-tag", &values, &[outcome])
}

/// Returns that a response has no request here; said once.
fn unseen(call: &Call<'_>, group: &[usize], known: &[Found]) -> Option<Found> {
    let hop = call.hop(*group.first()?);
    let at = hop.first()?;
    let is_known = known
        .iter()
        .any(|one| one.pattern.id.as_str() == "request-unseen");
    if is_known || hop.responses.is_empty() {
        return None;
    }
    let values = values![("name", hop.name()), ("code", call.code(at).to_string())];
    Found::new("request-unseen", &values, &[at])
}
