//! The budgets of all accounts in this thread, as a registry for JavaScript.
//!
//! Every copy and version of the package in a thread shares one registry, which lies on the global
//! object: the one that the first copy has made. `super::place` is how a copy reaches it.

use super::clock::{self, from_ms, timer_ms, to_ms};
use crate::rate_budget::{AccountBudget, Priority, RateGroup, Refusal, Step, Ticket};
use gloo_timers::callback::Timeout;
use js_sys::Function;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// Why a request may not be sent: its rate group is paused.
pub const PAUSED: &str = "paused";

/// Why a request may not be sent: its account is blocked.
pub const BLOCKED: &str = "blocked";

/// The registry that this copy offers, if it is the first in its thread.
#[wasm_bindgen]
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Budgets(RefCell<Accounts>);

#[derive(Default)]
struct Accounts {
    /// By a digest of access key and base URL.
    budgets: Vec<(String, Rc<Budget>)>,
    /// With number and `requestsPerSecond`, in the order of the numbers.
    clients: Vec<(u32, Rc<Budget>, u32)>,
    opened: u32,
}

/// One account's budget with those who wait, and the one timer that wakes it.
#[derive(Default)]
struct Budget {
    state: RefCell<AccountBudget>,
    waiting: RefCell<Vec<(Ticket, Function)>>,
    /// Refused as they joined, and not told yet.
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

    /// Counts a client in, and gives it a number.
    #[wasm_bindgen(js_name = openClient)]
    pub fn open_client(&self, account: &str, requests_per_second: u32) -> u32 {
        let mut accounts = self.0.borrow_mut();
        let now = clock::now();
        // One that is in use is held by its clients too.
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
        accounts.opened = accounts.opened.wrapping_add(1);
        let client = accounts.opened;
        accounts.clients.push((client, budget, requests_per_second));
        client
    }

    /// Counts a client out.
    #[wasm_bindgen(js_name = closeClient)]
    pub fn close_client(&self, client: u32) {
        let mut accounts = self.0.borrow_mut();
        if let Some(place) = accounts.place_of(client) {
            let (_, budget, requests_per_second) = accounts.clients.remove(place);
            drop(accounts);
            budget.state.borrow_mut().close_client(requests_per_second);
            budget.dispatch(None);
        }
    }

    /// Queues a request. Returns its ticket if it may be sent at once; else the ticket's negative, less one.
    pub fn join(&self, client: u32, group: &str, look: bool, again: Option<f64>) -> f64 {
        let Some(budget) = self.budget(client) else {
            return -1.0;
        };
        let group = if group == RateGroup::OrderCancelAll.name() {
            RateGroup::OrderCancelAll
        } else {
            RateGroup::Default
        };
        let priority = if look {
            Priority::Lookup
        } else {
            Priority::Cancellation
        };
        let ticket = {
            let mut state = budget.state.borrow_mut();
            match again.map(ticket_of) {
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

    /// Tells when a request that waits may be sent: `decided` is called without arguments then, or with a reason
    /// (`paused`, `blocked`) and the milliseconds that are left when it may not.
    #[wasm_bindgen(js_name = whenDecided)]
    pub fn when_decided(&self, client: u32, ticket: f64, decided: Function) {
        if let Some(budget) = self.budget(client) {
            budget.when_decided(ticket_of(ticket), decided);
        }
    }

    /// Ends a request that its caller gave up.
    #[wasm_bindgen(js_name = giveUp)]
    pub fn give_up(&self, client: u32, ticket: f64) {
        self.tell(client, |budget, now| budget.give_up(ticket_of(ticket), now));
        if let Some(budget) = self.budget(client) {
            take(&mut budget.waiting.borrow_mut(), ticket_of(ticket));
            take(&mut budget.refused.borrow_mut(), ticket_of(ticket));
        }
    }

    /// Tells that an answer came, or never will. `remaining`: what is left by its `Remaining-Req`.
    pub fn answered(&self, client: u32, ticket: f64, remaining: Option<u32>) {
        self.tell(client, |budget, now| {
            budget.answered(ticket_of(ticket), now, remaining);
        });
    }

    /// Tells of a 429.
    pub fn throttled(&self, client: u32, ticket: f64, retry_after_ms: Option<f64>) {
        let (wait, jitter) = (retry_after_ms.map(from_ms), clock::jitter());
        self.tell(client, |budget, now| {
            budget.throttled(ticket_of(ticket), now, wait, jitter);
        });
    }

    /// Tells of a 418.
    pub fn blocked(&self, client: u32, ticket: f64, retry_after_ms: Option<f64>) {
        let wait = retry_after_ms.map(from_ms);
        self.tell(client, |budget, now| {
            budget.blocked(ticket_of(ticket), now, wait);
        });
    }

    fn budget(&self, client: u32) -> Option<Rc<Budget>> {
        let accounts = self.0.borrow();
        let (_, budget, _) = accounts.clients.get(accounts.place_of(client)?)?;
        Some(budget.clone())
    }

    fn tell(&self, client: u32, what: impl FnOnce(&mut AccountBudget, Duration)) {
        if let Some(budget) = self.budget(client) {
            what(&mut budget.state.borrow_mut(), clock::now());
            budget.dispatch(None);
        }
    }
}

impl Accounts {
    fn place_of(&self, client: u32) -> Option<usize> {
        let place = self
            .clients
            .binary_search_by_key(&client, |(number, ..)| *number);
        place.ok()
    }
}

/// Takes what is kept for a ticket.
fn take<T>(kept: &mut Vec<(Ticket, T)>, ticket: Ticket) -> Option<T> {
    let place = kept.iter().position(|(other, _)| *other == ticket)?;
    Some(kept.swap_remove(place).1)
}

impl Budget {
    /// Tells everybody what is decided, and sets the timer for what is not. Returns whether the one who is
    /// just joining may send.
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
                Step::Grant(ticket) => self.decided(ticket, None),
                Step::Refuse(ticket, refusal) => self.decided(ticket, Some(refusal)),
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

    fn when_decided(&self, ticket: Ticket, decided: Function) {
        self.waiting.borrow_mut().push((ticket, decided));
        let refusal = take(&mut self.refused.borrow_mut(), ticket);
        if refusal.is_some() {
            self.decided(ticket, refusal);
        }
    }

    fn decided(&self, ticket: Ticket, refusal: Option<Refusal>) {
        let told = take(&mut self.waiting.borrow_mut(), ticket);
        let Some(told) = told else {
            return;
        };
        let (reason, left) = match refusal {
            None => (JsValue::UNDEFINED, Duration::ZERO),
            Some(Refusal::Paused { left }) => (PAUSED.into(), left),
            Some(Refusal::Blocked { left }) => (BLOCKED.into(), left),
        };
        // The function is a copy's own and only passes it on.
        let _ = told.call2(&JsValue::UNDEFINED, &reason, &to_ms(left).into());
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it was made by `number_of`"
)]
fn ticket_of(number: f64) -> Ticket {
    Ticket::from_number(number as u64)
}

#[expect(clippy::cast_precision_loss, reason = "nobody sends 2^53 requests")]
fn number_of(ticket: Ticket) -> f64 {
    ticket.number() as f64
}
