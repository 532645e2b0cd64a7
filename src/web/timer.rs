//! A timer of the runtime that is cleared when nobody waits for it any more.

use super::signal::Signal;
use crate::milliseconds::to_ms;
use core::time::Duration;
use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// Fires its signal once, unless it is dropped before.
pub struct Timer {
    signal: Signal,
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    pub fn start(delay: Duration) -> Self {
        let signal = Signal::default();
        let fired = signal.clone();
        let callback = Closure::new(move || fired.fire());
        // Upwards: a timer must not fire before its time, and drops fractions.
        let milliseconds = to_ms(delay) + 1.0;
        let id = set_timeout(callback.as_ref().unchecked_ref(), milliseconds);
        Self {
            signal,
            id,
            _callback: callback,
        }
    }

    pub fn signal(&self) -> &Signal {
        &self.signal
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
