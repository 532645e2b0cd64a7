//! Times as JavaScript counts them.

use core::time::Duration;

/// As exact as a microsecond. What is below 0 or no number is no time.
#[must_use]
pub fn from_ms(milliseconds: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast ends at the ends of the range, and microseconds are fine enough"
    )]
    let microseconds = (milliseconds * 1000.0) as u64;
    Duration::from_micros(microseconds)
}

/// With the fraction of a millisecond.
#[must_use]
pub fn to_ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
