//! What the answers of a batch mean for its orders.

use super::slot::Progress;
use super::{Batch, End, Looking, Task};
use crate::confirmation::{Confirmation, LookFailure, Verdict};
use crate::endpoints::cancel_by_ids::Parts;
use crate::failure::{Earlier, Failure};
use crate::json_value::JsonValue;
use crate::order::{Order, State};
use crate::outcome::Kind;
use crate::rate_budget::Moment;

impl<J: JsonValue> Batch<J> {
    /// Takes in what came of a request.
    pub fn ended(&mut self, id: usize, end: End<J>, now: Moment) {
        self.now = now;
        match (self.under_way.remove(&id), end) {
            (Some(Task::Cancel(index)), End::Canceled(result, requests)) => {
                self.canceled(index, &result, requests);
            }
            (Some(Task::CancelByIds(slots)), End::CanceledByIds(Ok(parts), requests)) => {
                self.canceled_by_ids(&slots, &parts, requests);
            }
            (Some(Task::CancelByIds(slots)), End::CanceledByIds(Err(failure), requests)) => {
                self.chunk_failed(&slots, &failure, requests);
            }
            (Some(Task::Look(slots)), End::Looked(result)) => self.looked(&slots, result),
            // An end of another kind than its request: there is none.
            _ => (),
        }
    }

    fn canceled(&mut self, index: usize, result: &Result<Order<J>, Failure>, requests: Earlier) {
        let slot = &mut self.slots[index];
        let sent = requests.attempts > slot.requests.attempts;
        slot.requests = requests;
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
        let (value, requests) = (order.value().clone(), self.slots[index].requests);
        if self.confirm.is_zero() {
            self.settle(index, Ok(value));
        } else {
            let confirmation = Confirmation::of_accepted(value, requests, self.now, self.confirm);
            self.confirm(index, confirmation);
        }
    }

    pub(super) fn failed(&mut self, index: usize, failure: &Failure) {
        let requests = self.slots[index].requests;
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

    fn canceled_by_ids(&mut self, slots: &[usize], parts: &Parts<J>, requests: Earlier) {
        self.key_works();
        let told = || parts.canceled.iter().chain(&parts.failed);
        // An answer about the only order asked for need not name its identifier.
        let only = slots.len() == 1 && told().count() == 1;
        let is = |batch: &Self, index: usize, order: &Order<J>| {
            let slot = &batch.slots[index];
            slot.is(order) || only && order.may_be(&slot.order)
        };
        let is_told = |index: &&usize| told().any(|order| is(self, **index, order));
        let matched = slots.iter().filter(is_told).count() == told().count();
        let trusted = parts.is_consistent && matched;
        for &index in slots {
            self.slots[index].add_requests(requests);
            let canceled = parts.canceled.iter().find(|order| is(self, index, order));
            let failed = parts.failed.iter().any(|order| is(self, index, order));
            match (canceled, failed) {
                (Some(order), false) => self.accepted(index, order),
                (canceled, failed) => {
                    let unclear = canceled.is_some() || !failed && !trusted;
                    self.slots[index].requests.answer_lost |= unclear;
                    self.send_alone(index);
                }
            }
        }
    }

    fn chunk_failed(&mut self, slots: &[usize], failure: &Failure, requests: Earlier) {
        let one_by_one =
            failure.kind == Kind::Rejected && !failure.is_key_refused() && !failure.is_nonce_used();
        for &index in slots {
            self.slots[index].add_requests(requests);
            match &self.stopped {
                _ if one_by_one => self.send_alone(index),
                Some(stopped) if requests.attempts == 0 => self.not_sent(index, &stopped.clone()),
                _ => self.failed(index, failure),
            }
        }
        self.stop_after(failure);
    }

    fn looked(&mut self, slots: &[usize], result: Result<Vec<Order<J>>, LookFailure>) {
        if matches!(self.looking, Looking::Untried) {
            self.looking = Looking::Tried;
        }
        match result {
            Ok(orders) => {
                for &index in slots {
                    self.saw(index, &orders, slots);
                }
            }
            Err(LookFailure::Failed) => {
                for &index in slots {
                    self.look_failed(index, &LookFailure::Failed);
                }
            }
            Err(over) => self.end_looking(over),
        }
    }

    /// No look tells any more how the orders end that are looked for.
    pub(super) fn end_looking(&mut self, over: LookFailure) {
        for index in 0..self.slots.len() {
            self.look_failed(index, &over);
        }
        self.looking = Looking::Over(over);
    }

    fn look_failed(&mut self, index: usize, why: &LookFailure) {
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
            .find(|order| slot.is(order) || only && order.may_be(&slot.order));
        // An order that was not asked for may be this one under a name that is missing.
        let stray = || {
            orders
                .iter()
                .any(|order| !asked.iter().any(|asked| self.slots[*asked].is(order)))
        };
        let unclear = found.is_none() && stray();
        if let Some(order) = found
            && order.state() == State::Canceled
        {
            self.learn_names(index, order);
        }
        self.look(index, |confirmation, now| {
            if unclear {
                confirmation.look_failed(&LookFailure::Failed, now)
            } else {
                confirmation.looked(found, now)
            }
        });
    }

    /// Does what follows from a look, if the order is still looked for.
    fn look(
        &mut self,
        index: usize,
        verdict: impl FnOnce(&mut Confirmation<J>, Moment) -> Verdict<J>,
    ) {
        let Progress::Confirming { confirmation, busy } = &mut self.slots[index].progress else {
            return;
        };
        *busy = false;
        match verdict(confirmation, self.now) {
            Verdict::Ended(ended) => self.settle(index, ended),
            Verdict::CancelAgain if self.stopped.is_none() => {
                *busy = true;
                self.ready.push_back(Task::Cancel(index));
            }
            Verdict::CancelAgain | Verdict::LookAgain => (),
        }
    }
}
