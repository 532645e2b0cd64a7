//! Conversion between Rust types and JavaScript values.

use crate::confirmation::OrderResult;
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

/// A value from `JSON.parse`. It has no getters and is no proxy, so reading it cannot throw.
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

/// Converts a struct to a plain object. `None` becomes `null`.
pub fn to_js(value: &impl Serialize) -> JsValue {
    // It cannot fail: our structs have only string keys, and no numbers that JavaScript cannot represent.
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or_default()
}

pub fn orders_to_js(orders: Vec<Order<JsValue>>) -> Array {
    orders.into_iter().map(Order::into_value).collect()
}

/// Creates the `UpbitError`s of one call. The function comes from `js/api.ts` and adds the caller's stack.
#[derive(Clone)]
pub struct ErrorFactory(Function);

impl ErrorFactory {
    pub fn new(new_error: Function) -> Self {
        Self(new_error)
    }

    /// The error of a failed call.
    pub fn error(&self, failure: &Failure) -> JsValue {
        self.create(failure, &JsValue::NULL)
    }

    /// The result of an order, with an `UpbitError` in place of the failure.
    pub fn convert(&self, result: OrderResult<JsValue>) -> Result<JsValue, JsValue> {
        result
            .map_err(|failed| self.create(&failed.failure, &failed.order.unwrap_or(JsValue::NULL)))
    }

    fn create(&self, failure: &Failure, order: &JsValue) -> JsValue {
        // It cannot throw: the function only copies these fields.
        self.0
            .call2(&JsValue::UNDEFINED, &to_js(failure), order)
            .unwrap_or_default()
    }
}
