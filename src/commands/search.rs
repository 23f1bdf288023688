//! `sipdex search`: ranked hits, each with its reason.

use std::iter;

use anyhow::Result;

use super::completions::{filter_name, values};
use super::{Out, Outcome, input, load_bookmarks, report};
use crate::bookmarks;
use crate::cli::Format;
use crate::config::Paths;
use crate::output::json;
use crate::search::{Hit, Results, Sets, nearest, search};
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

/// Returns the example of a filter that stands at the end of a query without a value.
fn without_value(query: &str) -> Option<&'static str> {
    let name = query.split_whitespace().next_back()?.strip_suffix(':')?;
    let mut written = crate::search::filters().map(|(example, _)| example);
    written.find(|example| filter_name(example).eq_ignore_ascii_case(name))
}

/// Says which values a filter may have: the one that stands for all, and a few others.
fn of_values(example: &str) -> String {
    let name = filter_name(example);
    let others = values(name).into_iter();
    let others = others.map(|(value, _)| format!("{name}:{}", value.to_lowercase()));
    let others = others.filter(|other| other != example).take(2);
    let examples: Vec<String> = iter::once(example.to_owned()).chain(others).collect();
    format!(
        "{name}: has no value; it takes one such as {}",
        examples.join(", ")
    )
}

pub(super) fn run(
    words: &[String],
    format: Format,
    paths: &Paths,
    out: &mut Out<'_>,
) -> Result<Outcome> {
    let query = match words {
        [word] if word == input::STDIN => {
            text::clean(&input::read("words or lines to search for")?)
        }
        words => text::clean(&words.join(" ")),
    };
    if let Some(filter) = without_value(&query) {
        if format == Format::Json {
            out.json(&json::hits(&[]))?;
        }
        report(Some(&of_values(filter)));
        return Ok(Outcome::NothingFound);
    }
    // Only a query for bookmarks needs the file.
    let bookmarked = if query.to_ascii_lowercase().contains("is:bookmarked") {
        bookmarks::codes(&load_bookmarks(paths)?)
    } else {
        bookmarks::codes(&bookmarks::Bookmarks::new())
    };
    let Results { hits, remark } = search(&query, &Sets { bookmarked });
    if format == Format::Json {
        out.json(&json::hits(&hits))?;
    } else {
        let row = |hit: &Hit| (hit.entry.title(), hit.why.to_string());
        let rows: Vec<_> = hits.iter().map(row).collect();
        out.table(&rows, format)?;
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
        let query = text::quoted(&query);
        report(Some(&format!("nothing fits {query}{nearest}")));
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Done)
}
