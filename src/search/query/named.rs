//! `name:value` as a filter: only if the name is that of one and the value can be one. Anything else is text.

use std::ops::Range;

use super::reading::{Gap, Reading};
use crate::search::filter::{Filter, Kind};

/// What a name with a colon behind it is.
pub(super) enum Named {
    Filter(Filter),
    /// The name of a filter whose value has still to be typed, and what belongs there.
    Unfinished(String),
    /// A value that the filter cannot have, in a text that is nothing else.
    Refused(String),
}

/// Takes the filter whose name stands at a place; says of which pieces it is made.
pub(super) fn named(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Named)> {
    let name = reading.letters(at)?;
    let is_free = !reading.is_glued(at);
    if !is_free || reading.sign(at + 1) != Some(':') || !reading.is_glued(at + 1) {
        return None;
    }
    let Some(kind) = Kind::named(name) else {
        return unknown(reading, at);
    };
    let mut value = at + 2..reading.term(at).end;
    if value.is_empty() && reading.gap(value.start) == Gap::Blank {
        value = reading.term(value.start);
    }
    let all = at..value.end;
    let written = reading.between(&value);
    if written.is_empty() {
        let is_last = all.end == reading.len();
        return is_last.then(|| (all, Named::Unfinished(kind.usage())));
    }
    // Commas and brackets of a sentence are no part of the value.
    let told = written.trim_end_matches([',', ';', '.', ')', ']', '"', '\'']);
    let filter = kind.filter(told);
    let Filter::Nothing(why) = filter else {
        return Some((all, Named::Filter(filter)));
    };
    let is_typed = all.end == reading.len() && reading.ends_with(all.end - 1);
    if is_typed && let Some(filter) = kind.begun(written) {
        return Some((all, Named::Filter(filter)));
    }
    // "From: Bob" is a header field.
    let is_meant = reading.is_glued(at + 2) || !kind.is_header_field();
    let is_all = at == 0 && all.end == reading.len() && is_meant;
    is_all.then_some((all, Named::Refused(why)))
}

/// Complains of a filter that does not exist, where the whole text is a name, a colon and a word.
fn unknown(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Named)> {
    const WORD: usize = 3;
    const LONGEST: usize = 12;
    let all = at..reading.term(at).end;
    let name = reading.word(at);
    let is_all = at == 0 && all.end == reading.len() && all.len() == WORD;
    let is_word = name.len() <= LONGEST && reading.letters(at + 2).is_some();
    let is_scheme = reading.is_any(at, "sip sips tel http https urn ws wss");
    let why = || format!("there is no filter {name}:; {}", Kind::all_names());
    (is_all && is_word && !is_scheme).then(|| (at..at + 2, Named::Refused(why())))
}
