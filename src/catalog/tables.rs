//! The static tables, as `build.rs` wrote them.
#![expect(clippy::unreadable_literal, reason = "the build writes them")]
#![allow(
    clippy::wildcard_imports,
    reason = "the build names all of the model; clippy lets tests do so"
)]

use super::field::*;
use super::form::{FieldName, List, Rests, Stored};
use super::index::{Owner, Thing};
use super::model::*;
use super::term::*;
use super::vocabulary::*;
use super::{Citation, StatusCode, Text};

/// The texts that are not packed, one after the other; what the pieces of the others are parts of, and these in pieces.
pub(super) static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));
pub(super) static PIECES: &str = include_str!(concat!(env!("OUT_DIR"), "/pieces.txt"));
pub(super) static PACKED_TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packed.bin"));

/// The stems of the index, its words and its postings, each one after the other.
pub(super) static STEMS: &str = include_str!(concat!(env!("OUT_DIR"), "/stems.txt"));
pub(super) static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));
pub(super) static POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.bin"));

include!(concat!(env!("OUT_DIR"), "/reference.rs"));
