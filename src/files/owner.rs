//! Leaves files to the user whose directory they are in.

#[cfg(unix)]
use std::fs;
use std::path::Path;

/// Gives a file to the owner of another, so that root, perhaps through sudo, leaves nothing that the
/// user cannot write. Nobody else may do that, nor has to.
#[cfg(unix)]
pub(super) fn leave_to_owner_of(other: &Path, path: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    let (Ok(wanted), Ok(now)) = (fs::metadata(other), fs::metadata(path)) else {
        return;
    };
    if wanted.uid() != now.uid() {
        drop(chown(path, Some(wanted.uid()), Some(wanted.gid())));
    }
}

#[cfg(not(unix))]
pub(super) fn leave_to_owner_of(_: &Path, _: &Path) {}
