//! Times as they are printed, made numbers of one trace: with a date or without, with a year or without.

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const SECOND: u64 = 1_000_000;
const DAY: u64 = 86_400 * SECOND;
/// A year without a number: one that has the 29th of February.
const YEARLESS: u64 = 1972;

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Date {
    /// Days since 1970.
    Whole(u64),
    /// Days since the beginning of a year that is not told.
    Yearless(u64),
    None,
}

/// Takes the times of a trace, one after the other, and tells them in microseconds from one beginning. Where a writer
/// leaves out the date, or the year, it goes on over midnight and over the end of the year.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    last: Option<(Date, u64)>,
}

impl Timeline {
    /// Returns a time in microseconds, and whether it has more than whole seconds; none where it is no time, or says
    /// another part of the date than the time before.
    pub fn micros(&mut self, printed: &str) -> Option<(u64, bool)> {
        let (date, clock) = printed.trim().rsplit_once(' ').unwrap_or(("", printed));
        let (clock, is_exact) = of_day(clock.trim())?;
        let date = date_of(date.trim())?;
        let (days, cycle) = match date {
            Date::Whole(days) => (days, None),
            Date::Yearless(days) => (days, Some(366 * DAY)),
            Date::None => (0, Some(DAY)),
        };
        let mut micros = days.checked_mul(DAY)?.checked_add(clock)?;
        if let Some((before, last)) = self.last {
            if core::mem::discriminant(&before) != core::mem::discriminant(&date) {
                return None;
            }
            if let Some(cycle) = cycle {
                micros = nearest(micros, last, cycle);
            }
        } else {
            // What comes next may be a little before it, on the other side of midnight.
            micros = micros.checked_add(cycle.unwrap_or(0))?;
        }
        self.last = Some((date, micros));
        Some((micros, is_exact))
    }
}

/// Returns the time of a clock that starts anew with each cycle, as near to another one as it can be.
fn nearest(micros: u64, last: u64, cycle: u64) -> u64 {
    let mut own = last - last % cycle + micros;
    if own > last + cycle / 2 && own >= cycle {
        own -= cycle;
    } else if own + cycle / 2 < last {
        own += cycle;
    }
    own
}

/// Returns a time of day, as `10:15:00.250`, in microseconds.
fn of_day(clock: &str) -> Option<(u64, bool)> {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let parts: Vec<u64> = whole
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [hours, minutes, seconds] = parts.as_slice() else {
        return None;
    };
    if *hours > 23 || *minutes > 59 || *seconds > 60 {
        return None;
    }
    let digits: String = fraction.chars().take(6).collect();
    let micros = format!("{digits:0<6}").parse::<u64>().ok()?;
    let seconds = (hours * 60 + minutes) * 60 + seconds;
    Some((seconds * SECOND + micros, !fraction.is_empty()))
}

/// Returns a date, as `2026-11-28` or `Nov 28`; one that is empty is none.
fn date_of(text: &str) -> Option<Date> {
    if text.is_empty() {
        return Some(Date::None);
    }
    let month = MONTHS.iter().position(|name| text.starts_with(name));
    if let Some(month) = month {
        let day = text.get(3..)?.trim().parse().ok()?;
        let month = u64::try_from(month).ok()? + 1;
        let first = days(YEARLESS, 1, 1)?;
        return Some(Date::Yearless(days(YEARLESS, month, day)? - first));
    }
    let mut parts = text.split('-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(Date::Whole(days(year, month, day)?))
}

/// Returns how many days after the first of 1970 a date is.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1970..10_000).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // The year begins with March, so that the day that may be missing is its last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leaps = year / 4 - year / 100 + year / 400;
    (year * 365 + leaps + (month * 153 + 2) / 5 + day).checked_sub(719_469)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the seconds between times that follow each other.
    fn gaps(times: &[&str]) -> Vec<i64> {
        let mut line = Timeline::default();
        let micros: Vec<i64> = times
            .iter()
            .map(|time| line.micros(time).expect(time).0.cast_signed() / 1_000_000)
            .collect();
        micros.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    #[test]
    fn times_go_on_over_midnight_and_the_end_of_the_year() {
        for (times, between) in [
            (["10:00:00", "10:00:32.5"], 32),
            (["23:59:59", "00:00:01"], 2),
            (["00:00:01", "23:59:59"], -2),
            (["Nov 30 23:59:00", "Dec  1 00:00:00"], 60),
            (["Dec 31 23:59:00", "Jan  1 00:01:00"], 120),
            (["2026-02-28 23:59:59", "2026-03-01 00:00:01"], 2),
            (["2024-02-28 23:59:59", "2024-02-29 00:00:01"], 2),
            (["2025-12-31 12:00:00", "2026-01-01 12:00:00"], 86_400),
        ] {
            assert_eq!(gaps(&times), [between], "{times:?}");
        }
        assert_eq!(
            gaps(&["Nov 28 04:09:01", "Nov 28 04:09:02", "Nov 29 04:09:02"]),
            [1, 86_400]
        );
        assert_eq!(
            gaps(&["13:00:00", "23:00:00", "08:00:00", "17:00:00"]),
            [36_000, 32_400, 32_400]
        );
    }

    #[test]
    fn a_date_counts_from_1970_and_what_is_no_time_is_none() {
        let micros = |time: &str| Timeline::default().micros(time);
        assert_eq!(micros("1970-01-01 00:00:01.25"), Some((1_250_000, true)));
        assert_eq!(
            micros("2026-11-28 03:29:11"),
            Some((1_795_836_551_000_000, false))
        );
        for time in [
            "",
            "10:00",
            "24:00:00",
            "2026-13-01 10:00:00",
            "yesterday 10:00:00",
        ] {
            assert_eq!(micros(time), None, "{time}");
        }
        let mut line = Timeline::default();
        assert!(line.micros("10:00:00").is_some());
        assert_eq!(line.micros("2026-11-28 10:00:00"), None);
    }
}
