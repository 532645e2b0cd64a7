//! The error of a failed call, and the request history that it is made from.

use crate::endpoint::Method;
use crate::hint;
use crate::invalid::Invalid;
use crate::outcome::{Kind, Outcome};
use crate::problem::Problem;
use serde::Serialize;
use std::time::Duration;

/// The fields of an `UpbitError`, except the order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// A readable description of the error.
    pub message: String,
    /// The kind of error.
    pub kind: Kind,
    /// Whether an order may have been canceled.
    pub outcome: Outcome,
    /// HTTP status of the last response.
    pub status: Option<u16>,
    /// `error.name` in the body of the last response.
    pub code: Option<String>,
    /// What the user can do about it.
    pub hint: Option<&'static str>,
    /// How long to wait before the next request.
    pub retry_after_ms: Option<f64>,
    /// How many requests were sent.
    pub attempts: u32,
}

impl Failure {
    /// A call that failed before it sent anything.
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

    /// The failure of an entry that is not sent because the batch has stopped with `self`.
    #[must_use]
    pub fn for_unsent(&self, attempts: Attempts) -> Self {
        let hint = if attempts.response_lost {
            Some(hint::AFTER_LOST_RESPONSE)
        } else {
            self.hint
        };
        Self {
            outcome: attempts.outcome(),
            hint,
            attempts: attempts.sent,
            ..self.clone()
        }
    }

    /// Whether Upbit found no such order.
    #[must_use]
    pub fn is_order_not_found(&self) -> bool {
        self.kind == Kind::Rejected && self.code.as_deref() == Some("order_not_found")
    }

    /// Whether Upbit has seen the nonce before, so a proxy must have sent the request twice.
    #[must_use]
    pub fn is_nonce_used(&self) -> bool {
        self.kind == Kind::Rejected && self.code.as_deref() == Some("nonce_used")
    }

    /// Whether Upbit refused the key, so that no other request with it would succeed.
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

/// Why a call may not send its next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The caller's signal was aborted.
    Aborted,
    /// The client was closed, so there is no key to sign with.
    Closed,
    /// The batch was stopped by the failure of another entry.
    BatchStopped,
    /// A 429 paused the rate group for this long.
    Paused(Duration),
    /// A 418 blocked the account for this long.
    Blocked(Duration),
    /// The runtime has no `crypto.getRandomValues`, so there is no nonce.
    NoRandomness,
}

impl StopReason {
    /// The reason as a clause, for a message.
    #[must_use]
    pub fn cause(self) -> &'static str {
        match self {
            Self::Aborted => "the call was aborted",
            Self::Closed => "the client is closed",
            Self::BatchStopped => "the batch was stopped",
            Self::Paused(_) => "the rate limit is reached, and Upbit asks to wait",
            Self::Blocked(_) => {
                "Upbit has blocked this account or IP address for sending too many requests"
            }
            Self::NoRandomness => "the runtime has no `crypto.getRandomValues`",
        }
    }
}

impl From<StopReason> for Failure {
    /// The failure of a call that has sent nothing.
    fn from(reason: StopReason) -> Self {
        let not_sent = |kind| Self::not_sent(kind, format!("not sent: {}", reason.cause()));
        match reason {
            StopReason::Aborted => Self {
                hint: Some(hint::for_problem(
                    &Problem::Aborted,
                    Outcome::NotCanceled,
                    Method::Delete,
                )),
                ..not_sent(Kind::Aborted)
            },
            StopReason::Closed => Invalid::new("client", "is closed").into(),
            StopReason::NoRandomness => Invalid::new(
                "crypto.getRandomValues",
                "is missing in this runtime; Node.js has it from version 20",
            )
            .into(),
            StopReason::BatchStopped => not_sent(Kind::Aborted),
            StopReason::Paused(left) | StopReason::Blocked(left) => Self {
                hint: Some(hint::WAIT),
                retry_after_ms: Some(to_ms(left)),
                ..not_sent(Kind::RateLimited)
            },
        }
    }
}

/// Milliseconds for JavaScript, rounded up so that nobody retries too early.
pub(crate) fn to_ms(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1000.0).ceil()
}

/// The requests that were sent about an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attempts {
    /// How many were sent.
    pub sent: u32,
    /// Whether one of them may have canceled the order, because its response was lost.
    pub response_lost: bool,
}

impl Attempts {
    /// The outcome for an order that no response shows as canceled.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        if self.response_lost {
            Outcome::Unknown
        } else {
            Outcome::NotCanceled
        }
    }

    /// Counts one more request.
    fn add(&mut self, response_lost: bool) {
        self.sent = self.sent.saturating_add(1);
        self.response_lost |= response_lost;
    }
}

/// The attempts of one call. Its `Failure` is made from this alone, so no code path can forget that
/// an earlier response was lost.
#[derive(Debug, Clone)]
pub struct History {
    method: Method,
    host: String,
    attempts: Attempts,
    last_status_and_code: Option<(u16, Option<String>)>,
    last_problem: Option<Problem>,
}

impl History {
    /// A call that has sent nothing yet. `previous`: what earlier calls sent about the same order.
    #[must_use]
    pub fn new(method: Method, host: &str, previous: Attempts) -> Self {
        Self {
            method,
            host: host.to_owned(),
            attempts: previous,
            last_status_and_code: None,
            last_problem: None,
        }
    }

    /// Records an attempt that failed.
    pub fn record(&mut self, problem: &Problem) {
        let may_cancel = self.method == Method::Delete;
        self.attempts
            .add(may_cancel && problem.may_have_taken_effect());
        if let Some(response) = problem.response() {
            self.last_status_and_code = Some((response.status, response.code.clone()));
        }
        self.last_problem = Some(problem.clone());
    }

    /// Records an attempt that succeeded.
    pub fn record_success(&mut self) {
        self.attempts.add(false);
    }

    /// All requests sent about the order so far.
    #[must_use]
    pub fn attempts(&self) -> Attempts {
        self.attempts
    }

    /// The failure of a call whose last attempt ended with this problem.
    #[must_use]
    pub fn failure(&self, problem: &Problem) -> Failure {
        let outcome = self.attempts.outcome();
        let (status, code) = self.last_status_and_code.clone().unzip();
        Failure {
            message: problem.message(&self.host),
            kind: problem.kind(),
            outcome,
            status,
            code: code.flatten(),
            hint: Some(hint::for_problem(problem, outcome, self.method)),
            retry_after_ms: problem.retry_after().map(to_ms),
            attempts: self.attempts.sent,
        }
    }

    /// The failure of a call that may not send its next attempt. If neither the caller nor Upbit stopped
    /// it, the problem of the last attempt is more useful than the reason.
    #[must_use]
    pub fn stopped(&self, reason: StopReason) -> Failure {
        match (reason, &self.last_problem) {
            (StopReason::Aborted, _) if self.attempts.sent > 0 => self.failure(&Problem::Aborted),
            (
                StopReason::Closed | StopReason::BatchStopped | StopReason::NoRandomness,
                Some(problem),
            ) => self.failure(problem),
            _ => {
                let (status, code) = self.last_status_and_code.clone().unzip();
                Failure {
                    status,
                    code: code.flatten(),
                    ..Failure::from(reason).for_unsent(self.attempts)
                }
            }
        }
    }
}
