//! Which header fields are asked for, told by their names: this is asked of every line of a trace.
#![expect(
    clippy::inline_always,
    reason = "it is asked so often that a call would take as long as the answer"
)]

use super::field::{name_length, others};

/// The name with which a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// 0 where a line begins with no name.
    pub(super) length: usize,
    pub(super) asked: Asked,
}

/// A header field that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Via,
    From,
    To,
    CallId,
    CSeq,
    ContentLength,
    ContentType,
    RetryAfter,
    Server,
    UserAgent,
    Why,
}

/// A name as nearly all write it, with its colon.
#[derive(Clone, Copy)]
struct Written {
    /// Its bytes as two numbers, and which of them count.
    bytes: [u64; 2],
    counts: [u64; 2],
    length: usize,
    asked: Asked,
}

/// The names that most lines of a trace begin with.
const NAMES: [(&[u8], Asked); 41] = [
    (b"Via:", Asked::Via),
    (b"From:", Asked::From),
    (b"To:", Asked::To),
    (b"Call-ID:", Asked::CallId),
    (b"CSeq:", Asked::CSeq),
    (b"Contact:", Asked::Nothing),
    (b"Max-Forwards:", Asked::Nothing),
    (b"Content-Length:", Asked::ContentLength),
    (b"Content-Type:", Asked::ContentType),
    (b"User-Agent:", Asked::UserAgent),
    (b"Server:", Asked::Server),
    (b"Allow:", Asked::Nothing),
    (b"Supported:", Asked::Nothing),
    (b"Route:", Asked::Nothing),
    (b"Record-Route:", Asked::Nothing),
    (b"Expires:", Asked::Nothing),
    (b"Min-Expires:", Asked::Nothing),
    (b"Authorization:", Asked::Nothing),
    (b"Require:", Asked::Nothing),
    (b"Session-Expires:", Asked::Nothing),
    (b"Min-SE:", Asked::Nothing),
    (b"Accept:", Asked::Nothing),
    (b"Allow-Events:", Asked::Nothing),
    (b"Event:", Asked::Nothing),
    (b"Reason:", Asked::Why),
    (b"Warning:", Asked::Why),
    (b"Retry-After:", Asked::RetryAfter),
    (b"Unsupported:", Asked::Nothing),
    (b"Refer-To:", Asked::Nothing),
    (b"Referred-By:", Asked::Nothing),
    (b"Replaces:", Asked::Nothing),
    (b"Diversion:", Asked::Nothing),
    (b"History-Info:", Asked::Nothing),
    (b"Privacy:", Asked::Nothing),
    (b"Date:", Asked::Nothing),
    (b"Subject:", Asked::Nothing),
    (b"RAck:", Asked::Nothing),
    (b"RSeq:", Asked::Nothing),
    (b"Organization:", Asked::Nothing),
    (b"Path:", Asked::Nothing),
    (b"Call-Info:", Asked::Nothing),
];

/// Places for twice as many, and more.
const PLACES: usize = 128;

/// The names at the places that their first three bytes say, or behind them.
static WRITTEN: [Written; PLACES] = {
    const NOTHING: Written = Written {
        bytes: [0; 2],
        counts: [0; 2],
        length: 0,
        asked: Asked::Nothing,
    };
    let mut all = [NOTHING; PLACES];
    let mut nth = 0;
    while nth < NAMES.len() {
        let (name, asked) = NAMES[nth];
        let (mut bytes, mut counts, mut at) = ([0; 2], [0; 2], 0);
        while at < name.len() {
            bytes[at / 8] |= (name[at] as u64) << (at % 8 * 8);
            counts[at / 8] |= 0xff << (at % 8 * 8);
            at += 1;
        }
        let mut place = place(bytes[0]);
        while all[place].length > 0 {
            place = (place + 1) % PLACES;
        }
        all[place] = Written {
            bytes,
            counts,
            length: name.len() - 1,
            asked,
        };
        nth += 1;
    }
    all
};

#[inline(always)]
const fn place(first: u64) -> usize {
    let digest = (first & 0x00ff_ffff).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (digest >> 57) as usize
}

/// The first bytes of a line, as two numbers.
pub(super) type First = [u64; 2];

impl Name {
    pub(super) const NONE: Self = Self {
        length: 0,
        asked: Asked::Nothing,
    };

    /// Returns the name with which a line begins that stands at a place of a text.
    #[inline(always)]
    pub(super) fn of([first, second]: First, text: &[u8], at: usize) -> Self {
        let mut place = place(first);
        loop {
            let name = &WRITTEN[place % PLACES];
            let differs = (first & name.counts[0] ^ name.bytes[0])
                | (second & name.counts[1] ^ name.bytes[1]);
            if differs == 0 {
                if name.length == 0 {
                    return Self::otherwise(text, at, first);
                }
                return Self {
                    length: name.length,
                    asked: name.asked,
                };
            }
            place += 1;
        }
    }

    /// Returns a name that is written otherwise: in its compact form, or in other letters.
    #[inline(never)]
    fn otherwise(text: &[u8], at: usize, first: u64) -> Self {
        let others = others(first);
        let bits = others.trailing_zeros() & !7;
        if bits > 0 && others != 0 && first >> bits & 0xff == u64::from(b':') {
            return Self {
                length: bits as usize / 8,
                asked: short((first | SMALL) & !(u64::MAX << bits)),
            };
        }
        Self::any(text.get(at..).unwrap_or_default())
    }

    /// Returns any name with which a text begins.
    pub(super) fn any(text: &[u8]) -> Self {
        let is_name = text.first().is_some_and(|first| !first.is_ascii_digit());
        let length = name_length(text).filter(|_| is_name);
        Self {
            length: length.unwrap_or(0),
            asked: length.map_or(Asked::Nothing, |length| asked(&text[..length])),
        }
    }
}

/// Makes letters small, eight at a time.
const SMALL: u64 = u64::from_ne_bytes([0x20; 8]);

/// Returns the number of up to eight letters.
const fn key(name: &[u8]) -> u64 {
    let (mut key, mut at) = (0, name.len());
    while at > 0 {
        at -= 1;
        key = key << 8 | (name[at] | 0x20) as u64;
    }
    key
}

/// Returns what the number of a name asks for, in full or in short (RFC 3261 section 7.3.3).
fn short(name: u64) -> Asked {
    const C: u64 = key(b"c");
    const CALL_ID: u64 = key(b"call-id");
    const CSEQ: u64 = key(b"cseq");
    const F: u64 = key(b"f");
    const FROM: u64 = key(b"from");
    const I: u64 = key(b"i");
    const L: u64 = key(b"l");
    const REASON: u64 = key(b"reason");
    const SERVER: u64 = key(b"server");
    const T: u64 = key(b"t");
    const TO: u64 = key(b"to");
    const V: u64 = key(b"v");
    const VIA: u64 = key(b"via");
    const WARNING: u64 = key(b"warning");
    match name {
        C => Asked::ContentType,
        CALL_ID | I => Asked::CallId,
        CSEQ => Asked::CSeq,
        F | FROM => Asked::From,
        L => Asked::ContentLength,
        REASON | WARNING => Asked::Why,
        SERVER => Asked::Server,
        T | TO => Asked::To,
        V | VIA => Asked::Via,
        _ => Asked::Nothing,
    }
}

/// Returns what a name asks for, in any case.
fn asked(name: &[u8]) -> Asked {
    if name.len() < 8 {
        return short(key(name));
    }
    let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
    match name[0] | 0x20 {
        b'u' if is(b"user-agent") => Asked::UserAgent,
        b'r' if is(b"retry-after") => Asked::RetryAfter,
        b'c' if is(b"content-type") => Asked::ContentType,
        b'c' if is(b"content-length") => Asked::ContentLength,
        _ => Asked::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::ends::{first, padded};

    #[test]
    fn a_name_is_the_same_however_it_is_found() {
        let lines = NAMES.map(|(name, _)| [name, b" x and more of it"].concat());
        let others = [
            "v: SIP/2.0/UDP a",
            "CALL-id: 1@a.b.c.d.e",
            "content-LENGTH: 0 and more",
            "Proxy-Authenticate: Digest",
            "Max-Forwards 70 and more",
            "Via",
            "",
            "\r\n\r\n and more of it all",
            "Content-Length\x1a 123456789",
            "0: a line that begins with a time",
            "2026-11-28 10:00:00: x",
            "Authorization and more: x",
            ":::::::::::::::::::::",
        ];
        let others = others.map(|line| line.as_bytes().to_vec());
        for line in lines.iter().chain(&others) {
            let first = first(&padded(line), 0);
            assert_eq!(Name::of(first, line, 0), Name::any(line), "{line:?}");
        }
    }
}
