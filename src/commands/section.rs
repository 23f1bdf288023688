//! `--section`: some sections of a page, and what they are called there.

use anyhow::{Result, bail};

use super::answer::{Answer, Data, Says, Shown};
use super::usage::Usage;
use crate::cli::Format;
use crate::document::{Document, section_names};
use crate::output::json;
use crate::text;

/// Pages with some of their sections.
struct Chosen {
    pages: Box<dyn Data>,
    sections: Vec<&'static str>,
}

impl Data for Chosen {
    fn shown(&self) -> Shown {
        match self.pages.shown() {
            Shown::Pages(pages) => {
                let pages = pages.iter().map(|page| page.only(&self.sections));
                Shown::Pages(pages.collect())
            }
            others => others,
        }
    }

    fn json(&self) -> serde_json::Result<String> {
        json::pretty(&json::only(&self.pages.json()?, &self.sections)?)
    }
}

/// Leaves only the sections that are asked for, if any are; says which pages lack one.
pub(super) fn of(answer: Answer, named: &[String], format: Format) -> Result<Answer> {
    let Says::Data(data) = answer.says else {
        return Ok(answer);
    };
    if named.is_empty() {
        return Ok(Answer {
            says: Says::Data(data),
            ..answer
        });
    }
    let pages = match data.shown() {
        Shown::Pages(pages) => pages,
        Shown::Rows(_) | Shown::Lines(_) => Vec::new(),
    };
    let sections: Vec<&'static str> = named
        .iter()
        .filter(|named| !named.is_empty())
        .map(|named| known(named, &pages))
        .collect::<Result<_>>()?;
    if sections.is_empty() {
        let of = pages.first().map_or_else(String::new, has);
        bail!(Usage(format!("no section is given; {of}")));
    }
    // JSON has all keys on each page.
    let lacking = match format {
        Format::Json => Vec::new(),
        Format::Plain | Format::Markdown => lacking(&sections, &pages)?,
    };
    let says = Says::Data(Box::new(Chosen {
        pages: data,
        sections,
    }));
    Ok(Answer { says, ..answer }.with(lacking))
}

/// Returns a name that any page can have, or names those of these pages.
fn known(named: &str, pages: &[Document]) -> Result<&'static str> {
    let mut all = section_names().map(|(name, _)| name);
    let lower = named.trim().to_lowercase();
    if let Some(name) = all.find(|name| *name == lower) {
        return Ok(name);
    }
    let of = pages.first().map_or_else(String::new, has);
    bail!(Usage(format!(
        "{} is no section; {of}",
        text::quoted(named)
    )))
}

fn has(page: &Document) -> String {
    format!("{} has {}", page.title, page.sections().join(", "))
}

/// Says which pages lack a section; fails if they lack all that is asked for.
fn lacking(sections: &[&'static str], pages: &[Document]) -> Result<Vec<String>> {
    let lacks = |page: &Document| {
        let own = page.sections();
        let lacking = sections.iter().copied().filter(|name| !own.contains(name));
        lacking.collect::<Vec<_>>()
    };
    let mut said = Vec::new();
    for page in pages {
        let names = lacks(page);
        if !names.is_empty() {
            let names = names.join(" and no section ");
            said.push(format!("no section {names}: {}", has(page)));
        }
    }
    if pages.iter().all(|page| lacks(page).len() == sections.len()) && !pages.is_empty() {
        bail!(said.join("; "));
    }
    Ok(said)
}
