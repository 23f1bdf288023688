//! The start line: a status line or a request line, also with what a log writes around it.

/// What a message begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start<'a> {
    Status { code: u16, phrase: &'a [u8] },
    Request { method: &'a [u8], uri: &'a [u8] },
}

const VERSION: &[u8] = b"SIP/2.0";

impl<'a> Start<'a> {
    /// Returns the start line that stands somewhere in a line.
    pub fn within(line: &'a [u8]) -> Option<Self> {
        let mut versions = (0..line.len().saturating_sub(VERSION.len() - 1))
            .filter(|at| line[*at..][..VERSION.len()].eq_ignore_ascii_case(VERSION));
        versions.find_map(|at| {
            let (before, after) = line.split_at(at);
            status(&after[VERSION.len()..]).or_else(|| request(before))
        })
    }
}

impl<'a> Start<'a> {
    /// Takes the first line of a message, which is nothing else; a method may have every sign of a token, and a wrong
    /// address blanks.
    pub fn of(line: &'a [u8]) -> Option<Self> {
        if let Some((b"SIP/2.0 ", after)) = line.split_first_chunk() {
            // So nearly all begin.
            if let [
                a @ b'1'..=b'6',
                b @ b'0'..=b'9',
                c @ b'0'..=b'9',
                b' ',
                phrase @ ..,
            ] = after
            {
                let digit = |digit: &u8| u16::from(digit - b'0');
                let code = digit(a) * 100 + digit(b) * 10 + digit(c);
                let phrase = trimmed(phrase);
                return Some(Self::Status { code, phrase });
            }
            return status(&line[VERSION.len()..]);
        }
        let line = trimmed(line);
        if let Some(version) = line.get(..VERSION.len())
            && is_version(version)
        {
            return status(&line[VERSION.len()..]);
        }
        let version = line.len().checked_sub(VERSION.len())?;
        let (before, version) = (line.get(..version)?, line.get(version..)?);
        if !is_version(version) {
            return None;
        }
        request_line(before)
    }

    /// Takes a first line of any version, as `SIP/3.0`, and returns the version beside it.
    pub fn of_any_version(line: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let line = line.trim_ascii();
        let first = line.iter().position(u8::is_ascii_whitespace)?;
        let (version, after) = line.split_at(first);
        if is_any_version(version) {
            return Some((status(after)?, version));
        }
        let last = line.iter().rposition(u8::is_ascii_whitespace)?;
        let (before, version) = line.split_at(last + 1);
        let start = request_line(before.trim_ascii()).filter(|_| is_any_version(version));
        Some((start?, version))
    }
}

/// Takes what stands before the version: a method, and an address in whatever form.
fn request_line(before: &[u8]) -> Option<Start<'_>> {
    let mut blank = 0;
    while !matches!(before.get(blank)?, b' ' | b'\t') {
        blank += 1;
    }
    let (method, uri) = (before.get(..blank)?, trimmed(before.get(blank..)?));
    Some(Start::Request { method, uri })
}

/// Returns what stands between white bytes: few do, so each is looked at.
fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && first.is_ascii_whitespace()
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && last.is_ascii_whitespace()
    {
        text = rest;
    }
    text
}

/// Returns whether it is `SIP/`, and two numbers with a dot between.
fn is_any_version(text: &[u8]) -> bool {
    let numbers = text
        .split_at_checked(4)
        .filter(|(name, _)| name.eq_ignore_ascii_case(b"SIP/"));
    let Some((_, numbers)) = numbers else {
        return false;
    };
    let mut numbers = numbers.splitn(2, |byte| *byte == b'.');
    let is_number = |number: Option<&[u8]>| {
        number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
    };
    is_number(numbers.next()) && is_number(numbers.next())
}

fn is_version(text: &[u8]) -> bool {
    // Nearly all others are methods, which begin otherwise.
    matches!(text, [b'S' | b's', b'I' | b'i', ..])
        && (matches!(text, b"SIP/2.0") || text.eq_ignore_ascii_case(VERSION))
}

/// Takes what stands behind the version: a code of three digits and a phrase.
fn status(after: &[u8]) -> Option<Start<'_>> {
    let rest = after.trim_ascii_start();
    if rest.len() == after.len() {
        return None;
    }
    let (code, phrase) = rest.split_at_checked(3)?;
    let ends = phrase
        .first()
        .is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let [
        hundreds @ b'1'..=b'6',
        tens @ b'0'..=b'9',
        ones @ b'0'..=b'9',
    ] = *code
    else {
        return None;
    };
    let digits = [hundreds, tens, ones].map(|digit| u16::from(digit - b'0'));
    let code = digits.into_iter().fold(0, |code, digit| code * 10 + digit);
    let phrase = phrase.trim_ascii();
    ends.then_some(Start::Status { code, phrase })
}

/// Takes what stands before the version: a method in any case, and an address with its scheme.
fn request(before: &[u8]) -> Option<Start<'_>> {
    let mut words = before.rsplit(u8::is_ascii_whitespace);
    let mut words = words.by_ref().filter(|word| !word.is_empty());
    let (uri, method) = (words.next()?, words.next()?);
    let is_method = method.iter().all(u8::is_ascii_alphabetic);
    (is_method && uri.contains(&b':')).then_some(Start::Request { method, uri })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match Start::within(line.as_bytes()) {
            Some(Start::Status { code, phrase }) => format!("{code} {}", text(phrase)),
            Some(Start::Request { method, uri }) => format!("{} {}", text(method), text(uri)),
            None => String::new(),
        }
    }

    #[test]
    fn a_status_line_is_read_wherever_it_stands() {
        assert_eq!(shown("SIP/2.0 486 Busy Here\r"), "486 Busy Here");
        assert_eq!(shown("10:00 << sip/2.0 603"), "603 ");
        for line in [
            "SIP/2.0 9",
            "SIP/2.0",
            "486 Busy Here",
            "SIP/2.0 4866",
            "SIP/2.0486",
            "Via: SIP/2.0/UDP a",
        ] {
            assert_eq!(shown(line), "", "{line}");
        }
    }

    #[test]
    fn a_first_line_of_another_version_is_read_where_that_is_asked_for() {
        let of = |line: &'static str| Start::of_any_version(line.as_bytes());
        for line in [
            "SIP/3.0 486 Busy",
            "INVITE sip:a@b SIP/2.1",
            "bye  sip:a@b\tsip/10.0",
        ] {
            assert!(
                of(line).is_some() && Start::of(line.as_bytes()).is_none(),
                "{line}"
            );
        }
        let (_, version) = of("INVITE sip:a@b SIP/2.1").expect("a start line");
        assert_eq!(version, b"SIP/2.1");
        for line in [
            "SIP/3 486 Busy",
            "INVITE sip:a@b HTTP/1.1",
            "SIP/2.x 200 OK",
            "a SIP/3.0",
            "",
        ] {
            assert!(of(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_request_line_has_an_address_and_the_version() {
        assert_eq!(shown("INVITE sip:a@b SIP/2.0"), "INVITE sip:a@b");
        assert_eq!(shown(">> bye tel:1 sip/2.0\r"), "bye tel:1");
        for line in [
            "INVITE a@b SIP/2.0",
            "INVITE sip:a@b",
            "200 sip:a@b SIP/2.0",
        ] {
            assert_eq!(shown(line), "", "{line}");
        }
    }
}
