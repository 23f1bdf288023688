//! What the words of the model are in the program: places in the static tables, which need no work at the start.
//! A pointer in a table would have to be set at every start; a number need not.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::slice;

use serde::{Serialize, Serializer};

use super::term::Term;
use super::texts;
use super::vocabulary::{
    Branches, CheckKind, DialogEffect, Direction, ErratumStatus, Kin, PatternKind, Place,
    RouteStep, Scope, Status, Strength, TopicKind, Travels, UNREGISTERED, Verdict, Wire,
};

pub(super) use super::StatusCode;
pub(super) use super::citation::Citation;

/// A text: its number among those of the reference. The same text has the same number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Text(pub(super) u16);

pub(super) type Sentence = Text;

/// A message in wire form, with CRLF line ends.
pub(super) type Message = Text;

/// A list: a range of the one table that holds all of its type.
pub struct List<T> {
    start: u16,
    length: u16,
    of: PhantomData<T>,
}

pub(super) type NonEmpty<T> = List<T>;

/// The terms of a check, which hold all at once.
pub type Terms = List<Term>;

/// The name of a header field that terms ask for: its number among those.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FieldName(pub(super) u8);

/// What the build has worked out is there as all else is.
pub(super) type Joined<T> = T;

/// What the build has checked, and no reader needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rests;

/// What stands in lists, and so in a table.
pub trait Stored: Sized + 'static {
    fn table() -> &'static [Self];
}

impl Text {
    pub fn as_str(self) -> &'static str {
        texts::text(self.0)
    }
}

impl FieldName {
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    pub fn as_str(self) -> &'static str {
        super::tables::FIELD_NAMES[self.number()].as_str()
    }
}

impl fmt::Debug for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

/// For `join` and the like.
impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl From<Text> for &'static str {
    fn from(text: Text) -> Self {
        text.as_str()
    }
}

impl From<Text> for Cow<'static, str> {
    fn from(text: Text) -> Self {
        text.as_str().into()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().into()
    }
}

impl<T: Stored> List<T> {
    pub(super) const fn at(start: u16, length: u16) -> Self {
        Self {
            start,
            length,
            of: PhantomData,
        }
    }

    pub fn as_slice(self) -> &'static [T] {
        &T::table()[usize::from(self.start)..][..usize::from(self.length)]
    }

    pub fn first(self) -> Option<&'static T> {
        self.as_slice().first()
    }

    pub fn iter(self) -> slice::Iter<'static, T> {
        self.as_slice().iter()
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T: Stored> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: Stored> IntoIterator for List<T> {
    type Item = &'static T;
    type IntoIter = slice::Iter<'static, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Stored + fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

impl<T: Stored + PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: Stored + Eq> Eq for List<T> {}

impl<T: Stored + Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(to)
    }
}

/// Writes what the registry says of a code, in one word.
#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a reference"
)]
pub(super) fn status<S: Serializer>(status: &Option<Status>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(status.map_or(UNREGISTERED, Status::as_str))
}

/// A part of the model, for the search for its citations.
pub(super) trait Part {
    /// Calls a function with each citation that somebody wrote.
    fn each_cite(&self, to: &mut dyn FnMut(Citation));
}

impl Part for Citation {
    fn each_cite(&self, to: &mut dyn FnMut(Citation)) {
        to(*self);
    }
}

impl<T: Part> Part for Option<T> {
    fn each_cite(&self, to: &mut dyn FnMut(Citation)) {
        if let Some(part) = self {
            part.each_cite(to);
        }
    }
}

impl<T: Stored + Part> Part for List<T> {
    fn each_cite(&self, to: &mut dyn FnMut(Citation)) {
        for part in *self {
            part.each_cite(to);
        }
    }
}

macro_rules! without_citations {
    ($($part:ty)*) => {
        $(impl Part for $part {
            fn each_cite(&self, _: &mut dyn FnMut(Citation)) {}
        })*
    };
}

without_citations! {
    Text StatusCode u16 bool Status Travels Scope Strength Place Verdict DialogEffect
    Branches ErratumStatus Kin Rests RouteStep Wire TopicKind Direction CheckKind PatternKind Term
}

/// Makes of what somebody writes its struct, its JSON and the visit to its citations.
macro_rules! written {
    ($($(#[$meta:meta])* $scope:vis struct $name:ident {
        $($(#[$attribute:meta])* $open:vis $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, serde::Serialize)]
            $scope struct $name {
                $($(#[$attribute])* $open $field: $type,)*
            }

            impl form::Part for $name {
                fn each_cite(&self, to: &mut dyn FnMut(Citation)) {
                    $(self.$field.each_cite(to);)*
                }
            }
        )*
    };
}

/// A page is as all else that is written.
macro_rules! page {
    ($($page:tt)*) => { written! { $($page)* } };
}

/// Makes of what the build joins its struct and its JSON; its citations are those of other files.
macro_rules! joined {
    ($($(#[$meta:meta])* $scope:vis struct $name:ident {
        $($(#[$attribute:meta])* $open:vis $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, serde::Serialize)]
            $scope struct $name {
                $($(#[$attribute])* $open $field: $type,)*
            }

            impl form::Part for $name {
                fn each_cite(&self, _: &mut dyn FnMut(Citation)) {}
            }
        )*
    };
}

pub(super) use {joined, page, written};
