//! A SIP message in bytes that stand as they were sent: where it begins, and where its header fields say that it ends.

use memchr::{memchr, memchr_iter};

use crate::message::Head;
use crate::trace::needle::{BEFORE, NEEDLE, VERSION, candidate};
use crate::trace::read::{BODY, CORE};

/// No datagram is longer, and so no start line in one.
const DATAGRAM: usize = 64 * 1024;

/// Returns where the first line ends, if it is a start line: it may be cut behind its version.
pub(super) fn start_line(bytes: &[u8]) -> Option<usize> {
    // Nearly all that is carried is something else, which its first byte tells.
    bytes.first().filter(|byte| byte.is_ascii_alphanumeric())?;
    let near = &bytes[..bytes.len().min(DATAGRAM)];
    let line = memchr(b'\n', near).map_or(near, |end| &near[..=end]);
    let mut at = 0;
    while let Some(hit) = VERSION.find(line.get(at..).unwrap_or_default()) {
        if candidate(bytes, at + hit, 0).is_some_and(|found| found.start == 0) {
            return Some(line.len());
        }
        at += hit + NEEDLE.len();
    }
    None
}

/// Returns where the next start line may begin, behind the first byte.
pub(super) fn next_start(bytes: &[u8]) -> Option<usize> {
    VERSION.find_iter(bytes).find_map(|hit| {
        let found = candidate(bytes, hit, hit.saturating_sub(BEFORE))?;
        (found.start > 0).then_some(found.start)
    })
}

/// Returns whether a datagram may hold a message, which its first byte tells: nearly all that is carried is something else.
#[inline]
pub(super) fn may_begin(bytes: &[u8]) -> bool {
    matches!(without_ends(bytes), [first, ..] if first.is_ascii_alphanumeric())
}

/// Returns the message in a datagram: line ends that keep a way open may stand before it. What its header fields say is put
/// into `said`.
pub(super) fn datagram<'a>(bytes: &'a [u8], said: &mut Head<'a>) -> Option<&'a [u8]> {
    let bytes = without_ends(bytes);
    start_line(bytes)?;
    said.fill(bytes);
    (said.named() >= CORE).then_some(bytes)
}

/// Returns what stands behind the line ends at the beginning.
#[inline]
pub(super) fn without_ends(mut bytes: &[u8]) -> &[u8] {
    while let [b'\r' | b'\n', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// Returns the length of a message whose header fields are there as a whole; none if it is no message. One that says
/// nothing of its body has none, in a stream.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let head = Head::of(bytes);
    let body = head.length.map_or(0, |length| {
        usize::try_from(length).unwrap_or(BODY).min(BODY)
    });
    (head.named() >= CORE).then(|| bytes.len() + body)
}

/// Returns where the header fields end behind the empty line, if it is there; it is looked for behind `from`.
pub(super) fn head_end(bytes: &[u8], from: usize) -> Option<usize> {
    // The line end before the empty line may be among what was looked at already.
    let from = from.saturating_sub(3);
    memchr_iter(b'\n', &bytes[from..]).find_map(|at| match &bytes[from + at + 1..] {
        [b'\n', ..] => Some(from + at + 2),
        [b'\r', b'\n', ..] => Some(from + at + 3),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: &[u8] = b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c\r\nTo: <sip:a@b>\r\n";

    fn taken(bytes: &[u8]) -> Option<&[u8]> {
        datagram(bytes, &mut Head::default())
    }

    #[test]
    fn a_datagram_holds_a_message_from_its_first_byte_on_or_none() {
        assert_eq!(taken(OPTIONS), Some(OPTIONS));
        let kept_alive = [b"\r\n\r\n", OPTIONS].concat();
        assert_eq!(taken(&kept_alive), Some(OPTIONS));
        let folded = b"SIP/2.0 200 OK\nv: SIP/2.0/UDP a,\n b\nt: c\n";
        assert_eq!(taken(folded), Some(&folded[..]));
        for other in [
            &b"\r\n\r\n"[..],
            b"\0",
            b"",
            b"\x80\x08\x00\x01SIP/2.0 200 OK\r\nVia: a\r\nTo: b\r\n",
            b"<134>Nov 28 pbx: OPTIONS sip:a@b SIP/2.0\r\nVia: a\r\nTo: b\r\n",
            b"HTTP/1.1 200 OK\r\nVia: a\r\nTo: b\r\n",
            b"SIP/2.0 200 OK\r\nVia: a\r\nAllow: b\r\n\r\nTo: c\r\n",
            b"SIP/2.0 200 OK",
        ] {
            let shown = String::from_utf8_lossy(other);
            assert_eq!(taken(other), None, "{shown}");
        }
    }

    #[test]
    fn a_message_in_a_stream_ends_where_it_says() {
        for (text, end) in [
            (
                "SIP/2.0 200 OK\r\nVia: a\r\nTo: b\r\nl: 12\r\n\r\n",
                Some(12),
            ),
            ("SIP/2.0 200 OK\nVia: a\nTo: b\n\n", Some(0)),
            ("SIP/2.0 200 OK\nVia: a\nContent-Length:\n 7\n\n", None),
            (
                "SIP/2.0 200 OK\nVia: a\nCall-ID: 1\nContent-Length:\n 7\n\n",
                Some(7),
            ),
        ] {
            let bytes = text.as_bytes();
            assert!(start_line(bytes).is_some());
            for from in [0, bytes.len() - 1] {
                let more = [bytes, b"more"].concat();
                assert_eq!(head_end(&more, from), Some(bytes.len()));
            }
            assert_eq!(length(bytes), end.map(|end| bytes.len() + end));
        }
    }
}
