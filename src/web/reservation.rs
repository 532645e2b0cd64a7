//! Reserves slots in the rate budget of an account.
//!
//! The budget registry may belong to another copy or version of the package. So it is always called through
//! JavaScript, with numbers and strings only.

use super::budgets::BLOCKED;
use super::clock::{from_ms, to_ms};
use crate::failure::StopReason;
use crate::rate_budget::{Priority, RateGroup};
use futures_channel::oneshot;
use js_sys::Function;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The registry that all copies in this thread share.
    #[derive(Clone)]
    pub type BudgetRegistry;

    #[wasm_bindgen(method, structural, catch, js_name = openClient)]
    fn open_client(
        this: &BudgetRegistry,
        account: &str,
        requests_per_second: u32,
    ) -> Result<u32, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = closeClient)]
    fn close_client(this: &BudgetRegistry, client: u32) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn join(
        this: &BudgetRegistry,
        client: u32,
        group: &str,
        is_lookup: bool,
        previous_ticket: Option<f64>,
    ) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = whenDecided)]
    fn when_decided(
        this: &BudgetRegistry,
        client: u32,
        ticket: f64,
        callback: &Function,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = giveUp)]
    fn give_up(this: &BudgetRegistry, client: u32, ticket: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn answered(
        this: &BudgetRegistry,
        client: u32,
        ticket: f64,
        remaining: Option<u32>,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn throttled(
        this: &BudgetRegistry,
        client: u32,
        ticket: f64,
        retry_after_ms: Option<f64>,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn blocked(
        this: &BudgetRegistry,
        client: u32,
        ticket: f64,
        retry_after_ms: Option<f64>,
    ) -> Result<(), JsValue>;
}

/// A client's registration in the budget registry, until the client is closed and all its requests have
/// ended.
pub struct Registration {
    registry: BudgetRegistry,
    client: u32,
}

impl Registration {
    /// `account`: a digest of access key and base URL.
    pub fn new(registry: &BudgetRegistry, account: &str, requests_per_second: u32) -> Self {
        let client = registry
            .open_client(account, requests_per_second)
            .unwrap_or_default();
        Self {
            registry: registry.clone(),
            client,
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let _ = self.registry.close_client(self.client);
    }
}

/// A request's place in the queue, and then its slot. It is given up if it is dropped before the request
/// has ended.
pub struct Reservation {
    registration: Rc<Registration>,
    ticket: f64,
    /// `None` if the request may be sent.
    decision: Option<Decision>,
    ended: bool,
}

/// The registry's decision about a queued request.
struct Decision {
    receiver: oneshot::Receiver<Result<(), StopReason>>,
    /// The registry calls it, so it must not be dropped before the decision.
    _callback: Closure<dyn FnMut(Option<String>, f64)>,
}

impl Reservation {
    /// Queues a request. `previous_ticket`: the ticket of its previous attempt. A retry keeps its place in
    /// the order.
    pub fn join(
        registration: Rc<Registration>,
        group: RateGroup,
        priority: Priority,
        previous_ticket: Option<f64>,
    ) -> Self {
        let is_lookup = priority == Priority::Lookup;
        let Registration { registry, client } = &*registration;
        let number = registry
            .join(*client, group.name(), is_lookup, previous_ticket)
            .unwrap_or(-1.0);
        let ticket = if number < 0.0 { -1.0 - number } else { number };
        let decision = (number < 0.0).then(|| Decision::new(&registration, ticket));
        Self {
            registration,
            ticket,
            decision,
            ended: false,
        }
    }

    /// Whether the request may be sent now.
    pub fn is_granted(&self) -> bool {
        self.decision.is_none()
    }

    /// Waits until the request may be sent.
    pub async fn wait(&mut self) -> Result<(), StopReason> {
        match self.decision.take() {
            Some(decision) => decision.receiver.await.unwrap_or(Err(StopReason::Closed)),
            None => Ok(()),
        }
    }

    pub fn ticket(&self) -> f64 {
        self.ticket
    }

    /// The request got a response other than 429 and 418, or its connection failed. `remaining`: from
    /// `Remaining-Req`.
    pub fn answered(mut self, remaining: Option<u32>) {
        self.ended = true;
        let Registration { registry, client } = &*self.registration;
        let _ = registry.answered(*client, self.ticket, remaining);
    }

    /// The request got a 429.
    pub fn throttled(mut self, retry_after: Option<Duration>) {
        self.ended = true;
        let Registration { registry, client } = &*self.registration;
        let _ = registry.throttled(*client, self.ticket, retry_after.map(to_ms));
    }

    /// The request got a 418.
    pub fn blocked(mut self, retry_after: Option<Duration>) {
        self.ended = true;
        let Registration { registry, client } = &*self.registration;
        let _ = registry.blocked(*client, self.ticket, retry_after.map(to_ms));
    }
}

impl Decision {
    fn new(registration: &Registration, ticket: f64) -> Self {
        let (sender, receiver) = oneshot::channel();
        let mut sender = Some(sender);
        let callback = Closure::new(move |reason: Option<String>, left: f64| {
            let decision = match reason.as_deref() {
                None => Ok(()),
                Some(BLOCKED) => Err(StopReason::Blocked(from_ms(left))),
                Some(_) => Err(StopReason::Paused(from_ms(left))),
            };
            if let Some(sender) = sender.take() {
                // The receiver is gone if the request was given up.
                let _ = sender.send(decision);
            }
        });
        let Registration { registry, client } = registration;
        let function = callback.as_ref().unchecked_ref();
        let _ = registry.when_decided(*client, ticket, function);
        Self {
            receiver,
            _callback: callback,
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        if !self.ended {
            let Registration { registry, client } = &*self.registration;
            let _ = registry.give_up(*client, self.ticket);
        }
    }
}
