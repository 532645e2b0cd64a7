//! The exports to JavaScript.
//!
//! No export returns a single reference: V8 11 to 12.9 (Node.js 20, 22) inlines such calls and aborts the
//! process if the caller is deoptimised during the call. A `Result` returns several values and is never
//! inlined. The build checks this.

use super::abort::AbortSignals;
use super::account::Account;
use super::arguments::{
    self, BATCH_OPTIONS, CALL_OPTIONS, CANCEL_OPTIONS, CLIENT_OPTIONS, CallArguments,
    ClientArguments, Entries,
};
use super::calls::Caller;
use super::convert::{ErrorFactory, orders_to_js, to_js};
use super::interrupts::{Event, Interrupts};
use super::reservation::{BudgetRegistry, Registration};
use super::run_batch::{self, BatchRun};
use super::run_cancel_all::{CancelAllRun, list};
use crate::batch::{Batch, Request, SendMode};
use crate::confirmation::OrderResult;
use crate::endpoint::Endpoint;
use crate::endpoints::cancel_by_ids::{CancelByIds, CancelReport};
use crate::endpoints::cancel_open::CancelOpen;
use crate::endpoints::cancel_order::CancelOrder;
use crate::endpoints::get_order::GetOrder;
use crate::failure::{Attempts, Failure, StopReason};
use crate::invalid::Invalid;
use crate::rate_budget::Priority;
use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Function, Promise};
use serde::Serialize;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// The core of one copy of the package.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Core {
    registry: BudgetRegistry,
    signals: AbortSignals,
}

#[wasm_bindgen]
impl Core {
    /// A core that uses the budgets of this registry.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(registry: BudgetRegistry) -> Self {
        Self {
            registry,
            signals: AbortSignals::default(),
        }
    }

    /// Creates a client for several calls.
    ///
    /// # Errors
    /// An `UpbitError` for invalid arguments.
    #[wasm_bindgen(js_name = openClient)]
    pub fn open_client(&self, options: &JsValue, new_error: Function) -> Result<Client, JsValue> {
        let errors = ErrorFactory::new(new_error);
        self.open(options, &[CLIENT_OPTIONS])
            .map_err(|invalid| errors.error(&invalid.into()))
    }

    /// Runs one operation with a client for this call only.
    ///
    /// # Errors
    /// An `UpbitError` for invalid arguments.
    pub fn call(
        &self,
        operation: &str,
        argument: &JsValue,
        options: &JsValue,
        new_error: Function,
    ) -> Result<Promise, JsValue> {
        let errors = ErrorFactory::new(new_error);
        self.start(operation, argument, options, &errors)
            .map_err(|failure| errors.error(&failure))
    }

    /// Method, URL and claims of the requests that `cancelByIds` would send, or of that of `cancelOrder` for a
    /// single order. Sends nothing.
    ///
    /// # Errors
    /// An `UpbitError` for invalid arguments.
    #[wasm_bindgen(js_name = previewRequest)]
    pub fn preview_request(
        &self,
        orders: &JsValue,
        options: &JsValue,
        new_error: Function,
    ) -> Result<JsValue, JsValue> {
        let errors = ErrorFactory::new(new_error);
        let client = self.open(options, &[CLIENT_OPTIONS, BATCH_OPTIONS]);
        let previews = client
            .map_err(Failure::from)
            .and_then(|client| client.preview(orders));
        previews.map_err(|failure| errors.error(&failure))
    }
}

impl Core {
    fn start(
        &self,
        operation: &str,
        argument: &JsValue,
        options: &JsValue,
        errors: &ErrorFactory,
    ) -> Result<Promise, Failure> {
        let operation = Operation::from_name(operation)?;
        let known = [CLIENT_OPTIONS, operation.options()];
        self.open(options, &known)?
            .start(operation, argument, options, &known, errors)
    }

    fn open(&self, options: &JsValue, known: &[&[&str]]) -> Result<Client, Invalid> {
        let ClientArguments {
            credentials,
            base_url,
            settings,
            requests_per_second,
        } = arguments::client(options, known)?;
        let digest = credentials.account_digest(base_url.as_str());
        let registration = Registration::new(&self.registry, &digest, requests_per_second);
        let account = Account::new(credentials, base_url, settings, registration);
        Ok(Client {
            account: Rc::new(account),
            signals: self.signals.clone(),
        })
    }
}

/// An operation of a client.
#[derive(Clone, Copy)]
enum Operation {
    CancelOrder,
    CancelOrders,
    CancelByIds,
    CancelAllOrders,
    CancelOpen,
    GetOrder,
    ListOpenOrders,
}

impl Operation {
    /// The operation of the function with this name.
    fn from_name(name: &str) -> Result<Self, Invalid> {
        Ok(match name {
            "cancelOrder" => Self::CancelOrder,
            "cancelOrders" => Self::CancelOrders,
            "cancelByIds" => Self::CancelByIds,
            "cancelAllOrders" => Self::CancelAllOrders,
            "cancelOpen" => Self::CancelOpen,
            "getOrder" => Self::GetOrder,
            "listOpenOrders" => Self::ListOpenOrders,
            _ => return Err(Invalid::new("operation", "is unknown")),
        })
    }

    fn options(self) -> &'static [&'static str] {
        match self {
            Self::CancelOrder => CANCEL_OPTIONS,
            Self::CancelOrders | Self::CancelByIds | Self::CancelAllOrders => BATCH_OPTIONS,
            Self::CancelOpen | Self::GetOrder | Self::ListOpenOrders => CALL_OPTIONS,
        }
    }
}

/// A client.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Client {
    account: Rc<Account>,
    signals: AbortSignals,
}

#[wasm_bindgen]
impl Client {
    /// Runs one operation.
    ///
    /// # Errors
    /// An `UpbitError` for invalid arguments, or if the client is closed.
    pub fn call(
        &self,
        operation: &str,
        argument: &JsValue,
        options: &JsValue,
        new_error: Function,
    ) -> Result<Promise, JsValue> {
        let errors = ErrorFactory::new(new_error);
        Operation::from_name(operation)
            .map_err(Failure::from)
            .and_then(|operation| {
                self.start(
                    operation,
                    argument,
                    options,
                    &[operation.options()],
                    &errors,
                )
            })
            .map_err(|failure| errors.error(&failure))
    }

    /// Method, URL and claims of the requests that `cancelByIds` would send, or of that of `cancelOrder` for a
    /// single order. Sends nothing.
    ///
    /// # Errors
    /// An `UpbitError` for invalid arguments, or if the client is closed.
    #[wasm_bindgen(js_name = previewRequest)]
    pub fn preview_request(
        &self,
        orders: &JsValue,
        new_error: Function,
    ) -> Result<JsValue, JsValue> {
        let errors = ErrorFactory::new(new_error);
        self.preview(orders)
            .map_err(|failure| errors.error(&failure))
    }

    /// Wipes the keys. Requests in flight still complete, without retries.
    pub fn close(&self) {
        self.account.close();
    }
}

/// A running call. Resolves to the value or the error of the promise.
type CallFuture = LocalBoxFuture<'static, OrderResult<JsValue>>;

/// What a call needs to run.
struct Session {
    caller: Caller,
    confirm: Duration,
    errors: ErrorFactory,
    on_progress: Option<Function>,
}

impl Client {
    fn preview(&self, orders: &JsValue) -> Result<JsValue, Failure> {
        // Fails if the client is closed.
        self.account.registration()?;
        if !arguments::is_iterable(orders) {
            return Ok(self.preview_of(&CancelOrder(arguments::order_ref(orders)?))?);
        }
        let entries = arguments::entries(orders)?.orders;
        let orders = entries.into_iter().collect::<Result<Vec<_>, _>>()?;
        let batch: Batch<JsValue> = Batch::new(
            orders.into_iter().map(Ok).collect(),
            SendMode::ByIds,
            Duration::ZERO,
        );
        let previews = batch.preview().into_iter().map(|request| match request {
            Request::CancelByIds(orders) => self.preview_of(&CancelByIds(orders)),
            Request::Cancel { order, .. } | Request::Lookup(order, _) => {
                self.preview_of(&CancelOrder(order))
            }
            Request::LookupByIds(..) => Ok(JsValue::NULL),
        });
        Ok(previews.collect::<Result<Array, StopReason>>()?.into())
    }

    fn preview_of<E: Endpoint>(&self, endpoint: &E) -> Result<JsValue, StopReason> {
        self.account.preview(E::METHOD, E::PATH, &endpoint.query())
    }

    /// Starts an operation. Requests that the rate budget has slots for are sent before this returns.
    fn start(
        &self,
        operation: Operation,
        argument: &JsValue,
        options: &JsValue,
        known: &[&[&str]],
        errors: &ErrorFactory,
    ) -> Result<Promise, Failure> {
        // Fails if the client is closed.
        self.account.registration()?;
        let CallArguments {
            settings,
            signal,
            on_progress,
        } = arguments::call(options, known, self.account.settings)?;
        let listener = self.signals.listen(signal)?;
        let caller = Caller {
            account: self.account.clone(),
            interrupts: Interrupts {
                aborted: listener.event().clone(),
                closed: self.account.closed.clone(),
                stopped: Rc::new(Event::default()),
            },
            timeout: settings.timeout,
            max_retries: settings.max_retries,
            in_batch: false,
            priority: Priority::Cancellation,
        };
        let session = Session {
            caller,
            confirm: settings.confirm,
            errors: errors.clone(),
            on_progress,
        };
        let call = session.start(operation, argument)?;
        let errors = errors.clone();
        Ok(future_to_promise(async move {
            let result = call.await;
            // Moves the listener into the future, so that it listens until here.
            drop(listener);
            errors.convert(result)
        }))
    }
}

impl Session {
    fn start(self, operation: Operation, argument: &JsValue) -> Result<CallFuture, Invalid> {
        match operation {
            Operation::CancelOrder => self.cancel_order(argument),
            Operation::CancelOrders => self.cancel_many(argument, SendMode::OneByOne),
            Operation::CancelByIds => self.cancel_many(argument, SendMode::ByIds),
            Operation::CancelAllOrders => self.cancel_all_orders(argument),
            Operation::CancelOpen => self.cancel_open(argument),
            Operation::GetOrder => self.get_order(argument),
            Operation::ListOpenOrders => self.list_open_orders(argument),
        }
    }

    fn cancel_order(self, order: &JsValue) -> Result<CallFuture, Invalid> {
        let order = arguments::order_ref(order)?;
        if self.confirm.is_zero() {
            let call = self.caller.call(CancelOrder(order), Attempts::default());
            return Ok(Box::pin(async move {
                Ok(Array::of1(call.await.result?.value()).into())
            }));
        }
        let batch = Batch::new(vec![Ok(order)], SendMode::Single, self.confirm);
        let mut run = BatchRun::start(batch, self.caller);
        Ok(Box::pin(async move {
            while run.next().await.is_some() {}
            let result = run.result(0).ok_or(StopReason::BatchStopped);
            let order = result.map_err(Failure::from)?.clone()?;
            Ok(Array::of1(&order).into())
        }))
    }

    fn cancel_many(mut self, orders: &JsValue, mode: SendMode) -> Result<CallFuture, Invalid> {
        let Entries { values, orders } = arguments::entries(orders)?;
        self.caller.in_batch = true;
        let run = BatchRun::start(Batch::new(orders, mode, self.confirm), self.caller);
        Ok(Box::pin(async move {
            let results = run_batch::run_to_end(run, values, self.errors, self.on_progress).await;
            Ok(results.into())
        }))
    }

    fn cancel_all_orders(mut self, filter: &JsValue) -> Result<CallFuture, Invalid> {
        let filter = arguments::cancel_filter(filter)?;
        self.caller.in_batch = true;
        let run = CancelAllRun {
            caller: self.caller,
            filter,
            confirm: self.confirm,
            errors: self.errors,
            on_progress: self.on_progress,
        };
        Ok(Box::pin(async move { Ok(run.run().await?) }))
    }

    fn cancel_open(self, filter: &JsValue) -> Result<CallFuture, Invalid> {
        let filter = arguments::cancel_open_filter(filter)?;
        let count = filter.count;
        let call = self.caller.call(CancelOpen(filter), Attempts::default());
        Ok(Box::pin(async move {
            let report = match call.await.result {
                // No order matches the filter.
                Err(failure) if failure.is_order_not_found() => CancelReport::default(),
                result => result?,
            };
            Ok(to_js(&CancelOpenResult {
                may_remain: report.canceled.len() >= count,
                canceled: orders_to_js(report.canceled),
                failed: orders_to_js(report.failed),
            }))
        }))
    }

    fn get_order(self, order: &JsValue) -> Result<CallFuture, Invalid> {
        let order = arguments::order_ref(order)?;
        let call = self.caller.call(GetOrder(order), Attempts::default());
        Ok(Box::pin(async move { Ok(call.await.result?.into_value()) }))
    }

    fn list_open_orders(self, filter: &JsValue) -> Result<CallFuture, Invalid> {
        let filter = arguments::order_filter(filter)?;
        Ok(Box::pin(async move {
            let open = list(&self.caller, &filter).await?;
            Ok(orders_to_js(open).into())
        }))
    }
}

/// A `CancelOpenResult`, for JavaScript.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CancelOpenResult {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    canceled: Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    failed: Array,
    may_remain: bool,
}
