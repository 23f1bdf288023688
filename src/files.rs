//! The user's files: read with care, replaced as a whole, left to their owner. Knows nothing of what they say.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Write};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf, is_separator};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;

use crate::text::clean;

/// More than any file of a person; what is greater is not read into memory.
const BYTES_LIMIT: u64 = 64 << 20;
/// How long another process may hold a file.
const PATIENCE: Duration = Duration::from_secs(10);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
/// How many links may lead from one to the next, as the system has it.
const LINKS_LIMIT: usize = 40;

/// Returns a path without what a terminal would obey. Each name is cleaned alone: a sequence without an end
/// in one of them must not hide those that follow.
pub fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let names: Vec<String> = path.split(is_separator).map(clean).collect();
    names.join(MAIN_SEPARATOR_STR)
}

/// Returns the bytes of a file, or `None` if there is no such file. What is no file, such as a pipe that
/// would never end, is an error.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    let Some(metadata) = metadata(path)? else {
        return Ok(None);
    };
    if metadata.len() > BYTES_LIMIT {
        bail!("{} is too large", shown(path));
    }
    let bytes = fs::read(path).with_context(|| format!("could not read {}", shown(path)))?;
    Ok(Some(bytes))
}

/// Returns what there is to know of a file, or `None` if there is no such file.
fn metadata(path: &Path) -> Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(_) => bail!("{} is not a file", shown(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("could not read {}", shown(path))),
    }
}

/// Returns the text of a file, without the mark that some editors put before it.
pub fn text(bytes: &[u8]) -> Result<&str> {
    let text = str::from_utf8(bytes).context("it is not UTF-8")?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads TOML; the error is one clean line that names the line of the file.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let text = text(bytes)?;
    toml::from_str(text).map_err(|error| of_line(&error, text))
}

/// Returns an error of TOML as one clean line.
pub fn of_line(error: &toml::de::Error, text: &str) -> anyhow::Error {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(String::new(), |before| {
        format!("line {}: ", before.matches('\n').count() + 1)
    });
    anyhow::Error::msg(crate::text::clean(&format!("{line}{}", error.message())))
}

/// Returns where a path leads over links, be there a file or not yet one.
pub fn real(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS_LIMIT {
        let Ok(target) = fs::read_link(&path) else {
            return Ok(path);
        };
        // A target from the root on replaces the whole path.
        path = path
            .parent()
            .map_or(target.clone(), |folder| folder.join(&target));
    }
    bail!("{} is a link that leads in a circle", shown(&path));
}

/// Creates a directory with those above it, each left to the owner of the one above.
pub fn create_folder(folder: &Path) -> Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.exists())
        .collect();
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", shown(folder)))?;
    for path in missing.iter().rev() {
        if let Some(above) = path.parent() {
            leave_to_owner_of(above, path);
        }
    }
    Ok(())
}

/// Holds a file against other processes until dropped. The lock is a file of its own, since the file
/// itself is replaced.
pub fn lock(path: &Path) -> Result<File> {
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
            Ok(()) => return Ok(held),
            Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(BETWEEN_TRIES),
            Err(TryLockError::WouldBlock) => bail!("another program holds {}", shown(&path)),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("could not lock {}", shown(&path)));
            }
        }
    }
}

/// Replaces a file as a whole: whoever reads it sees the old text or the new one. Its mode and its owner
/// stay. Only for one process at a time, and for a path that is no link.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.tmp"));
    let written = write_new(&beside, path, text).and_then(|()| fs::rename(&beside, path));
    if let Err(error) = written {
        // The error that matters is the first; a leftover file does no harm.
        drop(fs::remove_file(&beside));
        return Err(error).with_context(|| format!("could not write {}", shown(path)));
    }
    // The new file is in place; some file systems cannot sync a directory.
    drop(sync_folder(path));
    Ok(())
}

fn write_new(beside: &Path, target: &Path, text: &str) -> io::Result<()> {
    // One that was left half written is in the way.
    match fs::remove_file(beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::options().write(true).create_new(true).open(beside)?;
    if let Ok(metadata) = fs::metadata(target) {
        leave_to_owner_of(target, beside);
        file.set_permissions(metadata.permissions())?;
    } else if let Some(folder) = target.parent() {
        leave_to_owner_of(folder, beside);
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Renames a broken file to a name that is free, every byte kept.
pub fn set_aside(path: &Path) -> Result<PathBuf> {
    let now = humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string();
    let date = now.replace(':', "");
    let free = (0..1000)
        .map(|n| match n {
            0 => path.with_extension(format!("toml.corrupt-{date}")),
            n => path.with_extension(format!("toml.corrupt-{date}-{n}")),
        })
        .find(|aside| !aside.exists())
        .context("no free name for the broken file")?;
    fs::rename(path, &free).with_context(|| format!("could not set {} aside", shown(path)))?;
    Ok(free)
}

/// Gives a file to the owner of another, so that root, perhaps through sudo, leaves nothing that the
/// user cannot write. Nobody else may do that, nor has to.
#[cfg(unix)]
fn leave_to_owner_of(other: &Path, path: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    let (Ok(wanted), Ok(now)) = (fs::metadata(other), fs::metadata(path)) else {
        return;
    };
    if wanted.uid() != now.uid() {
        drop(chown(path, Some(wanted.uid()), Some(wanted.gid())));
    }
}

#[cfg(not(unix))]
fn leave_to_owner_of(_: &Path, _: &Path) {}

#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    target
        .parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_terminal_would_obey_hides_no_other_name() {
        let path = Path::new("/home/\u{1b}]0;you/\u{202e}sipdex/bookmarks.toml");
        let names: Vec<String> = shown(path).split(is_separator).map(str::to_owned).collect();
        assert_eq!(names, ["", "home", "", "sipdex", "bookmarks.toml"]);
    }
}
