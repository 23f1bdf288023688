//! Methods: those of the registry, and whatever else a request names.

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

/// Returns where a method stands in the registry: its case counts (RFC 3261 section 7.1). Its length and its first letter
/// tell which it may be, since this is asked of every message.
fn registered(name: &[u8]) -> Option<u8> {
    let at = match (name.len(), name.first()?) {
        (3, b'A') => 0,
        (3, b'B') => 1,
        (6, b'C') => 2,
        (4, b'I') => 3,
        (6, b'I') => 4,
        (7, b'M') => 5,
        (6, b'N') => 6,
        (7, b'O') => 7,
        (5, b'P') => 8,
        (7, b'P') => 9,
        (5, b'R') => 10,
        (8, b'R') => 11,
        (9, b'S') => 12,
        (6, b'U') => 13,
        _ => return None,
    };
    (METHODS[usize::from(at)].as_bytes() == name).then_some(at)
}

impl Method {
    pub const ACK: Self = Self::Registered(0);

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
