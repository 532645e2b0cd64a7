//! A request's place in the budget of its account.
//!
//! The registry of budgets may be that of another copy or version of the package, so it is reached through
//! JavaScript, by numbers and texts only, also where it is this copy's own.

use super::budgets::BLOCKED;
use super::clock::{from_ms, to_ms};
use crate::failure::StopReason;
use crate::rate_budget::{Priority, RateGroup};
use futures_channel::oneshot;
use js_sys::Function;
use std::cell::Cell;
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
        look: bool,
        again: Option<f64>,
    ) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = whenDecided)]
    fn when_decided(
        this: &BudgetRegistry,
        client: u32,
        ticket: f64,
        decided: &Function,
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

/// A client that is counted in, until the last of its requests has ended.
pub struct Lease {
    registry: BudgetRegistry,
    client: u32,
}

impl Lease {
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

impl Drop for Lease {
    fn drop(&mut self) {
        let _ = self.registry.close_client(self.client);
    }
}

/// A request's place in the queue, and then its slot. It is given up when dropped before its end was told.
pub struct Place {
    lease: Rc<Lease>,
    ticket: f64,
    /// `None`: it may be sent.
    waiting: Option<Waiting>,
    ended: Cell<bool>,
}

struct Waiting {
    decision: oneshot::Receiver<Result<(), StopReason>>,
    _decided: Closure<dyn FnMut(Option<String>, f64)>,
}

impl Place {
    /// `again`: the ticket of the attempt before, whose place in the order is kept.
    pub fn join(
        lease: Rc<Lease>,
        group: RateGroup,
        priority: Priority,
        again: Option<f64>,
    ) -> Self {
        let look = priority == Priority::Lookup;
        let joined = lease.registry.join(lease.client, group.name(), look, again);
        let number = joined.unwrap_or(-1.0);
        let ticket = if number < 0.0 { -1.0 - number } else { number };
        let waiting = (number < 0.0).then(|| Waiting::start(&lease, ticket));
        Self {
            lease,
            ticket,
            waiting,
            ended: Cell::new(false),
        }
    }

    /// Whether the request may be sent now.
    pub fn is_granted(&self) -> bool {
        self.waiting.is_none()
    }

    /// Waits until the request may be sent.
    pub async fn turn(&mut self) -> Result<(), StopReason> {
        match self.waiting.take() {
            Some(waiting) => waiting.decision.await.unwrap_or(Err(StopReason::Closed)),
            None => Ok(()),
        }
    }

    pub fn ticket(&self) -> f64 {
        self.ticket
    }

    /// Tells that an answer came, or never will.
    pub fn answered(&self, remaining: Option<u32>) {
        self.ended.set(true);
        let Lease { registry, client } = &*self.lease;
        let _ = registry.answered(*client, self.ticket, remaining);
    }

    /// Tells of a 429.
    pub fn throttled(&self, retry_after: Option<Duration>) {
        self.ended.set(true);
        let Lease { registry, client } = &*self.lease;
        let _ = registry.throttled(*client, self.ticket, retry_after.map(to_ms));
    }

    /// Tells of a 418.
    pub fn blocked(&self, retry_after: Option<Duration>) {
        self.ended.set(true);
        let Lease { registry, client } = &*self.lease;
        let _ = registry.blocked(*client, self.ticket, retry_after.map(to_ms));
    }
}

impl Waiting {
    fn start(lease: &Lease, ticket: f64) -> Self {
        let (sender, decision) = oneshot::channel();
        let mut sender = Some(sender);
        let decided = Closure::new(move |reason: Option<String>, left: f64| {
            let decision = match reason.as_deref() {
                None => Ok(()),
                Some(BLOCKED) => Err(StopReason::Blocked(from_ms(left))),
                Some(_) => Err(StopReason::Paused(from_ms(left))),
            };
            if let Some(sender) = sender.take() {
                // Nobody listens any more if the call was given up.
                let _ = sender.send(decision);
            }
        });
        let function = decided.as_ref().unchecked_ref();
        let _ = lease.registry.when_decided(lease.client, ticket, function);
        Self {
            decision,
            _decided: decided,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.ended.get() {
            let _ = self.lease.registry.give_up(self.lease.client, self.ticket);
        }
    }
}
