//! Whether to repeat a failed attempt, and after how long.

use crate::endpoint::AfterLostAnswer;
use crate::problem::{Problem, Repeat};
use std::time::Duration;

/// A longer wait is not waited for: the caller is told instead.
pub const LONGEST_ASKED_WAIT: Duration = Duration::from_secs(10);

/// Upper end of the first wait of a growing series; the series doubles up to the longest.
const FIRST_BACKOFF: Duration = Duration::from_millis(250);
const LONGEST_BACKOFF: Duration = Duration::from_secs(4);

/// How often a batch brings an entry back that was refused for the rate. Each time takes a second
/// at least, so this ends only where something other than the account's own rate is to blame.
const MOST_THROTTLED_IN_BATCH: u32 = 60;

/// What the caller allows, and what the endpoint allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times an attempt may be repeated.
    pub max_retries: u32,
    /// Whether the call is an entry of a batch, which loses no entry to the rate limit.
    pub in_batch: bool,
    /// Whether a request may be sent again after a lost answer.
    pub after_lost_answer: AfterLostAnswer,
}

/// When to send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// When the budget grants the next slot: it knows how long Upbit has to be left alone.
    NextSlot,
    /// After this wait.
    After(Duration),
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

    /// When to send again. `None`: not at all.
    ///
    /// `jitter` is a random number from 0 up to 1.
    pub fn next(&mut self, problem: &Problem, jitter: f64) -> Option<Again> {
        let asked = problem.retry_after();
        // Whoever asks for more than that wants a person to decide.
        if asked > Some(LONGEST_ASKED_WAIT) {
            return None;
        }
        match problem.repeat() {
            Repeat::Never => None,
            Repeat::NextSlot if self.policy.in_batch => {
                take(&mut self.throttled, MOST_THROTTLED_IN_BATCH).then_some(Again::NextSlot)
            }
            Repeat::NextSlot => self.count().then_some(Again::NextSlot),
            Repeat::Backoff if self.policy.after_lost_answer == AfterLostAnswer::Stop => None,
            Repeat::Backoff => {
                let wait = asked.unwrap_or_else(|| self.backoff(jitter));
                self.count().then_some(Again::After(wait))
            }
        }
    }

    fn count(&mut self) -> bool {
        take(&mut self.counted, self.policy.max_retries)
    }

    /// Full jitter: anything from nothing up to a limit that doubles.
    fn backoff(&self, jitter: f64) -> Duration {
        let doubled = FIRST_BACKOFF.saturating_mul(2_u32.saturating_pow(self.counted));
        // Not a number, from a runtime with a random source of its own, would not even be clamped.
        let part = if (0.0..1.0).contains(&jitter) {
            jitter
        } else {
            1.0
        };
        doubled.min(LONGEST_BACKOFF).mul_f64(part)
    }
}

/// Takes one of so many. Says whether one was left.
fn take(used: &mut u32, limit: u32) -> bool {
    let left = *used < limit;
    *used += u32::from(left);
    left
}
