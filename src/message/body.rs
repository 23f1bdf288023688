//! The session description in a body, or in one of the parts that a body has (RFC 2046 section 5.1).

use super::field::fields;
use super::value::parameter;

/// Parts of parts are looked at as deep as this.
const DEEPEST: usize = 4;

/// Returns the session description in a body of a type.
pub(super) fn session<'a>(kind: &[u8], body: &'a [u8]) -> Option<&'a [u8]> {
    within(kind, body, DEEPEST)
}

fn within<'a>(kind: &[u8], body: &'a [u8], deep: usize) -> Option<&'a [u8]> {
    let is = |own: &[u8]| {
        let begin = kind.get(..own.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(own))
    };
    if is(b"application/sdp") {
        return Some(body);
    }
    let boundary = parameter(kind, b';', "boundary").filter(|_| is(b"multipart/") && deep > 0)?;
    let (mut at, mut begin) = (0, None);
    let found = |part: &'a [u8]| {
        let (head, body) = divided(part);
        let kind = fields(head).find(|field| field.is("Content-Type"))?;
        within(kind.value, body, deep - 1)
    };
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let rest = line.strip_prefix(b"--");
        let rest = rest.and_then(|rest| rest.strip_prefix(boundary));
        let rest = rest.map(<[u8]>::trim_ascii);
        if rest.is_some_and(|rest| rest.is_empty() || rest == b"--") {
            // What stands before the first of them is of no part.
            if let Some(session) = begin.and_then(|begin| found(&body[begin..at])) {
                return Some(session);
            }
            begin = Some(at + line.len()).filter(|_| rest == Some(b""));
        }
        at += line.len();
    }
    // The end may be missing in a trace.
    found(&body[begin?..])
}

/// Returns the header fields of a part, and what follows the empty line.
fn divided(part: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    part.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_description_is_found_among_parts() {
        let body = b"before\r\n--a b\r\nContent-Type: text/plain\r\n\r\nm=x\r\n--a b  \r\nc: Application/SDP\r\n\r\nv=0\r\ns=-\r\n\r\n--a b--\r\nv=1";
        let kind = b"multipart/mixed;boundary=\"a b\"";
        let found = session(kind, body).expect("a description");
        assert_eq!(found.trim_ascii(), b"v=0\r\ns=-");
        let cut = &body[..body.len() - 20];
        assert!(session(kind, cut).is_some_and(|found| found.starts_with(b"v=0")));
        let nested = [
            b"--o\r\nContent-Type: multipart/alternative; boundary=\"a b\"\r\n\r\n",
            &body[..],
        ]
        .concat();
        assert_eq!(
            session(b"multipart/related;boundary=o", &nested),
            Some(found)
        );
        for (kind, body) in [
            (
                "multipart/mixed",
                "--\r\nContent-Type: application/sdp\r\n\r\nv=0",
            ),
            (
                "multipart/mixed;boundary=x",
                "--y\r\nContent-Type: application/sdp\r\n\r\nv=0",
            ),
            (
                "multipart/mixed;boundary=x",
                "--x--\r\nContent-Type: application/sdp\r\n\r\nv=0",
            ),
            (
                "multipart/mixed;boundary=x",
                "--x\r\n\r\nContent-Type: application/sdp\r\n\r\nv=0",
            ),
            ("text/plain", "v=0"),
        ] {
            assert_eq!(session(kind.as_bytes(), body.as_bytes()), None, "{body}");
        }
    }
}
