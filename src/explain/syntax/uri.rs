//! URIs: their grammar, and what may stand in one at its place.

use super::form::Form;
use super::host::{host, host_port};
use super::reader::{Fault, Read, is_token, must, sign, wrong};

/// What is known of the parameters of a SIP URI.
const PARAMETERS: &[(&str, Form)] = &[
    ("transport", Form::Token),
    ("user", Form::Token),
    ("method", Form::Token),
    ("ttl", Form::Number(0, 255)),
    ("maddr", Form::Host),
];

/// A SIP URI in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Sip<'a> {
    pub(in super::super) is_secure: bool,
    /// What stands before the `@`, if there is one.
    pub(in super::super) user: Option<&'a [u8]>,
    host: &'a [u8],
    parameters: &'a [u8],
    pub(in super::super) headers: Option<&'a [u8]>,
}

impl<'a> Sip<'a> {
    /// Takes a URI apart; none if its scheme is another.
    pub(in super::super) fn of(uri: &'a [u8]) -> Option<Self> {
        let scheme = scheme(uri);
        let is_secure = scheme.eq_ignore_ascii_case(b"sips");
        if !is_secure && !scheme.eq_ignore_ascii_case(b"sip") {
            return None;
        }
        let rest = uri.get(scheme.len() + 1..)?;
        let at = rest.iter().rposition(|byte| *byte == b'@');
        let (user, behind) = match at {
            Some(at) => (Some(&rest[..at]), &rest[at + 1..]),
            None => (None, rest),
        };
        let question = behind.iter().position(|byte| *byte == b'?');
        let (behind, headers) = behind.split_at(question.unwrap_or(behind.len()));
        let end = behind.iter().position(|byte| *byte == b';');
        let (host, parameters) = behind.split_at(end.unwrap_or(behind.len()));
        Some(Self {
            is_secure,
            user,
            host,
            parameters,
            headers: headers.strip_prefix(b"?"),
        })
    }

    /// Returns the names of its parameters, and their values where they have one.
    pub(in super::super) fn parameters(
        &self,
    ) -> impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)> + use<'a> {
        let parts = self.parameters.split(|byte| *byte == b';').skip(1);
        parts.map(|part| match part.iter().position(|byte| *byte == b'=') {
            Some(at) => (&part[..at], Some(&part[at + 1..])),
            None => (part, None),
        })
    }

    /// Returns the value of a parameter, empty where it has none.
    pub(in super::super) fn parameter(&self, name: &str) -> Option<&'a [u8]> {
        let mut all = self.parameters();
        let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| value.unwrap_or_default())
    }
}

/// Returns what stands before the first colon.
pub(in super::super) fn scheme(uri: &[u8]) -> &[u8] {
    let colon = uri.iter().position(|byte| *byte == b':');
    &uri[..colon.unwrap_or(0)]
}

/// Returns what is wrong with a URI, as far as its scheme is known.
pub(in super::super) fn fault(uri: &[u8]) -> Option<Fault> {
    read(uri).err()
}

pub(super) fn read(uri: &[u8]) -> Read {
    let scheme = scheme(uri);
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let is_odd = |byte: &&u8| **byte <= b' ' || **byte == 127 || b"<>\"".contains(byte);
    if let Some(byte) = uri.iter().find(is_odd) {
        return wrong(format!("the URI has {} in it", sign(*byte)));
    }
    must(!uri.is_empty(), "no URI stands there")?;
    let is_scheme =
        scheme.first().is_some_and(u8::is_ascii_alphabetic) && scheme.iter().all(is_sign);
    must(is_scheme, "the URI has no scheme, as sip:")?;
    let rest = uri.get(scheme.len() + 1..).unwrap_or_default();
    must(
        !rest.is_empty(),
        "nothing stands behind the scheme of the URI",
    )?;
    escapes(rest)?;
    Sip::of(uri).map_or(Ok(()), |uri| sip(&uri))
}

/// Reads the escapes of a text: each is `%` and two hexadecimal digits.
fn escapes(text: &[u8]) -> Read {
    for (at, _) in text.iter().enumerate().filter(|(_, byte)| **byte == b'%') {
        let digits = text.get(at + 1..at + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            let end = text.len().min(at + 3);
            let shown = String::from_utf8_lossy(&text[at..end]);
            return wrong(format!(
                "the escape {shown} is not % and two hexadecimal digits"
            ));
        }
    }
    Ok(())
}

fn sip(uri: &Sip<'_>) -> Read {
    if let Some(user) = uri.user {
        must(!user.is_empty(), "no user stands before the @")?;
        must(
            !user.starts_with(b":"),
            "no user stands before the password",
        )?;
        let mut colons = user.iter().filter(|byte| **byte == b':');
        must(
            colons.nth(1).is_none(),
            "the user part has a colon that is not escaped",
        )?;
        fits(user, b"&=+$,;?/:", "the user part")?;
    }
    host_port(uri.host)?;
    for (name, value) in uri.parameters() {
        must(
            !name.is_empty(),
            "the URI has a semicolon without a parameter behind it",
        )?;
        fits(name, b"[]/:&+$", "a parameter of the URI")?;
        let shown = String::from_utf8_lossy(name);
        if value.is_some_and(<[u8]>::is_empty) {
            return wrong(format!("{shown} of the URI has no value behind its ="));
        }
        fits(
            value.unwrap_or_default(),
            b"[]/:&+$",
            "a parameter of the URI",
        )?;
        let is_it = |(known, _): &&(&str, Form)| known.as_bytes().eq_ignore_ascii_case(name);
        if let Some((known, form)) = PARAMETERS.iter().find(is_it) {
            let Some(value) = value else {
                return wrong(format!("{known} of the URI has no value"));
            };
            known_parameter(known, *form, value)?;
        }
    }
    let headers = uri
        .headers
        .map(|headers| headers.split(|byte| *byte == b'&'));
    for header in headers.into_iter().flatten() {
        let name = header
            .split(|byte| *byte == b'=')
            .next()
            .unwrap_or_default();
        let is_whole = !name.is_empty() && name.len() < header.len();
        must(
            is_whole,
            "a header field behind the ? of the URI is not a name, = and a value",
        )?;
        fits(header, b"[]/?:+$=", "a header field in the URI")?;
    }
    Ok(())
}

fn known_parameter(name: &str, form: Form, value: &[u8]) -> Read {
    let number = || {
        str::from_utf8(value)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    match form {
        Form::Number(_, most) if number().is_none_or(|number| number > most) => {
            wrong(format!("{name} of the URI is no number up to {most}"))
        }
        Form::Host => host(value).map_err(|fault| format!("{name} of the URI: {fault}").into()),
        Form::Token if !value.iter().all(|byte| is_token(*byte)) => {
            wrong(format!("{name} of the URI is no word"))
        }
        _ => Ok(()),
    }
}

/// Reads text in which letters, digits, the marks of RFC 3261 and some signs more may stand unescaped.
fn fits(text: &[u8], more: &[u8], what: &str) -> Read {
    let is_fine = |byte: &u8| {
        byte.is_ascii_alphanumeric() || b"-_.!~*'()%".contains(byte) || more.contains(byte)
    };
    match text.iter().find(|byte| !is_fine(byte)) {
        None => Ok(()),
        Some(b'@') => wrong(format!("{what} has an @ that is not escaped")),
        Some(byte) => wrong(format!(
            "{what} has {} in it, which must be escaped",
            sign(*byte)
        )),
    }
}

/// What has no place in a URI at its place: names of parameters, `?` for header fields (RFC 3261 section 19.1.1, table
/// 1). A port in From or To has none either, and so many have it that it is left out.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("Request-URI", &["method"]),
    ("To", &["method", "maddr", "ttl", "transport", "lr", "?"]),
    ("From", &["method", "maddr", "ttl", "transport", "lr", "?"]),
    ("Contact", &["method"]),
    ("Contact of a dialog", &["method", "ttl", "?"]),
    ("Route", &["method", "ttl", "?"]),
    ("Record-Route", &["method", "ttl", "?"]),
];

/// Returns what has no place in a URI at a place.
pub(in super::super) fn forbidden(place: &str, uri: &[u8]) -> Option<&'static str> {
    let uri = Sip::of(uri)?;
    let (_, names) = FORBIDDEN.iter().find(|(known, _)| *known == place)?;
    let is_there = |name: &&&str| match **name {
        "?" => uri.headers.is_some(),
        name => uri.parameter(name).is_some(),
    };
    names.iter().find(is_there).copied()
}

/// Returns the name of a parameter that a URI has twice.
pub(in super::super) fn twice(uri: &[u8]) -> Option<&[u8]> {
    let names: Vec<&[u8]> = Sip::of(uri)?.parameters().map(|(name, _)| name).collect();
    let is_known = |(at, name): (usize, &&[u8])| {
        names[..at]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    let at = names.iter().enumerate().position(is_known)?;
    Some(names[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_is_read_to_its_end() {
        for uri in [
            "sip:a@b",
            "sips:a:b@[::1]:5061;transport=tcp;lr?Subject=x&To=y",
            "tel:+1-201",
            "urn:service:sos",
            "sip:1/2&+$,;?=a@example.com",
            "sip:%61%00@example.com;x=[]/:&+$;y",
            "sip:example.com;ttl=15;maddr=239.0.0.1",
            "mailto:a@b",
            "nobody.knows:it",
            "sip:d?Replaces=1%40a%3Bto-tag%3D1@x",
            "sip:d@a?Replaces=1%40a",
        ] {
            assert_eq!(fault(uri.as_bytes()), None, "{uri}");
        }
        for (uri, says) in [
            ("alice@example.com", "the URI has no scheme, as sip:"),
            ("sip:", "nothing stands behind the scheme of the URI"),
            ("sip:a b@c", "the URI has a blank in it"),
            ("sip:@c", "no user stands before the @"),
            ("sip::x@c", "no user stands before the password"),
            ("sip:a@b@c", "the user part has an @ that is not escaped"),
            (
                "sip:a#@c",
                "the user part has the sign # in it, which must be escaped",
            ),
            (
                "sip:a%4@c",
                "the escape %4@ is not % and two hexadecimal digits",
            ),
            ("sip:a@", "no host stands there"),
            ("sip:a@c:x", "the port x is no number"),
            (
                "sip:a@c;transport=",
                "transport of the URI has no value behind its =",
            ),
            (
                "sip:a@c;;lr",
                "the URI has a semicolon without a parameter behind it",
            ),
            ("sip:a@c;ttl=256", "ttl of the URI is no number up to 255"),
            (
                "sip:a@c;maddr=a_b",
                "maddr of the URI: the host a_b has an underscore",
            ),
            (
                "sip:a@c?x",
                "a header field behind the ? of the URI is not a name, = and a value",
            ),
        ] {
            assert_eq!(fault(uri.as_bytes()), Some(says.into()), "{uri}");
        }
    }

    #[test]
    fn a_parameter_that_stands_twice_is_told() {
        assert_eq!(twice(b"sip:a@b;x=1;lr;X=2"), Some(&b"X"[..]));
        assert_eq!(twice(b"sip:a;x;x@b;x=1;lr"), None);
    }
}
