//! Whether to repeat a failed attempt, and after how long.

use crate::milliseconds::{from_ms, to_ms};
use crate::problem::{Problem, Repeat};
use core::time::Duration;

/// A longer wait is not waited for: the caller is told instead.
const LONGEST_ASKED_WAIT: Duration = Duration::from_secs(10);

/// Upbit counts requests by the second.
const ONE_SECOND: Duration = Duration::from_secs(1);

/// Spreads those who were refused in the same second over the beginning of the next.
const NEXT_SECOND_SPREAD: Duration = Duration::from_millis(250);

/// Upper end of the first wait of a growing series; the series doubles up to the longest.
const FIRST_BACKOFF: Duration = Duration::from_millis(250);
const LONGEST_BACKOFF: Duration = Duration::from_secs(4);

/// How often a batch brings an entry back that was refused for the rate. Each time takes a second
/// at least, so this ends only where something other than the account's own rate is to blame.
const MOST_THROTTLED_IN_BATCH: u32 = 60;

/// How long a refusal keeps the whole account from sending. `None`: it is about this request only.
#[must_use]
pub fn account_pause(problem: &Problem) -> Option<Duration> {
    let asked = problem.retry_after().unwrap_or(ONE_SECOND);
    (problem.repeat() == Repeat::NextSecond).then(|| asked.min(LONGEST_ASKED_WAIT))
}

/// What the caller allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times an attempt may be repeated.
    pub max_retries: u32,
    /// Whether the call is an entry of a batch, which loses no entry to the rate limit.
    pub in_batch: bool,
}

/// The repeats of one call so far, and the rules for the next.
#[derive(Debug, Clone)]
pub struct Retries {
    policy: RetryPolicy,
    counted: u32,
    throttled: u32,
}

impl Retries {
    /// Nothing repeated yet.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        Self {
            policy,
            counted: 0,
            throttled: 0,
        }
    }

    /// How long to wait before the next repeat. `None`: no repeat.
    ///
    /// `jitter` is a random number from 0 up to 1.
    pub fn next(&mut self, problem: &Problem, jitter: f64) -> Option<Duration> {
        let asked = problem.retry_after();
        // Whoever asks for more than that wants a person to decide.
        if asked > Some(LONGEST_ASKED_WAIT) {
            return None;
        }
        let own_wait = match problem.repeat() {
            Repeat::Never => return None,
            Repeat::NextSecond => ONE_SECOND + spread(NEXT_SECOND_SPREAD, jitter),
            Repeat::Backoff => self.backoff(jitter),
        };
        self.take(problem.repeat())?;
        Some(asked.unwrap_or(own_wait))
    }

    /// Full jitter: anything from nothing up to a limit that doubles.
    fn backoff(&self, jitter: f64) -> Duration {
        let doubled = FIRST_BACKOFF.saturating_mul(2_u32.saturating_pow(self.counted));
        spread(doubled.min(LONGEST_BACKOFF), jitter)
    }

    fn take(&mut self, repeat: Repeat) -> Option<()> {
        let pacing = self.policy.in_batch && repeat == Repeat::NextSecond;
        let (used, limit) = if pacing {
            (&mut self.throttled, MOST_THROTTLED_IN_BATCH)
        } else {
            (&mut self.counted, self.policy.max_retries)
        };
        (*used < limit).then(|| *used += 1)
    }
}

/// A random part of a time.
fn spread(most: Duration, jitter: f64) -> Duration {
    from_ms(to_ms(most) * jitter)
}
