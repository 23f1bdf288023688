//! A file that others go on writing: the system says when there is more, and nothing is asked of it until then.

use std::fs::{self, File};
use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
use rustix::io::Errno;

/// A file of which what is there was read, or not yet.
#[derive(Debug)]
pub struct Following {
    path: PathBuf,
    file: File,
    told: OwnedFd,
    read: u64,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It goes on.
    On,
    /// It was cut, and begins anew.
    Cut,
    /// Another file has its name, which begins.
    Another,
}

impl Following {
    /// Follows a file of which so many bytes were read.
    pub fn from(path: &Path, read: u64) -> io::Result<Self> {
        use std::io::{Seek, SeekFrom};
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(read))?;
        let told = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        let following = Self {
            path: path.to_owned(),
            file,
            told,
            read,
        };
        following.watch()?;
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let begun = WatchFlags::CREATE | WatchFlags::MOVED_TO;
        inotify::add_watch(&following.told, folder.unwrap_or(Path::new(".")), begun)?;
        Ok(following)
    }

    fn watch(&self) -> io::Result<()> {
        let goes_on = WatchFlags::MODIFY | WatchFlags::MOVE_SELF | WatchFlags::DELETE_SELF;
        inotify::add_watch(&self.told, &self.path, goes_on)?;
        Ok(())
    }

    /// Returns what can be read when something became of it.
    pub fn told(&self) -> BorrowedFd<'_> {
        self.told.as_fd()
    }

    /// Looks what became of it, and goes to where one reads on: of a file that has another's name only once all of the
    /// other was read.
    pub fn turn(&mut self) -> io::Result<Turn> {
        self.forget()?;
        let own = self.file.metadata()?;
        if own.len() < self.read {
            use std::io::Seek;
            self.file.rewind()?;
            self.read = 0;
            return Ok(Turn::Cut);
        }
        let is_other = |named: &fs::Metadata| (named.dev(), named.ino()) != (own.dev(), own.ino());
        if own.len() == self.read && fs::metadata(&self.path).is_ok_and(|named| is_other(&named)) {
            self.file = File::open(&self.path)?;
            self.read = 0;
            self.watch()?;
            return Ok(Turn::Another);
        }
        Ok(Turn::On)
    }

    /// Forgets what the system told.
    fn forget(&self) -> io::Result<()> {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut told = inotify::Reader::new(&self.told, &mut buffer);
        loop {
            match told.next() {
                Ok(_) => {}
                Err(Errno::WOULDBLOCK) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Read for Following {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.read += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    fn rest(following: &mut Following) -> String {
        let mut text = String::new();
        following.read_to_string(&mut text).expect("a text");
        text
    }

    #[test]
    fn a_file_goes_on_is_cut_and_makes_place_for_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.log");
        fs::write(&path, "one ").expect("a file");
        let mut following = Following::from(&path, 4).expect("a file");
        assert_eq!(following.turn().expect("a turn"), Turn::On);
        assert_eq!(rest(&mut following), "");

        let mut file = File::options().append(true).open(&path).expect("a file");
        file.write_all(b"two").expect("more");
        assert_eq!(following.turn().expect("a turn"), Turn::On);
        assert_eq!(rest(&mut following), "two");

        fs::write(&path, "new").expect("a shorter file");
        assert_eq!(following.turn().expect("a turn"), Turn::Cut);
        assert_eq!(rest(&mut following), "new");

        fs::rename(&path, folder.path().join("a.log.1")).expect("another name");
        assert_eq!(following.turn().expect("a turn"), Turn::On);
        fs::write(&path, "next").expect("another file");
        assert_eq!(following.turn().expect("a turn"), Turn::Another);
        assert_eq!(rest(&mut following), "next");
    }
}
