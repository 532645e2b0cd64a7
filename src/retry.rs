//! Whether to retry a failed attempt, and when.

use crate::problem::{Problem, RetryRule};
use std::time::Duration;

/// The longest `Retry-After` that a call waits for. If Upbit asks for more, the call fails at once and
/// reports the wait in `retryAfterMs`.
pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(10);

/// Exponential backoff: the upper bound of the first wait. It doubles with every retry up to
/// [`MAX_BACKOFF`].
const FIRST_BACKOFF: Duration = Duration::from_millis(250);
const MAX_BACKOFF: Duration = Duration::from_secs(4);

/// How often a batch retries one entry after a 429. Each retry waits at least a second, so an entry
/// only reaches this limit if something other than the account's own requests uses up the quota.
const MAX_THROTTLED_RETRIES_IN_BATCH: u32 = 60;

/// The rules for the retries of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times an attempt may be retried.
    pub max_retries: u32,
    /// Whether the call is part of a batch. There, a 429 does not count towards `max_retries`.
    pub in_batch: bool,
    /// [`Endpoint::IDEMPOTENT`](crate::endpoint::Endpoint::IDEMPOTENT).
    pub idempotent: bool,
}

/// When to send the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// As soon as the rate budget grants a slot. The budget enforces the pause after a 429.
    NextSlot,
    /// After this wait.
    After(Duration),
}

/// Counts the retries of one call.
#[derive(Debug, Clone)]
pub struct RetryState {
    policy: RetryPolicy,
    retries: u32,
    throttled_retries: u32,
}

impl RetryState {
    /// No retries yet.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        Self {
            policy,
            retries: 0,
            throttled_retries: 0,
        }
    }

    /// When to retry after this problem, or `None` for no retry.
    ///
    /// `jitter` is a random number in `0.0..1.0`.
    pub fn next(&mut self, problem: &Problem, jitter: f64) -> Option<Retry> {
        let retry_after = problem.retry_after();
        if retry_after > Some(MAX_RETRY_AFTER) {
            return None;
        }
        match problem.retry_rule() {
            RetryRule::Never => None,
            RetryRule::NextSlot if self.policy.in_batch => {
                take(&mut self.throttled_retries, MAX_THROTTLED_RETRIES_IN_BATCH)
                    .then_some(Retry::NextSlot)
            }
            RetryRule::NextSlot => self.take_retry().then_some(Retry::NextSlot),
            RetryRule::Backoff if !self.policy.idempotent => None,
            RetryRule::Backoff => {
                let wait = retry_after.unwrap_or_else(|| self.backoff(jitter));
                self.take_retry().then_some(Retry::After(wait))
            }
        }
    }

    fn take_retry(&mut self) -> bool {
        take(&mut self.retries, self.policy.max_retries)
    }

    /// Exponential backoff with full jitter.
    fn backoff(&self, jitter: f64) -> Duration {
        let doubled = FIRST_BACKOFF.saturating_mul(2_u32.saturating_pow(self.retries));
        // A page may replace `Math.random`. `clamp` would let a NaN through.
        let part = if (0.0..1.0).contains(&jitter) {
            jitter
        } else {
            1.0
        };
        doubled.min(MAX_BACKOFF).mul_f64(part)
    }
}

/// Increments the counter unless it has reached the limit. Returns whether it did.
fn take(used: &mut u32, limit: u32) -> bool {
    let left = *used < limit;
    *used += u32::from(left);
    left
}
