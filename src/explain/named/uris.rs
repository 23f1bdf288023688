//! URIs, wherever they stand in a message.

use super::super::found::{Terms, when};
use super::super::syntax::{
    self, Sip, address, forbidden, is_bare, scheme, shown, twice_in_uri, uri_fault, uris,
};
use crate::message::{Message, Start, seconds};

pub(super) const TERMS: &Terms = &[
    ("uri-with-blanks", |message| {
        let uri = request_uri(message)?;
        let fault = uri_fault(uri)?;
        has_blanks(uri).then(|| fault.into_owned())
    }),
    ("bad-uri", |message| {
        let uri = request_uri(message)?;
        let fault = uri_fault(uri)?;
        (!has_blanks(uri)).then(|| fault.into_owned())
    }),
    ("uri-with-headers", |message| {
        when(good_sip(request_uri(message)?)?.headers.is_some())
    }),
    ("register-with-user", |message| {
        let user = good_sip(request_uri(message)?)?.user?;
        Some(shown(user))
    }),
    ("misplaced-in-uri", |message| {
        first(message, |place, uri| {
            let dialogs = [&b"INVITE"[..], b"REFER", b"SUBSCRIBE", b"UPDATE"];
            let opens = message.code().is_none_or(|code| code < 300);
            let is_of_dialog = place == "Contact" && opens && dialogs.contains(&message.method());
            let at = if is_of_dialog {
                "Contact of a dialog"
            } else {
                place
            };
            let name = match forbidden(at, uri)? {
                "?" => "a header field behind a question mark",
                name => name,
            };
            Some(format!("the URI of {place} has {name}"))
        })
    }),
    ("twice-in-uri", |message| {
        first(message, |place, uri| {
            let name = shown(twice_in_uri(uri)?);
            Some(format!("{name} stands twice in the URI of {place}"))
        })
    }),
    ("sips-over-udp", |message| {
        found_in(message, |uri| {
            let transport = uri.parameter("transport").unwrap_or_default();
            uri.is_secure && transport.eq_ignore_ascii_case(b"udp")
        })
    }),
    ("transport-tls", |message| {
        found_in(message, |uri| {
            let transport = uri.parameter("transport").unwrap_or_default();
            transport.eq_ignore_ascii_case(b"tls")
        })
    }),
    ("local-number", |message| {
        let is_local = |uri: &[u8]| {
            let number = uri.get(4..).unwrap_or_default();
            let is_tel = scheme(uri).eq_ignore_ascii_case(b"tel");
            let lower = number.to_ascii_lowercase();
            is_tel
                && !number.starts_with(b"+")
                && !lower.windows(15).any(|part| part == b";phone-context=")
        };
        let found = uris(message).into_iter().find(|(_, uri)| is_local(uri));
        found.map(|(place, uri)| format!("{} in {place}", shown(uri)))
    }),
    ("question-mark", |message| {
        bare(&["Contact", "From", "To", "Reply-To"], message)
    }),
    ("question-mark-refer", |message| {
        bare(&["Refer-To", "Referred-By"], message)
    }),
    ("to-sips-from-sip", |message| {
        let mut contacts = message.all("Contact").map(|field| address(field.value));
        let is_secure = |uri: &[u8]| Sip::of(uri).is_some_and(|uri| uri.is_secure);
        let is_plain = |uri: &[u8]| Sip::of(uri).is_some_and(|uri| !uri.is_secure);
        if !contacts.any(is_plain) {
            return None;
        }
        let route = message
            .value("Route")
            .map(address)
            .filter(|uri| is_secure(uri));
        let uri = request_uri(message)?;
        match route {
            _ if is_secure(uri) => Some(format!("The Request-URI is {}", shown(uri))),
            route => route.map(|route| format!("The first Route is {}", shown(route))),
        }
    }),
    ("star-without-expires-0", |message| {
        if message.value("Contact") != Some(b"*") {
            return None;
        }
        match message.value("Expires") {
            None => Some("missing".to_owned()),
            Some(value) if seconds(value) != Some(0) => Some(shown(value)),
            Some(_) => None,
        }
    }),
    ("star", |message| {
        let values = syntax::values("Contact", message);
        when(values.iter().any(|value| value.trim_ascii() == b"*"))
    }),
    ("path-without-lr", |message| without_lr("Path", message)),
    ("service-route-without-lr", |message| {
        without_lr("Service-Route", message)
    }),
    ("record-route-without-lr", |message| {
        without_lr("Record-Route", message)
    }),
];

fn request_uri<'a>(message: &Message<'a>) -> Option<&'a [u8]> {
    match message.start {
        Some(Start::Request { uri, .. }) => Some(uri),
        _ => None,
    }
}

/// Returns whether a Request-URI has what divides the line, or what stands around addresses elsewhere.
fn has_blanks(uri: &[u8]) -> bool {
    let is_odd = |byte: &u8| byte.is_ascii_whitespace() || b"<>".contains(byte);
    uri.iter().any(is_odd)
}

/// Takes a SIP URI apart that is written rightly.
fn good_sip(uri: &[u8]) -> Option<Sip<'_>> {
    Sip::of(uri).filter(|_| uri_fault(uri).is_none())
}

/// Returns the first that is found of a URI and its place. What else is wrong with a header field that is written wrongly
/// is not known.
fn first(
    message: &Message<'_>,
    finds: impl Fn(&'static str, &[u8]) -> Option<String>,
) -> Option<String> {
    uris(message).into_iter().find_map(|(place, uri)| {
        let is_good = || uri_fault(uri).is_none() && syntax::bad(place, message).is_none();
        finds(place, uri).filter(|_| is_good())
    })
}

/// Returns the first SIP URI of which something holds, with its place.
fn found_in(message: &Message<'_>, holds: fn(Sip<'_>) -> bool) -> Option<String> {
    first(message, |place, uri| {
        let holds = Sip::of(uri).is_some_and(holds);
        holds.then(|| format!("{} in {place}", shown(uri)))
    })
}

/// Returns the first URI that needs `<>` around it and has none.
fn bare(fields: &[&str], message: &Message<'_>) -> Option<String> {
    fields.iter().find_map(|name| {
        let values = match *name {
            "Contact" => syntax::values(name, message),
            name => message.all(name).map(|field| field.value).collect(),
        };
        let value = values.into_iter().find(|value| is_bare(value))?;
        Some(format!("{name} is {}", shown(value)))
    })
}

/// Returns the first SIP URI of a header field that has no `lr`.
fn without_lr(name: &str, message: &Message<'_>) -> Option<String> {
    first(message, |place, uri| {
        let lacks = Sip::of(uri).is_some_and(|uri| uri.parameter("lr").is_none());
        (place == name && lacks).then(|| shown(uri))
    })
}
