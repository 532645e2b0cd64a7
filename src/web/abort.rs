//! Listens to the `AbortSignal`s of callers.
//!
//! All calls with the same signal share one listener, because Node warns about a signal that has many.

use super::interrupts::Event;
use crate::invalid::Invalid;
use js_sys::{Map, Reflect};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// The signals that have a listener.
#[derive(Clone, Default)]
pub struct AbortSignals(Rc<RefCell<SharedListeners>>);

#[derive(Default)]
struct SharedListeners {
    /// The id of each signal's listener.
    ids: Map,
    by_id: Vec<(u32, Weak<AbortListener>)>,
    last_id: u32,
}

/// Fires an event when the signal is aborted. Stops listening when it is dropped.
#[derive(Default)]
pub struct AbortListener {
    event: Rc<Event>,
    /// `None` if there is no signal, or if it was aborted before.
    _subscription: Option<Subscription>,
}

struct Subscription {
    signal: EventTarget,
    callback: Closure<dyn FnMut()>,
    id: u32,
    signals: AbortSignals,
}

impl AbortSignals {
    /// Listens to a signal. It may be of another class than the runtime's `AbortSignal`.
    ///
    /// # Errors
    /// `Invalid` if the value is not an `AbortSignal`, or if it does not accept a listener.
    pub fn listen(&self, signal: Option<JsValue>) -> Result<Rc<AbortListener>, Invalid> {
        let Some(signal) = signal else {
            return Ok(Rc::default());
        };
        let invalid = || Invalid::new("signal", "must be an AbortSignal");
        if !signal.is_object() {
            return Err(invalid());
        }
        let member = |name: &str| Reflect::get(&signal, &name.into()).unwrap_or_default();
        let aborted = member("aborted").as_bool().ok_or_else(invalid)?;
        if !member("addEventListener").is_function() {
            return Err(invalid());
        }
        if aborted {
            let listener = AbortListener::default();
            listener.event.fire();
            return Ok(Rc::new(listener));
        }
        match self.find(&signal) {
            Some(listener) => Ok(listener),
            None => self.add(signal.unchecked_into()).map_err(|_| invalid()),
        }
    }

    fn find(&self, signal: &JsValue) -> Option<Rc<AbortListener>> {
        let this = self.0.borrow();
        let id = this.ids.get(signal).as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was a u32"
        )]
        let id = id as u32;
        let mut by_id = this.by_id.iter();
        by_id.find(|(other, _)| *other == id)?.1.upgrade()
    }

    fn add(&self, signal: EventTarget) -> Result<Rc<AbortListener>, JsValue> {
        let event = Rc::new(Event::default());
        let aborted = event.clone();
        let callback = Closure::new(move || aborted.fire());
        signal.add_event_listener_with_callback("abort", callback.as_ref().unchecked_ref())?;
        let mut this = self.0.borrow_mut();
        this.last_id = this.last_id.wrapping_add(1);
        let id = this.last_id;
        this.ids.set(&signal, &id.into());
        let listener = Rc::new(AbortListener {
            event,
            _subscription: Some(Subscription {
                signal,
                callback,
                id,
                signals: self.clone(),
            }),
        });
        this.by_id.push((id, Rc::downgrade(&listener)));
        Ok(listener)
    }
}

impl AbortListener {
    pub fn event(&self) -> &Rc<Event> {
        &self.event
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        // Only a signal of a foreign class can throw here.
        let _ = self
            .signal
            .remove_event_listener_with_callback("abort", callback);
        let mut this = self.signals.0.borrow_mut();
        this.by_id.retain(|(other, _)| *other != self.id);
        this.ids.delete(&self.signal);
    }
}
