//! When something was, as a trace prints it. Only times of one clock have an order: nothing is moved, and what a writer
//! does not print is not made up.

use std::cmp::Ordering;

use crate::calls::Timeline;

/// A time as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Time {
    pub text: String,
    /// Microseconds since 1970, where that is known.
    pub epoch: Option<u64>,
}

/// What a time counts from, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// That of a capture.
    Epoch,
    /// A date and a time of day, in a zone that nobody says.
    Dated,
    /// The same without a year.
    Yearless,
    /// A time of day.
    Daily,
}

/// The first and the last time of something.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub first: Option<Time>,
    pub last: Option<Time>,
}

const MICROS_A_MINUTE: i64 = 60_000_000;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Returns the number of the month with which a text begins, from 1 on.
fn month(text: &str) -> Option<usize> {
    let at = MONTHS.iter().position(|name| text.starts_with(name))?;
    Some(at + 1)
}

impl Time {
    pub fn printed(text: String) -> Self {
        Self { text, epoch: None }
    }

    pub fn clock(&self) -> Clock {
        if self.epoch.is_some() {
            Clock::Epoch
        } else if month(&self.text).is_some() {
            Clock::Yearless
        } else if self.text.contains(' ') {
            Clock::Dated
        } else {
            Clock::Daily
        }
    }

    /// Returns the time as it is shown alone: with the zone, where it is that of a capture, which prints none.
    pub fn zoned(&self) -> String {
        match self.zone() {
            Some(zone) => format!("{} {zone}", self.text),
            None => self.text.clone(),
        }
    }

    /// Returns the zone in which the time of a capture is told: `UTC`, `UTC+1`, `UTC-3:30`.
    fn zone(&self) -> Option<String> {
        let micros = |text: &str| Some(Timeline::default().micros(text)?.0.cast_signed());
        let since_1970 = micros(&self.text)? - micros("1970-01-01 00:00:00")?;
        let minutes = (since_1970 - self.epoch?.cast_signed()) / MICROS_A_MINUTE;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        Some(match (hours, minutes) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{sign}{hours}"),
            (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
        })
    }

    /// Returns the number of the month with which its date begins, if a name does.
    pub fn month(&self) -> Option<usize> {
        month(&self.text)
    }

    /// Returns the date, which may be empty, and the time of day.
    pub fn parts(&self) -> (&str, &str) {
        let parts = self.text.rsplit_once(' ');
        parts.map_or(("", &self.text), |(date, day)| (date.trim_end(), day))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Those of one clock as they follow each other, and the clocks apart: so that any number of them has one first and one
/// last, whatever their order.
impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |time: &Self| (time.clock(), time.epoch, month(&time.text));
        key(self)
            .cmp(&key(other))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl Span {
    /// Takes the times of what stands first and last in a trace: most writers go on in time, and some write the latest
    /// first. Where midnight or the end of a year may lie between, the order in the trace is all there is.
    pub fn between(first: Option<Time>, last: Option<Time>) -> Self {
        let is_turned = first.as_ref().zip(last.as_ref()).is_some_and(|(a, b)| {
            let is_like = a.clock() == b.clock() && a.clock() != Clock::Daily;
            let is_new_year = (month(&a.text), month(&b.text)) == (Some(12), Some(1));
            is_like && a > b && !is_new_year
        });
        let (first, last) = if is_turned {
            (last, first)
        } else {
            (first, last)
        };
        Self { first, last }
    }

    /// Adds another: the earliest and the latest of both, which are of one clock if the whole is.
    pub fn merge(&mut self, other: &Self) {
        let earlier = |a: &Time, b: &Time| b < a;
        let later = |a: &Time, b: &Time| b > a;
        keep(&mut self.first, other.first.as_ref(), earlier);
        keep(&mut self.last, other.last.as_ref(), later);
    }

    /// Returns the clock of both its times, if they have one.
    pub fn clock(&self) -> Option<Clock> {
        let clock = self.first.as_ref().map(Time::clock);
        let last = self.last.as_ref().map(Time::clock);
        clock.filter(|_| last.is_none() || clock == last).or(last)
    }

    /// Returns whether the last time is before the first, as it is past midnight where no date is printed.
    pub fn is_wrapped(&self) -> bool {
        let both = self.first.as_ref().zip(self.last.as_ref());
        both.is_some_and(|(first, last)| last < first)
    }
}

fn keep(kept: &mut Option<Time>, other: Option<&Time>, wins: impl Fn(&Time, &Time) -> bool) {
    let Some(other) = other else { return };
    if kept.as_ref().is_none_or(|kept| wins(kept, other)) {
        *kept = Some(other.clone());
    }
}

/// Returns the time between two, in microseconds, if both are told to less than a second.
pub(super) fn waited(from: &Time, to: &Time) -> Option<usize> {
    let (from, to) = if let Some(both) = from.epoch.zip(to.epoch) {
        both
    } else {
        let mut line = Timeline::default();
        let (from, is_exact) = line.micros(&from.text)?;
        (from, line.micros(&to.text).filter(|_| is_exact)?.0)
    };
    usize::try_from(to.checked_sub(from)?).ok()
}

/// Returns a time up to its hour or its minute.
pub(super) fn upto(time: &str, parts: usize) -> String {
    let mut colons = time.match_indices(':').map(|(at, _)| at);
    let end = colons.nth(parts - 1).unwrap_or(time.len());
    let hour = if parts == 1 { ":00" } else { "" };
    match &time[..end] {
        "" => String::new(),
        begun => format!("{begun}{hour}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::printed(text.to_owned())
    }

    #[test]
    fn times_follow_each_other_as_their_clock_says() {
        for (earlier, later) in [
            ("2026-11-28 10:00:00.5", "2026-11-28 10:00:00.51"),
            ("Nov 28 10:00:00", "Dec  1 09:00:00"),
            ("Nov  3 10:00:00", "Nov 28 09:00:00"),
            ("09:59:59.9", "10:00:00"),
        ] {
            assert!(time(earlier) < time(later), "{earlier} {later}");
        }
        let clocks = ["2026-11-28 10:00:00", "Nov 28 10:00:00", "10:00:00"];
        let clocks = clocks.map(|text| time(text).clock());
        assert_eq!(clocks, [Clock::Dated, Clock::Yearless, Clock::Daily]);
    }

    #[test]
    fn the_time_of_a_capture_is_shown_with_its_zone() {
        for (text, shown) in [
            (
                "2026-11-28 03:56:14.874644",
                "2026-11-28 03:56:14.874644 UTC",
            ),
            (
                "2026-11-28 04:56:14.874644",
                "2026-11-28 04:56:14.874644 UTC+1",
            ),
            (
                "2026-11-28 16:56:14.874644",
                "2026-11-28 16:56:14.874644 UTC+13",
            ),
            (
                "2026-11-28 00:26:14.874644",
                "2026-11-28 00:26:14.874644 UTC-3:30",
            ),
            (
                "2026-11-27 17:56:14.874644",
                "2026-11-27 17:56:14.874644 UTC-10",
            ),
        ] {
            let epoch = Some(1_795_838_174_874_644);
            let text = text.to_owned();
            assert_eq!(Time { text, epoch }.zoned(), shown);
        }
        assert_eq!(time("10:00:00").zoned(), "10:00:00");
    }

    #[test]
    fn the_latest_first_is_turned_and_midnight_is_not() {
        for (first, last, is_turned) in [
            ("2026-11-28 11:00:00", "2026-11-28 10:00:00", true),
            ("Nov 28 11:00:00", "Nov 28 10:00:00", true),
            ("Dec 31 23:59:00", "Jan  1 00:01:00", false),
            ("23:59:00", "00:01:00", false),
        ] {
            let span = Span::between(Some(time(first)), Some(time(last)));
            let from = if is_turned { last } else { first };
            assert_eq!(span.first, Some(time(from)), "{first} {last}");
            assert_eq!(span.is_wrapped(), !is_turned, "{first} {last}");
        }
    }
}
