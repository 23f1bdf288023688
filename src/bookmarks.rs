//! The codes that the user keeps, in a file that is never half written and never overwritten unread.

mod file;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::catalog::{Codes, StatusCode};
use crate::text;
use file::Contents;

/// How many characters a note may have.
pub const NOTE_LIMIT: usize = 500;

/// A bookmarked code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    pub note: Option<String>,
    /// When it was added, in UTC as RFC 3339 writes it; unknown for one written by hand.
    pub added: Option<String>,
}

impl Bookmark {
    /// Takes the date of another bookmark, and its note if this one has none.
    fn complete(&mut self, other: &Self) {
        self.note = self.note.take().or_else(|| other.note.clone());
        self.added = other.added.clone().or_else(|| self.added.take());
    }
}

/// The bookmarks by code.
pub type Bookmarks = BTreeMap<StatusCode, Bookmark>;

/// Something that the user did to the bookmarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Keeps a code; one that is kept already stays as it is.
    Add(StatusCode),
    Remove(StatusCode),
    /// Keeps a code with a note, or with none.
    Note(StatusCode, Option<String>),
    /// Keeps a code as another file has it; a note that is there already stays.
    Import(StatusCode, Bookmark),
}

impl Change {
    /// Makes the change in memory.
    pub fn apply(&self, bookmarks: &mut Bookmarks) {
        match self {
            Self::Add(code) => {
                bookmarks.entry(*code).or_default();
            }
            Self::Remove(code) => {
                bookmarks.remove(code);
            }
            Self::Note(code, note) => bookmarks.entry(*code).or_default().note.clone_from(note),
            Self::Import(code, bookmark) => bookmarks.entry(*code).or_default().complete(bookmark),
        }
    }
}

/// Returns the bookmarked codes.
pub fn codes(bookmarks: &Bookmarks) -> Codes {
    bookmarks.keys().copied().collect()
}

/// Returns a note as it is kept: clean, one line, not too long, and `None` if nothing is left.
pub fn clean_note(note: &str) -> Option<String> {
    let note: String = text::clean(note).trim().chars().take(NOTE_LIMIT).collect();
    (!note.is_empty()).then_some(note)
}

/// The bookmark file, and the changes that it does not have yet.
#[derive(Debug)]
pub struct Store {
    path: Option<PathBuf>,
    pending: Vec<Change>,
}

/// What reading the file gave.
#[derive(Debug, Default)]
pub struct Loaded {
    pub bookmarks: Bookmarks,
    /// What the user should know: a broken file that was set aside.
    pub notice: Option<String>,
}

impl Store {
    /// Takes the path of the file; without one nothing can be saved.
    pub fn new(path: Option<PathBuf>) -> Self {
        Self {
            path,
            pending: Vec::new(),
        }
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Saves what could not be saved before, if there is anything.
    pub fn save_pending(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            Ok(())
        } else {
            self.save([]).map(drop)
        }
    }

    /// Reads the bookmarks, with the changes that could not be saved. A missing file is an empty set;
    /// a broken one is set aside under another name.
    pub fn load(&self) -> Result<Loaded> {
        let (contents, notice) = match &self.path {
            Some(path) => read_or_set_aside(path)?,
            None => (Contents::default(), None),
        };
        let mut bookmarks = contents.bookmarks();
        for change in &self.pending {
            change.apply(&mut bookmarks);
        }
        Ok(Loaded { bookmarks, notice })
    }

    /// Saves changes, and those that could not be saved before, on top of what other processes saved.
    /// On an error they are kept for the next time.
    pub fn save(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<Loaded> {
        self.pending.extend(changes);
        let path = self
            .path
            .as_ref()
            .context("no directory for the configuration is known")?;
        let folder = path
            .parent()
            .context("the bookmark file has no directory")?;
        fs::create_dir_all(folder)
            .with_context(|| format!("could not create {}", shown(folder)))?;
        let _lock = lock(path)?;
        let (mut contents, notice) = read_or_set_aside(path)?;
        let now = humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string();
        for change in &self.pending {
            contents.apply(change, &now);
        }
        file::replace(path, &contents.to_toml()?)
            .with_context(|| format!("could not write {}", shown(path)))?;
        self.pending.clear();
        Ok(Loaded {
            bookmarks: contents.bookmarks(),
            notice,
        })
    }
}

/// Returns the bookmarks of an exported file; the error is one clean line.
pub fn parse(exported: &str) -> Result<Bookmarks> {
    let contents = Contents::parse(exported)
        .map_err(|error| anyhow::Error::msg(text::clean(&format!("{error:#}"))))?;
    if contents.is_newer() {
        bail!("it was written by a newer sipdex");
    }
    Ok(contents.bookmarks())
}

/// Returns bookmarks as a file to import elsewhere.
pub fn export(bookmarks: &Bookmarks) -> Result<String> {
    Contents::of(bookmarks).to_toml()
}

/// Returns a path without what a terminal would obey.
pub fn shown(path: &Path) -> String {
    text::clean(&path.to_string_lossy())
}

/// Holds the file against other processes until dropped. The lock is a file of its own, since the
/// bookmarks' file is replaced.
fn lock(path: &Path) -> Result<File> {
    let lock = path.with_extension("toml.lock");
    let held = File::options().create(true).append(true).open(&lock);
    let held = held.with_context(|| format!("could not open {}", shown(&lock)))?;
    held.lock()
        .with_context(|| format!("could not lock {}", shown(&lock)))?;
    Ok(held)
}

fn read_or_set_aside(path: &Path) -> Result<(Contents, Option<String>)> {
    let bytes = match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok((Contents::default(), None));
        }
        Ok(metadata) if !metadata.is_file() => bail!("{} is not a file", shown(path)),
        _ => fs::read(path).with_context(|| format!("could not read {}", shown(path)))?,
    };
    let parsed = String::from_utf8(bytes)
        .map_err(anyhow::Error::from)
        .and_then(|text| Contents::parse(&text));
    match parsed {
        Ok(contents) if contents.is_newer() => bail!(
            "{} was written by a newer sipdex; it is left as it is, and nothing is saved",
            shown(path)
        ),
        Ok(contents) => Ok((contents, None)),
        Err(error) => {
            let aside = set_aside(path)?;
            let error = text::clean(&format!("{error:#}"));
            let notice = format!(
                "the bookmarks could not be read and are kept as {} ({error})",
                shown(&aside)
            );
            Ok((Contents::default(), Some(notice)))
        }
    }
}

/// Renames a broken file to a name that is free, every byte kept.
fn set_aside(path: &Path) -> Result<PathBuf> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: u16) -> StatusCode {
        StatusCode::new(code).expect("a code")
    }

    fn note(code_: u16, text: &str) -> Change {
        Change::Note(code(code_), Some(text.into()))
    }

    fn store(folder: &Path) -> Store {
        Store::new(Some(folder.join("bookmarks.toml")))
    }

    fn kept(folder: &Path) -> Vec<u16> {
        let loaded = store(folder).load().expect("bookmarks");
        loaded.bookmarks.keys().map(|code| code.get()).collect()
    }

    #[test]
    fn what_was_saved_is_there_again() {
        let folder = tempfile::tempdir().expect("a directory");
        store(folder.path())
            .save([note(486, "no credit"), Change::Add(code(600))])
            .expect("saved");
        let loaded = store(folder.path()).load().expect("bookmarks").bookmarks;
        assert_eq!(loaded[&code(486)].note.as_deref(), Some("no credit"));
        assert!(
            loaded[&code(600)]
                .added
                .as_deref()
                .is_some_and(|added| added.ends_with('Z'))
        );
        store(folder.path())
            .save([Change::Remove(code(486))])
            .expect("saved");
        assert_eq!(kept(folder.path()), [600]);
    }

    #[test]
    fn a_missing_file_is_an_empty_set_and_is_not_created() {
        let folder = tempfile::tempdir().expect("a directory");
        assert_eq!(kept(folder.path()), [0; 0]);
        assert_eq!(fs::read_dir(folder.path()).expect("a directory").count(), 0);
    }

    #[test]
    fn two_processes_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().expect("a directory");
        let (mut one, mut two) = (store(folder.path()), store(folder.path()));
        one.load().expect("bookmarks");
        two.load().expect("bookmarks");
        one.save([Change::Add(code(486))]).expect("saved");
        two.save([Change::Add(code(600))]).expect("saved");
        assert_eq!(kept(folder.path()), [486, 600]);
    }

    #[test]
    fn a_broken_file_is_set_aside_with_every_byte() {
        for broken in [
            "bookmark = 486",
            "\0\0\0",
            "[[bookmark]]\ncode = \"x\"",
            "version = 1\nversion = 1",
        ] {
            let folder = tempfile::tempdir().expect("a directory");
            fs::write(folder.path().join("bookmarks.toml"), broken).expect("written");
            let loaded = store(folder.path()).load().expect("bookmarks");
            assert!(loaded.bookmarks.is_empty());
            assert!(
                loaded
                    .notice
                    .is_some_and(|notice| notice.contains("corrupt-")),
                "{broken:?}"
            );
            let aside = fs::read_dir(folder.path()).expect("a directory").next();
            let aside = aside.expect("one file").expect("readable").path();
            assert_eq!(fs::read_to_string(aside).expect("readable"), broken);
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        fs::write(&path, "version = 99\n").expect("written");
        assert!(store(folder.path()).load().is_err());
        assert!(store(folder.path()).save([Change::Add(code(486))]).is_err());
        assert_eq!(
            fs::read_to_string(&path).expect("readable"),
            "version = 99\n"
        );
    }

    #[test]
    fn unknown_fields_survive_a_save() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let text = "version = 1\ncolour = \"blue\"\n\n[[bookmark]]\ncode = 486\nstars = 5\n\n[[bookmark]]\ncode = 7\n";
        fs::write(&path, text).expect("written");
        store(folder.path()).save([note(486, "x")]).expect("saved");
        let saved = fs::read_to_string(&path).expect("readable");
        for kept in ["colour = \"blue\"", "stars = 5", "code = 7", "note = \"x\""] {
            assert!(saved.contains(kept), "{kept:?} is missing in\n{saved}");
        }
    }

    #[test]
    fn what_cannot_be_saved_is_kept_for_the_next_time() {
        let folder = tempfile::tempdir().expect("a directory");
        let blocked = folder.path().join("blocked");
        fs::write(&blocked, "a file where a directory belongs").expect("written");
        let mut store = Store::new(Some(blocked.join("bookmarks.toml")));
        assert!(store.save([Change::Add(code(486))]).is_err());
        fs::remove_file(&blocked).expect("removed");
        store.save([Change::Add(code(600))]).expect("saved");
        assert_eq!(kept(&blocked), [486, 600]);
    }

    #[test]
    fn a_directory_in_its_place_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().expect("a directory");
        fs::create_dir(folder.path().join("bookmarks.toml")).expect("created");
        let error = store(folder.path())
            .load()
            .expect_err("no file")
            .to_string();
        assert!(error.contains("bookmarks.toml is not a file"), "{error}");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_a_link_and_the_mode_stays() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a directory");
        let real = folder.path().join("real.toml");
        fs::write(&real, "version = 1\n").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
        let link = folder.path().join("bookmarks.toml");
        symlink(&real, &link).expect("linked");
        store(folder.path())
            .save([Change::Add(code(486))])
            .expect("saved");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(
            fs::metadata(&real).expect("there").permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::read_to_string(&real).expect("readable").contains("486"));
    }

    #[test]
    fn an_import_brings_dates_and_notes_and_overwrites_none() {
        let folder = tempfile::tempdir().expect("a directory");
        store(folder.path())
            .save([note(486, "ours")])
            .expect("saved");
        let text = "[[bookmark]]\ncode = 486\nnote = \"theirs\"\n\n\
                    [[bookmark]]\ncode = 600\nadded = \"2020-01-01T00:00:00Z\"\n";
        let imported = parse(text).expect("an export");
        let changes = imported
            .into_iter()
            .map(|(code, bookmark)| Change::Import(code, bookmark));
        let saved = store(folder.path()).save(changes).expect("saved").bookmarks;
        assert_eq!(saved[&code(486)].note.as_deref(), Some("ours"));
        assert_eq!(
            saved[&code(600)].added.as_deref(),
            Some("2020-01-01T00:00:00Z")
        );
        assert!(parse("version = 99").is_err());
    }

    #[test]
    fn notes_are_clean_and_short() {
        assert_eq!(clean_note("  a\u{1b}[31mb\n"), Some("ab".into()));
        assert_eq!(clean_note(" \u{7} "), None);
        assert_eq!(
            clean_note(&"x".repeat(9999)).map(|note| note.len()),
            Some(NOTE_LIMIT)
        );
    }
}
