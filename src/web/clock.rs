//! Time and chance, as the runtime has them.

use crate::rate_budget::Moment;
use gloo_timers::future::TimeoutFuture;
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// A timer that is later than this was held up: the program computed, or was suspended.
const USUAL_DELAY: Duration = Duration::from_millis(1);

/// How long a time limit waits at most for answers that arrived while it was held up.
const LONGEST_GRACE: Duration = Duration::from_secs(1);

/// A clock that never goes back, for pacing.
pub fn now() -> Moment {
    from_ms(performance_now())
}

/// A number from 0 up to 1, to spread repeats; nothing secret depends on it.
pub fn jitter() -> f64 {
    let random = js_sys::Math::random();
    // A page may have put its own in place of it.
    if (0.0..=1.0).contains(&random) {
        random
    } else {
        0.5
    }
}

/// Random bytes that nobody can guess. `None`: the runtime has no `crypto.getRandomValues`.
pub fn random_bytes() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).ok()?;
    Some(bytes)
}

/// Milliseconds of a timer, rounded up: it must not fire before its time. Timers take no more than 2^31 - 1.
pub fn timer_ms(delay: Duration) -> u32 {
    const LONGEST: u32 = i32::MAX.unsigned_abs();
    let rounded_up = delay.saturating_add(Duration::from_micros(999)).as_millis();
    u32::try_from(rounded_up).unwrap_or(LONGEST).min(LONGEST)
}

/// Waits at least so long.
pub async fn sleep(delay: Duration) {
    TimeoutFuture::new(timer_ms(delay)).await;
}

/// Ends when a time limit has passed.
///
/// Timers run before sockets are read. After the program was held up, an answer may be there
/// that nobody has read: so the event loop gets a turn before the limit counts as passed.
pub async fn time_limit(limit: Duration) {
    let deadline = now().saturating_add(limit);
    sleep(limit).await;
    let late = now().saturating_sub(deadline);
    sleep(late.clamp(USUAL_DELAY, LONGEST_GRACE)).await;
}

/// A time of JavaScript's. What is no time counts as none; what is too long is as long as can be.
pub fn from_ms(ms: f64) -> Duration {
    let too_long = if ms > 0.0 {
        Duration::MAX
    } else {
        Duration::ZERO
    };
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(too_long)
}

/// A time as JavaScript counts it.
pub fn to_ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
