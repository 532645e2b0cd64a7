//! The callers' `AbortSignal`s, heard for as long as a call needs them.
//!
//! Many calls may have one signal: it gets one listener, because runtimes warn of more than a few.

use super::interrupts::Event;
use crate::invalid::Invalid;
use js_sys::{Map, Reflect};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// The signals that calls are listening to.
#[derive(Clone, Default)]
pub struct AbortSignals(Rc<RefCell<Listeners>>);

#[derive(Default)]
struct Listeners {
    /// From the signal to its number.
    numbers: Map,
    links: Vec<(u32, Weak<AbortLink>)>,
    made: u32,
}

/// Passes an abort on to an event of ours. No listener stays behind when it is dropped.
pub struct AbortLink {
    event: Rc<Event>,
    listening: Option<Listening>,
}

struct Listening {
    target: EventTarget,
    callback: Closure<dyn FnMut()>,
    number: u32,
    signals: AbortSignals,
}

impl AbortSignals {
    /// Listens to what the caller gave as a signal; it need not be of the runtime's own class.
    ///
    /// # Errors
    /// `Invalid` if it is no signal, or takes no listener: an abort would go unheard.
    pub fn link(&self, signal: Option<JsValue>) -> Result<Rc<AbortLink>, Invalid> {
        let event = Rc::new(Event::default());
        let Some(signal) = signal else {
            return Ok(Rc::new(AbortLink {
                event,
                listening: None,
            }));
        };
        let wrong = || Invalid::new("signal", "must be an AbortSignal");
        if !signal.is_object() {
            return Err(wrong());
        }
        let member = |name: &str| Reflect::get(&signal, &name.into()).unwrap_or_default();
        let aborted = member("aborted").as_bool().ok_or_else(wrong)?;
        if !member("addEventListener").is_function() {
            return Err(wrong());
        }
        if aborted {
            event.fire();
            return Ok(Rc::new(AbortLink {
                event,
                listening: None,
            }));
        }
        match self.known(&signal) {
            Some(link) => Ok(link),
            None => self
                .listen(signal.unchecked_into(), event)
                .map_err(|_| wrong()),
        }
    }

    fn known(&self, signal: &JsValue) -> Option<Rc<AbortLink>> {
        let listeners = self.0.borrow();
        let number = listeners.numbers.get(signal).as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was a u32"
        )]
        let number = number as u32;
        let mut links = listeners.links.iter();
        links.find(|(other, _)| *other == number)?.1.upgrade()
    }

    fn listen(&self, target: EventTarget, event: Rc<Event>) -> Result<Rc<AbortLink>, JsValue> {
        let aborted = event.clone();
        let callback = Closure::new(move || aborted.fire());
        target.add_event_listener_with_callback("abort", callback.as_ref().unchecked_ref())?;
        let mut listeners = self.0.borrow_mut();
        listeners.made = listeners.made.wrapping_add(1);
        let number = listeners.made;
        listeners.numbers.set(&target, &number.into());
        let signals = self.clone();
        let listening = Some(Listening {
            target,
            callback,
            number,
            signals,
        });
        let link = Rc::new(AbortLink { event, listening });
        listeners.links.push((number, Rc::downgrade(&link)));
        Ok(link)
    }
}

impl AbortLink {
    pub fn event(&self) -> &Rc<Event> {
        &self.event
    }
}

impl Drop for AbortLink {
    fn drop(&mut self) {
        if let Some(Listening {
            target,
            callback,
            number,
            signals,
        }) = &self.listening
        {
            let callback = callback.as_ref().unchecked_ref();
            // It was added by us, so there is nothing that could fail.
            let _ = target.remove_event_listener_with_callback("abort", callback);
            let mut listeners = signals.0.borrow_mut();
            listeners.links.retain(|(other, _)| other != number);
            listeners.numbers.delete(target);
        }
    }
}
