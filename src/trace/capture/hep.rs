//! What an agent sends of the messages that it sees: each in a packet of HEP 3, with what is known of it.

use core::net::{IpAddr, SocketAddr};

use crate::trace::found::Origin;

/// So begins each.
const HEP: &[u8] = b"HEP3";
/// What is carried is SIP.
const SIP: u8 = 1;

pub(super) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [b'H', b'E', b'P', b'3', ..])
}

/// Returns the message that an agent passed on, and between whom and when it was.
pub(super) fn passed_on(bytes: &[u8]) -> Option<(&[u8], Origin)> {
    let length = bytes.strip_prefix(HEP)?.first_chunk()?;
    let mut rest = bytes.get(6..usize::from(u16::from_be_bytes(*length)))?;
    let mut origin = Origin::default();
    let mut message = None;
    let (mut ips, mut ports, mut time) = ([None; 2], [0; 2], [0; 2]);
    while let Some(([0, 0, 0, kind, high, low], _)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let value = rest.get(6..length)?;
        rest = &rest[length..];
        match (kind, value) {
            (3 | 5, ip) => ips[0] = address(ip),
            (4 | 6, ip) => ips[1] = address(ip),
            (7 | 8, [high, low]) => {
                ports[usize::from(kind - 7)] = u16::from_be_bytes([*high, *low]);
            }
            (9 | 10, [a, b, c, d]) => {
                time[usize::from(kind - 9)] = u64::from(u32::from_be_bytes([*a, *b, *c, *d]));
            }
            (11, [kind]) if *kind != SIP => return None,
            (15, bytes) => message = Some(bytes),
            _ => {}
        }
    }
    let side = |at: usize| Some(SocketAddr::new(ips[at]?, ports[at]));
    (origin.from, origin.to) = (side(0), side(1));
    origin.time = (time[0] > 0).then(|| time[0] * 1_000_000_000 + time[1] * 1_000);
    Some((message?, origin))
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(ip) = <[u8; 4]>::try_from(bytes) {
        return Some(ip.into());
    }
    let ip = <[u8; 16]>::try_from(bytes).ok()?;
    Some(ip.into())
}
