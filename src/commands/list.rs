//! `sipdex list`: one line a code.

use anyhow::{Result, bail};

use super::{Out, Outcome, Usage, load_bookmarks, report};
use crate::catalog::{self, Class, Response};
use crate::cli::Format;
use crate::config::Paths;
use crate::output::json;
use crate::text;

#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) bookmarked: bool,
    pub(super) unregistered: bool,
}

pub(super) fn run(
    class: Option<&str>,
    wanted: Wanted,
    format: Format,
    paths: &Paths,
    out: &mut Out<'_>,
) -> Result<Outcome> {
    let class = match class {
        None => None,
        Some(name) => match Class::parse(name) {
            Some(class) => Some(class),
            None => bail!(Usage(format!(
                "{} is no class; the classes are 1xx to 6xx",
                text::quoted(name)
            ))),
        },
    };
    let bookmarks = if wanted.bookmarked {
        Some(load_bookmarks(paths)?)
    } else {
        None
    };
    let mut responses: Vec<&'static Response> = match &bookmarks {
        // A bookmarked number need not be in any table.
        Some(bookmarks) => bookmarks
            .keys()
            .map(|code| catalog::response(*code))
            .collect(),
        None => catalog::responses()
            .iter()
            .filter(|r| r.is_registered() != wanted.unregistered)
            .collect(),
    };
    responses.retain(|response| {
        class.is_none_or(|class| response.class() == class)
            && (!wanted.unregistered || !response.is_registered())
    });
    if format == Format::Json {
        out.json(&json::list(&responses))?;
    } else {
        let row = |response: &&Response| (response.title(), response.summary.to_owned());
        let rows: Vec<_> = responses.iter().map(row).collect();
        out.table(&rows, format)?;
    }
    if responses.is_empty() {
        report(Some("no code fits"));
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Done)
}
