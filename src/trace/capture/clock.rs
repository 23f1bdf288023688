//! The clock of an interface: what its ticks are, and what they are counted from.

const NANOS: u64 = 1_000_000_000;

/// How many ticks a second has, and how many seconds after 1970 the first one is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) resolution: u64,
    pub(super) offset: i64,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            resolution: 1_000_000,
            offset: 0,
        }
    }
}

impl Clock {
    /// Takes what a byte says: a power of ten, or of two where its first bit is set; none where that is too many.
    pub(super) fn resolution(byte: u8) -> Option<u64> {
        let power = u32::from(byte & 0x7f);
        let base: u64 = if byte & 0x80 == 0 { 10 } else { 2 };
        base.checked_pow(power)
    }

    /// Returns nanoseconds since 1970; none where they do not fit.
    pub(super) fn time(&self, ticks: u64) -> Option<u64> {
        let nanos = if self.resolution > 0 && NANOS.is_multiple_of(self.resolution) {
            ticks.checked_mul(NANOS / self.resolution)
        } else {
            let nanos = u128::from(ticks) * u128::from(NANOS);
            let nanos = nanos.checked_div(u128::from(self.resolution))?;
            u64::try_from(nanos).ok()
        };
        let offset = self.offset.checked_mul(NANOS.cast_signed())?;
        nanos?.checked_add_signed(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_of_any_length_are_nanoseconds() {
        for (byte, ticks, time) in [
            (6, 1_700_000_000_123_456, Some(1_700_000_000_123_456_000)),
            (
                9,
                1_700_000_000_123_456_789,
                Some(1_700_000_000_123_456_789),
            ),
            (0, 1_700_000_000, Some(1_700_000_000 * NANOS)),
            (12, 1_700_000_000_123_456_789, Some(1_700_000_000_123_456)),
            (0x8a, 1_536, Some(1_500_000_000)),
            (6, u64::MAX, None),
        ] {
            let resolution = Clock::resolution(byte).expect("a power");
            let clock = Clock {
                resolution,
                offset: 0,
            };
            assert_eq!(clock.time(ticks), time, "{byte}");
        }
        assert_eq!(Clock::resolution(20), None);
        assert_eq!(Clock::resolution(0xff), None);
        let late = Clock {
            offset: 5,
            ..Clock::default()
        };
        assert_eq!(late.time(1), Some(5_000_001_000));
        let early = Clock {
            offset: -5,
            ..Clock::default()
        };
        assert_eq!(early.time(1), None);
    }
}
