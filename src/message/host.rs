//! Hosts: a name, an address that only its own network reaches, or one that all reach.

use core::net::{IpAddr, Ipv4Addr};

/// What a host is, as far as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Name,
    /// Of RFC 1918 or RFC 6598, link-local, or a unique local address of IPv6.
    Private,
    Public,
}

/// What the tokens of addresses begin and end with where they are hidden: they stay what they were.
pub(super) const HIDDEN: [(&str, Host); 2] =
    [("private-", Host::Private), ("public-", Host::Public)];
pub(super) const NO_DOMAIN: &str = ".invalid";

impl Host {
    /// Takes a host without its port; an address of IPv6 in brackets or without.
    pub fn of(text: &[u8]) -> Self {
        let text = str::from_utf8(text).unwrap_or_default().trim();
        let text = text.strip_prefix('[').unwrap_or(text);
        let text = text.strip_suffix(']').unwrap_or(text);
        if let Ok(address) = text.parse::<IpAddr>() {
            return Self::of_address(address);
        }
        let mut hidden = HIDDEN.iter();
        let known =
            hidden.find(|(begins, _)| text.starts_with(begins) && text.ends_with(NO_DOMAIN));
        known.map_or(Self::Name, |(_, host)| *host)
    }

    fn of_address(address: IpAddr) -> Self {
        let is_shared = |address: Ipv4Addr| {
            let [first, second, ..] = address.octets();
            first == 100 && (64..128).contains(&second)
        };
        let is_private = match address {
            IpAddr::V4(address) => {
                address.is_private() || address.is_link_local() || is_shared(address)
            }
            IpAddr::V6(address) => {
                let first = address.segments()[0];
                first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80
            }
        };
        if is_private {
            Self::Private
        } else {
            Self::Public
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_of_a_kind() {
        for (host, is) in [
            ("10.1.2.3", Host::Private),
            ("172.31.0.1", Host::Private),
            ("172.32.0.1", Host::Public),
            ("100.64.0.1", Host::Private),
            ("100.128.0.1", Host::Public),
            ("169.254.9.9", Host::Private),
            ("203.0.113.4", Host::Public),
            ("[fd12::1]", Host::Private),
            ("fe80::1", Host::Private),
            ("2001:db8::1", Host::Public),
            ("pbx.example.com", Host::Name),
            ("10.1.2", Host::Name),
            ("private-3.invalid", Host::Private),
            ("public-1.invalid", Host::Public),
            ("private-3.example.com", Host::Name),
        ] {
            assert_eq!(Host::of(host.as_bytes()), is, "{host}");
        }
    }
}
