//! The two words of an `UpbitError` that programs decide by.

use serde::Serialize;

/// What went wrong, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An argument is wrong, or the client is closed. Nothing was sent.
    InvalidRequest,
    /// Upbit refused the request (4xx).
    Rejected,
    /// Too many requests: Upbit refused this one, or has blocked the caller.
    RateLimited,
    /// Upbit failed to answer properly (408, 5xx).
    Server,
    /// The connection could not be made, or was lost.
    Network,
    /// The answer was not complete within the time limit of an attempt.
    Timeout,
    /// The caller's signal was aborted.
    Aborted,
    /// An answer that says success in a way that cannot be understood.
    BadResponse,
    /// The order was filled before it could be canceled.
    Filled,
    /// No look-up has shown in time how the order ended.
    Unconfirmed,
}

/// Whether the call may have canceled an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No request of this call has canceled the order.
    NotCanceled,
    /// A request may have reached Upbit, and its effect is not known.
    Unknown,
}
