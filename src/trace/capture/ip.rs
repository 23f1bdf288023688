//! IP of both versions: who sends to whom, and what is carried behind the header and those that extend it.

use core::net::IpAddr;

use etherparse::{
    IpFragOffset, IpNumber, Ipv6ExtensionSlice, Ipv6ExtensionsSlice, LaxIpSlice, LaxIpv6Slice,
};

/// What a packet of IP carries.
#[derive(Clone, Debug)]
pub(super) struct Carried<'a> {
    pub(super) from: IpAddr,
    pub(super) to: IpAddr,
    pub(super) number: IpNumber,
    pub(super) bytes: &'a [u8],
    /// How many bytes more the packet had when it was captured.
    pub(super) missing: usize,
    pub(super) piece: Option<Piece>,
}

/// Which part of a whole it is, where only a part is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) id: u32,
    pub(super) offset: IpFragOffset,
    pub(super) has_more: bool,
}

/// How long the header of IPv4 is without options.
pub(super) const HEADER: usize = 20;
/// The bits of a byte in the header of IPv4 that say that it is a piece of a whole; one before them forbids to divide it.
const PIECE: u8 = 0x3f;

/// Who sends a datagram to whom, and its bytes.
pub(super) type Datagram<'a> = (IpAddr, IpAddr, &'a [u8]);

/// Reads a datagram that stands as a whole in a packet of IPv4 without options, as nearly all do.
pub(super) fn datagram(bytes: &[u8]) -> Option<Datagram<'_>> {
    let (header, rest) = bytes.split_first_chunk::<HEADER>()?;
    let [
        0x45,
        _,
        high,
        low,
        _,
        _,
        fragment,
        0,
        _,
        17,
        _,
        _,
        addresses @ ..,
    ] = *header
    else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([high, low])).checked_sub(header.len())?;
    let payload = rest.get(..length).filter(|_| fragment & PIECE == 0)?;
    let ([from, to], _) = addresses.as_chunks::<4>() else {
        return None;
    };
    Some((IpAddr::from(*from), IpAddr::from(*to), payload))
}

/// Reads a packet of IP. Check sums are not looked at: where a card works them out, a capture has wrong ones.
pub(super) fn carried(bytes: &[u8]) -> Option<Carried<'_>> {
    let (ip, stopped) = LaxIpSlice::from_slice(bytes).ok()?;
    let payload = ip.payload().clone();
    let mut carried = Carried {
        from: ip.source_addr(),
        to: ip.destination_addr(),
        number: payload.ip_number,
        bytes: payload.payload,
        missing: 0,
        piece: None,
    };
    let length = match &ip {
        LaxIpSlice::Ipv4(ip) => {
            let header = ip.header();
            carried.piece = payload.fragmented.then(|| Piece {
                id: u32::from(header.identification()),
                offset: header.fragments_offset(),
                has_more: header.more_fragments(),
            });
            usize::from(header.total_len())
        }
        LaxIpSlice::Ipv6(ip) => {
            if payload.fragmented {
                carried.part(ip, bytes)?;
            } else if stopped.is_some() {
                return None;
            }
            40 + usize::from(ip.header().payload_length())
        }
    };
    if payload.incomplete {
        carried.missing = length.saturating_sub(bytes.len());
    }
    Some(carried)
}

/// Goes over headers that stood behind the one of a fragment.
pub(super) fn extended(number: IpNumber, bytes: &[u8]) -> (IpNumber, &[u8]) {
    let (_, number, rest, _) = Ipv6ExtensionsSlice::from_slice_lax(number, bytes);
    (number, rest)
}

impl<'a> Carried<'a> {
    /// Takes all that stands behind the header of a fragment: further headers are in the first one only.
    fn part(&mut self, ip: &LaxIpv6Slice<'a>, bytes: &'a [u8]) -> Option<()> {
        let extensions = ip.extensions();
        let end = 40 + extensions.slice().len() + self.bytes.len();
        let mut at = 40;
        for extension in extensions.clone() {
            match extension {
                Ipv6ExtensionSlice::Fragment(fragment) => {
                    at += fragment.slice().len();
                    self.number = fragment.next_header();
                    self.bytes = bytes.get(at..end)?;
                    self.piece = Some(Piece {
                        id: fragment.identification(),
                        offset: fragment.fragment_offset(),
                        has_more: fragment.more_fragments(),
                    });
                    return Some(());
                }
                Ipv6ExtensionSlice::HopByHop(header)
                | Ipv6ExtensionSlice::Routing(header)
                | Ipv6ExtensionSlice::DestinationOptions(header) => at += header.slice().len(),
                Ipv6ExtensionSlice::Authentication(header) => at += header.slice().len(),
            }
        }
        None
    }
}
