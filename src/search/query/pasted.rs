//! What a message says, or a line of one: Reason, Warning, Retry-After and the header fields that some page knows, also
//! in the middle of a line of a log.

use std::ops::Range;

use super::reading::{Gap, Reading};
use crate::catalog::{Entry, StatusCode, TopicKind, topic};
use crate::message::{self, Field, Reason, Start};
use crate::search::filter::{Filter, Kind, Method};

/// What was read out of header fields.
#[derive(Default)]
pub(super) struct Pasted {
    /// Codes with why they are there.
    pub(super) codes: Vec<(StatusCode, String)>,
    pub(super) filters: Vec<Filter>,
    /// What is no code, with why it is there.
    pub(super) wanted: Vec<(Entry, String)>,
}

/// Header fields of a message that have a timer of their own.
const TIMED: [(&str, &str); 3] = [
    ("Retry-After", "retry-after"),
    ("Min-Expires", "registration"),
    ("Min-SE", "session"),
];

/// Reads the header fields of a text, and takes them out of it.
pub(super) fn pasted(reading: &mut Reading<'_>) -> Pasted {
    let text = reading.text().as_bytes();
    let mut pasted = Pasted::default();
    let lines: Vec<Range<usize>> = message::lines(text).collect();
    let starts = lines.iter().map(|line| Start::within(&text[line.clone()]));
    let starts: Vec<Option<Start<'_>>> = starts.collect();
    let is_message = starts.iter().any(Option::is_some);
    let is_one = lines.len() == 1;
    let mut fields = Vec::new();
    for (line, start) in lines.iter().zip(&starts) {
        let pieces = reading.covered(line);
        let field = unwrapped(reading.between(&pieces)).as_bytes();
        let field = Field::parse(field).filter(|_| start.is_none());
        if is_message && is_sdp(&text[line.clone()]) {
            // What a session description says is neither a word nor for everybody to see.
            reading.take(pieces);
            continue;
        }
        match field.filter(|field| is_known(field, reading, is_one)) {
            Some(field) => {
                pasted.take_field(&field, is_message || !is_one);
                fields.push(field);
                reading.take(pieces);
            }
            None => pasted.take_among(reading, &pieces),
        }
    }
    // How long to wait says nothing of the code.
    let is_timer = |(entry, _): &(Entry, String)| entry.kind() == "timer";
    let is_said = !pasted.codes.is_empty() || !pasted.wanted.iter().all(is_timer);
    let has_status = starts
        .iter()
        .any(|start| matches!(start, Some(Start::Status { .. })));
    if is_said || has_status || !pasted.filters.is_empty() {
        return pasted;
    }
    let method = starts
        .iter()
        .zip(&lines)
        .find_map(|(start, line)| match start {
            Some(Start::Request { method, .. }) => {
                let method = Method::named(str::from_utf8(method).ok()?)?;
                reading.take(reading.covered(line));
                Some(method)
            }
            _ => None,
        });
    // Of several header fields the first that a page knows: no page knows them all.
    let known = || {
        fields
            .iter()
            .find_map(|field| Filter::known_header(name(field)?))
    };
    pasted
        .filters
        .extend(method.map(Filter::Method).or_else(known));
    pasted
}

/// Returns a line without the quotation marks or brackets that somebody put around it.
fn unwrapped(line: &str) -> &str {
    let pairs = [('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']')];
    let inside = |(open, close)| line.strip_prefix(open)?.strip_suffix(close);
    pairs.into_iter().find_map(inside).unwrap_or(line)
}

/// Returns whether a line is one of a session description: a letter, and what it stands for.
fn is_sdp(line: &[u8]) -> bool {
    matches!(line, [letter, b'=', ..] if letter.is_ascii_lowercase())
}

/// Returns the name of a header field, for its compact form too.
fn name<'a>(field: &Field<'a>) -> Option<&'a str> {
    message::full_name(field.name).or_else(|| str::from_utf8(field.name).ok())
}

/// Returns whether a line is a header field: some page has a rule for it, and the line is not rather a filter or a
/// sentence that begins with such a word.
fn is_known(field: &Field<'_>, reading: &Reading<'_>, is_one: bool) -> bool {
    let is_compact = field.name.len() == 1;
    if is_one && is_compact && reading.gap(2) == Gap::None {
        return false;
    }
    if field.is("Reason") {
        let mut reasons = message::reasons(field.value);
        let is_protocol = ["", "q.850", "sip", "preemption"];
        let is_bare = is_protocol
            .iter()
            .any(|name| name.as_bytes().eq_ignore_ascii_case(field.value));
        let is_one =
            |reason: Reason<'_>| reason.is_q850() || reason.is_sip() || reason.cause.is_some();
        return is_bare || reasons.any(is_one);
    }
    if field.is("Warning") {
        return field.value.is_empty() || message::warnings(field.value).next().is_some();
    }
    let Some(name) = name(field) else {
        return false;
    };
    if Filter::known_header(name).is_none() {
        return false;
    }
    let value = str::from_utf8(field.value).unwrap_or_default();
    // "From:gateway" is a filter, and "From: Bob" a header field.
    let is_filter = Kind::named(name).is_some_and(|kind| {
        let is_glued = is_one && reading.is_glued(2);
        let is_value = || !matches!(kind.filter(value), Filter::Nothing(_));
        is_one && value.is_empty() || is_glued || is_value()
    });
    let is_sentence = is_one && !name.contains('-') && super::number::has_sure_code(value);
    !is_filter && !is_sentence
}

impl Pasted {
    /// Takes what a header field says; in a message some of them say how long to wait.
    fn take_field(&mut self, field: &Field<'_>, in_message: bool) {
        if field.is("Reason") {
            self.take_reasons(field.value);
            let is_said = !self.codes.is_empty() || !self.wanted.is_empty();
            if !is_said && self.filters.is_empty() && !in_message {
                self.filters.push(Filter::header("Reason"));
            }
        } else if field.is("Warning") {
            self.take_warnings(field.value);
        } else if in_message {
            let waits = TIMED.iter().find(|(name, _)| field.is(name));
            let timer =
                waits.and_then(|(name, timer)| Some((name, topic(TopicKind::Timer, timer)?)));
            if let Some((name, timer)) = timer
                && let Some(seconds) = message::seconds(field.value)
            {
                self.wanted
                    .push((timer.into(), format!("{name}: {seconds} seconds")));
            }
        }
    }

    fn take_reasons(&mut self, value: &[u8]) {
        for reason in message::reasons(value) {
            self.take_reason(&reason);
        }
    }

    fn take_reason(&mut self, reason: &Reason<'_>) {
        let Some(cause) = reason.cause else { return };
        if reason.is_q850() {
            let named = topic(TopicKind::Cause, &cause.to_string());
            if let Some(topic) = named {
                let why = format!("Reason: ISDN cause {cause}, {}", topic.name);
                self.wanted.push((topic.into(), why));
            }
            self.filters.push(Filter::cause(&cause.to_string()));
            return;
        }
        let protocol = String::from_utf8_lossy(reason.protocol);
        let written = format!("{protocol};cause={cause}");
        let known = super::product_number::written_so(&written);
        let known = known.filter(|_| !reason.is_sip());
        if let Some((entry, why)) = known {
            match entry.code() {
                Some(code) => self.codes.push((code, why)),
                None => self.wanted.push((entry, why)),
            }
        } else if let Ok(code) = StatusCode::new(cause) {
            self.codes
                .push((code, format!("Reason: {protocol} cause {code}")));
        }
    }

    fn take_warnings(&mut self, value: &[u8]) {
        for warning in message::warnings(value) {
            let code = warning.code.to_string();
            if let Some(topic) = topic(TopicKind::Warning, &code) {
                let mut why = format!("Warning: {code}");
                if !warning.agent.is_empty() {
                    why.push_str(" from ");
                    why.push_str(&String::from_utf8_lossy(warning.agent));
                }
                if let Some(text) = warning.text {
                    why.push_str(", \"");
                    why.push_str(&String::from_utf8_lossy(text));
                    why.push('"');
                }
                self.wanted.push((Entry::from(topic), why));
            }
            self.filters.push(Filter::warning(&code));
        }
    }

    /// Takes Reason and Warning, and values of Reason, that stand among other words of a line.
    fn take_among(&mut self, reading: &mut Reading<'_>, pieces: &Range<usize>) {
        let mut at = pieces.start;
        while at < pieces.end {
            let end = self.reason_at(reading, at, pieces.end);
            let end = end.or_else(|| self.warning_at(reading, at, pieces.end));
            if let Some(end) = end {
                reading.take(at..end);
                at = end;
            } else {
                at += 1;
            }
        }
    }

    /// Takes the value of a Reason header field that begins at a place, with its name or without; says where it ends.
    fn reason_at(&mut self, reading: &Reading<'_>, at: usize, line_end: usize) -> Option<usize> {
        let is_named = reading.is_any(at, "reason") && reading.sign(at + 1) == Some(':');
        let start = if is_named { at + 2 } else { at };
        // A protocol is glued together: "Q.850", "SIP", "RELEASE_CAUSE".
        let mut semicolon = start;
        while semicolon < line_end
            && (semicolon == start || reading.is_glued(semicolon))
            && (reading.sign(semicolon).is_none()
                || matches!(reading.sign(semicolon), Some('.' | '_' | '-')))
        {
            semicolon += 1;
        }
        let is_free = reading
            .glued_before(at)
            .is_none_or(|before| reading.sign(before).is_some());
        if !is_free || semicolon == start || reading.sign(semicolon) != Some(';') {
            return None;
        }
        let end = parameters(reading, semicolon, line_end);
        let reason = message::reason(reading.between(&(start..end)).as_bytes())?;
        reason.cause?;
        self.take_reason(&reason);
        Some(end)
    }

    /// Takes a Warning header field that begins at a place; says where it ends.
    fn warning_at(&mut self, reading: &Reading<'_>, at: usize, line_end: usize) -> Option<usize> {
        let is_named = reading.is_any(at, "warning") && reading.sign(at + 1) == Some(':');
        let digits = reading
            .digits(at + 2)
            .filter(|digits| is_named && digits.len() == 3)?;
        topic(TopicKind::Warning, digits)?;
        self.take_warnings(reading.between(&(at + 2..line_end)).as_bytes());
        Some(line_end)
    }
}

/// Returns where the parameters end that begin with a semicolon, perhaps with blanks beside the semicolons.
fn parameters(reading: &Reading<'_>, semicolon: usize, line_end: usize) -> usize {
    let joins = |at: usize| matches!(reading.sign(at), Some(';' | '='));
    let mut end = semicolon + 1;
    while end < line_end {
        if !reading.is_glued(end) && !joins(end) && !joins(end - 1) {
            break;
        }
        if reading.sign(end) == Some(',') {
            break;
        }
        if reading.sign(end) == Some('"') && reading.sign(end - 1) == Some('=') {
            let closing = (end + 1..line_end).find(|at| reading.sign(*at) == Some('"'));
            end = closing.unwrap_or(end);
        }
        end += 1;
    }
    end
}
