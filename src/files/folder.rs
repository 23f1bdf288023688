//! Where a path leads over links, and the directories on the way.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::name::shown;
use super::owner::leave_to_owner_of;

/// How many links may lead from one to the next, as the system has it.
const LINKS_LIMIT: usize = 40;

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
