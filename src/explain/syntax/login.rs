//! Challenges and credentials: a scheme, and parameters with commas between them.

use super::form::{Form, Parameter, parameter};
use super::reader::{Read, Reader, must, sign, wrong};
use crate::message::parameters;

const CHALLENGE: &[Parameter] = &[
    ("realm", Form::Quoted),
    ("domain", Form::Quoted),
    ("nonce", Form::Quoted),
    ("opaque", Form::Quoted),
    ("stale", Form::OneOf(&["true", "false"])),
    ("algorithm", Form::Token),
    ("qop", Form::QuotedTokens),
    ("userhash", Form::OneOf(&["true", "false"])),
];

const CREDENTIALS: &[Parameter] = &[
    ("username", Form::Quoted),
    ("realm", Form::Quoted),
    ("nonce", Form::Quoted),
    ("uri", Form::Quoted),
    ("response", Form::QuotedHex),
    ("algorithm", Form::Token),
    ("cnonce", Form::Quoted),
    ("opaque", Form::Quoted),
    ("qop", Form::Token),
    ("nc", Form::Hex(8)),
    ("userhash", Form::OneOf(&["true", "false"])),
];

const INFO: &[Parameter] = &[
    ("nextnonce", Form::Quoted),
    ("qop", Form::Token),
    ("rspauth", Form::QuotedHex),
    ("cnonce", Form::Quoted),
    ("nc", Form::Hex(8)),
];

/// A challenge or credentials, written rightly.
#[derive(Clone, Debug)]
pub(in super::super) struct Login<'a> {
    pub(in super::super) scheme: &'a [u8],
    parameters: Vec<(&'a [u8], &'a [u8])>,
}

impl<'a> Login<'a> {
    /// Takes a value apart; none if it is written wrongly.
    pub(in super::super) fn of(name: &str, value: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::of(value.trim_ascii());
        let known = if name.ends_with("Authorization") {
            CREDENTIALS
        } else {
            CHALLENGE
        };
        let scheme = scheme(&mut reader).ok()?;
        let behind = reader.rest;
        // Other schemes have one word behind their name, too, as Basic and Bearer do.
        if is_digest(scheme) {
            list(&mut reader, known).ok()?;
        }
        let parameters = parameters(behind, b',').collect();
        Some(Self { scheme, parameters })
    }

    pub(in super::super) fn is_digest(&self) -> bool {
        is_digest(self.scheme)
    }

    /// Returns the value of a parameter without its quotation marks.
    pub(in super::super) fn value(&self, name: &str) -> Option<&'a [u8]> {
        let mut all = self.parameters.iter();
        let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| *value)
    }

    /// Returns the name of a parameter that stands twice.
    pub(in super::super) fn twice(&self) -> Option<&'a [u8]> {
        let names = self.parameters.iter().map(|(name, _)| *name);
        let mut seen: Vec<&[u8]> = Vec::new();
        for name in names {
            if seen.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                return Some(name);
            }
            seen.push(name);
        }
        None
    }
}

fn is_digest(scheme: &[u8]) -> bool {
    scheme.eq_ignore_ascii_case(b"Digest")
}

pub(super) fn challenge(reader: &mut Reader<'_>) -> Read {
    read(reader, CHALLENGE)
}

pub(super) fn credentials(reader: &mut Reader<'_>) -> Read {
    read(reader, CREDENTIALS)
}

/// Reads Authentication-Info.
pub(super) fn info(reader: &mut Reader<'_>) -> Read {
    list(reader, INFO)
}

fn scheme<'a>(reader: &mut Reader<'a>) -> Read<&'a [u8]> {
    let scheme = reader.token().unwrap_or_default();
    must(!scheme.is_empty(), "no scheme stands there, as Digest")?;
    let is_apart = reader.blank() || reader.rest.is_empty();
    must(is_apart, "no blank stands behind the scheme")?;
    Ok(scheme)
}

fn read(reader: &mut Reader<'_>, known: &[Parameter]) -> Read {
    let scheme = scheme(reader)?;
    if is_digest(scheme) {
        must(!reader.is_at_end(), "nothing stands behind Digest")?;
        return list(reader, known);
    }
    // One word behind the scheme, as with Basic and Bearer (RFC 7235 section 2.1), or parameters.
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let mut word = *reader;
    word.run(is_word);
    if word.is_at_end() {
        *reader = word;
        return Ok(());
    }
    list(reader, &[])
}

fn list(reader: &mut Reader<'_>, known: &[Parameter]) -> Read {
    loop {
        let before = *reader;
        let name = parameter(reader, known, b',')?;
        let has_value = before.rest.get(name.len()..).map(<[u8]>::trim_ascii_start);
        if !has_value.is_some_and(|rest| rest.starts_with(b"=")) {
            // What stands there may be a secret.
            return wrong("a parameter has no = behind its name");
        }
        if reader.is_at_end() {
            return Ok(());
        }
        if !reader.sign(b',') {
            let first = reader.rest.trim_ascii_start().first();
            let fault = match first {
                Some(byte) if byte.is_ascii_alphanumeric() => {
                    "no comma stands between two parameters".to_owned()
                }
                byte => format!("{} stands behind a parameter", sign(*byte.unwrap_or(&b' '))),
            };
            return wrong(fault);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_and_their_faults_say_no_value() {
        let fault = |value: &str| credentials(&mut Reader::of(value.as_bytes())).err();
        for value in [
            "Digest username=\"a\", realm=\"b\", nonce=\"1\", uri=\"sip:b\", response=\"0a\", qop=auth, nc=00000001",
            "Basic c2VjcmV0Og==",
            "Bearer s3cret",
        ] {
            assert_eq!(fault(value), None, "{value}");
        }
        for (value, says) in [
            ("Digest nonce=s3cret", "nonce is not in quotation marks"),
            (
                "Digest qop=\"auth\"",
                "qop is in quotation marks, and must not be",
            ),
            (
                "Digest response=\"s3cret\"",
                "response has signs that are no hexadecimal digits in small letters",
            ),
            (
                "Digest nonce=\"s3cret\" opaque=\"\"",
                "no comma stands between two parameters",
            ),
            (
                "Digest nonce=\"s3cret\",",
                "nothing stands behind the last comma",
            ),
            ("Digest s3cret", "a parameter has no = behind its name"),
        ] {
            assert_eq!(fault(value).as_deref(), Some(says), "{value}");
        }
    }
}
