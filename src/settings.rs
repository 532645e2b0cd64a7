//! The settings of a call, with their defaults and ranges.

use crate::invalid::Invalid;
use std::time::Duration;

/// Longest delay of a JavaScript timer, in milliseconds. A timer with a longer delay fires at once.
const MAX_TIMER_MS: f64 = 2_147_483_647.0;

/// Timeout, retries and confirmation of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Timeout of one attempt, from the connection to the last byte of the response.
    pub timeout: Duration,
    /// How many times a failed attempt may be retried.
    pub max_retries: u32,
    /// How long to look a canceled order up until it has ended. Zero for no lookup.
    pub confirm: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            max_retries: 2,
            confirm: Duration::ZERO,
        }
    }
}

impl Settings {
    /// Replaces the settings that the caller gave.
    ///
    /// # Errors
    /// `Invalid` names the field: `timeoutMs` is not above 0 and at most 2147483647, `maxRetries` is not
    /// a whole number of at least 0, or `confirmMs` is not from 0 to 2147483647.
    pub fn with(
        mut self,
        timeout_ms: Option<f64>,
        max_retries: Option<f64>,
        confirm_ms: Option<f64>,
    ) -> Result<Self, Invalid> {
        if let Some(ms) = timeout_ms {
            self.timeout = milliseconds(ms).filter(|_| ms > 0.0).ok_or_else(|| {
                Invalid::new(
                    "timeoutMs",
                    "must be a number of milliseconds above 0 and at most 2147483647",
                )
            })?;
        }
        if let Some(count) = max_retries {
            self.max_retries = integer(count, 0, u32::MAX).ok_or_else(|| {
                Invalid::new("maxRetries", "must be a whole number of at least 0")
            })?;
        }
        if let Some(ms) = confirm_ms {
            self.confirm = milliseconds(ms).ok_or_else(|| {
                Invalid::new(
                    "confirmMs",
                    "must be a number of milliseconds from 0 to 2147483647",
                )
            })?;
        }
        Ok(self)
    }
}

/// Checks `requestsPerSecond`. The default is 30.
///
/// # Errors
/// `Invalid` if it is not a whole number from 1 to 30.
pub fn requests_per_second(count: Option<f64>) -> Result<u32, Invalid> {
    let invalid = || Invalid::new("requestsPerSecond", "must be a whole number from 1 to 30");
    integer(count.unwrap_or(30.0), 1, 30).ok_or_else(invalid)
}

fn milliseconds(ms: f64) -> Option<Duration> {
    (0.0..=MAX_TIMER_MS)
        .contains(&ms)
        .then(|| Duration::from_secs_f64(ms / 1000.0))
}

fn integer(number: f64, min: u32, max: u32) -> Option<u32> {
    let fits = number.fract() == 0.0 && number >= f64::from(min) && number <= f64::from(max);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is an integer and in range"
    )]
    fits.then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_leave_the_defaults() {
        let settings = Settings::default().with(None, None, None).unwrap();
        assert_eq!(settings, Settings::default());
        assert_eq!(requests_per_second(None), Ok(30));
    }

    #[test]
    fn given_values_replace_them() {
        let settings = Settings::default()
            .with(Some(0.5), Some(0.0), Some(2_147_483_647.0))
            .unwrap();
        assert_eq!(settings.timeout, Duration::from_micros(500));
        assert_eq!(settings.max_retries, 0);
        assert_eq!(settings.confirm, Duration::from_millis(2_147_483_647));
    }

    #[test]
    fn times_out_of_range_are_refused() {
        for ms in [
            -1.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            2_147_483_648.0,
        ] {
            let settings = Settings::default();
            assert_eq!(
                settings.with(Some(ms), None, None).unwrap_err().field(),
                "timeoutMs"
            );
            assert_eq!(
                settings.with(None, None, Some(ms)).unwrap_err().field(),
                "confirmMs"
            );
        }
        assert!(Settings::default().with(Some(0.0), None, None).is_err());
        assert!(Settings::default().with(None, None, Some(0.0)).is_ok());
    }

    #[test]
    fn counts_are_whole_numbers() {
        for count in [-1.0, 0.5, f64::NAN, f64::INFINITY, 1e10] {
            let error = Settings::default()
                .with(None, Some(count), None)
                .unwrap_err();
            assert_eq!(error.field(), "maxRetries", "{count}");
        }
        for count in [0.0, 31.0, 1.5, f64::NAN] {
            assert!(requests_per_second(Some(count)).is_err(), "{count}");
        }
    }
}
