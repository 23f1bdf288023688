//! Reads the bookmark file part by part: what is wrong costs itself, and is kept as it is.

use std::ops::Range;

use anyhow::{Result, bail};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Contents, Kept, VERSION};
use crate::bookmarks::entry::{Entry, Wrong, blank_length, parsed};
use crate::bookmarks::parts::{Opening, Part, is_bookmark};
use crate::files;

const ENTRY: &str = "[[bookmark]]\n";
/// The mark that some editors put before a text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Contents {
    /// Reads the file part by part. What is no text, or is wrong and has no entry at all, is an error.
    pub(in crate::bookmarks) fn parse(bytes: &[u8]) -> Result<Self> {
        let text = files::text(bytes)?;
        let mut contents = Self {
            lacks_version: true,
            lead: if text.len() < bytes.len() {
                BYTE_ORDER_MARK
            } else {
                ""
            },
            line_end: if text.contains("\r\n") { "\r\n" } else { "\n" },
            kept: Vec::new(),
            ..Self::default()
        };
        let (mut at, mut line) = (0, 1);
        while at < text.len() {
            let part = contents.take(&text[at..], at == 0, line);
            at += part.len();
            line += part.matches('\n').count();
        }
        let broken = contents.problems.first().filter(|_| contents.entries == 0);
        if let Some(broken) = broken.filter(|_| !contents.is_newer()) {
            bail!("{broken}");
        }
        Ok(contents)
    }

    /// Takes the first part of a text, and returns it.
    fn take<'a>(&mut self, text: &'a str, is_head: bool, line: usize) -> &'a str {
        let mut part = Part::first(text);
        let mut kept = self.read(part, is_head, line);
        // A text or a list that never ends must not take the entries with it that follow.
        if kept.is_err()
            && let Some(shorter) = part.up_to_the_next_entry()
        {
            part = shorter;
            kept = self.read(part, is_head, line);
        }
        if part.opening == Opening::Mark {
            self.merged.get_or_insert(line);
        }
        self.entries += usize::from(part.opening == Opening::Entry);
        match kept {
            Ok(kept) => self.kept.extend(kept),
            Err(wrong) => {
                // Where a merge left only the first line to both sides, its fields follow the mark.
                let rest = &text[part.text.len()..];
                let is_divided = part.text[part.fields..].trim().is_empty()
                    && Part::first(rest).opening == Opening::Mark;
                if !is_divided {
                    self.problem(line, &wrong);
                }
                self.kept.push(Kept::Other(part.text.to_owned()));
            }
        }
        part.text
    }

    fn problem(&mut self, line: usize, wrong: &Wrong) {
        self.problems
            .push(format!("line {}: {}", line + wrong.line, wrong.reason));
    }

    fn read(&mut self, part: Part<'_>, is_head: bool, line: usize) -> Result<Vec<Kept>, Wrong> {
        let other = || vec![Kept::Other(part.text.to_owned())];
        let has_fields = || {
            let mut lines = part.text[part.fields..].lines().map(str::trim);
            lines.any(|line| !line.is_empty() && !line.starts_with('#'))
        };
        match part.opening {
            Opening::Fields if is_head => self.read_head(part.text, line),
            Opening::Fields if !has_fields() => Ok(other()),
            Opening::Fields | Opening::Entry => {
                let mut entry = Entry::read(part.text, part.fields)?;
                if part.opening == Opening::Entry {
                    entry.make_one_of_many();
                }
                Ok(vec![Kept::Entry(entry)])
            }
            Opening::Table | Opening::Below => parsed(part.text, 0).map(|_| other()),
            Opening::Mark => Ok(other()),
            Opening::NoTable => Err(Wrong {
                line: 0,
                reason: "this is no beginning of an entry, which is [[bookmark]]".into(),
            }),
        }
    }

    /// Reads the fields before the first table, and makes entries of those of `bookmark = [486, 503]`.
    fn read_head(&mut self, text: &str, line: usize) -> Result<Vec<Kept>, Wrong> {
        let table = parsed(text, 0).inspect_err(|_| {
            let versions = text
                .lines()
                .filter_map(|line| version(&parsed(line, 0).ok()?));
            self.take_version(versions.max().unwrap_or(VERSION));
        })?;
        if let Some(version) = version(&table) {
            self.take_version(version);
        }
        let listed = table.iter().find(|(name, value)| {
            let is_dotted = value.get_ref().is_table() && !text[value.span()].starts_with('{');
            is_bookmark(name.get_ref()) && !is_dotted
        });
        let Some((name, value)) = listed.filter(|_| !self.is_newer()) else {
            return Ok(vec![Kept::Other(text.to_owned())]);
        };
        let mut entries = self.read_listed(text, value, line);
        let end = value.span().end;
        let mut rest = text.to_owned();
        rest.replace_range(name.span().start..end + blank_length(&text[end..]), "");
        if !entries.is_empty() && !rest.is_empty() && !rest.ends_with("\n\n") {
            rest.push('\n');
        }
        entries.insert(0, Kept::Other(rest));
        Ok(entries)
    }

    /// Makes an entry of each value of a list, or of what stands in its place.
    fn read_listed(&mut self, text: &str, listed: &Spanned<DeValue<'_>>, line: usize) -> Vec<Kept> {
        let values = match listed.get_ref() {
            DeValue::Array(values) => values.iter().as_slice(),
            _ => std::slice::from_ref(listed),
        };
        self.entries += values.len();
        let mut kept = Vec::new();
        for value in values {
            let entry = as_entry(text, value);
            kept.push(match Entry::read(&entry, ENTRY.len()) {
                Ok(entry) => Kept::Entry(entry),
                Err(Wrong { reason, .. }) => {
                    let before = text[..value.span().start].matches('\n').count();
                    let wrong = Wrong {
                        line: before,
                        reason,
                    };
                    self.problem(line, &wrong);
                    Kept::Other(entry)
                }
            });
        }
        kept
    }

    fn take_version(&mut self, version: i64) {
        (self.version, self.lacks_version) = (version, false);
    }
}

fn version(head: &DeTable<'_>) -> Option<i64> {
    let version = head.get("version")?.get_ref().as_integer()?;
    i64::from_str_radix(version.as_str(), version.radix()).ok()
}

/// Writes a value of `bookmark = [...]` as an entry.
fn as_entry(text: &str, value: &Spanned<DeValue<'_>>) -> String {
    let fields = match value.get_ref() {
        DeValue::Table(table) => {
            let field = |name: Range<usize>, value: Range<usize>| {
                format!("{} = {}\n", &text[name], &text[value])
            };
            let fields = table.iter();
            fields
                .map(|(name, value)| field(name.span(), value.span()))
                .collect()
        }
        _ => format!("code = {}\n", &text[value.span()]),
    };
    format!("{ENTRY}{fields}\n")
}
