//! The user's files: read with care, replaced as a whole, left to their owner. Knows nothing of what they say.

mod lock;
mod reason;
mod replace;

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf, is_separator};

use anyhow::{Context, Result, anyhow, bail};

use crate::text::clean;
pub use lock::{Lock, lock};
pub use reason::reason;
pub use replace::{read_saved, replace, set_aside};

/// More than any file of a person; what is greater is not read into memory.
const BYTES_LIMIT: u64 = 64 << 20;
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

/// Returns all bytes of a file or a pipe that somebody names, whatever it is; one without an end is an error.
pub fn read_any(path: &Path) -> Result<Vec<u8>> {
    let source: io::Result<Box<dyn Read>> = if path == Path::new("-") {
        Ok(Box::new(io::stdin()))
    } else {
        File::open(path).map(|file| Box::new(file) as Box<dyn Read>)
    };
    let mut bytes = Vec::new();
    source
        .and_then(|source| source.take(BYTES_LIMIT + 1).read_to_end(&mut bytes))
        .with_context(|| format!("could not read {}", shown(path)))?;
    if bytes.len() as u64 > BYTES_LIMIT {
        bail!("{} is too large", shown(path));
    }
    Ok(bytes)
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
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        anyhow!("it is not UTF-8: line {line} has what is no text")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
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

/// Creates a directory with those above it, each left to the owner of the one above. Links that lead to
/// what is not there yet stay links.
pub fn create_folder(folder: &Path) -> Result<()> {
    create_over_links(folder, LINKS_LIMIT)
        .with_context(|| format!("could not create {}", shown(folder)))
}

fn create_over_links(folder: &Path, links: usize) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let real = real(folder)?;
    if real != folder {
        let left = links.checked_sub(1);
        let left = left.with_context(|| format!("{} leads in a circle", shown(folder)))?;
        return create_over_links(&real, left);
    }
    let above = folder
        .parent()
        .filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        create_over_links(above, links)?;
    }
    match fs::create_dir(folder) {
        // Another process was faster.
        Err(_) if folder.is_dir() => return Ok(()),
        Err(_) if folder.exists() => bail!("{} is not a directory", shown(folder)),
        created => created.with_context(|| shown(folder))?,
    }
    leave_to_owner_of(above.unwrap_or(Path::new(".")), folder);
    Ok(())
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
