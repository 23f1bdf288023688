//! What happened, in one sentence: what the message proves, before what the code alone says.

use super::body;
use super::causes::{self, Bearing};
use super::challenge;
use super::facts::Facts;
use super::fixes;
use super::product;
use super::request;
use super::way;
use super::words::{clause, list, quoted, short, text, time};
use crate::message::{Message, Reason, parameter};

/// What some part of a message says of the cause.
type Signal = fn(&Facts<'_>) -> Option<String>;

/// What tells more than the code does, the most telling first.
const SIGNALS: &[Signal] = &[
    stale,
    blocked_by_analytics,
    of_product,
    asked_for,
    contradicting_reason,
    warning,
    own_phrase,
    fitting_reason,
    told_by_product,
    error_fields,
    words_in_body,
    loop_in_via,
    next_hop,
    no_challenge,
    asks_credentials,
    refused_stream,
];

/// So many clauses say enough.
const MOST: usize = 3;
/// A sentence that is longer takes no further clause.
const LONG: usize = 260;

pub(super) fn in_short(facts: &Facts<'_>) -> String {
    let mut clauses: Vec<String> = Vec::new();
    let signals = if facts.page.is_some() { SIGNALS } else { &[] };
    for signal in signals {
        let length: usize = clauses.iter().map(String::len).sum();
        if clauses.len() == MOST || length > LONG {
            break;
        }
        clauses.extend(signal(facts));
    }
    if clauses.is_empty() {
        clauses.extend(plainly(facts));
    }
    clauses.extend(retry_after(facts).filter(|_| clauses.len() < MOST));
    let what = title(facts);
    match clauses.join("; ").as_str() {
        "" => format!("{what}."),
        says => format!("{what}: {says}."),
    }
}

/// Returns what the message is: "486 Busy Here to INVITE 102".
fn title(facts: &Facts<'_>) -> String {
    let number = facts
        .message
        .cseq()
        .map(|(number, _)| format!(" {}", short(&text(number))));
    let number = number.unwrap_or_default();
    match facts.page {
        Some(page) if facts.method.is_empty() => page.title(),
        Some(page) => format!("{} to {}{number}", page.title(), short(&facts.method)),
        None => request::title(facts, &number),
    }
}

/// Returns what is said where nothing but the code is there.
fn plainly(facts: &Facts<'_>) -> Option<String> {
    let Some(page) = facts.page else {
        return request::says(facts);
    };
    let proven = fixes::proven(facts).map(|fix| clause(&fix.cause));
    let mut senders = page.sent_by.iter().filter(|_| !facts.is("INVITE"));
    let of_method = senders.find(|sender| sender.methods.iter().any(|method| facts.is(method)));
    let of_method = of_method.filter(|sender| sender.methods.len() == 1);
    let of_method = of_method.map(|sender| clause(&sender.says));
    let says = proven
        .or(of_method)
        .unwrap_or_else(|| clause(&page.summary));
    Some(match facts.agent.as_str() {
        "" => says,
        agent => format!(
            "{says}; the side that answered calls itself {}",
            short(agent)
        ),
    })
}

fn stale(facts: &Facts<'_>) -> Option<String> {
    let challenges = challenge::challenges(facts.message);
    let stale = challenges.iter().find(|challenge| challenge.is_stale)?;
    Some(format!(
        "stale=true, the nonce had run out and the password for {} is not in question",
        stale.realm()
    ))
}

/// Returns what a 603+ says: a network blocked the call, and whom to ask (ATIS-1000099).
fn blocked_by_analytics(facts: &Facts<'_>) -> Option<String> {
    let told = facts.reasons.iter().filter_map(|(reason, _)| reason.text);
    let mut told = told
        .map(text)
        .filter(|words| words.starts_with("v=analytics1"));
    let is_said = facts.phrase.eq_ignore_ascii_case("Network Blocked");
    let words = told.next();
    if facts.code() != 603 || !(is_said || words.is_some()) {
        return None;
    }
    let whom = words.and_then(|words| parameter(words.as_bytes(), b';', "url").map(text));
    let whom = whom
        .map(|url| format!(" and names {url} for complaints"))
        .unwrap_or_default();
    Some(format!(
        "a network blocked the call by its analytics (603+){whom}; the callee declined nothing"
    ))
}

/// Returns what the header field says that a code brings: what is missing, what is too short, where to go.
fn asked_for(facts: &Facts<'_>) -> Option<String> {
    let rows = ASKED
        .iter()
        .filter(|row| (row.first..=row.last).contains(&facts.code()));
    let said = rows.filter_map(|row| {
        let value = match row.field {
            "Contact" => request::contacts(facts),
            field => facts.listed(field)?,
        };
        let seconds = facts.seconds(row.field).map(time).unwrap_or_default();
        let value = short(&value);
        let says = row.says.replace("{}", &value).replace("{time}", &seconds);
        Some(says.replace("{method}", &facts.method))
    });
    let said: Vec<String> = said.collect();
    let is_allowed = facts.code() == 405 && facts.message.lists("Allow", &facts.method);
    if is_allowed {
        return Some(format!(
            "although Allow lists {}, which a rule or this address must forbid",
            facts.method
        ));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// A header field, and what it says in a response with these codes.
struct Asked {
    first: u16,
    last: u16,
    field: &'static str,
    says: &'static str,
}

const fn asked(first: u16, last: u16, field: &'static str, says: &'static str) -> Asked {
    Asked {
        first,
        last,
        field,
        says,
    }
}

const ASKED: &[Asked] = &[
    asked(300, 304, "Contact", "the request is to go to {}"),
    asked(
        305,
        305,
        "Contact",
        "the request is to go through the proxy {}",
    ),
    asked(380, 380, "Contact", "another service may be had at {}"),
    asked(
        405,
        405,
        "Allow",
        "{method} is not among what this address takes: {}",
    ),
    asked(
        415,
        415,
        "Accept",
        "the body has another type than it reads: {}",
    ),
    asked(
        415,
        415,
        "Accept-Encoding",
        "it takes bodies in the encoding {} only",
    ),
    asked(
        415,
        415,
        "Accept-Language",
        "it takes bodies in the language {} only",
    ),
    asked(
        417,
        417,
        "Accept-Resource-Priority",
        "it knows the priorities {} only",
    ),
    asked(
        420,
        420,
        "Unsupported",
        "it does not support {}, which Require or Proxy-Require of the request demands",
    ),
    asked(
        421,
        421,
        "Require",
        "it insists on {}, which Supported of the request does not list",
    ),
    asked(
        422,
        422,
        "Min-SE",
        "the session timer asked for is shorter than the {time} that it accepts (Min-SE: {})",
    ),
    asked(
        423,
        423,
        "Min-Expires",
        "the lifetime asked for is shorter than the {time} that it accepts (Min-Expires: {})",
    ),
    asked(469, 469, "Recv-Info", "it takes the INFO packages {} only"),
    asked(
        489,
        489,
        "Allow-Events",
        "the event asked for is not among those that it offers: {}",
    ),
    asked(
        494,
        494,
        "Security-Server",
        "it wants an agreement on security and offers {}",
    ),
    asked(
        608,
        608,
        "Call-Info",
        "the element that blocked the call says at {} whom to ask",
    ),
];

fn contradicting_reason(facts: &Facts<'_>) -> Option<String> {
    let against = reasons(facts, Bearing::Against)?;
    Some(format!("but Reason says {against}"))
}

fn fitting_reason(facts: &Facts<'_>) -> Option<String> {
    if let Some(fits) = reasons(facts, Bearing::Fits) {
        return Some(format!("Reason says {fits}"));
    }
    let empty = reasons(facts, Bearing::Empty)?;
    Some(format!("Reason says no more: {empty}"))
}

/// Returns the Reason values that bear on the code in a way, and where they send one.
fn reasons(facts: &Facts<'_>, bearing: Bearing) -> Option<String> {
    let all = facts.reasons.iter().map(|(reason, _)| reason);
    let bears = all.filter(|reason| causes::bearing(reason, facts.page) == bearing);
    let bears: Vec<_> = bears
        .filter(|reason| !repeats(facts, reason) && !is_analytics(reason))
        .collect();
    let said: Vec<String> = bears.iter().map(|reason| causes::reason(reason)).collect();
    let telling = bears
        .iter()
        .filter(|reason| bearing == Bearing::Against || !causes::has_own_words(reason));
    let look = telling
        .filter(|reason| reason.is_q850())
        .filter_map(|reason| reason.cause);
    let look = look
        .filter_map(causes::look)
        .next()
        .map(|look| format!(": {look}"));
    (!said.is_empty()).then(|| list(&said) + &look.unwrap_or_default())
}

/// Returns whether a Reason is the one of a 603+.
fn is_analytics(reason: &Reason<'_>) -> bool {
    reason
        .text
        .is_some_and(|words| words.starts_with(b"v=analytics1"))
}

/// Returns whether a Reason is the status line once more.
fn repeats(facts: &Facts<'_>, reason: &Reason<'_>) -> bool {
    let words = reason.text.map(text).unwrap_or_default();
    let is_same = words.is_empty()
        || words.eq_ignore_ascii_case(&facts.phrase)
        || facts
            .page
            .is_some_and(|page| words.eq_ignore_ascii_case(page.phrase()));
    reason.is_sip() && reason.cause == Some(facts.code()) && is_same
}

fn warning(facts: &Facts<'_>) -> Option<String> {
    // 392 is what SER and its heirs write for debugging.
    let telling = facts.warnings.iter().filter(|warning| warning.code != 392);
    let telling = telling.filter(|warning| {
        let words = warning.text.map(text).unwrap_or_default();
        warning.code != 399 || !words.is_empty() && words != facts.phrase
    });
    let said: Vec<String> = telling
        .map(|one| format!("Warning {}", causes::warning(one)))
        .collect();
    (!said.is_empty()).then(|| list(&said))
}

/// Returns what the tables of products say: of a phrase, or else of a number.
fn of_product(facts: &Facts<'_>) -> Option<String> {
    let is_told = blocked_by_analytics(facts).is_some();
    product::phrase(facts)
        .or_else(|| product::number(facts))
        .filter(|_| !is_told)
}

fn own_phrase(facts: &Facts<'_>) -> Option<String> {
    let phrase = facts.own_phrase()?;
    let is_in = |said: Option<String>| said.is_some_and(|said| said.contains(phrase));
    let is_known =
        is_in(of_product(facts)) || is_in(warning(facts)) || blocked_by_analytics(facts).is_some();
    (!is_known).then(|| format!("its phrase says {}", quoted(phrase)))
}

fn told_by_product(facts: &Facts<'_>) -> Option<String> {
    if of_product(facts).is_some() {
        return None;
    }
    let told = facts.told.iter().take(2);
    let said: Vec<String> = told
        .map(|(name, value)| format!("{name} says {}", request::told(name, value)))
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn error_fields(facts: &Facts<'_>) -> Option<String> {
    let told = ["Geolocation-Error", "Error-Info"]
        .iter()
        .filter_map(|name| {
            let value = facts.listed(name)?;
            Some(format!("{name} says {}", short(&value)))
        });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Returns what a body of plain text says beside a failure.
fn words_in_body(facts: &Facts<'_>) -> Option<String> {
    let of_type = facts
        .value("Content-Type")
        .filter(|kind| kind.to_lowercase().starts_with("text/plain"));
    let body = of_type.map(|_| text(facts.message.body))?;
    (facts.code() >= 300 && !body.is_empty()).then(|| format!("its body says {}", quoted(&body)))
}

/// Returns the host that stands in Via more than once, where a loop or a hop count is the fault.
fn loop_in_via(facts: &Facts<'_>) -> Option<String> {
    if !matches!(facts.code(), 482 | 483) {
        return None;
    }
    let hosts: Vec<String> = facts
        .message
        .values("Via")
        .filter_map(way::sent_by)
        .collect();
    let times = |host: &String| hosts.iter().filter(|other| *other == host).count();
    let again = hosts.iter().max_by_key(|host| times(host))?;
    Some(match times(again) {
        1 => format!(
            "Via has {} values and no host twice, so no loop shows in it",
            hosts.len()
        ),
        several => format!(
            "Via has {again} {several} times among {} values, so the request goes round there",
            hosts.len()
        ),
    })
}

/// Returns where SER and its heirs tried to send a request, which they write into Warning for debugging.
fn next_hop(facts: &Facts<'_>) -> Option<String> {
    let is_about_a_hop = matches!(facts.code(), 404 | 408 | 476..=479 | 482 | 483 | 500 | 503);
    let debug = facts.warnings.iter().find(|warning| warning.code == 392)?;
    let words = debug.text.map(text)?;
    let (_, uri) = words.split_once("out_uri=")?;
    let uri = uri
        .split(' ')
        .next()
        .filter(|uri| !uri.is_empty() && is_about_a_hop)?;
    Some(format!(
        "Warning 392 says that it was to go to {}",
        short(uri)
    ))
}

fn no_challenge(facts: &Facts<'_>) -> Option<String> {
    let field = match facts.code() {
        401 => "WWW-Authenticate",
        407 => "Proxy-Authenticate",
        _ => return None,
    };
    let is_whole = facts.message.has("CSeq");
    (is_whole && !facts.message.has(field))
        .then(|| format!("it has no {field}, so it asks for nothing that a client could answer"))
}

fn asks_credentials(facts: &Facts<'_>) -> Option<String> {
    let challenges = challenge::challenges(facts.message);
    let fresh = challenges.iter().filter(|challenge| !challenge.is_stale);
    let first = fresh.clone().next()?;
    let algorithms = fresh.filter_map(|challenge| challenge.algorithm.clone());
    let algorithms: Vec<String> = algorithms.collect();
    let algorithm = match algorithms.as_slice() {
        [] => String::new(),
        all => format!(", algorithm {}", list(all)),
    };
    let who = if facts.code() == 407 {
        "a proxy"
    } else {
        "the server"
    };
    let first_time = "asked once that is no fault, the client repeats the request with them";
    Some(format!(
        "{who} asks for credentials for {}{algorithm}: {first_time}",
        first.realm()
    ))
}

fn refused_stream(facts: &Facts<'_>) -> Option<String> {
    let streams = body::streams(facts);
    let refused: Vec<String> = streams
        .into_iter()
        .filter(|stream| stream.contains("refused"))
        .collect();
    (facts.page.is_some() && !refused.is_empty())
        .then(|| format!("its answer refuses {}", list(&refused)))
}

fn retry_after(facts: &Facts<'_>) -> Option<String> {
    let seconds = facts
        .seconds("Retry-After")
        .filter(|_| facts.page.is_some())?;
    let overlaps =
        facts.code() == 500 && seconds <= 10 && (facts.is("INVITE") || facts.is("UPDATE"));
    let value = facts.value("Retry-After").map(|value| short(&value))?;
    Some(match (seconds, overlaps) {
        (0, _) => "Retry-After: 0 lets one try again at once".to_owned(),
        (_, true) => {
            format!("Retry-After: {value}, as where two requests of one dialog overlapped")
        }
        _ => format!("Retry-After: {value} asks to wait {}", time(seconds)),
    })
}

/// Returns what a response inside of another message says, in a clause.
pub(super) fn of_inner(message: &Message<'_>) -> Option<String> {
    let title = body::title(message)?;
    let facts = Facts::of(message);
    let reason = contradicting_reason(&facts).or_else(|| fitting_reason(&facts));
    let more = of_product(&facts).or_else(|| warning(&facts)).or(reason);
    Some(match more {
        Some(more) => format!("{title}: {more}"),
        None => title,
    })
}
