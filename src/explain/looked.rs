//! A message as checks look at it. What many of them ask for is looked for once.

use std::cell::OnceCell;
use std::ops::Deref;

use super::session::{self, Line};
use super::strays;
use super::syntax;
use crate::catalog::{self, FieldName};
use crate::message::{Message, full_name};

/// A message, how many rows it has of each header field that checks name, and what was found in it.
pub(super) struct Looked<'a> {
    message: &'a Message<'a>,
    rows: Vec<u8>,
    uris: OnceCell<Vec<(&'static str, &'a [u8])>>,
    strays: OnceCell<Vec<&'a [u8]>>,
    session: OnceCell<Option<Vec<Line>>>,
}

impl<'a> Looked<'a> {
    pub(super) fn at(message: &'a Message<'a>) -> Self {
        let names: Vec<&str> = catalog::field_names()
            .iter()
            .map(|name| name.as_str())
            .collect();
        let mut rows = vec![0_u8; names.len()];
        for field in &message.fields {
            let written = full_name(field.name).map_or(field.name, str::as_bytes);
            let is_it = |name: &&str| name.as_bytes().eq_ignore_ascii_case(written);
            if let Some(number) = names.iter().position(is_it) {
                rows[number] = rows[number].saturating_add(1);
            }
        }
        Self {
            message,
            rows,
            uris: OnceCell::new(),
            strays: OnceCell::new(),
            session: OnceCell::new(),
        }
    }

    /// Returns how many rows it has of a header field, 255 where there are more.
    pub(super) fn rows_of(&self, name: FieldName) -> u8 {
        self.rows[name.number()]
    }

    /// Returns its URIs, each with the header field in which it stands, or `Request-URI`.
    pub(super) fn uris(&self) -> &[(&'static str, &'a [u8])] {
        self.uris.get_or_init(|| syntax::uris(self.message))
    }

    /// Returns the rows among its header fields that are none.
    pub(super) fn strays(&self) -> &[&'a [u8]] {
        self.strays
            .get_or_init(|| strays::strays(self.message).collect())
    }

    /// Returns whether a row that is no header field seems to be meant as one.
    pub(super) fn seems(&self, name: &str) -> bool {
        strays::seem(name, self.strays())
    }

    /// Returns the lines of its session description, if it has one that is whole.
    pub(super) fn session(&self) -> Option<&[Line]> {
        let session = self.session.get_or_init(|| session::lines(self.message));
        session.as_deref()
    }
}

impl<'a> Deref for Looked<'a> {
    type Target = Message<'a>;

    fn deref(&self) -> &Message<'a> {
        self.message
    }
}
