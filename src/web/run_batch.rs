//! Carries out what the planner of a batch decides.

use super::calls::{CallEnd, Caller};
use super::clock;
use super::convert::{ErrorFactory, to_js};
use super::interrupts::Event;
use crate::batch::{Batch, Completion, Job, LookupFailure, Request};
use crate::confirmation::OrderResult;
use crate::endpoints::cancel_by_ids::CancelByIds;
use crate::endpoints::cancel_order::CancelOrder;
use crate::endpoints::get_order::GetOrder;
use crate::endpoints::list_orders_by_ids::ListOrdersByIds;
use crate::failure::{Attempts, StopReason};
use crate::order::Order;
use crate::outcome::Kind;
use crate::rate_budget::{DEFAULT_BLOCK, Priority};
use futures_util::future::{Either, LocalBoxFuture, pending, select, select_all};
use js_sys::{Array, Function, Promise};
use serde::Serialize;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// A batch under way.
pub struct BatchRun {
    batch: Batch<JsValue>,
    caller: Caller,
    /// Looks go on after the batch has stopped cancelling, and give way to cancellations.
    looker: Caller,
    works: Vec<LocalBoxFuture<'static, (usize, Completion<JsValue>)>>,
    halted: bool,
}

impl BatchRun {
    /// Sends what the budget has slots for.
    pub fn start(batch: Batch<JsValue>, mut caller: Caller) -> Self {
        let mut looker = caller.clone();
        looker.max_retries = 0;
        looker.in_batch = false;
        looker.priority = Priority::Lookup;
        // A batch stops by itself, so its event is its own.
        caller.interrupts.stopped = Rc::new(Event::default());
        let mut run = Self {
            batch,
            caller,
            looker,
            works: Vec::new(),
            halted: false,
        };
        run.send();
        run
    }

    /// The next entry that has ended.
    pub async fn next(&mut self) -> Option<usize> {
        loop {
            if let Some(entry) = self.batch.take_finished() {
                return Some(entry);
            }
            if self.batch.is_done() {
                return None;
            }
            self.send();
            self.wait().await;
        }
    }

    pub fn result(&self, entry: usize) -> Option<&OrderResult<JsValue>> {
        self.batch.result(entry)
    }

    /// Entries of one order have the same.
    pub fn order_of(&self, entry: usize) -> usize {
        self.batch.order_of(entry)
    }

    /// Whether it ended before everything was sent.
    pub fn is_stopped(&self) -> bool {
        self.batch.is_stopped()
    }

    fn send(&mut self) {
        while let Some(work) = self.batch.next(clock::now()) {
            self.works.push(self.perform(work));
        }
    }

    /// Waits for an answer, for the time of a look, or for an interrupt.
    async fn wait(&mut self) {
        let now = clock::now();
        let wakes_at = self.batch.wake_at(now);
        let nothing_to_do = self.works.is_empty() && wakes_at.is_none();
        let sleep = async {
            match wakes_at {
                Some(moment) => clock::sleep(moment.saturating_sub(now)).await,
                None => pending().await,
            }
        };
        let works = &mut self.works;
        let answer = async {
            if works.is_empty() {
                pending().await
            } else {
                let (answer, work, _) = select_all(works.iter_mut()).await;
                drop(works.swap_remove(work));
                answer
            }
        };
        let (answer, sleep) = (pin!(answer), pin!(sleep));
        let event = select(answer, sleep);
        let event = if self.halted {
            Ok(event.await)
        } else {
            self.looker.interrupts.cut_short(event).await
        };
        match event {
            Ok(Either::Left(((id, end), _))) => {
                self.batch.complete(id, end, clock::now());
                if self.batch.is_stopped() {
                    self.caller.interrupts.stopped.fire();
                }
            }
            Ok(_) => debug_assert!(!nothing_to_do, "a batch waits for something"),
            Err(halt) => {
                self.halted = true;
                self.batch.interrupt(halt);
            }
        }
    }

    fn perform(
        &self,
        Job { id, request }: Job,
    ) -> LocalBoxFuture<'static, (usize, Completion<JsValue>)> {
        match request {
            Request::Cancel {
                order,
                previous,
                single_attempt,
            } => {
                let mut caller = self.caller.clone();
                if single_attempt {
                    caller.max_retries = 0;
                    caller.in_batch = false;
                }
                let call = caller.call(CancelOrder(order), previous);
                Box::pin(async move {
                    let CallEnd {
                        result, requests, ..
                    } = call.await;
                    (id, Completion::Canceled(result, requests))
                })
            }
            Request::CancelByIds(orders) => {
                let call = self.caller.call(CancelByIds(orders), Attempts::default());
                Box::pin(async move {
                    let CallEnd {
                        result, requests, ..
                    } = call.await;
                    (id, Completion::CanceledByIds(result, requests))
                })
            }
            Request::Lookup(order, limit) => {
                let call = self
                    .looker(limit)
                    .call(GetOrder(order), Attempts::default());
                let call = async move { call.await.map(|order| vec![order]) };
                look(id, limit, Box::pin(call))
            }
            Request::LookupByIds(orders, limit) => {
                let looker = self.looker(limit);
                let call = looker.call(ListOrdersByIds(orders), Attempts::default());
                look(id, limit, Box::pin(call))
            }
        }
    }

    fn looker(&self, limit: Duration) -> Caller {
        let mut looker = self.looker.clone();
        looker.timeout = looker.timeout.min(limit);
        looker
    }
}

/// A look that has not ended in time has failed.
fn look(
    id: usize,
    limit: Duration,
    call: LocalBoxFuture<'static, CallEnd<Vec<Order<JsValue>>>>,
) -> LocalBoxFuture<'static, (usize, Completion<JsValue>)> {
    Box::pin(async move {
        let looked = match select(call, pin!(clock::sleep(limit))).await {
            Either::Left((end, _)) => looked(end),
            Either::Right(_) => Err(LookupFailure::Inconclusive),
        };
        (id, Completion::LookedUp(looked))
    })
}

fn looked(end: CallEnd<Vec<Order<JsValue>>>) -> Result<Vec<Order<JsValue>>, LookupFailure> {
    let failure = match end.result {
        Ok(orders) => return Ok(orders),
        Err(failure) => failure,
    };
    let told = failure.retry_after_ms.map(clock::from_ms);
    match (end.halted, failure.kind) {
        (Some(halt), _) => Err(LookupFailure::Stopped(halt)),
        (None, Kind::RateLimited) if failure.status == Some(418) => Err(LookupFailure::Stopped(
            StopReason::Blocked(told.unwrap_or(DEFAULT_BLOCK)),
        )),
        (None, Kind::Rejected) if failure.is_order_not_found() => Ok(Vec::new()),
        (None, _) => Err(failure.into()),
    }
}

/// One result of a batch, for JavaScript.
#[derive(Serialize)]
pub struct CancelResult {
    ok: bool,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    request: JsValue,
    #[serde(
        skip_serializing_if = "JsValue::is_undefined",
        with = "serde_wasm_bindgen::preserve"
    )]
    order: JsValue,
    #[serde(
        skip_serializing_if = "JsValue::is_undefined",
        with = "serde_wasm_bindgen::preserve"
    )]
    error: JsValue,
}

impl CancelResult {
    pub fn told(request: &JsValue, told: Result<JsValue, JsValue>) -> JsValue {
        let ok = told.is_ok();
        let (order, error) = match told {
            Ok(order) => (order, JsValue::UNDEFINED),
            Err(error) => (JsValue::UNDEFINED, error),
        };
        to_js(&Self {
            ok,
            request: request.clone(),
            order,
            error,
        })
    }
}

/// How far a batch is, for JavaScript.
#[derive(Serialize)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub canceled: usize,
    pub failed: usize,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub last: JsValue,
}

impl Progress {
    /// A callback that fails, now or later, must not cost the caller the results.
    pub fn report(&self, callback: Option<&Function>) {
        let Some(callback) = callback else {
            return;
        };
        if let Ok(returned) = callback.call1(&JsValue::UNDEFINED, &to_js(self)) {
            let _ = Promise::all_settled(&Array::of1(&returned));
        }
    }
}

/// Runs a batch of entries that the caller gave. The results come in the order of the entries.
pub async fn run(
    mut run: BatchRun,
    given: Vec<JsValue>,
    errors: ErrorFactory,
    on_progress: Option<Function>,
) -> Array {
    let results = Array::new_with_length(u32::try_from(given.len()).unwrap_or(u32::MAX));
    // By order, of which there are no more than entries.
    let mut told = vec![None; given.len()];
    let mut progress = Progress {
        done: 0,
        total: given.len(),
        canceled: 0,
        failed: 0,
        last: JsValue::UNDEFINED,
    };
    while let Some(entry) = run.next().await {
        let (Some(ended), Some(request), Some(same)) = (
            run.result(entry),
            given.get(entry),
            told.get_mut(run.order_of(entry)),
        ) else {
            continue;
        };
        let same = same.get_or_insert_with(|| errors.told(ended.clone()));
        progress.done += 1;
        progress.canceled += usize::from(ended.is_ok());
        progress.failed += usize::from(ended.is_err());
        progress.last = CancelResult::told(request, same.clone());
        results.set(
            u32::try_from(entry).unwrap_or(u32::MAX),
            progress.last.clone(),
        );
        progress.report(on_progress.as_ref());
    }
    results
}
