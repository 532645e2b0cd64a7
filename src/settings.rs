//! Limits of a call, with their defaults and ranges.

use crate::failure::Invalid;
use crate::milliseconds::from_ms;
use core::time::Duration;

/// Longest delay that JavaScript's timers take, in milliseconds; a longer one fires at once.
const LONGEST_TIMER_MS: f64 = 2_147_483_647.0;

/// How long an attempt may take and how often it is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Limit of one attempt, from the connection to the last byte of the answer.
    pub timeout: Duration,
    /// How many times a failed attempt may be repeated.
    pub max_retries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            max_retries: 2,
        }
    }
}

impl Settings {
    /// The same settings with those values replaced that a caller gave.
    ///
    /// # Errors
    /// `Invalid` names the field: `timeoutMs` is not above 0 and at most 2147483647, or
    /// `maxRetries` is not a whole number of at least 0.
    pub fn with(
        mut self,
        timeout_ms: Option<f64>,
        max_retries: Option<f64>,
    ) -> Result<Self, Invalid> {
        if let Some(ms) = timeout_ms {
            self.timeout = timeout(ms)?;
        }
        if let Some(count) = max_retries {
            self.max_retries = retries(count)?;
        }
        Ok(self)
    }
}

fn timeout(ms: f64) -> Result<Duration, Invalid> {
    if ms > 0.0 && ms <= LONGEST_TIMER_MS {
        Ok(from_ms(ms))
    } else {
        Err(Invalid::new(
            "timeoutMs",
            "must be a number of milliseconds above 0 and at most 2147483647",
        ))
    }
}

fn retries(count: f64) -> Result<u32, Invalid> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number that does not survive the way to and fro is refused"
    )]
    let whole = count as u32;
    #[expect(clippy::float_cmp, reason = "whole numbers are compared")]
    if f64::from(whole) == count {
        Ok(whole)
    } else {
        Err(Invalid::new(
            "maxRetries",
            "must be a whole number of at least 0",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_leave_the_defaults() {
        let settings = Settings::default().with(None, None).unwrap();
        assert_eq!(settings.timeout, Duration::from_secs(10));
        assert_eq!(settings.max_retries, 2);
    }

    #[test]
    fn given_values_replace_them() {
        let settings = Settings::default().with(Some(0.5), Some(0.0)).unwrap();
        assert_eq!(settings.timeout, Duration::from_micros(500));
        assert_eq!(settings.max_retries, 0);
    }

    #[test]
    fn times_that_a_timer_cannot_keep_are_refused() {
        for ms in [
            0.0,
            -1.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            2_147_483_648.0,
        ] {
            let error = Settings::default().with(Some(ms), None).unwrap_err();
            assert_eq!(error.field(), "timeoutMs", "{ms}");
        }
    }

    #[test]
    fn retries_are_whole_numbers() {
        for count in [-1.0, 0.5, f64::NAN, f64::INFINITY, 1e10] {
            let error = Settings::default().with(None, Some(count)).unwrap_err();
            assert_eq!(error.field(), "maxRetries", "{count}");
        }
    }
}
