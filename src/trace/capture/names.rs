//! What DNS answers to who looks up a name of SIP: RFC 1035, with the records that RFC 3263 asks for.

use core::net::IpAddr;

use crate::message::Lookup;

/// Where answers come from.
pub(super) const PORT: u16 = 53;
/// So often a name goes on elsewhere in the message.
const JUMPS: usize = 8;
/// More records are not looked at.
const MOST: usize = 64;
const HEADER: usize = 12;
/// What stands before the data of a record, behind its name.
const RECORD: usize = 10;

/// Reads an answer to a question for one of these records; none where it is anything else.
pub(super) fn lookup(bytes: &[u8]) -> Option<Lookup> {
    let short = |at: usize| Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let flags = short(2)?;
    let (is_answer, code) = (flags & 0xf800 == 0x8000, flags & 0xf);
    if !is_answer || short(4)? != 1 {
        return None;
    }
    let (asked, mut at) = name(bytes, HEADER)?;
    let kind = kind(short(at)?)?;
    at += 4;
    let mut found = Lookup {
        host: host(&asked),
        kind,
        ..Lookup::default()
    };
    let answers = usize::from(short(6)?);
    let all = answers + usize::from(short(8)?) + usize::from(short(10)?);
    for number in 0..all.min(MOST) {
        let Some((_, next)) = name(bytes, at) else {
            break;
        };
        let Some((of, length)) = short(next).zip(short(next + 8)) else {
            break;
        };
        at = next + RECORD;
        let Some(data) = bytes.get(at..at + usize::from(length)) else {
            break;
        };
        let address = match of {
            1 => data.first_chunk::<4>().map(|own| IpAddr::from(*own)),
            28 => data.first_chunk::<16>().map(|own| IpAddr::from(*own)),
            _ => None,
        };
        let target = match of {
            5 => name(bytes, at),
            33 => name(bytes, at + 6),
            35 => replacement(bytes, at),
            _ => None,
        };
        found.addresses.extend(address);
        let target = target.filter(|_| number < answers);
        found.targets.extend(target.map(|(name, _)| host(&name)));
        at += data.len();
    }
    found.failure = match code {
        0 if answers == 0 => Some("no such record"),
        0 => None,
        2 => Some("SERVFAIL"),
        3 => Some("NXDOMAIN"),
        5 => Some("REFUSED"),
        _ => Some("an error"),
    };
    Some(found)
}

fn kind(number: u16) -> Option<&'static str> {
    match number {
        1 => Some("A"),
        28 => Some("AAAA"),
        33 => Some("SRV"),
        35 => Some("NAPTR"),
        _ => None,
    }
}

/// Returns the name that a NAPTR record leads on to, which stands behind three texts.
fn replacement(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let mut at = at + 4;
    for _ in 0..3 {
        at += 1 + usize::from(*bytes.get(at)?);
    }
    name(bytes, at)
}

/// Returns a name without what stands before it for a service and its transport.
fn host(name: &str) -> String {
    let labels = name.split('.').skip_while(|label| label.starts_with('_'));
    labels.collect::<Vec<_>>().join(".")
}

/// Reads a name in small letters; returns where what follows it stands.
fn name(bytes: &[u8], mut at: usize) -> Option<(String, usize)> {
    let mut labels = Vec::new();
    let mut behind = None;
    let mut jumps = 0;
    loop {
        match *bytes.get(at)? {
            0 => break,
            high @ 0xc0.. => {
                behind.get_or_insert(at + 2);
                at = usize::from(u16::from_be_bytes([high & 0x3f, *bytes.get(at + 1)?]));
                jumps += 1;
                if jumps > JUMPS {
                    return None;
                }
            }
            length @ 1..64 => {
                let label = bytes.get(at + 1..at + 1 + usize::from(length))?;
                labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
                at += 1 + usize::from(length);
            }
            _ => return None,
        }
    }
    Some((labels.join("."), behind.unwrap_or(at + 1)))
}
