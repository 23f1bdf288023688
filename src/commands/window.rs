//! `--since` and `--until`: messages between two times, which are compared as they are printed.

use std::cmp::Ordering;

use anyhow::{Result, anyhow};

use super::usage::Usage;
use crate::ledger::time;
use crate::tally::{Stamp, Time};
use crate::text;

/// What is typed: a date, a time of day, or both; what is left out at the end fits all.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bound {
    typed: String,
    /// The year, where it is typed, and month and day.
    date: Option<(Option<String>, String)>,
    clock: String,
}

/// The messages that are asked for, by their time.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    since: Option<Bound>,
    until: Option<Bound>,
    /// Whether the message before was in it: one without a time goes with that.
    was_in: Option<bool>,
    compared: u64,
    /// Of those that have a time that says too little.
    last_other: Option<Time>,
    others: u64,
}

impl Window {
    pub(super) fn new(since: Option<&str>, until: Option<&str>) -> Result<Self, Usage> {
        Ok(Self {
            since: since.map(bound).transpose()?,
            until: until.map(bound).transpose()?,
            ..Self::default()
        })
    }

    pub(super) fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Begins another file.
    pub(super) fn begin(&mut self) {
        self.was_in = None;
    }

    /// Returns whether a message is asked for.
    pub(super) fn holds(&mut self, stamp: &Stamp) -> bool {
        if self.is_open() {
            return true;
        }
        let Some(time) = time(stamp) else {
            return self.was_in.unwrap_or(self.since.is_none());
        };
        let since = self.since.as_ref().map(|bound| bound.compare(&time));
        let until = self.until.as_ref().map(|bound| bound.compare(&time));
        if since == Some(None) || until == Some(None) {
            self.others += 1;
            self.last_other = Some(time);
            return false;
        }
        self.compared += 1;
        let is_in = since != Some(Some(Ordering::Less)) && until != Some(Some(Ordering::Greater));
        self.was_in = Some(is_in);
        is_in
    }

    /// Refuses what compared nothing, if there were messages; else returns what was left out unseen.
    pub(super) fn end(&self, messages: u64) -> Result<Option<String>> {
        if self.is_open() || messages == 0 {
            return Ok(None);
        }
        let typed = [&self.since, &self.until].map(Option::as_ref);
        let typed: Vec<&str> = typed.iter().flatten().map(|bound| &*bound.typed).collect();
        let typed = typed.join(" and ");
        match (&self.last_other, self.compared) {
            (None, 0) => Err(anyhow!(
                "no message says when it was: nothing can be compared with {typed}"
            )),
            (Some(other), 0) => Err(anyhow!(
                "times here have no date, as {}: nothing can be compared with {typed}; a time of day such as 10:15 can",
                text::clean(&other.text)
            )),
            (Some(other), _) => Ok(Some(format!(
                "left out {} messages whose times have no date, as {}",
                self.others,
                text::clean(&other.text)
            ))),
            (None, _) => Ok(None),
        }
    }
}

fn bound(typed: &str) -> Result<Bound, Usage> {
    let says = || {
        Usage(format!(
            "{} is no time; 2026-11-28, \"2026-11-28 10:15\", \"Nov 28 10:15\" and 10:15 are some",
            text::quoted(typed)
        ))
    };
    let mut spaced = typed.trim().trim_end_matches(['Z', 'z']).replace('/', "-");
    if spaced
        .get(10..11)
        .is_some_and(|sign| sign == "T" || sign == "t")
    {
        spaced.replace_range(10..11, " ");
    }
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (date, rest) = match words.as_slice() {
        [month, day, rest @ ..] if Time::printed(format!("{month} {day}")).month().is_some() => {
            let day: u8 = day.parse().map_err(|_| says())?;
            (Some((None, format!("{month} {day:>2}"))), rest)
        }
        [date, rest @ ..] if date.len() == 10 && is_shaped(date, "dddd-dd-dd") => {
            let (year, day) = date.split_at(5);
            (Some((Some(year.to_owned()), day.to_owned())), rest)
        }
        rest => (None, rest),
    };
    let clock = match rest {
        [] => "",
        [clock] if is_shaped(clock, "dd:dd:dd.ddddddddd") => clock,
        _ => return Err(says()),
    };
    if date.is_none() && !clock.contains(':') {
        return Err(says());
    }
    Ok(Bound {
        typed: text::clean(typed),
        date,
        clock: clock.to_owned(),
    })
}

/// Returns whether a text is the beginning of what has a digit for each `d`.
fn is_shaped(text: &str, shape: &str) -> bool {
    let fits = |(letter, sign): (char, char)| match sign {
        'd' => letter.is_ascii_digit(),
        sign => letter == sign,
    };
    text.len() <= shape.len() && text.chars().zip(shape.chars()).all(fits)
}

impl Bound {
    /// Returns how a time stands to it; none where the time has no date, and it has one.
    fn compare(&self, time: &Time) -> Option<Ordering> {
        let (date, clock) = time.parts();
        let of_dates = match &self.date {
            None => Ordering::Equal,
            Some(_) if date.is_empty() => return None,
            Some((year, day)) => compare_dates(date, year.as_deref(), day),
        };
        let clock = clock.get(..self.clock.len()).unwrap_or(clock);
        Some(of_dates.then_with(|| clock.cmp(&self.clock)))
    }
}

/// Compares `2026-11-28` or `Nov 28` with a date that may be without a year.
fn compare_dates(date: &str, year: Option<&str>, day: &str) -> Ordering {
    let number = |day: &str| {
        let named = Time::printed(day.to_owned()).month();
        let (month, day) = match (named, day.split_once('-')) {
            (Some(month), _) => (month, day.get(4..).unwrap_or_default().trim()),
            (None, Some((month, day))) => (month.parse().unwrap_or(0), day),
            (None, None) => (0, ""),
        };
        (month, day.parse::<u8>().unwrap_or(0))
    };
    let (own_year, own_day) = match date.split_at_checked(5) {
        Some((year, day)) if is_shaped(year, "dddd-") => (Some(year), day),
        _ => (None, date),
    };
    let of_years = own_year.zip(year).map(|(own, year)| own.cmp(year));
    of_years
        .unwrap_or(Ordering::Equal)
        .then_with(|| number(own_day).cmp(&number(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_compared_as_far_as_both_go() {
        for (typed, printed, order) in [
            ("10:15", "10:15:59.9", Some(Ordering::Equal)),
            ("10:15", "10:14:59.9", Some(Ordering::Less)),
            ("10:15:00.5", "10:15:00", Some(Ordering::Less)),
            ("10:15", "2026-11-28 10:16:00", Some(Ordering::Greater)),
            ("2026-11-28", "2026-11-28 23:59:59", Some(Ordering::Equal)),
            (
                "2026-11-28T10:15:00Z",
                "2026-11-28 10:15:00.7",
                Some(Ordering::Equal),
            ),
            (
                "2026/11/28 10",
                "2026-11-29 09:00:00",
                Some(Ordering::Greater),
            ),
            ("2026-11-28", "Nov 27 10:00:00", Some(Ordering::Less)),
            ("Nov 3 10:15", "Nov  3 10:15:01", Some(Ordering::Equal)),
            ("Dec 1", "2026-11-28 10:00:00", Some(Ordering::Less)),
            ("Nov 28", "10:00:00", None),
        ] {
            let bound = bound(typed).expect(typed);
            let time = Time::printed(printed.to_owned());
            assert_eq!(bound.compare(&time), order, "{typed} {printed}");
        }
        for typed in [
            "",
            "yesterday",
            "10",
            "28.11.2026",
            "2026-11",
            "Nov",
            "10:15 11:15",
            "10:x",
        ] {
            assert!(bound(typed).is_err(), "{typed}");
        }
    }
}
