//! Values of header fields: their parts, and numbers in them.
#![expect(clippy::inline_always, reason = "it is asked of every message")]

use memchr::memchr;

/// Returns the parts of a value; what stands in quotation marks is not divided.
pub fn parts(value: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut quoted = false;
    let mut escaped = false;
    let divides = move |byte: &u8| {
        quoted ^= *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && quoted && !escaped;
        *byte == separator && !quoted
    };
    value.split(divides).map(<[u8]>::trim_ascii)
}

/// Returns the parameters of a value, which signs divide: each name, and its value without quotation marks; empty where
/// it has none.
pub fn parameters(value: &[u8], separator: u8) -> impl Iterator<Item = (&[u8], &[u8])> {
    parts(value, separator).map(|part| {
        let at = part.iter().position(|byte| *byte == b'=');
        let (name, value) = part.split_at(at.unwrap_or(part.len()));
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        (name.trim_ascii(), unquoted(value))
    })
}

/// Returns the value of a parameter; those of an address in `<…>` are its own.
pub fn parameter<'a>(value: &'a [u8], separator: u8, name: &str) -> Option<&'a [u8]> {
    let mut all = parameters(behind_address(value), separator);
    let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()));
    found.map(|(_, value)| value)
}

/// Returns what stands behind an address in `<…>`; parameters may have such signs between quotation marks.
fn behind_address(value: &[u8]) -> &[u8] {
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in value.iter().enumerate() {
        if *byte == b'<' && !quoted {
            let end = value[at..].iter().position(|byte| *byte == b'>');
            return end.map_or(value, |end| &value[at + end..]);
        }
        quoted ^= *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && quoted && !escaped;
    }
    value
}

/// Returns what stands between quotation marks, or the value itself where there are none.
pub(super) fn unquoted(value: &[u8]) -> &[u8] {
    let inside = value.strip_prefix(b"\"").unwrap_or(value);
    inside.strip_suffix(b"\"").unwrap_or(inside)
}

/// Returns what stands before a sign, and behind it.
pub(super) fn cut(value: &[u8], sign: u8) -> (&[u8], &[u8]) {
    let end = value.iter().position(|byte| *byte == sign);
    let end = end.unwrap_or(value.len());
    (&value[..end], value.get(end + 1..).unwrap_or_default())
}

/// Returns a text without escapes.
pub fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let hex = behind.get(..2).filter(|_| *first == b'%');
        let hex = hex.and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
        plain.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { &behind[2..] } else { behind };
    }
    plain
}

/// Returns the number with which a value begins, and what follows it; none where a letter is glued to it.
pub(super) fn leading_number(value: &[u8]) -> Option<(u32, &[u8])> {
    let mut number = 0_u64;
    let mut rest = value;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        number = number
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'));
        rest = after;
    }
    let is_glued = rest.first().is_some_and(u8::is_ascii_alphanumeric);
    if rest.len() == value.len() || is_glued {
        return None;
    }
    Some((u32::try_from(number).ok()?, rest))
}

/// Returns the number that a value is, if it is nothing but a few digits.
#[inline(always)]
pub(super) fn number(value: &[u8]) -> Option<u32> {
    if value.is_empty() || value.len() > 9 {
        return None;
    }
    let mut number = 0;
    for digit in value {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
    }
    Some(number)
}

/// Returns the seconds of Retry-After, Expires and the like, which stand first; a comment may follow.
pub fn seconds(value: &[u8]) -> Option<u32> {
    leading_number(value.trim_ascii()).map(|(seconds, _)| seconds)
}

/// Returns the address in a value of From or To: the URI without parameters, name and scheme.
pub fn address(value: &[u8]) -> &[u8] {
    let inside = memchr(b'<', value);
    let uri = inside.map_or(value, |at| &value[at + 1..]);
    let ends = |byte: &u8| matches!(byte, b'>' | b';' | b'?' | b' ' | b'\t');
    let uri = &uri[..uri.iter().position(ends).unwrap_or(uri.len())];
    let scheme = uri.iter().position(|byte| *byte == b':');
    scheme.map_or(uri, |at| &uri[at + 1..])
}

/// Returns the user of an address, or the host where it has none.
pub fn user(value: &[u8]) -> &[u8] {
    let address = address(value);
    memchr(b'@', address).map_or(address, |end| &address[..end])
}

/// So many digits at the end make a number: what stands before may be left out.
const SAME: usize = 3;

/// Returns whether two users are one, but for what stands before a number: +49, 0049 or 0.
pub fn is_same_user(one: &[u8], other: &[u8]) -> bool {
    let bare = |user: &[u8]| {
        user.iter()
            .take_while(|byte| matches!(byte, b'+' | b'0'))
            .count()
    };
    let (one, other) = (&one[bare(one)..], &other[bare(other)..]);
    let least = one.len().min(other.len());
    let end = |user: &[u8]| user.len() - least;
    let is_end = one[end(one)..].eq_ignore_ascii_case(&other[end(other)..]);
    is_end && least > 0 && (least >= SAME || one.len() == other.len())
}

/// Returns the first word of a value, and the rest.
pub(super) fn word(value: &[u8]) -> (&[u8], &[u8]) {
    let end = value.iter().position(|byte| *byte <= b' ');
    value.split_at(end.unwrap_or(value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_in_each_of_its_forms() {
        let forms = ["+4930222555", "004930222555", "030222555", "30222555"];
        for one in forms {
            assert!(is_same_user(one.as_bytes(), b"+4930222555"), "{one}");
        }
        for other in ["+4930222556", "5", "", "+"] {
            assert!(!is_same_user(b"+4930222555", other.as_bytes()), "{other}");
        }
        assert!(is_same_user(b"anna", b"Anna") && is_same_user(b"5", b"5"));
    }

    #[test]
    fn a_value_is_divided_where_it_is_not_quoted() {
        let value = b"a; \"b; \\\"c\" ;d";
        let all: Vec<_> = parts(value, b';').collect();
        assert_eq!(all, [&b"a"[..], b"\"b; \\\"c\"", b"d"]);
        assert_eq!(unquoted(b"\"b\""), b"b");
        assert_eq!(unquoted(b"b"), b"b");
    }

    #[test]
    fn parameters_of_an_address_stand_behind_it() {
        let contact = b"\"<A>\" <sip:a@b;expires=1>;+sip.instance=\"<urn:uuid:1>\";expires=60";
        assert_eq!(parameter(contact, b';', "expires"), Some(&b"60"[..]));
        assert_eq!(
            parameter(b"sip:a@b;expires=5", b';', "expires"),
            Some(&b"5"[..])
        );
        assert_eq!(parameter(b"<sip:a;x=1>", b';', "x"), None);
    }

    #[test]
    fn an_escape_is_two_digits_behind_a_sign() {
        assert_eq!(unescaped(b"a%40b%4"), b"a@b%4");
        assert_eq!(unescaped(b"%zz%"), b"%zz%");
        assert_eq!(cut(b"a;b;c", b';'), (&b"a"[..], &b"b;c"[..]));
        assert_eq!(cut(b"a", b';'), (&b"a"[..], &b""[..]));
    }

    #[test]
    fn seconds_stand_first() {
        assert_eq!(seconds(b" 120 (I'm in a meeting)"), Some(120));
        assert_eq!(seconds(b"30;duration=5"), Some(30));
        assert_eq!(seconds(b"18000;"), Some(18000));
        assert_eq!(seconds(b"soon"), None);
        for (value, wanted) in [
            (&b"0"[..], Some(0)),
            (b"123456789", Some(123_456_789)),
            (b" 7", None),
            (b"", None),
        ] {
            assert_eq!(number(value), wanted);
        }
        assert_eq!(seconds(b"30x"), None);
    }
}
