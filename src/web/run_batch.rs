//! Sends the requests that a [`Batch`] plans, and reports its results.

use super::calls::{Caller, CompletedCall};
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

/// A request in flight. Resolves to its id in the batch and its result.
type PendingRequest = LocalBoxFuture<'static, (usize, Completion<JsValue>)>;

/// A running batch.
pub struct BatchRun {
    batch: Batch<JsValue>,
    caller: Caller,
    /// Makes the lookups. They continue when the batch stops sending cancellations.
    lookup_caller: Caller,
    in_flight: Vec<PendingRequest>,
    interrupted: bool,
}

impl BatchRun {
    /// Starts a batch. Requests that the rate budget has slots for are sent before this returns.
    pub fn start(batch: Batch<JsValue>, mut caller: Caller) -> Self {
        let lookup_caller = Caller {
            max_retries: 0,
            in_batch: false,
            priority: Priority::Lookup,
            ..caller.clone()
        };
        // Only for this batch, and not for its lookups.
        caller.interrupts.stopped = Rc::new(Event::default());
        let mut run = Self {
            batch,
            caller,
            lookup_caller,
            in_flight: Vec::new(),
            interrupted: false,
        };
        run.send();
        run
    }

    /// Waits for the next entry that has its result. `None` if all have been returned.
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

    /// The index of an entry's order. Entries of the same order have the same result.
    pub fn order_of(&self, entry: usize) -> usize {
        self.batch.order_of(entry)
    }

    /// Whether the batch stopped sending cancellations early.
    pub fn is_stopped(&self) -> bool {
        self.batch.is_stopped()
    }

    fn send(&mut self) {
        while let Some(job) = self.batch.next(clock::now()) {
            self.in_flight.push(self.start_request(job));
        }
    }

    /// Waits for a response, for the next lookup, or for an interrupt.
    async fn wait(&mut self) {
        let now = clock::now();
        let wake_at = self.batch.wake_at(now);
        let sleep = async {
            match wake_at {
                Some(moment) => clock::sleep(moment.saturating_sub(now)).await,
                None => pending().await,
            }
        };
        let in_flight = &mut self.in_flight;
        let completion = async {
            if in_flight.is_empty() {
                pending().await
            } else {
                let (completion, index, _) = select_all(in_flight.iter_mut()).await;
                drop(in_flight.swap_remove(index));
                completion
            }
        };
        let (completion, sleep) = (pin!(completion), pin!(sleep));
        let event = select(completion, sleep);
        let event = if self.interrupted {
            Ok(event.await)
        } else {
            self.lookup_caller.interrupts.interruptible(event).await
        };
        match event {
            Ok(Either::Left(((id, completion), _))) => {
                self.batch.complete(id, completion, clock::now());
                if self.batch.is_stopped() {
                    self.caller.interrupts.stopped.fire();
                }
            }
            Ok(Either::Right(_)) => (),
            Err(reason) => {
                self.interrupted = true;
                self.batch.interrupt(reason);
            }
        }
    }

    fn start_request(&self, Job { id, request }: Job) -> PendingRequest {
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
                    let completed = call.await;
                    let completion = Completion::Canceled(completed.result, completed.attempts);
                    (id, completion)
                })
            }
            Request::CancelByIds(orders) => {
                let call = self.caller.call(CancelByIds(orders), Attempts::default());
                Box::pin(async move {
                    let completed = call.await;
                    let completion =
                        Completion::CanceledByIds(completed.result, completed.attempts);
                    (id, completion)
                })
            }
            Request::Lookup(order, timeout) => {
                let caller = self.caller_for_lookup(timeout);
                let call = caller.call(GetOrder(order), Attempts::default());
                let call = async move { call.await.map(|order| vec![order]) };
                look_up(id, timeout, Box::pin(call))
            }
            Request::LookupByIds(orders, timeout) => {
                let caller = self.caller_for_lookup(timeout);
                let call = caller.call(ListOrdersByIds(orders), Attempts::default());
                look_up(id, timeout, Box::pin(call))
            }
        }
    }

    fn caller_for_lookup(&self, timeout: Duration) -> Caller {
        let mut caller = self.lookup_caller.clone();
        caller.timeout = caller.timeout.min(timeout);
        caller
    }
}

/// Waits for a lookup. The timeout includes the wait for a slot.
fn look_up(
    id: usize,
    timeout: Duration,
    call: LocalBoxFuture<'static, CompletedCall<Vec<Order<JsValue>>>>,
) -> PendingRequest {
    Box::pin(async move {
        let result = match select(call, pin!(clock::sleep(timeout))).await {
            Either::Left((completed, _)) => lookup_result(completed),
            Either::Right(_) => Err(LookupFailure::Inconclusive),
        };
        (id, Completion::LookedUp(result))
    })
}

fn lookup_result(
    completed: CompletedCall<Vec<Order<JsValue>>>,
) -> Result<Vec<Order<JsValue>>, LookupFailure> {
    let failure = match completed.result {
        Ok(orders) => return Ok(orders),
        Err(failure) => failure,
    };
    let retry_after = failure.retry_after_ms.map(clock::from_ms);
    match (completed.stopped, failure.kind) {
        (Some(reason), _) => Err(LookupFailure::Stopped(reason)),
        (None, Kind::RateLimited) if failure.status == Some(418) => Err(LookupFailure::Stopped(
            StopReason::Blocked(retry_after.unwrap_or(DEFAULT_BLOCK)),
        )),
        (None, Kind::Rejected) if failure.is_order_not_found() => Ok(Vec::new()),
        (None, _) => Err(failure.into()),
    }
}

/// A `CancelResult`, for JavaScript.
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
    pub fn to_js(request: &JsValue, result: Result<JsValue, JsValue>) -> JsValue {
        let ok = result.is_ok();
        let (order, error) = match result {
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

/// The `Progress` of a batch, for JavaScript.
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
    /// Calls `onProgress`. Ignores what it throws, and the rejection of a promise that it returns, because
    /// the caller still needs the results.
    pub fn report(&self, on_progress: &Function) {
        if let Ok(returned) = on_progress.call1(&JsValue::UNDEFINED, &to_js(self)) {
            let _ = Promise::all_settled(&Array::of1(&returned));
        }
    }
}

/// Runs a batch to its end. The results are in the order of the entries. `requests`: the entries as the
/// caller passed them.
pub async fn run_to_end(
    mut run: BatchRun,
    requests: Vec<JsValue>,
    errors: ErrorFactory,
    on_progress: Option<Function>,
) -> Array {
    let results = Array::new_with_length(u32::try_from(requests.len()).unwrap_or(u32::MAX));
    // By the index of the order, so that entries of the same order get the same object.
    let mut converted = vec![None; requests.len()];
    let mut progress = Progress {
        done: 0,
        total: requests.len(),
        canceled: 0,
        failed: 0,
        last: JsValue::UNDEFINED,
    };
    while let Some(entry) = run.next().await {
        let (Some(result), Some(request), Some(converted)) = (
            run.result(entry),
            requests.get(entry),
            converted.get_mut(run.order_of(entry)),
        ) else {
            continue;
        };
        let converted = converted.get_or_insert_with(|| errors.convert(result.clone()));
        progress.done += 1;
        progress.canceled += usize::from(result.is_ok());
        progress.failed += usize::from(result.is_err());
        progress.last = CancelResult::to_js(request, converted.clone());
        results.set(
            u32::try_from(entry).unwrap_or(u32::MAX),
            progress.last.clone(),
        );
        if let Some(on_progress) = &on_progress {
            progress.report(on_progress);
        }
    }
    results
}
