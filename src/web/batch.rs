//! Many cancellations: a few at a time, each with a result of its own.

use super::account::Account;
use super::object::object;
use super::one_call::{Interrupts, OneCall};
use super::raise::raise;
use crate::failure::{Failure, Kind};
use crate::order::CanceledOrders;
use crate::order_ref::OrderRef;
use crate::retry::RetryPolicy;
use crate::settings::Settings;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::task::Poll;
use js_sys::{Array, Function, JSON, Promise};
use wasm_bindgen::prelude::*;

/// Requests under way at a time: enough for 30 a second at 300 ms each, and few enough to notice
/// in time when others use up the account's budget.
const IN_FLIGHT: usize = 10;

/// An entry as the caller gave it, and what was read of it.
pub struct Entry {
    pub given: JsValue,
    pub order: Result<OrderRef, Failure>,
}

/// A batch under way.
pub struct Batch<'a> {
    account: &'a Account,
    interrupts: &'a Interrupts,
    settings: Settings,
    entries: &'a [Entry],
    on_progress: Option<&'a Function>,
    next: Cell<usize>,
    canceled: Cell<usize>,
    failed: Cell<usize>,
    results: RefCell<Vec<JsValue>>,
}

impl<'a> Batch<'a> {
    pub fn new(
        account: &'a Account,
        interrupts: &'a Interrupts,
        settings: Settings,
        entries: &'a [Entry],
        on_progress: Option<&'a Function>,
    ) -> Self {
        Self {
            account,
            interrupts,
            settings,
            entries,
            on_progress,
            next: Cell::new(0),
            canceled: Cell::new(0),
            failed: Cell::new(0),
            results: RefCell::new(vec![JsValue::UNDEFINED; entries.len()]),
        }
    }

    /// Cancels every entry; the results come in the order of the entries.
    pub async fn run(self) -> Array {
        let mut workers: Vec<_> = (0..IN_FLIGHT).map(|_| Box::pin(self.work())).collect();
        poll_fn(|context| {
            workers.retain_mut(|worker| worker.as_mut().poll(context).is_pending());
            if workers.is_empty() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
        drop(workers);
        self.results.take().into_iter().collect()
    }

    /// Takes entries until none is left. After an interrupt each ends at once, unsent.
    async fn work(&self) {
        while let Some((index, entry)) = self.take() {
            let result = match &entry.order {
                Ok(order) => self.call().run(order).await,
                Err(failure) => Err(failure.clone()),
            };
            if result
                .as_ref()
                .is_err_and(|failure| failure.kind == Kind::RateLimited)
            {
                self.interrupts.blocked.fire();
            }
            self.finished(index, &entry.given, &result);
        }
    }

    fn take(&self) -> Option<(usize, &Entry)> {
        let index = self.next.get();
        self.next.set(index + 1);
        Some((index, self.entries.get(index)?))
    }

    fn call(&self) -> OneCall<'_> {
        OneCall {
            account: self.account,
            interrupts: self.interrupts,
            timeout: self.settings.timeout,
            policy: RetryPolicy {
                max_retries: self.settings.max_retries,
                in_batch: true,
            },
        }
    }

    fn finished(&self, index: usize, given: &JsValue, result: &Result<CanceledOrders, Failure>) {
        let count = if result.is_ok() {
            &self.canceled
        } else {
            &self.failed
        };
        count.set(count.get() + 1);
        let result = cancel_result(given, result);
        if let Some(place) = self.results.borrow_mut().get_mut(index) {
            place.clone_from(&result);
        }
        if let Some(callback) = self.on_progress {
            self.report(callback, result);
        }
    }

    fn report(&self, callback: &Function, last: JsValue) {
        let (canceled, failed) = (self.canceled.get(), self.failed.get());
        let progress = object([
            ("done", (canceled + failed).into()),
            ("total", self.entries.len().into()),
            ("canceled", canceled.into()),
            ("failed", failed.into()),
            ("last", last),
        ]);
        // A callback that fails, now or later, must not cost the caller the results.
        if let Ok(returned) = callback.call1(&JsValue::UNDEFINED, &progress) {
            let _ = Promise::all_settled(&Array::of1(&returned));
        }
    }
}

fn cancel_result(given: &JsValue, result: &Result<CanceledOrders, Failure>) -> JsValue {
    let (name, value) = match result {
        Ok(orders) => ("order", parsed(orders).get(0)),
        Err(failure) => ("error", raise(failure)),
    };
    object([
        ("ok", result.is_ok().into()),
        ("request", given.clone()),
        (name, value),
    ])
}

/// The orders as JavaScript objects.
pub fn parsed(orders: &CanceledOrders) -> Array {
    // The text is a JSON array of moderate depth, which JavaScript can always read.
    let orders = JSON::parse(orders.json()).unwrap_or_default();
    orders.dyn_into().unwrap_or_default()
}
