//! URIs, and the addresses that hold them.

use super::reader::{Reader, is_token};

/// Returns whether it is a URI, as far as its scheme is known.
pub(in super::super) fn is_uri(uri: &[u8]) -> bool {
    let is_odd = |byte: &u8| *byte <= b' ' || *byte == 127 || b"<>\"".contains(byte);
    let Some(colon) = uri.iter().position(|byte| *byte == b':') else {
        return false;
    };
    let (scheme, rest) = uri.split_at(colon);
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let is_scheme =
        scheme.first().is_some_and(u8::is_ascii_alphabetic) && scheme.iter().all(is_sign);
    let rest = rest.get(1..).unwrap_or_default();
    let is_sip = [&b"sip"[..], b"sips"];
    let is_sip = is_sip
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme));
    is_scheme && !rest.is_empty() && !uri.iter().any(is_odd) && (!is_sip || has_host(rest))
}

/// Returns whether what stands behind the scheme of a SIP URI has a host, and a port that is a number.
fn has_host(rest: &[u8]) -> bool {
    let at = rest.iter().position(|byte| *byte == b'@');
    let host = at.map_or(rest, |at| rest.get(at + 1..).unwrap_or_default());
    let end = host.iter().position(|byte| matches!(byte, b';' | b'?'));
    is_host_port(host.get(..end.unwrap_or(host.len())).unwrap_or_default())
}

/// Returns whether a SIP URI has header fields, behind the question mark that follows its host.
pub(in super::super) fn has_headers(uri: &[u8]) -> bool {
    let is_sip = uri
        .get(..3)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"sip"));
    let at = uri.iter().position(|byte| *byte == b'@').unwrap_or(0);
    is_sip && uri.iter().skip(at).any(|byte| *byte == b'?')
}

/// Returns whether it is a host, and a number behind the colon if there is one.
pub(super) fn is_host_port(text: &[u8]) -> bool {
    let mut reader = Reader::of(text);
    host(&mut reader) && { !reader.sign(b':') || reader.digits().is_some() } && reader.is_at_end()
}

/// Goes over a host. No name has `_` or `*`, but products do, and those who hide names.
pub(super) fn host(reader: &mut Reader<'_>) -> bool {
    if reader.rest.starts_with(b"[") {
        let inside = reader.run(|byte| byte != b']');
        let is_closed = reader.sign(b']');
        return is_closed && inside.len() > 1;
    }
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b".-_*".contains(&byte);
    !reader.run(is_sign).is_empty()
}

/// Returns whether it is an address of From, To or Contact, with its parameters.
pub(super) fn is_address(value: &[u8]) -> bool {
    let mut reader = Reader::of(value.trim_ascii());
    let is_named = match reader.rest.first() {
        Some(b'"') => reader.quoted() && is_open(reader),
        _ => is_open(reader),
    };
    if is_named {
        let name = reader.run(|byte| byte != b'<');
        let is_name = |byte: &u8| is_token(*byte) || byte.is_ascii_whitespace();
        reader.rest = reader.rest.get(1..).unwrap_or_default();
        let uri = reader.run(|byte| byte != b'>');
        return name.iter().all(is_name) && is_uri(uri) && reader.sign(b'>') && reader.parameters();
    }
    // Without `<>` what follows a semicolon is of the field and not of the address.
    let uri = reader.run(|byte| byte > b' ' && byte != b';');
    is_uri(uri) && !uri.iter().any(|byte| matches!(byte, b',' | b'?')) && reader.parameters()
}

/// Returns the URI of an address.
pub(in super::super) fn uri(value: &[u8]) -> &[u8] {
    let mut reader = Reader::of(value.trim_ascii());
    reader.quoted();
    let open = reader.rest.iter().position(|byte| *byte == b'<');
    match open.and_then(|open| reader.rest.get(open + 1..)) {
        Some(inside) => Reader::of(inside).run(|byte| byte != b'>'),
        None => reader.run(|byte| byte > b' ' && byte != b';'),
    }
}

/// Returns whether an address in `<>` is still to come.
fn is_open(reader: Reader<'_>) -> bool {
    let mut bytes = reader.rest.iter();
    bytes.find(|byte| matches!(byte, b'<' | b'"' | b';')) == Some(&b'<')
}

/// Returns whether it is an address of Contact, or the star that takes all registrations away.
pub(super) fn is_contact(value: &[u8]) -> bool {
    value.trim_ascii() == b"*" || is_address(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_uri_and_parameters() {
        for value in [
            "<sip:alice@example.com>",
            "\"A. \\\"L\\\" <x>\" <sip:alice@example.com;x=1?a=b>;tag=1",
            "Alice van Dyk <sips:a;b=c:d@[2001:db8::1]:5061>; tag = 2;x",
            "sip:alice@example.com;tag=3",
            "tel:+1-201-555-0123;tag=4",
            "<sip:192.0.2.1:5060;lr>",
            "<urn:service:sos>",
            "<sip:a,b@example.com>;+sip.instance=\"<urn:uuid:1>\"",
            "Bob<sip:b@host_1.example.com>",
        ] {
            assert!(is_contact(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn what_is_no_address_is_told() {
        for value in [
            "",
            "alice",
            "<alice@example.com>",
            "\"Alice <sip:alice@example.com>;tag=1",
            "Alice (work) <sip:alice@example.com>",
            "<sip:alice@example.com;tag=1",
            "<sip:alice@example.com>tag=1",
            "<sip:alice@example.com >",
            "<sip:alice @example.com>",
            "<sip:alice@example.com:port>",
            "<sip:alice@example.com:>",
            "<sip:alice@>",
            "<sip:>",
            "<sip:alice@one@example.com>",
            "<sip:alice@example.com>;;tag=1",
            "<sip:alice@example.com>;tag=",
            "sip:alice@example.com?Subject=x",
            "\"Alice\" sip:alice@example.com",
        ] {
            assert!(!is_contact(value.as_bytes()), "{value}");
        }
    }
}
