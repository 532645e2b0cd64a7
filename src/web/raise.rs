//! From a failure in Rust to the `UpbitError` that JavaScript sees.

use crate::failure::{Failure, Kind, Outcome};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "#upbit-error")]
extern "C" {
    /// The error class of the package, written in JavaScript.
    type UpbitError;

    #[wasm_bindgen(constructor)]
    fn new(
        message: &str,
        kind: &str,
        outcome: &str,
        status: JsValue,
        code: JsValue,
        hint: JsValue,
        retry_after_ms: JsValue,
        attempts: u32,
    ) -> UpbitError;
}

/// Makes the error that a promise is rejected with.
pub fn raise(failure: &Failure) -> JsValue {
    UpbitError::new(
        &failure.message,
        kind(failure.kind),
        outcome(failure.outcome),
        or_null(failure.status),
        or_null(failure.code.as_deref()),
        or_null(failure.hint),
        or_null(failure.retry_after_ms),
        failure.attempts,
    )
    .into()
}

fn or_null(value: Option<impl Into<JsValue>>) -> JsValue {
    value.map_or(JsValue::NULL, Into::into)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::InvalidRequest => "invalid_request",
        Kind::Rejected => "rejected",
        Kind::RateLimited => "rate_limited",
        Kind::Server => "server",
        Kind::Network => "network",
        Kind::Timeout => "timeout",
        Kind::Aborted => "aborted",
        Kind::BadResponse => "bad_response",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotCanceled => "not_canceled",
        Outcome::Unknown => "unknown",
    }
}
