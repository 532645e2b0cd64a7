//! What the answers of a batch mean for its orders.

use super::slot::Progress;
use super::{Batch, Completion, Looking, Task};
use crate::confirmation::{Confirmation, LookupFailure, NextAction};
use crate::endpoints::cancel_by_ids::CancelReport;
use crate::failure::{Attempts, Failure};
use crate::json_value::JsonValue;
use crate::order::{Order, State};
use crate::outcome::Kind;
use crate::rate_budget::Moment;

impl<J: JsonValue> Batch<J> {
    /// Takes in what came of a request.
    pub fn complete(&mut self, id: usize, end: Completion<J>, now: Moment) {
        self.now = now;
        match (self.in_flight.remove(&id), end) {
            (Some(Task::Cancel(index)), Completion::Canceled(result, requests)) => {
                self.canceled(index, &result, requests);
            }
            (Some(Task::CancelByIds(slots)), Completion::CanceledByIds(Ok(parts), requests)) => {
                self.canceled_by_ids(&slots, &parts, requests);
            }
            (Some(Task::CancelByIds(slots)), Completion::CanceledByIds(Err(failure), requests)) => {
                self.chunk_failed(&slots, &failure, requests);
            }
            (Some(Task::Lookup(slots)), Completion::LookedUp(result)) => {
                self.looked(&slots, result);
            }
            // An end of another kind than its request: there is none.
            _ => (),
        }
    }

    fn canceled(&mut self, index: usize, result: &Result<Order<J>, Failure>, requests: Attempts) {
        let slot = &mut self.slots[index];
        let sent = requests.sent > slot.attempts.sent;
        slot.attempts = requests;
        match (result, &mut slot.progress) {
            (Ok(order), Progress::Confirming { confirmation, busy }) => {
                *busy = false;
                confirmation.accepted_again(order.value().clone(), requests, self.now);
                self.key_works();
            }
            (Err(failure), Progress::Confirming { confirmation, busy }) => {
                *busy = false;
                confirmation.failed_again(failure, requests, self.now);
                // It is sent again anyway, and the budget knows of pauses.
                if failure.kind != Kind::RateLimited {
                    self.stop_after(failure);
                }
            }
            (Ok(order), Progress::Canceling) => {
                self.key_works();
                self.accepted(index, order);
            }
            (Err(failure), Progress::Canceling) => match self.stopped.clone() {
                Some(stopped) if !sent => self.not_sent(index, &stopped),
                _ => {
                    self.failed(index, failure);
                    self.stop_after(failure);
                }
            },
            // Its looks were ended meanwhile.
            (_, Progress::Held(_) | Progress::Ended(_) | Progress::Alias) => (),
        }
    }

    fn accepted(&mut self, index: usize, order: &Order<J>) {
        self.learn_names(index, order);
        let (value, requests) = (order.value().clone(), self.slots[index].attempts);
        if self.confirm.is_zero() {
            self.settle(index, Ok(value));
        } else {
            let confirmation = Confirmation::of_accepted(value, requests, self.now, self.confirm);
            self.confirm(index, confirmation);
        }
    }

    pub(super) fn failed(&mut self, index: usize, failure: &Failure) {
        let requests = self.slots[index].attempts;
        match Confirmation::of_failed(failure, requests, self.now, self.confirm) {
            Some(confirmation) if !self.confirm.is_zero() => self.confirm(index, confirmation),
            _ => self.settle(index, Err(failure.clone().into())),
        }
    }

    fn confirm(&mut self, index: usize, confirmation: Confirmation<J>) {
        self.slots[index].progress = Progress::Confirming {
            confirmation,
            busy: false,
        };
        if let Looking::Over(why) = self.looking.clone() {
            self.look_failed(index, &why);
        }
    }

    fn canceled_by_ids(&mut self, slots: &[usize], parts: &CancelReport<J>, requests: Attempts) {
        self.key_works();
        let told = || parts.canceled.iter().chain(&parts.failed);
        // An answer about the only order asked for need not name its identifier.
        let only = slots.len() == 1 && told().count() == 1;
        let is = |batch: &Self, index: usize, order: &Order<J>| {
            let slot = &batch.slots[index];
            slot.matches(order) || only && order.may_match(&slot.order)
        };
        let is_told = |index: &&usize| told().any(|order| is(self, **index, order));
        let matched = slots.iter().filter(is_told).count() == told().count();
        let trusted = parts.is_consistent && matched;
        for &index in slots {
            self.slots[index].add_attempts(requests);
            let canceled = parts.canceled.iter().find(|order| is(self, index, order));
            let failed = parts.failed.iter().any(|order| is(self, index, order));
            match (canceled, failed) {
                (Some(order), false) => self.accepted(index, order),
                (canceled, failed) => {
                    let unclear = canceled.is_some() || !failed && !trusted;
                    self.slots[index].attempts.response_lost |= unclear;
                    self.send_alone(index);
                }
            }
        }
    }

    fn chunk_failed(&mut self, slots: &[usize], failure: &Failure, requests: Attempts) {
        let one_by_one =
            failure.kind == Kind::Rejected && !failure.is_key_refused() && !failure.is_nonce_used();
        for &index in slots {
            self.slots[index].add_attempts(requests);
            match &self.stopped {
                _ if one_by_one => self.send_alone(index),
                Some(stopped) if requests.sent == 0 => self.not_sent(index, &stopped.clone()),
                _ => self.failed(index, failure),
            }
        }
        self.stop_after(failure);
    }

    fn looked(&mut self, slots: &[usize], result: Result<Vec<Order<J>>, LookupFailure>) {
        if matches!(self.looking, Looking::Untried) {
            self.looking = Looking::Tried;
        }
        match result {
            Ok(orders) => {
                for &index in slots {
                    self.saw(index, &orders, slots);
                }
            }
            Err(LookupFailure::Inconclusive) => {
                for &index in slots {
                    self.look_failed(index, &LookupFailure::Inconclusive);
                }
            }
            Err(over) => self.end_looking(over),
        }
    }

    /// No look tells any more how the orders end that are looked for.
    pub(super) fn end_looking(&mut self, over: LookupFailure) {
        for index in 0..self.slots.len() {
            self.look_failed(index, &over);
        }
        self.looking = Looking::Over(over);
    }

    fn look_failed(&mut self, index: usize, why: &LookupFailure) {
        self.look(index, |confirmation, now| {
            confirmation.look_failed(why, now)
        });
    }

    /// `orders`: the whole answer to a look at `asked`. The looking may have ended while it was under way.
    fn saw(&mut self, index: usize, orders: &[Order<J>], asked: &[usize]) {
        let slot = &self.slots[index];
        if !slot.is_unfinished() {
            return;
        }
        let only = asked.len() == 1 && orders.len() == 1;
        let found = orders
            .iter()
            .find(|order| slot.matches(order) || only && order.may_match(&slot.order));
        // An order that was not asked for may be this one under a name that is missing.
        let stray = || {
            orders
                .iter()
                .any(|order| !asked.iter().any(|asked| self.slots[*asked].matches(order)))
        };
        let unclear = found.is_none() && stray();
        if let Some(order) = found
            && order.state() == State::Canceled
        {
            self.learn_names(index, order);
        }
        self.look(index, |confirmation, now| {
            if unclear {
                confirmation.look_failed(&LookupFailure::Inconclusive, now)
            } else {
                confirmation.looked(found, now)
            }
        });
    }

    /// Does what follows from a look, if the order is still looked for.
    fn look(
        &mut self,
        index: usize,
        verdict: impl FnOnce(&mut Confirmation<J>, Moment) -> NextAction<J>,
    ) {
        let Progress::Confirming { confirmation, busy } = &mut self.slots[index].progress else {
            return;
        };
        *busy = false;
        match verdict(confirmation, self.now) {
            NextAction::Finish(ended) => self.settle(index, ended),
            NextAction::CancelAgain if self.stopped.is_none() => {
                *busy = true;
                self.ready.push_back(Task::Cancel(index));
            }
            NextAction::CancelAgain | NextAction::LookUpAgain => (),
        }
    }
}
