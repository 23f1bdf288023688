//! Reads a value from its beginning to its end, piece by piece, as the basic rules of RFC 3261 section 25.1 have them.

use std::borrow::Cow;

/// What is wrong with a value, as the end of a sentence.
pub(in super::super) type Fault = Cow<'static, str>;

/// What comes of reading.
pub(super) type Read<T = ()> = Result<T, Fault>;

/// Fails with what is wrong.
pub(super) fn wrong<T>(fault: impl Into<Fault>) -> Read<T> {
    Err(fault.into())
}

/// Fails where something does not hold.
pub(super) fn must(holds: bool, fault: &'static str) -> Read {
    if holds { Ok(()) } else { wrong(fault) }
}

/// What is left of a value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn of(value: &'a [u8]) -> Self {
        Self { rest: value }
    }

    /// Goes over what is white; returns whether something was.
    pub(super) fn blank(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_ascii_start();
        self.rest.len() < before
    }

    /// Goes over as many bytes as fit, and returns them.
    pub(super) fn run(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !fits(*byte));
        let (run, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        run
    }

    /// Goes over a token; none if there is none.
    pub(super) fn token(&mut self) -> Option<&'a [u8]> {
        Some(self.run(is_token)).filter(|token| !token.is_empty())
    }

    pub(super) fn digits(&mut self) -> Option<&'a [u8]> {
        Some(self.run(|byte| byte.is_ascii_digit())).filter(|digits| !digits.is_empty())
    }

    /// Goes over a sign with what is white around it; returns whether it was there.
    pub(super) fn sign(&mut self, sign: u8) -> bool {
        let rest = self.rest.trim_ascii_start();
        let Some((first, rest)) = rest.split_first() else {
            return false;
        };
        if *first == sign {
            self.rest = rest.trim_ascii_start();
        }
        *first == sign
    }

    /// Goes over what stands in quotation marks, where `\` keeps the next byte; returns whether it ends.
    pub(super) fn quoted(&mut self) -> bool {
        let Some(mut rest) = self.rest.strip_prefix(b"\"") else {
            return false;
        };
        while let Some((first, behind)) = rest.split_first() {
            rest = match first {
                b'\\' => behind.get(1..).unwrap_or_default(),
                _ => behind,
            };
            if *first == b'"' {
                self.rest = rest;
                return true;
            }
        }
        false
    }

    /// Goes over `(…)`, in which others may stand; returns whether it ends.
    pub(super) fn comment(&mut self) -> bool {
        let mut depth = 0_usize;
        while let Some((first, behind)) = self.rest.split_first() {
            self.rest = match first {
                b'\\' => behind.get(1..).unwrap_or_default(),
                _ => behind,
            };
            match first {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return *first == b')';
            }
        }
        false
    }

    /// Goes over what stands in quotation marks.
    pub(super) fn quotation(&mut self) -> Read<&'a [u8]> {
        let before = self.rest;
        must(self.quoted(), "a quotation mark is not closed")?;
        Ok(&before[..before.len() - self.rest.len()])
    }

    /// Goes over a number.
    pub(super) fn number(&mut self) -> Read<u64> {
        let Some(digits) = self.digits() else {
            return wrong("no number stands there");
        };
        let text = str::from_utf8(digits).unwrap_or_default();
        Ok(text.parse().unwrap_or(u64::MAX))
    }

    /// Fails where something is left.
    pub(super) fn end(&self) -> Read {
        match self.rest.trim_ascii_start().first() {
            None => Ok(()),
            Some(b'"') => wrong("a quotation mark stands where none belongs"),
            Some(b',') => wrong("a comma stands there, and only one value may"),
            Some(b';') => wrong("a semicolon stands there, and no parameter belongs behind it"),
            Some(b'>') => wrong("a > stands there that nothing opens"),
            Some(_) if self.rest.starts_with(b" ") || self.rest.starts_with(b"\t") => {
                wrong("something follows behind a blank")
            }
            Some(byte) => wrong(format!("{} is out of place", sign(*byte))),
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.trim_ascii().is_empty()
    }
}

/// Returns a sign as a sentence names it.
pub(super) fn sign(byte: u8) -> String {
    match byte {
        b' ' | b'\t' | b'\r' | b'\n' => "a blank".to_owned(),
        0x21..=0x7e => format!("the sign {}", char::from(byte)),
        _ => "a sign that is no ASCII letter".to_owned(),
    }
}

pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

/// Returns the parts of a value that a sign divides; none divides in quotation marks and in `<>`.
pub(super) fn parts(value: &[u8], sign: u8) -> impl Iterator<Item = &[u8]> {
    let (mut is_quoted, mut is_kept, mut is_inside) = (false, false, false);
    let divides = move |byte: &u8| {
        let was_kept = is_kept;
        is_kept = *byte == b'\\' && is_quoted && !was_kept;
        match byte {
            b'"' if !was_kept => is_quoted = !is_quoted,
            b'<' if !is_quoted => is_inside = true,
            b'>' if !is_quoted => is_inside = false,
            _ => {}
        }
        *byte == sign && !is_quoted && !is_inside
    };
    value.split(divides).map(<[u8]>::trim_ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_or_inside_of_an_address_is_not_divided() {
        let value = br#""a, \", b" <sip:c,d@e>, f"#;
        let parts: Vec<_> = parts(value, b',').collect();
        assert_eq!(parts, [&br#""a, \", b" <sip:c,d@e>"#[..], b"f"]);
    }

    #[test]
    fn comments_nest() {
        for (value, is_good) in [("(a (b) \\) c)", true), ("(a (b)", false), ("a", false)] {
            assert_eq!(Reader::of(value.as_bytes()).comment(), is_good, "{value}");
        }
    }
}
