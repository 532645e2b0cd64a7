//! Cancels orders on [Upbit](https://upbit.com) and says exactly what became of them.
//!
//! The crate is the core of the npm package of the same name: it is compiled to WebAssembly and
//! called from JavaScript. Everything that decides something is pure and tested natively: it is
//! told the time, the randomness and the answers. Only the modules below `web` touch the runtime.
//!
//! The endpoint is [Order Cancel](https://global-docs.upbit.com/reference/order-cancel).

// Without the standard library a page has less to download: CONTRIBUTING.md has the number.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

pub mod access_key;
pub mod answer;
pub mod base_url;
pub mod budget;
pub mod cancellation;
pub mod credentials;
pub mod failure;
pub mod hex;
pub mod hint;
pub mod http_date;
pub mod json;
pub mod milliseconds;
pub mod nonce_pool;
pub mod order;
pub mod order_ref;
pub mod problem;
pub mod query;
#[cfg(test)]
pub mod rate_budget;
pub mod rate_headers;
#[cfg(test)]
pub mod rate_headers_v2;
pub mod retry;
pub mod settings;
pub mod stack;
pub mod token;

#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(test)]
extern crate self as upbit_cancel_order;

#[cfg(test)]
#[path = "../tests"]
mod tests {
    mod answers;
    mod budget;
    mod budget_contention;
    mod budget_share;
    mod cancellation_model;
    mod fuzz_corpus;
    mod json;
    mod rate_budget;
    mod rate_budget_contention;
    mod rate_budget_patience;
    mod rate_budget_pauses;
    mod rate_budget_properties;
    mod rate_budget_share;
    mod rate_budget_world;
    mod retries;
}
