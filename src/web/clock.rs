//! Time and chance, as the runtime has them.

use crate::budget::Moment;
use crate::milliseconds::from_ms;
use core::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// A clock that never goes back, for pacing.
pub fn now() -> Moment {
    from_ms(performance_now())
}

/// Time since 1970-01-01 UTC, for dates in headers.
pub fn since_epoch() -> Duration {
    from_ms(js_sys::Date::now())
}

/// A number from 0 up to 1, to spread repeats; nothing secret depends on it.
pub fn jitter() -> f64 {
    js_sys::Math::random().clamp(0.0, 1.0)
}
