//! Reads the bookmark file part by part: what is wrong costs itself, and is kept as it is.

use anyhow::{Result, bail};

use super::entry::{Entry, Wrong, parsed};
use super::file::{Contents, Kept};
use super::head::{self, Head};
use super::parts::{Opening, Part};
use crate::files;

/// The mark that some editors put before a text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Contents {
    /// Reads the file part by part. What is no text, or is wrong and has no entry at all, is an error.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
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
        // A text that never ends must not take the entries with it that follow.
        if let Err(wrong) = &kept
            && let Some(shorter) = part.up_to_the_next_entry(wrong.line)
        {
            part = shorter;
            kept = self.read(part, is_head, line);
        }
        if part.opening == Opening::Mark {
            self.merged.get_or_insert(line);
        }
        self.entries += usize::from(matches!(part.opening, Opening::Entry | Opening::Below));
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
            Opening::Table => parsed(part.text, 0).map(|_| other()),
            Opening::Below => Err(Wrong {
                line: part.text[..part.fields].trim_end().matches('\n').count(),
                reason: head::ASTRAY.into(),
            }),
            Opening::Mark => Ok(other()),
            Opening::NoTable => Err(Wrong {
                line: 0,
                reason: "this is no beginning of an entry, which is [[bookmark]]".into(),
            }),
        }
    }

    /// Reads the fields before the first table, with the entries of `bookmark = [486, 503]`.
    fn read_head(&mut self, text: &str, line: usize) -> Result<Vec<Kept>, Wrong> {
        let head =
            Head::read(text).inspect_err(|_| self.take_version(head::version_of_any(text)))?;
        if let Some(version) = head.version {
            self.take_version(version);
        }
        if self.is_newer() {
            return Ok(vec![Kept::Other(text.to_owned())]);
        }
        if let Some(astray) = &head.astray {
            self.entries += 1;
            self.problem(line, astray);
        }
        let mut kept = vec![Kept::Other(head.rest)];
        for entry in head.entries {
            self.entries += 1;
            kept.push(match Entry::read(&entry.text, entry.fields) {
                Ok(entry) => Kept::Entry(entry),
                Err(Wrong { reason, .. }) => {
                    let wrong = Wrong {
                        line: entry.line,
                        reason,
                    };
                    self.problem(line, &wrong);
                    Kept::Other(entry.text)
                }
            });
        }
        Ok(kept)
    }

    fn take_version(&mut self, version: i64) {
        (self.version, self.lacks_version) = (version, false);
    }
}
