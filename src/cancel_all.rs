//! `cancelAllOrders`: lists the open orders of a filter, cancels them by ids, and repeats that until none
//! is left.

use crate::confirmation::OrderResult;
use crate::filter::{OrderFilter, Side};
use crate::json_value::JsonValue;
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::outcome::{Kind, Outcome};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// The wait after each round, before the orders are listed again.
const WAITS: [Duration; 3] = [
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::from_secs(1),
];

/// How many snapshots are read until one is conclusive.
pub const MAX_SNAPSHOTS: usize = 4;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Cancel these orders by ids, then call [`CancelAll::next_wait`].
    Cancel(Vec<OrderRef>),
    /// Wait, list the open orders, and call [`CancelAll::next_step`].
    Wait(Duration),
    /// The call is over.
    Done,
}

/// The state of one call of `cancelAllOrders`.
#[derive(Debug)]
pub struct CancelAll<J> {
    /// How many rounds are over.
    rounds: usize,
    /// All orders that were listed, in that order, with their results.
    orders: Vec<(Order<J>, Option<OrderResult<J>>)>,
    /// Index into `orders` by UUID.
    index_of: HashMap<String, usize>,
}

impl<J: JsonValue> Default for CancelAll<J> {
    fn default() -> Self {
        Self {
            rounds: 0,
            orders: Vec::new(),
            index_of: HashMap::new(),
        }
    }
}

impl<J: JsonValue> CancelAll<J> {
    /// Takes the orders that are open now.
    ///
    /// An order may stay in the list for a while after its cancellation was accepted. So it is only sent
    /// again in the last round.
    pub fn next_step(&mut self, open: &[Order<J>]) -> Step {
        if open.is_empty() || self.rounds == WAITS.len() {
            return Step::Done;
        }
        let is_last_round = self.rounds + 1 == WAITS.len();
        let mut to_cancel = Vec::new();
        for order in open {
            let index = self.find_or_add(order);
            let accepted = matches!(self.orders.get(index), Some((_, Some(Ok(_)))));
            if is_last_round || !accepted {
                to_cancel.push(OrderRef::Uuid(order.uuid().to_owned()));
            }
        }
        if to_cancel.is_empty() {
            self.next_wait()
        } else {
            Step::Cancel(to_cancel)
        }
    }

    /// Ends a round. Returns how long to wait before the orders are listed again.
    pub fn next_wait(&mut self) -> Step {
        let wait = WAITS.get(self.rounds).copied();
        self.rounds += 1;
        wait.map_or(Step::Done, Step::Wait)
    }

    /// Cancels no more orders. The open orders are listed once more.
    pub fn stop(&mut self) {
        self.rounds = WAITS.len() - 1;
    }

    /// Takes the result of an order in this round. A later round never turns an accepted order into a
    /// failed one, and never turns `unknown` into `not_canceled` unless the order was filled.
    pub fn record(&mut self, uuid: &str, mut result: OrderResult<J>) {
        let index = self.index_of.get(uuid);
        let Some((_, recorded)) = index.and_then(|index| self.orders.get_mut(*index)) else {
            return;
        };
        match (&mut *recorded, &mut result) {
            (Some(Ok(_)), _) => return,
            (Some(Err(previous)), Err(new)) => {
                let attempts = previous
                    .failure
                    .attempts
                    .saturating_add(new.failure.attempts);
                previous.failure.attempts = attempts;
                new.failure.attempts = attempts;
                let was_unknown = previous.failure.outcome == Outcome::Unknown;
                let is_not_canceled = new.failure.outcome == Outcome::NotCanceled;
                if was_unknown && is_not_canceled && new.failure.kind != Kind::Filled {
                    return;
                }
            }
            _ => (),
        }
        *recorded = Some(result);
    }

    /// The orders that have a result, in the order in which they were listed.
    pub fn results(&self) -> impl Iterator<Item = (&Order<J>, &OrderResult<J>)> {
        self.orders
            .iter()
            .filter_map(|(order, result)| Some((order, result.as_ref()?)))
    }

    /// How many orders were listed.
    #[must_use]
    pub fn total(&self) -> usize {
        self.orders.len()
    }

    fn find_or_add(&mut self, order: &Order<J>) -> usize {
        let new_index = self.orders.len();
        let index = *self
            .index_of
            .entry(order.uuid().to_owned())
            .or_insert(new_index);
        if index == new_index {
            self.orders.push((order.clone(), None));
        }
        index
    }
}

/// The open orders, read page by page from the lists of all markets of a filter.
#[derive(Debug, Clone)]
pub struct Snapshot<J> {
    orders: Vec<Order<J>>,
    uuids: HashSet<String>,
    pages: usize,
    lists: usize,
}

impl<J> Default for Snapshot<J> {
    fn default() -> Self {
        Self {
            orders: Vec::new(),
            uuids: HashSet::new(),
            pages: 0,
            lists: 0,
        }
    }
}

impl<J: JsonValue> Snapshot<J> {
    /// Begins the list of the next market.
    pub fn begin_list(&mut self) {
        self.lists += 1;
    }

    /// Adds a page, without the orders that a previous page contained. Returns whether it has any new
    /// orders; if not, reading the list further might never end.
    pub fn add_page(&mut self, page: Vec<Order<J>>) -> bool {
        self.pages += 1;
        let before = self.orders.len();
        for order in page {
            if self.uuids.insert(order.uuid().to_owned()) {
                self.orders.push(order);
            }
        }
        self.orders.len() > before
    }

    /// The orders that match the filter. Upbit has no parameter for the side. Market and state are checked
    /// as well, because a server that ignores a parameter must not make the call cancel other orders.
    #[must_use]
    pub fn matching(&self, filter: &OrderFilter) -> Vec<Order<J>> {
        let is_on = |side: Side, order: &Order<J>| {
            order.value().text("side").as_deref() == Some(side.name())
        };
        let is_any = |field: &str, allowed: &[String], order: &Order<J>| {
            let value = order.value().text(field);
            allowed.is_empty() || value.is_none_or(|value| allowed.contains(&value))
        };
        let matches = |order: &&Order<J>| {
            filter.side.is_none_or(|side| is_on(side, order))
                && is_any("market", &filter.markets, order)
                && is_any("state", &filter.states, order)
        };
        self.orders.iter().filter(matches).cloned().collect()
    }

    /// The orders that match the filter, or `None` if there seem to be none and another snapshot must
    /// show whether that is true.
    ///
    /// Orders move between the pages while they are read. So an empty result from several pages only
    /// counts if the previous snapshot had the same orders.
    #[must_use]
    pub fn if_conclusive(
        &self,
        previous: Option<&Self>,
        filter: &OrderFilter,
    ) -> Option<Vec<Order<J>>> {
        let open = self.matching(filter);
        let one_page_each = self.pages == self.lists;
        let unchanged = previous.is_some_and(|previous| previous.uuids == self.uuids);
        (one_page_each || unchanged || !open.is_empty()).then_some(open)
    }
}
