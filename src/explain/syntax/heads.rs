//! What stands at the beginning of a value, before its parameters.

use super::form::is_weight;
use super::host::host_port;
use super::reader::{Read, Reader, is_token, must, sign, wrong};

/// Reads a token.
pub(super) fn token(reader: &mut Reader<'_>) -> Read {
    match (reader.token(), reader.rest.first()) {
        (Some(_), _) => Ok(()),
        (None, None) => wrong("no word stands there"),
        (None, Some(byte)) => wrong(format!("it begins with {}", sign(*byte))),
    }
}

pub(super) fn number(reader: &mut Reader<'_>) -> Read {
    reader.number().map(|_| ())
}

/// A number, or what stands for it in messages that are examples: `...`, `(appropriate value)`.
pub(super) fn length(reader: &mut Reader<'_>) -> Read {
    let is_left_out = match reader.rest {
        [b'(', .., b')'] | [b'<', .., b'>'] => true,
        value => !value.is_empty() && value.iter().all(|byte| *byte == b'.'),
    };
    if is_left_out {
        reader.rest = &[];
        return Ok(());
    }
    number(reader)
}

/// Any text: what is looked at are its parentheses.
pub(super) fn agent(reader: &mut Reader<'_>) -> Read {
    while let Some((first, rest)) = reader.rest.split_first() {
        if *first == b'(' {
            must(reader.comment(), "a comment is not closed")?;
        } else {
            reader.rest = rest;
        }
    }
    Ok(())
}

/// One word, or two around `@`.
pub(super) fn call_id(reader: &mut Reader<'_>) -> Read {
    let is_sign = |byte: u8| is_token(byte) || b"()<>:\\\"/[]?{}".contains(&byte);
    must(!reader.run(is_sign).is_empty(), "no word stands there")?;
    if reader.rest.starts_with(b"@") {
        reader.rest = &reader.rest[1..];
        must(
            !reader.run(is_sign).is_empty(),
            "no word stands behind the @",
        )?;
        must(!reader.rest.starts_with(b"@"), "a second @ stands there")?;
    }
    Ok(())
}

pub(super) fn cseq(reader: &mut Reader<'_>) -> Read {
    reader.number()?;
    let is_apart = reader.blank();
    must(
        !reader.rest.is_empty(),
        "no method stands behind the number",
    )?;
    must(is_apart, "no blank stands behind the number")?;
    must(
        reader.token().is_some(),
        "no method stands behind the number",
    )
}

pub(super) fn rack(reader: &mut Reader<'_>) -> Read {
    reader.number()?;
    must(reader.blank(), "no second number stands there")?;
    cseq(reader)
}

/// A type and a subtype.
pub(super) fn media(reader: &mut Reader<'_>) -> Read {
    token(reader)?;
    must(
        reader.sign(b'/'),
        "no slash and no subtype stand behind the type",
    )?;
    must(
        reader.token().is_some(),
        "no subtype stands behind the slash",
    )
}

/// A number of seconds, and a remark in parentheses.
pub(super) fn retry_after(reader: &mut Reader<'_>) -> Read {
    reader.number()?;
    reader.blank();
    if reader.rest.starts_with(b"(") {
        must(reader.comment(), "a comment is not closed")?;
    }
    Ok(())
}

/// A code, whoever warns, and a text in quotation marks.
pub(super) fn warning(reader: &mut Reader<'_>) -> Read {
    let code = reader.digits().unwrap_or_default();
    must(code.len() == 3, "no code of three digits stands first")?;
    must(reader.blank(), "no blank stands behind the code")?;
    let agent = reader.run(|byte| byte > b' ' && byte != b'"');
    must(!agent.is_empty(), "nobody who warns stands behind the code")?;
    if !agent.iter().all(|byte| is_token(*byte)) {
        host_port(agent)?;
    }
    must(reader.blank(), "no text stands behind the host")?;
    must(
        reader.rest.starts_with(b"\""),
        "the text is not in quotation marks",
    )?;
    must(reader.quoted(), "a quotation mark is not closed")
}

/// Letters in words that hyphens divide, or `*`.
pub(super) fn language(reader: &mut Reader<'_>) -> Read {
    let tag = reader.run(|byte| byte > b' ' && byte != b';');
    let mut words = tag.split(|byte| *byte == b'-');
    let is_word =
        |word: &[u8]| (1..=8).contains(&word.len()) && word.iter().all(u8::is_ascii_alphanumeric);
    must(
        tag == b"*" || words.all(is_word),
        "it is no language tag, as en-gb",
    )
}

/// As `Sat, 13 Nov 2010 23:29:00 GMT`.
pub(super) fn date(reader: &mut Reader<'_>) -> Read {
    const DAYS: &str = "Mon Tue Wed Thu Fri Sat Sun";
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let words = reader.rest.split(u8::is_ascii_whitespace);
    let words = words.filter(|word| !word.is_empty());
    let [day, date, month, year, time, zone] = words.collect::<Vec<_>>()[..] else {
        return wrong("it is not a day, a date, a time and GMT");
    };
    reader.rest = &[];
    let is_one_of = |known: &str, word: &[u8]| {
        known
            .split(' ')
            .any(|name| name.as_bytes().eq_ignore_ascii_case(word))
    };
    let number = |word: &[u8], length: usize| {
        let text = str::from_utf8(word)
            .ok()
            .filter(|text| text.len() == length);
        text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|text| text.parse::<u32>().ok())
    };
    let is_day = day
        .strip_suffix(b",")
        .is_some_and(|day| is_one_of(DAYS, day));
    must(is_day, "it does not begin with a day as Sat and a comma")?;
    let is_date = number(date, 2).is_some_and(|date| (1..=31).contains(&date));
    must(
        is_date,
        "the day of the month has not two digits from 01 to 31",
    )?;
    must(is_one_of(MONTHS, month), "the month is none, as Nov")?;
    must(number(year, 4).is_some(), "the year has not four digits")?;
    let parts: Vec<Option<u32>> = time
        .split(|byte| *byte == b':')
        .map(|part| number(part, 2))
        .collect();
    let is_time = matches!(parts[..], [Some(0..=23), Some(0..=59), Some(0..=60)]);
    must(is_time, "the time is none from 00:00:00 to 23:59:59")?;
    must(zone.eq_ignore_ascii_case(b"GMT"), "the zone is not GMT")
}

/// Seconds, and the delay of the answer; each may have a fraction.
pub(super) fn timestamp(reader: &mut Reader<'_>) -> Read {
    number(reader)?;
    let fraction = |reader: &mut Reader<'_>| {
        if reader.rest.starts_with(b".") {
            reader.rest = &reader.rest[1..];
            reader.digits();
        }
    };
    fraction(reader);
    if reader.blank() {
        reader.digits();
        fraction(reader);
    }
    Ok(())
}

pub(super) fn version(reader: &mut Reader<'_>) -> Read {
    let is_version = reader.digits().is_some() && reader.rest.starts_with(b".");
    must(
        is_version,
        "it is not two numbers with a point between them",
    )?;
    reader.rest = &reader.rest[1..];
    number(reader)
}

/// The star before the features of a contact.
pub(super) fn star(reader: &mut Reader<'_>) -> Read {
    must(reader.rest.starts_with(b"*"), "no * stands first")?;
    reader.rest = &reader.rest[1..];
    Ok(())
}

/// The name of an event package: words with points between them.
pub(super) fn event(reader: &mut Reader<'_>) -> Read {
    token(reader)
}

pub(super) fn substate(reader: &mut Reader<'_>) -> Read {
    must(reader.token().is_some(), "no state stands first, as active")
}

pub(super) fn truth(reader: &mut Reader<'_>) -> Read {
    one_of(reader, "true false")
}

pub(super) fn directive(reader: &mut Reader<'_>) -> Read {
    const WORDS: &str = "proxy redirect cancel no-cancel fork no-fork recurse no-recurse parallel sequential queue \
                         no-queue";
    one_of(reader, WORDS)
}

fn one_of(reader: &mut Reader<'_>, words: &'static str) -> Read {
    let word = reader.token().unwrap_or_default();
    let is_it = |known: &str| known.as_bytes().eq_ignore_ascii_case(word);
    if words.split(' ').any(is_it) {
        Ok(())
    } else {
        wrong(format!("it is none of {}", words.replace(' ', ", ")))
    }
}

/// A namespace and a priority, with a point between them.
pub(super) fn resource(reader: &mut Reader<'_>) -> Read {
    let word = reader.token().unwrap_or_default();
    let parts: Vec<&[u8]> = word.split(|byte| *byte == b'.').collect();
    let is_pair = parts.len() == 2 && parts.iter().all(|part| !part.is_empty());
    must(
        is_pair,
        "it is not a namespace and a priority with a point between them",
    )
}

/// Thirty-two hexadecimal digits in small letters.
pub(super) fn session(reader: &mut Reader<'_>) -> Read {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let digits = reader.run(is_hex).len();
    must(
        digits == 32,
        "it does not begin with 32 hexadecimal digits in small letters",
    )
}

/// A signature: parts in base64 with points between them.
pub(super) fn signature(reader: &mut Reader<'_>) -> Read {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+/=\"".contains(&byte);
    must(!reader.run(is_sign).is_empty(), "no signature stands first")
}

/// Three digits.
pub(super) fn code(reader: &mut Reader<'_>) -> Read {
    must(
        reader.digits().is_some_and(|code| code.len() == 3),
        "no code of three digits stands first",
    )
}

/// Words with semicolons between them.
pub(super) fn privacy(reader: &mut Reader<'_>) -> Read {
    token(reader)?;
    while reader.sign(b';') {
        must(
            reader.token().is_some(),
            "no word stands behind a semicolon",
        )?;
    }
    Ok(())
}

/// A token, or a text in quotation marks.
pub(super) fn word(reader: &mut Reader<'_>) -> Read {
    if reader.rest.starts_with(b"\"") {
        return reader.quotation().map(|_| ());
    }
    token(reader)
}

/// An identifier in `<>`: two parts around `@`.
pub(super) fn identifier(reader: &mut Reader<'_>) -> Read {
    let inside = reader
        .rest
        .strip_prefix(b"<")
        .and_then(|rest| rest.strip_suffix(b">"));
    let parts = inside.unwrap_or_default().split(|byte| *byte == b'@');
    let parts: Vec<&[u8]> = parts.collect();
    must(
        parts.len() == 2 && !parts.concat().is_empty(),
        "it is not an identifier in <>",
    )?;
    reader.rest = &[];
    Ok(())
}

/// The value that names a charge.
pub(super) fn charging(reader: &mut Reader<'_>) -> Read {
    let name = reader.token().unwrap_or_default();
    let is_named = name.eq_ignore_ascii_case(b"icid-value") && reader.sign(b'=');
    must(is_named, "icid-value does not stand first")?;
    if reader.rest.starts_with(b"\"") {
        return reader.quotation().map(|_| ());
    }
    let value = reader.run(|byte| byte > b' ' && byte != b';');
    must(!value.is_empty(), "icid-value has no value")
}

/// Any text without signs that control a terminal or a line.
pub(super) fn any(reader: &mut Reader<'_>) -> Read {
    let is_odd = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
    must(
        !reader.rest.iter().any(is_odd),
        "a control sign stands in it",
    )?;
    reader.rest = &[];
    Ok(())
}

/// A coding, or `*`; a weight alone is none.
pub(super) fn coding(reader: &mut Reader<'_>) -> Read {
    let is_weight = reader.rest.starts_with(b"q=") && is_weight(&reader.rest[2..]);
    must(!is_weight, "a weight stands there without a coding")?;
    token(reader)
}
