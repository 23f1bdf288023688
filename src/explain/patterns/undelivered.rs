//! What the network says of messages that it did not deliver, and of connections that an element did not get.

use core::net::SocketAddr;

use super::found::{Found, values};
use super::order::{Call, SECOND, lasting, target, times};
use crate::calls::Recorded;
use crate::explain::call::{is_same, named};
use crate::explain::words::text;
use crate::message::{Network, Refusal, address};

/// What is said of a packet comes no later than this.
const SOON: u64 = 5 * SECOND;
/// What IP and UDP put before a message, and what is divided by none.
const HEADERS: usize = 28;
const LEAST: usize = 1200;
/// Who waits for pieces does so for up to two minutes (RFC 1122 section 3.3.2).
const PATIENCE: u64 = 130 * SECOND;

/// Returns what was not delivered, each way once.
pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let mut told: Vec<(Way, Option<usize>)> = Vec::new();
    let mut each = Vec::new();
    for one in call.network {
        let Some(way) = Way::of(one) else {
            continue;
        };
        let at = lost(call, one, way);
        let is_told = told.iter().any(|(other, own)| {
            let is_same =
                |(one, own): (usize, usize)| is_same(call.message(one), call.message(own));
            *other == way && at.zip(*own).is_none_or(is_same)
        });
        if is_told {
            continue;
        }
        each.extend(match at {
            Some(at) => packet(call, one, way, at),
            None if way.why.is_of_connection() => connection(call, one, way),
            None => None,
        });
        told.push((way, at));
    }
    each
}

/// Who sent something, to where, and why that did not come there.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Way {
    sender: SocketAddr,
    asked: SocketAddr,
    why: Refusal,
}

impl Way {
    fn of(one: &Recorded) -> Option<Self> {
        let Some(Network::Refused(why, asked)) = one.network else {
            return None;
        };
        Some(Self {
            sender: one.to?,
            asked,
            why: match why {
                Refusal::Silence(_) => Refusal::Silence(0),
                why => why,
            },
        })
    }
}

/// Returns the message that an error is about.
fn lost(call: &Call<'_>, one: &Recorded, way: Way) -> Option<usize> {
    let micros = one.micros.filter(|_| !way.why.is_of_connection())?;
    let soon = if way.why == Refusal::Pieces {
        PATIENCE
    } else {
        SOON
    };
    let is_own = |at: &usize| {
        let own = call.record(*at);
        let before = own.micros.and_then(|own| micros.checked_sub(own));
        (own.from, own.to) == (Some(way.sender), Some(way.asked))
            && before.is_some_and(|gap| gap < soon)
            && is_long(own.bytes.len(), way.why)
            && own.is_quoted(&one.bytes)
    };
    (0..call.all.len())
        .filter(is_own)
        .max_by_key(|at| call.micros(*at))
}

/// Returns that packets of a call came back as errors, and with which message that began.
fn packet(call: &Call<'_>, one: &Recorded, way: Way, at: usize) -> Option<Found> {
    let micros = one.micros?;
    let message = call.message(at);
    let size = call.record(at).bytes.len();
    if message.is_request() && is_mended(call, at, way, micros) {
        return None;
    }
    let all = call
        .network
        .iter()
        .filter(|other| Way::of(other) == Some(way) && call.record(at).is_quoted(&other.bytes));
    let by = one
        .from
        .map_or_else(|| "?".to_owned(), |by| by.ip().to_string());
    let id = match (way.why, message.is_request()) {
        (Refusal::Size(_) | Refusal::Pieces, _) => "undelivered-size",
        (Refusal::Port, true) => "undelivered-port",
        (Refusal::Port, false) => "undelivered-answer",
        _ => "undelivered-way",
    };
    let became = became(call, at, way.sender, micros);
    let mut proof = vec![at];
    proof.extend(became);
    let values = values![
        ("name", what(call, at)),
        ("from", way.sender.to_string()),
        ("asked", way.asked.to_string()),
        ("why", way.why.name().to_owned()),
        ("times", times(all.count())),
        ("by", by),
        ("place", frame(one)),
        ("size", size.to_string()),
        ("most", most(way.why)),
        ("became", said(call, became)),
        ("source", source(call, at)),
    ];
    Found::new(id, &values, &proof).map(Found::that_decides)
}

fn most(why: Refusal) -> String {
    match why {
        Refusal::Pieces => "it was divided, and not all of its pieces came".to_owned(),
        Refusal::Size(Some(most)) => format!("packets of {most} bytes at most pass there"),
        _ => "smaller packets pass there".to_owned(),
    }
}

/// Returns whether a request was answered from there after all, or went on to another server that took it.
fn is_mended(call: &Call<'_>, at: usize, way: Way, micros: u64) -> bool {
    (0..call.all.len()).any(|other| {
        let own = call.record(other);
        let is_later = own.micros > Some(micros) && is_same(call.message(other), call.message(at));
        is_later && (own.from == Some(way.asked) || call.is_success(other))
    })
}

/// Returns whether a message is long enough to be refused for it, where it was.
fn is_long(size: usize, why: Refusal) -> bool {
    match why {
        Refusal::Size(Some(most)) => size + HEADERS > most as usize,
        Refusal::Size(None) | Refusal::Pieces => size > LEAST,
        _ => true,
    }
}

/// Returns where it stands, without the name of the file.
pub(super) fn frame(one: &Recorded) -> String {
    let at = one.place.rfind(" frame ");
    at.map_or_else(|| one.place.clone(), |at| one.place[at + 1..].to_owned())
}

/// Returns what a message is called.
fn what(call: &Call<'_>, at: usize) -> String {
    let message = call.message(at);
    match message.code() {
        Some(code) => format!("The {code} to {}", named(message)),
        None => named(message),
    }
}

/// Returns the field by which a message went where it did.
fn source(call: &Call<'_>, at: usize) -> String {
    let message = call.message(at);
    let (name, value) = match (message.is_request(), message.values("Route").next()) {
        (false, _) => ("the top Via", message.values("Via").next().map(text)),
        (true, Some(route)) => ("Route", Some(text(address(route)))),
        (true, None) => ("the Request-URI", Some(text(target(message)))),
    };
    format!("{name} ({})", value.unwrap_or_default())
}

/// Returns the failure that an element told who had asked it, after something that it could not deliver.
fn became(call: &Call<'_>, at: usize, by: SocketAddr, after: u64) -> Option<usize> {
    let mut later = (0..call.all.len()).filter(|other| {
        let own = call.record(*other);
        let is_by = own.from.is_some_and(|from| from.ip() == by.ip());
        is_by && own.micros >= Some(after) && call.code(*other) >= 400
    });
    later.find(|other| *other != at && is_same(call.message(*other), call.message(at)))
}

fn said(call: &Call<'_>, became: Option<usize>) -> String {
    match became {
        Some(at) => format!("; it then answered {} itself", call.code(at)),
        None => String::new(),
    }
}

/// Returns that an element got no connection to where a request was to go on, and so refused it.
fn connection(call: &Call<'_>, one: &Recorded, way: Way) -> Option<Found> {
    let micros = one.micros?;
    let is_by =
        |address: Option<SocketAddr>| address.is_some_and(|own| own.ip() == way.sender.ip());
    let is_there =
        |address: Option<SocketAddr>| address.is_some_and(|own| own.ip() == way.asked.ip());
    // The last request that it got before, and the first failure with which it answered that.
    let request = (0..call.all.len()).filter(|at| {
        let own = call.record(*at);
        call.message(*at).is_request() && is_by(own.to) && own.micros <= Some(micros)
    });
    let request = request.max_by_key(|at| call.micros(*at))?;
    let answer = (0..call.all.len()).find(|at| {
        let own = call.record(*at);
        let code = call.code(*at);
        is_by(own.from)
            && own.micros >= Some(micros)
            && (code == 408 || code == 430 || code >= 477)
            && is_same(call.message(*at), call.message(request))
    })?;
    let goes_there = call
        .recorded
        .iter()
        .any(|own| is_there(own.to) && is_by(own.from));
    let host = way.asked.ip().to_string();
    let message = call.message(request);
    let names = |value: &[u8]| text(value).contains(&host);
    let is_named = names(target(message)) || message.values("Route").any(names);
    let is_sip = matches!(way.asked.port(), 5060..=5069 | 5080);
    if goes_there || !(is_named || is_sip) {
        return None;
    }
    let tried = match one.network {
        Some(Network::Refused(Refusal::Silence(times), _)) => {
            format!("was asked {times} times and did not answer")
        }
        _ => "refused".to_owned(),
    };
    let values = values![
        ("name", named(message)),
        ("by", way.sender.ip().to_string()),
        ("asked", way.asked.to_string()),
        ("tried", tried),
        ("code", call.code(answer).to_string()),
        (
            "after",
            lasting(call.gap(request, answer).unwrap_or_default()),
        ),
        ("place", frame(one)),
        ("large", large(call, request, way).unwrap_or_default()),
    ];
    let id = match way.why {
        Refusal::Connection => "connection-refused",
        _ => "connection-silent",
    };
    Found::new(id, &values, &[request, answer]).map(Found::that_decides)
}

/// Returns, as the end of a sentence, that only the size of a request made it go by TCP, as what is smaller tells.
fn large(call: &Call<'_>, request: usize, way: Way) -> Option<String> {
    let size = call.record(request).bytes.len();
    let is_at = |address: Option<SocketAddr>, known: SocketAddr| {
        address.is_some_and(|one| one.ip() == known.ip())
    };
    let small = call.others.iter().find(|other| {
        let via = other.message.values("Via").next().unwrap_or_default();
        let is_there = is_at(other.from, way.sender) && is_at(other.to, way.asked);
        let is_udp = via
            .windows(4)
            .any(|part| part.eq_ignore_ascii_case(b"/UDP"));
        is_there && is_udp && other.message.is_request() && call.answer_to(other).is_some()
    })?;
    (size > LEAST).then(|| {
        format!(
            "; {} went there over UDP and was answered, so TCP was chosen for the size alone ({size} bytes): what listens on UDP MUST listen on TCP too, and after a refusal UDP SHOULD be tried",
            named(&small.message)
        )
    })
}
