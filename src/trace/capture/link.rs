//! From the link of a capture down to the first byte of IP: Ethernet with any number of tags, the cooked links of Linux,
//! loopback, and nothing at all.

/// Finds IP in a packet; none where something else is in it.
pub(super) type Link = fn(&[u8]) -> Option<&[u8]>;

const IPV4: u16 = 0x0800;
const IPV6: u16 = 0x86dd;

/// Returns how a link is read, by its number among the link types of libpcap; none if it is not.
pub(super) fn link(number: u16) -> Option<Link> {
    Some(match number {
        1 => ethernet,
        113 => |bytes| typed(bytes, 14, 16),
        276 => |bytes| typed(bytes, 0, 20),
        12 | 14 | 101 | 228 | 229 => |bytes| Some(bytes),
        // The family is in the order of the machine that wrote it; what follows says the same.
        0 | 108 => |bytes| bytes.get(4..),
        _ => return None,
    })
}

pub(super) fn ethernet(bytes: &[u8]) -> Option<&[u8]> {
    typed(bytes, 12, 14)
}

/// Takes what stands behind a type and behind the tags that may follow it.
fn typed(bytes: &[u8], kind: usize, mut head: usize) -> Option<&[u8]> {
    let number = |at: usize| {
        let bytes = bytes.get(at..)?.first_chunk()?;
        Some(u16::from_be_bytes(*bytes))
    };
    let mut kind = number(kind)?;
    // One tag, two of them, and what stood for it before it had a number.
    while let 0x8100 | 0x88a8 | 0x9100 | 0x9200 = kind {
        kind = number(head + 2)?;
        head += 4;
    }
    match kind {
        IPV4 | IPV6 => bytes.get(head..),
        _ => None,
    }
}

/// Takes what a tunnel of GRE carries: IP, a whole frame of Ethernet, or one that a switch mirrors (ERSPAN).
pub(super) fn gre(bytes: &[u8]) -> Option<&[u8]> {
    let (head, _) = bytes.split_first_chunk::<4>()?;
    let has = |bit: u8| head[0] & bit != 0;
    let length = 4 + [0x80, 0x20, 0x10].iter().filter(|bit| has(**bit)).count() * 4;
    // Routes in it were given up before 2000, and its first version carries PPP.
    if has(0x40) || head[1] & 7 != 0 {
        return None;
    }
    let inner = bytes.get(length..)?;
    match u16::from_be_bytes([head[2], head[3]]) {
        IPV4 | IPV6 => Some(inner),
        0x88be if has(0x10) => ethernet(inner.get(8..)?),
        0x6558 | 0x88be => ethernet(inner),
        0x22eb => {
            let more = inner.get(11)? & 1;
            ethernet(inner.get(12 + 8 * usize::from(more)..)?)
        }
        _ => None,
    }
}

/// Takes what a tunnel over UDP carries to a port: a frame of Ethernet behind VXLAN or Geneve.
pub(super) fn over_udp(port: u16, bytes: &[u8]) -> Option<&[u8]> {
    let (head, _) = bytes.split_first_chunk::<8>()?;
    match (port, head) {
        (4789 | 8472, [8, 0, 0, 0, _, _, _, 0]) => ethernet(bytes.get(8..)?),
        // Its options are so many words long.
        (6081, [words @ 0..0x40, _, 0x65, 0x58, ..]) => {
            ethernet(bytes.get(8 + 4 * usize::from(*words)..)?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        let value = |digit: &u8| match digit {
            b'0'..=b'9' => digit - b'0',
            digit => digit - b'a' + 10,
        };
        let (pairs, _) = digits.as_chunks::<2>();
        pairs
            .iter()
            .map(|[high, low]| value(high) * 16 + value(low))
            .collect()
    }

    #[test]
    fn ip_is_found_behind_each_link() {
        let macs = "112233445566 665544332211";
        for (number, head) in [
            (1, format!("{macs} 0800")),
            (1, format!("{macs} 8100 0001 0800")),
            (1, format!("{macs} 88a8 0001 8100 0002 9100 0003 86dd")),
            (113, "0000 0001 0006 112233445566 0000 0800".to_owned()),
            (
                113,
                "0000 0001 0006 112233445566 0000 8100 0001 0800".to_owned(),
            ),
            (
                276,
                "86dd 0000 00000001 0001 00 06 1122334455660000".to_owned(),
            ),
            (101, String::new()),
            (228, String::new()),
            (0, "02000000".to_owned()),
            (108, "00000002".to_owned()),
        ] {
            let packet = [hex(&head), b"IP".to_vec()].concat();
            let link = link(number).expect("a link");
            assert_eq!(link(&packet), Some(&b"IP"[..]), "{number} {head}");
            for length in 0..hex(&head).len() {
                assert_eq!(
                    link(&packet[..length]).filter(|ip| ip.ends_with(b"IP")),
                    None
                );
            }
        }
        assert_eq!(ethernet(&hex(&format!("{macs} 0806 0001"))), None);
        assert!(link(147).is_none());
    }

    #[test]
    fn ip_is_found_in_tunnels() {
        let frame = "112233445566 665544332211 0800";
        for head in [
            "0000 0800".to_owned(),
            "b000 86dd 00000000 00000001 00000002".to_owned(),
            format!("2000 6558 00000001 {frame}"),
            format!("0000 88be {frame}"),
            format!("1000 88be 00000001 1001000100000000 {frame}"),
            format!("1000 22eb 00000001 200100010000000000000000 {frame}"),
            format!("1000 22eb 00000001 200100010000000000000001 1000000000000000 {frame}"),
        ] {
            let packet = [hex(&head), b"IP".to_vec()].concat();
            assert_eq!(gre(&packet), Some(&b"IP"[..]), "{head}");
        }
        assert_eq!(gre(&hex("3081 880b 0000 0001 00000001 ff03")), None);
    }
}
