//! A transfer by REFER: what is reported of it, and what keeps the report away.

use super::found::{Found, values};
use super::order::{Call, Hop, SECOND, TIMEOUT, lasting, uri};
use super::others::{Other, origin, user};
use super::replaced;
use crate::explain::call::{named, tag};
use crate::explain::words::{short, text};
use crate::message::{Message, address, parameter, unescaped};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let refers = call.requests(b"REFER").filter(|hop| !hop.is_outside());
    let refers = refers.filter_map(|refer| of(call, refer));
    let replaces = call
        .requests(b"INVITE")
        .filter_map(|invite| replaced::replaces(call, invite));
    let lost = call
        .requests(b"BYE")
        .find_map(|bye| abandoned(call, bye.first()?));
    let taken = replaced::found(call);
    refers.chain(replaces).chain(lost).chain(taken).collect()
}

/// Returns the Replaces that a Refer-To asks for, without its escapes.
pub(super) fn asked(value: &[u8]) -> Option<Vec<u8>> {
    let uri = uri(value);
    let at = uri
        .windows(9)
        .position(|part| part.eq_ignore_ascii_case(b"Replaces="))?;
    let value = uri[at + 9..].split(|byte| *byte == b'&').next()?;
    Some(unescaped(value))
}

fn of(call: &Call<'_>, refer: &Hop<'_>) -> Option<Found> {
    let group = call.group(refer.method, refer.number, refer.from.as_deref())?;
    let outcome = call.outcome(group)?;
    let request = *refer.requests.first()?;
    if !call.is_success(outcome) {
        return declined(call, refer, request, outcome);
    }
    let reports: Vec<&Hop<'_>> = call
        .requests(b"NOTIFY")
        .filter(|notify| is_report(call, notify) && notify.first() > Some(request))
        .filter(|notify| is_of(call, refer, notify))
        .collect();
    let mut values = values![
        ("name", refer.name()),
        ("code", call.code(outcome).to_string()),
        ("from", call.ends(outcome).0),
    ];
    if let Some(refused) = refused(call, refer, request, &reports) {
        return Some(refused);
    }
    let told = reports.iter().rev().find_map(|notify| {
        let at = *notify.requests.first()?;
        Some((at, status(call.message(at).body)?))
    });
    if let Some((at, status)) = told {
        return unfinished(call, request, at, &status, &values)
            .or_else(|| reported(call, refer, at, &status, values));
    }
    let asks_none = |at: &&usize| {
        let asked = call.message(**at).value("Refer-Sub");
        asked.is_some_and(|value| value.starts_with(b"false"))
    };
    let proof = [request, outcome];
    match proof.iter().filter(asks_none).count() {
        2 if reports.is_empty() => return Found::new("refer-unreported", &values, &proof),
        0 if reports.is_empty() && call.goes_on(outcome, TIMEOUT) => {}
        _ => return None,
    }
    values.push(("rest", lasting(call.rest(outcome)?)));
    Found::new("notify-missing", &values, &[request, outcome])
}

/// Returns that a report was refused, by a fault or since whoever asked for the transfer wants no more of them.
fn refused(
    call: &Call<'_>,
    refer: &Hop<'_>,
    request: usize,
    reports: &[&Hop<'_>],
) -> Option<Found> {
    let outcome = |notify: &Hop<'_>| {
        let group = call.group(notify.method, notify.number, notify.from.as_deref())?;
        call.outcome(group)
    };
    let (notify, at) = reports.iter().find_map(|notify| {
        let at = outcome(notify)?;
        let is_refused = call.code(at) >= 300 && !matches!(call.code(at), 401 | 407);
        is_refused.then_some((*notify, at))
    })?;
    let sent = *notify.requests.first()?;
    let (from, to) = call.ends(sent);
    let values = values![
        ("refer", refer.name()),
        ("name", notify.name()),
        ("code", call.code(at).to_string()),
        ("from", from),
        ("to", to),
        ("why", unlike(call, refer, sent)),
    ];
    // A 481 to a report ends the subscription, which whoever asked for the transfer may do: it has hung up, or took
    // reports before.
    let is_taken = |notify: &&Hop<'_>| {
        let is_taken = outcome(notify).is_some_and(|at| call.is_success(at));
        is_taken && notify.first() < Some(sent)
    };
    let has_hung_up = |bye: &Hop<'_>| bye.from == refer.from && bye.first() < Some(at);
    let is_done = reports.iter().any(is_taken) || call.requests(b"BYE").any(has_hung_up);
    let id = if call.code(at) == 481 && is_done {
        "notify-declined"
    } else {
        "notify-refused"
    };
    Found::new(id, &values, &[request, sent, at])
}

/// Returns how Event of a report does not name its REFER, where the dialog has several.
fn unlike(call: &Call<'_>, refer: &Hop<'_>, sent: usize) -> String {
    let before = call
        .requests(b"REFER")
        .find(|other| other.from == refer.from && other.first() < refer.first());
    let id = call
        .message(sent)
        .value("Event")
        .and_then(|value| parameter(value, b';', "id"));
    let own = match id.map(text) {
        Some(id) if id == refer.number.to_string() => return String::new(),
        Some(id) => format!("id={id}"),
        None => "no id".to_owned(),
    };
    before.map_or_else(String::new, |before| {
        format!(
            ", since its Event has {own}: after {} there was a transfer in this dialog already, so the reports of {} MUST have id={}",
            before.name(),
            refer.name(),
            refer.number
        )
    })
}

/// Returns that a transfer was not accepted.
fn declined(call: &Call<'_>, refer: &Hop<'_>, request: usize, outcome: usize) -> Option<Found> {
    let code = call.code(outcome);
    let hung_up = call.requests(b"BYE").find(|bye| {
        let at = bye.first();
        bye.from == refer.from && at > Some(request) && at < Some(outcome)
    });
    let hung_up = hung_up.and_then(Hop::first);
    if let Some(bye) = hung_up.filter(|_| code == 481) {
        let gap = call.gap(request, bye);
        let values = values![
            ("bye", named(call.message(bye))),
            (
                "gap",
                gap.map_or_else(String::new, |gap| format!(" {} after it", lasting(gap))),
            ),
        ];
        let proof = [request, bye, outcome];
        return Found::told(call, "refer-hung-up", refer, outcome, &values, &proof);
    }
    if code < 400 || matches!(code, 401 | 407 | 481) {
        return None;
    }
    let aim = call.message(request).value("Refer-To");
    let target = aim.map(|aim| format!(" to {}", short(&text(address(aim)))));
    let values = values![
        ("target", target.unwrap_or_default()),
        ("why", malformed(call.message(request)).to_owned()),
    ];
    Found::told(
        call,
        "refer-declined",
        refer,
        outcome,
        &values,
        &[request, outcome],
    )
}

/// Returns what is wrong with Refer-To.
pub(super) fn malformed(refer: &Message<'_>) -> &'static str {
    if !refer.is_ended {
        return "";
    }
    let count = refer.all("Refer-To").count();
    let Some(aim) = refer.value("Refer-To").filter(|_| count == 1) else {
        return if count > 1 {
            ": it has more than one Refer-To, and MUST have one"
        } else {
            ": it has no Refer-To, and MUST have one"
        };
    };
    let (uri, has_brackets) = (uri(aim), aim.contains(&b'<'));
    let headers = uri.split(|byte| *byte == b'?').nth(1).unwrap_or_default();
    if !has_brackets && aim.contains(&b'?') {
        ": the URI of its Refer-To has a ? and MUST stand in angle brackets"
    } else if headers.contains(&b';') {
        ": in the URI of its Refer-To stands a ; behind the ?, which has to be escaped there (%3B)"
    } else {
        ""
    }
}

/// Returns that nothing final is told of a transfer.
fn unfinished(
    call: &Call<'_>,
    request: usize,
    at: usize,
    status: &str,
    values: &[(&'static str, String)],
) -> Option<Found> {
    if !status.starts_with('1') {
        return None;
    }
    let state = call.message(at).value("Subscription-State").map(text);
    let state = state.filter(|state| state.starts_with("terminated"));
    let how = match state {
        Some(state) => format!(
            ": {} ended its reports ({})",
            named(call.message(at)),
            short(&state)
        ),
        None if call.goes_on(at, 2 * TIMEOUT) => {
            format!(" in the {} that the trace goes on", lasting(call.rest(at)?))
        }
        None => return None,
    };
    let aim = call.message(request).value("Refer-To").unwrap_or_default();
    let mut values = values.to_vec();
    values.push(("status", short(status)));
    values.push(("how", how));
    values.push(("target", short(&text(address(aim)))));
    Found::new("refer-unfinished", &values, &[request, at])
}

/// Returns what the last report of a transfer says.
fn reported(
    call: &Call<'_>,
    refer: &Hop<'_>,
    at: usize,
    status: &str,
    mut values: Vec<(&'static str, String)>,
) -> Option<Found> {
    let code: u16 = status.get(..3)?.parse().ok()?;
    let request = *refer.requests.first()?;
    let aim = call.message(request).value("Refer-To").unwrap_or_default();
    let unfit = asked(aim).and_then(|value| {
        let called = text(address(aim));
        let name = called.split('@').next().unwrap_or_default();
        let side = |invite: &Other<'_>| {
            let [called, calls] = ["To", "From"].map(|field| user(&invite.message, field) == name);
            (called != calls).then_some(called)
        };
        let known = replaced::known(call, &value, side).map(str::to_owned);
        let now = call.micros(at)?;
        let over = || {
            let (bye, by, gap) = replaced::ended(call, &value, now)?;
            let gap = lasting(gap);
            Some(format!(
                "{bye} of {by} had ended that dialog {gap} before the report"
            ))
        };
        known
            .filter(|_| code == 481)
            .or_else(|| over().filter(|_| matches!(code, 481 | 603)))
    });
    let unfit = unfit.map(|why| format!("; {why}"));
    values.push(("unfit", unfit.unwrap_or_default()));
    let dialog = asked(aim).map(|value| {
        let dialog = replaced::said(&value);
        format!(", where it was to take the place of the dialog {dialog}")
    });
    values.push(("dialog", dialog.unwrap_or_default()));
    values.push(("status", short(status)));
    values.push(("target", short(&text(address(aim)))));
    match code {
        200..300 => Found::new("refer-done", &values, &[request, at]),
        300.. => match hung_up(call, refer, at) {
            Some((bye, gap)) => {
                values.push(("bye", bye.name()));
                values.push(("gap", lasting(gap)));
                values.push(("by", call.ends(request).0));
                let proof: Vec<usize> = [request, at].into_iter().chain(bye.first()).collect();
                Found::new("refer-abandoned", &values, &proof).map(Found::that_decides)
            }
            None => Found::new("refer-failed", &values, &[request, at]).map(Found::that_decides),
        },
        _ => None,
    }
}

/// Returns the BYE with which whoever asked for a transfer hung up before its failure was reported, and how long after the
/// REFER that was.
fn hung_up<'b, 'a>(
    call: &'b Call<'a>,
    refer: &Hop<'a>,
    report: usize,
) -> Option<(&'b Hop<'a>, u64)> {
    let request = *refer.requests.first()?;
    let bye = call.requests(b"BYE").find(|bye| {
        bye.from == refer.from && (request..report).contains(&bye.first().unwrap_or_default())
    })?;
    Some((bye, call.gap(request, bye.first()?)?))
}

/// So soon after a transfer has failed the element in the middle ends the call that was to be transferred.
const SOON: u64 = 5 * SECOND;

/// Returns that a BYE ends a call since a transfer failed that was asked for in another call, where nobody was left to
/// take it back.
fn abandoned(call: &Call<'_>, bye: usize) -> Option<Found> {
    let now = call.micros(bye)?;
    let element = call.record(bye).from?.ip();
    let all = || call.others.iter().map(|other| (other, &other.message));
    let is_request =
        |message: &Message<'_>, method: &[u8]| message.is_request() && message.method() == method;
    let is_report = |(other, message): &(&Other<'_>, &Message<'_>)| {
        let is_soon = other.micros <= now && now - other.micros <= SOON;
        let is_own = origin(message).is_some_and(|own| own == element.to_string());
        let code = status(message.body).and_then(|says| says.get(..3)?.parse::<u16>().ok());
        is_soon && is_own && is_request(message, b"NOTIFY") && code >= Some(300)
    };
    let (report, notify) = all().rev().find(is_report)?;
    let is_of_it = |message: &Message<'_>| message.value("Call-ID") == notify.value("Call-ID");
    let mut before = all().take_while(|(other, _)| other.micros < report.micros);
    let (asked, refer) = before.find(|(_, one)| is_of_it(one) && is_request(one, b"REFER"))?;
    let (left, _) = before.find(|(_, one)| {
        let is_own = tag(one, "From") == tag(refer, "From");
        is_of_it(one) && is_request(one, b"BYE") && is_own
    })?;
    let aim = refer.value("Refer-To").unwrap_or_default();
    let values = values![
        ("name", named(call.message(bye))),
        ("from", call.ends(bye).0),
        ("refer", named(refer)),
        ("by", user(refer, "From")),
        ("target", short(&text(address(aim)))),
        ("status", short(&status(notify.body)?)),
        ("gap", lasting(left.micros.saturating_sub(asked.micros))),
    ];
    Found::new("transfer-lost", &values, &[bye]).map(Found::that_decides)
}

fn is_report(call: &Call<'_>, notify: &Hop<'_>) -> bool {
    let event = notify
        .requests
        .first()
        .and_then(|at| call.message(*at).value("Event"));
    event.is_some_and(|event| {
        event
            .get(..5)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"refer"))
    })
}

/// Returns whether a report is of this REFER, and not of a later one of the dialog.
fn is_of(call: &Call<'_>, refer: &Hop<'_>, notify: &Hop<'_>) -> bool {
    let own = notify.first();
    let mut later = call.requests(b"REFER").filter(|other| {
        let is_after = other.first() > refer.first() && other.first() < own;
        is_after && other.from == refer.from && !other.is_outside()
    });
    let id = own.and_then(|at| parameter(call.message(at).value("Event")?, b';', "id"));
    let is_named = id.is_some_and(|id| text(id) == refer.number.to_string());
    is_named || later.next().is_none()
}

/// Returns the code and the phrase of the status line that a body of the type message/sipfrag has.
pub(super) fn status(body: &[u8]) -> Option<String> {
    let line = body.split(|byte| *byte == b'\n').next()?;
    let rest = line.strip_prefix(b"SIP/2.0 ")?;
    Some(text(rest))
}
