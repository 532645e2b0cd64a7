//! `kind` and `outcome` of an `UpbitError`: the two fields that programs branch on.

use serde::Serialize;

/// The kind of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An argument is wrong, or the client is closed. Nothing was sent.
    InvalidRequest,
    /// Upbit refused the request (4xx).
    Rejected,
    /// The rate limit is reached (429), or Upbit has blocked the caller (418).
    RateLimited,
    /// Upbit failed (408, 5xx).
    Server,
    /// The connection could not be made, or it failed.
    Network,
    /// The response was not complete within the timeout of one attempt.
    Timeout,
    /// The caller's signal was aborted.
    Aborted,
    /// A redirect, or a 2xx response with an invalid body.
    BadResponse,
    /// The order was filled before it could be canceled.
    Filled,
    /// No lookup showed within `confirmMs` how the order ended.
    Unconfirmed,
}

/// Whether the call may have canceled an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No request of this call has canceled the order.
    NotCanceled,
    /// A request may have reached Upbit, and nothing shows whether it took effect.
    Unknown,
}
