//! `sipdex bookmarks`: the same file as the explorer's.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Out, Outcome, load_bookmarks, report, response};
use crate::bookmarks::{self, Bookmark, Change, Store, clean_note};
use crate::catalog::{self, StatusCode};
use crate::cli::{self, Format};
use crate::config::Paths;
use crate::files;
use crate::output::json;

pub(super) fn run(command: &cli::Bookmarks, paths: &Paths, out: &mut Out<'_>) -> Result<Outcome> {
    match command {
        cli::Bookmarks::List { output } => list(output.format, paths, out),
        cli::Bookmarks::Add { code, note } => {
            let code = response(code)?.code;
            let change = match note {
                Some(note) => Change::Note(code, clean_note(note)),
                None => Change::Add(code),
            };
            save([change], paths)
        }
        cli::Bookmarks::Remove { code } => {
            let code = response(code)?.code;
            if !load_bookmarks(paths)?.contains_key(&code) {
                report(Some(&format!("{code} is not bookmarked")));
                return Ok(Outcome::NothingFound);
            }
            save([Change::Remove(code)], paths)
        }
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
