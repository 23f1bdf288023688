//! What a typed line asks for: codes, classes, filters and words.

mod free_form;
mod line;

use super::filter::{Filter, Kind, Method};
use super::reason::{cause_of, is_one_word, is_q850, parts, protocol, unwrapped};
use super::words;
use crate::catalog::{Class, StatusCode};
use free_form::free_form;
use line::{quoted_phrase, request_line, status_line};

/// How many letters of a query count; the rest is ignored.
pub const QUERY_LIMIT: usize = 128;

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
    methods: Vec<Method>,
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
        if !is_field && has_code() && Kind::named(name).is_none() {
            let terms: Vec<&str> = value.split_whitespace().collect();
            self.terms(&terms);
            return true;
        }
        let is_name = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && name.starts_with(|c: char| c.is_ascii_uppercase());
        // "IS:BOOKMARKED" is a filter; only From is the name of a header field too, as in "From: Bob".
        let is_filter =
            Kind::named(name).is_some_and(|kind| !kind.is_header_field() || !text.contains(": "));
        let is_known = || Filter::known_header(name).is_some();
        if !is_name || is_filter || (value.is_empty() && !is_known()) {
            return false;
        }
        let first = value.split_whitespace().next();
        match (name.to_ascii_lowercase().as_str(), first) {
            ("reason", _) => self.reason(value),
            ("warning", Some(number)) => self.filters.push(Filter::warning(number)),
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
            if let Some(taken) = self.named(term, after) {
                rest = &rest[taken..];
                continue;
            }
            if let Some((taken, filter)) = free_form(term, after) {
                self.filters.push(filter);
                rest = &rest[taken..];
                continue;
            }
            rest = after;
            let number = term.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(codes) = codes_of(term) {
                self.codes.extend(codes);
            } else if let Some(class) = Class::parse(term).filter(|_| alone || !number) {
                self.filters.push(Filter::Class(class));
            } else if alone && (number || is_pattern(term)) {
                self.filters.push(Filter::digits(term));
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
            if let Filter::Cause(cause) = filter
                && filter.code().is_none()
            {
                let told = |word: &str| cause.is_called(word) || BESIDE_A_CAUSE.contains(&word);
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
            && Kind::named(name).is_none()
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
        match Kind::named(name) {
            // "cause:" is about to be typed on.
            Some(kind) if value.is_empty() => self.remark = Some(kind.usage()),
            Some(kind) => self.take(kind.filter(value)),
            None => {
                self.remark = Some(format!("there is no filter {name}:; {}", Kind::all_names()));
                self.words.extend(words::words(value));
            }
        }
        Some(taken)
    }

    /// Takes a filter that was meant as one.
    fn take(&mut self, filter: Filter) {
        if let Filter::Nothing(why) = &filter {
            self.remark = Some(why.clone());
        }
        match filter.code() {
            Some(code) => self.codes.push(code),
            None => self.filters.push(filter),
        }
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
            self.filters.push(Filter::warning(number));
        }
        self.words.clear();
        Some(terms.len())
    }

    /// Takes the methods that stand among the words. In capitals and with no other word beside them they are
    /// filters at once; else the search makes them filters where the words find nothing.
    fn take_methods(&mut self, terms: &[&str]) {
        let methods = self.words.iter().filter_map(|word| Method::named(word));
        let methods: Vec<_> = methods.collect();
        let in_capitals = |method: &&Method| terms.iter().any(|term| term.contains(method.name()));
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

    /// Takes a header field that is named without more: `Allow`.
    fn bare_name(&mut self, terms: &[&str]) {
        if let [term] = terms
            && self.filters.is_empty()
            && let Some(filter) = Filter::bare_header(term)
        {
            self.filters.push(filter);
            self.words.clear();
        }
    }
}

/// Returns whether a term is written like "48x".
fn is_pattern(term: &str) -> bool {
    let digits = term.trim_end_matches(['x', 'X']);
    term.len() == 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the codes of a term that is nothing else, however they are listed: "404,", "401/407".
fn codes_of(term: &str) -> Option<Vec<StatusCode>> {
    let listed = term.split([',', '/', ';']).filter(|code| !code.is_empty());
    let codes: Option<Vec<StatusCode>> = listed.map(|code| code.parse().ok()).collect();
    codes.filter(|codes| !codes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what a query is made of: codes, kinds of filters, words.
    fn parsed(text: &str) -> (Vec<u16>, Vec<&'static str>, String) {
        let query = Query::parse(text);
        let kind = |filter: &Filter| match filter {
            Filter::Digits(_) => "digits",
            Filter::Class(_) => "class",
            Filter::Rfc(_) => "rfc",
            Filter::Header(_) => "header",
            Filter::Method(_) => "method",
            Filter::From(_) => "from",
            Filter::Cause(_) => "cause",
            Filter::Warning(_) => "warn",
            Filter::Timer(_) => "timer",
            Filter::Product(_) => "product",
            Filter::Is(_) => "is",
            Filter::Nothing(_) => "nothing",
        };
        let codes = query.codes.iter().map(|code| code.get());
        let filters = query.filters.iter().map(kind);
        (codes.collect(), filters.collect(), query.words.join(" "))
    }

    fn assert_parsed(text: &str, codes: &[u16], filters: &[&'static str], words: &str) {
        let expected = (codes.to_vec(), filters.to_vec(), words.to_owned());
        assert_eq!(parsed(text), expected, "{text:?}");
    }

    #[test]
    fn terms_are_codes_classes_digits_filters_or_words() {
        assert_parsed("", &[], &[], "");
        assert_parsed("486 600", &[486, 600], &[], "");
        assert_parsed("404, 481", &[404, 481], &[], "");
        assert_parsed("401/407;403", &[401, 407, 403], &[], "");
        assert_parsed("1/2", &[], &[], "1 2");
        assert_parsed("4xx", &[], &["class"], "");
        assert_parsed("4", &[], &["class"], "");
        assert_parsed("busy 4", &[], &[], "busy 4");
        assert_parsed("48x", &[], &["digits"], "");
        assert_parsed("999", &[], &["nothing"], "");
        assert_parsed("why is the Line busy", &[], &[], "line busy");
        assert_parsed("4xx rfc 3261 busy", &[], &["class", "rfc"], "busy");
        assert_parsed("from:proxy IS:BOOKMARKED", &[], &["from", "is"], "");
        assert_parsed("Allow", &[], &["header"], "");
        assert_parsed("!!", &[], &[], "!!");
    }

    #[test]
    fn a_name_before_a_colon_is_a_filter_if_it_is_known() {
        assert_parsed("warn: 305", &[], &["warn"], "");
        assert_parsed("cause:487", &[487], &[], "");
        assert_parsed("foo:486", &[486], &[], "");
        assert_parsed("foo:busy", &[], &[], "busy");
        assert_parsed("sip:bob", &[], &[], "sip:bob");
        let remark = |text: &str| Query::parse(text).remark.unwrap_or_default();
        assert!(remark("foo:busy").starts_with("there is no filter foo:; the filters are"));
        assert!(remark("rfc:").starts_with("rfc: takes the number of an RFC"));
        assert_eq!(remark("warn:999"), "999 is no registered warn-code");
        assert_eq!(remark("sip:bob"), "");
    }

    #[test]
    fn a_line_of_a_message_is_what_it_says() {
        assert_parsed("SIP/2.0 486 Busy Here", &[486], &[], "");
        assert_parsed("BYE sip:a@b SIP/2.0", &[], &["method"], "");
        assert_parsed("Retry-After: 5", &[], &["header"], "");
        assert_parsed("From: Bob", &[], &["header"], "");
        assert_parsed("From:gateway", &[], &["from"], "");
        assert_parsed("Warning: 305 host \"x\"", &[], &["warn"], "");
        assert_parsed("Status: 480 gone", &[480], &[], "gone");
        assert_parsed("got \"Forbidden\" back", &[403], &[], "");
    }

    #[test]
    fn a_reason_is_a_code_or_a_cause_whether_or_not_its_name_stands_there() {
        assert_parsed("Reason: SIP;cause=480", &[480], &[], "");
        assert_parsed("Q.850 ;cause=17", &[], &["cause"], "");
        assert_parsed("busy Q.850 ; cause=17", &[], &["cause"], "");
        assert_parsed("got reason: Q.850;cause=17 back", &[], &["cause"], "");
        assert_parsed("Reason: Q.850", &[], &["header"], "");
        assert_parsed("cause 17 user busy", &[], &["cause"], "");
        assert_parsed("cause 17 forbidden", &[], &["cause"], "forbidden");
    }

    #[test]
    fn a_method_in_capitals_is_one_where_no_other_word_is() {
        assert_parsed("REGISTER", &[], &["method"], "");
        assert_parsed("REGISTER 5xx", &[], &["class", "method"], "");
        let query = Query::parse("register busy");
        assert!(query.has_methods() && !query.means_methods());
        let query = Query::parse("REGISTER busy");
        assert!(query.has_methods() && query.means_methods());
        let query = query.by_methods();
        assert_eq!(
            (query.words.join(" "), query.filters.len()),
            ("busy".to_owned(), 1)
        );
    }

    #[test]
    fn what_stands_beyond_the_limit_is_not_read() {
        let long = format!("{} 486", "a".repeat(QUERY_LIMIT));
        assert_parsed(&long, &[], &[], &"a".repeat(QUERY_LIMIT));
    }
}
