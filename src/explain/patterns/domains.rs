//! Requests that are refused for how their Request-URI is written, as what was accepted at the same element tells: another
//! domain or port, another scheme, or a user in other letters.

use super::attempts::{Attempt, ago, distinct};
use super::found::{Found, values};
use super::order::target;
use super::others::bare_target;
use super::trunks;
use crate::explain::call::tag;
use crate::explain::dialog::host;
use crate::explain::words::{list, text};
use crate::message::parameter;

/// What a server says of a domain for which it is not responsible, or of a URI that it cannot use.
const REFUSED: [u16; 7] = [400, 403, 404, 416, 478, 484, 604];
/// Who takes more domains than these takes any.
const MOST: usize = 2;
/// Names with fewer letters differ by more than a slip.
const LONG: usize = 5;

/// Returns that a request of the call names what the element does not serve.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut own = all.iter().filter(|one| one.own.is_some());
    own.find_map(|one| {
        let code = one.code().filter(|code| REFUSED.contains(code))?;
        let is_sent_on = |other: &Attempt<'_>| {
            other.client == one.server && other.is_of(one) && other.is_while(one)
        };
        if !begins(one) || one.rang.is_some() || all.iter().any(is_sent_on) {
            return None;
        }
        let (id, values) = domain(one, all).or_else(|| written(one, all))?;
        let own = values![
            ("name", one.name()),
            ("code", code.to_string()),
            ("reason", trunks::reason(one)),
            ("uri", text(target(one.request))),
            ("callee", whom(one)),
            ("from", one.by()),
            ("to", one.at()),
        ];
        let values: Vec<(&str, String)> = values.into_iter().chain(own).collect();
        Found::new(id, &values, &one.proof()).map(Found::that_decides)
    })
}

/// Returns whether a request goes by a URI that its sender was given by nobody.
fn begins(one: &Attempt<'_>) -> bool {
    let methods: [&[u8]; 5] = [b"INVITE", b"REGISTER", b"MESSAGE", b"SUBSCRIBE", b"PUBLISH"];
    let is_first = tag(one.request, "To").is_none();
    is_first && methods.contains(&one.request.method())
}

/// Returns the domain of the Request-URI, with its port where that is none that goes without saying.
fn domain_of(one: &Attempt<'_>) -> Option<String> {
    let is_sip = scheme(one).starts_with("sip");
    let uri = bare_target(one.request);
    let bare = uri.rsplit('@').next().unwrap_or_default();
    (is_sip && !bare.is_empty()).then(|| bare.to_owned())
}

/// Returns that nothing was accepted with the domain of a request, while the same user, or its sender, is of another one.
fn domain(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<trunks::Told> {
    let own = domain_of(one)?;
    let there = || {
        all.iter()
            .filter(|other| other.server == one.server && begins(other))
    };
    let accepted = || there().filter(|other| other.is_through());
    let is_own = |other: &Attempt<'_>| domain_of(other).as_ref() == Some(&own);
    // A domain that is served is not in question.
    if accepted().any(is_own) {
        return None;
    }
    let domains = distinct(&mut accepted().filter_map(domain_of));
    let taken: Vec<&Attempt<'_>> = accepted().collect();
    // An element that takes any domain refuses none.
    let (known, passed) = witness(one, &taken, domains.len()).filter(|_| domains.len() <= MOST)?;
    let refused = there()
        .filter(|other| is_own(other) && other.is_refused())
        .count();
    let refusals = match refused {
        0 | 1 => String::new(),
        count => format!(" {count} requests with it were refused."),
    };
    let values = values![
        ("own", own.clone()),
        ("known", known.clone()),
        ("served", list(&domains)),
        ("near", near(&own, &known)),
        ("passed", passed),
        ("refusals", refusals),
    ];
    Some(("domain-other", values))
}

/// Returns with which domain the same user, or the sender, was accepted, and the words for it.
fn witness(
    one: &Attempt<'_>,
    accepted: &[&Attempt<'_>],
    domains: usize,
) -> Option<(String, String)> {
    let is_register = |other: &Attempt<'_>| other.request.method() == b"REGISTER";
    let (callee, sender) = (one.callee(), one.user("From"));
    let mut all = accepted.iter();
    let reached = all.find(|other| match is_register(other) {
        _ if is_register(one) => is_register(other),
        true => other.user("To") == callee,
        false => other.callee() == callee,
    });
    let mut all = accepted.iter();
    let itself = all.find(|other| {
        is_register(other) && !sender.is_empty() && other.user("To") == sender && domains == 1
    });
    let witness = reached.or(itself)?;
    let known = domain_of(witness)?;
    let is_known = |other: &&&Attempt<'_>| domain_of(other).as_ref() == Some(&known);
    let is_enough =
        itself.is_some() || domains == 1 && accepted.iter().filter(is_known).count() > 1;
    let who = match reached {
        Some(_) if is_register(one) && !is_enough => return None,
        Some(_) if is_register(one) => format!("{} registered", witness.user("To")),
        Some(_) if is_register(witness) => format!("{callee} is registered"),
        Some(_) => format!("{callee} was reached"),
        None => format!("{sender} itself is registered"),
    };
    let (name, ago) = (witness.name(), ago(one.micros, witness.micros));
    let passed = format!("{who} there with {known} ({name}), {ago}");
    Some((known, passed))
}

/// Returns in what little two domains differ, behind a comma.
fn near(own: &str, known: &str) -> String {
    let (one, other) = (host(own), host(known));
    if one == other {
        return ": it is the port that differs".to_owned();
    }
    let is_slip = one.len() >= LONG && slips(&one, &other);
    let said = ": they are one letter apart";
    if is_slip {
        said.to_owned()
    } else {
        String::new()
    }
}

/// Returns whether one letter was changed, left out, added, or put before the one beside it.
pub(super) fn slips(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[before..], &other[before..]);
    let ends = one.iter().rev().zip(other.iter().rev());
    let after = ends.take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - after], &other[..other.len() - after]) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len().max(other.len()) == 1,
    }
}

/// Returns the user whom a request is for.
fn whom(one: &Attempt<'_>) -> String {
    match one.request.method() {
        b"REGISTER" => one.user("To"),
        _ => one.callee(),
    }
}

fn scheme(one: &Attempt<'_>) -> String {
    let uri = target(one.request);
    let scheme = uri.split(|byte| *byte == b':').next();
    text(scheme.unwrap_or_default()).to_ascii_lowercase()
}

/// How a URI is written: its scheme, user=phone, and its user.
fn forms(one: &Attempt<'_>) -> [String; 3] {
    let uri = target(one.request);
    let phone = parameter(uri, b';', "user").map(text);
    let phone = phone.filter(|value| value.eq_ignore_ascii_case("phone"));
    [
        scheme(one),
        phone.map_or_else(String::new, |_| "user=phone".to_owned()),
        one.callee(),
    ]
}

/// Returns that the same user was reached by the same way where the URI was written otherwise.
fn written(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<trunks::Told> {
    let own = forms(one);
    let way = || {
        all.iter()
            .filter(|other| other.server == one.server && begins(other) && other.is_through())
            .filter(|other| other.request.method() == one.request.method())
    };
    let is_alike = |other: &&Attempt<'_>| forms(other)[2].eq_ignore_ascii_case(&own[2]);
    if one.request.method() == b"REGISTER" || way().any(|other| forms(other) == own) {
        return None;
    }
    let twin = way().find(is_alike)?;
    let known = forms(twin);
    let (differs, cause) = if own[0] != known[0] {
        (
            format!("it is a {} URI", own[0]),
            format!("a {} URI", known[0]),
        )
    } else if own[1] != known[1] {
        let said = |form: &str| match form {
            "" => "no user=phone".to_owned(),
            form => form.to_owned(),
        };
        (format!("it has {}", said(&own[1])), said(&known[1]))
    } else {
        (format!("its user is {}", own[2]), known[2].clone())
    };
    let values = values![
        ("differs", differs),
        ("cause", cause),
        ("known", text(target(twin.request))),
        ("twin", twin.name()),
        ("ago", ago(one.micros, twin.micros)),
    ];
    // That code says of itself what it is about.
    let id = if one.code() == Some(416) {
        "uri-unfit"
    } else {
        "uri-other"
    };
    Some((id, values))
}
