//! One cancellation as a state machine: it is told what came back and says what to do next.

use crate::failure::{Failure, History, Invalid, Kind};
use crate::order::CanceledOrders;
use crate::problem::Problem;
use crate::retry::{Retries, RetryPolicy};
use alloc::borrow::ToOwned;
use core::time::Duration;

/// What to do after an attempt.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Wait, then send the same query again with a fresh token.
    RepeatAfter(Duration),
    /// The call is over.
    Done(Result<CanceledOrders, Failure>),
}

/// Why nothing more may be sent, while no request is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// The caller's signal was aborted.
    Aborted,
    /// The client was closed: there is no key to sign with.
    Closed,
    /// Upbit has refused to be sent more, in another entry of the batch.
    Blocked,
    /// The runtime has no random numbers to make a nonce of.
    NoRandomness,
}

/// A call between its first attempt and its end.
#[derive(Debug)]
pub struct Cancellation {
    history: History,
    retries: Retries,
    last_problem: Option<Problem>,
}

impl Cancellation {
    /// A call that has sent nothing yet.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        Self {
            history: History::default(),
            retries: Retries::new(policy),
            last_problem: None,
        }
    }

    /// Takes in how an attempt ended. `jitter` is a random number from 0 up to 1.
    pub fn attempted(&mut self, result: Result<CanceledOrders, Problem>, jitter: f64) -> Next {
        let problem = match result {
            Ok(orders) => return Next::Done(Ok(orders)),
            Err(problem) => problem,
        };
        self.history.record(&problem);
        match self.retries.next(&problem, jitter) {
            Some(wait) => {
                self.last_problem = Some(problem);
                Next::RepeatAfter(wait)
            }
            None => Next::Done(Err(self.history.failure(&problem))),
        }
    }

    /// Ends the call before its next attempt.
    ///
    /// An abort is reported as such; otherwise the last attempt says most about what happened.
    #[must_use]
    pub fn halted(&self, halt: Halt) -> Failure {
        match (halt, &self.last_problem) {
            (Halt::Aborted, _) => self.history.failure(&Problem::Aborted),
            (_, Some(problem)) => self.history.failure(problem),
            (_, None) => halt.into(),
        }
    }
}

impl From<Halt> for Failure {
    /// The failure of a call that has sent nothing.
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Aborted => History::default().failure(&Problem::Aborted),
            Halt::Closed => Invalid::new("client", "is closed").into(),
            Halt::NoRandomness => Invalid::new("crypto.getRandomValues", "is missing here").into(),
            Halt::Blocked => Self::not_sent(
                Kind::RateLimited,
                "not sent: Upbit takes no more requests of this account for now".to_owned(),
                Some("The order is as it was: try again when the time that Upbit told has passed."),
            ),
        }
    }
}
