//! When a batch sends nothing more: after an abort, a long pause or block, or a refusal of the key.

use super::slot::Progress;
use super::{Batch, Key, Task};
use crate::confirmation::LookupFailure;
use crate::failure::{Failure, StopReason};
use crate::hint;
use crate::json_value::JsonValue;
use crate::outcome::Kind;
use crate::rate_budget::DEFAULT_BLOCK;

/// So many refusals of the key in a row end a batch in which the key worked before.
const REFUSALS_OF_A_KEY_THAT_WORKED: u32 = 3;

impl<J: JsonValue> Batch<J> {
    /// Ends everything that is not under way: the call was aborted, or the client closed.
    pub fn interrupt(&mut self, halt: StopReason) {
        self.end_looking(LookupFailure::Stopped(halt));
        self.stop(halt.into());
    }

    /// Sends no more cancellations. `failure`: what is told of the orders that were not sent.
    fn stop(&mut self, failure: Failure) {
        for task in std::mem::take(&mut self.ready) {
            match task {
                Task::Cancel(index) => self.not_sent(index, &failure),
                Task::CancelByIds(slots) => slots
                    .iter()
                    .for_each(|index| self.not_sent(*index, &failure)),
                Task::Lookup(_) => (),
            }
        }
        self.stopped.get_or_insert(failure);
    }

    pub(super) fn not_sent(&mut self, index: usize, failure: &Failure) {
        let slot = &mut self.slots[index];
        match &mut slot.progress {
            Progress::Canceling => {
                let failure = failure.for_unsent(slot.attempts);
                self.failed(index, &failure);
            }
            Progress::Confirming { busy, .. } => *busy = false,
            Progress::Held(_) | Progress::Ended(_) | Progress::Alias => (),
        }
    }

    /// Stops the batch if this failure of a cancellation says that others would fail in the same way.
    pub(super) fn stop_after(&mut self, failure: &Failure) {
        if failure.kind == Kind::RateLimited {
            let untold =
                (failure.status == Some(418)).then(|| DEFAULT_BLOCK.as_secs_f64() * 1000.0);
            self.stop(Failure {
                hint: Some(hint::WAIT),
                retry_after_ms: failure.retry_after_ms.or(untold),
                ..Failure::not_sent(
                    Kind::RateLimited,
                    "not sent: Upbit takes no requests of this account for now",
                )
            });
        } else if failure.is_key_refused() {
            self.key.refusals_in_a_row += 1;
            if !self.key.works || self.key.refusals_in_a_row >= REFUSALS_OF_A_KEY_THAT_WORKED {
                let code = failure.code.as_deref().unwrap_or_default();
                self.stop(Failure {
                    hint: Some(hint::for_code(code, failure.status.unwrap_or_default())),
                    ..failure.clone()
                });
            }
        } else if failure.kind == Kind::Rejected && failure.code.is_some() {
            self.key_works();
        }
    }

    pub(super) fn key_works(&mut self) {
        self.key = Key {
            works: true,
            refusals_in_a_row: 0,
        };
    }

    /// Sends an order by itself, unless the batch has been stopped.
    pub(super) fn send_alone(&mut self, index: usize) {
        match self.stopped.clone() {
            Some(failure) => self.not_sent(index, &failure),
            None => self.ready.push_back(Task::Cancel(index)),
        }
    }
}
