//! Via: the way that a response takes.

use super::address::host;
use super::reader::Reader;

/// What Via says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Via<'a> {
    pub(in super::super) transport: &'a [u8],
    branch: &'a [u8],
}

/// What a branch begins with that is unique (RFC 3261 section 8.1.1.7).
const COOKIE: &[u8] = b"z9hG4bK";

impl<'a> Via<'a> {
    /// Takes one value; none if it is written wrongly.
    pub(super) fn of(value: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::of(value.trim_ascii());
        reader.token()?;
        let is_divided = reader.sign(b'/') && reader.token().is_some() && reader.sign(b'/');
        let transport = reader.token().filter(|_| is_divided)?;
        let has_host = reader.blank() && host(&mut reader);
        if !has_host || reader.sign(b':') && reader.digits().is_none() {
            return None;
        }
        let mut branch = &b""[..];
        while reader.sign(b';') {
            let name = reader.token()?;
            let before = if reader.sign(b'=') {
                reader.rest
            } else {
                continue;
            };
            if !reader.value() {
                return None;
            }
            if name.eq_ignore_ascii_case(b"branch") {
                branch = before.get(..before.len() - reader.rest.len())?;
            }
        }
        reader.is_at_end().then_some(Self { transport, branch })
    }

    /// Returns whether its branch is one of RFC 3261.
    pub(in super::super) fn has_cookie(&self) -> bool {
        let start = self.branch.get(..COOKIE.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(COOKIE))
    }
}

pub(super) fn is_via(value: &[u8]) -> bool {
    Via::of(value).is_some()
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
        ] {
            assert!(!is_via(value.as_bytes()), "{value}");
        }
    }
}
