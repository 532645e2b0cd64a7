//! Why an attempt failed, and what follows from that: the one table of failures.

use crate::outcome::Kind;
use std::fmt;
use std::time::Duration;

/// The name of the error with which our relay says that it sent nothing to Upbit.
pub const RELAY_NOT_SENT: &str = "relay_not_sent";

/// An answer other than success.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorAnswer {
    /// HTTP status.
    pub status: u16,
    /// Upbit's `error.name`, as text.
    pub code: Option<String>,
    /// Upbit's `error.message`, made fit for one line.
    pub message: Option<String>,
    /// How long the answer asks to wait.
    pub retry_after: Option<Duration>,
}

/// Why one attempt did not succeed for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 4xx but 408, 418 and 429: Upbit refuses.
    Rejected(ErrorAnswer),
    /// 429: the account's requests of this second are used up.
    Throttled(ErrorAnswer),
    /// 418: Upbit has blocked the caller for having gone on.
    Blocked(ErrorAnswer),
    /// 408 and 5xx: something failed at Upbit, before or after the request took effect.
    Server(ErrorAnswer),
    /// No connection was made, so nothing can have arrived. Holds the cause that the runtime tells.
    Unreachable(Option<String>),
    /// The connection broke, at a time that nobody knows. Holds the cause that the runtime tells.
    ConnectionLost(Option<String>),
    /// The answer was not complete in time.
    TimedOut,
    /// The caller gave up while the request was under way.
    Aborted,
    /// A success, by its status, that cannot be understood.
    BadResponse(Option<ErrorAnswer>, BadResponse),
}

/// What is wrong with an answer that is neither an error nor a success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadResponse {
    /// The server points elsewhere; a signed request does not follow.
    Redirect,
    /// The body is larger than any answer of Upbit's.
    TooLarge,
    /// The body broke off.
    Incomplete,
    /// The body is not JSON.
    NotJson,
    /// The body holds no order.
    NoOrder,
    /// The body holds no list of orders.
    NoList,
    /// The body is about another order than the one asked for.
    OtherOrder,
    /// The status has no meaning here.
    Status,
}

/// Whether and when a failed attempt is worth repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// A repeat would fail in the same way, or do harm.
    Never,
    /// When the budget lets the next request go.
    NextSlot,
    /// After a wait that grows with every repeat.
    Backoff,
}

impl Problem {
    /// What the caller is told.
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

    /// Whether the request may have taken effect all the same.
    ///
    /// A nonce is sent once. If Upbit has seen it before, then something on the way has sent the
    /// request twice, and the answer to the first of the two is the one that counts.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::Rejected(answer) => answer.code.as_deref() == Some("nonce_used"),
            Self::Throttled(_) | Self::Blocked(_) | Self::Unreachable(_) => false,
            Self::Server(_)
            | Self::ConnectionLost(_)
            | Self::TimedOut
            | Self::Aborted
            | Self::BadResponse(..) => true,
        }
    }

    /// Whether the attempt is worth repeating, if a request may be sent twice.
    #[must_use]
    pub fn repeat(&self) -> Repeat {
        match self {
            // Upbit has decided; what cannot be understood will not get any better; every further
            // request prolongs a block; the caller wants it to end.
            Self::Rejected(_) | Self::BadResponse(..) | Self::Blocked(_) | Self::Aborted => {
                Repeat::Never
            }
            Self::Throttled(_) => Repeat::NextSlot,
            Self::Server(_) | Self::Unreachable(_) | Self::ConnectionLost(_) | Self::TimedOut => {
                Repeat::Backoff
            }
        }
    }

    /// The answer, if one came.
    #[must_use]
    pub fn answer(&self) -> Option<&ErrorAnswer> {
        match self {
            Self::Rejected(answer)
            | Self::Throttled(answer)
            | Self::Blocked(answer)
            | Self::Server(answer) => Some(answer),
            Self::BadResponse(answer, _) => answer.as_ref(),
            Self::Unreachable(_) | Self::ConnectionLost(_) | Self::TimedOut | Self::Aborted => None,
        }
    }

    /// How long the answer asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer()?.retry_after
    }

    /// One sentence for a person. `host`: where the request went.
    #[must_use]
    pub fn message(&self, host: &str) -> String {
        let answer = self
            .answer()
            .map(|answer| format!(" ({answer})"))
            .unwrap_or_default();
        let because = |cause: &Option<String>| {
            cause
                .as_ref()
                .map(|code| format!(" ({code})"))
                .unwrap_or_default()
        };
        match self {
            Self::Rejected(_) => format!("Upbit refused the request{answer}"),
            Self::Throttled(_) => {
                format!("Upbit refused the request: the rate limit is reached{answer}")
            }
            Self::Blocked(_) => {
                format!(
                    "Upbit has blocked this account or address for sending too many requests{answer}"
                )
            }
            Self::Server(_) => format!("Upbit answered with a server error{answer}"),
            Self::Unreachable(cause) => format!("no connection to {host}{}", because(cause)),
            Self::ConnectionLost(cause) => {
                format!("the connection to {host} failed{}", because(cause))
            }
            Self::TimedOut => format!("no complete answer from {host} within `timeoutMs`"),
            Self::Aborted => "the call was aborted".to_owned(),
            Self::BadResponse(_, what) => format!("{}{answer}", what.message()),
        }
    }
}

impl BadResponse {
    fn message(self) -> &'static str {
        match self {
            Self::Redirect => "the answer is a redirect, which is not followed",
            Self::TooLarge => "the answer is larger than 1 MiB",
            Self::Incomplete => "the answer was cut off",
            Self::NotJson => "the answer is not JSON",
            Self::NoOrder => "the answer contains no order",
            Self::NoList => "the answer contains no list of orders",
            Self::OtherOrder => "the answer is about another order",
            Self::Status => "the answer has an unexpected status",
        }
    }
}

impl fmt::Display for ErrorAnswer {
    /// `HTTP 404 order_not_found: the message`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HTTP {}", self.status)?;
        if let Some(code) = &self.code {
            write!(formatter, " {code}")?;
        }
        if let Some(message) = &self.message {
            write!(formatter, ": {message}")?;
        }
        Ok(())
    }
}
