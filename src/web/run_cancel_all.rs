//! Runs `listOpenOrders` and `cancelAllOrders`.

use super::calls::Caller;
use super::clock;
use super::convert::{ErrorFactory, orders_to_js, to_js};
use super::run_batch::{BatchRun, CancelResult, Progress};
use crate::batch::{Batch, SendMode};
use crate::cancel_all::{CancelAll, MAX_SNAPSHOTS, Snapshot, Step};
use crate::confirmation::OrderResult;
use crate::endpoints::list_open_orders::ListOpenOrders;
use crate::failure::{Attempts, Failure};
use crate::filter::OrderFilter;
use crate::hint;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::outcome::{Kind, Outcome};
use js_sys::{Array, Function};
use serde::Serialize;
use std::time::Duration;
use wasm_bindgen::JsValue;

type Orders = Vec<Order<JsValue>>;

/// Lists the open orders that match a filter.
pub async fn list(caller: &Caller, filter: &OrderFilter) -> Result<Orders, Failure> {
    Ok(read_snapshot(caller, filter).await?.matching(filter))
}

/// The same, but reads further snapshots until an empty list is conclusive.
async fn list_conclusively(caller: &Caller, filter: &OrderFilter) -> Result<Orders, Failure> {
    let mut previous = None;
    for _ in 0..MAX_SNAPSHOTS {
        let snapshot = read_snapshot(caller, filter).await?;
        if let Some(open) = snapshot.if_conclusive(previous.as_ref(), filter) {
            return Ok(open);
        }
        previous = Some(snapshot);
    }
    let message = "the list of open orders kept changing while it was read, so it proves nothing";
    Err(Failure {
        hint: Some(hint::LIST_AGAIN),
        ..Failure::not_sent(Kind::Unconfirmed, message)
    })
}

/// Reads all pages of the list of each market.
async fn read_snapshot(
    caller: &Caller,
    filter: &OrderFilter,
) -> Result<Snapshot<JsValue>, Failure> {
    let markets: Vec<_> = if filter.markets.is_empty() {
        vec![None]
    } else {
        filter.markets.iter().cloned().map(Some).collect()
    };
    let states: Vec<_> = filter.states().into_iter().map(str::to_owned).collect();
    let mut snapshot = Snapshot::default();
    for market in markets {
        snapshot.begin_list();
        let mut request = ListOpenOrders {
            market,
            states: states.clone(),
            page: 1,
        };
        loop {
            let page = caller
                .call(request.clone(), Attempts::default())
                .await
                .result?;
            let has_new = snapshot.add_page(page.orders);
            if page.is_last || !has_new {
                break;
            }
            request.page += 1;
        }
    }
    Ok(snapshot)
}

/// A `CancelAllResult`, for JavaScript.
#[derive(Serialize)]
struct CancelAllResult {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    results: Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    remaining: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    error: JsValue,
}

/// A call of `cancelAllOrders`.
pub struct CancelAllRun {
    pub caller: Caller,
    pub filter: OrderFilter,
    pub confirm: Duration,
    pub errors: ErrorFactory,
    pub on_progress: Option<Function>,
}

impl CancelAllRun {
    /// Cancels the open orders round by round. Fails only if the first list fails.
    pub async fn run(self) -> Result<JsValue, Failure> {
        let mut all = CancelAll::default();
        let first = list_conclusively(&self.caller, &self.filter).await;
        let mut open = first.map_err(with_permission_hint)?;
        loop {
            let step = match all.next_step(&open) {
                Step::Cancel(orders) => {
                    self.cancel(&mut all, orders).await;
                    all.next_wait()
                }
                step => step,
            };
            let Step::Wait(wait) = step else {
                return Ok(self.result(&all, Ok(open)));
            };
            let waited = self
                .caller
                .interrupts
                .interruptible(clock::sleep(wait))
                .await;
            let listed = match waited {
                Ok(()) => list_conclusively(&self.caller, &self.filter).await,
                Err(reason) => Err(reason.into()),
            };
            open = match listed {
                Ok(open) => open,
                Err(failure) => return Ok(self.result(&all, Err(failure))),
            };
        }
    }

    async fn cancel(&self, all: &mut CancelAll<JsValue>, orders: Vec<OrderRef>) {
        let uuids: Vec<String> = orders
            .iter()
            .map(|order| order.parameter().1.to_owned())
            .collect();
        let batch = Batch::new(
            orders.into_iter().map(Ok).collect(),
            SendMode::ByIds,
            self.confirm,
        );
        let mut run = BatchRun::start(batch, self.caller.clone());
        while let Some(entry) = run.next().await {
            let (Some(result), Some(uuid)) = (run.result(entry), uuids.get(entry)) else {
                continue;
            };
            all.record(uuid, result.clone());
            self.report_progress(all, uuid);
        }
        if run.is_stopped() {
            all.stop();
        }
    }

    /// Reports the progress after the result of an order.
    fn report_progress(&self, all: &CancelAll<JsValue>, uuid: &str) {
        let Some(on_progress) = &self.on_progress else {
            return;
        };
        let results: Vec<_> = all.results().collect();
        let canceled = results.iter().filter(|(_, result)| result.is_ok()).count();
        let last = results.iter().find(|(order, _)| order.uuid() == uuid);
        let Some((order, result)) = last else {
            return;
        };
        let progress = Progress {
            done: results.len(),
            total: all.total(),
            canceled,
            failed: results.len() - canceled,
            last: self.cancel_result(order, result),
        };
        progress.report(on_progress);
    }

    /// The result of an order. Its `request` is the order from the list.
    fn cancel_result(&self, order: &Order<JsValue>, result: &OrderResult<JsValue>) -> JsValue {
        CancelResult::to_js(order.value(), self.errors.convert(result.clone()))
    }

    fn result(&self, all: &CancelAll<JsValue>, open: Result<Orders, Failure>) -> JsValue {
        let (remaining, error) = match open {
            Ok(open) => (orders_to_js(open).into(), JsValue::NULL),
            Err(failure) => (JsValue::NULL, self.errors.error(&failure)),
        };
        to_js(&CancelAllResult {
            results: all
                .results()
                .map(|(order, result)| self.cancel_result(order, result))
                .collect(),
            remaining,
            error,
        })
    }
}

/// If the key may not list orders, the hint names `cancelOpen`, which needs no list.
fn with_permission_hint(failure: Failure) -> Failure {
    if failure.code.as_deref() == Some("out_of_scope") && failure.outcome == Outcome::NotCanceled {
        return Failure {
            hint: Some(hint::LIST_NEEDS_VIEW_ORDERS),
            ..failure
        };
    }
    failure
}
