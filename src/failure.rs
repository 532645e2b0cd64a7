//! What a caller is told when an order was not canceled for certain.

use crate::hint;
use crate::milliseconds::to_ms;
use crate::problem::Problem;
use alloc::string::String;

/// What went wrong, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An argument is wrong, or the client is closed. Nothing was sent.
    InvalidRequest,
    /// Upbit answered that it will not cancel.
    Rejected,
    /// Too many requests; Upbit refused this one, or has blocked the caller.
    RateLimited,
    /// Upbit failed to answer properly (408, 5xx).
    Server,
    /// The connection could not be made, or was lost.
    Network,
    /// The answer was not complete within the limit of an attempt.
    Timeout,
    /// The caller's signal was aborted.
    Aborted,
    /// An answer that says success in a way that cannot be understood.
    BadResponse,
}

/// Whether the call may have canceled the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No request of this call has canceled the order.
    NotCanceled,
    /// A request may have reached Upbit and its answer is not known.
    Unknown,
}

/// Everything that an `UpbitError` tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// What went wrong.
    pub kind: Kind,
    /// Whether the order may have been canceled.
    pub outcome: Outcome,
    /// HTTP status of the last answer.
    pub status: Option<u16>,
    /// Name that Upbit gave to the error of the last answer.
    pub code: Option<String>,
    /// What the user can do about it.
    pub hint: Option<&'static str>,
    /// How long Upbit asked to wait.
    pub retry_after_ms: Option<f64>,
    /// Requests sent.
    pub attempts: u32,
    /// One sentence for a person.
    pub message: String,
}

impl Failure {
    /// A call that ended before anything was sent.
    #[must_use]
    pub fn not_sent(kind: Kind, message: String, hint: Option<&'static str>) -> Self {
        Self {
            kind,
            outcome: Outcome::NotCanceled,
            status: None,
            code: None,
            hint,
            retry_after_ms: None,
            attempts: 0,
            message,
        }
    }
}

/// A wrong argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    field: &'static str,
    must: &'static str,
}

impl Invalid {
    /// Names a field and what it must be, as the end of a sentence that begins with the field.
    #[must_use]
    pub fn new(field: &'static str, must: &'static str) -> Self {
        Self { field, must }
    }

    /// The field as it is called in JavaScript.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }
}

impl From<Invalid> for Failure {
    fn from(Invalid { field, must }: Invalid) -> Self {
        let message = ["`", field, "` ", must].concat();
        Self::not_sent(Kind::InvalidRequest, message, None)
    }
}

/// What the attempts of one call have come to; outcome and the other facts follow from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    attempts: u32,
    answer_lost: bool,
    last_answer: Option<(u16, Option<String>)>,
}

impl History {
    /// Adds a request that was sent and did not succeed.
    pub fn record(&mut self, problem: &Problem) {
        self.attempts += 1;
        self.answer_lost |= problem.may_have_canceled();
        if let Some(answer) = problem.answer() {
            self.last_answer = Some((answer.status, answer.code.clone()));
        }
    }

    /// The truth about the order, as far as this call can know it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.answer_lost {
            Outcome::Unknown
        } else {
            Outcome::NotCanceled
        }
    }

    /// The failure of a call that ends with this problem.
    #[must_use]
    pub fn failure(&self, problem: &Problem) -> Failure {
        let outcome = self.outcome();
        let (status, code) = self.last_answer.clone().unzip();
        Failure {
            kind: problem.kind(),
            outcome,
            status,
            code: code.flatten(),
            hint: Some(hint::for_problem(problem, outcome)),
            retry_after_ms: problem.retry_after().map(to_ms),
            attempts: self.attempts,
            message: problem.message(),
        }
    }
}
