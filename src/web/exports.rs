//! Everything that JavaScript can see, and nothing else.

use super::abort::AbortLink;
use super::account::{Account, Shared};
use super::batch::{Batch, parsed};
use super::one_call::{Interrupts, OneCall};
use super::raise::raise;
use super::read_options::{self, CallOptions};
use crate::cancellation::Halt;
use crate::failure::Failure;
use crate::query::Query;
use crate::retry::RetryPolicy;
use crate::settings::Settings;
use alloc::boxed::Box;
use alloc::rc::Rc;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// The core, one for each process: all accounts are counted in it.
#[wasm_bindgen]
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Core {
    shared: Shared,
}

#[wasm_bindgen]
impl Core {
    /// A core that has counted nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels one order with keys that are forgotten afterwards.
    #[wasm_bindgen(js_name = cancelOrder)]
    pub fn cancel_order(&self, order: &JsValue, options: &JsValue) -> Promise {
        promise(
            self.open(options)
                .and_then(|client| client.start_one(order, options)),
        )
    }

    /// Cancels many orders with keys that are forgotten afterwards.
    #[wasm_bindgen(js_name = cancelOrders)]
    pub fn cancel_orders(&self, orders: &JsValue, options: &JsValue) -> Promise {
        promise(
            self.open(options)
                .and_then(|client| client.start_many(orders, options)),
        )
    }

    /// Method, URL and claims of the request that `cancelOrder` would send; nothing is sent.
    ///
    /// # Errors
    /// An `UpbitError` for wrong arguments.
    #[wasm_bindgen(js_name = previewRequest)]
    pub fn preview_request(&self, order: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        let preview = || {
            let query = Query::of(&read_options::order_ref(order)?);
            Ok(self.open(options)?.account.preview(&query)?)
        };
        preview().map_err(|failure: Failure| raise(&failure))
    }

    /// Takes keys and settings for many calls.
    ///
    /// # Errors
    /// An `UpbitError` for wrong arguments.
    #[wasm_bindgen(js_name = openClient)]
    pub fn open_client(&self, options: &JsValue) -> Result<Client, JsValue> {
        self.open(options).map_err(|failure| raise(&failure))
    }

    fn open(&self, options: &JsValue) -> Result<Client, Failure> {
        let account = Rc::new(read_options::account(options, &self.shared)?);
        Ok(Client { account })
    }
}

/// Keys and settings for many calls.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Client {
    account: Rc<Account>,
}

#[wasm_bindgen]
impl Client {
    /// Cancels one order.
    #[wasm_bindgen(js_name = cancelOrder)]
    pub fn cancel_order(&self, order: &JsValue, call: &JsValue) -> Promise {
        promise(self.start_one(order, call))
    }

    /// Cancels many orders.
    #[wasm_bindgen(js_name = cancelOrders)]
    pub fn cancel_orders(&self, orders: &JsValue, call: &JsValue) -> Promise {
        promise(self.start_many(orders, call))
    }

    /// Wipes the keys. Requests under way come to their end, and are not repeated.
    pub fn close(&self) {
        self.account.close();
    }
}

impl Client {
    fn start_one(&self, order: &JsValue, call: &JsValue) -> Result<Work, Failure> {
        let (account, settings, link) = self.begin(call)?;
        let order = read_options::order_ref(order)?;
        Ok(Box::pin(async move {
            let call = OneCall {
                account: &account,
                interrupts: &interrupts(&account, &link),
                timeout: settings.timeout,
                policy: RetryPolicy {
                    max_retries: settings.max_retries,
                    in_batch: false,
                },
            };
            match call.run(&order).await {
                Ok(orders) => Ok(parsed(&orders).into()),
                Err(failure) => Err(raise(&failure)),
            }
        }))
    }

    fn start_many(&self, orders: &JsValue, call: &JsValue) -> Result<Work, Failure> {
        let (account, settings, link) = self.begin(call)?;
        let on_progress = read_options::on_progress(call)?;
        let entries = read_options::entries(orders)?;
        Ok(Box::pin(async move {
            let interrupts = interrupts(&account, &link);
            let batch = Batch::new(
                &account,
                &interrupts,
                settings,
                &entries,
                on_progress.as_ref(),
            );
            Ok(batch.run().await.into())
        }))
    }

    fn begin(&self, call: &JsValue) -> Result<(Rc<Account>, Settings, AbortLink), Failure> {
        if self.account.is_closed() {
            return Err(Halt::Closed.into());
        }
        let CallOptions { settings, signal } =
            read_options::call_options(call, self.account.settings)?;
        Ok((self.account.clone(), settings, AbortLink::new(signal)?))
    }
}

fn interrupts(account: &Account, link: &AbortLink) -> Interrupts {
    Interrupts {
        aborted: link.signal().clone(),
        closed: account.closed.clone(),
        ..Interrupts::default()
    }
}

/// A call under way. All are of one type, so that the code that runs them is there once.
type Work = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

fn promise(started: Result<Work, Failure>) -> Promise {
    match started {
        Ok(work) => start(work),
        Err(failure) => Promise::reject(&raise(&failure)),
    }
}

/// Runs a call as far as it goes without waiting, so that its request leaves within the very call
/// of the function: no sooner could it be, and a `close()` that follows does not keep it back.
fn start(mut work: Work) -> Promise {
    match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(value)) => Promise::resolve(&value),
        Poll::Ready(Err(error)) => Promise::reject(&error),
        // Polled again at once, and with the waker that counts.
        Poll::Pending => future_to_promise(work),
    }
}
