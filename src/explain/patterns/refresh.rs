//! Sessions that are to be refreshed: refreshes that failed, and those that did not come.

use super::drops;
use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, lasting};
use super::versions;
use crate::explain::call::named;
use crate::explain::words::{text, time};
use crate::message::{Message, parameter, reasons, seconds};

/// How much earlier than at its end a session may be given up: 32 s, or a third of a shorter interval.
const EARLY: u64 = 32;
const SLACK: u64 = 3 * SECOND;
/// The shortest interval that is asked for (RFC 4028 section 5); in seconds.
const LONG: u32 = 90;

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let timed = || methods.into_iter().flat_map(|method| call.requests(method));
    let unfit = timed().find_map(|hop| unfit(call, hop));
    let first = failed(call).or_else(|| expired(call));
    let late = call.hops.iter().find_map(|hop| late(call, hop));
    unfit.into_iter().chain(first).chain(late).collect()
}

/// Returns what Session-Expires of a 2xx has that the request does not allow (RFC 4028 section 9).
fn unfit(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let success = *hop.responses.iter().find(|at| call.is_success(**at))?;
    let (has, known, rule) = broken(call, hop, [request, success])?;
    let bye = expired(call).filter(|found| found.proof.contains(&success));
    let ended = bye.as_ref().and_then(|found| {
        let at = *found.proof.last()?;
        let gap = lasting(call.gap(success, at)?);
        let name = named(call.message(at));
        Some(format!(
            "; no refresh came, and {gap} after it {name} ended the call"
        ))
    });
    let values = values![
        ("name", hop.name()),
        ("code", call.code(success).to_string()),
        ("own", has),
        ("known", known),
        ("rule", rule.to_owned()),
        ("ended", ended.unwrap_or_default()),
        ("to", call.between(success).0),
    ];
    let more = bye.into_iter().flat_map(|found| found.proof.clone());
    let proof: Vec<usize> = [request, success].into_iter().chain(more).collect();
    Found::new("session-unfit", &values, &proof).map(Found::that_decides)
}

/// Returns what the 2xx has, what the request has, and the rule that is broken.
fn broken(
    call: &Call<'_>,
    hop: &Hop<'_>,
    [request, success]: [usize; 2],
) -> Option<(String, String, &'static str)> {
    let (asked, told) = (call.message(request), call.message(success));
    let side = |message: &Message<'_>| {
        let value = message.value("Session-Expires")?;
        parameter(value, b';', "refresher").map(text)
    };
    let (own, whose) = (interval(told)?, side(told).unwrap_or_default());
    let least = asked.value("Min-SE").and_then(seconds);
    let has_timer = asked.lists("Supported", "timer") || asked.lists("Require", "timer");
    let is_other = |wanted: &String| !wanted.eq_ignore_ascii_case(&whose) && !whose.is_empty();
    let is_by_it = |other: &Hop<'_>| {
        let at = other.requests.first();
        let is_timed = at.is_some_and(|at| call.message(*at).has("Session-Expires"));
        is_refresh(other) && other.from == hop.from && is_timed
    };
    let is_new = hop.is_outside() && asked.is_ended && !call.hops.iter().any(is_by_it);
    let lasts = format!("Session-Expires {own}");
    let by = format!("refresher={whose}");
    if !has_timer && is_new && whose.eq_ignore_ascii_case("uac") {
        let rule =
            "who does not know the session timer cannot refresh it, so the refresher MUST be uas";
        Some((by, "no timer in Supported".to_owned(), rule))
    } else if whose.is_empty() && told.is_ended {
        let known = match side(asked) {
            Some(wanted) => format!("refresher={wanted}"),
            None => "leaves it open who refreshes".to_owned(),
        };
        let rule = "the 2xx MUST name the refresher, and so nobody may feel bound to refresh";
        Some((format!("{lasts} without refresher"), known, rule))
    } else if let Some(wanted) = side(asked).filter(is_other) {
        let rule = "the side that answers cannot overrule that choice";
        Some((by, format!("refresher={wanted}"), rule))
    } else if let Some(most) = interval(asked).filter(|most| own > *most) {
        Some((lasts, most.to_string(), "the interval MUST NOT be raised"))
    } else if let Some(least) = least.filter(|least| own < *least) {
        let known = format!("Min-SE {least}");
        Some((lasts, known, "the interval MUST NOT be shorter"))
    } else {
        None
    }
}

/// Returns the 2xx that set up or refreshed a session last before a message, and its interval in microseconds.
fn refreshed(call: &Call<'_>, before: usize) -> Option<(usize, u64)> {
    let is_timer = |hop: &&Hop<'_>| hop.is("INVITE") || hop.is("UPDATE");
    let answers = call
        .hops
        .iter()
        .filter(is_timer)
        .flat_map(|hop| &hop.responses);
    let last = answers
        .copied()
        .filter(|at| *at < before && call.is_success(*at))
        .max()?;
    Some((last, u64::from(interval(call.message(last))?) * SECOND))
}

/// Returns a request that got 481 after its session had run out.
fn late(call: &Call<'_>, hop: &Hop<'_>) -> Option<Found> {
    let request = *hop.requests.first()?;
    let outcome = hop.last(call, 300).filter(|at| call.code(*at) == 481)?;
    let (last, whole) = refreshed(call, request)?;
    let after = call.gap(last, request)?.checked_sub(whole + SLACK)?;
    if hop.is_outside() || call.requests(b"BYE").any(|bye| bye.first() < Some(request)) {
        return None;
    }
    let values = values![
        ("name", hop.name()),
        ("code", "481".to_owned()),
        ("after", lasting(after + SLACK)),
        ("interval", lasting(whole)),
        ("to", call.between(request).1),
    ];
    Found::new("session-run-out", &values, &[last, request, outcome]).map(Found::that_decides)
}

fn is_refresh(hop: &Hop<'_>) -> bool {
    (hop.is("INVITE") || hop.is("UPDATE")) && !hop.is_outside()
}

/// Returns a refresh that got 408 or 481, or no answer, before a BYE of its sender.
fn failed(call: &Call<'_>) -> Option<Found> {
    let timed = |hop: &&Hop<'_>| {
        let first = hop.requests.first();
        is_refresh(hop) && first.is_some_and(|at| call.message(*at).has("Session-Expires"))
    };
    let methods: [&[u8]; 2] = [b"INVITE", b"UPDATE"];
    let mut refreshes = methods
        .into_iter()
        .flat_map(|method| call.requests(method))
        .filter(timed);
    refreshes.find_map(|hop| {
        let group = call.group(hop.method, hop.number, hop.from.as_deref())?;
        let first = *hop.requests.first()?;
        let outcome = call.outcome(group);
        let bye = call
            .requests(b"BYE")
            .find(|bye| bye.from == hop.from && bye.first() > Some(first))?;
        let Some(failed) = drops::failed(call, group, hop, outcome) else {
            return given_up(call, hop, outcome.filter(|at| call.code(*at) >= 300)?, bye);
        };
        let unnamed = unnamed(call, hop).filter(|_| outcome.is_none());
        let failed = failed
            + &unnamed.map_or_else(String::new, |by| {
                let allow = text(call.message(by).value("Allow").unwrap_or_default());
                format!(", whose Allow ({allow}) does not list it")
            });
        let at = bye.first()?;
        let gap = outcome.and_then(|outcome| call.gap(outcome, at));
        if gap > Some(drops::SOON) {
            return None;
        }
        let proof: Vec<usize> = [first, at].into_iter().chain(outcome).collect();
        let values = values![
            ("name", hop.name()),
            ("failed", failed),
            (
                "gap",
                gap.map_or_else(String::new, |gap| format!(" {} later", lasting(gap))),
            ),
            ("bye", bye.name()),
            (
                "to",
                outcome.map_or_else(
                    || call.between(first).1,
                    |at| drops::source(call, group, at),
                ),
            ),
            ("look", drops::look(call, outcome).to_owned()),
        ];
        Found::new("refresh-failed", &values, &proof).map(Found::that_decides)
    })
}

/// Returns that the side which refreshes ended the call since its refresh was refused, with time left to try again.
fn given_up(call: &Call<'_>, hop: &Hop<'_>, outcome: usize, bye: &Hop<'_>) -> Option<Found> {
    let (request, at) = (*hop.requests.first()?, bye.first()?);
    let (last, whole) = refreshed(call, request)?;
    let (gap, span) = (call.gap(outcome, at)?, call.gap(last, at)?);
    let again = call.requests(hop.method).chain(call.requests(b"INVITE"));
    let is_again = |other: &Hop<'_>| {
        other.from == hop.from && (outcome..at).contains(&other.first().unwrap_or_default())
    };
    let left = whole.checked_sub(span)?;
    // What changes the session is refused for that, and who hangs up later does so for reasons of his own.
    if gap > drops::SOON
        || !versions::is_kept(call, hop, request)
        || again.into_iter().any(is_again)
    {
        return None;
    }
    let unlisted = unlisted(call, hop, outcome);
    let mut allow = lacking(call, unlisted);
    if unlisted.is_some() {
        allow += ": that asks for a re-INVITE";
    }
    let values = values![
        ("name", hop.name()),
        ("code", call.code(outcome).to_string()),
        ("allow", allow),
        ("gap", lasting(gap)),
        ("bye", bye.name()),
        ("from", call.between(at).0),
        ("left", lasting(left)),
    ];
    let proof: Vec<usize> = [request, outcome, at].into_iter().chain(unlisted).collect();
    Found::new("refresh-given-up", &values, &proof).map(Found::that_decides)
}

/// Returns what a message with Allow says of a method that it does not list.
fn lacking(call: &Call<'_>, unlisted: Option<usize>) -> String {
    unlisted.map_or_else(String::new, |by| {
        format!(
            ", as the Allow of the other side ({}) does not list it",
            text(call.message(by).value("Allow").unwrap_or_default())
        )
    })
}

/// Returns the message with the Allow of the other side, where that does not list the method of a request that was refused.
pub(super) fn unlisted(call: &Call<'_>, hop: &Hop<'_>, outcome: usize) -> Option<usize> {
    matches!(call.code(outcome), 405 | 501).then(|| unnamed(call, hop))?
}

/// Returns the message with the last Allow of the other side, where that does not list the method of a request.
fn unnamed(call: &Call<'_>, hop: &Hop<'_>) -> Option<usize> {
    let request = *hop.requests.first()?;
    let told = (0..request).rev().find(|at| {
        let one = call.message(*at);
        let sender = versions::sender(call, *at);
        sender.is_some() && sender == hop.to && one.has("Allow")
    })?;
    let method = String::from_utf8_lossy(hop.method);
    (!call.message(told).lists("Allow", &method)).then_some(told)
}

/// Returns a BYE that came when the session ran out.
fn expired(call: &Call<'_>) -> Option<Found> {
    let bye = call.requests(b"BYE").min_by_key(|bye| bye.first())?;
    let at = bye.first()?;
    let (last, whole) = refreshed(call, at)?;
    let value = call.message(last).value("Session-Expires")?;
    let interval = interval(call.message(last))?;
    let early = early(interval);
    let span = call.gap(last, at)?;
    if !is_end(call, last, span) {
        return None;
    }
    let asked = call.hops.iter().find(|hop| hop.responses.contains(&last))?;
    let by_client =
        parameter(value, b';', "refresher").map(|side| side.eq_ignore_ascii_case(b"uac"));
    let is_client = bye.from == asked.from;
    let tried = by_client.and_then(|by_client| {
        let own = if by_client {
            asked.from.clone()
        } else {
            call.to(last)
        };
        tried(call, own.as_deref(), [last, at])
    });
    // At the very end, or as long before it as the rule says: that is no chance, where nothing else is said of it.
    let ends = [whole, whole.saturating_sub(early)];
    let is_exact = ends.iter().any(|end| span.abs_diff(*end) <= SECOND) && interval >= LONG;
    let is_known = is_exact && call.reasons(at).is_empty() || is_said(call.message(at));
    // Whoever is to refresh does not end it for want of that, unless it could not.
    if by_client == Some(is_client) && !(is_known && tried.is_some()) {
        return None;
    }
    let side = refresher(call, asked, last, by_client)?;
    let is_caller = call
        .requests(b"INVITE")
        .next()
        .is_none_or(|invite| invite.from == bye.from);
    let who = if is_caller {
        "the caller"
    } else {
        "the side that was called"
    };
    let is_proven = by_client.is_some() && (is_known || tried.is_some());
    let id = if is_proven {
        "session-unrefreshed"
    } else {
        "session-expired"
    };
    let (sent, look, more) = tried.unwrap_or_else(|| {
        let sent = " and sent no re-INVITE or UPDATE".to_owned();
        let look = format!("Look why {side} sent none, or where it got lost");
        (sent, look, Vec::new())
    });
    let values = values![
        ("span", lasting(span)),
        ("interval", time(interval)),
        ("who", who.to_owned()),
        ("refresher", side),
        ("sent", sent),
        ("look", look),
    ];
    let proof: Vec<usize> = [last, at].into_iter().chain(more).collect();
    Found::new(id, &values, &proof).map(Found::that_decides)
}

/// Returns who is to refresh a session.
fn refresher(call: &Call<'_>, asked: &Hop<'_>, last: usize, by: Option<bool>) -> Option<String> {
    let group = call.group(asked.method, asked.number, asked.from.as_deref())?;
    Some(match by {
        Some(true) => call.between(call.outcome(group)?).1,
        Some(false) => drops::source(call, group, last),
        None => "the side that refreshes".to_owned(),
    })
}

/// Returns whether a BYE says itself that the session was not refreshed in time.
fn is_said(bye: &Message<'_>) -> bool {
    let fields = bye.all("Reason");
    let mut all = fields.flat_map(|field| reasons(field.value));
    all.any(|reason| {
        let text = text(reason.text.unwrap_or_default()).to_ascii_lowercase();
        let is_of_time = matches!(reason.cause, Some(408)) && reason.is_sip()
            || matches!(reason.cause, Some(102)) && reason.is_q850();
        is_of_time
            || text.contains("session")
                && ["timer", "expire", "refresh"]
                    .iter()
                    .any(|word| text.contains(word))
    })
}

/// Returns what became of the last refresh that a side tried, what to do, and the messages of that.
fn tried(
    call: &Call<'_>,
    own: Option<&str>,
    [last, end]: [usize; 2],
) -> Option<(String, String, Vec<usize>)> {
    let is_it = |hop: &&Hop<'_>| {
        let first = hop.requests.first();
        let is_between = first.is_some_and(|at| (last..end).contains(at));
        is_refresh(hop) && hop.from.as_deref() == own && is_between
    };
    let hop = call.hops.iter().rfind(is_it)?;
    let group = call.group(hop.method, hop.number, own)?;
    let outcome = call.outcome(group).filter(|at| *at < end);
    let unlisted = outcome.and_then(|at| unlisted(call, hop, at));
    let became = outcome.map_or_else(|| "no answer".to_owned(), |at| call.code(at).to_string());
    let (follows, other) = if hop.is("UPDATE") {
        ("no re-INVITE followed", "by re-INVITE")
    } else {
        ("no other followed", "again")
    };
    let name = hop.name();
    let sent = format!(
        ". Its {name} got {became}{}, and {follows}",
        lacking(call, unlisted)
    );
    let look = match outcome {
        Some(_) => format!(
            "Let {} refresh {other} where {name} got {became}",
            call.between(*hop.requests.first()?).0
        ),
        None => format!("Look where {name} got lost"),
    };
    let proof = hop.requests.first().copied().into_iter();
    let proof = proof.chain(outcome).chain(unlisted).collect();
    Some((sent, look, proof))
}

fn interval(response: &Message<'_>) -> Option<u32> {
    let value = response.value("Session-Expires")?;
    value.split(|byte| *byte == b';').next().and_then(seconds)
}

fn early(interval: u32) -> u64 {
    EARLY.min(u64::from(interval) / 3) * SECOND
}

/// Returns whether so long after a 2xx the session that it sets up or refreshes may be given up.
pub(super) fn is_end(call: &Call<'_>, success: usize, span: u64) -> bool {
    let interval = interval(call.message(success));
    interval.is_some_and(|interval| {
        let whole = u64::from(interval) * SECOND;
        span + early(interval) + SLACK >= whole && span <= whole + SLACK
    })
}
