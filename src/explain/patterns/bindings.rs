//! Where the parties of a call were registered, as other calls of the trace tell: a call that is refused since they were
//! not, or that goes where they no longer are.

use core::net::SocketAddr;

use super::attempts::is_step;
use super::found::{Found, values};
use super::nodes;
use super::order::{Call, Hop, SECOND, lasting, target};
use super::others::{Other, bare, bare_target, origin, user};
use super::reached;
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::way;
use crate::explain::words::{list, text, time};
use crate::message::{Host, Message, address, parameter, seconds};

/// What a server answers for whom it has no address, or for one that does not answer.
const ABSENT: [u16; 6] = [404, 408, 410, 430, 480, 604];

pub(super) fn found(call: &Call<'_>) -> Vec<Found> {
    let begins = |hop: &&Hop<'_>| {
        hop.is_outside()
            && matches!(
                hop.method,
                b"INVITE" | b"MESSAGE" | b"SUBSCRIBE" | b"OPTIONS"
            )
    };
    let groups = call.groups.iter().filter_map(|group| {
        let hop = call.nearest(group).filter(begins)?;
        let request = *hop.requests.first()?;
        let outcome = call.outcome(group);
        // A challenge, or what asks for other values, ends nothing.
        if outcome.is_some_and(|at| call.is_success(at) || is_step(call.code(at))) {
            return None;
        }
        misled(call, group)
            .or_else(|| absent(call, hop, request, outcome?))
            .or_else(|| nodes::unshared(call, hop, request, outcome?))
            .or_else(|| reached::unresolved(call, hop, request, outcome?))
            .or_else(|| kept(call, hop, request, outcome?))
            .or_else(|| reached::no_service_route(call, hop, request, outcome))
    });
    groups.collect()
}

/// A REGISTER that was answered, and its answer.
#[derive(Clone, Copy)]
pub(super) struct Registered<'b, 'a> {
    pub(super) request: &'b Other<'a>,
    pub(super) answer: &'b Other<'a>,
}

impl Registered<'_, '_> {
    pub(super) fn is_accepted(&self) -> bool {
        self.answer.message.code() < Some(300)
    }

    /// Returns whether both came to one registrar, seen at one place.
    fn is_beside(&self, other: &Self) -> bool {
        let hops = |one: &Self| one.request.message.values("Via").count();
        self.request.to == other.request.to && hops(self) == hops(other)
    }

    /// Returns whether it came to the element at an address, as far as both are known.
    pub(super) fn is_at(&self, element: Option<SocketAddr>) -> bool {
        let known = element.zip(self.request.to);
        known.is_none_or(|(one, other)| one.ip() == other.ip())
    }

    /// Returns the addresses that are registered then.
    fn contacts(&self) -> Vec<String> {
        self.answer.message.values("Contact").map(bare).collect()
    }

    /// Returns until when the last of its addresses is registered.
    pub(super) fn ends(&self) -> Option<u64> {
        let expires = self.answer.message.value("Expires");
        let all = self.answer.message.values("Contact");
        let lasts = all.filter_map(|value| {
            parameter(value, b';', "expires")
                .or(expires)
                .and_then(seconds)
        });
        Some(self.answer.micros + u64::from(lasts.max()?) * SECOND)
    }
}

/// Returns the REGISTER requests for a user that were answered before a time, in the order of time.
pub(super) fn registered<'b, 'a>(
    call: &'b Call<'a>,
    name: &'b str,
    until: u64,
) -> impl Iterator<Item = Registered<'b, 'a>> + 'b {
    let all = call.others.iter().filter(move |other| {
        let message = &other.message;
        message.is_request() && message.method() == b"REGISTER" && user(message, "To") == name
    });
    all.filter_map(move |request| {
        let answer = call.answer_to(request)?;
        (answer.micros < until).then_some(Registered { request, answer })
    })
}

/// Returns how many calls to a user were refused in a time, as a clause.
pub(super) fn refused(call: &Call<'_>, name: &str, begins: u64, until: u64) -> String {
    let mut codes: Vec<String> = Vec::new();
    let mut count = 0;
    for invite in call.others {
        let message = &invite.message;
        let is_it = message.is_request()
            && message.method() == b"INVITE"
            && (begins..until).contains(&invite.micros)
            && user(message, "To") == name
            && message.values("Via").count() == 1;
        // All others are not looked through for what is none.
        let answer = Some(invite).filter(|_| is_it);
        let answer = answer.and_then(|invite| call.answer_to(invite));
        let code = answer.and_then(|answer| answer.message.code());
        let Some(code) = code.filter(|code| ABSENT.contains(code)) else {
            continue;
        };
        count += 1;
        if !codes.contains(&code.to_string()) {
            codes.push(code.to_string());
        }
    }
    match count {
        0 => String::new(),
        1 => format!("; a call came meanwhile and was refused ({})", list(&codes)),
        count => format!(
            "; {count} calls came meanwhile and were refused ({})",
            list(&codes)
        ),
    }
}

/// Returns that whom a request is for was not registered when it was refused.
fn absent(call: &Call<'_>, hop: &Hop<'_>, request: usize, outcome: usize) -> Option<Found> {
    let code = call.code(outcome);
    let name = user(call.message(request), "To");
    let now = call.micros(request).filter(|_| ABSENT.contains(&code))?;
    let server = call.record(request).to;
    let all = || registered(call, &name, now).filter(|one| one.is_at(server));
    let last = all().filter(Registered::is_accepted).last();
    let refusal = all().last().filter(|last| {
        let is_challenge = matches!(last.answer.message.code(), Some(401 | 407));
        !last.is_accepted() && !is_challenge
    });
    let ago = |at: u64| lasting(now.saturating_sub(at));
    let why = match (last, refusal) {
        (None, None) => return None,
        (None, Some(refusal)) => format!(
            "its {} was refused with {} {} before",
            named(&refusal.request.message),
            refusal.answer.message.code().unwrap_or_default(),
            ago(refusal.answer.micros)
        ),
        (Some(last), _) => match last.ends() {
            None if last.contacts().is_empty() => format!(
                "{} from {} removed its addresses {} before",
                named(&last.request.message),
                origin(&last.request.message).unwrap_or_default(),
                ago(last.answer.micros)
            ),
            Some(ends) if ends < now => format!(
                "{} was granted {} and came {} before, and no other after it",
                named(&last.request.message),
                time(u32::try_from((ends - last.answer.micros) / SECOND).unwrap_or(u32::MAX)),
                ago(last.request.micros)
            ),
            _ => return None,
        },
    };
    let values = values![("user", name), ("why", why)];
    Found::told(
        call,
        "callee-unregistered",
        hop,
        outcome,
        &values,
        &[request, outcome],
    )
    .map(Found::that_decides)
}

/// Returns that a request is sent to an address that is registered no longer, or not by the Path with which it is.
fn misled(call: &Call<'_>, group: &[usize]) -> Option<Found> {
    let hops = group.iter().map(|hop| call.hop(*hop));
    hops.filter(|hop| hop.last(call, 200).is_none_or(|at| !call.is_success(at)))
        .find_map(|hop| {
            let at = *hop.requests.first()?;
            let name = user(call.message(at), "To");
            let now = call.micros(at)?;
            let all = || registered(call, &name, now).filter(Registered::is_accepted);
            let aim = bare_target(call.message(at));
            let brings = |one: &Registered<'_, '_>| {
                let mut contacts = one.request.message.values("Contact");
                contacts.any(|value| bare(value) == aim)
            };
            let by = all().filter(brings).last()?;
            let last = all().filter(|last| last.is_beside(&by)).last()?;
            let is_of_registrar = by.is_at(call.record(at).from);
            no_path(call, hop, at, &by)
                .or_else(|| reached::unseen(call, hop, at, &by))
                .or_else(|| old(call, hop, at, &last, &by).filter(|_| is_of_registrar))
        })
}

/// Returns that the address of a request is one that the last REGISTER has left behind.
fn old(
    call: &Call<'_>,
    hop: &Hop<'_>,
    at: usize,
    last: &Registered<'_, '_>,
    by: &Registered<'_, '_>,
) -> Option<Found> {
    let aim = bare_target(call.message(at));
    let contacts = last.contacts();
    let is_there = contacts.contains(&aim) || contacts.is_empty();
    if is_there || by.request.micros >= last.request.micros {
        return None;
    }
    let values = values![
        ("own", aim),
        ("before", named(&by.request.message)),
        ("last", named(&last.request.message)),
        ("known", list(&contacts)),
    ];
    Found::told(call, "binding-old", hop, at, &values, &[at])
}

/// Returns that a request goes to an address without the Path by which that is registered.
fn no_path(call: &Call<'_>, hop: &Hop<'_>, at: usize, by: &Registered<'_, '_>) -> Option<Found> {
    let request = call.message(at);
    // The REGISTER as it was when it had its Path.
    let registers = call.others.iter().filter(|other| {
        other.message.is_request()
            && other.message.value("Call-ID") == by.request.message.value("Call-ID")
            && other.message.cseq() == by.request.message.cseq()
    });
    let path = registers
        .filter_map(|other| other.message.values("Path").next())
        .next_back()?;
    let known = host(&text(address(path)));
    // A name may be that of any address.
    if Host::of(known.as_bytes()) == Host::Name {
        return None;
    }
    let has = |field: &str| {
        let mut values = request.values(field);
        values.any(|value| host(&text(address(value))) == known)
    };
    let passed = request.values("Via").filter_map(way::sent_by);
    let is_passed = passed.into_iter().any(|via| host(&via) == known);
    let (from, to) = call.between(at);
    let goes_there = [&from, &to].iter().any(|one| host(one) == known);
    if has("Route") || is_passed || goes_there {
        return None;
    }
    let values = values![
        ("own", text(target(request))),
        ("path", text(path)),
        ("before", named(&by.request.message)),
    ];
    Found::told(call, "path-unused", hop, at, &values, &[at])
}

/// Returns that a request goes where a redirection of an earlier call had named, and no longer counts.
fn kept(call: &Call<'_>, hop: &Hop<'_>, request: usize, outcome: usize) -> Option<Found> {
    let own = call.message(request);
    let aim = bare_target(own);
    let names = |message: &Message<'_>| {
        let is_redirect = matches!(message.code(), Some(300 | 302));
        is_redirect && message.values("Contact").any(|value| bare(value) == aim)
    };
    let now = call.micros(request)?;
    if hop.vias != 1 || call.all.iter().take(request).any(names) {
        return None;
    }
    let mut before = call.others.iter().rev().filter(|other| {
        let is_own = origin(&other.message) == origin(own);
        is_own && other.micros < now && names(&other.message)
    });
    let redirect = before.next()?;
    let contact = redirect
        .message
        .values("Contact")
        .find(|value| bare(value) == aim)?;
    let lasts = parameter(contact, b';', "expires").or(redirect.message.value("Expires"));
    let lasts = lasts.and_then(seconds);
    let gap = now - redirect.micros;
    let counts = lasts.is_some_and(|lasts| gap < u64::from(lasts) * SECOND);
    let lasts = lasts.map_or_else(
        || "without a lifetime, so for that one attempt".to_owned(),
        |lasts| format!("for {}", time(lasts)),
    );
    let values = values![
        ("own", text(target(own))),
        ("redirect", redirect.message.code()?.to_string()),
        ("before", named(&redirect.message)),
        ("gap", lasting(gap)),
        ("lasts", lasts),
    ];
    if counts {
        return None;
    }
    Found::told(
        call,
        "redirect-kept",
        hop,
        outcome,
        &values,
        &[request, outcome],
    )
}
