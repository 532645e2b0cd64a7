//! When a batch looks its orders up, and how many at a time.

use super::slot::{Progress, Slot, chunks};
use super::{Batch, Looking, SendMode, Task};
use crate::endpoints::list_orders_by_ids::{MAX_ORDERS, MAX_QUERY_BYTES};
use crate::json_value::JsonValue;
use crate::rate_budget::Moment;
use std::time::Duration;

/// Orders whose looks are due within this time share a look.
const GATHERING: Duration = Duration::from_millis(50);

/// The same while cancellations are still under way, which add more.
const GATHERING_WHILE_CANCELING: Duration = Duration::from_millis(500);

/// A look may take so much longer than the time that is left.
const LAST_LOOK: Duration = Duration::from_secs(1);

impl<J: JsonValue> Batch<J> {
    /// When to call [`Batch::next`] again, if nothing else happens before.
    #[must_use]
    pub fn wake_at(&self, now: Moment) -> Option<Moment> {
        if !self.may_look() {
            return None;
        }
        let first = self.waiting().map(|(_, due)| due).min()?;
        let next = self
            .waiting()
            .map(|(_, due)| due)
            .filter(|due| *due > now)
            .min();
        let gathered = first + self.gathering();
        Some(next.map_or(gathered, |next| next.min(gathered)).max(now))
    }

    /// The slots that wait for a look, and when it is due.
    fn waiting(&self) -> impl Iterator<Item = (usize, Moment)> {
        let due = |(index, slot): (usize, &Slot<J>)| match &slot.progress {
            Progress::Confirming {
                confirmation,
                busy: false,
            } => Some((index, confirmation.next_look())),
            _ => None,
        };
        self.slots.iter().enumerate().filter_map(due)
    }

    fn gathering(&self) -> Duration {
        let cancels = |task: &Task| !matches!(task, Task::Lookup(_));
        if self.ready.is_empty() && !self.in_flight.values().any(cancels) {
            GATHERING
        } else {
            GATHERING_WHILE_CANCELING
        }
    }

    /// A key may lack the permission, so the first look is waited for.
    fn may_look(&self) -> bool {
        let looks = |task: &Task| matches!(task, Task::Lookup(_));
        let tried = !matches!(self.looking, Looking::Untried);
        !self.confirm.is_zero() && (tried || !self.in_flight.values().any(looks))
    }

    pub(super) fn next_look(&mut self) -> Option<Task> {
        if !self.may_look() {
            return None;
        }
        let now = self.now;
        let first = self.waiting().map(|(_, due)| due).min()?;
        let due: Vec<_> = self
            .waiting()
            .filter(|(_, due)| *due <= now)
            .map(|(index, _)| index)
            .collect();
        let all_are_due = due.len() == self.waiting().count() && self.gathering() == GATHERING;
        let is_time = all_are_due || due.len() >= MAX_ORDERS || now >= first + self.gathering();
        if due.is_empty() || !is_time {
            return None;
        }
        let orders = due.iter().map(|index| (*index, &self.slots[*index].order));
        let chunk = chunks(orders, MAX_ORDERS, MAX_QUERY_BYTES)
            .into_iter()
            .next()?;
        for index in &chunk {
            if let Progress::Confirming { busy, .. } = &mut self.slots[*index].progress {
                *busy = true;
            }
        }
        Some(Task::Lookup(chunk))
    }

    /// Names that are too long for a look at many go in one of their own.
    pub(super) fn is_looked_up_alone(&self, index: usize) -> bool {
        self.sending == SendMode::Single || !self.slots[index].fits(MAX_QUERY_BYTES)
    }

    pub(super) fn look_limit(&self, slots: &[usize]) -> Duration {
        let deadline = |index: &usize| match &self.slots[*index].progress {
            Progress::Confirming { confirmation, .. } => Some(confirmation.deadline()),
            _ => None,
        };
        let last = slots.iter().filter_map(deadline).max();
        last.unwrap_or(self.now)
            .saturating_sub(self.now)
            .saturating_add(LAST_LOOK)
    }
}
