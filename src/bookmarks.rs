//! The codes that the user keeps, in a file that is never half written and never overwritten unread.

mod file;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::catalog::{Codes, StatusCode};
use crate::files::{self, shown};
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

    /// Returns what to type in a shell for the same.
    pub fn command(&self) -> String {
        let add = |code, note: Option<&String>| match note {
            Some(note) => format!("add {code} --note '{}'", note.replace('\'', r"'\''")),
            None => format!("add {code}"),
        };
        let command = match self {
            Self::Add(code) => add(code, None),
            Self::Remove(code) => format!("remove {code}"),
            Self::Note(code, note) => add(code, note.as_ref().or(Some(&String::new()))),
            Self::Import(code, bookmark) => add(code, bookmark.note.as_ref()),
        };
        format!("sipdex bookmarks {command}")
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
    unsaved: Vec<Change>,
}

/// What reading the file gave.
#[derive(Debug, Default)]
pub struct Loaded {
    pub bookmarks: Bookmarks,
    /// What the user should know: a broken file that was set aside, or one that cannot be changed.
    pub notice: Option<String>,
}

impl Store {
    /// Takes the path of the file; without one nothing can be saved.
    pub fn new(path: Option<PathBuf>) -> Self {
        Self {
            path,
            unsaved: Vec::new(),
        }
    }

    /// Returns the changes that could not be saved.
    pub fn unsaved(&self) -> &[Change] {
        &self.unsaved
    }

    /// Reads the bookmarks. A missing file is an empty set; a broken one is an error, and stays as it is.
    pub fn load(&self) -> Result<Loaded> {
        let Some(path) = &self.path else {
            return Ok(Loaded::default());
        };
        match read(path)? {
            Ok(contents) => Ok(Loaded {
                bookmarks: contents.bookmarks(),
                notice: contents
                    .is_newer()
                    .then(|| format!("{}, and cannot be changed here", of_newer(path))),
            }),
            Err(broken) => bail!(
                "{} is broken and stays as it is until something is saved, then it is set aside ({broken:#})",
                shown(path)
            ),
        }
    }

    /// Saves changes, and those that could not be saved before, on top of what other processes saved.
    /// A broken file is set aside under another name. On an error the changes are kept for the next time.
    pub fn save(&mut self, changes: impl IntoIterator<Item = Change>) -> Result<Loaded> {
        self.unsaved.extend(changes);
        let path = self
            .path
            .as_ref()
            .context("no directory for the configuration is known")?;
        let path = &files::real(path)?;
        let folder = path
            .parent()
            .context("the bookmark file has no directory")?;
        files::create_folder(folder)?;
        let _lock = files::lock(path)?;
        let (mut contents, notice) = read_or_set_aside(path)?;
        let now = humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string();
        for change in &self.unsaved {
            contents.apply(change, &now);
        }
        files::replace(path, &contents.to_toml()?)?;
        self.unsaved.clear();
        Ok(Loaded {
            bookmarks: contents.bookmarks(),
            notice,
        })
    }
}

/// Returns the bookmarks of an exported file; the error is one clean line.
pub fn parse(exported: &[u8]) -> Result<Bookmarks> {
    let contents = Contents::parse(exported)?;
    if contents.is_newer() {
        bail!("it was written by a newer sipdex");
    }
    Ok(contents.bookmarks())
}

/// Returns bookmarks as a file to import elsewhere.
pub fn export(bookmarks: &Bookmarks) -> Result<String> {
    Contents::of(bookmarks).to_toml()
}

/// Reads the file; the inner error is one of what it says.
fn read(path: &Path) -> Result<Result<Contents>> {
    Ok(match files::read(path)? {
        Some(bytes) => Contents::parse(&bytes),
        None => Ok(Contents::default()),
    })
}

fn read_or_set_aside(path: &Path) -> Result<(Contents, Option<String>)> {
    match read(path)? {
        Ok(contents) if contents.is_newer() => bail!("{}", of_newer(path)),
        Ok(contents) => Ok((contents, None)),
        Err(broken) => {
            let aside = files::set_aside(path)?;
            let notice = format!(
                "the broken bookmarks are kept as {} ({broken:#})",
                shown(&aside)
            );
            Ok((Contents::default(), Some(notice)))
        }
    }
}

fn of_newer(path: &Path) -> String {
    format!("{} was written by a newer sipdex", shown(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

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
    fn a_broken_file_stays_while_it_is_read_and_is_set_aside_with_every_byte_on_a_save() {
        for broken in [
            &b"bookmark = 486"[..],
            b"\0\0\0",
            b"[[bookmark]]\ncode = \"x\"",
            b"version = 1\nversion = 1",
            b"version = 1\nbookmark = \"not newer, so broken\"",
            b"note = \"\xff\"",
        ] {
            let folder = tempfile::tempdir().expect("a directory");
            let path = folder.path().join("bookmarks.toml");
            fs::write(&path, broken).expect("written");
            let error = store(folder.path()).load().expect_err("broken").to_string();
            assert!(error.contains("bookmarks.toml is broken"), "{error}");
            assert_eq!(fs::read(&path).expect("readable"), broken);

            let saved = store(folder.path()).save([Change::Add(code(486))]);
            let notice = saved.expect("saved").notice.expect("a notice");
            let aside = fs::read_dir(folder.path()).expect("a directory");
            let aside = aside.map(|entry| entry.expect("readable").path());
            let aside = aside.filter(|path| path.to_string_lossy().contains("corrupt-"));
            let [aside] = &aside.collect::<Vec<_>>()[..] else {
                panic!("one file is set aside");
            };
            assert!(notice.contains(&*aside.to_string_lossy()), "{notice}");
            assert_eq!(fs::read(aside).expect("readable"), broken);
            assert_eq!(kept(folder.path()), [486]);
        }
    }

    #[test]
    fn a_newer_file_is_shown_and_never_changed() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        for (text, shown) in [
            ("version = 99\n[[bookmark]]\ncode = 486\n", vec![486]),
            ("version = 2\nbookmark = \"somewhere else\"\n", vec![]),
            ("version = 9999999999\n", vec![]),
        ] {
            fs::write(&path, text).expect("written");
            let loaded = store(folder.path()).load().expect("bookmarks");
            assert!(loaded.notice.is_some_and(|notice| notice.contains("newer")));
            assert_eq!(kept(folder.path()), shown);
            assert!(store(folder.path()).save([Change::Add(code(600))]).is_err());
            assert_eq!(fs::read_to_string(&path).expect("readable"), text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_empty_set() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let huge = fs::File::create(&path).expect("created");
        huge.set_len(1 << 30).expect("a sparse file");
        let error = store(folder.path()).load().expect_err("huge").to_string();
        assert!(error.ends_with("bookmarks.toml is too large"), "{error}");
        assert!(store(&path).load().is_err(), "a file is no directory");
    }

    #[test]
    fn a_date_of_toml_is_a_date() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let text = "[[bookmark]]\ncode = 486\nadded = 2026-01-02T03:04:05Z\n";
        fs::write(&path, text).expect("written");
        let saved = store(folder.path()).save([Change::Add(code(600))]);
        let saved = saved.expect("saved").bookmarks;
        assert_eq!(
            saved[&code(486)].added.as_deref(),
            Some("2026-01-02T03:04:05Z")
        );
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.contains("added = 2026-01-02T03:04:05Z"), "{text}");
    }

    #[test]
    fn a_lost_change_can_be_typed_again() {
        assert_eq!(
            Change::Remove(code(486)).command(),
            "sipdex bookmarks remove 486"
        );
        assert_eq!(Change::Add(code(486)).command(), "sipdex bookmarks add 486");
        assert_eq!(
            note(486, "it's theirs").command(),
            r"sipdex bookmarks add 486 --note 'it'\''s theirs'"
        );
        assert_eq!(
            Change::Note(code(486), None).command(),
            "sipdex bookmarks add 486 --note ''"
        );
    }

    #[test]
    fn unknown_fields_survive_a_save() {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join("bookmarks.toml");
        let text =
            "colour = \"blue\"\n\n[[bookmark]]\ncode = 486\nstars = 5\n\n[[bookmark]]\ncode = 7\n";
        fs::write(&path, text).expect("written");
        store(folder.path()).save([note(486, "x")]).expect("saved");
        let saved = fs::read_to_string(&path).expect("readable");
        for kept in [
            "version = 1",
            "colour = \"blue\"",
            "stars = 5",
            "code = 7",
            "note = \"x\"",
        ] {
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
        let imported = parse(text.as_bytes()).expect("an export");
        let changes = imported
            .into_iter()
            .map(|(code, bookmark)| Change::Import(code, bookmark));
        let saved = store(folder.path()).save(changes).expect("saved").bookmarks;
        assert_eq!(saved[&code(486)].note.as_deref(), Some("ours"));
        assert_eq!(
            saved[&code(600)].added.as_deref(),
            Some("2020-01-01T00:00:00Z")
        );
        assert!(parse(b"version = 99").is_err());
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
