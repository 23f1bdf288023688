//! Header fields that a proxy leaves out of what it passes on, where the other end would have needed them: the same message
//! before it and behind it.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting, times};
use super::passed::is_behind;
use super::refresh;
use crate::explain::words::{list, text};
use crate::message::parameter;

/// What the other end may need.
const FIELDS: [&str; 19] = [
    "Session-Expires",
    "RSeq",
    "Require",
    "Contact",
    "Record-Route",
    "WWW-Authenticate",
    "Proxy-Authenticate",
    "Authorization",
    "Min-SE",
    "Min-Expires",
    "Unsupported",
    "Supported",
    "Allow",
    "Event",
    "Subscription-State",
    "Refer-To",
    "RAck",
    "Content-Type",
    "Accept",
];
/// Of these each value counts.
const LISTS: [&str; 5] = ["Require", "Supported", "Allow", "Unsupported", "Accept"];
/// Without it a request is refused with one of these.
const ASKED: [(&str, &[u16]); 8] = [
    ("Contact", &[400]),
    ("Authorization", &[401]),
    ("Supported", &[421]),
    ("Event", &[400, 489]),
    ("Subscription-State", &[400]),
    ("Refer-To", &[400]),
    ("RAck", &[400, 481]),
    ("Content-Type", &[400, 415]),
];
/// Without it a refusal does not say how to do it better.
const TOLD: [(u16, &str); 7] = [
    (401, "WWW-Authenticate"),
    (407, "Proxy-Authenticate"),
    (415, "Accept"),
    (420, "Unsupported"),
    (421, "Require"),
    (422, "Min-SE"),
    (423, "Min-Expires"),
];
/// Whoever answers a challenge does it before.
const SOON: u64 = 4 * SECOND;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter().filter(|group| group.len() > 1);
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = || group.iter().map(|hop| call.hop(*hop));
    hops().find_map(|near| {
        let mut far = hops().filter(|far| is_behind(call, near, far));
        far.find_map(|far| in_request(call, near, far).or_else(|| in_response(call, near, far)))
    })
}

/// What a proxy took away, and what came of it.
struct Shed {
    became: String,
    proof: Vec<usize>,
}

impl Shed {
    fn found(self, call: &Call<'_>, what: String, got: usize, sent: usize) -> Option<Found> {
        let fields = FIELDS.iter().filter_map(|name| lost(call, name, got, sent));
        let values = values![
            ("what", what),
            ("by", call.between(sent).0),
            ("from", call.between(got).0),
            ("fields", list(&fields.collect::<Vec<String>>())),
            ("became", self.became),
        ];
        let proof: Vec<usize> = [got, sent].into_iter().chain(self.proof).collect();
        Found::new("field-dropped", &values, &proof).map(Found::that_decides)
    }
}

/// Returns what of a header field a message has no longer, as it stood there.
fn lost(call: &Call<'_>, name: &str, got: usize, sent: usize) -> Option<String> {
    let (before, behind) = (call.message(got), call.message(sent));
    let values: Vec<String> = if LISTS.contains(&name) {
        let all = before.values(name).map(text);
        all.filter(|value| !value.is_empty() && !behind.lists(name, value))
            .collect()
    } else if name == "Record-Route" {
        // A proxy may write its own value anew.
        let has: Vec<&[u8]> = behind.values(name).collect();
        let is_fewer = has.len() < before.values(name).count();
        let all = before.values(name).filter(|value| !has.contains(value));
        all.filter(|_| is_fewer).map(text).collect()
    } else {
        let value = before.value(name).filter(|_| !behind.has(name));
        value.map(text).into_iter().collect()
    };
    (!values.is_empty()).then(|| format!("{name}: {}", values.join(", ")))
}

fn in_request(call: &Call<'_>, near: &Hop<'_>, far: &Hop<'_>) -> Option<Found> {
    let (got, sent) = (*near.requests.first()?, *far.requests.first()?);
    let refusal = far.last(call, 300).filter(|_| sent > got)?;
    let code = call.code(refusal);
    let is_missed = |(name, codes): &(&str, &[u16])| {
        let tokens = || call.message(refusal).values("Require").map(text);
        let is_it = match *name {
            "Supported" => tokens().any(|token| {
                call.message(got).lists(name, &token) && !call.message(sent).lists(name, &token)
            }),
            name => lost(call, name, got, sent).is_some(),
        };
        codes.contains(&code) && is_it
    };
    ASKED.iter().find(|row| is_missed(row))?;
    let shed = Shed {
        became: format!("; {} answered with {code}", call.between(sent).1),
        proof: vec![refusal],
    };
    shed.found(call, near.name(), got, sent)
}

fn in_response(call: &Call<'_>, near: &Hop<'_>, far: &Hop<'_>) -> Option<Found> {
    far.responses.iter().find_map(|got| {
        let sent = *near.responses.iter().find(|at| {
            let is_same = call.code(**at) == call.code(*got) && call.to(**at) == call.to(*got);
            is_same && *at > got
        })?;
        let is_lost = |name: &str| lost(call, name, *got, sent).is_some();
        let shed = match call.code(*got) {
            101..200 if is_lost("RSeq") || is_lost("Require") => {
                unconfirmed(call, near, far, [*got, sent])
            }
            200..300 if is_lost("Session-Expires") => unrefreshed(call, near, *got, sent),
            200..300 if near.is("INVITE") && (is_lost("Contact") || is_lost("Record-Route")) => {
                unacknowledged(call, far, *got)
            }
            code => {
                let row = TOLD.iter().find(|(known, _)| *known == code);
                row.filter(|(_, name)| is_lost(name))
                    .and_then(|_| given_up(call, near, sent))
            }
        }?;
        let what = format!("the {} to {}", call.code(*got), near.name());
        shed.found(call, what, *got, sent)
    })
}

/// Returns how often a response came.
fn copies(call: &Call<'_>, hop: &Hop<'_>, got: usize) -> Vec<usize> {
    let is_it = |at: &usize| {
        let (one, other) = (call.message(*at), call.message(got));
        call.code(*at) == call.code(got)
            && call.to(*at) == call.to(got)
            && one.value("RSeq") == other.value("RSeq")
    };
    hop.responses.iter().copied().filter(is_it).collect()
}

/// Returns that a reliable provisional response got no PRACK.
fn unconfirmed(
    call: &Call<'_>,
    near: &Hop<'_>,
    far: &Hop<'_>,
    [got, sent]: [usize; 2],
) -> Option<Shed> {
    let mut pracks = call.requests(b"PRACK");
    let is_reliable =
        |at: usize| call.message(at).lists("Require", "100rel") && call.message(at).has("RSeq");
    let is_shed = is_reliable(got) && !is_reliable(sent);
    if !is_shed || pracks.any(|prack| prack.from == near.from) {
        return None;
    }
    let copies = copies(call, far, got);
    let refusal = far.last(call, 300).filter(|at| call.code(*at) >= 500);
    if copies.len() < 2 && refusal.is_none() {
        return None;
    }
    let ended = refusal.map(|at| format!(", and {} came of it", call.code(at)));
    Some(Shed {
        became: format!(
            "; no PRACK came, and the response was sent {}{}",
            times(copies.len()),
            ended.unwrap_or_default()
        ),
        proof: copies.into_iter().chain(refusal).collect(),
    })
}

/// Returns that nobody refreshed a session since its client did not know that it was to do so.
fn unrefreshed(call: &Call<'_>, near: &Hop<'_>, got: usize, sent: usize) -> Option<Shed> {
    let value = call.message(got).value("Session-Expires")?;
    let side = parameter(value, b';', "refresher")?;
    let bye = call.requests(b"BYE").min_by_key(|bye| bye.first())?;
    let at = bye.first()?;
    let span = call.gap(got, at)?;
    let is_between = |hop: &Hop<'_>| {
        let is_refresh = (hop.is("INVITE") || hop.is("UPDATE")) && !hop.is_outside();
        is_refresh
            && hop
                .first()
                .is_some_and(|begins| sent < begins && begins < at)
    };
    let is_end = refresh::is_end(call, got, span) && bye.from != near.from;
    if !is_end || !side.eq_ignore_ascii_case(b"uac") || call.hops.iter().any(is_between) {
        return None;
    }
    Some(Shed {
        became: format!(
            "; so {} does not know that it is to refresh the session, no refresh came, and {} after the {} {} ended the call",
            call.between(sent).1,
            lasting(span),
            call.code(got),
            bye.name()
        ),
        proof: vec![at],
    })
}

/// Returns that a 2xx came again for want of its ACK.
fn unacknowledged(call: &Call<'_>, far: &Hop<'_>, got: usize) -> Option<Shed> {
    let copies = copies(call, far, got);
    (copies.len() > 1).then(|| Shed {
        became: format!(
            "; {} sent the {} {}, since no ACK came",
            call.between(got).0,
            call.code(got),
            times(copies.len())
        ),
        proof: copies,
    })
}

/// Returns that a client did not try again after a refusal that no longer said how.
fn given_up(call: &Call<'_>, near: &Hop<'_>, sent: usize) -> Option<Shed> {
    let mut again = call.requests(near.method);
    let is_again = |other: &Hop<'_>| other.number > near.number && call.is_same_client(other, near);
    (call.goes_on(sent, SOON) && !again.any(is_again)).then(|| Shed {
        became: format!(
            "; {} cannot do what it asks for, and did not try again",
            call.between(sent).1
        ),
        proof: Vec::new(),
    })
}
