//! The caller's `AbortSignal`, heard for as long as a call needs it.

use super::object;
use super::signal::Signal;
use crate::failure::Invalid;
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// What the caller gave as a signal, looked at once: it need not be of the runtime's own class.
pub struct CallerSignal {
    target: EventTarget,
    aborted: bool,
}

impl TryFrom<JsValue> for CallerSignal {
    type Error = Invalid;

    fn try_from(value: JsValue) -> Result<Self, Invalid> {
        let aborted = object::property(&value, "aborted").as_bool();
        let hears = object::property(&value, "addEventListener").is_function();
        Ok(Self {
            aborted: aborted.filter(|_| hears).ok_or_else(no_signal)?,
            target: value.unchecked_into(),
        })
    }
}

/// Passes an abort on to a signal of ours. No listener stays behind when it is dropped.
#[derive(Default)]
pub struct AbortLink {
    signal: Signal,
    listening: Option<(EventTarget, Closure<dyn FnMut()>)>,
}

impl AbortLink {
    /// # Errors
    /// `Invalid` if the caller's signal takes no listener: an abort would go unheard.
    pub fn new(caller: Option<CallerSignal>) -> Result<Self, Invalid> {
        let mut link = Self::default();
        match caller {
            Some(caller) if caller.aborted => link.signal.fire(),
            Some(caller) => link.listen(caller.target).map_err(|_| no_signal())?,
            None => (),
        }
        Ok(link)
    }

    pub fn signal(&self) -> &Signal {
        &self.signal
    }

    fn listen(&mut self, target: EventTarget) -> Result<(), JsValue> {
        let aborted = self.signal.clone();
        let callback = Closure::new(move || aborted.fire());
        let listener = callback.as_ref().unchecked_ref();
        target.add_event_listener_with_callback("abort", listener)?;
        self.listening = Some((target, callback));
        Ok(())
    }
}

fn no_signal() -> Invalid {
    Invalid::new("signal", "must be an AbortSignal")
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
