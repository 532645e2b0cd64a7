//! An additional export of the core for the benchmark, which only signs.

use super::arguments::{self, CLIENT_OPTIONS};
use super::clock;
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::endpoints::cancel_order::CancelOrder;
use crate::order_ref::OrderRef;
use crate::token::Claims;
use wasm_bindgen::prelude::*;

/// The keys of one account.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "only JavaScript sees it")]
pub struct Signer(Option<Credentials>);

#[wasm_bindgen]
impl Signer {
    /// Takes the options of a client.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Self {
        Self(arguments::client(options, &[CLIENT_OPTIONS]).ok().map(|client| client.credentials))
    }

    /// The token of a cancellation, made as in a call. Empty on failure.
    pub fn sign(&self, uuid: String) -> String {
        let token = || {
            let credentials = self.0.as_ref()?;
            let query = CancelOrder(OrderRef::new(Some(uuid), None).ok()?).query();
            let claims = Claims::new(credentials, &query, clock::random_bytes()?);
            let authorization = claims.authorization(credentials);
            authorization.strip_prefix("Bearer ").map(str::to_owned)
        };
        token().unwrap_or_default()
    }
}
