//! The registry of the rate budgets of all accounts in this thread.
//!
//! All copies and versions of the package in a thread share the registry of the first copy through the
//! global object. `super::reservation` calls it. Its JavaScript interface must never change.

use super::clock::{self, from_ms, timer_ms, to_ms};
use crate::rate_budget::{AccountBudget, Moment, Priority, RateGroup, Refusal, Step, Ticket};
use gloo_timers::callback::Timeout;
use js_sys::Function;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// The reason of a refusal: a 429 paused the rate group.
pub const PAUSED: &str = "paused";

/// The reason of a refusal: a 418 blocked the account.
pub const BLOCKED: &str = "blocked";

/// The registry. Only that of the first copy in a thread is used.
#[wasm_bindgen]
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Budgets(RefCell<Accounts>);

#[derive(Default)]
struct Accounts {
    /// By a digest of access key and base URL.
    budgets: Vec<(String, Rc<Budget>)>,
    /// Id, budget and `requestsPerSecond` of each client, sorted by id.
    clients: Vec<(u32, Rc<Budget>, u32)>,
    last_client: u32,
}

/// The budget of one account, the callbacks of its queued requests, and its timer.
#[derive(Default)]
struct Budget {
    state: RefCell<AccountBudget>,
    callbacks: RefCell<Vec<(Ticket, Function)>>,
    /// The refusals of requests that have no callback yet.
    refused: RefCell<Vec<(Ticket, Refusal)>>,
    timer: RefCell<Option<Timeout>>,
}

#[wasm_bindgen]
impl Budgets {
    /// An empty registry.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a client, and returns its id. `account`: a digest of access key and base URL.
    #[wasm_bindgen(js_name = openClient)]
    pub fn open_client(&self, account: &str, requests_per_second: u32) -> u32 {
        let mut accounts = self.0.borrow_mut();
        let now = clock::now();
        // A budget with open clients has a reference from each of them.
        accounts.budgets.retain(|(_, budget)| {
            Rc::strong_count(budget) > 1 || !budget.state.borrow().is_idle(now)
        });
        let mut known = accounts.budgets.iter();
        let budget = if let Some((_, budget)) = known.find(|(other, _)| other == account) {
            budget.clone()
        } else {
            let budget = Rc::<Budget>::default();
            accounts.budgets.push((account.to_owned(), budget.clone()));
            budget
        };
        budget.state.borrow_mut().open_client(requests_per_second);
        accounts.last_client = accounts.last_client.wrapping_add(1);
        let client = accounts.last_client;
        accounts.clients.push((client, budget, requests_per_second));
        client
    }

    /// Removes a client.
    #[wasm_bindgen(js_name = closeClient)]
    pub fn close_client(&self, client: u32) {
        let mut accounts = self.0.borrow_mut();
        if let Some(index) = accounts.index_of(client) {
            let (_, budget, requests_per_second) = accounts.clients.remove(index);
            drop(accounts);
            budget.state.borrow_mut().close_client(requests_per_second);
            budget.dispatch(None);
        }
    }

    /// Queues a request. `previous_ticket`: the ticket of its previous attempt, for a retry.
    ///
    /// Returns the ticket if the request may be sent at once, and `-1 - ticket` if it must wait for
    /// [`Budgets::when_decided`].
    pub fn join(
        &self,
        client: u32,
        group: &str,
        is_lookup: bool,
        previous_ticket: Option<f64>,
    ) -> f64 {
        let Some(budget) = self.budget(client) else {
            return -1.0;
        };
        let group = if group == RateGroup::OrderCancelAll.name() {
            RateGroup::OrderCancelAll
        } else {
            RateGroup::Default
        };
        let priority = if is_lookup {
            Priority::Lookup
        } else {
            Priority::Cancellation
        };
        let ticket = {
            let mut state = budget.state.borrow_mut();
            match previous_ticket.map(ticket_of) {
                Some(ticket) => {
                    state.rejoin(ticket, group, priority, clock::now());
                    ticket
                }
                None => state.join(group, priority, clock::now()),
            }
        };
        let number = number_of(ticket);
        if budget.dispatch(Some(ticket)) {
            number
        } else {
            -1.0 - number
        }
    }

    /// Calls `callback` when it is decided whether a queued request may be sent: with `undefined` if it may,
    /// or with the reason (`paused`, `blocked`) and the milliseconds left if it may not.
    #[wasm_bindgen(js_name = whenDecided)]
    pub fn when_decided(&self, client: u32, ticket: f64, callback: Function) {
        if let Some(budget) = self.budget(client) {
            budget.when_decided(ticket_of(ticket), callback);
        }
    }

    /// Ends a request that the caller gave up.
    #[wasm_bindgen(js_name = giveUp)]
    pub fn give_up(&self, client: u32, ticket: f64) {
        self.update(client, |budget, now| budget.give_up(ticket_of(ticket), now));
        if let Some(budget) = self.budget(client) {
            take(&mut budget.callbacks.borrow_mut(), ticket_of(ticket));
            take(&mut budget.refused.borrow_mut(), ticket_of(ticket));
        }
    }

    /// A request got a response other than 429 and 418, or its connection failed. `remaining`: from
    /// `Remaining-Req`.
    pub fn answered(&self, client: u32, ticket: f64, remaining: Option<u32>) {
        self.update(client, |budget, now| {
            budget.answered(ticket_of(ticket), now, remaining);
        });
    }

    /// A request got a 429.
    pub fn throttled(&self, client: u32, ticket: f64, retry_after_ms: Option<f64>) {
        let (wait, jitter) = (retry_after_ms.map(from_ms), clock::jitter());
        self.update(client, |budget, now| {
            budget.throttled(ticket_of(ticket), now, wait, jitter);
        });
    }

    /// A request got a 418.
    pub fn blocked(&self, client: u32, ticket: f64, retry_after_ms: Option<f64>) {
        let wait = retry_after_ms.map(from_ms);
        self.update(client, |budget, now| {
            budget.blocked(ticket_of(ticket), now, wait);
        });
    }

    fn budget(&self, client: u32) -> Option<Rc<Budget>> {
        let accounts = self.0.borrow();
        let (_, budget, _) = accounts.clients.get(accounts.index_of(client)?)?;
        Some(budget.clone())
    }

    fn update(&self, client: u32, change: impl FnOnce(&mut AccountBudget, Moment)) {
        if let Some(budget) = self.budget(client) {
            change(&mut budget.state.borrow_mut(), clock::now());
            budget.dispatch(None);
        }
    }
}

impl Accounts {
    fn index_of(&self, client: u32) -> Option<usize> {
        self.clients
            .binary_search_by_key(&client, |(id, ..)| *id)
            .ok()
    }
}

/// Removes the value of a ticket.
fn take<T>(values: &mut Vec<(Ticket, T)>, ticket: Ticket) -> Option<T> {
    let index = values.iter().position(|(other, _)| *other == ticket)?;
    Some(values.swap_remove(index).1)
}

impl Budget {
    /// Reports all decisions that the budget makes now, and sets the timer for the next one. Returns whether
    /// the request that is joining may be sent. If it is refused, its refusal is saved for `when_decided`.
    fn dispatch(self: &Rc<Self>, joining: Option<Ticket>) -> bool {
        let mut granted = false;
        loop {
            let now = clock::now();
            let step = self.state.borrow_mut().next(now);
            match step {
                Step::Grant(ticket) if Some(ticket) == joining => granted = true,
                Step::Refuse(ticket, refusal) if Some(ticket) == joining => {
                    self.refused.borrow_mut().push((ticket, refusal));
                }
                Step::Grant(ticket) => self.notify(ticket, None),
                Step::Refuse(ticket, refusal) => self.notify(ticket, Some(refusal)),
                Step::WaitUntil(moment) => {
                    let budget = self.clone();
                    let delay = timer_ms(moment.saturating_sub(now));
                    let timer = Timeout::new(delay, move || {
                        budget.dispatch(None);
                    });
                    self.timer.replace(Some(timer));
                    return granted;
                }
                Step::Idle => {
                    self.timer.take();
                    return granted;
                }
            }
        }
    }

    fn when_decided(&self, ticket: Ticket, callback: Function) {
        self.callbacks.borrow_mut().push((ticket, callback));
        let refusal = take(&mut self.refused.borrow_mut(), ticket);
        if refusal.is_some() {
            self.notify(ticket, refusal);
        }
    }

    /// Calls the callback of a request that was granted or refused.
    fn notify(&self, ticket: Ticket, refusal: Option<Refusal>) {
        let callback = take(&mut self.callbacks.borrow_mut(), ticket);
        let Some(callback) = callback else {
            return;
        };
        let (reason, left) = match refusal {
            None => (JsValue::UNDEFINED, Duration::ZERO),
            Some(Refusal::Paused { left }) => (PAUSED.into(), left),
            Some(Refusal::Blocked { left }) => (BLOCKED.into(), left),
        };
        // It cannot throw: it is the closure in `super::reservation`.
        let _ = callback.call2(&JsValue::UNDEFINED, &reason, &to_ms(left).into());
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it comes from `number_of`"
)]
fn ticket_of(number: f64) -> Ticket {
    Ticket::from_number(number as u64)
}

#[expect(clippy::cast_precision_loss, reason = "nobody sends 2^53 requests")]
fn number_of(ticket: Ticket) -> f64 {
    ticket.number() as f64
}
