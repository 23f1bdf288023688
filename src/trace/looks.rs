//! What a file is that is no trace, told by its first bytes: packed by something that is not unpacked here, or of a kind
//! that holds no text.

/// A kind of file.
#[derive(Debug, PartialEq, Eq)]
pub struct Looks {
    /// Its first bytes.
    magic: &'static [u8],
    pub name: &'static str,
    /// The command that makes a trace of it, where one is known; `{}` stands for the file.
    pub opened_by: Option<&'static str>,
}

const fn packed(magic: &'static [u8], name: &'static str, command: &'static str) -> Looks {
    Looks {
        magic,
        name,
        opened_by: Some(command),
    }
}

const fn other(magic: &'static [u8], name: &'static str) -> Looks {
    Looks {
        magic,
        name,
        opened_by: None,
    }
}

/// The first that fits counts.
const KINDS: &[Looks] = &[
    packed(b"\xfd7zXZ\0", "packed with xz", "xz -dc {}"),
    packed(b"\x28\xb5\x2f\xfd", "packed with zstd", "zstd -dc {}"),
    packed(b"BZh91AY&SY", "packed with bzip2", "bzip2 -dc {}"),
    packed(b"\x04\x22\x4d\x18", "packed with lz4", "lz4 -dc {}"),
    packed(b"LZIP", "packed with lzip", "lzip -dc {}"),
    packed(b"\x1f\x9d", "packed with compress", "gzip -dc {}"),
    packed(b"PK\x03\x04", "a zip archive", "unzip -p {}"),
    packed(b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z x -so {}"),
    packed(b"Rar!\x1a\x07", "a rar archive", "unrar p -inul {}"),
    packed(b"snoop\0\0\0", "a capture of snoop", "editcap -F pcap {} -"),
    packed(
        b"GMBU",
        "a capture of Network Monitor",
        "editcap -F pcap {} -",
    ),
    packed(
        b"LPKSHHRH",
        "a journal of systemd",
        "journalctl -o cat --file {}",
    ),
    other(b"\x7fELF", "a program or a core dump"),
    other(b"MZ", "a program"),
    other(b"%PDF-", "a PDF document"),
    other(b"RIFF", "sound or a picture"),
    other(b"OggS", "sound"),
    other(b"fLaC", "sound"),
    other(b"ID3", "sound"),
    other(b".snd", "sound"),
    other(b"#!AMR", "sound"),
    other(b"\x89PNG", "a picture"),
    other(b"\xff\xd8\xff", "a picture"),
    other(b"GIF8", "a picture"),
    other(b"SQLite format 3\0", "a database of SQLite"),
    other(b"ElfFile\0", "an event log of Windows"),
];

/// Longer than any magic number.
pub(super) const FIRST: usize = 16;

/// Returns what a file is, if its first bytes tell that it is no trace.
pub(super) fn looks(first: &[u8]) -> Option<&'static Looks> {
    // The digit is how well it is packed.
    let mut digit = [0; FIRST];
    let first = match first {
        [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] => {
            let length = rest.len().min(FIRST - 4);
            digit[..4].copy_from_slice(b"BZh9");
            digit[4..4 + length].copy_from_slice(&rest[..length]);
            &digit[..]
        }
        first => first,
    };
    KINDS.iter().find(|kind| first.starts_with(kind.magic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_trace_is_told_by_its_first_bytes() {
        for (first, name) in [
            (&b"\xfd7zXZ\0\0\x04"[..], "packed with xz"),
            (b"BZh11AY&SYxxxxxx", "packed with bzip2"),
            (b"BZh91AY&SY", "packed with bzip2"),
            (b"%PDF-1.7", "a PDF document"),
        ] {
            assert_eq!(looks(first).map(|kind| kind.name), Some(name));
        }
        for first in [
            &b"SIP/2.0 200 OK"[..],
            b"",
            b"BZh9",
            b"\xfd7z",
            b"[2026-11-28]",
        ] {
            assert_eq!(looks(first), None);
        }
        assert!(KINDS.iter().all(|kind| kind.magic.len() <= FIRST));
    }
}
