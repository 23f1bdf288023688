//! Holds a file against other processes, where the system has locks.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::name::shown;
use super::owner::leave_to_owner_of;
use super::read::metadata;

/// How long another process may hold a file.
const PATIENCE: Duration = Duration::from_secs(10);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
/// What the user should know where there are no locks.
const NO_LOCKS: &str = "this file system has no locks, so two sipdex that save at the same moment may lose \
                        a change of each other";

/// What is held until it is dropped; no file where the system has no locks.
#[derive(Debug)]
pub struct Lock {
    _held: Option<File>,
    /// What the user should know of it.
    pub remark: Option<&'static str>,
}

/// Holds a file against other processes until dropped. The lock is a file of its own, since the file
/// itself is replaced.
pub fn lock(path: &Path) -> Result<Lock> {
    let path = path.with_extension("toml.lock");
    let is_new = metadata(&path)?.is_none();
    let held = File::options().create(true).append(true).open(&path);
    let held = held.with_context(|| format!("could not open {}", shown(&path)))?;
    if is_new && let Some(folder) = path.parent() {
        leave_to_owner_of(folder, &path);
    }
    let until = Instant::now() + PATIENCE;
    loop {
        match held.try_lock() {
            Ok(()) => {
                return Ok(Lock {
                    _held: Some(held),
                    remark: None,
                });
            }
            Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(BETWEEN_TRIES),
            Err(TryLockError::WouldBlock) => bail!("another program holds {}", shown(&path)),
            Err(TryLockError::Error(error)) if has_no_locks(&error) => {
                return Ok(Lock {
                    _held: None,
                    remark: Some(NO_LOCKS),
                });
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("could not lock {}", shown(&path)));
            }
        }
    }
}

/// Returns whether an error means that nothing can be locked here, by anybody.
fn has_no_locks(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, Unsupported};
    [Unsupported, InvalidInput].contains(&error.kind()) || is_of_no_kind(error)
}

/// The same for errors that the standard library has no name for.
#[cfg(unix)]
fn is_of_no_kind(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unnamed = [Errno::NOLCK, Errno::NOSYS, Errno::OPNOTSUPP];
    unnamed
        .map(|unnamed| Some(unnamed.raw_os_error()))
        .contains(&error.raw_os_error())
}

#[cfg(not(unix))]
fn is_of_no_kind(_: &io::Error) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_system_without_locks_is_told_from_a_lock_that_fails() {
        use rustix::io::Errno;
        for (errno, has_none) in [
            (Errno::NOSYS, true),
            (Errno::NOLCK, true),
            (Errno::OPNOTSUPP, true),
            (Errno::INVAL, true),
            (Errno::IO, false),
            (Errno::BADF, false),
            (Errno::INTR, false),
        ] {
            assert_eq!(has_no_locks(&errno.into()), has_none, "{errno}");
        }
    }
}
