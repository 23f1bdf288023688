//! What a typed line asks for: codes, classes, filters and words.

use super::QUERY_LIMIT;
use super::filter::{Filter, Name, is_of_cause, method_named};
use super::reason::{cause_of, is_one_word, is_q850, parts, protocol, unwrapped};
use super::words;
use crate::catalog::{Class, NotACode, StatusCode, registered};

/// A query, taken apart.
#[derive(Default)]
pub(super) struct Query {
    /// Codes that stand in the query; whatever else stands there is a remark of somebody.
    pub(super) codes: Vec<StatusCode>,
    /// What every hit must pass.
    pub(super) filters: Vec<Filter>,
    /// Words to look for, in lower case.
    pub(super) words: Vec<String>,
    /// Methods among the words: those in capitals, or else all.
    methods: Vec<&'static str>,
    /// Whether a method is in capitals, so that it is meant as one.
    capital: bool,
    /// What the user should know about the query.
    pub(super) remark: Option<String>,
}

/// What people write before the word cause.
const BESIDE_A_CAUSE: [&str; 5] = ["disconnect", "release", "hangup", "isdn", "q931"];

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let text: String = text.chars().take(QUERY_LIMIT).collect();
        let mut query = Self::default();
        if let Some(code) = status_line(&text) {
            query.codes.push(code);
        } else if let Some(method) = request_line(&text) {
            query.filters.push(Filter::Method(method));
        } else if query.header_line(unwrapped(text.trim())) || query.bare_reason(text.trim()) {
            return query;
        } else if let Some(code) = quoted_phrase(&text) {
            query.codes.push(code);
        } else {
            let terms: Vec<&str> = text.split_whitespace().collect();
            query.terms(&terms);
        }
        query
    }

    /// Takes a header field as it stands in a message; says whether the text is one.
    fn header_line(&mut self, text: &str) -> bool {
        let Some((name, value)) = text.split_once(':') else {
            return false;
        };
        let (name, value) = (name.trim_end(), value.trim());
        // "Status: 480 Temporarily Unavailable" is the line of a log.
        let has_code = || {
            value
                .split_whitespace()
                .any(|term| term.parse::<StatusCode>().is_ok())
        };
        let last = name.rsplit(' ').next().unwrap_or_default();
        let is_field = Filter::known_header(name).is_some() || last.eq_ignore_ascii_case("warning");
        if !is_field && has_code() && Name::parse(name).is_none() {
            let terms: Vec<&str> = value.split_whitespace().collect();
            self.terms(&terms);
            return true;
        }
        let is_name = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && name.starts_with(|c: char| c.is_ascii_uppercase());
        // "IS:BOOKMARKED" is a filter; only From is the name of a header field too, as in "From: Bob".
        let is_filter = Name::parse(name)
            .is_some_and(|name| !matches!(name, Name::From) || !text.contains(": "));
        let is_known = || Filter::known_header(name).is_some();
        if !is_name || is_filter || (value.is_empty() && !is_known()) {
            return false;
        }
        let first = value.split_whitespace().next();
        match (name.to_ascii_lowercase().as_str(), first) {
            ("reason", _) => self.reason(value),
            ("warning", Some(number)) => self.filters.push(Filter::warn(number)),
            _ => self.filters.push(Filter::header(name)),
        }
        true
    }

    /// Takes the value of a Reason header field (RFC 3326): a status code, or a cause of Q.850.
    fn reason(&mut self, value: &str) {
        for reason in parts(unwrapped(value), ',') {
            let Some(cause) = cause_of(reason) else {
                continue;
            };
            if is_q850(protocol(reason)) {
                self.filters.push(Filter::cause(cause));
            } else {
                self.codes.extend(cause.parse::<StatusCode>().ok());
            }
        }
        if self.codes.is_empty() && self.filters.is_empty() {
            self.filters.push(Filter::header("Reason"));
        }
    }

    /// Takes the value of a Reason header field without its name; says whether the text is one and no more.
    fn bare_reason(&mut self, text: &str) -> bool {
        let text = unwrapped(text);
        let protocol = protocol(text);
        let is_reason = (is_q850(protocol) || protocol.eq_ignore_ascii_case("sip"))
            && parts(text, ',').any(|reason| cause_of(reason).is_some())
            && parts(text, ',').all(|reason| parts(reason, ';').all(is_one_word));
        if is_reason {
            self.reason(text);
        }
        is_reason
    }

    fn terms(&mut self, terms: &[&str]) {
        let alone = terms.len() == 1;
        let mut rest = terms;
        while let Some((term, after)) = rest.split_first() {
            let taken = self.reason_among(rest);
            if let Some(taken) = taken.or_else(|| self.field_among(rest)) {
                rest = &rest[taken..];
                continue;
            }
            let (taken, filter) = match self.named(term, after) {
                Some(taken) => {
                    rest = &rest[taken..];
                    continue;
                }
                None => free_form(term, after),
            };
            if let Some(filter) = filter {
                self.filters.push(filter);
                rest = &rest[taken..];
                continue;
            }
            rest = after;
            let number = term.bytes().all(|byte| byte.is_ascii_digit());
            if let Ok(code) = term.parse() {
                self.codes.push(code);
            } else if let Some(class) = Class::parse(term).filter(|_| alone || !number) {
                self.filters.push(Filter::Class(class));
            } else if alone && (number || is_pattern(term)) {
                self.begins(term);
            } else {
                self.words.extend(words::words(term));
            }
        }
        if self.codes.is_empty() {
            self.bare_name(terms);
        }
        self.without_cause_names();
        self.words = words::telling(&self.words);
        self.take_methods(terms);
        // Signs alone are looked for as they are, and not found.
        let empty = self.words.is_empty() && self.filters.is_empty() && self.codes.is_empty();
        if let Some(term) = terms.first().filter(|_| empty && self.remark.is_none()) {
            self.words.push((*term).to_owned());
        }
    }

    /// Leaves out what people write beside the number of a cause: its name, or that it is one.
    fn without_cause_names(&mut self) {
        for filter in &self.filters {
            if let Filter::Cause { number, .. } = filter {
                let told =
                    |word: &str| is_of_cause(word, *number) || BESIDE_A_CAUSE.contains(&word);
                self.words.retain(|word| !told(word));
            }
        }
    }

    /// Takes `name:value`; says how many terms it was made of.
    fn named(&mut self, term: &str, after: &[&str]) -> Option<usize> {
        let (name, value) = term.split_once(':')?;
        // Addresses are no filters.
        let scheme = ["sip", "sips", "tel", "http", "https", "urn"];
        if let Ok(code) = value.parse::<StatusCode>()
            && Name::parse(name).is_none()
        {
            self.codes.push(code);
            return Some(1);
        }
        if name.is_empty()
            || scheme
                .iter()
                .any(|scheme| scheme.eq_ignore_ascii_case(name))
        {
            return None;
        }
        let (value, taken) = match (value, after.first()) {
            ("", Some(next)) => (*next, 2),
            (value, _) => (value, 1),
        };
        match Name::parse(name) {
            // "cause:" is about to be typed on.
            Some(name) if value.is_empty() => self.remark = Some(name.takes()),
            Some(name) => match name.filter(value) {
                Filter::Code(code) => self.codes.push(code),
                filter => {
                    if let Filter::Nothing(why) = &filter {
                        self.remark = Some(why.clone());
                    }
                    self.filters.push(filter);
                }
            },
            None => {
                self.remark = Some(format!("there is no filter {name}:; {}", Name::list()));
                self.words.extend(words::words(value));
            }
        }
        Some(taken)
    }

    /// Takes the first digits of codes: "48" and "48x" begin ten.
    fn begins(&mut self, term: &str) {
        let digits = term.trim_end_matches(['x', 'X']);
        let begins = digits.len() == 2 && matches!(digits.as_bytes()[0], b'1'..=b'6');
        self.filters.push(if begins {
            Filter::Prefix(digits.into())
        } else {
            Filter::Nothing(format!("{NotACode}"))
        });
    }

    /// Takes a Reason value that stands among other terms, perhaps with blanks beside its semicolons; says how
    /// many terms it was made of.
    fn reason_among(&mut self, terms: &[&str]) -> Option<usize> {
        let (first, after) = terms.split_first()?;
        let mut value = String::from(*first);
        let mut taken = 1;
        for term in after {
            if !value.ends_with(';') && !term.starts_with(';') {
                break;
            }
            value.push_str(term);
            taken += 1;
        }
        self.bare_reason(&value).then_some(taken)
    }

    /// Takes a Reason or Warning header field that stands behind other terms, or has a small name: it is what the
    /// line is about. Says how many terms it was made of.
    fn field_among(&mut self, terms: &[&str]) -> Option<usize> {
        let (name, value) = terms.first()?.split_once(':')?;
        let mut values = terms.to_vec();
        values[0] = value;
        let values = &values[usize::from(value.is_empty())..];
        if name.eq_ignore_ascii_case("reason") {
            self.reason_among(values)?;
        } else {
            let is_warning = name.eq_ignore_ascii_case("warning");
            let number = values.first().filter(|_| is_warning)?;
            number.parse::<u16>().ok()?;
            self.filters.push(Filter::warn(number));
        }
        self.words.clear();
        Some(terms.len())
    }

    /// Takes the methods that stand among the words. In capitals and with no other word beside them they are
    /// filters at once; else the search makes them filters where the words find nothing.
    fn take_methods(&mut self, terms: &[&str]) {
        let methods: Vec<_> = self.words.iter().filter_map(|w| method_named(w)).collect();
        let in_capitals = |method: &&&str| terms.iter().any(|term| term.contains(**method));
        let capital: Vec<_> = methods.iter().filter(in_capitals).copied().collect();
        self.capital = !capital.is_empty();
        self.methods = if self.capital { capital } else { methods };
        if self.capital && self.methods.len() == self.words.len() && self.codes.is_empty() {
            *self = std::mem::take(self).by_methods();
        }
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
        let is_method = |word: &String| methods.iter().any(|m| m.eq_ignore_ascii_case(word));
        self.words.retain(|word| !is_method(word));
        self.filters
            .extend(methods.iter().map(|method| Filter::Method(method)));
        self
    }

    /// Takes a header field that is named without more: `Allow`.
    fn bare_name(&mut self, terms: &[&str]) {
        if let [term] = terms
            && self.filters.is_empty()
            && let Some(filter) = Filter::bare(term)
        {
            self.filters.push(filter);
            self.words.clear();
        }
    }
}

/// Returns the code of a status line, with or without what stands around it in a log.
fn status_line(text: &str) -> Option<StatusCode> {
    const START: &str = "sip/2.0 ";
    let at = text.to_ascii_lowercase().find(START)?;
    let rest = &text[at + START.len()..];
    rest.split_whitespace().next()?.parse().ok()
}

/// Returns the method of a request line, with or without what stands around it in a log.
fn request_line(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut lines = words.windows(3).filter(|line| {
        let version = line[2].get(..7).unwrap_or_default();
        version.eq_ignore_ascii_case("sip/2.0") && line[1].contains(':')
    });
    lines.find_map(|line| method_named(line[0]))
}

/// Returns the code whose reason phrase stands in quotation marks, as products log it.
fn quoted_phrase(text: &str) -> Option<StatusCode> {
    let mut quoted = text.split('"').skip(1).step_by(2);
    quoted.find_map(|quoted| {
        let mut all = registered();
        let response = all.find(|response| response.phrase().eq_ignore_ascii_case(quoted));
        response.map(|response| response.code)
    })
}

/// Returns whether a term is written like "48x".
fn is_pattern(term: &str) -> bool {
    let digits = term.trim_end_matches(['x', 'X']);
    term.len() == 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes `rfc 3262`, `q.850 17`, `cause=17`, `warning 305` and names of header fields with a hyphen;
/// says how many terms each was made of.
fn free_form(term: &str, after: &[&str]) -> (usize, Option<Filter>) {
    let lower = term.to_ascii_lowercase();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // "q.850 cause 17", "isdn cause 17"
    let lead = match lower.as_str() {
        "rfc" => Some(Name::Rfc),
        "q.850" | "q850" | "isdn" | "isup" | "cause" => Some(Name::Cause),
        "warning" | "warn" | "warn-code" => Some(Name::Warn),
        _ => None,
    };
    if let Some(name) = lead {
        // "cause code 17", "isdn cause 17"
        let filler = |next: &&&str| {
            let filler = if lower == "cause" { "code" } else { "cause" };
            matches!(name, Name::Cause) && next.eq_ignore_ascii_case(filler)
        };
        let skipped = after.iter().take(1).filter(filler).count();
        if let Some(number) = after.get(skipped).filter(|next| is_number(next)) {
            return (skipped + 2, Some(name.filter(number)));
        }
    }
    let glued = [
        ("rfc-", Name::Rfc),
        ("rfc", Name::Rfc),
        ("cause=", Name::Cause),
        ("cause", Name::Cause),
        ("warn=", Name::Warn),
    ];
    for (start, name) in glued {
        if let Some(number) = lower.strip_prefix(start).filter(|rest| {
            let number = rest.split(';').next().unwrap_or_default();
            is_number(number)
        }) {
            let number = number.split(';').next().unwrap_or_default();
            return (1, Some(name.filter(number)));
        }
    }
    let filter = term.contains('-').then(|| Filter::known_header(term));
    (1, filter.flatten())
}
