//! The thin part that touches the JavaScript runtime: its objects, `fetch`, timers and clock.
//!
//! It decides nothing: arguments go down as Rust types, answers come back as values.

mod abort;
mod account;
mod batch;
mod budgets;
mod clock;
mod exports;
mod fetch;
mod nonces;
mod object;
mod one_call;
mod raise;
mod read_options;
mod runtime;
mod signal;
mod timer;
