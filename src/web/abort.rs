//! The caller's `AbortSignal`, heard for as long as a call needs it.

use super::signal::Signal;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, EventTarget};

/// Passes an abort on to a signal of ours. No listener stays behind when it is dropped.
pub struct AbortLink {
    signal: Signal,
    listening: Option<(EventTarget, Closure<dyn FnMut()>)>,
}

impl AbortLink {
    pub fn new(caller: Option<&AbortSignal>) -> Self {
        let signal = Signal::default();
        let listening = caller.and_then(|caller| listen(caller, &signal));
        Self { signal, listening }
    }

    pub fn signal(&self) -> &Signal {
        &self.signal
    }
}

fn listen(caller: &AbortSignal, signal: &Signal) -> Option<(EventTarget, Closure<dyn FnMut()>)> {
    if caller.aborted() {
        signal.fire();
        return None;
    }
    let aborted = signal.clone();
    let callback = Closure::new(move || aborted.fire());
    let target: &EventTarget = caller;
    target
        .add_event_listener_with_callback("abort", callback.as_ref().unchecked_ref())
        .ok()?;
    Some((target.clone(), callback))
}

impl Drop for AbortLink {
    fn drop(&mut self) {
        if let Some((target, callback)) = &self.listening {
            let callback = callback.as_ref().unchecked_ref();
            // It was added by us, so there is nothing that could fail.
            let _ = target.remove_event_listener_with_callback("abort", callback);
        }
    }
}
