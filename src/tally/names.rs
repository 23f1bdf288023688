//! What names an attempt: who calls whom, and its Call-ID.

use memchr::{memchr, memchr2_iter, memmem};

use crate::message::{Head, address};

/// The addresses in From and To, and Call-ID, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    all: Box<[u8]>,
    ends: [usize; 2],
}

impl Names {
    pub fn of(head: &Head<'_>) -> Self {
        let (from, to) = (address(head.from), address(head.to));
        Self {
            all: [from, to, head.call_id].concat().into(),
            ends: [from.len(), from.len() + to.len()],
        }
    }

    /// Puts them behind others, and returns how long each is.
    pub(super) fn put_into(&self, names: &mut Vec<u8>) -> [u32; 3] {
        let [from, to] = self.ends;
        let parts = [&self.all[..from], &self.all[from..to], &self.all[to..]];
        parts.map(|part| {
            names.extend_from_slice(part);
            names.push(b'\n');
            u32::try_from(part.len()).unwrap_or(0)
        })
    }
}

/// Returns the user of an address, or the address that has none.
pub(super) fn user(address: &[u8]) -> &[u8] {
    memchr(b'@', address).map_or(address, |end| &address[..end])
}

/// Returns where a text of small letters stands in another, in any case.
pub(super) fn find(text: &[u8], small: &[u8]) -> Option<usize> {
    // Hexadecimal digits are in all Call-IDs.
    let is_rare = |byte: &u8| matches!(byte, b'g'..=b'z');
    let mut letters = (0..small.len()).filter(|at| small[*at].is_ascii_lowercase());
    let rare = small.iter().position(is_rare).or_else(|| letters.next());
    let Some(rare) = rare else {
        return memmem::find(text, small);
    };
    let mut hits = memchr2_iter(small[rare], small[rare].to_ascii_uppercase(), text);
    hits.find_map(|hit| {
        let at = hit.checked_sub(rare)?;
        let part = text.get(at..at + small.len())?;
        part.eq_ignore_ascii_case(small).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_any_case_wherever_it_stands() {
        let names = b"alice@A.example\nbob@b\n3c2Ef@192.0.2.1\n";
        for (text, at) in [
            ("alice", Some(0)),
            ("a.ex", Some(6)),
            ("3c2ef", Some(22)),
            ("192.0.2.1", Some(28)),
            ("b\n3", Some(20)),
            ("carol", None),
            ("1920", None),
            ("", Some(0)),
        ] {
            assert_eq!(find(names, text.as_bytes()), at, "{text}");
        }
    }
}
