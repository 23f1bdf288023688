//! Tokens for what names somebody, and texts in which they stand in its place.

use core::net::Ipv6Addr;
use std::collections::BTreeMap;
use std::ops::Bound;

use super::forms::{
    DIGITS, MOST, NOBODY, dialled, groups, is_common, is_device, is_digits, key, kind_of,
};
use super::free::{IsWord, LONG, Part};
use super::host::NO_DOMAIN;

/// Shorter values stand in many places by chance.
const SHORTEST: usize = 2;
/// A number has no more than so many digits where it may as well be a code.
const CODE: usize = 3;
/// What stands for a value.
#[derive(Clone, Debug, Default)]
struct Token {
    /// Empty for a number that only counts.
    says: String,
    /// The value as it was first seen.
    form: String,
    /// Whether a message has it as a time, a port or a count.
    counts: bool,
}

/// What is known, by its small letters; a number by its digits.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    pub(super) is_word: IsWord,
    known: BTreeMap<String, Token>,
    given: BTreeMap<&'static str, usize>,
}

/// A place in a text.
#[derive(Clone, Copy)]
struct Here<'a> {
    text: &'a str,
    /// The same in small letters, byte for byte.
    lower: &'a str,
    at: usize,
    /// Whether it was sent as it is, and is no sentence about it.
    sent: bool,
    is_word: IsWord,
}

impl Tokens {
    pub(super) fn new(is_word: IsWord) -> Self {
        Self {
            is_word,
            known: BTreeMap::new(),
            given: BTreeMap::new(),
        }
    }

    /// Learns a value, and returns its token; what names nobody has none.
    pub(super) fn know(&mut self, value: &str, kind: &'static str) -> Option<String> {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = key(&value);
        if let Some(says) = self.said(&key).map(str::to_owned) {
            self.put(key, &says, &value);
            return Some(says);
        }
        if key.len() < SHORTEST || NOBODY.contains(&&*key) || key.ends_with(NO_DOMAIN) {
            return None;
        }
        let count = self.given.entry(kind).or_default();
        *count += 1;
        let says = match kind {
            "host" | "private" | "public" => format!("{kind}-{count}{NO_DOMAIN}"),
            kind => format!("{kind}-{count}"),
        };
        // A number may be written without what is dialled before it.
        for at in 1..key.len().saturating_sub(DIGITS - 1) {
            if is_digits(&key) && kind == "number" {
                self.put(key[at..].to_owned(), &says, "");
            }
        }
        self.put(key, &says, &value);
        Some(says)
    }

    /// Learns a part of what somebody wrote.
    pub(super) fn free(&mut self, part: Part, text: &str) {
        let counts = || self.known.get(&key(text)).is_some_and(|token| token.counts);
        match part {
            Part::Number if counts() => {}
            Part::Number => _ = self.know(text, "number"),
            Part::Word => _ = self.know(text, "word"),
            Part::Host => self.host(&text.to_ascii_lowercase()),
        }
    }

    /// Learns a value with its parts, each of which stands for it.
    pub(super) fn name(&mut self, value: &str, kind: &'static str) {
        let Some(says) = self.know(value, kind) else {
            return;
        };
        for part in value.split(|letter: char| !letter.is_alphanumeric()) {
            self.part(part, &says);
        }
    }

    /// Learns a host, with the domains that it is in and the labels of their names.
    pub(super) fn host(&mut self, host: &str) {
        let kind = kind_of(host);
        let mut domain = host;
        while let Some(says) = self.know(domain, kind) {
            match domain.split_once('.') {
                Some((label, above)) if kind == "host" => {
                    self.part(label, &says);
                    domain = above;
                }
                _ => return,
            }
            if !domain.contains('.') {
                return;
            }
        }
    }

    /// Learns the name that a text is, where it has more than common words.
    pub(super) fn sentence(&mut self, text: &str, kind: &'static str) {
        let mut words = text.split(|letter: char| !letter.is_alphanumeric());
        if words.any(|word| !is_common(word)) {
            self.name(text, kind);
        }
    }

    /// Learns a part of a value, or another form of it, that stands for it.
    pub(super) fn part(&mut self, part: &str, says: &str) {
        if !is_common(part) {
            self.put(key(part), says, part);
        }
    }

    /// Learns that a number says how long, how many or which one.
    pub(super) fn keep(&mut self, number: &str) {
        if !number.is_empty() {
            self.known.entry(key(number)).or_default().counts = true;
        }
    }

    /// Returns the token of a value.
    fn said(&self, key: &str) -> Option<&str> {
        let token = self.known.get(key).map(|token| &*token.says);
        token.filter(|says| !says.is_empty())
    }

    fn put(&mut self, key: String, says: &str, form: &str) {
        let token = self.known.entry(key).or_default();
        // In small letters it is what is written in capitals too.
        if token.says.is_empty() || !form.contains(char::is_uppercase) {
            form.clone_into(&mut token.form);
        }
        if token.says.is_empty() {
            says.clone_into(&mut token.says);
        }
    }

    /// Returns a text with its tokens. A sentence has words of its own: there, words and numbers that may be such are
    /// values only where they are quoted or stand in an address; not so in what was `sent`.
    pub(super) fn write(&mut self, text: &str, sent: bool) -> String {
        let lower = text.to_ascii_lowercase();
        let mut written = String::with_capacity(text.len());
        let mut here = Here {
            text,
            lower: &lower,
            at: 0,
            sent,
            is_word: self.is_word,
        };
        while let Some(first) = text[here.at..].chars().next() {
            here.sent ^= first == '"' && !sent;
            let (length, token) = match self.found(here) {
                Some(found) => found,
                None => (first.len_utf8(), first.to_string()),
            };
            written.push_str(&token);
            here.at += length;
        }
        written
    }

    /// Returns what begins here: how long it is, and what stands for it.
    fn found(&mut self, here: Here<'_>) -> Option<(usize, String)> {
        let (before, first) = (here.before(), here.rest().chars().next()?);
        let is_apart = !before.is_alphanumeric() || here.is_escaped();
        if is_apart {
            let found = self.value(here).or_else(|| self.cut(here));
            return found
                .or_else(|| self.address(here))
                .or_else(|| self.number(here, true));
        }
        let is_glued = first.is_ascii_digit() && !before.is_ascii_digit();
        is_glued.then(|| self.number(here, false)).flatten()
    }

    /// Returns the longest known value that begins here and is no number.
    fn value(&self, here: Here<'_>) -> Option<(usize, String)> {
        let rest = here.rest();
        let mut end = rest.len();
        while end > 0 {
            let bounds = (Bound::Unbounded, Bound::Included(&rest[..end]));
            let (key, token) = self.known.range::<str, _>(bounds).next_back()?;
            let alike = key.bytes().zip(rest.bytes());
            let mut common = alike.take_while(|(one, other)| one == other).count();
            if common == key.len() {
                if !is_digits(key) && here.is_meant(key, token) {
                    return Some((key.len(), token.says.clone()));
                }
                common -= 1;
            }
            end = (0..=common).rev().find(|at| rest.is_char_boundary(*at))?;
        }
        None
    }

    /// Returns a known value whose end a text has cut off.
    fn cut(&self, here: Here<'_>) -> Option<(usize, String)> {
        let end = here.rest().find('\u{2026}')?;
        let part = here.rest()[..end].trim_start_matches('+');
        let bounds = (Bound::Excluded(part), Bound::Unbounded);
        let (key, token) = self.known.range::<str, _>(bounds).next()?;
        let is_it = part.len() > SHORTEST && key.starts_with(part) && !token.says.is_empty();
        is_it.then(|| (end, token.says.clone()))
    }

    /// Returns an address, a device or a host of a known domain that begins here.
    fn address(&mut self, here: Here<'_>) -> Option<(usize, String)> {
        let rest = here.rest();
        let run = |is_in: fn(char) -> bool| {
            let end = rest.find(|letter| !is_in(letter));
            rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ':', '-'])
        };
        let word = run(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter));
        let colons = run(|letter| letter.is_ascii_hexdigit() || ".:".contains(letter));
        let octets = word.split('.');
        let is_ipv4 = here.before() != '.'
            && octets.clone().count() == 4
            && octets.clone().all(|one| one.parse::<u8>().is_ok());
        let in_domain = |(at, _): (usize, &str)| {
            self.said(&word[at + 1..])
                .is_some_and(|says| says.ends_with(NO_DOMAIN))
        };
        let (value, kind) = if is_ipv4 {
            (word, kind_of(word))
        } else if colons.parse::<Ipv6Addr>().is_ok() {
            (colons, kind_of(colons))
        } else if let Some(device) = [word, colons].into_iter().find(|word| is_device(word)) {
            (device, "device")
        } else if word.match_indices('.').any(in_domain) {
            (word, "host")
        } else {
            return None;
        };
        let counts = self.known.get(value).is_some_and(|token| token.counts);
        let is_section = here.text[..here.at].ends_with("section ");
        if counts || is_section {
            return Some((value.len(), here.text[here.at..][..value.len()].to_owned()));
        }
        Some((value.len(), self.know(value, kind)?))
    }

    /// Returns a number that begins here, however it is set off: one that is known, or one that is long.
    fn number(&mut self, here: Here<'_>, is_apart: bool) -> Option<(usize, String)> {
        let rest = here.rest();
        let (digits, ends) = groups(rest);
        let first = ends.first().copied();
        for (end, count) in ends.iter().rev().copied() {
            let is_one = Some((end, count)) == first;
            // What is in parentheses as a whole is found behind the first of them.
            if is_one && rest.starts_with('(') {
                return None;
            }
            let Some(token) = self.known.get(dialled(&digits[..count])) else {
                continue;
            };
            let is_long = count >= DIGITS || count >= LONG && !is_one && !token.counts;
            let is_it = is_long || is_one && is_apart && here.is_number(end, count, token);
            if is_it && !token.says.is_empty() {
                return Some((end, token.says.clone()));
            }
        }
        let is_long = |(end, count): &(usize, usize)| {
            let is_glued = rest[*end..].starts_with(char::is_alphanumeric);
            (DIGITS..=MOST).contains(count) && !is_glued
        };
        let long = if rest.starts_with('+') {
            ends.iter().rev().copied().find(is_long)
        } else {
            first.filter(is_long)
        };
        let (end, count) = long.filter(|_| is_apart && here.before() != '.')?;
        let digits = dialled(&digits[..count]);
        if self.known.contains_key(digits) {
            return None;
        }
        Some((end, self.know(digits, "number")?))
    }
}

impl<'a> Here<'a> {
    fn rest(self) -> &'a str {
        &self.lower[self.at..]
    }

    fn before(self) -> char {
        self.text[..self.at].chars().next_back().unwrap_or(' ')
    }

    /// Returns whether an escaped sign stands before it.
    fn is_escaped(self) -> bool {
        let before = &self.text.as_bytes()[..self.at];
        let escape = before.last_chunk::<3>();
        escape
            .is_some_and(|[sign, hex @ ..]| *sign == b'%' && hex.iter().all(u8::is_ascii_hexdigit))
    }

    /// Returns whether what stands here is an address, or belongs to one.
    fn is_address(self, length: usize) -> bool {
        let behind = &self.text[self.at + length..];
        ":<\"@+=".contains(self.before())
            || behind.starts_with(['@', '>', '"'])
            || behind.starts_with(" -> ")
            || self.text[..self.at].ends_with("-> ")
    }

    /// Returns whether a known value is meant that stands here.
    fn is_meant(self, key: &str, token: &Token) -> bool {
        let behind = &self.rest()[key.len()..];
        let is_glued =
            key.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric);
        let own = &self.text[self.at..][..key.len()];
        // A name in small letters may be another word, if it is a word at all.
        let is_other = own != token.form
            && own == key
            && key.chars().all(char::is_alphabetic)
            && (self.is_word)(key);
        !token.says.is_empty()
            && !is_glued
            && (self.sent
                || self.is_of_agent()
                || self.is_address(key.len())
                || !is_other && !is_common(key))
    }

    /// Returns whether this is of what a sender calls itself, which sentences say as it is.
    fn is_of_agent(self) -> bool {
        let before = self.text[..self.at].rsplit_once("calls itself ");
        before.is_some_and(|(_, agent)| !agent.contains([';', ':', ')']))
    }

    /// Returns whether a short number that is known is meant.
    fn is_number(self, end: usize, count: usize, token: &Token) -> bool {
        let behind = &self.rest()[end..];
        let before = self.before();
        let is_part = before == '.'
            || behind
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
        if is_part || behind.starts_with(char::is_alphanumeric) {
            return false;
        }
        let may_count = count <= CODE || token.counts;
        if self.sent {
            return !may_count || before != '=' && self.at > 0;
        }
        let is_rfc = self.text[..self.at].ends_with("RFC ");
        before != '=' && self.is_address(end) || !may_count && !is_rfc
    }
}
