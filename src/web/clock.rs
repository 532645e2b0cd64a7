//! Time and randomness, as the runtime has them.

use crate::budget::Moment;
use core::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// A clock that never goes back, for pacing.
pub fn now() -> Moment {
    milliseconds(performance_now())
}

/// Time since 1970-01-01 UTC, for dates in headers.
pub fn since_epoch() -> Duration {
    milliseconds(js_sys::Date::now())
}

/// A number from 0 up to 1, to spread repeats; nothing secret depends on it.
pub fn jitter() -> f64 {
    js_sys::Math::random().clamp(0.0, 1.0)
}

/// Bytes that nobody can guess. `None`: the runtime has no `crypto.getRandomValues`.
pub fn random_bytes() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).ok()?;
    Some(bytes)
}

fn milliseconds(milliseconds: f64) -> Duration {
    Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
}
