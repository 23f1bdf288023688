//! The zone of the machine, in which the times of captures are told: they are numbers, and have none of their own.

use std::env;
use std::sync::LazyLock;

use tz::TimeZone;

/// That of `TZ`, else that of the system; UTC where neither says one.
static ZONE: LazyLock<TimeZone> = LazyLock::new(|| {
    let zone = match env::var("TZ") {
        Ok(zone) => TimeZone::from_posix_tz(&zone),
        Err(_) => TimeZone::local(),
    };
    zone.unwrap_or_else(|_| TimeZone::utc())
});

/// Returns how many seconds its clocks are before those of UTC at a time in seconds since 1970.
pub(super) fn offset(seconds: u64) -> i64 {
    let seconds = i64::try_from(seconds).unwrap_or_default();
    let zone = ZONE.find_local_time_type(seconds);
    zone.map_or(0, |zone| zone.ut_offset().into())
}
