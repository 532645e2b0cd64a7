//! What the result of a request means for the orders in it.

use super::tracked_order::Stage;
use super::{Batch, Completion, LookupState, Task};
use crate::confirmation::{Confirmation, LookupFailure, NextAction};
use crate::endpoints::cancel_by_ids::CancelReport;
use crate::failure::{Attempts, Failure};
use crate::json_value::JsonValue;
use crate::order::{Order, State};
use crate::outcome::Kind;
use crate::rate_budget::Moment;

impl<J: JsonValue> Batch<J> {
    /// Takes the result of a request.
    pub fn complete(&mut self, id: usize, completion: Completion<J>, now: Moment) {
        self.now = now;
        let position = self.in_flight.iter().position(|(other, _)| *other == id);
        let task = position.map(|position| self.in_flight.swap_remove(position).1);
        match (task, completion) {
            (Some(Task::Cancel(index)), Completion::Canceled(result, attempts)) => {
                self.canceled(index, &result, attempts);
            }
            (Some(Task::CancelByIds(indices)), Completion::CanceledByIds(result, attempts)) => {
                match result {
                    Ok(report) => self.canceled_by_ids(&indices, &report, attempts),
                    Err(failure) => self.chunk_failed(&indices, &failure, attempts),
                }
            }
            (Some(Task::Lookup(indices)), Completion::LookedUp(result)) => {
                self.looked_up(&indices, result);
            }
            // Unknown id, or a completion of another request.
            _ => (),
        }
    }

    fn canceled(&mut self, index: usize, result: &Result<Order<J>, Failure>, attempts: Attempts) {
        let order = &mut self.orders[index];
        let was_sent = attempts.sent > order.attempts.sent;
        order.attempts = attempts;
        match (result, &mut order.stage) {
            (Ok(order), Stage::Confirming { confirmation, busy }) => {
                *busy = false;
                confirmation.resend_accepted(order.value().clone(), attempts, self.now);
                self.key_accepted();
            }
            (Err(failure), Stage::Confirming { confirmation, busy }) => {
                *busy = false;
                confirmation.resend_failed(failure, attempts, self.now);
                // After a 429 it is sent again later; the rate budget enforces the pause.
                if failure.kind != Kind::RateLimited {
                    self.stop_after(failure);
                }
            }
            (Ok(order), Stage::Canceling) => {
                self.key_accepted();
                self.accepted(index, order);
            }
            (Err(failure), Stage::Canceling) => match self.stopped.clone() {
                Some(stopped) if !was_sent => self.not_sent(index, &stopped),
                _ => {
                    self.failed(index, failure);
                    self.stop_after(failure);
                }
            },
            // The order got its result when the lookups were stopped.
            (_, Stage::OnHold(_) | Stage::Done(_) | Stage::Alias) => (),
        }
    }

    fn accepted(&mut self, index: usize, order: &Order<J>) {
        self.record_canceled(index, order);
        let (value, attempts) = (order.value().clone(), self.orders[index].attempts);
        if self.confirm.is_zero() {
            self.settle(index, Ok(value));
        } else {
            let confirmation =
                Confirmation::after_accepted(value, attempts, self.now, self.confirm);
            self.start_confirming(index, confirmation);
        }
    }

    pub(super) fn failed(&mut self, index: usize, failure: &Failure) {
        let attempts = self.orders[index].attempts;
        match Confirmation::after_failure(failure, attempts, self.now, self.confirm) {
            Some(confirmation) if !self.confirm.is_zero() => {
                self.start_confirming(index, confirmation);
            }
            _ => self.settle(index, Err(failure.clone().into())),
        }
    }

    fn start_confirming(&mut self, index: usize, confirmation: Confirmation<J>) {
        self.orders[index].stage = Stage::Confirming {
            confirmation,
            busy: false,
        };
        if let LookupState::Disabled(reason) = self.lookups.clone() {
            self.lookup_failed(index, &reason);
        }
    }

    fn canceled_by_ids(&mut self, indices: &[usize], report: &CancelReport<J>, attempts: Attempts) {
        self.key_accepted();
        let reported = || report.canceled.iter().chain(&report.failed);
        let is_only = indices.len() == 1 && reported().count() == 1;
        let is_reported = |index: &&usize| {
            reported().any(|order| self.orders[**index].matches_response(order, is_only))
        };
        let all_match = indices.iter().filter(is_reported).count() == reported().count();
        let is_reliable = report.is_consistent && all_match;
        for &index in indices {
            let tracked = &mut self.orders[index];
            tracked.add_attempts(attempts);
            let is_it = |order: &Order<J>| tracked.matches_response(order, is_only);
            let canceled = report.canceled.iter().find(|order| is_it(order));
            let failed = report.failed.iter().any(is_it);
            match (canceled, failed) {
                (Some(order), false) => self.accepted(index, order),
                (canceled, failed) => {
                    // Upbit may have canceled it: it is in both lists, or an unreliable report leaves
                    // it out.
                    let may_be_canceled = canceled.is_some() || !failed && !is_reliable;
                    self.orders[index].attempts.response_lost |= may_be_canceled;
                    self.send_alone(index);
                }
            }
        }
    }

    fn chunk_failed(&mut self, indices: &[usize], failure: &Failure, attempts: Attempts) {
        // One invalid order may be why Upbit refused the others with it.
        let one_by_one =
            failure.kind == Kind::Rejected && !failure.is_key_refused() && !failure.is_nonce_used();
        for &index in indices {
            self.orders[index].add_attempts(attempts);
            match &self.stopped {
                _ if one_by_one => self.send_alone(index),
                Some(stopped) if attempts.sent == 0 => self.not_sent(index, &stopped.clone()),
                _ => self.failed(index, failure),
            }
        }
        self.stop_after(failure);
    }

    fn looked_up(&mut self, indices: &[usize], result: Result<Vec<Order<J>>, LookupFailure>) {
        if matches!(self.lookups, LookupState::Untested) {
            self.lookups = LookupState::Enabled;
        }
        match result {
            Ok(orders) => {
                for &index in indices {
                    self.found(index, &orders, indices);
                }
            }
            Err(LookupFailure::Inconclusive) => {
                for &index in indices {
                    self.lookup_failed(index, &LookupFailure::Inconclusive);
                }
            }
            Err(reason) => self.disable_lookups(reason),
        }
    }

    /// Sends no more lookups, and ends all confirmations.
    pub(super) fn disable_lookups(&mut self, reason: LookupFailure) {
        for index in 0..self.orders.len() {
            self.lookup_failed(index, &reason);
        }
        self.lookups = LookupState::Disabled(reason);
    }

    fn lookup_failed(&mut self, index: usize, reason: &LookupFailure) {
        self.update_confirmation(index, |confirmation, now| {
            confirmation.lookup_failed(reason, now)
        });
    }

    /// `orders`: the response to a lookup of `requested`.
    fn found(&mut self, index: usize, orders: &[Order<J>], requested: &[usize]) {
        let tracked = &self.orders[index];
        // The lookups may have been stopped while this one was in flight.
        if !tracked.is_unfinished() {
            return;
        }
        let is_only = requested.len() == 1 && orders.len() == 1;
        let found = orders
            .iter()
            .find(|order| tracked.matches_response(order, is_only));
        let is_requested = |order: &Order<J>| {
            requested
                .iter()
                .any(|index| self.orders[*index].matches(order))
        };
        // An unexpected order in the response may be this one without its identifier.
        let inconclusive = found.is_none() && !orders.iter().all(is_requested);
        if let Some(order) = found
            && order.state() == State::Canceled
        {
            self.record_canceled(index, order);
        }
        self.update_confirmation(index, |confirmation, now| {
            if inconclusive {
                confirmation.lookup_failed(&LookupFailure::Inconclusive, now)
            } else {
                confirmation.looked_up(found, now)
            }
        });
    }

    /// Updates the confirmation of an order and carries out its next action. Does nothing if the order
    /// is not being confirmed.
    fn update_confirmation(
        &mut self,
        index: usize,
        update: impl FnOnce(&mut Confirmation<J>, Moment) -> NextAction<J>,
    ) {
        let Stage::Confirming { confirmation, busy } = &mut self.orders[index].stage else {
            return;
        };
        *busy = false;
        match update(confirmation, self.now) {
            NextAction::Finish(result) => self.settle(index, result),
            NextAction::CancelAgain if self.stopped.is_none() => {
                *busy = true;
                self.ready.push_back(Task::Cancel(index));
            }
            NextAction::CancelAgain | NextAction::LookUpAgain => (),
        }
    }
}
