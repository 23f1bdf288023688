//! Requests that go to another URI than they were told: what of it an element left out or changed on the way.

use super::attempts::Attempt;
use super::forms;
use super::found::{Found, values};
use super::legs;
use super::order::{SECOND, target, uri};
use super::silence::sent;
use super::trunks;
use crate::explain::words::{list, short, text};

/// What was named is followed no later.
const SOON: u64 = 5 * SECOND;
/// What is refused for where it goes.
const REFUSED: [u16; 7] = [408, 480, 482, 483, 500, 503, 504];
/// Parameters of a URI that are not of where it leads.
const BESIDE: [&str; 3] = ["lr", "ob", "q"];

/// A URI taken apart.
struct Uri {
    user: String,
    /// What stands behind ; in its user, as the routing number of one that has moved.
    of_user: Vec<String>,
    host: String,
    parameters: Vec<String>,
}

impl Uri {
    fn of(uri: &[u8]) -> Self {
        let all = text(uri);
        let bare = all.split('?').next().unwrap_or_default();
        let (scheme, rest) = bare.split_once(':').unwrap_or_default();
        let (user, host) = match rest.split_once('@') {
            Some(both) => both,
            None if scheme.eq_ignore_ascii_case("tel") => (rest, ""),
            None => ("", rest),
        };
        let [user, host] = [user, host].map(|part| {
            let mut parts = part.split(';').map(str::to_owned);
            (parts.next().unwrap_or_default(), parts.collect())
        });
        let bare = host.0.to_ascii_lowercase();
        Self {
            user: user.0,
            of_user: user.1,
            host: bare.strip_suffix(":5060").unwrap_or(&bare).to_owned(),
            parameters: host.1,
        }
    }
}

/// What names where a request is to go.
struct Named<'b, 'a> {
    by: &'b Attempt<'a>,
    what: String,
    uri: Vec<u8>,
    /// The request has to go to this URI, and to no other.
    is_bound: bool,
}

/// Returns that a request of the call lacks what the URI had that it was to go to, and was refused.
pub(super) fn found(all: &[Attempt<'_>]) -> Option<Found> {
    let mut lost = all.iter().filter(|one| is_lost(one));
    lost.find_map(|one| of(one, all))
}

/// Returns whether a request did not come to where it was to go.
fn is_lost(one: &Attempt<'_>) -> bool {
    let is_refused = one.code().is_some_and(|code| REFUSED.contains(&code));
    let is_unheard = one.heard.is_none() && one.copies > 2;
    one.is_invite() && one.rang.is_none() && (is_refused || is_unheard || forms::is_unknown(one))
}

fn of(one: &Attempt<'_>, all: &[Attempt<'_>]) -> Option<Found> {
    let own = Uri::of(target(one.request));
    let before = || {
        let is_before =
            |other: &&Attempt<'_>| other.micros <= one.micros && !core::ptr::eq(*other, one);
        all.iter().rev().filter(is_before)
    };
    let named = before().find_map(|other| named(one, other, &own));
    let named = named.filter(|named| {
        // What goes just there besides is a branch of its own.
        let is_there = |other: &&Attempt<'_>| {
            other.client == one.client && target(other.request) == named.uri.as_slice()
        };
        !all.iter().any(|other| is_there(&other))
    })?;
    let asked = Uri::of(target(named.by.request)).host;
    let asked = Some(asked).filter(|_| named.is_bound);
    let did = changes(&Uri::of(&named.uri), &own, asked.as_deref());
    let is_ours = one.own.is_some() || named.by.own.is_some();
    if did.is_empty() || !is_ours {
        return None;
    }
    let is_kept = |other: &&Attempt<'_>| {
        let has = Uri::of(target(other.request));
        other.client == one.client && other.is_through() && !has.of_user.is_empty()
    };
    let kept = all
        .iter()
        .find(is_kept)
        .map(|other| format!("; {}, where it kept such, was accepted", other.name()));
    let became = match one.code() {
        Some(code) => format!("got {code}{}", trunks::reason(one)),
        None => format!("{} and got no answer", sent(one)),
    };
    let values = values![
        ("name", one.name()),
        ("own", short(&text(target(one.request)))),
        ("became", became),
        ("what", named.what),
        ("known", short(&text(&named.uri))),
        ("by", one.by()),
        ("did", list(&did)),
        ("kept", kept.unwrap_or_default()),
        ("to", one.at()),
    ];
    let proof: Vec<usize> = one.proof().into_iter().chain(named.by.proof()).collect();
    Found::new("target-altered", &values, &proof).map(Found::that_decides)
}

/// Returns the URI that another message names for a request: a redirection, a transfer, or the request of which it was made.
fn named<'b, 'a>(one: &Attempt<'_>, other: &'b Attempt<'a>, own: &Uri) -> Option<Named<'b, 'a>> {
    let is_one = one.call_id() == other.call_id();
    let is_for = |uri: &[u8]| legs::is_number(&Uri::of(uri).user, &own.user);
    let made = |what: String, uri: &[u8], is_bound: bool| Named {
        by: other,
        what,
        uri: uri.to_vec(),
        is_bound,
    };
    if other.client == one.client
        && let Some((answer, at)) = other.answer
        && let Some(code @ 300..=302) = answer.code()
    {
        let gap = one.micros.checked_sub(at).filter(|gap| *gap <= SOON)?;
        let is_his = is_one || other.user("From") == one.user("From") && gap <= SECOND;
        let contacts = answer
            .values("Contact")
            .filter(|value| value.contains(&b'<'));
        let contact = contacts.map(uri).find(|uri| is_his && is_for(uri))?;
        let what = format!("Contact of the {code} to {} ({})", other.name(), other.at());
        return Some(made(what, contact, is_one));
    }
    if other.server != one.client || other.client == one.server {
        return None;
    }
    if other.request.method() == b"REFER" && other.is_success() {
        let refer = uri(other.request.value("Refer-To")?);
        let what = format!("Refer-To of {} ({})", other.name(), other.by());
        return is_for(refer).then(|| made(what, refer, false));
    }
    let is_sent_on = is_one && other.is_invite() && one.is_while(other);
    (is_sent_on || legs::became(other, one)).then(|| {
        let what = format!("{} ({})", other.name(), other.by());
        made(what, target(other.request), false)
    })
}

/// Returns what was done to a URI on the way; `asked` is the host to which the request had gone that was redirected.
fn changes(known: &Uri, own: &Uri, asked: Option<&str>) -> Vec<String> {
    // Who routes by what stands behind the number may put that in its place.
    let is_used = known.of_user.iter().any(|one| {
        let value = one
            .split_once('=')
            .map(|(_, value)| value.trim_start_matches('+'));
        value.is_some_and(|value| !value.is_empty() && own.user.contains(value))
    });
    let mut all = if is_used {
        Vec::new()
    } else {
        missing(&known.of_user, &own.of_user)
    };
    let Some(asked) = asked else {
        return all;
    };
    let bare = |host: &str| host.split(':').next().unwrap_or_default().to_owned();
    let is_there = bare(&known.host) == bare(&own.host);
    // Where another host stands, a route was taken after the redirection, as it may be; not where the old one does.
    if known.host != own.host && (is_there || own.host == asked) {
        all.push(format!("made {} of {}", own.host, known.host));
    }
    if is_there && known.user != own.user {
        all.push(format!("made {} of {}", own.user, known.user));
    }
    if is_there {
        all.extend(missing(&known.parameters, &own.parameters));
    }
    all
}

/// Returns which parameters are missing, or are others.
fn missing(known: &[String], own: &[String]) -> Vec<String> {
    let name = |one: &str| {
        one.split('=')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let lost = known.iter().filter(|one| {
        let is_there = own.iter().any(|other| other.eq_ignore_ascii_case(one));
        !is_there && !BESIDE.contains(&name(one).as_str())
    });
    let (other, gone): (Vec<&String>, Vec<&String>) =
        lost.partition(|one| own.iter().any(|other| name(other) == name(one)));
    let gone: Vec<String> = gone.iter().map(|one| format!(";{one}")).collect();
    let mut all: Vec<String> = other.iter().map(|one| format!("changed ;{one}")).collect();
    if !gone.is_empty() {
        all.push(format!("left out {}", list(&gone)));
    }
    all
}
