//! The token of Identity: a `PASSporT` of the full form, and what its header and its claims hold.

use super::syntax;
use super::words::text;

/// A value of Identity whose token has a header and claims.
pub(super) struct Passport<'a> {
    value: &'a [u8],
    header: String,
    claims: String,
}

impl<'a> Passport<'a> {
    /// Reads a value of Identity; nothing where its token is of the compact form, or was shortened.
    pub(super) fn of(value: &'a [u8]) -> Option<Self> {
        let token = value.split(|byte| *byte == b';').next()?.trim_ascii();
        let mut parts = token.split(|byte| *byte == b'.').map(object);
        let (header, claims) = (parts.next()??, parts.next()??);
        // A token of another kind says nothing of calls.
        let is_passport = ["typ", "ppt", "x5u"]
            .iter()
            .any(|name| member(&header, name).is_some());
        is_passport.then_some(Self {
            value,
            header,
            claims,
        })
    }

    /// Returns a member of its header, as it is written.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        member(&self.header, name)
    }

    /// Returns a claim, as it is written.
    pub(super) fn claim(&self, name: &str) -> Option<&str> {
        member(&self.claims, name)
    }

    /// Returns a parameter that stands behind the token; of a URI what is in its `<>`.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let found = text(syntax::parameter_of(self.value, name)?);
        let inside = |open, close| found.strip_prefix(open)?.strip_suffix(close);
        let inside = inside('<', '>').or_else(|| inside('"', '"'));
        Some(inside.unwrap_or(&found).to_owned())
    }

    /// Returns the identities of a claim, each with its kind, `tn` or `uri`.
    pub(super) fn identities(&self, name: &str) -> Vec<(&str, &str)> {
        let claim = self.claim(name).unwrap_or_default();
        // An array may hold the objects.
        let objects = array(claim).unwrap_or_else(|| vec![claim]);
        let all = objects.into_iter().flat_map(members);
        let each = all.flat_map(|(kind, value)| {
            let values = array(value).unwrap_or_else(|| vec![value]);
            values.into_iter().map(move |value| (kind, value))
        });
        let strings = each.filter_map(|(kind, value)| Some((kind, string(value)?)));
        strings.filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// Returns a text of JSON without its quotation marks.
pub(super) fn string(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

/// Returns the object of JSON that a part of a token is.
fn object(part: &[u8]) -> Option<String> {
    let text = String::from_utf8(decoded(part)?).ok()?;
    let text = text.trim();
    (text.starts_with('{') && text.ends_with('}')).then(|| text.replace("\\/", "/"))
}

/// Returns the bytes that base64 stands for, in either alphabet.
pub(super) fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|byte| *byte != b'=');
    let (mut held, mut bits) = (0_u32, 0);
    let mut bytes = Vec::new();
    for sign in &text[..end.map_or(0, |end| end + 1)] {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
        held &= (1 << bits) - 1;
    }
    // A single sign stands for no byte.
    (bits < 6 && !bytes.is_empty()).then_some(bytes)
}

/// Returns a member of an object.
fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let mut all = members(object).into_iter();
    all.find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Returns the members of an object: names, and values as they are written.
fn members(object: &str) -> Vec<(&str, &str)> {
    let pair = |part| -> Option<(&str, &str)> {
        let part: &str = part;
        let (name, rest) = part.strip_prefix('"')?.split_once('"')?;
        Some((name, rest.trim_start().strip_prefix(':')?.trim()))
    };
    let inside = inside(object, '{', '}').unwrap_or_default();
    pieces(inside).into_iter().filter_map(pair).collect()
}

/// Returns the values of an array.
fn array(value: &str) -> Option<Vec<&str>> {
    Some(pieces(inside(value, '[', ']')?))
}

fn inside(value: &str, open: char, close: char) -> Option<&str> {
    value.strip_prefix(open)?.strip_suffix(close)
}

/// Returns what commas divide, but for those in texts, objects and arrays.
fn pieces(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped) = (0_i32, false, false);
    let divides = move |sign: char| {
        quoted ^= sign == '"' && !escaped;
        escaped = sign == '\\' && quoted && !escaped;
        match sign {
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        sign == ',' && depth == 0 && !quoted
    };
    let pieces = text.split(divides).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// Returns the seconds since 1970 of `Sat, 13 Nov 2010 23:29:00 GMT`.
pub(super) fn moment(date: &[u8]) -> Option<i64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let date = text(date);
    let words: Vec<&str> = date.split(' ').collect();
    let [_, day, month, year, time, "GMT"] = words[..] else {
        return None;
    };
    let month = i64::try_from(MONTHS.find(month)? / 3 + 1).ok()?;
    let number = |word: &str| word.parse::<i64>().ok().filter(|number| *number < 10_000);
    let (day, year) = (number(day)?, number(year)?);
    let times: Vec<i64> = time.split(':').map_while(number).collect();
    let [hours, minutes, seconds] = times[..] else {
        return None;
    };
    // Years that begin with March have the leap day at their end.
    let year = if month > 2 { year } else { year - 1 };
    let months = (month + 9) % 12;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * months + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_in_both_alphabets() {
        assert_eq!(decoded(b"aGk_").as_deref(), Some(&b"hi?"[..]));
        assert_eq!(decoded(b"aGk/").as_deref(), Some(&b"hi?"[..]));
        assert_eq!(decoded(b"aGU=").as_deref(), Some(&b"he"[..]));
        for odd in [&b"a"[..], b"", b"aG.k", b"aGk_a"] {
            assert_eq!(decoded(odd), None);
        }
    }

    #[test]
    fn a_date_is_a_number_of_seconds() {
        for (date, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 14 May 2024 09:00:00 GMT", 1_715_677_200),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
        ] {
            assert_eq!(moment(date.as_bytes()), Some(seconds), "{date}");
        }
        assert_eq!(moment(b"Tue, 14 May 2024 09:00 GMT"), None);
    }

    #[test]
    fn members_are_read_as_they_are_written() {
        let object = r#"{"a": {"tn": ["1", "2"], "uri": "x,y"} ,"b":7}"#;
        assert_eq!(member(object, "b"), Some("7"));
        assert_eq!(member(object, "tn"), None);
        let inner = member(object, "a").unwrap_or_default();
        assert_eq!(member(inner, "uri").and_then(string), Some("x,y"));
        assert_eq!(
            array(member(inner, "tn").unwrap_or_default()).map(|all| all.len()),
            Some(2)
        );
    }
}
