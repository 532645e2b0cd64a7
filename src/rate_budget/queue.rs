//! The requests of one rate group that wait.

use super::request::{Moment, Priority, Ticket};
use std::collections::BTreeMap;
use std::time::Duration;

/// How much later than expected a caller may give up, or an answer may come.
const LATE: Duration = Duration::from_millis(50);

/// A place in the order.
type Place = (Priority, Ticket);

#[derive(Debug, Default)]
pub struct Queue {
    /// With the moment since which each waits.
    waiting: BTreeMap<Place, Moment>,
    /// How long the last one waited that was given up; `None`: none was since the queue was empty.
    patience: Option<Duration>,
}

impl Queue {
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub fn join(&mut self, ticket: Ticket, priority: Priority, now: Moment) {
        if self.waiting.is_empty() {
            self.patience = None;
        }
        self.waiting.insert((priority, ticket), now);
    }

    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        for priority in [Priority::Cancellation, Priority::Lookup] {
            if let Some(joined) = self.waiting.remove(&(priority, ticket)) {
                self.patience = Some(now.saturating_sub(joined));
            }
        }
    }

    pub fn take_first(&mut self) -> Option<Ticket> {
        self.waiting.pop_first().map(|((_, ticket), _)| ticket)
    }

    /// Takes the request whose turn it is, if an answer takes so long.
    ///
    /// Those who are likely to give up before their answer comes are passed over for that time.
    /// Otherwise, where there are more callers than slots and all give up after the same time, each
    /// slot would go to the one that gives up next.
    pub fn take_next(&mut self, now: Moment, answer_time: Duration) -> Option<Ticket> {
        let place = self.not_critical(now, answer_time);
        let Some(place) = place else {
            return self.take_first();
        };
        self.waiting.remove(&place);
        Some(place.1)
    }

    fn not_critical(&self, now: Moment, answer_time: Duration) -> Option<Place> {
        let patience = self.patience?;
        let needed = answer_time.saturating_add(answer_time / 4 + LATE);
        let critical = patience.saturating_sub(needed)..=patience.saturating_add(LATE);
        let (first, _) = self.waiting.first_key_value()?;
        self.waiting
            .iter()
            .take_while(|(place, _)| place.0 == first.0)
            .find(|(_, joined)| !critical.contains(&now.saturating_sub(**joined)))
            .map(|(place, _)| *place)
    }
}
