//! What the answers of a batch mean for its orders.

use super::slot::Progress;
use super::{Batch, End, LookFailure, Task};
use crate::confirmation::{Confirmation, Verdict};
use crate::endpoints::cancel_by_ids::Parts;
use crate::failure::{Earlier, Failure};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::outcome::Kind;
use crate::rate_budget::Moment;

impl<J: JsonValue> Batch<J> {
    /// Takes in what came of a request.
    pub fn ended(&mut self, id: usize, end: End<J>, now: Moment) {
        match (self.under_way.remove(&id), end) {
            (Some(Task::Cancel(index)), End::Canceled(result, requests)) => {
                self.canceled(index, result, requests, now);
            }
            (Some(Task::CancelByIds(slots)), End::CanceledByIds(Ok(parts), requests)) => {
                self.canceled_by_ids(&slots, &parts, requests, now);
            }
            (Some(Task::CancelByIds(slots)), End::CanceledByIds(Err(failure), requests)) => {
                self.chunk_failed(&slots, &failure, requests, now);
            }
            (Some(Task::Look(slots)), End::Looked(result)) => self.looked(&slots, result, now),
            // An end of another kind than its request: there is none.
            _ => (),
        }
    }

    fn canceled(
        &mut self,
        index: usize,
        result: Result<Order<J>, Failure>,
        requests: Earlier,
        now: Moment,
    ) {
        let slot = &mut self.slots[index];
        let sent = requests.attempts > slot.requests.attempts;
        slot.requests = requests;
        if !slot.is_unfinished() {
            return;
        }
        if let Progress::Confirming { confirmation, busy } = &mut slot.progress {
            *busy = false;
            match &result {
                Ok(order) => confirmation.accepted_again(order.value().clone(), requests),
                Err(failure) => confirmation.failed_again(failure, requests, now),
            }
            return;
        }
        match (result, self.stopped.clone()) {
            (Ok(order), _) => {
                self.key_works();
                self.accepted(index, order, now);
            }
            (Err(_), Some(stopped)) if !sent => self.not_sent(index, &stopped),
            (Err(failure), _) => {
                self.failed(index, &failure, now);
                self.stop_after(&failure);
            }
        }
    }

    fn accepted(&mut self, index: usize, order: Order<J>, now: Moment) {
        let slot = &mut self.slots[index];
        slot.uuid = Some(order.uuid().to_owned());
        let names = [
            Some(OrderRef::Uuid(order.uuid().to_owned()).normalized()),
            order
                .identifier()
                .map(|text| OrderRef::Identifier(text.to_owned())),
        ];
        for name in names.into_iter().flatten() {
            let same = self
                .held
                .iter()
                .position(|held| self.slots[*held].order.normalized() == name);
            self.accepted.insert(name, index);
            if let Some(place) = same {
                let held = self.held.swap_remove(place);
                self.become_alias(held, index);
            }
        }
        let (requests, confirm) = (self.slots[index].requests, self.confirm);
        if confirm.is_zero() {
            self.finish(index, Ok(order.into_value()));
        } else {
            let confirmation =
                Confirmation::of_accepted(order.into_value(), requests, now, confirm);
            self.confirm(index, confirmation);
        }
    }

    fn failed(&mut self, index: usize, failure: &Failure, now: Moment) {
        let confirmation = (!self.confirm.is_zero()).then(|| {
            Confirmation::of_failed(failure, self.slots[index].requests, now, self.confirm)
        });
        match confirmation.flatten() {
            Some(confirmation) => self.confirm(index, confirmation),
            None => self.settle(index, Err(failure.clone().into())),
        }
    }

    fn confirm(&mut self, index: usize, confirmation: Confirmation<J>) {
        if let Some(refusal) = &self.look_refused {
            let ended = confirmation.look_refused(refusal);
            return self.settle(index, ended);
        }
        self.slots[index].progress = Progress::Confirming {
            confirmation,
            busy: false,
        };
        self.confirming.push(index);
    }

    fn canceled_by_ids(
        &mut self,
        slots: &[usize],
        parts: &Parts<J>,
        requests: Earlier,
        now: Moment,
    ) {
        self.key_works();
        let told = || parts.canceled.iter().chain(&parts.failed);
        // An answer about the only order asked for need not name its identifier.
        let only = slots.len() == 1 && told().count() == 1;
        let is = |batch: &Self, index: usize, order: &Order<J>| {
            let slot = &batch.slots[index];
            slot.is(order) || only && order.may_be(&slot.order)
        };
        let matched = told().all(|order| slots.iter().any(|index| is(self, *index, order)));
        let trusted = parts.is_consistent && matched;
        for &index in slots {
            self.slots[index].add_requests(requests);
            let canceled = parts.canceled.iter().find(|order| is(self, index, order));
            let failed = parts.failed.iter().any(|order| is(self, index, order));
            match (canceled, failed) {
                (Some(order), false) => self.accepted(index, order.clone(), now),
                (canceled, failed) => {
                    let unclear = canceled.is_some() || !failed && !trusted;
                    self.slots[index].requests.answer_lost |= unclear;
                    self.send_alone(index);
                }
            }
        }
    }

    fn chunk_failed(&mut self, slots: &[usize], failure: &Failure, requests: Earlier, now: Moment) {
        let one_by_one = failure.kind == Kind::Rejected
            && !failure.is_key_refused()
            && failure.code.as_deref() != Some("nonce_used");
        if one_by_one {
            self.key_works();
        }
        for &index in slots {
            self.slots[index].add_requests(requests);
            match &self.stopped {
                _ if one_by_one => self.send_alone(index),
                Some(stopped) if requests.attempts == 0 => self.not_sent(index, &stopped.clone()),
                _ => self.failed(index, failure, now),
            }
        }
        if !one_by_one {
            self.stop_after(failure);
        }
    }

    fn looked(&mut self, slots: &[usize], result: Result<Vec<Order<J>>, LookFailure>, now: Moment) {
        match result {
            Ok(orders) => slots
                .iter()
                .for_each(|index| self.saw(*index, &orders, slots, now)),
            Err(LookFailure::Failed) => {
                for &index in slots {
                    let verdict = self
                        .confirmation(index)
                        .map(|confirmation| confirmation.look_failed(now));
                    self.follow(index, verdict);
                }
            }
            Err(LookFailure::Refused(failure)) => {
                for index in self.confirming.clone() {
                    let ended = self
                        .confirmation(index)
                        .map(|confirmation| confirmation.look_refused(&failure));
                    self.follow(index, ended.map(Verdict::Ended));
                }
                self.look_refused = Some(failure);
            }
            Err(LookFailure::Halted(halt)) => {
                for &index in slots {
                    let ended = self
                        .confirmation(index)
                        .map(|confirmation| confirmation.halted(halt));
                    self.follow(index, ended.map(Verdict::Ended));
                }
            }
        }
    }

    /// `orders`: the whole answer to a look at `asked`.
    fn saw(&mut self, index: usize, orders: &[Order<J>], asked: &[usize], now: Moment) {
        let slot = &self.slots[index];
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
        let verdict = self.confirmation(index).map(|confirmation| {
            if unclear {
                confirmation.look_failed(now)
            } else {
                confirmation.looked(found, now)
            }
        });
        self.follow(index, verdict);
    }

    fn confirmation(&mut self, index: usize) -> Option<&mut Confirmation<J>> {
        match &mut self.slots[index].progress {
            Progress::Confirming { confirmation, busy } => {
                *busy = false;
                Some(confirmation)
            }
            _ => None,
        }
    }

    fn follow(&mut self, index: usize, verdict: Option<Verdict<J>>) {
        match verdict {
            Some(Verdict::Ended(ended)) => {
                self.confirming.retain(|confirming| *confirming != index);
                self.settle(index, ended);
            }
            Some(Verdict::CancelAgain) if self.stopped.is_none() => {
                if let Progress::Confirming { busy, .. } = &mut self.slots[index].progress {
                    *busy = true;
                }
                self.ready.push_back(Task::Cancel(index));
            }
            Some(Verdict::CancelAgain | Verdict::LookAgain) | None => (),
        }
    }
}
