//! The thin part that touches the JavaScript runtime: its objects, `fetch`, timers and clock.
//!
//! It decides nothing: arguments go down as Rust types, answers come back as values. What a foreign
//! object could throw is read through imports that catch: an exception that passes through a future
//! would leave the caller's promise pending for ever.

mod abort;
mod account;
mod arguments;
mod budgets;
mod calls;
mod clock;
mod convert;
mod exports;
mod fetch;
mod interrupts;
mod place;
mod run_batch;
mod run_cancel_all;
