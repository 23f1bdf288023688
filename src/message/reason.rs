//! Reason (RFC 3326): a protocol, the cause that it gave, and words.

use super::value::{leading_number, parts, unquoted};

/// One value of the header field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason<'a> {
    pub protocol: &'a [u8],
    pub cause: Option<u16>,
    pub text: Option<&'a [u8]>,
}

impl Reason<'_> {
    /// Returns whether its cause is one of Q.850.
    pub fn is_q850(&self) -> bool {
        let names = [&b"q.850"[..], b"q850"];
        names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(self.protocol))
    }

    /// Returns whether its cause is a status code.
    pub fn is_sip(&self) -> bool {
        self.protocol.eq_ignore_ascii_case(b"sip")
    }
}

/// Takes one value apart; none where no parameter follows the protocol.
pub fn reason(value: &[u8]) -> Option<Reason<'_>> {
    let mut parts = parts(value, b';');
    let protocol = parts.next()?;
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._".contains(byte);
    if protocol.is_empty() || !protocol.iter().all(is_token) {
        return None;
    }
    let mut reason = Reason {
        protocol,
        cause: None,
        text: None,
    };
    let mut named = 0;
    for parameter in parts {
        let at = parameter.iter().position(|byte| *byte == b'=');
        let Some((name, value)) = at.and_then(|at| parameter.split_at_checked(at)) else {
            continue;
        };
        named += 1;
        let value = value[1..].trim_ascii();
        match name.trim_ascii() {
            name if name.eq_ignore_ascii_case(b"cause") => {
                let number = leading_number(unquoted(value));
                let cause = number.and_then(|(number, _)| u16::try_from(number).ok());
                reason.cause = reason.cause.or(cause);
            }
            name if name.eq_ignore_ascii_case(b"text") => {
                reason.text = Some(unquoted(value)).filter(|text| !text.is_empty());
            }
            _ => {}
        }
    }
    (named > 0).then_some(reason)
}

/// Returns every value of the header field that has a parameter.
pub fn reasons(value: &[u8]) -> impl Iterator<Item = Reason<'_>> {
    parts(value, b',').filter_map(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn causes(value: &str) -> Vec<Option<u16>> {
        reasons(value.as_bytes()).map(|r| r.cause).collect()
    }

    #[test]
    fn a_reason_is_taken_apart_where_it_is_not_quoted() {
        let value = "Q.850 ;text=\"a; cause=1, b\" ; Cause = \"34\", SIP;cause=480";
        let all: Vec<_> = reasons(value.as_bytes()).collect();
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[0].is_q850() && !all[1].is_q850() && all[1].is_sip());
        assert_eq!(causes(value), [Some(34), Some(480)]);
        assert_eq!(all[0].text, Some(&b"a; cause=1, b"[..]));
    }

    #[test]
    fn what_has_no_parameter_or_no_number_says_so() {
        assert_eq!(causes("Q.850"), []);
        assert_eq!(causes("Q.850;cause="), [None]);
        assert_eq!(causes("SIP;cause=xyz"), [None]);
        assert_eq!(causes("SIP;cause=486x"), [None]);
        assert_eq!(causes("SIP;cause=486, from carrier"), [Some(486)]);
        assert_eq!(causes("got this;cause=16"), [], "no protocol");
    }
}
