//! The nonces of all accounts in this process.

use crate::nonce_pool::NoncePool;
use crate::token::Nonce;
use alloc::rc::Rc;
use core::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// Nonces that nobody can guess. Clones draw from the same pool.
#[derive(Clone, Default)]
pub struct Nonces(Rc<RefCell<NoncePool>>);

impl Nonces {
    /// The next one. `None`: the runtime has no `crypto.getRandomValues`.
    pub fn next(&self) -> Option<Nonce> {
        let fill = |bytes: &mut [u8]| get_random_values(bytes).map(drop);
        self.0.borrow_mut().take(fill).ok()
    }
}
