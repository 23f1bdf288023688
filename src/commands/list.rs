//! `sipdex list`: one line a code.

use anyhow::Result;

use super::answer::{Answer, Data, Shown};
use super::bookmarks::load;
use super::messages::Messages;
use super::usage::Usage;
use crate::catalog::{self, Class, Response};
use crate::cli::Wanted;
use crate::config::Paths;
use crate::output::json;
use crate::text;

struct Listed(Vec<&'static Response>);

impl Data for Listed {
    fn shown(&self) -> Shown {
        let row = |response: &&Response| (response.title(), response.summary.into());
        Shown::Rows(self.0.iter().map(row).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::list(&self.0))
    }
}

pub(super) fn run(wanted: &Wanted, paths: &Paths, messages: &mut Messages<'_>) -> Result<Answer> {
    let class = wanted.class.as_deref().map(class).transpose()?;
    let mut responses: Vec<&'static Response> = if wanted.bookmarked {
        // A bookmarked number need not be in any table.
        let codes = load(paths, messages)?.into_keys();
        codes.map(catalog::response).collect()
    } else {
        let responses = catalog::responses().iter();
        responses
            .filter(|response| response.is_registered() != wanted.unregistered)
            .collect()
    };
    responses.retain(|response| {
        class.is_none_or(|class| response.class() == class)
            && (!wanted.unregistered || !response.is_registered())
    });
    let is_empty = responses.is_empty();
    let answer = Answer::of(Listed(responses));
    Ok(if is_empty {
        answer.with(["no code fits".into()]).in_vain()
    } else {
        answer
    })
}

fn class(name: &str) -> Result<Class, Usage> {
    Class::parse(name).ok_or_else(|| {
        Usage(format!(
            "{} is no class; the classes are 1xx to 6xx",
            text::quoted(name)
        ))
    })
}
