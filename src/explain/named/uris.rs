//! URIs, wherever they stand in a message.

use super::super::found::{Terms, when};
use super::super::looked::Looked;
use super::super::syntax::{
    self, Sip, address, forbidden, is_bare, scheme, shown, twice_in_uri, uri_fault,
};
use crate::catalog::Named;
use crate::message::{Message, Start, seconds};

pub(super) const TERMS: &Terms = &[
    (Named::UriWithBlanks, |message| {
        let uri = request_uri(message)?;
        let fault = uri_fault(uri)?;
        has_blanks(uri).then(|| fault.into_owned())
    }),
    (Named::BadUri, |message| {
        let uri = request_uri(message)?;
        let fault = uri_fault(uri)?;
        (!has_blanks(uri)).then(|| fault.into_owned())
    }),
    (Named::UriWithHeaders, |message| {
        when(good_sip(request_uri(message)?)?.headers.is_some())
    }),
    (Named::RegisterWithUser, |message| {
        let user = good_sip(request_uri(message)?)?.user?;
        Some(shown(user))
    }),
    (Named::MisplacedInUri, |message| {
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
    (Named::TwiceInUri, |message| {
        first(message, |place, uri| {
            let name = shown(twice_in_uri(uri)?);
            Some(format!("{name} stands twice in the URI of {place}"))
        })
    }),
    (Named::SipsOverUdp, |message| {
        found_in(message, |uri| {
            let transport = uri.parameter("transport").unwrap_or_default();
            uri.is_secure && transport.eq_ignore_ascii_case(b"udp")
        })
    }),
    (Named::TransportTls, |message| {
        found_in(message, |uri| {
            let transport = uri.parameter("transport").unwrap_or_default();
            transport.eq_ignore_ascii_case(b"tls")
        })
    }),
    (Named::LocalNumber, |message| {
        let is_local = |uri: &[u8]| {
            let number = uri.get(4..).unwrap_or_default();
            let is_tel = scheme(uri).eq_ignore_ascii_case(b"tel");
            let lower = number.to_ascii_lowercase();
            is_tel
                && !number.starts_with(b"+")
                && !lower.windows(15).any(|part| part == b";phone-context=")
        };
        let found = message.uris().iter().find(|(_, uri)| is_local(uri));
        found.map(|(place, uri)| format!("{} in {place}", shown(uri)))
    }),
    (Named::QuestionMark, |message| {
        bare(&["Contact", "From", "To", "Reply-To"], message)
    }),
    (Named::QuestionMarkRefer, |message| {
        bare(&["Refer-To", "Referred-By"], message)
    }),
    (Named::ToSipsFromSip, |message| {
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
    (Named::StarWithoutExpires0, |message| {
        if message.value("Contact") != Some(b"*") {
            return None;
        }
        match message.value("Expires") {
            None => Some("missing".to_owned()),
            Some(value) if seconds(value) != Some(0) => Some(shown(value)),
            Some(_) => None,
        }
    }),
    (Named::Star, |message| {
        let values = syntax::values("Contact", message);
        when(values.iter().any(|value| value.trim_ascii() == b"*"))
    }),
    (Named::PathWithoutLr, |message| without_lr("Path", message)),
    (Named::ServiceRouteWithoutLr, |message| {
        without_lr("Service-Route", message)
    }),
    (Named::RecordRouteWithoutLr, |message| {
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
    message: &Looked<'_>,
    finds: impl Fn(&'static str, &[u8]) -> Option<String>,
) -> Option<String> {
    message.uris().iter().find_map(|&(place, uri)| {
        let is_good = || uri_fault(uri).is_none() && syntax::bad(place, message).is_none();
        finds(place, uri).filter(|_| is_good())
    })
}

/// Returns the first SIP URI of which something holds, with its place.
fn found_in(message: &Looked<'_>, holds: fn(Sip<'_>) -> bool) -> Option<String> {
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
fn without_lr(name: &str, message: &Looked<'_>) -> Option<String> {
    first(message, |place, uri| {
        let lacks = Sip::of(uri).is_some_and(|uri| uri.parameter("lr").is_none());
        (place == name && lacks).then(|| shown(uri))
    })
}
