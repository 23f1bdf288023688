//! Replaces a file as a whole, or in the next best way where it cannot be replaced.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::name::shown;
use super::owner::leave_to_owner_of;
use super::read::read;

const IN_PLACE: &str = "it cannot be replaced here, so it is written in place, with a copy of the old text \
                        beside it meanwhile";
const OTHER_NAMES: &str = "it had other names (hard links), which keep the old text";
const READ_ONLY: &str = "it is read-only; it was replaced all the same, and stays read-only";
const NO_MODE: &str = "its permissions could not be kept";
const NO_ATTRIBUTES: &str = "its extended attributes or access list could not be kept";
const CUT_OFF: &str = "a save was cut off; these are the bookmarks from before it";

/// Returns the bytes of a file that `replace` wrote, or `None` if there is no such file; and what there is
/// to say: where writing in place was cut off, the copy counts.
pub fn read_saved(path: &Path) -> Result<(Option<Vec<u8>>, Option<&'static str>)> {
    let bytes = read(path)?;
    Ok(match read(&copy_of(path))? {
        Some(copy) => (Some(copy), Some(CUT_OFF)),
        None => (bytes, None),
    })
}

/// Replaces a file as a whole: whoever reads it sees the old text or the new one. Its mode, its owner and
/// its attributes stay. Where a file cannot be replaced, such as one that is mounted alone, it is written in
/// place. Returns what the user should know. Only for one process at a time, and for a path that is no link.
pub fn replace(path: &Path, text: &str) -> Result<Vec<&'static str>> {
    let beside = path.with_file_name(format!(".{}.tmp", name(path)));
    let written = write_new(&beside, path, text.as_bytes()).and_then(|lost| {
        let before = fs::metadata(path).ok();
        match fs::rename(&beside, path) {
            Ok(()) => Ok(before.map_or(vec![], |before| remarks(&before, lost))),
            Err(error) if is_fixed(&error) => {
                write_in_place(&beside, path, text.as_bytes()).map(|()| vec![IN_PLACE])
            }
            Err(error) => Err(error),
        }
    });
    // A copy that stays would count, and not what was written.
    let written = written.and_then(|remarks| remove(&copy_of(path)).map(|()| remarks));
    if written.is_err() {
        // The error that matters is the first; a leftover file does no harm.
        drop(fs::remove_file(&beside));
    }
    let remarks = written.with_context(|| format!("could not write {}", shown(path)))?;
    // The new file is in place; some file systems cannot sync a directory.
    drop(sync_folder(path));
    Ok(remarks)
}

/// Renames a broken file to a name that is free, every byte kept; copies it where it cannot be renamed.
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
    let renamed = fs::rename(path, &free).or_else(|error| {
        if !is_fixed(&error) {
            return Err(error);
        }
        write_new(&free, path, &fs::read(path)?).map(drop)
    });
    renamed.with_context(|| format!("could not set {} aside", shown(path)))?;
    Ok(free)
}

/// Returns whether an error means that a file stays where it is: it is mounted, alone or on another disk, or
/// its folder lets nobody but its owner put another in its place.
fn is_fixed(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, PermissionDenied, ResourceBusy};
    [ResourceBusy, CrossesDevices, PermissionDenied].contains(&error.kind())
}

/// Writes over the bytes of a file, the old ones kept beside it until the new ones are on the disk.
fn write_in_place(beside: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Where nothing can be written, no copy is left that would count in the place of the file.
    let mut file = File::options().write(true).open(path)?;
    let copy = copy_of(path);
    // One that is there already is from before a save that was cut off, and better than the file.
    if copy.exists() {
        fs::remove_file(beside)?;
    } else {
        write_new(beside, path, &fs::read(path)?)?;
        fs::rename(beside, copy)?;
        drop(sync_folder(path));
    }
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

fn copy_of(path: &Path) -> PathBuf {
    path.with_file_name(format!("{}.before", name(path)))
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Writes a file that takes the place of another, with what is its own; returns what could not be kept.
fn write_new(beside: &Path, target: &Path, bytes: &[u8]) -> io::Result<Vec<&'static str>> {
    // One that was left half written is in the way.
    remove(beside)?;
    let metadata = fs::metadata(target).ok();
    let mut options = File::options();
    options.write(true).create_new(true);
    if let Some(metadata) = &metadata {
        as_private_as(&mut options, metadata);
    }
    let mut file = options.open(beside)?;
    let mut lost = Vec::new();
    if let Some(metadata) = metadata {
        leave_to_owner_of(target, beside);
        // Some file systems have no permissions of their own; what is written counts more.
        let set = file.set_permissions(metadata.permissions());
        let is_same = |now: &Metadata| now.permissions() == metadata.permissions();
        if set.is_err() && !file.metadata().as_ref().is_ok_and(is_same) {
            lost.push(NO_MODE);
        }
        if !copy_attributes(target, beside) {
            lost.push(NO_ATTRIBUTES);
        }
    } else if let Some(folder) = target.parent() {
        leave_to_owner_of(folder, beside);
    }
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(lost)
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Says what became of a file that was replaced.
fn remarks(before: &Metadata, mut lost: Vec<&'static str>) -> Vec<&'static str> {
    if names(before) > 1 {
        lost.push(OTHER_NAMES);
    }
    if before.permissions().readonly() {
        lost.push(READ_ONLY);
    }
    lost
}

#[cfg(unix)]
fn names(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// Lets nobody read a file, not even for a moment, who may not read the other.
#[cfg(unix)]
fn as_private_as(options: &mut fs::OpenOptions, other: &Metadata) {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    options.mode(other.permissions().mode() & 0o777);
}

#[cfg(not(unix))]
fn as_private_as(_: &mut fs::OpenOptions, _: &Metadata) {}

/// Copies extended attributes, the access list among them; returns whether all that a user may set are kept.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn copy_attributes(from: &Path, to: &Path) -> bool {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    /// As much as Linux lets a list or a value have.
    const MOST: usize = 64 << 10;
    let mut names = vec![0; MOST];
    let Ok(length) = listxattr(from, &mut names[..]) else {
        return true;
    };
    let names = names[..length].split(|byte| *byte == 0);
    let mut value = vec![0; MOST];
    let mut kept = true;
    for name in names.filter(|name| !name.is_empty()) {
        let copied = getxattr(from, name, &mut value[..])
            .and_then(|length| setxattr(to, name, &value[..length], XattrFlags::empty()));
        // The labels of the system are its own affair.
        kept &= copied.is_ok() || name.starts_with(b"security.") || name.starts_with(b"trusted.");
    }
    kept
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn copy_attributes(_: &Path, _: &Path) -> bool {
    true
}

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
    fn what_stays_where_it_is_is_written_in_place_and_other_errors_are_errors() {
        for (error, fixed) in [
            (io::ErrorKind::ResourceBusy, true),
            (io::ErrorKind::CrossesDevices, true),
            (io::ErrorKind::PermissionDenied, true),
            (io::ErrorKind::StorageFull, false),
            (io::ErrorKind::NotFound, false),
        ] {
            assert_eq!(is_fixed(&error.into()), fixed, "{error}");
        }
    }

    #[test]
    fn writing_in_place_keeps_the_old_bytes_until_the_new_ones_are_there() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let beside = folder.path().join(".bookmarks.toml.tmp");
        fs::write(&path, "an old text that is longer").expect("written");
        fs::write(&beside, "new").expect("written");
        write_in_place(&beside, &path, b"new").expect("written");
        assert_eq!(fs::read(&path).expect("there"), b"new");
        // A kill at this moment: the old text is whole, and it is the one that is read.
        let (bytes, remark) = read_saved(&path).expect("readable");
        assert_eq!(bytes.as_deref(), Some(&b"an old text that is longer"[..]));
        assert_eq!(remark, Some(CUT_OFF));
        assert!(!beside.exists());
        // The copy of a save that was cut off is not lost to the next one.
        fs::write(&path, "half").expect("written");
        fs::write(&beside, "newer").expect("written");
        write_in_place(&beside, &path, b"newer").expect("written");
        let (bytes, _) = read_saved(&path).expect("readable");
        assert_eq!(bytes.as_deref(), Some(&b"an old text that is longer"[..]));
        assert_eq!(replace(&path, "newest").expect("written"), [""; 0]);
        assert_eq!(
            read_saved(&path).expect("readable"),
            (Some(b"newest".into()), None)
        );
    }

    #[test]
    fn a_copy_that_cannot_be_removed_is_an_error_since_it_would_count() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        fs::create_dir(copy_of(&path)).expect("created");
        assert!(replace(&path, "new").is_err());
    }
}
