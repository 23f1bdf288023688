//! Citations: each leads to a section that the build has looked up.

use std::fmt;

use serde::Serialize;

use super::model::{Erratum, Section};
use super::{List, tables};

/// A section of an RFC that exists: its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "Cited")]
pub struct Citation(pub(super) u16);

/// A citation as JSON has it.
#[derive(Serialize)]
struct Cited {
    rfc: u16,
    section: &'static str,
    title: &'static str,
    url: String,
    errata: Vec<Corrected>,
}

/// An erratum as JSON has it.
#[derive(Serialize)]
struct Corrected {
    #[serde(flatten)]
    erratum: &'static Erratum,
    url: String,
}

impl Citation {
    /// Returns a section of the table by the number of its RFC and its own: `3261 20.33`.
    pub fn find(written: &str) -> Option<Self> {
        let (rfc, number) = written.split_once(' ')?;
        let rfc: u16 = rfc.parse().ok()?;
        let is_it = |section: &Section| section.rfc == rfc && section.number == *number;
        let place = tables::SECTIONS.iter().position(is_it)?;
        u16::try_from(place).ok().map(Self)
    }

    fn entry(self) -> &'static Section {
        &tables::SECTIONS[usize::from(self.0)]
    }

    pub fn rfc(self) -> u16 {
        self.entry().rfc
    }

    /// Returns the number of the section, or its letter in an appendix.
    pub fn section(self) -> &'static str {
        self.entry().number.as_str()
    }

    pub fn title(self) -> &'static str {
        self.entry().title.as_str()
    }

    /// Returns what is known to be wrong in the section.
    pub fn errata(self) -> List<Erratum> {
        self.entry().errata
    }

    /// Returns the address of the section at the RFC Editor.
    pub fn url(self) -> String {
        let part = if self
            .section()
            .starts_with(|c: char| c.is_ascii_alphabetic())
        {
            "appendix"
        } else {
            "section"
        };
        format!(
            "https://www.rfc-editor.org/rfc/rfc{}#{part}-{}",
            self.rfc(),
            self.section()
        )
    }
}

impl Erratum {
    /// Returns its address at the RFC Editor.
    pub fn url(&self) -> String {
        format!("https://www.rfc-editor.org/errata/eid{}", self.number)
    }
}

impl From<Citation> for Cited {
    fn from(cite: Citation) -> Self {
        Self {
            rfc: cite.rfc(),
            section: cite.section(),
            title: cite.title(),
            url: cite.url(),
            errata: cite
                .errata()
                .iter()
                .map(|erratum| Corrected {
                    erratum,
                    url: erratum.url(),
                })
                .collect(),
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RFC {} section {}", self.rfc(), self.section())
    }
}
