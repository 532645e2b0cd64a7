//! The interface to JavaScript: exports, arguments and results, `fetch`, timers and the clock.
//!
//! These modules contain no rules. They convert arguments to Rust types, carry out what the other modules
//! decide, and convert the results back. A getter or method of a foreign object may throw, so it is called
//! through imports that catch exceptions: an exception that passes through a future would leave the
//! caller's promise pending forever.

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
mod reservation;
mod run_batch;
mod run_cancel_all;
