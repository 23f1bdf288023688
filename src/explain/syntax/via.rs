//! Via: the way that a response takes.

use super::form::{Form, Parameter, parameters};
use super::host::host_port;
use super::reader::{Read, Reader, must};
use crate::message::parameter;

/// What Via says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Via<'a> {
    pub(in super::super) transport: &'a [u8],
    branch: &'a [u8],
}

/// What a branch begins with that is unique (RFC 3261 section 8.1.1.7).
const COOKIE: &[u8] = b"z9hG4bK";

pub(super) const PARAMETERS: &[Parameter] = &[
    ("ttl", Form::Number(0, 255)),
    ("maddr", Form::Host),
    ("received", Form::Ip),
    ("branch", Form::Plain),
    ("rport", Form::Port),
];

impl<'a> Via<'a> {
    /// Takes one value; none if it is written wrongly.
    pub(super) fn of(value: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::of(value.trim_ascii());
        let transport = sent(&mut reader).ok()?;
        parameters(&mut reader, PARAMETERS, b';').ok()?;
        let branch = parameter(value, b';', "branch").unwrap_or_default();
        Some(Self { transport, branch })
    }

    /// Returns whether its branch is one of RFC 3261.
    pub(in super::super) fn has_cookie(&self) -> bool {
        is_cookie(self.branch)
    }
}

/// Returns whether a branch begins as those of RFC 3261 do.
pub(super) fn is_cookie(branch: &[u8]) -> bool {
    let start = branch.get(..COOKIE.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(COOKIE))
}

/// Reads the protocol and the host before the parameters, and returns the transport.
fn sent<'a>(reader: &mut Reader<'a>) -> Read<&'a [u8]> {
    let is_named = reader.token().is_some() && reader.sign(b'/') && reader.token().is_some();
    must(is_named, "it does not begin with SIP/2.0")?;
    must(reader.sign(b'/'), "no transport stands behind SIP/2.0")?;
    let transport = reader.token().unwrap_or_default();
    must(!transport.is_empty(), "no transport stands behind SIP/2.0/")?;
    must(reader.blank(), "no blank stands behind the transport")?;
    host_port(reader.run(|byte| byte != b';').trim_ascii())?;
    Ok(transport)
}

/// Reads what stands before the parameters.
pub(super) fn via(reader: &mut Reader<'_>) -> Read {
    sent(reader).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_via_is_taken_apart() {
        let value =
            b"SIP / 2.0/ tcp [2001:db8::1] : 5060 ; rport;received=2001:db8::9 ;branch = z9hg4bK-1";
        let via = Via::of(value).expect("a Via");
        assert_eq!(via.transport, b"tcp");
        assert!(via.has_cookie());
        let via = Via::of(b"SIP/2.0/UDP a.example.com;branch=1").expect("a Via");
        assert!(!via.has_cookie());
    }

    #[test]
    fn what_is_no_via_is_told() {
        for value in [
            "",
            "SIP/2.0 a.example.com",
            "SIP/2.0/UDP",
            "SIP/2.0/UDPa.example.com",
            "SIP/2.0/UDP a.example.com:",
            "SIP/2.0/UDP a.example.com;branch=",
            "SIP/2.0/UDP a.example.com branch=1",
            "SIP/2.0/UDP 2001:db8::1;branch=1",
            "SIP/2.0/UDP a.example.com;;branch=1",
            "SIP/2.0/UDP a_b.example.com;branch=1",
            "SIP/2.0/UDP a.example.com;branch=1;ttl=300",
            "SIP/2.0/UDP a.example.com;branch=1;received=b.example.com",
        ] {
            assert!(Via::of(value.as_bytes()).is_none(), "{value}");
        }
    }
}
