//! The grammar of each header field that is looked at.

use super::address::{is_address, is_contact, is_host_port};
use super::reader::{Reader, is_token};
use super::via::is_via;

/// Whether commas divide a row into values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    One,
    List,
}

/// Whether a value, in one line, is written rightly.
type IsGood = fn(&[u8]) -> bool;

pub(super) const FIELDS: &[(&str, Many, IsGood)] = &[
    ("Via", Many::List, is_via),
    ("From", Many::One, is_address),
    ("To", Many::One, is_address),
    ("Contact", Many::List, is_contact),
    ("Call-ID", Many::One, is_call_id),
    ("CSeq", Many::One, is_cseq),
    ("Max-Forwards", Many::One, is_number),
    ("Content-Length", Many::One, is_length),
    ("Content-Type", Many::One, is_type),
    ("Expires", Many::One, is_number),
    ("Min-Expires", Many::One, is_number),
    ("Min-SE", Many::One, is_number_with_parameters),
    ("Session-Expires", Many::One, is_number_with_parameters),
    ("Retry-After", Many::One, is_retry_after),
    ("RSeq", Many::One, is_number),
    ("RAck", Many::One, is_rack),
    ("Reason", Many::List, is_reason),
    ("Warning", Many::List, is_warning),
    ("WWW-Authenticate", Many::One, is_challenge),
    ("Proxy-Authenticate", Many::One, is_challenge),
    ("Allow", Many::List, is_token_or_nothing),
    ("Supported", Many::List, is_token_or_nothing),
    ("Require", Many::List, is_one_token),
    ("Unsupported", Many::List, is_one_token),
    ("Date", Many::One, is_date),
    ("Timestamp", Many::One, is_timestamp),
];

/// Reads a value to its end.
fn reads(value: &[u8], read: impl FnOnce(&mut Reader<'_>) -> Option<bool>) -> bool {
    let mut reader = Reader::of(value.trim_ascii());
    read(&mut reader) == Some(true) && reader.is_at_end()
}

fn is_number(value: &[u8]) -> bool {
    reads(value, |reader| reader.digits().map(|_| true))
}

/// A number, or what stands for it in messages that are examples: `...`, `(appropriate value)`.
fn is_length(value: &[u8]) -> bool {
    let is_left_out = match value {
        [b'(', .., b')'] | [b'<', .., b'>'] => true,
        value => !value.is_empty() && value.iter().all(|byte| *byte == b'.'),
    };
    is_left_out || is_number(value)
}

fn is_number_with_parameters(value: &[u8]) -> bool {
    reads(value, |reader| reader.digits().map(|_| reader.parameters()))
}

fn is_token_or_nothing(value: &[u8]) -> bool {
    value.iter().all(|byte| is_token(*byte))
}

fn is_one_token(value: &[u8]) -> bool {
    !value.is_empty() && is_token_or_nothing(value)
}

/// One word, or two around `@`.
fn is_call_id(value: &[u8]) -> bool {
    let is_sign = |byte: &u8| is_token(*byte) || b"()<>:\\\"/[]?{}".contains(byte);
    let mut words = value.split(|byte| *byte == b'@');
    let is_word = |word: &[u8]| !word.is_empty() && word.iter().all(is_sign);
    words.by_ref().take(2).all(is_word) && words.next().is_none()
}

fn is_cseq(value: &[u8]) -> bool {
    reads(value, |reader| {
        reader.digits()?;
        let is_apart = reader.blank();
        Some(reader.token().is_some() && is_apart)
    })
}

fn is_rack(value: &[u8]) -> bool {
    let mut reader = Reader::of(value.trim_ascii());
    reader.digits().is_some() && reader.blank() && is_cseq(reader.rest)
}

fn is_type(value: &[u8]) -> bool {
    reads(value, |reader| {
        reader.token()?;
        Some(reader.sign(b'/') && reader.token().is_some() && reader.parameters())
    })
}

fn is_retry_after(value: &[u8]) -> bool {
    reads(value, |reader| {
        reader.digits()?;
        reader.blank();
        let has_comment = reader.rest.starts_with(b"(");
        Some((!has_comment || reader.comment()) && reader.parameters())
    })
}

fn is_reason(value: &[u8]) -> bool {
    reads(value, |reader| reader.token().map(|_| reader.parameters()))
}

/// A code, whoever warns, and a text in quotation marks.
fn is_warning(value: &[u8]) -> bool {
    reads(value, |reader| {
        let code = reader.digits()?;
        let is_apart = code.len() == 3 && reader.blank();
        let agent = reader.run(|byte| byte > b' ' && byte != b'"');
        let is_agent =
            is_host_port(agent) || !agent.is_empty() && agent.iter().all(|byte| is_token(*byte));
        Some(is_apart && is_agent && reader.blank() && reader.quoted())
    })
}

fn is_challenge(value: &[u8]) -> bool {
    challenge(value).is_some()
}

/// Returns the scheme of a challenge and the names of its parameters; none if it is written wrongly.
pub(in super::super) fn challenge(value: &[u8]) -> Option<(&[u8], Vec<&[u8]>)> {
    let mut reader = Reader::of(value.trim_ascii());
    let scheme = reader.token()?;
    let mut names = Vec::new();
    if reader.is_at_end() {
        return Some((scheme, names));
    }
    let mut goes_on = reader.blank();
    if !goes_on {
        return None;
    }
    while goes_on {
        let name = reader.token()?;
        if !reader.sign(b'=') || !reader.value() {
            return None;
        }
        names.push(name);
        goes_on = reader.sign(b',') && !reader.is_at_end();
    }
    reader.is_at_end().then_some((scheme, names))
}

/// As `Sat, 13 Nov 2010 23:29:00 GMT`.
fn is_date(value: &[u8]) -> bool {
    const DAYS: &[&[u8]] = &[b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: &[&[u8]] = &[
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let is_one_of =
        |known: &[&[u8]], word: &[u8]| known.iter().any(|name| name.eq_ignore_ascii_case(word));
    let words = value
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let [day, date, month, year, time, zone] = words.collect::<Vec<_>>()[..] else {
        return false;
    };
    let is_like = |word: &[u8], form: &[u8]| {
        let fits = |(byte, sign): (&u8, &u8)| match sign {
            b'0' => byte.is_ascii_digit(),
            sign => byte == sign,
        };
        word.len() == form.len() && word.iter().zip(form).all(fits)
    };
    let day = day.strip_suffix(b",").unwrap_or_default();
    is_one_of(DAYS, day)
        && is_like(date, b"00")
        && is_one_of(MONTHS, month)
        && is_like(year, b"0000")
        && is_like(time, b"00:00:00")
        && zone.eq_ignore_ascii_case(b"GMT")
}

/// Seconds, and the delay of the answer; each may have a fraction.
fn is_timestamp(value: &[u8]) -> bool {
    let mut words = value
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let is_decimal = |word: &[u8]| {
        let mut parts = word.splitn(2, |byte| *byte == b'.');
        parts.all(|part| part.iter().all(u8::is_ascii_digit))
    };
    let starts = value.first().is_some_and(u8::is_ascii_digit);
    starts && words.by_ref().take(2).all(is_decimal) && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field, values that are right, and values that are not.
    type Case = (
        &'static str,
        &'static [&'static str],
        &'static [&'static str],
    );

    const CASES: &[Case] = &[
        (
            "Call-ID",
            &["a", "a@b", "{1-2}:x/[y]@10.0.0.1"],
            &["", "a b", "a@b@c", "@b", "a@", "a=b"],
        ),
        (
            "CSeq",
            &["1 INVITE", "0009   X-y"],
            &[
                "",
                "INVITE",
                "1",
                "1INVITE",
                "-1 INVITE",
                "1 INVITE x",
                "x INVITE",
            ],
        ),
        ("Max-Forwards", &["70"], &["", "7x", "-1", "70 hops"]),
        (
            "Content-Type",
            &["application/sdp", "multipart/mixed ; boundary=\"a b\""],
            &["sdp", "a/", "a/b;", "a/b c"],
        ),
        ("Min-SE", &["90", "90;x=y"], &["90s", "", "90 1"]),
        (
            "Retry-After",
            &[
                "5",
                "18000;duration=3600",
                "120 (I'm (not) here);duration=60",
            ],
            &["soon", "5 (x", "5 s", "1.5"],
        ),
        (
            "RAck",
            &["1 2 INVITE"],
            &["1 INVITE", "1 2", "1 2 INVITE x"],
        ),
        (
            "Reason",
            &["Q.850", "SIP ;cause=200 ;text=\"a, b\""],
            &[
                "",
                "Q.850;cause=",
                "Q.850;text=\"x",
                "Q.850;text=Normal call",
                "Q.850 16",
            ],
        ),
        (
            "Warning",
            &[
                "399 a.example.com:5060 \"b\"",
                "370 - \"b\"",
                "301 [2001:db8::1] \"\"",
            ],
            &["399 a", "39 a \"b\"", "399 a b", "399 \"b\"", "399 a \"b"],
        ),
        (
            "WWW-Authenticate",
            &[
                "Digest realm=\"a, b\", nonce = \"1\",stale=FALSE",
                "Bearer authz_server=\"https://a\"",
                "Negotiate",
            ],
            &[
                "",
                "Digest realm=\"a",
                "Digest realm",
                "Digest realm=\"a\" nonce=\"1\"",
                "Digest realm=\"a\", Digest realm=\"b\"",
                "Digest realm=\"a\",, nonce=\"1\"",
            ],
        ),
        ("Allow", &["", "INVITE"], &["INVITE ACK", "INVITE;ACK"]),
        ("Require", &["100rel"], &["", "a b", "\"100rel\""]),
        (
            "Date",
            &["Sat, 13 Nov 2010 23:29:00 GMT"],
            &[
                "2010-11-13 23:29:00",
                "Sat, 13 Nov 2010 23:29:00 EST",
                "Sat, 13 Nov 10 23:29:00 GMT",
                "Sat 13 Nov 2010 23:29:00 GMT",
            ],
        ),
        (
            "Timestamp",
            &["54", "54.12 .5", "54. 1"],
            &["", "now", "1 2 3", "1.2.3", "-1"],
        ),
    ];

    #[test]
    fn each_field_is_read_as_its_grammar_has_it() {
        for (name, right, wrong) in CASES {
            let mut fields = FIELDS.iter();
            let (_, _, is_good) = fields.find(|(known, _, _)| known == name).expect("a field");
            for value in *right {
                assert!(is_good(value.as_bytes()), "{name}: {value}");
            }
            for value in *wrong {
                assert!(!is_good(value.as_bytes()), "{name}: {value}");
            }
        }
    }
}
