//! What the words of the model are in the build: values of the asset files, as they are written.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, de};

pub(crate) use super::asked::Terms;
use super::message;
use super::tables::Tables;
use super::vocabulary::{
    Branches, CheckKind, DialogEffect, Direction, ErratumStatus, Kin, PatternKind, Place,
    RouteStep, Scope, Status, Strength, TopicKind, Travels, UNREGISTERED, Verdict, Wire,
};

pub(crate) type Text = String;

pub(crate) type List<T> = Vec<T>;

/// A text with an end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Sentence(pub(crate) String);

/// A message as the files have it, with plain line ends; `message` checks it to the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Message(pub(crate) String);

/// A section as the files name it: "3261 21.4.24".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Citation(pub(crate) String);

/// The name of a header field, as a term of a check names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldName(pub(crate) String);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct StatusCode(pub(crate) u16);

/// The rows of pages that a clause rests on: "480.headers[1]".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Rests(pub(crate) Vec<String>);

/// A list that the build refuses if nothing is in it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NonEmpty<T>(pub(crate) Vec<T>);

/// What no file says: `join` works it out.
#[derive(Clone, Debug)]
pub(crate) struct Joined<T>(Option<T>);

/// Something that a text must be, or a citation.
pub(crate) enum Leaf<'a> {
    Text(&'a str),
    Sentence(&'a str),
    Cite(&'a Citation),
    /// A list that should have elements.
    Nothing,
}

/// A part of the model, for the checks and for the tables.
pub(crate) trait Part {
    /// Calls a function with each text and citation that somebody wrote, and the name of its field.
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>));

    /// Returns the expression that stands for it in the tables.
    fn pack(&self, tables: &mut Tables) -> String;

    /// Returns its type in the program.
    fn kind() -> String;
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> Joined<T> {
    /// Returns what has been worked out.
    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }

    pub(crate) fn set(&mut self, value: T) {
        self.0 = Some(value);
    }
}

impl<T> Default for Joined<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for NonEmpty<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for NonEmpty<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for NonEmpty<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

/// Reads a field that every page must have; it is an option for bare numbers alone.
pub(crate) fn required<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(from).map(Some)
}

/// Reads what the registry says of a code.
pub(crate) fn status<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Status>, D::Error> {
    let text = String::deserialize(from)?;
    if text == UNREGISTERED {
        return Ok(None);
    }
    let word = de::value::StringDeserializer::new(text);
    Status::deserialize(word).map(Some)
}

impl Part for Text {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        to(at, Leaf::Text(self));
    }

    fn pack(&self, tables: &mut Tables) -> String {
        tables.text(self)
    }

    fn kind() -> String {
        "Text".into()
    }
}

impl Part for Sentence {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        to(at, Leaf::Sentence(&self.0));
    }

    fn pack(&self, tables: &mut Tables) -> String {
        tables.text(&self.0)
    }

    fn kind() -> String {
        "Text".into()
    }
}

impl Part for Message {
    fn each(&self, _: &str, _: &mut dyn FnMut(&str, Leaf<'_>)) {}

    fn pack(&self, tables: &mut Tables) -> String {
        tables.text(&message::wire(&self.0))
    }

    fn kind() -> String {
        "Text".into()
    }
}

impl Part for Citation {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        to(at, Leaf::Cite(self));
    }

    fn pack(&self, tables: &mut Tables) -> String {
        tables.cite(self)
    }

    fn kind() -> String {
        "Citation".into()
    }
}

impl Part for Rests {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        if self.0.is_empty() {
            to(at, Leaf::Nothing);
        }
    }

    fn pack(&self, _: &mut Tables) -> String {
        "Rests".into()
    }

    fn kind() -> String {
        "Rests".into()
    }
}

impl<T: Part> Part for Option<T> {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        if let Some(part) = self {
            part.each(at, to);
        }
    }

    fn pack(&self, tables: &mut Tables) -> String {
        match self {
            Some(part) => format!("Some({})", part.pack(tables)),
            None => "None".into(),
        }
    }

    fn kind() -> String {
        format!("Option<{}>", T::kind())
    }
}

impl<T: Part> Part for List<T> {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        for (i, part) in self.iter().enumerate() {
            part.each(&format!("{at}[{i}]"), to);
        }
    }

    fn pack(&self, tables: &mut Tables) -> String {
        tables.list(self)
    }

    fn kind() -> String {
        format!("List<{}>", T::kind())
    }
}

impl<T: Part> Part for NonEmpty<T> {
    fn each(&self, at: &str, to: &mut dyn FnMut(&str, Leaf<'_>)) {
        if self.is_empty() {
            to(at, Leaf::Nothing);
        }
        self.0.each(at, to);
    }

    fn pack(&self, tables: &mut Tables) -> String {
        self.0.pack(tables)
    }

    fn kind() -> String {
        List::<T>::kind()
    }
}

impl<T: Part> Part for Joined<T> {
    fn each(&self, _: &str, _: &mut dyn FnMut(&str, Leaf<'_>)) {}

    fn pack(&self, tables: &mut Tables) -> String {
        let part = self.0.as_ref().expect("`join` works out what is joined");
        part.pack(tables)
    }

    fn kind() -> String {
        T::kind()
    }
}

/// What is neither text nor citation, and how the tables spell it.
macro_rules! plain {
    ($($part:ident $spelled:literal)*) => {
        $(impl Part for $part {
            fn each(&self, _: &str, _: &mut dyn FnMut(&str, Leaf<'_>)) {}

            fn pack(&self, _: &mut Tables) -> String {
                format!($spelled, self)
            }

            fn kind() -> String {
                stringify!($part).into()
            }
        })*
    };
}

plain! {
    u16 "{}" bool "{}" Status "Status::{:?}" Travels "Travels::{:?}" Strength "Strength::{:?}"
    Place "Place::{:?}" Verdict "Verdict::{:?}" DialogEffect "DialogEffect::{:?}" Kin "Kin::{:?}"
    Branches "Branches::{:?}" Scope "Scope::{:?}" ErratumStatus "ErratumStatus::{:?}"
    RouteStep "RouteStep::{:?}" Wire "Wire::{:?}" TopicKind "TopicKind::{:?}" Direction "Direction::{:?}"
    CheckKind "CheckKind::{:?}" PatternKind "PatternKind::{:?}"
    StatusCode "StatusCode::of({})"
}

/// Returns the name of a field below another.
pub(crate) fn below(at: &str, field: &str) -> String {
    let dot = if at.is_empty() { "" } else { "." };
    format!("{at}{dot}{field}")
}

/// Makes of what somebody writes its struct, its reading, the visit to its texts and its row.
macro_rules! written {
    ($($(#[$meta:meta])* $scope:vis struct $name:ident {
        $($(#[$attribute:meta])* $open:vis $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $($(#[$attribute])* pub $field: $type,)*
            }

            impl form::Part for $name {
                fn each(&self, at: &str, to: &mut dyn FnMut(&str, form::Leaf<'_>)) {
                    $(self.$field.each(&form::below(at, stringify!($field)), to);)*
                }

                form::row!($name $($field)*);
            }
        )*
    };
}

/// A page can be empty too: a bare number has little of one.
macro_rules! page {
    ($($page:tt)*) => { written! { #[derive(Default)] $($page)* } };
}

/// Makes of what the build joins its struct and its row; the texts and citations were checked where they stand.
macro_rules! joined {
    ($($(#[$meta:meta])* $scope:vis struct $name:ident {
        $($(#[$attribute:meta])* $open:vis $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug)]
            pub struct $name {
                $(pub $field: $type,)*
            }

            impl form::Part for $name {
                fn each(&self, _: &str, _: &mut dyn FnMut(&str, form::Leaf<'_>)) {}

                form::row!($name $($field)*);
            }
        )*
    };
}

/// Spells a struct as a row of the tables.
macro_rules! row {
    ($name:ident $($field:ident)*) => {
        fn pack(&self, tables: &mut super::tables::Tables) -> String {
            let fields = [$(format!("{}: {}", stringify!($field), self.$field.pack(tables))),*];
            format!("{} {{ {} }}", stringify!($name), fields.join(", "))
        }

        fn kind() -> String {
            stringify!($name).into()
        }
    };
}

pub(crate) use {joined, page, row, written};
