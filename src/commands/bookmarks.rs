//! `sipdex bookmarks`: the same file as the explorer's.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Out, Outcome, load_bookmarks, report, responses};
use crate::bookmarks::{self, Bookmark, Change, Store, clean_note};
use crate::catalog::{self, Response, StatusCode};
use crate::cli::{self, Format};
use crate::config::Paths;
use crate::files;
use crate::output::json;

pub(super) fn run(
    command: &cli::Bookmarks,
    format: Format,
    paths: &Paths,
    out: &mut Out<'_>,
) -> Result<Outcome> {
    match command {
        cli::Bookmarks::List { .. } => list(format, paths, out),
        cli::Bookmarks::Add { codes, note } => {
            let note = note.as_deref().map(clean_note);
            let change = |response: &Response| match &note {
                Some(note) => Change::Note(response.code, note.clone()),
                None => Change::Add(response.code),
            };
            save(responses(codes)?.into_iter().map(change), paths)
        }
        cli::Bookmarks::Remove { codes } => remove(&responses(codes)?, paths),
        cli::Bookmarks::Export => {
            let text = bookmarks::export(&load_bookmarks(paths)?)?;
            out.to.write_all(text.as_bytes())?;
            Ok(Outcome::Done)
        }
        cli::Bookmarks::Import { file } => import(file, paths),
    }
}

fn list(format: Format, paths: &Paths, out: &mut Out<'_>) -> Result<Outcome> {
    let bookmarks = load_bookmarks(paths)?;
    if format == Format::Json {
        out.json(&json::bookmarks(&bookmarks))?;
    } else {
        let row = |(code, bookmark): (&StatusCode, &Bookmark)| {
            (
                catalog::response(*code).title(),
                bookmark.note.clone().unwrap_or_default(),
            )
        };
        let rows: Vec<_> = bookmarks.iter().map(row).collect();
        out.table(&rows, format)?;
    }
    if bookmarks.is_empty() {
        report(Some("there are no bookmarks yet"));
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
    let shown = files::shown(file);
    let text = if file == Path::new("-") {
        let mut text = Vec::new();
        std::io::stdin().read_to_end(&mut text).map(|_| text)
    } else {
        fs::read(file)
    };
    let text = text.with_context(|| format!("could not read {shown}"))?;
    let imported = bookmarks::parse(&text).with_context(|| format!("{shown} was not imported"))?;
    let kept = load_bookmarks(paths)?;
    for (code, bookmark) in &imported {
        let own = kept.get(code).and_then(|kept| kept.note.as_ref());
        if own.is_some() && bookmark.note.is_some() && own != bookmark.note.as_ref() {
            report(Some(&format!("{code} keeps the note that it has")));
        }
    }
    save(
        imported
            .into_iter()
            .map(|(code, bookmark)| Change::Import(code, bookmark)),
        paths,
    )
}

fn save(changes: impl IntoIterator<Item = Change>, paths: &Paths) -> Result<Outcome> {
    let saved = Store::new(paths.bookmarks()).save(changes)?;
    report(saved.notice.as_deref());
    Ok(Outcome::Done)
}
