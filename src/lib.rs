//! Cancels orders on [Upbit](https://upbit.com) and reports the outcome of each cancellation.
//!
//! The crate is the core of the npm package of the same name. It is compiled to WebAssembly and called
//! from JavaScript. Only the `web` module does I/O. All other modules are pure: they get the time, random
//! numbers and responses as arguments, and are tested natively.
//!
//! Each endpoint of Upbit's API is a type that implements [`endpoint::Endpoint`], in its own file in
//! `endpoints`. Everything else is generic over the endpoint.

pub mod base_url;
pub mod batch;
pub mod call;
pub mod cancel_all;
pub mod confirmation;
pub mod credentials;
pub mod endpoint;
pub mod endpoints;
pub mod failure;
pub mod filter;
pub mod hint;
pub mod invalid;
pub mod json_value;
pub mod order;
pub mod order_ref;
pub mod outcome;
pub mod problem;
pub mod query;
pub mod rate_budget;
pub mod rate_headers;
pub mod response;
pub mod retry;
pub mod settings;
pub mod token;

#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(test)]
extern crate self as upbit_cancel_order;

#[cfg(test)]
#[path = "../tests"]
mod tests {
    mod batch_by_ids;
    mod batch_model;
    mod batch_rules;
    mod call_model;
    mod cancel_all_model;
    mod confirmation_model;
    mod confirmation_rules;
    mod confirmed_batches;
    mod endpoints;
    mod model;
    mod rate_budget;
    mod rate_budget_contention;
    mod rate_budget_patience;
    mod rate_budget_pauses;
    mod rate_budget_properties;
    mod rate_budget_share;
    mod rate_budget_world;
    mod responses;
    mod retries;
}
