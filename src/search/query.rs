//! What a typed or pasted text asks for: codes, filters, entries and words.

mod around;
mod free_form;
mod mention;
mod named;
mod number;
mod pasted;
mod product_number;
mod quoted;
mod reading;
mod rest;

use std::borrow::Cow;
use std::ops::Range;

use super::filter::{Filter, Method};
use super::sorted::sort_by_key;
use super::words;
use crate::catalog::{Class, Entry, StatusCode};
use mention::itself;
pub(super) use mention::{Mention, Wanted};
use named::Named;
pub(super) use number::Sureness;
use reading::Reading;

/// How many bytes of a text are read; the rest is ignored.
pub const QUERY_LIMIT: usize = 64 << 10;

/// A query, taken apart.
#[derive(Clone, Default)]
pub(super) struct Query {
    /// Codes that stand in the query, each once, the surest first.
    pub(super) codes: Vec<Mention>,
    /// What every hit must pass.
    pub(super) filters: Vec<Filter>,
    /// Words to look for, in lower case.
    pub(super) words: Vec<String>,
    /// Whether the last of the words may still be typed on.
    pub(super) is_typed: bool,
    /// Causes, warn-codes, timers and products that stand in it.
    pub(super) wanted: Vec<Wanted>,
    /// What the user should know about the query.
    pub(super) remark: Option<String>,
    /// Whether a filter was typed as one; those that were read out of a text give way where words beside them find
    /// nothing.
    is_filtered: bool,
    /// The words of a header field that stands alone, which some phrases have too.
    named: Vec<String>,
    /// Methods among the words: those in capitals, or else all.
    methods: Vec<Method>,
    /// Whether a method is in capitals, so that it is meant as one.
    capital: bool,
}

/// What says nothing beside a filter.
const IDLE: &str =
    "sip error errors code codes status response the a an with by of is was in on and or from";
/// What people write before the word cause.
const BESIDE_A_CAUSE: &str = "disconnect release hangup isdn q931";

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let mut end = text.len().min(QUERY_LIMIT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let mut reading = Reading::of(text);
        let mut query = Self::default();
        query.take_pasted(&mut reading);
        query.take_filters(&mut reading);
        query.take_numbers(&mut reading);
        query.take_classes(&mut reading);
        if query.codes.is_empty()
            && let Some(code) = quoted::phrase(&reading)
        {
            let why = "its phrase in quotation marks".into();
            query.add_code(code, why, Sureness::Phrase);
        }
        query.take_words(&mut reading);
        query
    }

    fn take_pasted(&mut self, reading: &mut Reading<'_>) {
        let pasted = pasted::pasted(reading);
        self.filters = pasted.filters;
        for (code, why) in pasted.codes {
            self.add_code(code, why.into(), Sureness::Told);
        }
        for (entry, why) in pasted.wanted {
            self.want(entry, why);
        }
    }

    /// Takes filters: those that were typed as such, and those that people write without knowing.
    fn take_filters(&mut self, reading: &mut Reading<'_>) {
        let places = reading.left();
        for at in places {
            if reading.is_taken(at) {
                continue;
            }
            // "rfc:3261 21.4.24" is more than a filter.
            if let Some((pieces, filter)) = free_form::section(reading, at) {
                self.take_free_form(reading, pieces, filter);
            } else if let Some((pieces, named)) = named::named(reading, at) {
                reading.take(pieces);
                match named {
                    Named::Filter(filter) => {
                        self.is_filtered = true;
                        self.take(filter);
                    }
                    Named::Unfinished(usage) => self.remark = Some(usage),
                    Named::Refused(why) => self.refuse(why, reading),
                }
            } else if let Some((pieces, filter)) = free_form::free_form(reading, at) {
                self.take_free_form(reading, pieces, filter);
            }
        }
    }

    /// Takes a filter that was read out of a text. What finds nothing is one only where it is all that was typed.
    fn take_free_form(&mut self, reading: &mut Reading<'_>, pieces: Range<usize>, filter: Filter) {
        let is_all = pieces.start == 0 && pieces.end == reading.len();
        let is_header = matches!(filter, Filter::Header(_));
        let is_first = !is_header || self.filters.is_empty();
        match filter {
            Filter::Nothing(why) if is_all => {
                reading.take(pieces);
                self.refuse(why, reading);
            }
            Filter::Nothing(_) => {}
            // Of a code the reader of numbers says how sure it is.
            filter if filter.code().is_some() && !is_all => {}
            filter if is_first => {
                reading.take(pieces);
                self.take(filter);
            }
            _ => {}
        }
    }

    /// Says that a filter finds nothing, where it is all that was typed.
    fn refuse(&mut self, why: String, reading: &Reading<'_>) {
        self.remark = Some(why.clone());
        let mut left = reading.left();
        if left.next().is_none() {
            self.filters.push(Filter::Nothing(why));
        }
    }

    /// Takes a filter, or the code that it stands for, and the entries that it asks for.
    fn take(&mut self, filter: Filter) {
        if let Some(code) = filter.code() {
            let why = itself(code);
            self.add_code(code, why, Sureness::Told);
            return;
        }
        if let Filter::Cause(_) | Filter::Warning(_) | Filter::Timer(_) = filter {
            for entry in filter.entries() {
                let why: Cow<'static, str> = match entry {
                    Entry::Topic(topic) => topic.summary.into(),
                    _ => entry.kind().into(),
                };
                self.want(entry, why);
            }
        }
        self.filters.push(filter);
    }

    /// Takes the codes, and the numbers that products have for some.
    fn take_numbers(&mut self, reading: &mut Reading<'_>) {
        for number in number::codes(reading) {
            // The version before it is no word either.
            let before = match number.sure {
                Sureness::StatusLine => 5,
                _ => 0,
            };
            reading.take(number.at - before..number.at + 1);
            self.add_code(number.code, itself(number.code), number.sure);
        }
        // The status line goes before what header fields of the message say.
        sort_by_key(&mut self.codes, |code| code.sure < Sureness::StatusLine);
        for found in product_number::found(reading) {
            reading.take(found.at..found.at + 1);
            match found.entry.code() {
                Some(code) => {
                    let known = self.codes.len();
                    self.add_code(code, found.why.into(), Sureness::Told);
                    for read in &mut self.codes[known..] {
                        read.is_end = found.is_end;
                    }
                }
                None => self.want(found.entry, found.why),
            }
        }
    }

    /// Adds a code that does not stand there yet.
    fn add_code(&mut self, code: StatusCode, why: Cow<'static, str>, sure: Sureness) {
        if let Some(known) = self.codes.iter_mut().find(|known| known.code == code) {
            known.sure = known.sure.max(sure);
            return;
        }
        self.codes.push(Mention {
            code,
            why,
            sure,
            is_end: false,
        });
    }

    /// Adds an entry that does not stand there yet.
    fn want(&mut self, entry: Entry, why: impl Into<Cow<'static, str>>) {
        if self.wanted.iter().all(|wanted| wanted.entry != entry) {
            let why = why.into();
            self.wanted.push(Wanted { entry, why });
        }
    }

    /// Takes "4xx", and where nothing else stands "4", "48", "48x" and numbers that are no code.
    fn take_classes(&mut self, reading: &mut Reading<'_>) {
        let alone = reading.term(0).end == reading.len() && reading.left().next() == Some(0);
        let whole = reading.text().trim();
        let begun = begun_status_line(whole);
        let (alone, whole) = begun.map_or((alone, whole), |digits| (true, digits));
        if alone && self.codes.is_empty() && self.wanted.is_empty() {
            let is_number = whole.bytes().all(|byte| byte.is_ascii_digit());
            let found = Class::parse(whole).map(Filter::Class);
            let found =
                found.or_else(|| (is_number || is_pattern(whole)).then(|| Filter::digits(whole)));
            if let Some(filter) = found {
                reading.take(0..reading.len());
                self.is_filtered = true;
                self.filters.push(filter);
            }
            return;
        }
        for at in reading.left() {
            let glued =
                reading.is_glued(at) || !reading.is_glued(at + 1) || reading.is_glued(at + 2);
            if !glued && let Some(class) = Class::parse(reading.between(&(at..at + 2))) {
                reading.take(at..at + 2);
                self.is_filtered = true;
                self.filters.push(Filter::Class(class));
            }
        }
    }

    fn take_words(&mut self, reading: &mut Reading<'_>) {
        let (words, is_typed) = rest::words(reading);
        self.words = words;
        self.is_typed = is_typed;
        let whole = reading.text().trim();
        if self.codes.is_empty()
            && self.filters.is_empty()
            && !whole.contains(char::is_whitespace)
            && let Some(filter) = Filter::bare_header(whole)
        {
            self.filters.push(filter);
            self.named = std::mem::take(&mut self.words);
        }
        self.without_cause_names();
        // What every code could claim says nothing beside a filter.
        let is_idle = |word: &String| IDLE.split(' ').any(|idle| idle == word);
        if !self.filters.is_empty() && self.words.iter().all(is_idle) {
            self.words.clear();
        }
        self.words = words::telling(&self.words);
        self.take_methods(whole);
        // Signs alone are looked for as they are, and not found.
        let nothing = self.words.is_empty()
            && self.filters.is_empty()
            && self.codes.is_empty()
            && self.wanted.is_empty()
            && self.remark.is_none();
        if nothing && let Some(term) = whole.split_whitespace().next() {
            self.words.push(term.to_lowercase());
        }
    }

    /// Leaves out what people write beside the number of a cause: its name, or that it is one.
    fn without_cause_names(&mut self) {
        for filter in &self.filters {
            if let Filter::Cause(cause) = filter
                && filter.code().is_none()
            {
                let told = |word: &str| {
                    cause.is_called(word) || BESIDE_A_CAUSE.split(' ').any(|other| other == word)
                };
                self.words.retain(|word| !told(word));
            }
        }
    }

    /// Takes the methods that stand among the words. In capitals and with no other word beside them they are
    /// filters at once; else the search makes them filters where the words find nothing.
    fn take_methods(&mut self, text: &str) {
        let methods = self.words.iter().filter_map(|word| Method::named(word));
        let methods: Vec<_> = methods.collect();
        let in_capitals = |method: &&Method| text.contains(method.name());
        let capital: Vec<_> = methods.iter().filter(in_capitals).copied().collect();
        self.capital = !capital.is_empty();
        self.methods = if self.capital { capital } else { methods };
        if self.capital && self.methods.len() == self.words.len() && self.codes.is_empty() {
            *self = std::mem::take(self).by_methods();
        }
    }

    pub(super) fn is_for_bookmarks(&self) -> bool {
        self.filters.iter().any(Filter::is_for_bookmarks)
    }

    /// Returns whether unregistered codes can be meant.
    pub(super) fn is_for_unregistered(&self) -> bool {
        self.filters.iter().any(Filter::is_for_unregistered)
    }

    /// Returns whether methods stand among the words.
    pub(super) fn has_methods(&self) -> bool {
        !self.methods.is_empty()
    }

    /// Returns whether a method is in capitals, and so meant as one unless all words are found.
    pub(super) fn means_methods(&self) -> bool {
        self.capital
    }

    /// Turns the methods among the words into filters.
    pub(super) fn by_methods(mut self) -> Self {
        let methods = std::mem::take(&mut self.methods);
        let is_method = |word: &str| methods.iter().any(|m| m.name().eq_ignore_ascii_case(word));
        self.words.retain(|word| !is_method(word));
        self.filters.extend(methods.into_iter().map(Filter::Method));
        self
    }

    /// Returns whether nothing around its codes says that they are some, so that its words may be what is meant.
    pub(super) fn is_doubtful(&self) -> bool {
        const SHORT: usize = 3;
        let is_bare = |code: &Mention| code.sure == Sureness::Bare;
        self.codes.iter().all(is_bare) && self.words.len() >= SHORT
    }

    /// Returns the filters without the words, where they were read out of a text and not typed as filters.
    pub(super) fn bare(&self) -> Option<Self> {
        let gives_way = !self.is_filtered && !self.filters.is_empty() && !self.words.is_empty();
        gives_way.then(|| Self {
            filters: self.filters.clone(),
            ..Self::default()
        })
    }

    /// Returns the words of a header field that stands alone, to be looked for below it.
    pub(super) fn named(&self) -> Option<Self> {
        (!self.named.is_empty()).then(|| Self {
            words: self.named.clone(),
            is_typed: self.is_typed,
            ..Self::default()
        })
    }

    /// Returns whether its words look like those of another language: none of them is known.
    pub(super) fn is_foreign(&self) -> bool {
        rest::is_foreign(&self.words)
    }
}

/// Returns whether a term is written like "48x".
fn is_pattern(term: &str) -> bool {
    let digits = term.trim_end_matches(['x', 'X']);
    term.len() == 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the digits of a status line that is being typed: "SIP/2.0 48".
fn begun_status_line(text: &str) -> Option<&str> {
    let (version, digits) = text.split_once(' ')?;
    let digits = digits.trim_start();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (version.eq_ignore_ascii_case("SIP/2.0") && is_number).then_some(digits)
}

#[cfg(test)]
mod tests;
