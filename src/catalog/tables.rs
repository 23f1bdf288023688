//! The static tables, as `build.rs` wrote them.
#![allow(
    clippy::unreadable_literal,
    clippy::wildcard_imports,
    reason = "the build writes them, and names all of the model"
)]

use super::form::{List, Row};
use super::model::*;
use super::vocabulary::*;
use super::{Citation, StatusCode, Text};

/// Every text, one after the other.
pub(super) static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));

include!(concat!(env!("OUT_DIR"), "/reference.rs"));
