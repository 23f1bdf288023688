//! What cannot be read twice, such as a pipe, kept in a file without a name that only this process can open.

use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// More is not kept.
const LIMIT: u64 = 4 << 30;

/// What was read, to be read again. A clone is the same.
#[derive(Clone, Debug)]
pub struct Spool(Arc<Mutex<Kept>>);

#[derive(Debug)]
struct Kept {
    folder: PathBuf,
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
    /// Keeps nothing yet; the file will be in a folder for such files.
    pub fn new(folder: PathBuf) -> Self {
        Self(Arc::new(Mutex::new(Kept {
            folder,
            file: None,
            length: 0,
            is_full: false,
        })))
    }

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
            self.file = Some(nameless(&self.folder)?);
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

impl Seek for Again {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let kept = self.spool.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(more) => self.at.checked_add_signed(more),
            SeekFrom::End(more) => kept.length.checked_add_signed(more),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Opens a file for nobody else, which is gone with it.
fn nameless(folder: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true);
    for_nobody_else(&mut options);
    without_name(&options, folder).or_else(|_| named(options.create_new(true), folder))
}

/// Opens a file that never has a name, where there are such.
#[cfg(target_os = "linux")]
fn without_name(options: &OpenOptions, folder: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    // With EXCL it can have none later either.
    let flags = (OFlags::TMPFILE | OFlags::EXCL).bits();
    options
        .clone()
        .custom_flags(flags.cast_signed())
        .open(folder)
}

#[cfg(not(target_os = "linux"))]
fn without_name(_: &OpenOptions, _: &Path) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Opens a file under a name that nobody guesses, and takes the name away.
fn named(options: &OpenOptions, folder: &Path) -> io::Result<File> {
    let name = RandomState::new().hash_one(folder);
    let path = folder.join(format!(".sipdex-{name:016x}"));
    let file = options.open(&path)?;
    // Windows does so when it is closed.
    #[cfg(unix)]
    std::fs::remove_file(&path)?;
    Ok(file)
}

#[cfg(unix)]
fn for_nobody_else(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(windows)]
fn for_nobody_else(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt;
    const TEMPORARY: u32 = 0x100;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    // FILE_ATTRIBUTE_TEMPORARY and FILE_FLAG_DELETE_ON_CLOSE.
    options
        .share_mode(0)
        .custom_flags(TEMPORARY | DELETE_ON_CLOSE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_as_often_as_one_likes() {
        let spool = Spool::new(std::env::temp_dir());
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

    #[cfg(unix)]
    #[test]
    fn it_has_no_name_and_is_for_nobody_else_in_either_way() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().expect("a folder");
        let mut options = File::options();
        options.read(true).write(true);
        for_nobody_else(&mut options);
        let files = [
            nameless(folder.path()),
            named(options.create_new(true), folder.path()),
        ];
        for file in files {
            let metadata = file.expect("a file").metadata().expect("of a file");
            assert_eq!((metadata.nlink(), metadata.mode() & 0o777), (0, 0o600));
        }
        let left = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 0);
    }
}
