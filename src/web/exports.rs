//! Everything that JavaScript can see, and nothing else.
//!
//! No export has a lone reference as its result: optimised JavaScript of V8 11 to 12.9 (Node 20 and 22)
//! inlines such a call, and the process aborts when the caller is deoptimised meanwhile. A `Result`
//! has several results and is never inlined. The build checks it.

use super::abort::{AbortLink, AbortSignals};
use super::account::Account;
use super::arguments::{
    self, BATCH, CALL, CANCEL, CLIENT, CallArguments, ClientArguments, Entries,
};
use super::calls::Caller;
use super::convert::{ErrorFactory, orders_to_js, to_js};
use super::interrupts::{Event, Interrupts};
use super::place::{BudgetRegistry, Lease};
use super::run_batch::{self, BatchRun};
use super::run_cancel_all::{CancelAllRun, list};
use crate::batch::{Batch, Request, SendMode};
use crate::endpoint::Endpoint;
use crate::endpoints::cancel_by_ids::{CancelByIds, CancelReport};
use crate::endpoints::cancel_open::CancelOpen;
use crate::endpoints::cancel_order::CancelOrder;
use crate::endpoints::get_order::GetOrder;
use crate::failure::{Attempts, Failure, StopReason};
use crate::invalid::Invalid;
use crate::order::Order;
use crate::rate_budget::Priority;
use js_sys::{Array, Function, Promise};
use serde::Serialize;
use std::future::Future;
use std::pin::Pin;
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
    /// A core that shares its budgets with all copies that have this registry.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(registry: BudgetRegistry) -> Self {
        Self {
            registry,
            signals: AbortSignals::default(),
        }
    }

    /// Takes keys and settings for many calls.
    ///
    /// # Errors
    /// An `UpbitError` for wrong arguments.
    #[wasm_bindgen(js_name = openClient)]
    pub fn open_client(&self, options: &JsValue, new_error: Function) -> Result<Client, JsValue> {
        let errors = ErrorFactory::new(new_error);
        self.open(options, &[CLIENT])
            .map_err(|invalid| errors.error(&invalid.into()))
    }

    /// Runs one operation with keys that are forgotten afterwards.
    ///
    /// # Errors
    /// An `UpbitError` for wrong arguments.
    pub fn call(
        &self,
        operation: &str,
        first: &JsValue,
        options: &JsValue,
        new_error: Function,
    ) -> Result<Promise, JsValue> {
        let errors = ErrorFactory::new(new_error);
        let operation = Operation::from_name(operation);
        let known = [CLIENT, operation.options()];
        let started = self
            .open(options, &known)
            .map_err(Failure::from)
            .and_then(|client| client.start(operation, first, options, &known, errors.clone()));
        started
            .map(future_to_promise)
            .map_err(|failure| errors.error(&failure))
    }

    /// Method, URL and claims of the requests that would be sent; nothing is sent.
    ///
    /// # Errors
    /// An `UpbitError` for wrong arguments.
    #[wasm_bindgen(js_name = previewRequest)]
    pub fn preview_request(
        &self,
        orders: &JsValue,
        options: &JsValue,
        new_error: Function,
    ) -> Result<JsValue, JsValue> {
        let errors = ErrorFactory::new(new_error);
        let client = self.open(options, &[CLIENT, BATCH]);
        let previews = client
            .map_err(Failure::from)
            .and_then(|client| client.preview(orders));
        previews.map_err(|failure| errors.error(&failure))
    }
}

impl Core {
    fn open(&self, options: &JsValue, known: &[&[&str]]) -> Result<Client, Invalid> {
        let ClientArguments {
            credentials,
            base_url,
            settings,
            requests_per_second,
        } = arguments::client(options, known)?;
        let digest = credentials.account_digest(base_url.as_str());
        let lease = Lease::new(&self.registry, &digest, requests_per_second);
        let account = Account::new(credentials, base_url, settings, lease);
        Ok(Client {
            account: Rc::new(account),
            signals: self.signals.clone(),
        })
    }
}

/// What a client can do.
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
    /// By the name of its function.
    fn from_name(name: &str) -> Self {
        match name {
            "cancelOrders" => Self::CancelOrders,
            "cancelByIds" => Self::CancelByIds,
            "cancelAllOrders" => Self::CancelAllOrders,
            "cancelOpen" => Self::CancelOpen,
            "getOrder" => Self::GetOrder,
            "listOpenOrders" => Self::ListOpenOrders,
            _ => Self::CancelOrder,
        }
    }

    fn options(self) -> &'static [&'static str] {
        match self {
            Self::CancelOrder => CANCEL,
            Self::CancelOrders | Self::CancelByIds | Self::CancelAllOrders => BATCH,
            Self::CancelOpen | Self::GetOrder | Self::ListOpenOrders => CALL,
        }
    }
}

/// Keys and settings for many calls.
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
    /// An `UpbitError` for wrong arguments, or if the client is closed.
    pub fn call(
        &self,
        operation: &str,
        first: &JsValue,
        options: &JsValue,
        new_error: Function,
    ) -> Result<Promise, JsValue> {
        let errors = ErrorFactory::new(new_error);
        let operation = Operation::from_name(operation);
        let started = self.start(
            operation,
            first,
            options,
            &[operation.options()],
            errors.clone(),
        );
        started
            .map(future_to_promise)
            .map_err(|failure| errors.error(&failure))
    }

    /// Method, URL and claims of the requests that would be sent; nothing is sent.
    ///
    /// # Errors
    /// An `UpbitError` for wrong arguments, or if the client is closed.
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

    /// Wipes the keys. Requests under way come to their end, and are not repeated.
    pub fn close(&self) {
        self.account.close();
    }
}

/// A call under way.
type Work = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// What a call works with, for as long as it lasts.
struct Session {
    caller: Caller,
    confirm: Duration,
    /// Its listener stays as long as the call needs it.
    link: Rc<AbortLink>,
    errors: ErrorFactory,
    on_progress: Option<Function>,
}

impl Client {
    fn preview(&self, orders: &JsValue) -> Result<JsValue, Failure> {
        if !arguments::is_iterable(orders) {
            return Ok(self.preview_of(&CancelOrder(arguments::order_ref(orders)?))?);
        }
        let entries = arguments::entries(orders)?.read;
        let entries = entries.into_iter().collect::<Result<Vec<_>, _>>()?;
        let batch: Batch<JsValue> = Batch::new(
            entries.into_iter().map(Ok).collect(),
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

    fn session(
        &self,
        options: &JsValue,
        known: &[&[&str]],
        errors: ErrorFactory,
    ) -> Result<Session, Failure> {
        if self.account.closed.has_fired() {
            return Err(StopReason::Closed.into());
        }
        let CallArguments {
            settings,
            signal,
            on_progress,
        } = arguments::call(options, known, self.account.settings)?;
        let link = self.signals.link(signal)?;
        let caller = Caller {
            account: self.account.clone(),
            interrupts: Interrupts {
                aborted: link.event().clone(),
                closed: self.account.closed.clone(),
                stopped: Rc::new(Event::default()),
            },
            timeout: settings.timeout,
            max_retries: settings.max_retries,
            in_batch: false,
            priority: Priority::Cancellation,
        };
        Ok(Session {
            caller,
            confirm: settings.confirm,
            link,
            errors,
            on_progress,
        })
    }

    /// Reads the arguments, and sends what can be sent at once.
    fn start(
        &self,
        operation: Operation,
        first: &JsValue,
        options: &JsValue,
        known: &[&[&str]],
        errors: ErrorFactory,
    ) -> Result<Work, Failure> {
        let session = self.session(options, known, errors)?;
        Ok(match operation {
            Operation::CancelOrder => session.cancel_order(first)?,
            Operation::CancelOrders => session.cancel_many(first, SendMode::OneByOne)?,
            Operation::CancelByIds => session.cancel_many(first, SendMode::ByIds)?,
            Operation::CancelAllOrders => session.cancel_all_orders(first)?,
            Operation::CancelOpen => session.cancel_open(first)?,
            Operation::GetOrder => session.get_order(first)?,
            Operation::ListOpenOrders => session.list_open_orders(first)?,
        })
    }
}

impl Session {
    fn cancel_order(self, order: &JsValue) -> Result<Work, Invalid> {
        let order = arguments::order_ref(order)?;
        if self.confirm.is_zero() {
            return Ok(self.one(CancelOrder(order), |order| Array::of1(order.value()).into()));
        }
        let batch = Batch::new(vec![Ok(order)], SendMode::Single, self.confirm);
        let mut run = BatchRun::start(batch, self.caller.clone());
        Ok(Box::pin(async move {
            while run.next().await.is_some() {}
            let _listening = self.link;
            let ended = run.result(0).ok_or(JsValue::UNDEFINED)?;
            let order = self.errors.told(ended)?;
            Ok(Array::of1(&order).into())
        }))
    }

    /// One request with its repeats.
    fn one<E: Endpoint + 'static>(
        self,
        endpoint: E,
        told: impl FnOnce(E::Output<JsValue>) -> JsValue + 'static,
    ) -> Work {
        let call = self.caller.call(endpoint, Attempts::default());
        Box::pin(async move {
            let end = call.await;
            let _listening = self.link;
            let failed = |failure| self.errors.error(&failure);
            end.result.map(told).map_err(failed)
        })
    }

    fn cancel_many(mut self, orders: &JsValue, sending: SendMode) -> Result<Work, Invalid> {
        let Entries { given, read } = arguments::entries(orders)?;
        self.caller.in_batch = true;
        let run = BatchRun::start(Batch::new(read, sending, self.confirm), self.caller);
        Ok(Box::pin(async move {
            let _listening = self.link;
            Ok(run_batch::run(run, given, self.errors, self.on_progress)
                .await
                .into())
        }))
    }

    fn cancel_all_orders(mut self, filter: &JsValue) -> Result<Work, Invalid> {
        let filter = arguments::cancel_filter(filter)?;
        self.caller.in_batch = true;
        let run = CancelAllRun {
            caller: self.caller,
            filter,
            confirm: self.confirm,
            errors: self.errors,
            on_progress: self.on_progress,
        };
        let link = self.link;
        Ok(Box::pin(async move {
            let _listening = link;
            run.run().await
        }))
    }

    fn cancel_open(self, filter: &JsValue) -> Result<Work, Invalid> {
        let filter = arguments::cancel_open_filter(filter)?;
        let count = filter.count;
        let call = self.caller.call(CancelOpen(filter), Attempts::default());
        Ok(Box::pin(async move {
            let end = call.await;
            let _listening = self.link;
            match end.result {
                Ok(parts) => Ok(CancelOpenResult::told(parts, count)),
                // Nothing matches the filter.
                Err(failure) if failure.is_order_not_found() => Ok(CancelOpenResult::nothing()),
                Err(failure) => Err(self.errors.error(&failure)),
            }
        }))
    }

    fn get_order(self, order: &JsValue) -> Result<Work, Invalid> {
        let order = arguments::order_ref(order)?;
        Ok(self.one(GetOrder(order), Order::into_value))
    }

    fn list_open_orders(self, filter: &JsValue) -> Result<Work, Invalid> {
        let filter = arguments::order_filter(filter)?;
        Ok(Box::pin(async move {
            let listed = list(&self.caller, &filter).await;
            let _listening = self.link;
            listed
                .map(|open| orders_to_js(open).into())
                .map_err(|failure| self.errors.error(&failure))
        }))
    }
}

/// What `cancelOpen` tells.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CancelOpenResult {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    canceled: Array,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    failed: Array,
    may_remain: bool,
}

impl CancelOpenResult {
    fn told(parts: CancelReport<JsValue>, count: usize) -> JsValue {
        let may_remain = parts.canceled.len() >= count;
        to_js(&Self {
            canceled: orders_to_js(parts.canceled),
            failed: orders_to_js(parts.failed),
            may_remain,
        })
    }

    fn nothing() -> JsValue {
        to_js(&Self {
            canceled: Array::new(),
            failed: Array::new(),
            may_remain: false,
        })
    }
}
