//! Requests that break a rule of how a message is written, and were refused or dropped where nothing else tells why.

use super::found::{Found, values};
use super::order::{Call, Hop, is_udp, times};
use super::others::{Other, origin, user};
use crate::catalog::{self, StatusCode};
use crate::explain::finding::{Finding, Kind};
use crate::explain::looked::Looked;
use crate::explain::words::text;
use crate::explain::{checks, way};
use crate::message::{Host, Message};

/// So many requests without an answer were not heard, or dropped.
const SENT: usize = 3;
/// So many requests of other calls are looked at for the same fault.
const MOST: usize = 40;
/// What stands in reason phrases of all kinds.
const PLAIN: [&str; 8] = [
    "request", "missing", "invalid", "header", "field", "error", "server", "message",
];

/// What says that something could not be read, and not what.
const UNREAD: [&str; 10] = [
    "parse",
    "parsed",
    "parser",
    "parsing",
    "syntax",
    "malformed",
    "incomplete",
    "truncated",
    "unparsable",
    "unparseable",
];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let is_meant = |hop: &Hop<'_>| !hop.is("ACK") && !hop.is("CANCEL");
    let groups = call.groups.iter();
    let groups = groups.filter(|group| is_meant(call.hop(group[0])));
    groups.filter_map(|group| of(call, group)).collect()
}

fn of(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let own = call.outcome(group);
    let outcome = own.or_else(|| of_other_method(call, group));
    let code = outcome.map(|at| call.code(at));
    if code.is_some_and(|code| !matches!(code, 400 | 415 | 416 | 424 | 488 | 500 | 505 | 606)) {
        return None;
    }
    // As it came to the element that refused it.
    let hops = group.iter().map(|hop| call.hop(*hop));
    let refused = hops.filter(|hop| {
        !hop.requests.is_empty() && hop.last(call, 200).or(outcome).map(|at| call.code(at)) == code
    });
    let hop = refused.max_by_key(|hop| hop.vias)?;
    let request = *hop.requests.first()?;
    if outcome.is_none() && (hop.requests.len() < SENT || !hop.responses.is_empty()) {
        return None;
    }
    let said = outcome.map_or_else(Vec::new, |at| own_words(call.message(at)));
    let faults = faults(call.message(request)).into_iter().filter(|one| {
        let says = one.says.to_ascii_lowercase();
        let is_named = said.is_empty()
            || said.iter().any(|word| says.contains(word.as_str()))
            || is_meant(&said, &one.id);
        is_named && fits(code, &one.id) && !is_taken(call, hop, &one.id)
    });
    let faults: Vec<Finding> = faults.collect();
    let first = faults.first()?;
    let became = code.map_or_else(
        || format!("was sent {} and got no answer", times(hop.requests.len())),
        |code| format!("got {code}"),
    );
    let proof: Vec<usize> = [request].into_iter().chain(outcome).collect();
    let found = if is_of_length(&first.id) && is_udp(call, request) {
        let message = call.message(request);
        let follows = if first.id == "body-cut" {
            "in a datagram that is an error, which is refused with 400"
        } else {
            "in a datagram what is beyond it is left out, so the body is read without its end"
        };
        let values = values![
            ("became", became),
            ("says", text(message.value("Content-Length")?)),
            ("has", message.body.len().to_string()),
            ("follows", follows.to_owned()),
            ("alg", translated(message).unwrap_or_default()),
        ];
        Found::told(call, "length-unfit", hop, request, &values, &proof)
    } else {
        broken(call, hop, [Some(request), outcome], became, &faults)
    };
    found.map(Found::that_decides)
}

/// Returns what a request breaks, but for a length.
fn broken(
    call: &Call<'_>,
    hop: &Hop<'_>,
    [request, outcome]: [Option<usize>; 2],
    became: String,
    faults: &[Finding],
) -> Option<Found> {
    let (first, request) = (faults.first()?, request?);
    let proof: Vec<usize> = [request].into_iter().chain(outcome).collect();
    let says = |one: &Finding| one.says.trim_end_matches('.').to_owned();
    let more = faults.get(1).map(|more| format!("; and: {}", says(more)));
    let contact = call.message(request).value("Contact").unwrap_or_default();
    let is_star = first.id == "contact-syntax" && contact.starts_with(b"*");
    let is_star = is_star || is_of_star(&first.id);
    let more = more.or_else(|| is_star.then(|| right_one(call))?);
    let is_refused = outcome.is_some_and(|at| call.code(at) == 400);
    let id = if is_of_star(&first.id) && is_refused {
        "register-star"
    } else {
        "request-malformed"
    };
    let values = values![
        ("became", became),
        ("fault", says(first)),
        ("cite", first.cite.to_string()),
        ("more", more.unwrap_or_default()),
    ];
    Found::told(call, id, hop, request, &values, &proof)
}

/// Returns the final response to a request whose `CSeq` names another method, which it copies.
fn of_other_method(call: &Call<'_>, group: &[usize]) -> Option<usize> {
    let hops = group.iter().map(|hop| call.hop(*hop));
    let mut asked = hops.filter(|hop| !hop.requests.is_empty() && hop.responses.is_empty());
    asked.find_map(|hop| {
        let is_it = |other: &&Hop<'_>| {
            let is_same = (other.branch, other.number) == (hop.branch, hop.number);
            is_same && other.requests.is_empty()
        };
        call.hops.iter().find(is_it)?.last(call, 300)
    })
}

/// Returns whether a refusal says that it could not read what a fault is in: the body where it names that.
fn is_meant(said: &[String], id: &str) -> bool {
    let has = |words: &[&str]| said.iter().any(|own| words.contains(&own.as_str()));
    let is_of_body_alone = has(&["body", "content", "session", "sdp"]);
    has(&UNREAD) && (!is_of_body_alone || is_of_body(id))
}

/// Returns what a message breaks for sure, or in its length.
fn faults(message: &Message<'_>) -> Vec<Finding> {
    let mut all = checks::found(&Looked::at(message));
    all.retain(|one| one.kind == Kind::Broken || is_of_length(&one.id));
    all
}

fn is_of_length(id: &str) -> bool {
    matches!(id, "body-cut" | "body-longer")
}

fn is_of_body(id: &str) -> bool {
    id.starts_with("sdp-") || id.starts_with("body-")
}

fn is_of_star(id: &str) -> bool {
    matches!(id, "contact-star" | "star-and-more")
}

/// Returns, as the end of a sentence, that another REGISTER which removes all was taken.
fn right_one(call: &Call<'_>) -> Option<String> {
    call.others.iter().find_map(|other| {
        let message = &other.message;
        let is_star = message.method() == b"REGISTER" && message.value("Contact") == Some(b"*");
        if !is_star || faults(message).iter().any(|one| is_of_star(&one.id)) {
            return None;
        }
        let code = call.answer_to(other)?.message.code()?;
        let is_taken = (200..300).contains(&code);
        let by = user(message, "To");
        is_taken.then(|| format!("; with Expires: 0 a REGISTER of {by} got {code}"))
    })
}

/// Returns whether a fault may lead to a code.
fn fits(code: Option<u16>, id: &str) -> bool {
    match code {
        Some(415 | 488 | 606) => is_of_body(id),
        Some(424) => id.starts_with("geolocation"),
        Some(416) => id.contains("uri") || id.contains("scheme"),
        Some(505) => id.contains("version"),
        _ => true,
    }
}

/// Returns the words by which a refusal itself says what is wrong; none where it says no more than its code.
fn own_words(response: &Message<'_>) -> Vec<String> {
    let code = response.code().and_then(|code| StatusCode::new(code).ok());
    let stock = code.map(|code| catalog::response(code).title());
    let line = text(response.line);
    let line = line.strip_prefix("SIP/2.0 ").unwrap_or_default();
    let is_stock = stock.is_some_and(|stock| stock.eq_ignore_ascii_case(line));
    let phrase = line.get(4..).filter(|_| !is_stock).unwrap_or_default();
    let fields = ["Warning", "Reason"].iter();
    let fields = fields.filter_map(|name| response.value(name).map(text));
    let all: Vec<String> = fields.chain([phrase.to_owned()]).collect();
    let all = all.join(" ").to_ascii_lowercase();
    let words = all.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    words
        .filter(|word| (word.len() > 3 || *word == "sdp") && !PLAIN.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Returns whether another request of the same client with the same fault was taken.
fn is_taken(call: &Call<'_>, hop: &Hop<'_>, id: &str) -> bool {
    let has = |message: &Message<'_>| faults(message).iter().any(|one| one.id == id);
    let is_read = |code: u16| {
        // Who asks for credentials has not looked at Contact yet (RFC 3261 section 10.3).
        let is_asked_first = is_of_body(id) || id.contains("contact") || is_of_star(id);
        let is_challenge = matches!(code, 401 | 407) && !is_asked_first;
        (180..300).contains(&code) || is_challenge
    };
    let Some(request) = hop.requests.first() else {
        return false;
    };
    let own = call.message(*request);
    // What is missing may have been sent.
    if call.record(*request).is_cut && is_of_body(id) {
        return true;
    }
    let mut here = call.hops.iter().filter(|other| {
        let is_own = other.vias == hop.vias && other.from == hop.from;
        is_own && other.responses.iter().any(|at| is_read(call.code(*at)))
    });
    if here.any(|other| {
        other
            .requests
            .first()
            .is_some_and(|at| has(call.message(*at)))
    }) {
        return true;
    }
    let (client, server) = (origin(own), call.record(*request).to);
    let like = |other: &&Other<'_>| {
        other.message.is_request() && other.to == server && origin(&other.message) == client
    };
    let mut there = call.others.iter().filter(like).take(MOST);
    there.any(|other| {
        let answer = call.answer_to(other).and_then(|one| one.message.code());
        answer.is_some_and(is_read) && has(&other.message)
    })
}

/// Returns that another address was put into the body in the place of a private one, which the rest of the message still
/// has, and that this takes away or adds what Content-Length is wrong by.
fn translated(message: &Message<'_>) -> Option<String> {
    let body = str::from_utf8(message.body).ok()?;
    let says = i64::try_from(message.length()?).ok()?;
    let has = i64::try_from(message.body.len()).ok()?;
    let call_id = message.value("Call-ID").map(text)?;
    let via = message.values("Via").last().and_then(way::sent_by)?;
    let bare = |host: &str| host.split(':').next().unwrap_or_default().to_owned();
    let own = call_id.rsplit('@').next().map(bare)?;
    let own = [own, bare(&via)]
        .into_iter()
        .find(|host| Host::of(host.as_bytes()) == Host::Private && !body.contains(host.as_str()))?;
    let put = body
        .lines()
        .find_map(|line| line.trim().strip_prefix("c=IN IP4 "))?;
    let count = body.matches(put).count();
    let each = i64::try_from(own.len()).ok()? - i64::try_from(put.len()).ok()?;
    let lost = says - has;
    if Host::of(put.as_bytes()) != Host::Public || each * i64::try_from(count).ok()? != lost {
        return None;
    }
    let change = if lost > 0 { "less" } else { "more" };
    Some(format!(
        ". In the place of {own} it has {put} in {}, {} octets {change}: an ALG in a router changed the addresses, not the length",
        places(count),
        lost.abs()
    ))
}

fn places(count: usize) -> String {
    match count {
        1 => "one place".to_owned(),
        count => format!("{count} places"),
    }
}
