//! One more export of the core, for the benchmark: signs, and does nothing else.

use super::account::{Account, Shared};
use super::read_options;
use crate::order_ref::OrderRef;
use crate::query::Query;
use alloc::string::String;
use wasm_bindgen::prelude::*;

/// The keys of one account.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Signer(Account);

#[wasm_bindgen]
impl Signer {
    /// Takes the options of a client. `None` for wrong ones.
    pub fn open(options: &JsValue) -> Option<Self> {
        read_options::account(options, &Shared::default()).ok().map(Self)
    }

    /// The token of a cancellation, by the same path that a cancellation takes. Empty on failure.
    pub fn sign(&self, uuid: String) -> String {
        let order = OrderRef::new(Some(uuid), None).ok();
        let signed = order.and_then(|order| self.0.sign(&Query::of(&order)).ok());
        signed.map_or(String::new(), |request| request.token.as_str().into())
    }
}
