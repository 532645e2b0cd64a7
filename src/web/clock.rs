//! The runtime's clock, timers and random numbers.

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

/// The extra time of a timeout whose timer fired on time.
const MIN_GRACE: Duration = Duration::from_millis(1);

/// The longest extra time of a timeout whose timer fired late.
const MAX_GRACE: Duration = Duration::from_secs(1);

/// The time of a monotonic clock.
pub fn now() -> Moment {
    from_ms(performance_now())
}

/// A random number for retries. It is in `0.0..1.0`, unless a page has replaced `Math.random`.
pub fn jitter() -> f64 {
    js_sys::Math::random()
}

/// Cryptographically secure random bytes, or `None` if the runtime has no `crypto.getRandomValues`.
pub fn random_bytes() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).ok()?;
    Some(bytes)
}

/// A delay in milliseconds, rounded up so that the timer does not fire early. Timers accept at most
/// 2^31 - 1.
pub fn timer_ms(delay: Duration) -> u32 {
    const MAX: u32 = i32::MAX.unsigned_abs();
    let rounded_up = delay.saturating_add(Duration::from_micros(999)).as_millis();
    u32::try_from(rounded_up).unwrap_or(MAX).min(MAX)
}

/// Waits at least this long.
pub async fn sleep(delay: Duration) {
    TimeoutFuture::new(timer_ms(delay)).await;
}

/// Waits for a timeout, and a little longer if the event loop was blocked or the machine was suspended.
///
/// Timers run before sockets are read. If the timer fires late, the response may already have arrived
/// without being read. The extra time gives the event loop a chance to read it.
pub async fn timeout(limit: Duration) {
    let deadline = now().saturating_add(limit);
    sleep(limit).await;
    let late = now().saturating_sub(deadline);
    sleep(late.clamp(MIN_GRACE, MAX_GRACE)).await;
}

/// A duration from milliseconds. NaN and negative numbers become zero, and numbers that are too large
/// become the maximum.
pub fn from_ms(ms: f64) -> Duration {
    let out_of_range = if ms > 0.0 {
        Duration::MAX
    } else {
        Duration::ZERO
    };
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(out_of_range)
}

/// A duration in milliseconds.
pub fn to_ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
