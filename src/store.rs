//! The bookmark file, which is never half written and never overwritten unread.

mod entry;
mod file;
mod head;
mod parts;
mod read;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::bookmarks::{Bookmarks, Change};
use crate::files::{self, shown};
use crate::text;
use file::Contents;
pub use file::{Imported, some_of};

/// The bookmark file, and the changes that it does not have yet.
#[derive(Debug)]
pub struct Store {
    path: Option<PathBuf>,
    unsaved: Vec<Change>,
    /// The bookmarks as the user last saw them.
    seen: Option<Bookmarks>,
    /// What was said, which is not said again.
    said: BTreeSet<String>,
    /// What was taken away here, with its date and its fields, should it come back.
    removed: file::Removed,
}

/// What reading the file gave.
#[derive(Debug, Default)]
pub struct Loaded {
    pub bookmarks: Bookmarks,
    /// What the user should know of the file, and does not know yet.
    pub notice: Option<String>,
}

/// The contents of the file before a change.
struct Before {
    contents: Contents,
    /// Whether the file has to be written in any case.
    is_gone: bool,
    remark: Option<String>,
}

impl Store {
    /// Takes the path of the file; without one nothing can be saved.
    pub fn new(path: Option<PathBuf>) -> Self {
        Self {
            path,
            unsaved: Vec::new(),
            seen: None,
            said: BTreeSet::new(),
            removed: file::Removed::new(),
        }
    }

    /// Returns the changes that could not be saved.
    pub fn unsaved(&self) -> &[Change] {
        &self.unsaved
    }

    /// Reads the bookmarks. A missing file is an empty set; a broken one is an error, and stays as it is.
    pub fn load(&mut self) -> Result<Loaded> {
        let Some(path) = self.path.clone() else {
            return Ok(Loaded::default());
        };
        let (bytes, cut_off) = files::read_saved(&files::real(&path)?)?;
        let contents = bytes.map_or(Ok(Contents::default()), |bytes| Contents::parse(&bytes));
        let contents = contents.map_err(|broken| {
            anyhow!(
                "{} is broken and stays as it is until something is saved, then it is set aside ({broken:#})",
                shown(&path)
            )
        })?;
        let mut remarks: Vec<String> = cut_off
            .map(|said| of_file(&path, said))
            .into_iter()
            .collect();
        if contents.is_newer() {
            remarks.push(format!("{}, and cannot be changed here", of_newer(&path)));
        } else {
            remarks.extend(contents.remarks().iter().map(|said| of_file(&path, said)));
        }
        Ok(self.loaded(&contents, remarks))
    }

    /// Returns the file as it is, for a copy, and what reading it gives, which may be an error.
    pub fn export(&mut self) -> Result<(Vec<u8>, Result<Loaded>)> {
        let real = self.path.as_deref().map(files::real).transpose()?;
        let bytes = real.map_or(Ok(None), |path| {
            Ok::<_, anyhow::Error>(files::read_saved(&path)?.0)
        })?;
        let bytes = bytes.unwrap_or_else(|| Contents::default().text().into_bytes());
        Ok((bytes, self.load()))
    }

    /// Saves changes, and those that could not be saved before, on top of what other processes saved.
    /// A broken file is set aside under another name. On an error the changes are kept for the next time.
    pub fn save(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<Loaded> {
        self.unsaved.extend(changes);
        let changes = self.unsaved.clone();
        let mut removed = self.removed.clone();
        let (loaded, ()) = self.edit(|contents, now| {
            for change in &changes {
                contents.apply(change, now, &mut removed);
            }
        })?;
        self.unsaved.clear();
        self.removed = removed;
        Ok(loaded)
    }

    /// Takes the bookmarks of an exported file. One that has none is an error, and so is one of a newer
    /// version; nothing is written then.
    pub fn import(&mut self, exported: &[u8]) -> Result<(Loaded, Imported)> {
        let other = Contents::parse(exported)?;
        if other.is_newer() {
            bail!("it was written by a newer sipdex");
        }
        if other.bookmarks().is_empty() {
            match some_of(&other.remarks()) {
                Some(remarks) => bail!("no bookmark in it can be read; {remarks}"),
                None => bail!("it has no bookmarks"),
            }
        }
        self.edit(|contents, now| contents.import(other, now))
    }

    /// Changes the file as it is now.
    fn edit<T>(&mut self, change: impl FnOnce(&mut Contents, &str) -> T) -> Result<(Loaded, T)> {
        let path = self
            .path
            .as_ref()
            .context("no directory for the configuration is known")?;
        let path = files::real(path)?;
        let folder = path
            .parent()
            .context("the bookmark file has no directory")?;
        files::create_folder(folder)?;
        let lock = files::lock(&path)?;
        let Before {
            mut contents,
            is_gone,
            remark,
        } = read_or_set_aside(&path)?;
        let overwritten = self.overwritten(&contents.bookmarks());
        let now = humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string();
        let old = contents.text();
        let changed = change(&mut contents, &now);
        let new = contents.text();
        let mut remarks: Vec<&str> = lock.remark.into_iter().collect();
        // What is only written in another way is no change.
        if is_gone || new != old {
            let written = files::replace(&path, &new);
            // What was set aside is said in any case.
            remarks.extend(match &remark {
                Some(said) => written.with_context(|| said.clone())?,
                None => written?,
            });
        }
        let mut remarks: Vec<String> = remarks.iter().map(|said| of_file(&path, said)).collect();
        remarks.extend(contents.remarks().iter().map(|said| of_file(&path, said)));
        remarks.extend(remark);
        remarks.extend(overwritten);
        Ok((self.loaded(&contents, remarks), changed))
    }

    /// Says which notes of others, which the user has not seen, a save replaces.
    fn overwritten(&self, now: &Bookmarks) -> Vec<String> {
        let Some(seen) = &self.seen else {
            return Vec::new();
        };
        let lost = |change: &Change| {
            let lost = text::clean(change.unseen_loss(seen, now)?);
            let code = change.code();
            Some(format!(
                "the note of {code} was changed by another program, and yours replaces it: {lost}"
            ))
        };
        self.unsaved.iter().filter_map(lost).collect()
    }

    /// Returns what the user sees now, with what was not said before.
    fn loaded(&mut self, contents: &Contents, mut remarks: Vec<String>) -> Loaded {
        remarks.retain(|remark| self.said.insert(remark.clone()));
        let bookmarks = contents.bookmarks();
        self.seen = Some(bookmarks.clone());
        Loaded {
            bookmarks,
            notice: (!remarks.is_empty()).then(|| remarks.join("; ")),
        }
    }
}

fn read_or_set_aside(path: &Path) -> Result<Before> {
    let (bytes, cut_off) = files::read_saved(path)?;
    let (mut remark, mut is_gone) = (None, cut_off.is_some());
    if let Some(said) = cut_off
        && path.exists()
    {
        let aside = files::set_aside(path)?;
        remark = Some(format!(
            "{}; {} is what it wrote",
            of_file(path, said),
            shown(&aside)
        ));
    }
    let contents = match bytes.as_deref().map(Contents::parse) {
        Some(Ok(contents)) if contents.is_newer() => bail!("{}", of_newer(path)),
        Some(Ok(contents)) => contents,
        Some(Err(broken)) => {
            let aside = files::set_aside(path)?;
            is_gone = true;
            remark = Some(format!(
                "the broken bookmarks are kept as {} ({broken:#})",
                shown(&aside)
            ));
            Contents::default()
        }
        None => Contents::default(),
    };
    Ok(Before {
        contents,
        is_gone,
        remark,
    })
}

fn of_newer(path: &Path) -> String {
    format!("{} was written by a newer sipdex", shown(path))
}

fn of_file(path: &Path, says: &str) -> String {
    format!("{}: {says}", shown(path))
}

#[cfg(test)]
mod tests;
