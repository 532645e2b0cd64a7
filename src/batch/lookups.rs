//! When a batch looks its orders up, and which orders share a lookup.

use super::tracked_order::{Stage, TrackedOrder, chunks};
use super::{Batch, LookupState, SendMode, Task};
use crate::endpoints::list_orders_by_ids::{MAX_ORDERS, MAX_QUERY_BYTES};
use crate::json_value::JsonValue;
use crate::rate_budget::Moment;
use std::time::Duration;

/// A lookup waits this long for further orders to become due, so that they share one request.
const BATCHING_DELAY: Duration = Duration::from_millis(50);

/// The same while cancellations are queued or in flight, because more orders become due soon.
const BATCHING_DELAY_WHILE_CANCELING: Duration = Duration::from_millis(500);

/// How far the timeout of a lookup may exceed the deadline of its orders.
const LAST_LOOKUP_GRACE: Duration = Duration::from_millis(500);

impl<J: JsonValue> Batch<J> {
    /// When to call [`Batch::next`] again, unless a request completes earlier.
    #[must_use]
    pub fn wake_at(&self, now: Moment) -> Option<Moment> {
        if !self.may_look_up() {
            return None;
        }
        let due_times = || self.to_look_up().map(|(_, due)| due);
        let batching_ends = due_times().min()? + self.batching_delay();
        let next_due = due_times().filter(|due| *due > now).min();
        Some(
            next_due
                .map_or(batching_ends, |due| due.min(batching_ends))
                .max(now),
        )
    }

    /// The orders that wait for a lookup, and when it is due.
    fn to_look_up(&self) -> impl Iterator<Item = (usize, Moment)> {
        let due = |(index, order): (usize, &TrackedOrder<J>)| match &order.stage {
            Stage::Confirming {
                confirmation,
                busy: false,
            } => Some((index, confirmation.next_lookup())),
            _ => None,
        };
        self.orders.iter().enumerate().filter_map(due)
    }

    fn is_canceling(&self) -> bool {
        let cancels = |(_, task): &(usize, Task)| !matches!(task, Task::Lookup(_));
        !self.ready.is_empty() || self.in_flight.iter().any(cancels)
    }

    fn batching_delay(&self) -> Duration {
        if self.is_canceling() {
            BATCHING_DELAY_WHILE_CANCELING
        } else {
            BATCHING_DELAY
        }
    }

    /// The first lookup must complete before the second is sent: the key may lack the permission.
    fn may_look_up(&self) -> bool {
        let is_lookup = |(_, task): &(usize, Task)| matches!(task, Task::Lookup(_));
        let tested = !matches!(self.lookups, LookupState::Untested);
        !self.confirm.is_zero() && (tested || !self.in_flight.iter().any(is_lookup))
    }

    pub(super) fn next_lookup(&mut self) -> Option<Task> {
        if !self.may_look_up() {
            return None;
        }
        let now = self.now;
        let first_due = self.to_look_up().map(|(_, due)| due).min()?;
        let due: Vec<_> = self
            .to_look_up()
            .filter(|(_, due)| *due <= now)
            .map(|(index, _)| index)
            .collect();
        let all_are_due = due.len() == self.to_look_up().count() && !self.is_canceling();
        let is_time =
            all_are_due || due.len() >= MAX_ORDERS || now >= first_due + self.batching_delay();
        if due.is_empty() || !is_time {
            return None;
        }
        let names = due.iter().map(|index| (*index, &self.orders[*index].name));
        let chunk = chunks(names, MAX_ORDERS, MAX_QUERY_BYTES)
            .into_iter()
            .next()?;
        for index in &chunk {
            if let Stage::Confirming { busy, .. } = &mut self.orders[*index].stage {
                *busy = true;
            }
        }
        Some(Task::Lookup(chunk))
    }

    /// Whether an order is looked up with `GET /v1/order`. An identifier may be too long for a lookup
    /// by ids.
    pub(super) fn has_own_lookup(&self, index: usize) -> bool {
        self.mode == SendMode::Single || !self.orders[index].fits(MAX_QUERY_BYTES)
    }

    pub(super) fn lookup_timeout(&self, indices: &[usize]) -> Duration {
        let deadline = |index: &usize| match &self.orders[*index].stage {
            Stage::Confirming { confirmation, .. } => Some(confirmation.deadline()),
            _ => None,
        };
        let last = indices.iter().filter_map(deadline).max();
        last.unwrap_or(self.now)
            .saturating_sub(self.now)
            .saturating_add(LAST_LOOKUP_GRACE)
    }
}
