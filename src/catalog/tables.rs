//! The static tables, as `build.rs` wrote them.
#![expect(clippy::unreadable_literal, reason = "the build writes them")]
#![allow(
    clippy::wildcard_imports,
    reason = "the build names all of the model; clippy lets tests do so"
)]

use super::field::*;
use super::form::{List, Rests, Stored};
use super::model::*;
use super::vocabulary::*;
use super::{Citation, StatusCode, Text};

/// Every text, one after the other.
pub(super) static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));

include!(concat!(env!("OUT_DIR"), "/reference.rs"));
