//! The forms that the values of parameters have, and the parameters of a value.

use super::host::{host, port};
use super::reader::{Fault, Read, Reader, is_token, must, sign, wrong};

/// What may stand behind the `=` of a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// A token, or what is as common and does no harm: base64 and addresses.
    Plain,
    /// The same, and it has to be there.
    Value,
    /// The same without quotation marks.
    Bare,
    Token,
    /// A number between two, both included.
    Number(u64, u64),
    /// Nothing, or a port.
    Port,
    Quoted,
    /// One of these, in any case and without quotation marks.
    OneOf(&'static [&'static str]),
    /// The weight from 0 to 1.
    Weight,
    Host,
    Ip,
    /// A URI in `<>`.
    Inside,
    /// Nothing at all.
    Flag,
    /// Hexadecimal digits in small letters: so many, or in quotation marks.
    Hex(usize),
    QuotedHex,
    /// Tokens with commas between them, in quotation marks.
    QuotedTokens,
}

/// The name of a parameter, and what its value is like; `*` stands for all others.
pub(super) type Parameter = (&'static str, Form);

/// Goes over parameters that a sign opens each, up to the end; returns their names.
pub(super) fn parameters<'a>(
    reader: &mut Reader<'a>,
    known: &[Parameter],
    divider: u8,
) -> Read<Vec<&'a [u8]>> {
    let mut names = Vec::new();
    while reader.sign(divider) {
        names.push(parameter(reader, known, divider)?);
    }
    reader.end()?;
    Ok(names)
}

/// Goes over a parameter, and returns its name.
pub(super) fn parameter<'a>(
    reader: &mut Reader<'a>,
    known: &[Parameter],
    divider: u8,
) -> Read<&'a [u8]> {
    let what = if divider == b';' {
        "semicolon"
    } else {
        "comma"
    };
    let Some(name) = reader.token() else {
        return match reader.rest.first() {
            None => wrong(format!("nothing stands behind the last {what}")),
            Some(byte) if *byte == divider => {
                wrong(format!("nothing stands between one {what} and the next"))
            }
            Some(b'=') => wrong("a parameter has no name"),
            Some(byte) => wrong(format!("a parameter begins with {}", sign(*byte))),
        };
    };
    let named = |wanted: &[u8]| {
        let mut rows = known.iter();
        rows.find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(wanted))
    };
    let row = named(name);
    let form = row.or(named(b"*")).map_or(Form::Plain, |(_, form)| *form);
    let shown = row.map_or_else(
        || String::from_utf8_lossy(name).into_owned(),
        |(known, _)| (*known).to_owned(),
    );
    let has_value = reader.sign(b'=');
    let read = match (form, has_value) {
        (Form::Flag, true) => wrong("takes no value"),
        (Form::Flag | Form::Plain | Form::Port, false) => Ok(()),
        (_, false) => wrong("has no value"),
        _ => value(reader, form, divider),
    };
    read.map_err(|fault| -> Fault { format!("{shown} {fault}").into() })?;
    Ok(name)
}

/// Goes over the value of a parameter.
fn value(reader: &mut Reader<'_>, form: Form, divider: u8) -> Read {
    if matches!(form, Form::Plain | Form::Value) && reader.rest.starts_with(b"\"") {
        return must(reader.quoted(), "has a quotation mark that is not closed");
    }
    if matches!(form, Form::Quoted | Form::QuotedHex | Form::QuotedTokens) {
        must(reader.rest.starts_with(b"\""), "is not in quotation marks")?;
        let before = reader.rest;
        must(reader.quoted(), "has a quotation mark that is not closed")?;
        let inside = &before[1..before.len() - reader.rest.len() - 1];
        return inside_of_marks(inside, form);
    }
    must(
        !reader.rest.starts_with(b"\""),
        "is in quotation marks, and must not be",
    )?;
    if matches!(form, Form::Inside) {
        let end = reader.rest.iter().position(|byte| *byte == b'>');
        let end = end.filter(|_| reader.rest.starts_with(b"<"));
        must(end.is_some(), "has no URI in <>")?;
        reader.rest = reader.rest.get(end.unwrap_or(0) + 1..).unwrap_or_default();
        return Ok(());
    }
    let is_plain = |byte: u8| {
        byte > b' ' && byte != divider && !matches!(byte, b',' | b'"' | b'<' | b'>' | 127)
    };
    let text = reader.run(is_plain);
    must(!text.is_empty(), "has no value behind its =")?;
    bare(text, form)
}

fn inside_of_marks(inside: &[u8], form: Form) -> Read {
    let tokens = |text: &[u8]| {
        let mut words = text.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        words.all(|word| !word.is_empty() && word.iter().all(|byte| is_token(*byte)))
    };
    match form {
        Form::QuotedHex => must(
            inside.iter().all(|byte| is_hex(*byte)),
            "has signs that are no hexadecimal digits in small letters",
        ),
        Form::QuotedTokens => must(tokens(inside), "is no list of words"),
        _ => Ok(()),
    }
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

/// Reads what stands behind a `=` without quotation marks.
fn bare(text: &[u8], form: Form) -> Read {
    match form {
        Form::Token => match text.iter().find(|byte| !is_token(**byte)) {
            None => Ok(()),
            Some(byte) => wrong(format!("has {} in it", sign(*byte))),
        },
        Form::Number(least, most) => {
            let mut reader = Reader::of(text);
            let number = reader.number().ok().filter(|_| reader.is_at_end());
            match number {
                None => wrong("is no number"),
                Some(number) if number > most => wrong(format!("is above {most}")),
                Some(number) if number < least => wrong(format!("is below {least}")),
                _ => Ok(()),
            }
        }
        Form::Port => port(text).map_err(|_| "is no port".into()),
        Form::OneOf(words) => {
            let is_one = |word: &&str| word.as_bytes().eq_ignore_ascii_case(text);
            if words.iter().any(is_one) {
                Ok(())
            } else {
                wrong(format!("is none of {}", words.join(", ")))
            }
        }
        Form::Weight => must(is_weight(text), "is no number from 0 to 1"),
        Form::Host => host(text).map_err(|fault| format!("is no host: {fault}").into()),
        Form::Ip => must(is_ip(text), "is no IP address"),
        Form::Hex(length) if text.len() != length || !text.iter().all(|byte| is_hex(*byte)) => {
            wrong(format!(
                "is not {length} hexadecimal digits in small letters"
            ))
        }
        _ => Ok(()),
    }
}

/// Returns whether it is a weight: 0 to 1, with three digits behind the point at the most.
pub(in super::super) fn is_weight(text: &[u8]) -> bool {
    let (whole, rest) = text.split_at(text.len().min(1));
    let digits = rest.strip_prefix(b".").or(rest.is_empty().then_some(rest));
    digits.is_some_and(|digits| {
        let fits = |byte: &u8| match whole {
            b"0" => byte.is_ascii_digit(),
            _ => *byte == b'0',
        };
        matches!(whole, b"0" | b"1") && digits.len() <= 3 && digits.iter().all(fits)
    })
}

/// An address of either version; one of the sixth may stand in brackets (RFC 5118 section 4.5).
fn is_ip(text: &[u8]) -> bool {
    let is_dotted = text
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let bare = text
        .strip_prefix(b"[")
        .and_then(|text| text.strip_suffix(b"]"));
    let text = bare.unwrap_or(text);
    is_dotted && host(text).is_ok() || host(&[b"[", text, b"]"].concat()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_names_and_may_have_values() {
        for (value, is_good) in [
            ("", true),
            (" ;a = \"b; c\" ; d;e=[::1]:5060", true),
            (";", false),
            (";a=", false),
            (";a;;b", false),
            (";a=\"b", false),
            (";a b", false),
            (";=b", false),
        ] {
            let mut reader = Reader::of(value.as_bytes());
            assert_eq!(
                parameters(&mut reader, &[], b';').is_ok(),
                is_good,
                "{value}"
            );
        }
    }

    #[test]
    fn a_known_parameter_has_its_form() {
        const KNOWN: &[Parameter] = &[
            ("ttl", Form::Number(0, 255)),
            ("received", Form::Ip),
            ("q", Form::Weight),
            ("text", Form::Quoted),
            ("lr", Form::Flag),
            ("rport", Form::Port),
            ("nc", Form::Hex(8)),
        ];
        let fault = |text: &str| {
            let read = parameters(&mut Reader::of(text.as_bytes()), KNOWN, b';');
            read.err().map(Fault::into_owned).unwrap_or_default()
        };
        for text in [
            ";ttl=255;received=192.0.2.1;q=0.75;lr;rport",
            ";received=2001:db8::1;q=1.000;rport=65535",
            ";received=[2001:db8::1];q=0.;text=\"a\";nc=0000000a",
        ] {
            assert_eq!(fault(text), "", "{text}");
        }
        for (text, says) in [
            (";ttl=256", "ttl is above 255"),
            (";TTL=x", "ttl is no number"),
            (";received=a.example.com", "received is no IP address"),
            (";q=1.1", "q is no number from 0 to 1"),
            (";q=0.1234", "q is no number from 0 to 1"),
            (";text=a", "text is not in quotation marks"),
            (";lr=1", "lr takes no value"),
            (";rport=99999", "rport is no port"),
            (";nc=1", "nc is not 8 hexadecimal digits in small letters"),
        ] {
            assert_eq!(fault(text), says, "{text}");
        }
    }
}
