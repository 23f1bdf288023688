//! Addresses: a URI, perhaps with a name before it, and the parameters of a header field behind it.

use super::reader::{Read, Reader, is_token, must, sign, wrong};
use super::uri;

/// Reads an address of From, To or Contact: in `<>`, perhaps behind a name, or bare.
pub(super) fn address(reader: &mut Reader<'_>) -> Read {
    if reader.rest.starts_with(b"\"") {
        reader.quotation()?;
        reader.blank();
        must(reader.rest.starts_with(b"<"), "no < stands behind the name")?;
    }
    if is_open(*reader) {
        return named(reader);
    }
    // Without `<>` what follows a semicolon is of the field and not of the address.
    let uri = reader.run(|byte| byte > b' ' && !matches!(byte, b';' | b',' | b'"' | b'>'));
    must(!uri.is_empty(), "no address stands there")?;
    uri::read(uri)
}

/// Reads an address that has to be in `<>`.
pub(super) fn in_brackets(reader: &mut Reader<'_>) -> Read {
    if reader.rest.starts_with(b"\"") {
        reader.quotation()?;
        reader.blank();
    }
    must(is_open(*reader), "the URI is not in <>")?;
    named(reader)
}

/// Reads a URI in `<>` before which no name stands.
pub(super) fn only_uri(reader: &mut Reader<'_>) -> Read {
    must(reader.rest.starts_with(b"<"), "the URI is not in <>")?;
    named(reader)
}

/// Reads a name without quotation marks, if there is one, and the URI in `<>` behind it.
fn named(reader: &mut Reader<'_>) -> Read {
    let name = reader.run(|byte| byte != b'<');
    let is_name = |byte: &&u8| !is_token(**byte) && !byte.is_ascii_whitespace();
    if let Some(byte) = name.iter().find(is_name) {
        return wrong(format!(
            "a name without quotation marks has {} in it",
            sign(*byte)
        ));
    }
    reader.rest = reader.rest.get(1..).unwrap_or_default();
    let uri = reader.run(|byte| byte != b'>');
    must(reader.rest.starts_with(b">"), "a < is not closed")?;
    reader.rest = &reader.rest[1..];
    uri::read(uri)
}

/// Returns the URI of an address.
pub(in super::super) fn uri(value: &[u8]) -> &[u8] {
    let mut reader = Reader::of(value.trim_ascii());
    reader.quoted();
    match (
        is_open(reader),
        reader.rest.iter().position(|byte| *byte == b'<'),
    ) {
        (true, Some(open)) => Reader::of(&reader.rest[open + 1..]).run(|byte| byte != b'>'),
        _ => reader.run(|byte| byte > b' ' && byte != b';'),
    }
}

/// Returns whether an address stands without `<>` though it has a sign for which they are needed.
pub(in super::super) fn is_bare(value: &[u8]) -> bool {
    let reader = Reader::of(value.trim_ascii());
    !reader.rest.starts_with(b"\"") && !is_open(reader) && uri(value).contains(&b'?')
}

/// Returns whether an address in `<>` is still to come.
fn is_open(reader: Reader<'_>) -> bool {
    let mut bytes = reader.rest.iter();
    bytes.find(|byte| matches!(byte, b'<' | b'"' | b';')) == Some(&b'<')
}

/// Reads an address of Contact, or the star that takes all registrations away.
pub(super) fn contact(reader: &mut Reader<'_>) -> Read {
    match reader.rest.strip_prefix(b"*") {
        Some(rest) if !rest.trim_ascii().is_empty() => {
            wrong("something stands behind the *, and it has no parameters")
        }
        Some(_) => {
            reader.rest = &[];
            Ok(())
        }
        None => address(reader),
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::parameters;
    use super::*;

    fn is_contact(value: &[u8]) -> bool {
        let mut reader = Reader::of(value.trim_ascii());
        contact(&mut reader).is_ok() && parameters(&mut reader, &[], b';').is_ok()
    }

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
            "Bob<sip:b@host-1.example.com>",
            "sip:alice@example.com?Subject=x",
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
            "*;expires=0",
            "sip:a,b@example.com",
            "\"Alice\" sip:alice@example.com",
        ] {
            assert!(!is_contact(value.as_bytes()), "{value}");
        }
    }
}
