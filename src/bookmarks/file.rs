//! The form of the bookmark file, and how a file is replaced as a whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{Bookmark, Bookmarks, Change, clean_note};
use crate::catalog::StatusCode;

const VERSION: u32 = 1;

/// The file as it is written. What this version does not know is carried along.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Contents {
    #[serde(default = "version")]
    version: u32,
    #[serde(default)]
    bookmark: Vec<Entry>,
    #[serde(flatten)]
    rest: toml::Table,
}

#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    code: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<String>,
    #[serde(flatten)]
    rest: toml::Table,
}

fn version() -> u32 {
    VERSION
}

impl Default for Contents {
    fn default() -> Self {
        Self {
            version: VERSION,
            bookmark: Vec::new(),
            rest: toml::Table::new(),
        }
    }
}

impl Contents {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Ok(toml::from_str(text)?)
    }

    pub(super) fn of(bookmarks: &Bookmarks) -> Self {
        let bookmark = bookmarks
            .iter()
            .map(|(code, bookmark)| Entry::of(*code, bookmark))
            .collect();
        Self {
            bookmark,
            ..Self::default()
        }
    }

    pub(super) fn is_newer(&self) -> bool {
        self.version > VERSION
    }

    pub(super) fn to_toml(&self) -> Result<String> {
        toml::to_string_pretty(self).context("could not write the bookmarks as TOML")
    }

    /// Returns the bookmarks, their notes clean. Entries with a number that is no code stay in the file.
    pub(super) fn bookmarks(&self) -> Bookmarks {
        self.bookmark
            .iter()
            .filter_map(|entry| {
                let bookmark = Bookmark {
                    note: entry.note.as_deref().and_then(clean_note),
                    added: entry.added.as_deref().and_then(clean_note),
                };
                Some((entry.code()?, bookmark))
            })
            .collect()
    }

    pub(super) fn apply(&mut self, change: &Change, now: &str) {
        let added = Bookmark {
            note: None,
            added: Some(now.to_owned()),
        };
        match change {
            Change::Add(code) => {
                self.entry(*code, &added);
            }
            Change::Remove(code) => self.bookmark.retain(|entry| entry.code() != Some(*code)),
            Change::Note(code, note) => self.entry(*code, &added).note.clone_from(note),
            Change::Import(code, bookmark) => {
                let entry = self.entry(*code, &added);
                entry.added = bookmark.added.clone().or_else(|| entry.added.take());
                entry.note = entry.note.take().or_else(|| bookmark.note.clone());
            }
        }
        self.bookmark.sort_by_key(|entry| entry.code);
    }

    /// Returns the entry of a code, made anew where there is none.
    fn entry(&mut self, code: StatusCode, new: &Bookmark) -> &mut Entry {
        let index = self
            .bookmark
            .iter()
            .rposition(|entry| entry.code() == Some(code));
        let index = index.unwrap_or_else(|| {
            self.bookmark.push(Entry::of(code, new));
            self.bookmark.len() - 1
        });
        &mut self.bookmark[index]
    }
}

impl Entry {
    fn of(code: StatusCode, bookmark: &Bookmark) -> Self {
        let Bookmark { note, added } = bookmark.clone();
        Self {
            code: code.get().into(),
            note,
            added,
            rest: toml::Table::new(),
        }
    }

    fn code(&self) -> Option<StatusCode> {
        StatusCode::new(u16::try_from(self.code).ok()?).ok()
    }
}

/// Replaces a file as a whole: whoever reads it sees the old text or the new one. A link stays a link,
/// and the mode stays.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let beside = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_new(&beside, &target, text).and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        // The error that matters is the first; a leftover file does no harm.
        drop(fs::remove_file(&beside));
        return written;
    }
    // The new file is in place; some file systems cannot sync a directory.
    drop(sync_folder(&target));
    Ok(())
}

fn write_new(beside: &Path, target: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::options().write(true).create_new(true).open(beside)?;
    if let Ok(metadata) = fs::metadata(target) {
        file.set_permissions(metadata.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
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
