//! What parts of a message say of the cause: each in a clause, or nothing.

use super::beside;
use super::body;
use super::causes::{self, Bearing};
use super::challenge;
use super::credentials;
use super::facts::Facts;
use super::headers;
use super::makers;
use super::product;
use super::readings;
use super::words::{list, quoted, short, text, time};
use crate::catalog;
use crate::message::{Reason, Warning, parameter, seconds as seconds_of};

pub(super) fn stale(facts: &Facts<'_>) -> Option<String> {
    let challenges = challenge::challenges(facts.message);
    let stale = challenges.iter().find(|challenge| challenge.is_stale)?;
    Some(format!(
        "stale=true, the nonce had run out and the password for {} is not in question{}",
        stale.realm(),
        beside::of_stale(facts)
    ))
}

/// Returns whether another branch of a forked call has answered, as RFC 3326 lets a CANCEL say.
pub(super) fn answered_elsewhere(facts: &Facts<'_>) -> Option<String> {
    let is_it = |reason: &Reason<'_>| reason.is_sip() && reason.cause == Some(200);
    let mut reasons = facts.reasons.iter().map(|(reason, _)| reason);
    let is_said = facts.code() == 487 && reasons.any(is_it);
    is_said.then(|| "another phone took the call (Reason: SIP;cause=200)".to_owned())
}

/// Returns what a 603+ says: a network blocked the call, and whom to ask (ATIS-1000099).
pub(super) fn blocked_by_analytics(facts: &Facts<'_>) -> Option<String> {
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

/// Returns the Reason values whose text tells more than the names of cause and code do.
pub(super) fn telling_reason(facts: &Facts<'_>) -> Option<String> {
    let telling = facts
        .reasons
        .iter()
        .filter(|(reason, _)| tells(facts, reason));
    let said: Vec<String> = telling
        .map(|(reason, _)| match causes::bearing(reason, facts.page) {
            Bearing::Against => format!("but Reason says {}", causes::reason(reason)),
            _ => format!("Reason says {}", causes::reason(reason)),
        })
        .collect();
    (!said.is_empty()).then(|| said.join(", and "))
}

fn tells(facts: &Facts<'_>, reason: &Reason<'_>) -> bool {
    let words = reason.text.map(text).unwrap_or_default();
    causes::has_own_words(reason)
        && !facts.is_usual(&words)
        && !is_analytics(reason)
        && !repeats(facts, reason)
}

pub(super) fn contradicting_reason(facts: &Facts<'_>) -> Option<String> {
    let against = reasons(facts, Bearing::Against)?;
    Some(format!("but Reason says {against}"))
}

pub(super) fn fitting_reason(facts: &Facts<'_>) -> Option<String> {
    let fits = reasons(facts, Bearing::Fits)?;
    Some(format!("Reason says {fits}"))
}

pub(super) fn empty_reason(facts: &Facts<'_>) -> Option<String> {
    let empty = reasons(facts, Bearing::Empty)?;
    let ended = makers::ended_itself(facts).unwrap_or_default();
    Some(format!("Reason says no more: {empty}{ended}"))
}

/// Returns the Reason values that bear on the code in a way, and where they send one.
fn reasons(facts: &Facts<'_>, bearing: Bearing) -> Option<String> {
    let all = facts.reasons.iter();
    let bears = all.filter(|(reason, _)| causes::bearing(reason, facts.page) == bearing);
    let bears: Vec<_> = bears
        .filter(|(reason, _)| !repeats(facts, reason) && !is_analytics(reason))
        .filter(|(reason, _)| !tells(facts, reason))
        .collect();
    let said = bears.iter().map(|(reason, value)| match reason.cause {
        // What is no cause by its form is told as it stands.
        None => quoted(&text(value)),
        Some(_) => makers::reason(facts, reason),
    });
    let said: Vec<String> = said.collect();
    let look = makers::look(facts, bears.iter().map(|(reason, _)| reason));
    let look = look.map(|look| format!(": {look}"));
    let place = bears.iter().find_map(|(_, value)| causes::location(value));
    let place = place.map(|place| format!(" (released in {place})"));
    (!said.is_empty())
        .then(|| list(&said) + &(place.unwrap_or_default() + &look.unwrap_or_default()))
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
    let is_told = facts.code() == 487 && reason.cause == Some(200);
    reason.is_sip() && (reason.cause == Some(facts.code()) && is_same || is_told)
}

/// Returns the Warning values whose text is neither that of their number nor that of the code.
pub(super) fn telling_warning(facts: &Facts<'_>) -> Option<String> {
    warned(facts, causes::warns_in_own_words)
}

pub(super) fn warning(facts: &Facts<'_>) -> Option<String> {
    warned(facts, |warning| !causes::warns_in_own_words(warning))
}

fn warned(facts: &Facts<'_>, is_asked: impl Fn(&Warning<'_>) -> bool) -> Option<String> {
    // 392 is what SER and its heirs write for debugging.
    let telling = facts.warnings.iter().filter(|warning| warning.code != 392);
    let telling = telling.filter(|warning| {
        let words = warning.text.map(text).unwrap_or_default();
        let is_said = words.is_empty() || facts.is_usual(&words) || in_reason(facts, &words);
        (warning.code != 399 || !is_said) && is_asked(warning)
    });
    let said: Vec<String> = telling
        .map(|one| format!("Warning {}", causes::warning(one)))
        .collect();
    (!said.is_empty()).then(|| list(&said))
}

/// Returns whether a Reason has words, so that they need not be told once more.
fn in_reason(facts: &Facts<'_>, words: &str) -> bool {
    let mut texts = facts.reasons.iter().filter_map(|(reason, _)| reason.text);
    texts.any(|known| text(known).eq_ignore_ascii_case(words))
}

/// Returns what the tables of products say of words of its own; those of the code stand behind what tells more.
pub(super) fn of_own_words(facts: &Facts<'_>) -> Option<String> {
    let tells_more = telling_reason(facts).is_some() || headers::words(facts).is_some();
    of_product(facts).filter(|_| facts.own_phrase().is_some() || !tells_more)
}

pub(super) fn of_usual_words(facts: &Facts<'_>) -> Option<String> {
    of_product(facts).filter(|_| of_own_words(facts).is_none())
}

/// Returns what the tables of products say: of a phrase, or else of a number.
pub(super) fn of_product(facts: &Facts<'_>) -> Option<String> {
    let says = facts.of_product.get_or_init(|| {
        let is_told = blocked_by_analytics(facts).is_some();
        product::phrase(facts)
            .or_else(|| product::number(facts))
            .filter(|_| !is_told)
    });
    says.clone()
}

pub(super) fn own_phrase(facts: &Facts<'_>) -> Option<String> {
    let phrase = facts.own_phrase()?;
    let is_in = |said: Option<String>| said.is_some_and(|said| said.contains(phrase));
    let is_known = is_in(of_product(facts))
        || is_in(warned(facts, |_| true))
        || blocked_by_analytics(facts).is_some();
    let is_known = is_known || in_reason(facts, phrase);
    let other = of_another_code(facts, phrase).unwrap_or_default();
    (!is_known).then(|| format!("its phrase says {}{other}", quoted(phrase)))
}

/// Returns whose phrase it is, where it is that of another code.
fn of_another_code(facts: &Facts<'_>, phrase: &str) -> Option<String> {
    let mut registered = catalog::registered();
    let page = registered.find(|page| page.phrase().eq_ignore_ascii_case(phrase))?;
    let code = page.code;
    Some(match (facts.code(), code.get()) {
        (own, other) if own == other => return None,
        (500, 503) => format!(
            ", which is that of {code}: a proxy that gets a {code} and nothing better sends a 500, so look behind it"
        ),
        _ => format!(", which is that of {code}"),
    })
}

pub(super) fn told_by_product(facts: &Facts<'_>) -> Option<String> {
    headers::words(facts).filter(|_| of_product(facts).is_none())
}

pub(super) fn cause_of_product(facts: &Facts<'_>) -> Option<String> {
    headers::cause(facts).filter(|_| of_product(facts).is_none())
}

pub(super) fn error_fields(facts: &Facts<'_>) -> Option<String> {
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
pub(super) fn words_in_body(facts: &Facts<'_>) -> Option<String> {
    let of_type = facts
        .value("Content-Type")
        .filter(|kind| kind.to_lowercase().starts_with("text/plain"));
    let body = of_type.map(|_| text(facts.message.body))?;
    (facts.code() >= 300 && !body.is_empty()).then(|| format!("its body says {}", quoted(&body)))
}

/// Returns where SER and its heirs tried to send a request, which they write into Warning for debugging.
pub(super) fn next_hop(facts: &Facts<'_>) -> Option<String> {
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

pub(super) fn no_challenge(facts: &Facts<'_>) -> Option<String> {
    let field = match facts.code() {
        401 => "WWW-Authenticate",
        407 => "Proxy-Authenticate",
        _ => return None,
    };
    let is_whole = facts.message.has("CSeq");
    (is_whole && !facts.message.has(field))
        .then(|| format!("it has no {field}, so it asks for nothing that a client could answer"))
}

pub(super) fn asks_credentials(facts: &Facts<'_>) -> Option<String> {
    let challenges = challenge::challenges(facts.message);
    let fresh = challenges.iter().filter(|challenge| !challenge.is_stale);
    if credentials::refused(facts).is_some() {
        return None;
    }
    let first = fresh.clone().next()?;
    let algorithms = fresh.filter_map(|challenge| challenge.algorithm.clone());
    let algorithms: Vec<String> = algorithms.collect();
    let algorithm = match algorithms.as_slice() {
        [] => String::new(),
        all => format!(", algorithm {}", all.join(" or ")),
    };
    let who = if facts.code() == 407 {
        "a proxy"
    } else {
        "the server"
    };
    // The answer is reckoned with a key that the card of the subscriber has (RFC 3310).
    let is_aka = !algorithms.is_empty() && algorithms.iter().all(|name| name.starts_with("AKA"));
    let first_time = if is_aka {
        "only a client with the SIM of the subscriber can answer, and a password is of no use"
    } else {
        "asked once that is no fault, the client repeats the request with them"
    };
    let became = beside::of_challenge(facts);
    let is_unmet = facts.request.is_some() && facts.beside.again(facts.message).is_none();
    let other = credentials::before(facts).filter(|_| is_unmet);
    let other = other.map(|other| format!("; {other}")).unwrap_or_default();
    Some(format!(
        "{who} asks for credentials for {}{algorithm}: {}{other}",
        first.realm(),
        became.as_deref().unwrap_or(first_time)
    ))
}

/// Returns what would be accepted, which a refusal of a session may say in its body.
pub(super) fn acceptable(facts: &Facts<'_>) -> Option<String> {
    let streams = body::capabilities(facts.message);
    let is_told = matches!(facts.code(), 488 | 606) && !streams.is_empty();
    is_told.then(|| {
        format!(
            "its body says what would be accepted: {}",
            streams.join("; ")
        )
    })
}

pub(super) fn refused_stream(facts: &Facts<'_>) -> Option<String> {
    let streams = body::streams(facts.message);
    let refused: Vec<String> = streams
        .into_iter()
        .filter(|stream| stream.ends_with(body::REFUSED))
        .map(|stream| stream.trim_end_matches(body::REFUSED).to_owned())
        .collect();
    let answers = facts.page.is_some() && acceptable(facts).is_none();
    (answers && !refused.is_empty())
        .then(|| format!("its answer refuses {} (port 0)", list(&refused)))
}

pub(super) fn retry_after(facts: &Facts<'_>) -> Option<String> {
    let seconds = facts
        .seconds("Retry-After")
        .filter(|_| facts.page.is_some())?;
    let overlaps =
        facts.code() == 500 && seconds <= 10 && (facts.is("INVITE") || facts.is("UPDATE"));
    let value = facts.message.value("Retry-After")?;
    let lasts = parameter(value, b';', "duration").and_then(seconds_of);
    let lasts =
        lasts.map(|lasts| format!(", after which it stays within reach for {}", time(lasts)));
    let remark = readings::comment(value);
    let remark = remark.map(|remark| format!(" (remark: {})", quoted(&remark)));
    let more = lasts.unwrap_or_default() + &remark.unwrap_or_default();
    Some(match (seconds, overlaps) {
        (0, _) => format!("Retry-After: 0 lets one try again at once{more}"),
        (_, true) => format!(
            "Retry-After asks to wait {}, as where two requests of one dialog overlapped{more}",
            time(seconds)
        ),
        _ => format!("Retry-After asks to wait {}{more}", time(seconds)),
    })
}
