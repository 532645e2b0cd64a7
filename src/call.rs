//! One request with its repeats, as a state machine: it is told how an attempt ended, and says
//! what to do next.

use crate::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::failure::{Earlier, Failure, Halt, History};
use crate::problem::Problem;
use crate::retry::{Again, Retries, RetryPolicy};

/// What to do after an attempt that failed.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Send the same query again, with a fresh token.
    Again(Again),
    /// The call is over.
    Done(Failure),
}

/// A call between its first attempt and its end.
#[derive(Debug)]
pub struct Call {
    history: History,
    retries: Retries,
}

impl Call {
    /// A call that has sent nothing yet.
    #[must_use]
    pub fn new<E: Endpoint>(
        base_url: &BaseUrl,
        max_retries: u32,
        in_batch: bool,
        earlier: Earlier,
    ) -> Self {
        Self {
            history: History::new(E::METHOD, base_url.host(), earlier),
            retries: Retries::new(RetryPolicy {
                max_retries,
                in_batch,
                after_lost_answer: E::AFTER_LOST_ANSWER,
            }),
        }
    }

    /// Takes in that an attempt failed. `jitter` is a random number from 0 up to 1.
    pub fn failed(&mut self, problem: &Problem, jitter: f64) -> Next {
        self.history.record(problem);
        self.retries
            .next(problem, jitter)
            .map_or_else(|| Next::Done(self.history.failure(problem)), Next::Again)
    }

    /// Takes in that an attempt succeeded.
    pub fn succeeded(&mut self) {
        self.history.record_success();
    }

    /// Ends the call before its next attempt.
    #[must_use]
    pub fn halted(&self, halt: Halt) -> Failure {
        self.history.halted(halt)
    }

    /// What the attempts leave behind, for the next call about the same order.
    #[must_use]
    pub fn so_far(&self) -> Earlier {
        self.history.so_far()
    }
}
