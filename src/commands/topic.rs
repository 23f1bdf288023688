//! `sipdex cause`, `warn`, `timer` and `product`: pages of what is no response code.

use anyhow::{Result, bail};

use super::answer::{Answer, Data, Shown};
use super::codes::{closest, present};
use super::usage::Usage;
use crate::catalog::{self, Entry, Product, TopicKind};
use crate::document::Document;
use crate::output::json;
use crate::text;

struct Pages(Vec<Entry>);

impl Data for Pages {
    fn shown(&self) -> Shown {
        Shown::Pages(self.0.iter().copied().map(Document::of).collect())
    }

    fn json(&self) -> serde_json::Result<String> {
        let pages = self.0.iter().copied().map(json::entry);
        json::pretty(&pages.collect::<Vec<_>>())
    }
}

/// Answers with the pages of causes, warn-codes or timers.
pub(super) fn topics(kind: TopicKind, ids: &[String]) -> Result<Answer> {
    let topics = present(ids).into_iter().map(|id| topic(kind, &id));
    Ok(Answer::of(Pages(topics.collect::<Result<_>>()?)))
}

fn topic(kind: TopicKind, id: &str) -> Result<Entry> {
    let id = text::clean(id);
    let id = id.trim();
    if let Some(topic) = catalog::topic_called(kind, id) {
        return Ok(Entry::from(topic));
    }
    let (name, word) = (kind.as_str(), command(kind));
    let all: Vec<&str> = catalog::topics_of(kind)
        .map(|topic| topic.id.as_str())
        .collect();
    let list = format!("sipdex search is:{word} lists them");
    if kind == TopicKind::Timer {
        let meant = closest(id, all.into_iter());
        let meant = meant.map_or(list, |meant| format!("did you mean sipdex timer {meant}?"));
        bail!("no page has a timer {}; {meant}", text::quoted(id));
    }
    let number = id.parse::<u16>().is_ok();
    let (Some(low), Some(high)) = (all.first(), all.last()) else {
        bail!("{list}");
    };
    if number && kind == TopicKind::Cause && id.parse().is_ok_and(|number: u16| number < 128) {
        bail!("no RFC and no product that was read names cause {id}; {list}");
    }
    bail!(Usage(format!(
        "{} is no {name}; the numbers are from {low} to {high}, and {list}",
        text::quoted(id)
    )))
}

/// Returns the word of the command line for a kind.
fn command(kind: TopicKind) -> &'static str {
    match kind {
        TopicKind::Cause => "cause",
        TopicKind::Warning => "warning",
        TopicKind::Timer => "timer",
    }
}

/// Answers with the pages of products.
pub(super) fn products(names: &[String]) -> Result<Answer> {
    let products = present(names).into_iter().map(|name| product(&name));
    Ok(Answer::of(Pages(products.collect::<Result<_>>()?)))
}

/// Returns the product of a name, or the only one of which it is a beginning or a word.
fn product(name: &str) -> Result<Entry> {
    let name = text::clean(name);
    let name = name.trim().to_lowercase();
    let base = name.split_once(" (").map_or(&*name, |(base, _)| base);
    let all = || catalog::products().iter();
    let is = |product: &&Product| product.name.to_lowercase() == base;
    if let Some(product) = all().find(is) {
        return Ok(Entry::from(product));
    }
    let has = |product: &&Product| {
        let own = product.name.to_lowercase();
        own.starts_with(base) || own.split([' ', '.', '-']).any(|word| word == base)
    };
    let found: Vec<&'static Product> = all().filter(has).collect();
    let shown = text::quoted(&name);
    match found[..] {
        [one] => Ok(Entry::from(one)),
        [] => {
            let meant = closest(base, all().map(|product| product.name.as_str()));
            let says = meant.map_or_else(
                || "sipdex search is:product lists those that have one".into(),
                |meant| format!("did you mean sipdex product {}?", text::for_shell(meant)),
            );
            bail!("no page has the product {shown}; {says}")
        }
        _ => {
            let names: Vec<&str> = found.iter().map(|product| product.name.as_str()).collect();
            bail!("{shown} is in several names: {}", names.join(", "))
        }
    }
}
