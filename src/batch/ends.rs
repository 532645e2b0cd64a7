//! How orders end, and entries that turn out to name one order: by UUID, and by identifier.

use super::Batch;
use super::slot::Progress;
use crate::confirmation::OrderResult;
use crate::hint;
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::outcome::Outcome;

impl<J: JsonValue> Batch<J> {
    /// Ends an order. One that was not found is held back: another entry may name it otherwise.
    pub(super) fn settle(&mut self, index: usize, ended: OrderResult<J>) {
        self.unfinished -= 1;
        if matches!(&ended, Err(failed) if failed.failure.is_order_not_found()) {
            let name = self.slots[index].order.normalized();
            self.slots[index].progress = Progress::Held(ended);
            match self.canceled_names.get(&name) {
                Some(same) => self.become_alias(index, *same),
                None => self.held.push(index),
            }
        } else {
            self.end(index, ended);
        }
        if self.unfinished == 0 || !self.names_differ {
            self.release_held();
        }
    }

    fn end(&mut self, index: usize, ended: OrderResult<J>) {
        let slot = &mut self.slots[index];
        slot.progress = Progress::Ended(ended);
        self.finished.extend(&slot.entries);
    }

    /// Takes in both names of an order that this batch has canceled.
    pub(super) fn learn_names(&mut self, index: usize, order: &Order<J>) {
        self.slots[index].uuid = Some(order.uuid().to_owned());
        let uuid = OrderRef::Uuid(order.uuid().to_ascii_lowercase());
        let identifier = order.identifier().map(str::to_owned);
        let names = [Some(uuid), identifier.map(OrderRef::Identifier)];
        for name in names.into_iter().flatten() {
            let is_it = |held: &usize| self.slots[*held].order.normalized() == name;
            if let Some(place) = self.held.iter().position(is_it) {
                let held = self.held.swap_remove(place);
                self.become_alias(held, index);
            }
            self.canceled_names.insert(name, index);
        }
    }

    /// An order that was not found is one that another slot has canceled: it is told the same.
    fn become_alias(&mut self, index: usize, same: usize) {
        self.slots[index].progress = Progress::Alias;
        let entries = std::mem::take(&mut self.slots[index].entries);
        for entry in &entries {
            self.slot_of[*entry] = same;
        }
        if matches!(self.slots[same].progress, Progress::Ended(_)) {
            self.finished.extend(&entries);
        }
        self.slots[same].entries.extend(entries);
    }

    /// No answer will tell any more that an order that is held is one that another entry names.
    fn release_held(&mut self) {
        let unknown = [true, false].map(|by_uuid| self.names_differ && self.is_unknown(by_uuid));
        for index in std::mem::take(&mut self.held) {
            let slot = &mut self.slots[index];
            let [uuid_unknown, identifier_unknown] = unknown;
            let doubtful = match slot.order {
                OrderRef::Uuid(_) => identifier_unknown,
                OrderRef::Identifier(_) => uuid_unknown,
            };
            if let Progress::Held(mut ended) =
                std::mem::replace(&mut slot.progress, Progress::Alias)
            {
                if let Err(failed) = &mut ended
                    && doubtful
                {
                    failed.failure.outcome = Outcome::Unknown;
                    failed.failure.hint = Some(hint::OTHER_ENTRY_UNKNOWN);
                }
                self.end(index, ended);
            }
        }
    }

    /// Whether an order that is named in this way has an outcome that nobody knows.
    fn is_unknown(&self, by_uuid: bool) -> bool {
        self.slots.iter().any(|slot| match &slot.progress {
            Progress::Held(Err(failed)) | Progress::Ended(Err(failed)) => {
                matches!(slot.order, OrderRef::Uuid(_)) == by_uuid
                    && failed.failure.outcome == Outcome::Unknown
            }
            _ => false,
        })
    }
}
