//! How orders get their results. Two entries may name the same order, one by UUID and one by
//! identifier; then both get the same result.

use super::Batch;
use super::tracked_order::{Stage, TrackedOrder};
use crate::confirmation::OrderResult;
use crate::hint;
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::outcome::Outcome;

impl<J: JsonValue> Batch<J> {
    /// Takes the result of an order. An order that was not found is put on hold while another entry
    /// may still turn out to name it.
    pub(super) fn settle(&mut self, index: usize, result: OrderResult<J>) {
        self.unfinished -= 1;
        if matches!(&result, Err(error) if error.failure.is_order_not_found()) {
            self.orders[index].stage = Stage::OnHold(result);
            let name = &self.orders[index].name;
            let is_same = |order: &TrackedOrder<J>| order.is_canceled_as(name);
            match self.orders.iter().position(is_same) {
                Some(same) => self.make_alias(index, same),
                None => self.on_hold.push(index),
            }
        } else {
            self.finish(index, result);
        }
        if self.unfinished == 0 || !self.mixed_names {
            self.release_held();
        }
    }

    fn finish(&mut self, index: usize, result: OrderResult<J>) {
        let order = &mut self.orders[index];
        order.stage = Stage::Done(result);
        self.finished.extend(&order.entries);
    }

    /// Records that this batch has canceled an order. The response shows both its names, so orders on hold
    /// may turn out to be the same.
    pub(super) fn record_canceled(&mut self, index: usize, order: &Order<J>) {
        self.orders[index].canceled = Some(order.clone());
        for held in std::mem::take(&mut self.on_hold) {
            if order.matches(&self.orders[held].name) {
                self.make_alias(held, index);
            } else {
                self.on_hold.push(held);
            }
        }
    }

    /// Gives the entries of an order that was not found the result of `same`, which is the same order.
    fn make_alias(&mut self, index: usize, same: usize) {
        self.orders[index].stage = Stage::Alias;
        let entries = std::mem::take(&mut self.orders[index].entries);
        for entry in &entries {
            self.order_of[*entry] = same;
        }
        if matches!(self.orders[same].stage, Stage::Done(_)) {
            self.finished.extend(&entries);
        }
        self.orders[same].entries.extend(entries);
    }

    /// Finishes the orders on hold: no other entry can turn out to name them any more.
    fn release_held(&mut self) {
        let unknown = [true, false].map(|by_uuid| self.mixed_names && self.has_unknown(by_uuid));
        for index in std::mem::take(&mut self.on_hold) {
            let order = &mut self.orders[index];
            let [uuid_unknown, identifier_unknown] = unknown;
            let may_be_canceled = match order.name {
                OrderRef::Uuid(_) => identifier_unknown,
                OrderRef::Identifier(_) => uuid_unknown,
            };
            if let Stage::OnHold(mut result) = std::mem::replace(&mut order.stage, Stage::Alias) {
                if let Err(error) = &mut result
                    && may_be_canceled
                {
                    error.failure.outcome = Outcome::Unknown;
                    error.failure.hint = Some(hint::OTHER_ENTRY_UNKNOWN);
                }
                self.finish(index, result);
            }
        }
    }

    /// Whether an order that is named by UUID, or else by identifier, has an unknown outcome.
    fn has_unknown(&self, by_uuid: bool) -> bool {
        self.orders.iter().any(|order| match &order.stage {
            Stage::OnHold(Err(error)) | Stage::Done(Err(error)) => {
                matches!(order.name, OrderRef::Uuid(_)) == by_uuid
                    && error.failure.outcome == Outcome::Unknown
            }
            _ => false,
        })
    }
}
