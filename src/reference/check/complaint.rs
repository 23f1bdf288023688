//! A complaint, and the reader of the reference that makes them.

use std::fmt;

use super::super::source::Source;

/// Something wrong in an asset file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) file: String,
    pub(crate) field: String,
    pub(crate) says: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "assets/{}: {}: {}", self.file, self.field, self.says)
    }
}

/// The reference as it is read through, and what is wrong so far.
pub(super) struct Check<'a> {
    pub(super) source: &'a Source,
    /// The file that is read.
    pub(super) file: String,
    pub(super) complaints: Vec<Complaint>,
}

impl<'a> Check<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self {
            source,
            file: String::new(),
            complaints: Vec::new(),
        }
    }

    pub(super) fn complain(&mut self, field: impl Into<String>, says: impl Into<String>) {
        self.complaints.push(Complaint {
            file: self.file.clone(),
            field: field.into(),
            says: says.into(),
        });
    }

    pub(super) fn is_registered(&self, code: u16) -> bool {
        self.source.registry.iter().any(|row| row.code == code)
    }

    pub(super) fn is_known(&self, code: u16) -> bool {
        self.is_registered(code)
            || self
                .source
                .unregistered
                .iter()
                .any(|(_, page)| page.code.0 == code)
    }
}
