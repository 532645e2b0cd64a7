//! The queue of one rate group.

use super::request::{Moment, Priority, Ticket};
use std::time::Duration;

/// How much later than expected a caller may give up, or a response may arrive.
const TOLERANCE: Duration = Duration::from_millis(50);

/// Key of the queue. It sorts by priority, then by ticket.
type Place = (Priority, Ticket);

/// The queue of one rate group.
#[derive(Debug, Default)]
pub struct Queue {
    /// Sorted, with the time when each waiter joined.
    waiters: Vec<(Place, Moment)>,
    /// How long the last waiter that gave up had waited. `None` if none has given up since the queue
    /// was empty.
    patience: Option<Duration>,
}

impl Queue {
    pub fn is_empty(&self) -> bool {
        self.waiters.is_empty()
    }

    pub fn join(&mut self, ticket: Ticket, priority: Priority, now: Moment) {
        if self.waiters.is_empty() {
            self.patience = None;
        }
        let place = (priority, ticket);
        let index = self.waiters.partition_point(|(other, _)| *other < place);
        self.waiters.insert(index, (place, now));
    }

    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        let mut waiters = self.waiters.iter();
        if let Some(index) = waiters.position(|((_, other), _)| *other == ticket) {
            let (_, joined) = self.waiters.remove(index);
            self.patience = Some(now.saturating_sub(joined));
        }
    }

    pub fn pop_first(&mut self) -> Option<Ticket> {
        self.remove(0)
    }

    /// Removes the waiter that gets the next slot.
    ///
    /// Waiters that are likely to give up before their response arrives are skipped. Otherwise, if all
    /// callers give up after the same time and there are more of them than slots, each slot would go to
    /// the caller that gives up next.
    pub fn pop_next(&mut self, now: Moment, response_time: Duration) -> Option<Ticket> {
        let index = self.first_patient(now, response_time);
        self.remove(index.unwrap_or_default())
    }

    fn remove(&mut self, index: usize) -> Option<Ticket> {
        let exists = index < self.waiters.len();
        exists.then(|| self.waiters.remove(index).0.1)
    }

    /// The first waiter of the highest priority that is not about to give up.
    fn first_patient(&self, now: Moment, response_time: Duration) -> Option<usize> {
        let patience = self.patience?;
        let needed = response_time.saturating_add(response_time / 4 + TOLERANCE);
        let about_to_give_up = patience.saturating_sub(needed)..=patience.saturating_add(TOLERANCE);
        let (first, _) = self.waiters.first()?;
        self.waiters
            .iter()
            .take_while(|(place, _)| place.0 == first.0)
            .position(|(_, joined)| !about_to_give_up.contains(&now.saturating_sub(*joined)))
    }
}
