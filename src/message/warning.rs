//! Warning (RFC 3261 section 20.43): a warn-code, who says it, and words.

use super::value::{leading_number, parts};

/// One value of the header field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning<'a> {
    pub code: u16,
    /// The host, or a name for it; empty where it is left out.
    pub agent: &'a [u8],
    pub text: Option<&'a [u8]>,
}

/// Returns every value of the header field that begins with a warn-code.
pub fn warnings(value: &[u8]) -> impl Iterator<Item = Warning<'_>> {
    parts(value, b',').filter_map(warning)
}

fn warning(value: &[u8]) -> Option<Warning<'_>> {
    let (code, rest) = leading_number(value)?;
    let code = u16::try_from(code)
        .ok()
        .filter(|code| (100..1000).contains(code))?;
    let rest = rest.trim_ascii();
    let quote = rest.iter().position(|byte| *byte == b'"');
    let (agent, text) = rest.split_at(quote.unwrap_or(rest.len()));
    // What follows the closing mark is of somebody else.
    let text = text.split(|byte| *byte == b'"').nth(1).unwrap_or_default();
    Some(Warning {
        code,
        agent: agent.trim_ascii(),
        text: (!text.is_empty()).then_some(text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_has_a_number_a_host_and_words() {
        let value = b"305 gw.example.com:5060 \"Incompatible, media\", 399 - \"x\"";
        let all: Vec<_> = warnings(value).collect();
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(
            (all[0].code, all[0].agent),
            (305, &b"gw.example.com:5060"[..])
        );
        assert_eq!(all[0].text, Some(&b"Incompatible, media"[..]));
        let [more] = warnings(b"399 a \"b\" back").collect::<Vec<_>>()[..] else {
            panic!("one warning");
        };
        assert_eq!(more.text, Some(&b"b"[..]));
        let [short] = warnings(b"399").collect::<Vec<_>>()[..] else {
            panic!("one warning");
        };
        assert_eq!((short.code, short.agent, short.text), (399, &b""[..], None));
    }

    #[test]
    fn what_begins_with_no_warn_code_is_none() {
        for value in ["busy", "12", "305x", "3050 a \"b\""] {
            assert_eq!(warnings(value.as_bytes()).count(), 0, "{value}");
        }
    }
}
