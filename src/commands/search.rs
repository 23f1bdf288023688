//! `sipdex search`: ranked hits, each with its reason.

use std::iter;

use anyhow::Result;
use serde_json::Value;

use super::{Out, Outcome, load_bookmarks, report};
use crate::bookmarks;
use crate::cli::{Format, Output};
use crate::config::Paths;
use crate::output::json;
use crate::search::{Hit, Results, nearest, search};
use crate::text;

/// Returns what the filters are and what each finds, a line each.
pub(super) fn filters() -> String {
    let widest = crate::search::filters().map(|(example, _)| example.len());
    let widest = widest.max().unwrap_or_default();
    let lines =
        crate::search::filters().map(|(example, finds)| format!("\n  {example:widest$}  {finds}"));
    iter::once("Filters, which combine with words:".to_owned())
        .chain(lines)
        .collect()
}

pub(super) fn run(
    words: &[String],
    output: Output,
    paths: &Paths,
    out: &mut Out<'_>,
) -> Result<Outcome> {
    let query = text::clean(&words.join(" "));
    // Only a query for bookmarks needs the file.
    let bookmarked = if query.to_ascii_lowercase().contains("is:bookmarked") {
        bookmarks::codes(&load_bookmarks(paths)?)
    } else {
        bookmarks::codes(&bookmarks::Bookmarks::new())
    };
    let Results { hits, remark } = search(&query, &bookmarked);
    if output.format == Format::Json {
        let hits: Value = hits.iter().map(json::hit).collect();
        out.json(&hits)?;
    } else {
        let row = |hit: &Hit| (hit.response.title(), hit.why.to_string());
        let rows: Vec<_> = hits.iter().map(row).collect();
        out.table(&rows, output.format)?;
    }
    if let Some(remark) = &remark {
        report(Some(remark));
    }
    if hits.is_empty() {
        let near: Vec<String> = nearest(&query)
            .into_iter()
            .map(crate::catalog::Response::title)
            .collect();
        let nearest = if near.is_empty() {
            String::new()
        } else {
            format!("; the nearest: {}", near.join(", "))
        };
        report(Some(&format!("nothing fits {query:?}{nearest}")));
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Done)
}
