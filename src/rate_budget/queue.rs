//! The queue of one rate group.

use super::request::{Moment, Priority, Ticket};
use std::collections::BTreeMap;
use std::time::Duration;

/// How much later than expected a caller may give up, or a response may arrive.
const TOLERANCE: Duration = Duration::from_millis(50);

/// Key of the queue. It sorts by priority, then by ticket.
type Place = (Priority, Ticket);

/// The queue of one rate group.
#[derive(Debug, Default)]
pub struct Queue {
    /// When each waiter joined.
    waiters: BTreeMap<Place, Moment>,
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
        self.waiters.insert((priority, ticket), now);
    }

    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        for priority in [Priority::Cancellation, Priority::Lookup] {
            if let Some(joined) = self.waiters.remove(&(priority, ticket)) {
                self.patience = Some(now.saturating_sub(joined));
            }
        }
    }

    pub fn pop_first(&mut self) -> Option<Ticket> {
        self.waiters.pop_first().map(|((_, ticket), _)| ticket)
    }

    /// Removes the waiter that gets the next slot.
    ///
    /// Waiters that are likely to give up before their response arrives are skipped. Otherwise, if all
    /// callers give up after the same time and there are more of them than slots, each slot would go to
    /// the caller that gives up next.
    pub fn pop_next(&mut self, now: Moment, response_time: Duration) -> Option<Ticket> {
        let Some(place) = self.first_patient(now, response_time) else {
            return self.pop_first();
        };
        self.waiters.remove(&place);
        Some(place.1)
    }

    /// The first waiter of the highest priority that is not about to give up.
    fn first_patient(&self, now: Moment, response_time: Duration) -> Option<Place> {
        let patience = self.patience?;
        let needed = response_time.saturating_add(response_time / 4 + TOLERANCE);
        let about_to_give_up = patience.saturating_sub(needed)..=patience.saturating_add(TOLERANCE);
        let (first, _) = self.waiters.first_key_value()?;
        self.waiters
            .iter()
            .take_while(|(place, _)| place.0 == first.0)
            .find(|(_, joined)| !about_to_give_up.contains(&now.saturating_sub(**joined)))
            .map(|(place, _)| *place)
    }
}
