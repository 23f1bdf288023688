//! Packets and captures, built byte by byte.

/// A link with its number, and what it puts before IP of each version.
pub(crate) type Link = (u32, fn(bool) -> Vec<u8>);

pub(crate) const ETHERNET: Link = (1, |v6| [&[2; 12], &kind(v6)[..]].concat());

pub(crate) const LINKS: [Link; 9] = [
    ETHERNET,
    (1, |v6| [&[2; 12], &[0x81, 0, 0, 7][..], &kind(v6)].concat()),
    (1, |v6| {
        let tags = [0x88, 0xa8, 0, 7, 0x81, 0, 0, 8, 0x91, 0, 0, 9];
        [&[2; 12], &tags[..], &kind(v6)].concat()
    }),
    (113, |v6| [&[0; 14], &kind(v6)[..]].concat()),
    (276, |v6| [&kind(v6), &[0; 18][..]].concat()),
    (101, |_| Vec::new()),
    (0, |v6| vec![if v6 { 24 } else { 2 }, 0, 0, 0]),
    (0, |v6| vec![0, 0, 0, if v6 { 30 } else { 2 }]),
    (108, |v6| vec![0, 0, 0, if v6 { 24 } else { 2 }]),
];

fn kind(v6: bool) -> [u8; 2] {
    if v6 { [0x86, 0xdd] } else { [8, 0] }
}

/// A stream, or a datagram, goes from one side to the other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Caller,
    Callee,
}

impl Side {
    fn ports(self) -> [u8; 4] {
        let (from, to) = self.pair(40_000_u16, 5080_u16);
        let ([a, b], [c, d]) = (from.to_be_bytes(), to.to_be_bytes());
        [a, b, c, d]
    }

    fn pair<T>(self, caller: T, other: T) -> (T, T) {
        match self {
            Self::Caller => (caller, other),
            Self::Callee => (other, caller),
        }
    }
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).expect("short").to_be_bytes()
}

pub(crate) fn udp(side: Side, payload: &[u8]) -> Vec<u8> {
    let length = short(8 + payload.len());
    [&side.ports()[..], &length, &[0, 0], payload].concat()
}

pub(crate) fn tcp(side: Side, number: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let number = number.to_be_bytes();
    let rest = [0, 0, 0, 0, 0x50, flags, 16, 0, 0, 0, 0, 0];
    [&side.ports()[..], &number, &rest, payload].concat()
}

/// A packet of IPv4: `piece` is the field of flags and offset.
pub(crate) fn ipv4(side: Side, protocol: u8, id: u16, piece: u16, payload: &[u8]) -> Vec<u8> {
    let length = short(20 + payload.len());
    let ([a, b], [c, d]) = (id.to_be_bytes(), piece.to_be_bytes());
    let (from, to) = side.pair([192, 0, 2, 1], [192, 0, 2, 2]);
    let head = [
        0x45, 0, length[0], length[1], a, b, c, d, 64, protocol, 0, 0,
    ];
    [&head[..], &from, &to, payload].concat()
}

pub(crate) fn ipv6(side: Side, next: u8, payload: &[u8]) -> Vec<u8> {
    let length = short(payload.len());
    let mut one = [0; 16];
    one[..4].copy_from_slice(&[0x20, 1, 0xd, 0xb8]);
    let mut other = one;
    (one[15], other[15]) = (1, 2);
    let (from, to) = side.pair(one, other);
    let head = [0x60, 0, 0, 0, length[0], length[1], next, 64];
    [&head[..], &from, &to, payload].concat()
}

/// The header of a fragment of IPv6.
pub(crate) fn piece(next: u8, id: u8, offset: usize, has_more: bool) -> [u8; 8] {
    let [high, low] = short(offset | usize::from(has_more));
    [next, 0, high, low, 0, 0, 0, id]
}

/// A frame of WebSocket, masked as by a client or not.
pub(crate) fn frame(first: u8, mask: Option<[u8; 4]>, payload: &[u8]) -> Vec<u8> {
    let length = payload.len();
    let bit = if mask.is_some() { 0x80 } else { 0 };
    let mut frame = match u8::try_from(length) {
        Ok(length @ 0..126) => vec![first, bit | length],
        _ if length < 1000 => [&[first, bit | 0x7e], &short(length)[..]].concat(),
        // Longer than need be, and allowed by none; read all the same.
        _ => [&[first, bit | 0x7f], &(length as u64).to_be_bytes()[..]].concat(),
    };
    frame.extend(
        mask.unwrap_or_default()
            .iter()
            .take(if bit == 0 { 0 } else { 4 }),
    );
    let mask = mask.unwrap_or_default().into_iter().cycle();
    frame.extend(payload.iter().zip(mask).map(|(byte, mask)| byte ^ mask));
    frame
}

/// How a file of pcap is written.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) is_big: bool,
    pub(crate) magic: u32,
}

pub(crate) const PLAIN: Form = Form {
    is_big: false,
    magic: 0xa1b2_c3d4,
};

impl Form {
    fn long(self, number: u32) -> [u8; 4] {
        if self.is_big {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    }

    fn longs(self, numbers: &[u32]) -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| self.long(*number))
            .collect()
    }

    /// A capture of packets, one a second.
    pub(crate) fn pcap(self, link: u32, packets: &[Vec<u8>]) -> Vec<u8> {
        let version = if self.is_big {
            0x0002_0004
        } else {
            0x0004_0002
        };
        let mut file = self.longs(&[self.magic, version, 0, 0, 65_535, link]);
        for (at, packet) in (0_u32..).zip(packets) {
            let length = u32::try_from(packet.len()).expect("short");
            file.extend(self.longs(&[1_700_000_000 + at, 123_456, length, length]));
            if self.magic == 0xa1b2_cd34 {
                file.extend([0; 8]);
            }
            file.extend(packet);
        }
        file
    }

    pub(crate) fn block(self, kind: u32, content: &[u8]) -> Vec<u8> {
        let mut content = content.to_vec();
        content.resize(content.len().next_multiple_of(4), 0);
        let length = self.long(u32::try_from(content.len() + 12).expect("short"));
        [&self.long(kind)[..], &length, &content, &length].concat()
    }

    pub(crate) fn section(self) -> Vec<u8> {
        let version = if self.is_big { 0x0001_0000 } else { 1 };
        self.block(
            0x0a0d_0d0a,
            &self.longs(&[0x1a2b_3c4d, version, u32::MAX, u32::MAX]),
        )
    }

    /// An interface whose ticks are so short: a power of ten.
    pub(crate) fn interface(self, link: u32, power: u8) -> Vec<u8> {
        let link = if self.is_big { link << 16 } else { link };
        let option = if self.is_big {
            0x0009_0001
        } else {
            0x0001_0009
        };
        let head = self.longs(&[link, 0, option]);
        self.block(1, &[&head[..], &[power, 0, 0, 0, 0, 0, 0, 0]].concat())
    }

    pub(crate) fn packet(self, interface: u32, ticks: u64, packet: &[u8]) -> Vec<u8> {
        let length = u32::try_from(packet.len()).expect("short");
        let [high, low] = [ticks >> 32, ticks & 0xffff_ffff];
        let [high, low] = [high, low].map(|half| u32::try_from(half).expect("a half"));
        let head = self.longs(&[interface, high, low, length, length]);
        self.block(6, &[&head[..], packet].concat())
    }
}
