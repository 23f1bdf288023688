//! What somebody pasted that is no whole message: a status line alone, or header fields without a start line.

use super::fields::tells;
use crate::message::{Field, Start};

/// Returns the message that a text makes, and the line in which it begins.
pub fn pasted(text: &[u8]) -> Option<(u64, Vec<u8>)> {
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let mut starts = (0..lines.len()).filter(|at| is_start(lines[*at]));
    let start = starts.next();
    // What has several is a log, and was not understood.
    if starts.next().is_some() {
        return None;
    }
    let first = start.or_else(|| lines.iter().position(|line| is_telling(line)))?;
    let mut message = match start {
        Some(at) => start_line(lines[at]),
        None => Vec::new(),
    };
    message.extend_from_slice(b"\r\n");
    let below = lines.iter().skip(first + usize::from(start.is_some()));
    for line in below {
        let line = line.trim_ascii();
        if Field::parse(line).is_some() {
            message.extend_from_slice(line);
            message.extend_from_slice(b"\r\n");
        } else if line.is_empty() && start.is_some() {
            break;
        }
    }
    message.extend_from_slice(b"\r\n");
    Some((first as u64 + 1, message))
}

fn is_start(line: &[u8]) -> bool {
    Start::within(line).is_some() || Start::of_any_version(line).is_some()
}

/// Returns a start line without what a log writes around it; one that stands alone stays as it is.
fn start_line(line: &[u8]) -> Vec<u8> {
    if Start::of_any_version(line).is_some() {
        return line.trim_ascii().to_vec();
    }
    match Start::within(line) {
        Some(Start::Status { code, phrase }) => {
            let code = format!("SIP/2.0 {code} ");
            [code.as_bytes(), phrase].concat()
        }
        Some(Start::Request { method, uri }) => [method, b" ", uri, b" SIP/2.0"].concat(),
        None => Vec::new(),
    }
}

/// Returns whether a line is a header field that says something.
fn is_telling(line: &[u8]) -> bool {
    Field::parse(line.trim_ascii()).is_some_and(|field| tells(&field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_line_or_fields_alone_make_a_message() {
        let made = |text: &str| {
            let made = pasted(text.as_bytes());
            made.map(|(line, bytes)| (line, String::from_utf8(bytes).expect("text")))
        };
        assert_eq!(
            made("got this:\n  SIP/2.0 486 Busy Here\n"),
            Some((2, "SIP/2.0 486 Busy Here\r\n\r\n".to_owned()))
        );
        assert_eq!(made("a: SIP/2.0 100 x\nb: SIP/2.0 486 y\n"), None);
        assert_eq!(
            made("  Reason: Q.850;cause=34\n  CSeq: 1 INVITE"),
            Some((
                1,
                "\r\nReason: Q.850;cause=34\r\nCSeq: 1 INVITE\r\n\r\n".to_owned()
            ))
        );
        assert_eq!(made("no: message\nat all"), None);
        assert_eq!(
            made("INVITE  sip:a@b SIP/3.0\n"),
            Some((1, "INVITE  sip:a@b SIP/3.0\r\n\r\n".to_owned()))
        );
    }
}
