//! What a caller is told when a call did not succeed for certain.

use crate::endpoint::Method;
use crate::hint;
use crate::invalid::Invalid;
use crate::outcome::{Kind, Outcome};
use crate::problem::Problem;
use serde::Serialize;
use std::time::Duration;

/// Everything that an `UpbitError` tells, but for the order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// One sentence for a person.
    pub message: String,
    /// What went wrong.
    pub kind: Kind,
    /// Whether an order may have been canceled.
    pub outcome: Outcome,
    /// HTTP status of the last answer.
    pub status: Option<u16>,
    /// Name that Upbit gave to the error of the last answer.
    pub code: Option<String>,
    /// What the user can do about it.
    pub hint: Option<&'static str>,
    /// How long to wait before the next request.
    pub retry_after_ms: Option<f64>,
    /// Requests sent.
    pub attempts: u32,
}

impl Failure {
    /// A call that ended before anything was sent.
    #[must_use]
    pub fn not_sent(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            kind,
            outcome: Outcome::NotCanceled,
            status: None,
            code: None,
            hint: None,
            retry_after_ms: None,
            attempts: 0,
        }
    }

    /// The failure of an entry that is not sent because another one of the batch failed like this.
    #[must_use]
    pub fn for_unsent(&self, earlier: Earlier) -> Self {
        let hint = if earlier.answer_lost {
            Some(hint::AFTER_A_LOST_ANSWER)
        } else {
            self.hint
        };
        Self {
            outcome: earlier.outcome(),
            hint,
            attempts: earlier.attempts,
            ..self.clone()
        }
    }

    /// Whether Upbit said that there is no such order.
    #[must_use]
    pub fn is_order_not_found(&self) -> bool {
        self.kind == Kind::Rejected && self.code.as_deref() == Some("order_not_found")
    }

    /// Whether Upbit has had the request before: something on the way sent it twice.
    #[must_use]
    pub fn is_nonce_used(&self) -> bool {
        self.kind == Kind::Rejected && self.code.as_deref() == Some("nonce_used")
    }

    /// Whether Upbit does not let this key cancel at all.
    #[must_use]
    pub fn is_key_refused(&self) -> bool {
        const CODES: [&str; 7] = [
            "invalid_access_key",
            "jwt_verification",
            "expired_access_key",
            "no_authorization_ip",
            "no_authorization_i_p",
            "no_authorization_token",
            "out_of_scope",
        ];
        self.kind == Kind::Rejected
            && self
                .code
                .as_deref()
                .is_some_and(|code| CODES.contains(&code))
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        Self::not_sent(Kind::InvalidRequest, invalid.to_string())
    }
}

/// Why nothing more may be sent, while no request is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// The caller's signal was aborted.
    Aborted,
    /// The client was closed: there is no key to sign with.
    Closed,
    /// Another entry has ended the batch.
    Stopped,
    /// Upbit takes no more requests of this rate group for so long.
    Paused(Duration),
    /// Upbit has blocked the account for so long.
    Blocked(Duration),
    /// The runtime has no random numbers to make a nonce of.
    NoRandomness,
}

impl Halt {
    /// Why nothing more is sent, as a clause.
    #[must_use]
    pub fn cause(self) -> &'static str {
        match self {
            Self::Aborted => "the call was aborted",
            Self::Closed => "the client is closed",
            Self::Stopped => "the batch has ended",
            Self::Paused(_) => "the rate limit is reached, and Upbit asks to wait",
            Self::Blocked(_) => {
                "Upbit has blocked this account or address for sending too many requests"
            }
            Self::NoRandomness => "the runtime has no `crypto.getRandomValues`",
        }
    }
}

impl From<Halt> for Failure {
    /// The failure of a call that has sent nothing.
    fn from(halt: Halt) -> Self {
        let not_sent = |kind| Self::not_sent(kind, format!("not sent: {}", halt.cause()));
        match halt {
            Halt::Aborted => Self {
                hint: Some(hint::for_problem(
                    &Problem::Aborted,
                    Outcome::NotCanceled,
                    Method::Delete,
                )),
                ..not_sent(Kind::Aborted)
            },
            Halt::Closed => Invalid::new("client", "is closed").into(),
            Halt::NoRandomness => {
                Invalid::new("crypto.getRandomValues", "is missing in this runtime").into()
            }
            Halt::Stopped => not_sent(Kind::Aborted),
            Halt::Paused(left) | Halt::Blocked(left) => Self {
                hint: Some(hint::WAIT),
                retry_after_ms: Some(to_ms(left)),
                ..not_sent(Kind::RateLimited)
            },
        }
    }
}

/// Milliseconds as JavaScript counts them, rounded up: nobody may come back too early.
fn to_ms(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1000.0).ceil()
}

/// What has happened to an entry before a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Requests sent.
    pub attempts: u32,
    /// Whether one of them may have canceled the order.
    pub answer_lost: bool,
}

impl Earlier {
    /// The truth about the order, as far as it can be known.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        if self.answer_lost {
            Outcome::Unknown
        } else {
            Outcome::NotCanceled
        }
    }
}

/// What the attempts of one call have come to; outcome and the other facts follow from it.
#[derive(Debug, Clone)]
pub struct History {
    method: Method,
    host: String,
    earlier: Earlier,
    last_answer: Option<(u16, Option<String>)>,
    last_problem: Option<Problem>,
}

impl History {
    /// Nothing sent yet in this call.
    #[must_use]
    pub fn new(method: Method, host: &str, earlier: Earlier) -> Self {
        Self {
            method,
            host: host.to_owned(),
            earlier,
            last_answer: None,
            last_problem: None,
        }
    }

    /// Adds a request that was sent and did not succeed.
    pub fn record(&mut self, problem: &Problem) {
        self.earlier.attempts = self.earlier.attempts.saturating_add(1);
        // A read cancels nothing.
        self.earlier.answer_lost |=
            self.method == Method::Delete && problem.may_have_taken_effect();
        if let Some(answer) = problem.answer() {
            self.last_answer = Some((answer.status, answer.code.clone()));
        }
        self.last_problem = Some(problem.clone());
    }

    /// Adds the request that succeeded.
    pub fn record_success(&mut self) {
        self.earlier.attempts = self.earlier.attempts.saturating_add(1);
    }

    /// What the next call about the same order has to know.
    #[must_use]
    pub fn so_far(&self) -> Earlier {
        self.earlier
    }

    /// The failure of a call that ends with this problem.
    #[must_use]
    pub fn failure(&self, problem: &Problem) -> Failure {
        let outcome = self.earlier.outcome();
        let (status, code) = self.last_answer.clone().unzip();
        Failure {
            message: problem.message(&self.host),
            kind: problem.kind(),
            outcome,
            status,
            code: code.flatten(),
            hint: Some(hint::for_problem(problem, outcome, self.method)),
            retry_after_ms: problem.retry_after().map(to_ms),
            attempts: self.earlier.attempts,
        }
    }

    /// The failure of a call that ends before its next attempt. Where neither the caller nor Upbit ended
    /// it, the last attempt says most about what happened.
    #[must_use]
    pub fn halted(&self, halt: Halt) -> Failure {
        let (status, code) = self.last_answer.clone().unzip();
        match (halt, &self.last_problem) {
            (Halt::Aborted, _) if self.earlier.attempts > 0 => self.failure(&Problem::Aborted),
            (Halt::Closed | Halt::Stopped | Halt::NoRandomness, Some(problem)) => {
                self.failure(problem)
            }
            _ => Failure {
                status,
                code: code.flatten(),
                ..Failure::from(halt).for_unsent(self.earlier)
            },
        }
    }
}
