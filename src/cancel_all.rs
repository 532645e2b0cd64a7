//! All open orders that a filter names: list, cancel by ids, list again until none is left.

use crate::confirmation::OrderResult;
use crate::filter::{OrderFilter, Side};
use crate::json_value::{JsonValue, LenientText};
use crate::order::Order;
use crate::order_ref::OrderRef;
use crate::outcome::{Kind, Outcome};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// How long after a round the next list is read.
const WAITS: [Duration; 3] = [
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::from_secs(1),
];

/// Readings of a list of several pages, until two in a row are equal.
pub const MAX_SNAPSHOTS: usize = 4;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Cancel these orders by ids, tell the results, wait, and list again.
    Cancel(Vec<OrderRef>),
    /// Wait, and list again.
    Wait(Duration),
    /// No more is done.
    Done,
}

/// A call between its first list and its last.
#[derive(Debug)]
pub struct CancelAll<J> {
    rounds: usize,
    /// The orders in the order in which they were found.
    found: Vec<Order<J>>,
    places: HashMap<String, usize>,
    results: HashMap<usize, OrderResult<J>>,
}

impl<J: JsonValue> Default for CancelAll<J> {
    fn default() -> Self {
        Self {
            rounds: 0,
            found: Vec::new(),
            places: HashMap::new(),
            results: HashMap::new(),
        }
    }
}

impl<J: JsonValue> CancelAll<J> {
    /// Takes in what is open now.
    ///
    /// An order whose cancellation was accepted may still be listed for a while, so it is sent again only in the
    /// last round.
    pub fn next_step(&mut self, open: &[Order<J>]) -> Step {
        let last_round = self.rounds + 1 == WAITS.len();
        if open.is_empty() || self.rounds == WAITS.len() {
            return Step::Done;
        }
        let mut to_cancel = Vec::new();
        for order in open {
            let place = self.place_of(order);
            let accepted = self.results.get(&place).is_some_and(Result::is_ok);
            if last_round || !accepted {
                to_cancel.push(OrderRef::Uuid(order.uuid().to_owned()));
            }
        }
        if to_cancel.is_empty() {
            self.next_wait()
        } else {
            Step::Cancel(to_cancel)
        }
    }

    /// How long to wait after a round, before the next list.
    pub fn next_wait(&mut self) -> Step {
        let wait = WAITS.get(self.rounds).copied();
        self.rounds += 1;
        wait.map_or(Step::Done, Step::Wait)
    }

    /// Cancels no more: what is open is only listed once more.
    pub fn stop(&mut self) {
        self.rounds = WAITS.len() - 1;
    }

    /// Takes in what became of an order. One that was accepted is never told as failed by a later round, and
    /// one that an earlier round may have canceled is never told as not canceled.
    pub fn record(&mut self, uuid: &str, mut ended: OrderResult<J>) {
        let Some(place) = self.places.get(uuid) else {
            return;
        };
        match (self.results.get_mut(place), &mut ended) {
            (Some(Ok(_)), _) => return,
            (Some(Err(before)), Err(now)) => {
                let attempts = before.failure.attempts.saturating_add(now.failure.attempts);
                before.failure.attempts = attempts;
                now.failure.attempts = attempts;
                let may_be_canceled = before.failure.outcome == Outcome::Unknown;
                let refused = now.failure.outcome == Outcome::NotCanceled;
                if may_be_canceled && refused && now.failure.kind != Kind::Filled {
                    return;
                }
            }
            _ => (),
        }
        self.results.insert(*place, ended);
    }

    /// The orders with their results, in the order in which they were found.
    pub fn results(&self) -> impl Iterator<Item = (&Order<J>, &OrderResult<J>)> {
        let result = |(place, order)| Some((order, self.results.get(&place)?));
        self.found.iter().enumerate().filter_map(result)
    }

    /// How many orders were found.
    #[must_use]
    pub fn total(&self) -> usize {
        self.found.len()
    }

    fn place_of(&mut self, order: &Order<J>) -> usize {
        let place = *self
            .places
            .entry(order.uuid().to_owned())
            .or_insert(self.found.len());
        if place == self.found.len() {
            self.found.push(order.clone());
        }
        place
    }
}

/// One reading of all lists of a filter.
#[derive(Debug, Clone)]
pub struct Snapshot<J> {
    orders: Vec<Order<J>>,
    seen: HashSet<String>,
    pages: usize,
    lists: usize,
}

impl<J> Default for Snapshot<J> {
    fn default() -> Self {
        Self {
            orders: Vec::new(),
            seen: HashSet::new(),
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

    /// Adds a page. Orders that have moved to it from the page before are there once. Says whether any
    /// was new: a list whose pages repeat themselves would have no end.
    pub fn add_page(&mut self, page: Vec<Order<J>>) -> bool {
        self.pages += 1;
        let known = self.orders.len();
        for order in page {
            if self.seen.insert(order.uuid().to_owned()) {
                self.orders.push(order);
            }
        }
        self.orders.len() > known
    }

    /// The orders that the filter names. Upbit has no parameter for the side.
    #[must_use]
    pub fn matching(&self, filter: &OrderFilter) -> Vec<Order<J>> {
        let named = |order: &&Order<J>| filter.side.is_none_or(|side| is_on(side, order));
        self.orders.iter().filter(named).cloned().collect()
    }

    /// The same, where 'nothing' has to be a proof. `None`: read again.
    ///
    /// While several pages are read, orders move between them. Then a reading proves something only if the one
    /// before it had the same orders.
    #[must_use]
    pub fn if_conclusive(
        &self,
        before: Option<&Self>,
        filter: &OrderFilter,
    ) -> Option<Vec<Order<J>>> {
        let open = self.matching(filter);
        let one_page_each = self.pages == self.lists;
        let same_again = before.is_some_and(|before| before.seen == self.seen);
        (one_page_each || same_again || !open.is_empty()).then_some(open)
    }
}

/// The side of an order of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SideOf {
    side: LenientText,
}

fn is_on<J: JsonValue>(side: Side, order: &Order<J>) -> bool {
    let own: SideOf = order.value().read().unwrap_or_default();
    own.side.text() == Some(side.name())
}
