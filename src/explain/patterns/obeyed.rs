//! What a refusal asked for, and whether the next request does it.

use super::asks;
use super::found::{Found, values};
use super::glare;
use super::order::{Call, Hop, TIMEOUT, lasting, target};
use super::others::Again;
use super::refused;
use crate::catalog::PatternKind;
use crate::explain::words::{list, text, time};
use crate::message::{Message, address, is_same_user, parameter, seconds, user};

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let groups = call.groups.iter();
    groups
        .filter_map(|group| {
            let hop = call.nearest(group)?;
            let outcome = call.outcome(group);
            if let Some(long) = asks::long(call, hop, outcome) {
                return Some(long);
            }
            let outcome = outcome?;
            let refusal = Refusal {
                call,
                hop,
                outcome,
                again: again(call, hop, outcome),
            };
            match call.code(outcome) {
                430 => refusal.flow(),
                423 => refusal.interval(),
                422 => refusal.session().or_else(|| refused::unmet(&refusal)),
                420 => refusal
                    .extension()
                    .or_else(|| refusal.unchanged())
                    .or_else(|| refused::unmet(&refusal)),
                421 => refusal
                    .required()
                    .or_else(|| refusal.unchanged())
                    .or_else(|| refused::unmet(&refusal)),
                416 => asks::found(&refusal).or_else(|| refused::unmet(&refusal)),
                488 => refusal.unchanged(),
                491 => glare::found(&refusal),
                300..=302 if !refusal.response().has("Contact") => {
                    refusal.found("redirect-nowhere", [])
                }
                300..=302 => refusal.redirect(),
                305 => refusal.proxy(),
                494 => refusal.agreement().or_else(|| asks::found(&refusal)),
                _ => asks::found(&refusal),
            }
        })
        .collect()
}

/// Returns the next request of the same kind and client; that of another call counts where it goes to the same server.
fn again<'b, 'a>(call: &'b Call<'a>, hop: &Hop<'a>, outcome: usize) -> Option<Again<'b, 'a>> {
    let aim = call.record(*hop.requests.first()?).to;
    let next = call.again(hop, outcome);
    next.filter(|again| again.at.is_some() || again.to == aim)
}

/// A refusal, and the request that comes after it.
pub(super) struct Refusal<'b, 'a> {
    pub(super) call: &'b Call<'a>,
    pub(super) hop: &'b Hop<'a>,
    pub(super) outcome: usize,
    pub(super) again: Option<Again<'b, 'a>>,
}

impl Refusal<'_, '_> {
    pub(super) fn response(&self) -> &Message<'_> {
        self.call.message(self.outcome)
    }

    /// Returns what is said of each: the request, the next one, and what that became.
    fn values(&self) -> Vec<(&'static str, String)> {
        let first = self.hop.requests.first().copied().unwrap_or_default();
        let mut values = values![
            ("name", self.hop.name()),
            ("code", self.call.code(self.outcome).to_string()),
            ("from", self.call.between(first).0),
        ];
        if let Some(again) = &self.again {
            values.push(("again", again.name.clone()));
            values.push(("became", again.became()));
        }
        values
    }

    pub(super) fn found(
        &self,
        id: &str,
        more: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Option<Found> {
        let mut values = self.values();
        values.extend(more);
        let proof: Vec<usize> = [self.outcome]
            .into_iter()
            .chain(self.again.as_ref().and_then(|again| again.at))
            .collect();
        let found = Found::new(id, &values, &proof)?;
        Some(if found.pattern.kind == PatternKind::Fault {
            found.that_decides()
        } else {
            found
        })
    }

    fn interval(&self) -> Option<Found> {
        let least = self.response().value("Min-Expires").and_then(seconds)?;
        let again = self.again.as_ref()?.message;
        let own = lifetimes(again);
        // What asks for no lifetime leaves it to the registrar.
        let lowest = own.into_iter().filter(|own| *own > 0).min()?;
        let id = if lowest < least {
            "interval-not-followed"
        } else {
            "interval-followed"
        };
        let expires = again.value("Expires").and_then(seconds);
        let beats = match expires {
            Some(expires) if expires >= least && lowest < least => format!(
                "; its Expires is {}, but expires of its Contact counts before it",
                time(expires)
            ),
            _ => String::new(),
        };
        self.found(
            id,
            [
                ("least", time(least)),
                ("own", time(lowest)),
                ("beats", beats),
            ],
        )
    }

    fn session(&self) -> Option<Found> {
        let least = self.response().value("Min-SE").and_then(delta)?;
        let request = self.again.as_ref()?.message;
        let interval = request.value("Session-Expires").and_then(delta);
        let lowest = request.value("Min-SE").and_then(delta);
        let (id, own) = match (interval, lowest) {
            (Some(own), _) if own < least => ("session-not-followed", time(own)),
            (_, None) => ("session-not-followed", "no Min-SE".to_owned()),
            (_, Some(lowest)) if lowest < least => {
                ("session-not-followed", format!("Min-SE {lowest}"))
            }
            (Some(own), _) => ("session-followed", time(own)),
            (None, Some(lowest)) => ("session-followed", format!("Min-SE {lowest}")),
        };
        self.found(id, [("least", time(least)), ("own", own)])
    }

    fn extension(&self) -> Option<Found> {
        let tags: Vec<String> = self.response().values("Unsupported").map(text).collect();
        let again = self.again.as_ref().filter(|_| !tags.is_empty());
        let request = again?.message;
        let still =
            |tag: &String| request.lists("Require", tag) || request.lists("Proxy-Require", tag);
        let id = if tags.iter().any(still) {
            "extension-not-followed"
        } else {
            "extension-followed"
        };
        self.found(id, [("tags", list(&tags))])
    }

    fn required(&self) -> Option<Found> {
        let tags: Vec<String> = self.response().values("Require").map(text).collect();
        let again = self.again.as_ref().filter(|_| !tags.is_empty());
        let request = again?.message;
        let has = |tag: &String| request.lists("Supported", tag) || request.lists("Require", tag);
        let id = if tags.iter().all(has) {
            "required-followed"
        } else {
            "required-not-followed"
        };
        self.found(id, [("tags", list(&tags))])
    }

    fn redirect(&self) -> Option<Found> {
        let response = self.response();
        let contacts: Vec<String> = response
            .values("Contact")
            .map(|value| text(address(value)))
            .collect();
        let first = contacts.first()?.clone();
        if let Some(round) = self.round() {
            return Some(round);
        }
        let goes_there = |hop: &&Hop<'_>| {
            let first = hop.requests.first();
            let uri = first.map(|at| target(self.call.message(*at)));
            let uri = uri.map(|uri| text(address(uri))).unwrap_or_default();
            let is_later = hop.first() > Some(self.outcome);
            is_later && contacts.contains(&uri)
        };
        let hops = self.call.hops.iter();
        let hops = hops.filter(|hop| hop.method == self.hop.method);
        let mut following = hops.filter(goes_there);
        if let Some(next) = following.next() {
            let at = *next.requests.first()?;
            let group = self
                .call
                .group(next.method, next.number, next.from.as_deref());
            let became = group.and_then(|group| self.call.outcome(group));
            let followed = Refusal {
                again: Some(Again {
                    message: self.call.message(at),
                    at: Some(at),
                    name: next.name(),
                    became: became.map(|at| self.call.code(at)),
                    gap: None,
                    to: None,
                }),
                ..*self
            };
            return followed.found(
                "redirect-followed",
                [("own", text(address(target(self.call.message(at)))))],
            );
        }
        // An element between two sides goes there with a Call-ID of its own.
        let goes_on = self.call.others.iter().any(|other| {
            let is_later = Some(other.micros) >= self.call.micros(self.outcome);
            let to = other.message.value("To").unwrap_or_default();
            let goes = [target(&other.message), to];
            let is_there = |contact: &String| {
                let own = contact.split('@').next().unwrap_or_default();
                let is_it = |goes: &&[u8]| is_same_user(user(goes), own.as_bytes());
                goes.iter().any(is_it)
            };
            is_later && other.message.method() == b"INVITE" && contacts.iter().any(is_there)
        });
        if goes_on || !self.call.goes_on(self.outcome, TIMEOUT) {
            return None;
        }
        let rest = lasting(self.call.rest(self.outcome)?);
        self.found("redirect-open", [("own", first), ("rest", rest)])
    }
}

impl Refusal<'_, '_> {
    /// Returns that the next request is the same once more, with what was refused.
    fn unchanged(&self) -> Option<Found> {
        let at = self.again.as_ref()?.at?;
        let first = *self.hop.requests.first()?;
        let before = self.call.message(first);
        let again = self.call.message(at);
        let goes = |at: usize| self.call.record(at).to;
        let is_of_body = self.call.code(self.outcome) == 488;
        if is_of_body && before.body.is_empty() || goes(first) != goes(at) {
            return None;
        }
        let is_same = target(before) == target(again)
            && fields(before) == fields(again)
            && offer(before) == offer(again);
        let what = match self.call.code(self.outcome) {
            488 => "the same session description",
            _ => "the same Require and Supported",
        };
        let values = values![("what", what.to_owned())];
        is_same.then(|| self.found("unchanged-again", values))?
    }

    /// Returns that a redirection names where the request was sent, or where one before it had been redirected from.
    fn round(&self) -> Option<Found> {
        let asked = |hop: &Hop<'_>| {
            let at = *hop.requests.first()?;
            Some(text(target(self.call.message(at))))
        };
        let contacts: Vec<String> = self.response().values("Contact").map(uri).collect();
        let is_named = |uri: &String| contacts.contains(uri);
        let own = asked(self.hop)?;
        if is_named(&own) {
            let more = values![("own", own)];
            return self.found("redirect-itself", more);
        }
        let before = self.call.requests(self.hop.method).find(|hop| {
            let is_before = hop.number < self.hop.number && self.call.is_same_client(hop, self.hop);
            let code = hop.last(self.call, 300).map(|at| self.call.code(at));
            is_before
                && code.is_some_and(|code| code < 400)
                && asked(hop).is_some_and(|uri| is_named(&uri))
        })?;
        let own = asked(before)?;
        let follows = self
            .again
            .as_ref()
            .filter(|again| text(target(again.message)) == own);
        let once_more = follows.map_or_else(String::new, |again| {
            format!(
                "; {} goes there once more, which a client MUST NOT do",
                again.name
            )
        });
        let more = values![
            ("own", own),
            ("before", before.name()),
            ("once_more", once_more),
        ];
        self.found("redirect-round", more)
    }
}

/// Returns the URI of an address, with its parameters.
pub(super) fn uri(value: &[u8]) -> String {
    let value = text(value);
    match value.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default().to_owned(),
        None => value.split(';').next().unwrap_or_default().to_owned(),
    }
}

/// Returns the fields of a request that say what it asks for.
fn fields<'a>(request: &Message<'a>) -> Vec<(&'static str, Vec<&'a [u8]>)> {
    let names = [
        "Require",
        "Supported",
        "Proxy-Require",
        "Content-Type",
        "Content-Encoding",
        "Content-Language",
        "Contact",
        "Expires",
        "Session-Expires",
    ];
    names
        .map(|name| (name, request.values(name).collect()))
        .to_vec()
}

/// Returns the body but for the line that counts its versions.
fn offer<'a>(request: &Message<'a>) -> Vec<&'a [u8]> {
    let lines = request.body.split(|byte| *byte == b'\n');
    lines.filter(|line| !line.starts_with(b"o=")).collect()
}

/// Returns the lifetimes that a REGISTER asks for.
fn lifetimes(request: &Message<'_>) -> Vec<u32> {
    let contacts = request.values("Contact");
    let own = contacts.filter_map(|value| parameter(value, b';', "expires").and_then(seconds));
    let own: Vec<u32> = own.collect();
    if own.is_empty() {
        return request
            .value("Expires")
            .and_then(seconds)
            .into_iter()
            .collect();
    }
    own
}

/// Returns the seconds before what parameters follow.
fn delta(value: &[u8]) -> Option<u32> {
    value.split(|byte| *byte == b';').next().and_then(seconds)
}
