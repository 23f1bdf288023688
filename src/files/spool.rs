//! What cannot be read twice, such as a pipe, kept in a file without a name that only this process can open.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// More is not kept.
const LIMIT: u64 = 4 << 30;

/// What was read, to be read again. A clone is the same.
#[derive(Clone, Debug, Default)]
pub struct Spool(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    file: Option<File>,
    length: u64,
    /// The file could not be made or written, or is full: what is there is a beginning.
    is_full: bool,
}

/// The spool, read from its beginning on.
#[derive(Debug)]
pub struct Again {
    spool: Spool,
    at: u64,
}

impl Spool {
    /// Keeps bytes behind those before. What cannot be kept is not: it was read all the same.
    pub fn keep(&self, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_full || bytes.is_empty() {
            return;
        }
        kept.is_full = kept.length + bytes.len() as u64 > LIMIT || kept.write(bytes).is_err();
        if !kept.is_full {
            kept.length += bytes.len() as u64;
        }
    }

    /// Returns what is kept, to be read.
    pub fn read(&self) -> Again {
        Again {
            spool: self.clone(),
            at: 0,
        }
    }
}

impl Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile()?);
        }
        match &mut self.file {
            Some(file) => file.write_all(bytes),
            None => Ok(()),
        }
    }

    #[cfg(unix)]
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        use std::os::unix::fs::FileExt;
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let length = into.len().min(left);
        match &self.file {
            Some(file) => file.read_at(&mut into[..length], at),
            None => Ok(0),
        }
    }

    #[cfg(windows)]
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        use std::os::windows::fs::FileExt;
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let length = into.len().min(left);
        match &self.file {
            Some(file) => file.seek_read(&mut into[..length], at),
            None => Ok(0),
        }
    }
}

impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let kept = self.spool.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = kept.read_at(into, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_as_often_as_one_likes() {
        let spool = Spool::default();
        let mut read = String::new();
        spool.read().read_to_string(&mut read).expect("nothing");
        assert_eq!(read, "");
        spool.keep(b"one ");
        spool.keep(b"two");
        for _ in 0..2 {
            let mut read = String::new();
            spool.read().read_to_string(&mut read).expect("all of it");
            assert_eq!(read, "one two");
        }
    }
}
