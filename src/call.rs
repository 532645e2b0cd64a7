//! One request with its retries, as a state machine: it takes the result of each attempt and decides
//! whether to retry.

use crate::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::failure::{Attempts, Failure, History, StopReason};
use crate::problem::Problem;
use crate::retry::{Retry, RetryPolicy, RetryState};

/// What to do after a failed attempt.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Send the same query again, with a fresh token.
    Retry(Retry),
    /// Return this failure to the caller.
    Fail(Failure),
}

/// The state of a call across its attempts.
#[derive(Debug)]
pub struct Call {
    history: History,
    retries: RetryState,
}

impl Call {
    /// A call that has sent nothing yet. `previous`: what earlier calls sent about the same order.
    #[must_use]
    pub fn new<E: Endpoint>(
        base_url: &BaseUrl,
        max_retries: u32,
        in_batch: bool,
        previous: Attempts,
    ) -> Self {
        Self {
            history: History::new(E::METHOD, base_url.host(), previous),
            retries: RetryState::new(RetryPolicy {
                max_retries,
                in_batch,
                idempotent: E::IDEMPOTENT,
            }),
        }
    }

    /// Records a failed attempt. `jitter` is a random number in `0.0..1.0`.
    pub fn failed(&mut self, problem: &Problem, jitter: f64) -> Next {
        self.history.record(problem);
        self.retries
            .next(problem, jitter)
            .map_or_else(|| Next::Fail(self.history.failure(problem)), Next::Retry)
    }

    /// Records a successful attempt.
    pub fn succeeded(&mut self) {
        self.history.record_success();
    }

    /// The failure of a call that may not send its next attempt.
    #[must_use]
    pub fn stopped(&self, reason: StopReason) -> Failure {
        self.history.stopped(reason)
    }

    /// All requests sent about the order so far, including those of earlier calls.
    #[must_use]
    pub fn attempts(&self) -> Attempts {
        self.history.attempts()
    }
}
