//! Methods: those of the registry, and whatever else a request names.

#![expect(clippy::inline_always, reason = "it is asked of every message")]

use std::cmp::Ordering;

/// A method as it is counted: cheap to compare where the registry has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Where it stands in the registry.
    Registered(u8),
    /// Written otherwise, or not at all.
    Other(Box<[u8]>),
}

/// The methods of IANA's registry, by name.
pub const METHODS: [&str; 14] = [
    "ACK",
    "BYE",
    "CANCEL",
    "INFO",
    "INVITE",
    "MESSAGE",
    "NOTIFY",
    "OPTIONS",
    "PRACK",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
    "UPDATE",
];

/// Returns where a method stands in the registry: its case counts (RFC 3261 section 7.1). Each is compared as a number,
/// since this is asked of every message.
fn registered(name: &[u8]) -> Option<u8> {
    Some(match name {
        b"ACK" => 0,
        b"BYE" => 1,
        b"CANCEL" => 2,
        b"INFO" => 3,
        b"INVITE" => 4,
        b"MESSAGE" => 5,
        b"NOTIFY" => 6,
        b"OPTIONS" => 7,
        b"PRACK" => 8,
        b"PUBLISH" => 9,
        b"REFER" => 10,
        b"REGISTER" => 11,
        b"SUBSCRIBE" => 12,
        b"UPDATE" => 13,
        _ => return None,
    })
}

impl Method {
    pub const ACK: Self = Self::Registered(0);

    #[inline(always)]
    pub fn is_ack(&self) -> bool {
        matches!(self, Self::Registered(0))
    }

    #[inline(always)]
    pub fn is_invite(&self) -> bool {
        matches!(self, Self::Registered(4))
    }

    /// Clones it, without a call where the registry has it.
    #[inline(always)]
    #[must_use]
    pub fn copy(&self) -> Self {
        match self {
            Self::Registered(at) => Self::Registered(*at),
            other @ Self::Other(_) => other.clone(),
        }
    }

    pub fn of(name: &[u8]) -> Self {
        registered(name).map_or_else(|| Self::Other(name.into()), Self::Registered)
    }

    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Registered(at) => METHODS
                .get(usize::from(*at))
                .map_or(b"", |name| name.as_bytes()),
            Self::Other(name) => name,
        }
    }

    /// Returns whether the registry has a method of a name.
    pub fn is_registered(name: &[u8]) -> bool {
        registered(name).is_some()
    }

    /// Returns whether no message says it.
    pub fn is_unknown(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl Default for Method {
    /// One that is not said.
    fn default() -> Self {
        Self::Other(Box::default())
    }
}

/// By name.
impl Ord for Method {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Registered(one), Self::Registered(other)) => one.cmp(other),
            _ => self.as_bytes().cmp(other.as_bytes()),
        }
    }
}

impl PartialOrd for Method {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_stand_in_the_order_of_their_names() {
        for (at, name) in METHODS.iter().enumerate() {
            let at = u8::try_from(at).expect("few methods");
            assert_eq!(Method::of(name.as_bytes()), Method::Registered(at));
        }
        let names = [&METHODS[..], &["JUMP", "", "invite"]].concat();
        let mut methods: Vec<Method> = names
            .iter()
            .map(|name| Method::of(name.as_bytes()))
            .collect();
        methods.sort();
        assert!(methods.is_sorted_by_key(|method| method.as_bytes().to_vec()));
        assert!(methods[0].is_unknown() && Method::ACK == Method::of(b"ACK"));
    }
}
