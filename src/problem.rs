//! Why an attempt failed, and what that means for the call: its kind, outcome, retries and message.

use crate::outcome::Kind;
use std::fmt;
use std::time::Duration;

/// The error name that the dashboard's relay returns if it sent nothing to Upbit.
pub const RELAY_NOT_SENT: &str = "relay_not_sent";

/// The status and headers of a response, and the error in its body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorResponse {
    /// HTTP status.
    pub status: u16,
    /// `error.name` in the body, as text.
    pub code: Option<String>,
    /// `error.message` in the body, shortened to one line.
    pub message: Option<String>,
    /// How long `Retry-After` asks to wait.
    pub retry_after: Option<Duration>,
}

/// Why one attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 4xx except 408, 418 and 429: Upbit refused the request.
    Rejected(ErrorResponse),
    /// 429: the rate limit is reached.
    Throttled(ErrorResponse),
    /// 418: Upbit has blocked the caller for ignoring 429s.
    Blocked(ErrorResponse),
    /// 408 and 5xx: Upbit failed, before or after the request took effect.
    Server(ErrorResponse),
    /// No connection was made, so nothing was sent. Holds the error code of the runtime, if there is one.
    Unreachable(Option<String>),
    /// The connection failed, maybe after the request was sent. Holds the error code of the runtime, if
    /// there is one.
    ConnectionLost(Option<String>),
    /// The response was not complete within the timeout.
    TimedOut,
    /// The caller aborted while the request was in flight.
    Aborted,
    /// A 2xx response with an invalid body, a redirect, or a status without a meaning.
    BadResponse(Option<ErrorResponse>, BadResponse),
}

/// What is wrong with a response that is neither an error nor a valid success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadResponse {
    /// The response is a redirect. A signed request does not follow it.
    Redirect,
    /// The body is larger than 1 MiB.
    TooLarge,
    /// The body ended early.
    Incomplete,
    /// The body is not JSON.
    NotJson,
    /// The body contains no order.
    NoOrder,
    /// The body contains no list of orders.
    NoList,
    /// The body contains a different order than the one requested.
    OtherOrder,
    /// The status is below 200 or above 599.
    Status,
}

/// Whether and when to retry a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryRule {
    /// A retry would fail in the same way, or do harm.
    Never,
    /// Retry as soon as the rate budget grants a slot.
    NextSlot,
    /// Retry with exponential backoff.
    Backoff,
}

impl Problem {
    /// The kind of the error that the caller gets.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Rejected(_) => Kind::Rejected,
            Self::Throttled(_) | Self::Blocked(_) => Kind::RateLimited,
            Self::Server(_) => Kind::Server,
            Self::Unreachable(_) | Self::ConnectionLost(_) => Kind::Network,
            Self::TimedOut => Kind::Timeout,
            Self::Aborted => Kind::Aborted,
            Self::BadResponse(..) => Kind::BadResponse,
        }
    }

    /// Whether the request may have taken effect although the attempt failed.
    ///
    /// Each nonce is sent once. If Upbit has seen it before, a proxy has sent the request twice, and
    /// the lost response to the first copy is the one that counts.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::Rejected(response) => response.code.as_deref() == Some("nonce_used"),
            Self::Throttled(_) | Self::Blocked(_) | Self::Unreachable(_) => false,
            Self::Server(_)
            | Self::ConnectionLost(_)
            | Self::TimedOut
            | Self::Aborted
            | Self::BadResponse(..) => true,
        }
    }

    /// Whether to retry, if the request is idempotent.
    #[must_use]
    pub fn retry_rule(&self) -> RetryRule {
        match self {
            // A retry gets the same response, prolongs the block, or is not wanted.
            Self::Rejected(_) | Self::BadResponse(..) | Self::Blocked(_) | Self::Aborted => {
                RetryRule::Never
            }
            Self::Throttled(_) => RetryRule::NextSlot,
            Self::Server(_) | Self::Unreachable(_) | Self::ConnectionLost(_) | Self::TimedOut => {
                RetryRule::Backoff
            }
        }
    }

    /// The response, if there was one.
    #[must_use]
    pub fn response(&self) -> Option<&ErrorResponse> {
        match self {
            Self::Rejected(response)
            | Self::Throttled(response)
            | Self::Blocked(response)
            | Self::Server(response) => Some(response),
            Self::BadResponse(response, _) => response.as_ref(),
            Self::Unreachable(_) | Self::ConnectionLost(_) | Self::TimedOut | Self::Aborted => None,
        }
    }

    /// How long `Retry-After` asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after
    }

    /// The error message. `host`: where the request was sent.
    #[must_use]
    pub fn message(&self, host: &str) -> String {
        let details = match self {
            Self::Unreachable(code) | Self::ConnectionLost(code) => code.clone(),
            _ => self.response().map(ErrorResponse::to_string),
        };
        let summary = match self {
            Self::Rejected(_) => "Upbit refused the request".to_owned(),
            Self::Throttled(_) => "Upbit refused the request: the rate limit is reached".to_owned(),
            Self::Blocked(_) => {
                "Upbit has blocked this account or IP address for sending too many requests"
                    .to_owned()
            }
            Self::Server(_) => "Upbit answered with a server error".to_owned(),
            Self::Unreachable(_) => format!("no connection to {host}"),
            Self::ConnectionLost(_) => format!("the connection to {host} failed"),
            Self::TimedOut => format!("no complete response from {host} within `timeoutMs`"),
            Self::Aborted => "the call was aborted".to_owned(),
            Self::BadResponse(_, reason) => reason.message().to_owned(),
        };
        match details {
            Some(details) => format!("{summary} ({details})"),
            None => summary,
        }
    }
}

impl BadResponse {
    fn message(self) -> &'static str {
        match self {
            Self::Redirect => "the response is a redirect, and redirects are not followed",
            Self::TooLarge => "the response is larger than 1 MiB",
            Self::Incomplete => "the response was cut off",
            Self::NotJson => "the response is not JSON",
            Self::NoOrder => "the response contains no order",
            Self::NoList => "the response contains no list of orders",
            Self::OtherOrder => "the response is about another order",
            Self::Status => "the response has an unexpected status",
        }
    }
}

impl fmt::Display for ErrorResponse {
    /// `HTTP 404 order_not_found: the message`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HTTP {}", self.status)?;
        if let Some(code) = &self.code {
            write!(formatter, " {code}")?;
        }
        if let Some(message) = &self.message {
            // The message goes on after it.
            write!(formatter, ": {}", message.trim_end_matches('.'))?;
        }
        Ok(())
    }
}
