//! What a request says, as far as its responses go.

use super::body;
use super::change;
use super::ends;
use super::facts::Facts;
use super::headers;
use super::makers;
use super::nat;
use super::purpose;
use super::reach;
use super::sentence;
use super::words::{list, quoted, short, text};
use crate::message::{Reason, Start, address, parameter};

/// What the requests of a method ask for.
const METHODS: &[(&str, &str)] = &[
    ("INVITE", "asks for a call"),
    (
        "ACK",
        "confirms a final response to an INVITE, and is never answered",
    ),
    ("BYE", "ends a call, and gives no reason"),
    (
        "CANCEL",
        "asks to give up an INVITE that has no final response yet",
    ),
    ("REGISTER", "asks to bind an address to an account"),
    (
        "OPTIONS",
        "asks what the other side can do; any answer shows that it lives",
    ),
    ("SUBSCRIBE", "asks to be told of a state"),
    ("NOTIFY", "tells of a state"),
    ("PUBLISH", "hands over a state"),
    (
        "REFER",
        "asks the other side to send a request, as in a transfer",
    ),
    ("INFO", "carries data inside a call"),
    ("UPDATE", "asks to change a session without a new INVITE"),
    ("PRACK", "confirms a provisional response"),
    ("MESSAGE", "carries an instant message"),
];

/// Reasons of Diversion (RFC 5806), and what the callee has set.
const DIVERSIONS: &[(&str, &str)] = &[
    ("unconditional", "as all calls are"),
    ("user-busy", "since the callee is busy"),
    ("no-answer", "since nobody answered"),
    ("unavailable", "since the callee is not there"),
    ("do-not-disturb", "since the callee wants no calls"),
    ("deflection", "as the callee chose while it rang"),
    ("away", "since the callee is away"),
    ("time-of-day", "by a schedule"),
    ("out-of-service", "since the phone is out of service"),
    ("follow-me", "to where the callee is now"),
];

/// Returns what a request is.
pub(super) fn title(facts: &Facts<'_>, number: &str) -> String {
    match facts.message.start {
        Some(Start::Request { method, uri }) => {
            format!("{}{number} to {}", short(&text(method)), short(&text(uri)))
        }
        _ if facts.method.is_empty() => "A message without a start line".to_owned(),
        _ => format!(
            "A message without a start line, of {}{number}",
            short(&facts.method)
        ),
    }
}

/// Returns what it asks for, and why.
pub(super) fn says(facts: &Facts<'_>) -> Option<String> {
    let told = [
        purpose::says(facts),
        change::says(facts),
        reason(facts),
        resynchronised(facts),
        headers::words(facts),
        headers::cause(facts),
        ends::says(facts),
        refer(facts),
        subscription(facts),
        hops(facts),
        version(facts),
        reach::says(facts),
        nat::says(facts),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let row = METHODS.iter().find(|(method, _)| facts.is(method));
    let within = facts.is("INVITE") && in_dialog(facts);
    let asks = match row {
        Some(_) if within => Some("asks to change or refresh a running call".to_owned()),
        row => row.map(|(_, asks)| (*asks).to_owned()),
    };
    let tells_more = !told.is_empty()
        && ["BYE", "CANCEL", "NOTIFY"]
            .iter()
            .any(|method| facts.is(method));
    let said: Vec<String> = asks
        .into_iter()
        .filter(|_| !tells_more)
        .chain(told)
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Returns whether a message belongs to a dialog: its To has a tag.
fn in_dialog(facts: &Facts<'_>) -> bool {
    let to = facts.message.value("To");
    to.is_some_and(|to| parameter(to, b';', "tag").is_some())
}

fn reason(facts: &Facts<'_>) -> Option<String> {
    let elsewhere =
        |reason: &Reason<'_>| facts.is("CANCEL") && reason.is_sip() && reason.cause == Some(200);
    let said = facts.reasons.iter().map(|(reason, _)| {
        if elsewhere(reason) {
            "another branch has answered the call".to_owned()
        } else {
            makers::reason(facts, reason)
        }
    });
    let said: Vec<String> = said.collect();
    let reasons = facts.reasons.iter().map(|(reason, _)| reason);
    let look = makers::look(facts, reasons.filter(|reason| makers::is_plain(reason)));
    let look = look.map(|look| format!(": {look}")).unwrap_or_default();
    (!said.is_empty()).then(|| format!("Reason says {}{look}", list(&said)))
}

/// Returns what a SIM says that takes the number of a challenge for out of order (RFC 3310).
fn resynchronised(facts: &Facts<'_>) -> Option<String> {
    let fields = ["Authorization", "Proxy-Authorization"];
    let mut values = fields.iter().flat_map(|name| facts.message.all(name));
    let is_it = values.any(|field| parameter(field.value, b',', "auts").is_some());
    is_it.then(|| {
        "its credentials have auts: the SIM takes the number of the challenge for out of order, so the network is to bring its counter (SQN) into line and to ask again; no key is wrong, and an empty response is usual here".to_owned()
    })
}

/// Returns what a NOTIFY says of the request that a REFER asked for.
fn refer(facts: &Facts<'_>) -> Option<String> {
    let inner = body::sipfrag(facts.message)?;
    let says = sentence::of_inner(&inner)?;
    Some(format!("the request that REFER asked for came to {says}"))
}

fn subscription(facts: &Facts<'_>) -> Option<String> {
    let value = facts.message.value("Subscription-State")?;
    let state = text(value.split(|byte| *byte == b';').next()?);
    let reason = parameter(value, b';', "reason").map(text);
    let reason = reason.filter(|_| state.eq_ignore_ascii_case("terminated"))?;
    Some(format!(
        "the subscription is over, reason {}",
        quoted(&reason)
    ))
}

/// Returns what is said of a version that is not SIP/2.0.
pub(super) fn version(facts: &Facts<'_>) -> Option<String> {
    let version = facts.message.version;
    let is_other = facts.message.start.is_some() && !version.eq_ignore_ascii_case(b"SIP/2.0");
    let follows = if facts.message.is_request() {
        ", so it may be answered with a 505"
    } else {
        ", so it may be taken for no response at all"
    };
    is_other.then(|| {
        let version = short(&text(version));
        format!("its version is {version} and not SIP/2.0{follows}")
    })
}

fn hops(facts: &Facts<'_>) -> Option<String> {
    let left = facts.seconds("Max-Forwards").filter(|left| *left == 0)?;
    Some(format!(
        "Max-Forwards is {left}, so the next proxy answers it with a 483"
    ))
}

/// Returns the addresses of Contact, and why they are given where Diversion says it.
pub(super) fn contacts(facts: &Facts<'_>) -> String {
    let contacts = facts.message.values("Contact");
    let contacts: Vec<String> = contacts.map(|value| text(address(value))).collect();
    let why = facts.message.value("Diversion");
    let why = why
        .and_then(|value| parameter(value, b';', "reason"))
        .map(text);
    let why = why
        .map(|why| {
            let mut rows = DIVERSIONS.iter();
            let row = rows.find(|(reason, _)| why.eq_ignore_ascii_case(reason));
            let means = row
                .map(|(_, means)| format!(", {means}"))
                .unwrap_or_default();
            format!(" (Diversion: {why}{means})")
        })
        .unwrap_or_default();
    list(&contacts) + &why
}
