//! The form of the bookmark file.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use toml::Value;

use super::{Bookmark, Bookmarks, Change, clean_note};
use crate::catalog::StatusCode;
use crate::files;

const VERSION: i64 = 1;
const HEAD: &str =
    "# Written by sipdex, which keeps fields that it does not know, and no comments.\n";

/// The file as it is written. What this version does not know is carried along.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Contents {
    #[serde(default = "version")]
    version: i64,
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
    /// A text as sipdex writes it, or a date of TOML as a person might.
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<Value>,
    #[serde(flatten)]
    rest: toml::Table,
}

fn version() -> i64 {
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
    /// Reads the file. One of a newer version may look different in all but its version.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            version: i64,
        }
        files::parse(bytes).or_else(|error| match files::parse(bytes) {
            Ok(Version { version }) if version > VERSION => Ok(Self {
                version,
                ..Self::default()
            }),
            _ => Err(error),
        })
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
        let text = toml::to_string_pretty(self).context("could not write the bookmarks as TOML")?;
        Ok(HEAD.to_owned() + &text)
    }

    /// Returns the bookmarks, their notes clean. Entries with a number that is no code stay in the file.
    pub(super) fn bookmarks(&self) -> Bookmarks {
        self.bookmark
            .iter()
            .filter_map(|entry| {
                let bookmark = Bookmark {
                    note: entry.note.as_deref().and_then(clean_note),
                    added: entry.added().as_deref().and_then(clean_note),
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
                entry.added = bookmark
                    .added
                    .clone()
                    .map(Value::String)
                    .or(entry.added.take());
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
            added: added.map(Value::String),
            rest: toml::Table::new(),
        }
    }

    fn added(&self) -> Option<String> {
        match self.added.as_ref()? {
            Value::String(date) => Some(date.clone()),
            date => Some(date.to_string()),
        }
    }

    fn code(&self) -> Option<StatusCode> {
        StatusCode::new(u16::try_from(self.code).ok()?).ok()
    }
}
