//! Requests of a dialog that go to the Contact of the other side, which nobody can reach as it is written.

use core::net::{IpAddr, SocketAddr};

use super::found::{Found, values};
use super::order::{Call, Hop, is_udp, target, uri};
use super::others::user;
use super::routes::{is_alike, said};
use crate::explain::call::named;
use crate::explain::dialog::host;
use crate::explain::way;
use crate::explain::words::{short, text};
use crate::message::{Host, Message, address, parameter};

/// With these a proxy knows the connection.
const KNOWN: [&str; 4] = ["alias", "received", "fs_path", "ob"];
/// With so many bytes and the header of IP a datagram becomes fragments.
const LARGE: usize = 1472;
/// Names that only a network of its own knows.
const LOCAL: [&str; 5] = [".local", ".lan", ".localdomain", ".internal", ".home"];

/// Returns that a request which was refused or not answered goes to a Contact that leads nowhere.
pub(super) fn found(
    call: &Call<'_>,
    hop: &Hop<'_>,
    by: usize,
    [request, outcome]: [usize; 2],
    became: &str,
) -> Option<Found> {
    let contact = uri(call.message(by).value("Contact")?);
    let goes = uri(target(call.message(request)));
    let is_known = KNOWN
        .iter()
        .any(|name| parameter(contact, b';', name).is_some());
    if is_known || !is_alike(contact, goes) {
        return None;
    }
    let name = host(&text(contact));
    let (id, why) = if name.ends_with(".invalid") {
        ("contact-unresolved", String::new())
    } else {
        let bare = bare(call, by, request);
        let is_proven = bare.is_some() || is_aside(call, by, request, contact);
        let is_silent = request == outcome || call.code(outcome) == 408;
        let id = if is_proven && is_silent {
            "contact-astray"
        } else {
            "contact-unreachable"
        };
        let why = bare
            .or_else(|| unreachable(call, by, contact, &name))
            .or_else(|| not_there(call, by, request, contact))
            .or_else(|| over_udp(call, by, contact, request))?;
        (id, why)
    };
    let values = values![
        ("own", short(&text(contact))),
        ("by", said(call, by)),
        ("became", became.to_owned()),
        ("why", why),
        ("beside", beside(call, by)),
        ("passed", call.between(by).0),
    ];
    // What a proxy sent on of it shows the same.
    let is_it = |at: &usize| {
        call.message(*at).is_request() && call.message(*at).cseq() == call.message(request).cseq()
    };
    let copies = (0..call.all.len()).filter(is_it);
    let proof: Vec<usize> = [by, outcome].into_iter().chain(copies).collect();
    Found::told(call, id, hop, outcome, &values, &proof).map(Found::that_decides)
}

/// Returns why a Contact may lead nowhere.
fn unreachable(call: &Call<'_>, by: usize, contact: &[u8], name: &str) -> Option<String> {
    let message = call.message(by);
    let asks = parameter(contact, b';', "transport").map(text);
    let asks = asks.filter(|asks| !asks.eq_ignore_ascii_case("udp"));
    let via = message
        .values("Via")
        .last()
        .filter(|_| message.is_request());
    let is_direct = message.values("Via").count() == 1;
    match Host::of(name.as_bytes()) {
        Host::Private if via.is_some_and(way::is_behind_nat) => {
            let from = via
                .and_then(|via| parameter(via, b';', "received"))
                .map(text);
            Some(format!(
                "it is a private address, and its sender is behind a NAT, at {}",
                from.unwrap_or_default()
            ))
        }
        Host::Name if !name.contains('.') || LOCAL.iter().any(|end| name.ends_with(end)) => {
            Some("only a network of its own knows such a name".to_owned())
        }
        _ => asks.filter(|_| is_direct && is_udp(call, by)).map(|asks| {
            format!(
                "it asks for {}, and its sender uses UDP: perhaps nothing listens there",
                asks.to_ascii_uppercase()
            )
        }),
    }
}

/// Returns whether the private address in a Contact is not where its sender is: what that sends comes from a public one, and
/// nothing from the other.
fn is_aside(call: &Call<'_>, by: usize, request: usize, contact: &[u8]) -> bool {
    let Ok(private) = host(&text(contact)).parse::<IpAddr>() else {
        return false;
    };
    let is_heard = |from: Option<SocketAddr>| from.is_some_and(|one| one.ip() == private);
    let is_there = call.recorded.iter().any(|one| is_heard(one.from))
        || call.others.iter().any(|other| is_heard(other.from));
    let via = call.message(by).values("Via").last();
    let via = via.filter(|via| call.message(by).is_request() && way::is_behind_nat(via));
    let received = via.and_then(|via| parameter(via, b';', "received"));
    let is_public = received.is_some_and(|one| Host::of(one) == Host::Public);
    let is_private = Host::of(private.to_string().as_bytes()) == Host::Private;
    let is_known = is_public || source(call, by, request, &text(contact)).is_some();
    is_private && is_known && !is_there
}

/// Returns that a Contact has no angle brackets, so that what it says of the transport is not of its URI.
fn bare(call: &Call<'_>, by: usize, request: usize) -> Option<String> {
    let contact = call.message(by).value("Contact")?;
    let asks =
        parameter(contact, b';', "transport").filter(|asks| !asks.eq_ignore_ascii_case(b"udp"));
    let is_bare = !contact.contains(&b'<') && is_udp(call, request);
    let asks = text(asks.filter(|_| is_bare)?);
    Some(format!(
        "it has no angle brackets, so transport={asks} is a parameter of the field and not of the URI, and {} went over UDP",
        named(call.message(request))
    ))
}

fn not_there(call: &Call<'_>, by: usize, request: usize, contact: &[u8]) -> Option<String> {
    let source = source(call, by, request, &text(contact))?;
    Some(format!(
        "it is a private address, to which the request was sent, and its sender is at {source}"
    ))
}

/// Returns from where the side that wrote a Contact sends, where a request was sent to the private address in that, by whatever
/// element.
pub(super) fn source(
    call: &Call<'_>,
    by: usize,
    request: usize,
    contact: &str,
) -> Option<SocketAddr> {
    let private: IpAddr = host(contact).parse().ok()?;
    let is = |ip: IpAddr, kind: Host| Host::of(ip.to_string().as_bytes()) == kind;
    if !is(private, Host::Private) {
        return None;
    }
    let (mut source, mut nearest, mut went) = (None, 0, false);
    for (one, seen) in call.all.iter().zip(call.recorded) {
        let is_of = |at: usize| {
            one.cseq() == call.message(at).cseq() && one.code() == call.message(at).code()
        };
        went |= is_of(request) && seen.to.is_some_and(|to| to.ip() == private);
        // Its writer has the fewest Via values of a request, and the most of a response.
        let vias = one.values("Via").count();
        let near = if one.is_request() {
            usize::MAX - vias
        } else {
            vias
        };
        if is_of(by) && near > nearest {
            (source, nearest) = (seen.from, near);
        }
    }
    source.filter(|source| went && is(source.ip(), Host::Public))
}

/// Returns the stream over which a message was sent between two elements, if it was.
pub(super) fn stream(message: &Message<'_>) -> Option<String> {
    stream_of(message.values("Via").next()?)
}

pub(super) fn stream_of(via: &[u8]) -> Option<String> {
    let via = text(via);
    let transport = via.split_whitespace().next()?.rsplit('/').next()?;
    let transport = transport.to_ascii_uppercase();
    matches!(transport.as_str(), "TCP" | "TLS" | "WS" | "WSS").then_some(transport)
}

/// Returns whether a URI leaves it to who uses it over which transport it is reached.
pub(super) fn is_plain(uri: &[u8]) -> bool {
    let is_sip = uri.len() > 4 && uri[..4].eq_ignore_ascii_case(b"sip:");
    is_sip && parameter(uri, b';', "transport").is_none()
}

/// Returns that a request goes over UDP, since the Contact of a side that uses a stream names no transport.
fn over_udp(call: &Call<'_>, by: usize, contact: &[u8], request: usize) -> Option<String> {
    let stream = stream(call.message(by)).filter(|_| is_plain(contact) && is_udp(call, request))?;
    let is_direct = call.message(by).values("Via").count() == 1;
    (is_direct && !call.message(by).has("Record-Route")).then(|| {
        format!(
            "it names no transport, so requests go there over UDP, and its sender uses {stream}: perhaps nothing listens there but that"
        )
    })
}

/// Returns, as the end of a sentence, that the ACK of a 2xx has to go to a private address, and the INVITE did not, or over another
/// transport.
pub(super) fn contact_of(call: &Call<'_>, hop: &Hop<'_>, answer: usize) -> String {
    let response = call.message(answer);
    let contact = response.value("Contact").map(|value| text(address(value)));
    let contact = contact.filter(|_| !response.has("Record-Route"));
    let value = response.value("Contact").map(uri).unwrap_or_default();
    let asks = parameter(value, b';', "transport").map(text);
    let asks = asks.filter(|asks| !asks.eq_ignore_ascii_case("udp"));
    if let Some(asks) = asks.filter(|_| contact.is_some() && is_udp(call, answer)) {
        return format!(
            "; its Contact is {}, so the ACK has to go over {}, and the call runs over UDP: perhaps nothing listens there",
            short(&text(value)),
            asks.to_ascii_uppercase()
        );
    }
    if let Some(stream) = stream(response).filter(|_| contact.is_some() && is_plain(value)) {
        return format!(
            "; its Contact is {} and names no transport, so the ACK goes over UDP, and the call runs over {stream}: perhaps nothing listens there but that",
            short(&text(value))
        );
    }
    let Some(contact) = contact.filter(|uri| is_private_only(call, hop, uri)) else {
        return large(call, answer);
    };
    format!(
        "; its Contact is {}, a private address, to which the ACK goes",
        short(&contact)
    )
}

/// Returns, as the end of a sentence, that a response is so large that it may be lost as fragments.
fn large(call: &Call<'_>, answer: usize) -> String {
    let size = call.record(answer).bytes.len();
    if size <= LARGE || !is_udp(call, answer) {
        return String::new();
    }
    format!(
        "; it has {size} bytes and goes over UDP: as fragments, which firewalls and NATs often drop, it may not get there"
    )
}

/// Returns whether a URI has a private address, the Request-URI of the INVITE has none, and who sent that is in another
/// network.
pub(super) fn is_private_only(call: &Call<'_>, hop: &Hop<'_>, uri: &str) -> bool {
    let request = hop.requests.first();
    let asked = request.map(|at| text(target(call.message(*at))));
    let asked = asked.unwrap_or_default();
    let is_private = |uri: &str| Host::of(host(uri).as_bytes()) == Host::Private;
    let sender = request.and_then(|at| call.record(*at).from);
    let is_beside = sender
        .zip(host(uri).parse().ok())
        .is_some_and(|(sender, own)| is_one_network(sender.ip(), own));
    is_private(uri) && !is_private(&asked) && !is_beside
}

/// Returns whether two addresses are likely of one private network (RFC 1918 section 3): 10/8 is one network of a company as
/// often as not, and each 192.168 of /24 another one.
fn is_one_network(one: IpAddr, other: IpAddr) -> bool {
    let (IpAddr::V4(one), IpAddr::V4(other)) = (one, other) else {
        return false;
    };
    let (one, other) = (one.octets(), other.octets());
    let same = match one[0] {
        10 => 1,
        172 => 2,
        _ => 3,
    };
    one[..same] == other[..same]
}

/// Returns what the element that sent a message on did for others behind a NAT, and not for its sender.
fn beside(call: &Call<'_>, by: usize) -> String {
    let own = call.message(by);
    let is_behind = |message: &Message<'_>| {
        let via = message
            .values("Via")
            .last()
            .filter(|_| message.is_request());
        via.is_some_and(way::is_behind_nat)
    };
    let is_on = |message: &Message<'_>| message.values("Via").count() > 1;
    let sent_on = call.all.iter().zip(call.recorded);
    let mut sent_on = sent_on.filter(|(message, _)| {
        message.is_request() && message.cseq() == own.cseq() && is_on(message)
    });
    let passed = sent_on.find_map(|(_, recorded)| recorded.from);
    let Some(passed) = passed.filter(|_| is_behind(own)) else {
        return String::new();
    };
    let said = call.others.iter().find_map(|other| {
        let message = &other.message;
        let is_like = is_on(message) && message.method() == own.method();
        if other.from != Some(passed) || !is_like || !is_behind(message) {
            return None;
        }
        let contact = uri(message.value("Contact")?);
        let known = KNOWN
            .iter()
            .find(|name| parameter(contact, b';', name).is_some());
        let is_reached = Host::of(host(&text(contact)).as_bytes()) != Host::Private;
        let has = match known {
            Some(known) => format!("{known} in its Contact ({})", short(&text(contact))),
            None if is_reached => format!("the Contact {}", short(&text(contact))),
            None if message.has("Record-Route") && !own.has("Record-Route") => {
                "a Record-Route".to_owned()
            }
            None => return None,
        };
        Some(format!(
            "; {} from {}, behind a NAT too, left the same element with {has}",
            named(message),
            user(message, "From")
        ))
    });
    said.unwrap_or_default()
}
