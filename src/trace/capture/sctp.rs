//! What a packet of SCTP carries: a message that stands in one chunk (RFC 4168).

/// Ports and check sum.
const HEAD: usize = 12;
/// The number of a chunk of data, where its bytes begin, and the flags of one that is neither continued nor a continuation.
const DATA: u8 = 0;
const BYTES: usize = 16;
const WHOLE: u8 = 3;

/// Returns what stands in one chunk, with the ports between which it is.
pub(super) fn wholes(packet: &[u8]) -> impl Iterator<Item = (&[u8], u16, u16)> {
    let ports = packet.first_chunk::<4>().copied().unwrap_or_default();
    let [from, to] = [[ports[0], ports[1]], [ports[2], ports[3]]].map(u16::from_be_bytes);
    let mut rest = packet.get(HEAD..).unwrap_or_default();
    let chunks = std::iter::from_fn(move || {
        let ([_, _, high, low], _) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes([*high, *low])).max(4);
        let chunk = &rest[..length.min(rest.len())];
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some(chunk)
    });
    let data = chunks.filter(|chunk| chunk[0] == DATA && chunk[1] & WHOLE == WHOLE);
    data.filter_map(move |chunk| Some((chunk.get(BYTES..)?, from, to)))
}
