//! Reads what a person keeps in a file, and nothing that would never end.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::name::shown;

/// More than any file of a person; what is greater is not read into memory.
const BYTES_LIMIT: u64 = 64 << 20;

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
    let mut bytes = Vec::new();
    open(path)?
        .take(BYTES_LIMIT + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("could not read {}", shown(path)))?;
    if bytes.len() as u64 > BYTES_LIMIT {
        bail!("{} is too large", shown(path));
    }
    Ok(bytes)
}

/// A file or a pipe that is read.
pub type Input = File;

/// Opens a file or a pipe of any length; a hyphen stands for standard input.
pub fn open(path: &Path) -> Result<Input> {
    let file = if path == Path::new("-") {
        standard_input()
    } else {
        File::open(path)
    };
    file.with_context(|| format!("could not read {}", shown(path)))
}

#[cfg(unix)]
fn standard_input() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn standard_input() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}

/// Returns whether there is a file with a name, or a pipe.
pub fn is_there(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_dir())
}

/// Returns how many bytes a file has, if it is one and tells.
pub fn length(path: &Path) -> Option<u64> {
    let metadata = fs::metadata(path).ok()?;
    metadata.is_file().then_some(metadata.len())
}

/// Returns what there is to know of a file, or `None` if there is no such file.
pub(super) fn metadata(path: &Path) -> Result<Option<Metadata>> {
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
