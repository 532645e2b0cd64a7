//! Carries out `listOpenOrders` and `cancelAllOrders`.

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

/// Lists the open orders that a filter names.
pub async fn list(caller: &Caller, filter: &OrderFilter) -> Result<Orders, Failure> {
    read(caller, filter)
        .await
        .map(|reading| reading.matching(filter))
}

/// The same, where an empty list has to be a proof.
async fn list_for_proof(caller: &Caller, filter: &OrderFilter) -> Result<Orders, Failure> {
    let mut before = None;
    for _ in 0..MAX_SNAPSHOTS {
        let reading = read(caller, filter).await?;
        if let Some(open) = reading.if_conclusive(before.as_ref(), filter) {
            return Ok(open);
        }
        before = Some(reading);
    }
    let message = "the list of open orders kept changing while it was read, so it proves nothing";
    Err(Failure {
        hint: Some(hint::LIST_AGAIN),
        ..Failure::not_sent(Kind::Unconfirmed, message)
    })
}

/// All pages of the lists of all markets.
async fn read(caller: &Caller, filter: &OrderFilter) -> Result<Snapshot<JsValue>, Failure> {
    let markets: Vec<_> = if filter.markets.is_empty() {
        vec![None]
    } else {
        filter.markets.iter().cloned().map(Some).collect()
    };
    let states: Vec<_> = filter.states().into_iter().map(str::to_owned).collect();
    let mut reading = Snapshot::default();
    for market in markets {
        reading.begin_list();
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
            let new = reading.add_page(page.orders);
            if page.is_last || !new {
                break;
            }
            request.page += 1;
        }
    }
    Ok(reading)
}

/// What `cancelAllOrders` tells.
#[derive(Serialize)]
struct CancelAllResult {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    results: Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    remaining: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    error: JsValue,
}

/// A call of `cancelAllOrders` under way.
pub struct CancelAllRun {
    pub caller: Caller,
    pub filter: OrderFilter,
    pub confirm: Duration,
    pub errors: ErrorFactory,
    pub on_progress: Option<Function>,
}

impl CancelAllRun {
    /// Lists, cancels, and lists again. Rejects only if the first list fails.
    pub async fn run(self) -> Result<JsValue, Failure> {
        let mut all = CancelAll::default();
        let first = list_for_proof(&self.caller, &self.filter).await;
        let mut open = first.map_err(named_permission)?;
        loop {
            let step = match all.next_step(&open) {
                Step::Cancel(orders) => {
                    self.cancel(&mut all, orders).await;
                    all.next_wait()
                }
                step => step,
            };
            let Step::Wait(wait) = step else {
                return Ok(self.told(&all, Ok(open)));
            };
            let waited = self.caller.interrupts.cut_short(clock::sleep(wait)).await;
            let listed = match waited {
                Ok(()) => list_for_proof(&self.caller, &self.filter).await,
                Err(halt) => Err(halt.into()),
            };
            open = match listed {
                Ok(open) => open,
                Err(failure) => return Ok(self.told(&all, Err(failure))),
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
            let (Some(ended), Some(uuid)) = (run.result(entry), uuids.get(entry)) else {
                continue;
            };
            all.record(uuid, ended.clone());
            self.report(all, uuid);
        }
        if run.is_stopped() {
            all.stop();
        }
    }

    fn report(&self, all: &CancelAll<JsValue>, uuid: &str) {
        if self.on_progress.is_none() {
            return;
        }
        let results: Vec<_> = all.results().collect();
        let canceled = results.iter().filter(|(_, ended)| ended.is_ok()).count();
        let last = results.iter().find(|(order, _)| order.uuid() == uuid);
        let Some((order, ended)) = last else {
            return;
        };
        let progress = Progress {
            done: results.len(),
            total: all.total(),
            canceled,
            failed: results.len() - canceled,
            last: self.result(order, ended),
        };
        progress.report(self.on_progress.as_ref());
    }

    /// The order that was listed is what was asked to be canceled.
    fn result(&self, order: &Order<JsValue>, ended: &OrderResult<JsValue>) -> JsValue {
        CancelResult::told(order.value(), self.errors.told(ended.clone()))
    }

    fn told(&self, all: &CancelAll<JsValue>, open: Result<Orders, Failure>) -> JsValue {
        let (remaining, error) = match open {
            Ok(open) => (orders_to_js(open).into(), JsValue::NULL),
            Err(failure) => (JsValue::NULL, self.errors.error(&failure)),
        };
        to_js(&CancelAllResult {
            results: all
                .results()
                .map(|(order, ended)| self.result(order, ended))
                .collect(),
            remaining,
            error,
        })
    }
}

/// Without the permission to list there is another way to cancel.
fn named_permission(failure: Failure) -> Failure {
    if failure.code.as_deref() == Some("out_of_scope") && failure.outcome == Outcome::NotCanceled {
        return Failure {
            hint: Some(hint::LIST_NEEDS_VIEW_ORDERS),
            ..failure
        };
    }
    failure
}
