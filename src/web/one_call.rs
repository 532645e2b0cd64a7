//! One cancellation from the first wait to the last answer.

use super::account::Account;
use super::clock;
use super::fetch;
use super::signal::Signal;
use super::timer::Timer;
use crate::answer::judge;
use crate::cancellation::{Cancellation, Halt, Next};
use crate::failure::Failure;
use crate::order::CanceledOrders;
use crate::order_ref::OrderRef;
use crate::problem::Problem;
use crate::query::Query;
use crate::retry::{RetryPolicy, account_pause};
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;

/// What ends a call from outside.
#[derive(Default)]
pub struct Interrupts {
    /// The caller's signal: ends a request under way too.
    pub aborted: Signal,
    /// The client was closed: ends waits, and lets a request come to its end.
    pub closed: Signal,
    /// Another entry of the batch was blocked: likewise.
    pub blocked: Signal,
}

impl Interrupts {
    /// Runs a wait until it ends or is interrupted.
    async fn cut<F: Future>(&self, wait: F) -> Result<F::Output, Halt> {
        let signals = [
            (&self.aborted, Halt::Aborted),
            (&self.closed, Halt::Closed),
            (&self.blocked, Halt::Blocked),
        ];
        let mut wait = pin!(wait);
        poll_fn(|context| {
            for (signal, halt) in signals {
                if signal.poll(context).is_ready() {
                    return Poll::Ready(Err(halt));
                }
            }
            wait.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

/// How one order is to be canceled.
pub struct OneCall<'a> {
    pub account: &'a Account,
    pub interrupts: &'a Interrupts,
    pub timeout: Duration,
    pub policy: RetryPolicy,
}

impl OneCall<'_> {
    pub async fn run(&self, order: &OrderRef) -> Result<CanceledOrders, Failure> {
        let query = Query::of(order);
        let mut cancellation = Cancellation::new(self.policy);
        loop {
            let attempt = self.attempt(&query).await;
            let result = attempt.map_err(|halt| cancellation.halted(halt))?;
            match cancellation.attempted(result, clock::jitter()) {
                Next::Done(result) => return result,
                Next::RepeatAfter(wait) => {
                    let wait = Timer::start(wait);
                    let waited = self.interrupts.cut(wait.signal().fired()).await;
                    waited.map_err(|halt| cancellation.halted(halt))?;
                }
            }
        }
    }

    /// Waits for a slot, signs, sends.
    async fn attempt(&self, query: &Query) -> Result<Result<CanceledOrders, Problem>, Halt> {
        let budget = &self.account.budget;
        let slot = self.interrupts.cut(budget.slot()).await?;
        let request = self.account.sign(query)?;
        let attempt = fetch::attempt(&request, self.timeout, &self.interrupts.aborted).await;
        let sensitive = [request.token.as_str(), request.access_key.text()];
        let result = attempt.answer.and_then(|answer| judge(&answer, &sensitive));
        match result.as_ref().err().and_then(account_pause) {
            Some(pause) => slot.refused(pause),
            None => slot.answered(attempt.remaining),
        }
        Ok(result)
    }
}
