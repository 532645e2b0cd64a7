//! Between Rust's types and JavaScript's values, by serde.

use crate::confirmation::{OrderFailure, OrderResult};
use crate::failure::Failure;
use crate::json_value::JsonValue;
use crate::order::Order;
use js_sys::{Array, Function};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "#host")]
extern "C" {
    #[wasm_bindgen(js_name = ownMember)]
    fn own_member(value: &JsValue, name: &str) -> Option<JsValue>;

    #[wasm_bindgen(js_name = ownText)]
    fn own_text(value: &JsValue, name: &str) -> Option<String>;
}

/// A value out of `JSON.parse`: it has no getters and no proxies, so reading it cannot throw.
impl JsonValue for JsValue {
    fn entries(&self) -> Option<Vec<Self>> {
        self.dyn_ref::<Array>().map(|array| array.iter().collect())
    }

    fn member(&self, name: &str) -> Option<Self> {
        own_member(self, name)
    }

    fn text(&self, name: &str) -> Option<String> {
        own_text(self, name)
    }
}

/// A plain object of JavaScript's, in which what is absent is `null`.
pub fn to_js(value: &impl Serialize) -> JsValue {
    // Our own types have text keys and no numbers that JavaScript could not hold.
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or_default()
}

/// The orders of an answer as the caller gets them.
pub fn orders_to_js(orders: Vec<Order<JsValue>>) -> Array {
    orders.into_iter().map(Order::into_value).collect()
}

/// Makes the `UpbitError`s of one call: a function of JavaScript's that knows where the call came from.
#[derive(Clone)]
pub struct ErrorFactory(Function);

impl ErrorFactory {
    pub fn new(make: Function) -> Self {
        Self(make)
    }

    /// The error that a promise is rejected with.
    pub fn error(&self, failure: &Failure) -> JsValue {
        self.make(failure, &JsValue::NULL)
    }

    /// The same with the order as it was seen last.
    fn failed(&self, failed: &OrderFailure<JsValue>) -> JsValue {
        self.make(
            &failed.failure,
            failed.order.as_ref().unwrap_or(&JsValue::NULL),
        )
    }

    /// What became of an order: the order, or the error.
    pub fn told(&self, ended: OrderResult<JsValue>) -> Result<JsValue, JsValue> {
        ended.map_err(|failed| self.failed(&failed))
    }

    fn make(&self, failure: &Failure, order: &JsValue) -> JsValue {
        // The function is ours and only copies facts.
        self.0
            .call2(&JsValue::UNDEFINED, &to_js(failure), order)
            .unwrap_or_default()
    }
}
