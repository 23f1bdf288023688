//! `sipdex bookmarks`: the same file as the explorer's.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Out, Outcome, load_bookmarks, report, responses};
use crate::bookmarks::{Bookmark, Change, NOTE_LIMIT, clean_note};
use crate::catalog::{self, Response, StatusCode};
use crate::cli::{self, Format};
use crate::config::Paths;
use crate::files;
use crate::output::json;
use crate::store::{Imported, Store, some_of};
use crate::text;

pub(super) fn run(
    command: &cli::Bookmarks,
    format: Format,
    paths: &Paths,
    out: &mut Out<'_>,
) -> Result<Outcome> {
    match command {
        cli::Bookmarks::List { .. } => list(format, paths, out),
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
        cli::Bookmarks::Remove { codes } => remove(&responses(codes)?, paths),
        cli::Bookmarks::Export => export(paths, out),
        cli::Bookmarks::Import { file } => import(file, paths),
    }
}

/// Prints the file as it is, so that a copy of it has all that it has.
fn export(paths: &Paths, out: &mut Out<'_>) -> Result<Outcome> {
    let (bytes, loaded) = Store::new(paths.bookmarks()).export()?;
    if std::io::stdout().is_terminal() {
        // A file may hold what a terminal would obey.
        let shown = text::clean_lines(&String::from_utf8_lossy(&bytes));
        out.to.write_all(shown.as_bytes())?;
    } else {
        out.to.write_all(&bytes)?;
    }
    report(loaded?.notice.as_deref());
    Ok(Outcome::Done)
}

/// Stands for the line ends of a note where it takes one line.
const LINE_END: &str = " ⏎ ";

fn list(format: Format, paths: &Paths, out: &mut Out<'_>) -> Result<Outcome> {
    let loaded = Store::new(paths.bookmarks()).load()?;
    report(loaded.notice.as_deref());
    let bookmarks = loaded.bookmarks;
    if format == Format::Json {
        out.json(&json::bookmarks(&bookmarks))?;
    } else {
        let row = |(code, bookmark): (&StatusCode, &Bookmark)| {
            (
                catalog::response(*code).title(),
                bookmark
                    .note
                    .as_deref()
                    .unwrap_or_default()
                    .replace('\n', LINE_END),
            )
        };
        let rows: Vec<_> = bookmarks.iter().map(row).collect();
        out.table(&rows, format)?;
    }
    if bookmarks.is_empty() {
        let says = "there are no bookmarks yet";
        report(Some(says).filter(|_| loaded.notice.is_none()));
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Done)
}

/// Forgets the bookmarks of responses; those that have none are reported.
fn remove(responses: &[&Response], paths: &Paths) -> Result<Outcome> {
    let kept = load_bookmarks(paths)?;
    let codes = responses.iter().map(|response| response.code);
    let (bookmarked, others): (Vec<_>, Vec<_>) = codes.partition(|code| kept.contains_key(code));
    for code in &others {
        report(Some(&format!("{code} is not bookmarked")));
    }
    if !bookmarked.is_empty() {
        save(bookmarked.into_iter().map(Change::Remove), paths)?;
    }
    Ok(if others.is_empty() {
        Outcome::Done
    } else {
        Outcome::NothingFound
    })
}

fn import(file: &Path, paths: &Paths) -> Result<Outcome> {
    let exported = files::read_any(file)?;
    let (loaded, imported) = Store::new(paths.bookmarks())
        .import(&exported)
        .with_context(|| format!("{} was not imported", files::shown(file)))?;
    report(loaded.notice.as_deref());
    report(Some(&summary(&imported)));
    Ok(Outcome::Done)
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

fn save(changes: impl IntoIterator<Item = Change>, paths: &Paths) -> Result<Outcome> {
    let saved = Store::new(paths.bookmarks()).save(changes)?;
    report(saved.notice.as_deref());
    Ok(Outcome::Done)
}
