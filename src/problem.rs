//! Why an attempt failed, and what follows from that: the one table of failures.

use crate::failure::Kind;
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::time::Duration;

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

/// Why one attempt did not cancel the order for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 4xx but 408, 418 and 429: Upbit will not cancel.
    Rejected(ErrorAnswer),
    /// 429: the account's requests of this second are used up.
    Throttled(ErrorAnswer),
    /// 418: Upbit has blocked the caller for having gone on.
    Blocked(ErrorAnswer),
    /// 408 and 5xx: something failed at Upbit, before or after the order was canceled.
    Server(ErrorAnswer),
    /// No connection was made, so nothing can have arrived.
    Unreachable,
    /// The connection broke, at a time that nobody knows.
    ConnectionLost,
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
    /// The body holds no order.
    NoOrder,
    /// The status has no meaning here.
    Status,
}

/// Whether and when a failed attempt is worth repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// A repeat would fail in the same way, or do harm.
    Never,
    /// After the second in which the quota was used up.
    NextSecond,
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
            Self::Unreachable | Self::ConnectionLost => Kind::Network,
            Self::TimedOut => Kind::Timeout,
            Self::Aborted => Kind::Aborted,
            Self::BadResponse(..) => Kind::BadResponse,
        }
    }

    /// Whether the attempt may have canceled the order all the same.
    ///
    /// A nonce is sent once. If Upbit has seen it before, then something on the way has sent the
    /// request twice, and the answer to the first of the two is the one that counts.
    #[must_use]
    pub fn may_have_canceled(&self) -> bool {
        match self {
            Self::Rejected(answer) => answer.code.as_deref() == Some("nonce_used"),
            Self::Throttled(_) | Self::Blocked(_) | Self::Unreachable => false,
            Self::Server(_)
            | Self::ConnectionLost
            | Self::TimedOut
            | Self::Aborted
            | Self::BadResponse(..) => true,
        }
    }

    /// Whether the attempt is worth repeating.
    #[must_use]
    pub fn repeat(&self) -> Repeat {
        match self {
            // Upbit has decided; what cannot be understood will not get any better; every further
            // request prolongs a block; the caller wants it to end.
            Self::Rejected(_) | Self::BadResponse(..) | Self::Blocked(_) | Self::Aborted => {
                Repeat::Never
            }
            Self::Throttled(_) => Repeat::NextSecond,
            // Safe, because canceling twice cancels once.
            Self::Server(_) | Self::Unreachable | Self::ConnectionLost | Self::TimedOut => {
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
            Self::Unreachable | Self::ConnectionLost | Self::TimedOut | Self::Aborted => None,
        }
    }

    /// How long the answer asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer()?.retry_after
    }
}

impl Problem {
    /// One sentence for a person.
    #[must_use]
    pub fn message(&self) -> String {
        let what = match self {
            Self::Rejected(_) => "Upbit refused to cancel the order",
            Self::Throttled(_) => "Upbit refused the request: too many in this second",
            Self::Blocked(_) => "Upbit has blocked the caller for sending too many requests",
            Self::Server(_) => "Upbit failed to answer properly",
            Self::Unreachable => "no connection to Upbit could be made",
            Self::ConnectionLost => "the connection to Upbit failed",
            Self::TimedOut => "no complete answer came within the time limit",
            Self::Aborted => "the call was aborted",
            Self::BadResponse(_, what) => what.message(),
        };
        let mut message = what.to_owned();
        if let Some(answer) = self.answer() {
            answer.append_to(&mut message);
        }
        message
    }
}

impl BadResponse {
    fn message(self) -> &'static str {
        match self {
            Self::Redirect => "the answer is a redirect, which is not followed",
            Self::TooLarge => "the answer is larger than 1 MiB",
            Self::Incomplete => "the answer broke off",
            Self::NoOrder => "the answer holds no order",
            Self::Status => "the answer has a status that means nothing here",
        }
    }
}

impl ErrorAnswer {
    /// Goes on in a sentence: ` (HTTP 404 order_not_found: the message)`.
    fn append_to(&self, message: &mut String) {
        message.push_str(" (HTTP ");
        let digits = [100, 10, 1].map(|place| self.status / place % 10);
        message.extend(
            digits
                .iter()
                .filter_map(|digit| char::from_digit((*digit).into(), 10)),
        );
        for (before, text) in [(" ", &self.code), (": ", &self.message)] {
            message.extend(text.iter().flat_map(|text| [before, text.as_str()]));
        }
        message.push(')');
    }
}
