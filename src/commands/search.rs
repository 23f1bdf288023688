//! `sipdex search`: ranked hits, each with its reason.

use std::iter;

use anyhow::Result;

use super::answer::{Answer, Data, Shown};
use super::bookmarks::load;
use super::completions::{filter_name, values};
use super::input;
use super::messages::Messages;
use crate::bookmarks;
use crate::config::Paths;
use crate::output::json;
use crate::search::{Hit, Results, Sets, filters, needs, search};
use crate::text;

struct Hits(Vec<Hit>);

impl Data for Hits {
    fn shown(&self) -> Shown {
        let row = |hit: &Hit| (hit.entry.title(), hit.why().to_owned());
        Shown::Rows(self.0.iter().map(row).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::hits(&self.0))
    }
}

pub(super) fn run(words: &[String], paths: &Paths, messages: &mut Messages<'_>) -> Result<Answer> {
    let query = match words {
        [word] if word == input::STDIN => {
            text::clean_lines(&input::read("words or lines to search for", messages)?)
        }
        words => text::clean_lines(&words.join(" ")),
    };
    if let Some(filter) = without_value(&query) {
        let answer = Answer::of(Hits(Vec::new()));
        return Ok(answer.with([of_values(filter)]).in_vain());
    }
    let mut sets = Sets::default();
    // Only a query for bookmarks needs the file.
    if needs(&query).bookmarks {
        sets.bookmarked = bookmarks::codes(&load(paths, messages)?);
    }
    let Results {
        hits,
        nearest,
        remark,
    } = search(&query, &sets);
    let [hits, nearest] = [hits, nearest].map(codes_first);
    if !hits.is_empty() {
        return Ok(Answer::of(Hits(hits)).with(remark));
    }
    let nothing = nothing_fits(&query, &nearest);
    let answer = Answer::of(Hits(nearest)).with(remark);
    Ok(answer.with([nothing]).in_vain())
}

/// Puts what is no code behind: scripts take the first one.
fn codes_first(hits: Vec<Hit>) -> Vec<Hit> {
    let hits = hits.into_iter();
    let (mut codes, beside): (Vec<_>, Vec<_>) = hits.partition(|hit| hit.entry.code().is_some());
    codes.extend(beside);
    codes
}

/// Says that nothing fits, and that what is listed comes nearest.
fn nothing_fits(query: &str, nearest: &[Hit]) -> String {
    let listed = if nearest.is_empty() {
        ""
    } else {
        "; listed is what comes nearest"
    };
    format!("nothing fits {}{listed}", text::quoted(query))
}

/// Returns the example of a filter that stands at the end of a query without a value.
fn without_value(query: &str) -> Option<&'static str> {
    let name = query.split_whitespace().next_back()?.strip_suffix(':')?;
    let mut written = filters().map(|(example, _)| example);
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
