//! When a batch stops sending: after an abort, after a long pause or a block, or when Upbit refuses the
//! key.

use super::tracked_order::Stage;
use super::{Batch, KeyState, Task};
use crate::confirmation::LookupFailure;
use crate::failure::{Failure, StopReason, to_ms};
use crate::hint;
use crate::json_value::JsonValue;
use crate::outcome::Kind;
use crate::rate_budget::DEFAULT_BLOCK;

/// How many consecutive refusals stop a batch after Upbit has accepted its key before.
const MAX_CONSECUTIVE_REFUSALS: u32 = 3;

impl<J: JsonValue> Batch<J> {
    /// Ends everything that is not in flight: the call was aborted, or the client was closed.
    pub fn interrupt(&mut self, reason: StopReason) {
        self.disable_lookups(LookupFailure::Stopped(reason));
        self.stop(reason.into());
    }

    /// Sends no more cancellations. The orders that were not sent get `failure`.
    fn stop(&mut self, failure: Failure) {
        for task in std::mem::take(&mut self.ready) {
            match task {
                Task::Cancel(index) => self.not_sent(index, &failure),
                Task::CancelByIds(indices) => indices
                    .iter()
                    .for_each(|index| self.not_sent(*index, &failure)),
                Task::Lookup(_) => (),
            }
        }
        self.stopped.get_or_insert(failure);
    }

    pub(super) fn not_sent(&mut self, index: usize, failure: &Failure) {
        let order = &mut self.orders[index];
        match &mut order.stage {
            Stage::Canceling => {
                let failure = failure.for_unsent(order.attempts);
                self.failed(index, &failure);
            }
            Stage::Confirming { busy, .. } => *busy = false,
            Stage::OnHold(_) | Stage::Done(_) | Stage::Alias => (),
        }
    }

    /// Stops the batch if the failure of a cancellation shows that the others would fail too.
    pub(super) fn stop_after(&mut self, failure: &Failure) {
        if failure.kind == Kind::RateLimited {
            let default_block = (failure.status == Some(418)).then(|| to_ms(DEFAULT_BLOCK));
            self.stop(Failure {
                hint: Some(hint::WAIT),
                retry_after_ms: failure.retry_after_ms.or(default_block),
                ..Failure::not_sent(
                    Kind::RateLimited,
                    "not sent: Upbit accepts no requests from this account at the moment",
                )
            });
        } else if failure.is_key_refused() {
            self.key.consecutive_refusals += 1;
            if !self.key.accepted || self.key.consecutive_refusals >= MAX_CONSECUTIVE_REFUSALS {
                let code = failure.code.as_deref().unwrap_or_default();
                self.stop(Failure {
                    hint: Some(hint::for_code(code, failure.status.unwrap_or_default())),
                    ..failure.clone()
                });
            }
        } else if failure.kind == Kind::Rejected && failure.code.is_some() {
            // Any other error code shows that Upbit accepted the key.
            self.key_accepted();
        }
    }

    pub(super) fn key_accepted(&mut self) {
        self.key = KeyState {
            accepted: true,
            consecutive_refusals: 0,
        };
    }

    /// Queues a request for this order alone, unless the batch has been stopped.
    pub(super) fn send_alone(&mut self, index: usize) {
        match self.stopped.clone() {
            Some(failure) => self.not_sent(index, &failure),
            None => self.ready.push_back(Task::Cancel(index)),
        }
    }
}
