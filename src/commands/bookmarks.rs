//! `sipdex bookmarks`: the same file as the explorer's.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::answer::{Answer, Data, Says, Shown};
use super::codes::responses;
use super::messages::Messages;
use crate::bookmarks::{Bookmark, Bookmarks, Change, NOTE_LIMIT, clean_note};
use crate::catalog::{self, Response, StatusCode};
use crate::cli;
use crate::config::Paths;
use crate::files;
use crate::output::json;
use crate::store::{Imported, Store, some_of};

/// Stands for the line ends of a note where it takes one line.
const LINE_END: &str = " ⏎ ";

impl Data for Bookmarks {
    fn shown(&self) -> Shown {
        let row = |(code, bookmark): (&StatusCode, &Bookmark)| {
            let note = bookmark.note.as_deref().unwrap_or_default();
            let title = catalog::response(*code).title();
            (title, note.replace('\n', LINE_END))
        };
        Shown::Rows(self.iter().map(row).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::bookmarks(self))
    }
}

/// Reads the user's bookmarks; what else there is to know of the file is a message.
pub(super) fn load(paths: &Paths, messages: &mut Messages<'_>) -> Result<Bookmarks> {
    let loaded = Store::new(paths.bookmarks()).load()?;
    if let Some(notice) = loaded.notice {
        messages.say(notice);
    }
    Ok(loaded.bookmarks)
}

pub(super) fn run(
    command: &cli::Bookmarks,
    paths: &Paths,
    messages: &mut Messages<'_>,
) -> Result<Answer> {
    match command {
        cli::Bookmarks::List { .. } => list(paths),
        cli::Bookmarks::Add { codes, note } => {
            let length = note.as_deref().unwrap_or_default().chars().count();
            if length > NOTE_LIMIT {
                bail!("the note has {length} characters; a note holds {NOTE_LIMIT}");
            }
            let note = note.as_deref().map(clean_note);
            let change = |response: &Response| match &note {
                Some(note) => Change::Note(response.code, note.clone()),
                None => Change::Add(response.code),
            };
            save(responses(codes)?.into_iter().map(change), paths)
        }
        cli::Bookmarks::Remove { codes } => remove(&responses(codes)?, paths, messages),
        cli::Bookmarks::Export => export(paths),
        cli::Bookmarks::Import { file } => import(file, paths),
    }
}

/// Gives the file as it is, so that a copy of it has all that it has.
fn export(paths: &Paths) -> Result<Answer> {
    let (bytes, loaded) = Store::new(paths.bookmarks()).export()?;
    let answer = Answer::new(Says::File(bytes));
    Ok(match loaded {
        Ok(loaded) => answer.with(loaded.notice),
        Err(broken) => answer.failed(broken),
    })
}

fn list(paths: &Paths) -> Result<Answer> {
    let loaded = Store::new(paths.bookmarks()).load()?;
    let is_empty = loaded.bookmarks.is_empty();
    let answer = Answer::of(loaded.bookmarks);
    Ok(match loaded.notice {
        notice if !is_empty => answer.with(notice),
        Some(notice) => answer.with([notice]).in_vain(),
        None => answer.with(["there are no bookmarks yet".into()]).in_vain(),
    })
}

/// Forgets the bookmarks of responses; those that have none are reported.
fn remove(responses: &[&Response], paths: &Paths, messages: &mut Messages<'_>) -> Result<Answer> {
    let kept = load(paths, messages)?;
    let codes = responses.iter().map(|response| response.code);
    let (bookmarked, others): (Vec<_>, Vec<_>) = codes.partition(|code| kept.contains_key(code));
    for code in &others {
        messages.say(format_args!("{code} is not bookmarked"));
    }
    let answer = if bookmarked.is_empty() {
        Answer::new(Says::Nothing)
    } else {
        save(bookmarked.into_iter().map(Change::Remove), paths)?
    };
    Ok(if others.is_empty() {
        answer
    } else {
        answer.in_vain()
    })
}

fn import(file: &Path, paths: &Paths) -> Result<Answer> {
    let exported = files::read_any(file)?;
    let (loaded, imported) = Store::new(paths.bookmarks())
        .import(&exported)
        .with_context(|| format!("{} was not imported", files::shown(file)))?;
    let answer = Answer::new(Says::Nothing).with(loaded.notice);
    Ok(answer.with([summary(&imported)]))
}

/// Says what an import took and what it did not.
fn summary(imported: &Imported) -> String {
    let Imported {
        codes,
        own_notes,
        left_out,
    } = imported;
    let of = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let mut summary = of(*codes, "bookmark imported", "bookmarks imported");
    let codes: Vec<String> = own_notes.iter().map(ToString::to_string).collect();
    if let Some(codes) = some_of(&codes) {
        let kept = of(
            own_notes.len(),
            "keeps its own note",
            "keep their own notes",
        );
        summary = format!("{summary}; {kept}: {}", codes.replace("; ", ", "));
    }
    if let Some(reasons) = some_of(left_out) {
        let left = of(left_out.len(), "entry left out", "entries left out");
        summary = format!("{summary}; {left}: {reasons}");
    }
    summary
}

fn save(changes: impl IntoIterator<Item = Change>, paths: &Paths) -> Result<Answer> {
    let saved = Store::new(paths.bookmarks()).save(changes)?;
    Ok(Answer::new(Says::Nothing).with(saved.notice))
}
