//! The requests that one account may send to one host: 30 in any second, first come first served.
//!
//! A request occupies one of 30 slots until a second after it has arrived at Upbit, at the latest.
//! When that was is known only from both ends: not before it was sent, not after its answer came.
//! Requests of other programs, of which `Remaining-Req` tells, occupy slots too.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

/// Calls a second and account; see [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).
pub const REQUESTS_PER_SECOND: usize = 30;

const ONE_SECOND: Duration = Duration::from_secs(1);

/// By then a request has arrived, answered or not, so that slow answers do not hold up others.
const LONGEST_WAY: Duration = Duration::from_millis(500);

/// A moment on a clock that never goes back, counted from any beginning.
pub type Moment = Duration;

/// A place in the queue for the next free slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Send now; the ticket has become a request under way.
    Now,
    /// Ask again after this long, not earlier.
    After(Duration),
}

#[derive(Debug)]
struct Slot {
    /// `None`: a request of another program.
    ticket: Option<Ticket>,
    sent: Moment,
    answered: Option<Moment>,
}

impl Slot {
    /// When it will be free, if its answer does not come any later than now.
    fn busy_until(&self, now: Moment) -> Moment {
        let arrived = self.answered.unwrap_or(now).min(self.sent + LONGEST_WAY);
        arrived + ONE_SECOND
    }
}

/// The slots of one account at one host, and those who wait for one.
#[derive(Debug, Default)]
pub struct Budget {
    slots: Vec<Slot>,
    queue: VecDeque<Ticket>,
    paused_until: Moment,
    tickets: u64,
}

impl Budget {
    /// Lines up for a slot.
    pub fn join(&mut self) -> Ticket {
        let ticket = Ticket(self.tickets);
        self.tickets += 1;
        self.queue.push_back(ticket);
        ticket
    }

    /// Gives up a place in the queue; one who was served already has none.
    pub fn leave(&mut self, ticket: Ticket) {
        if let Ok(place) = self.queue.binary_search(&ticket) {
            self.queue.remove(place);
        }
    }

    /// Asks whether a ticket's turn has come.
    pub fn ask(&mut self, ticket: Ticket, now: Moment) -> Turn {
        self.slots.retain(|slot| slot.busy_until(now) > now);
        if let Some(pause) = self
            .paused_until
            .checked_sub(now)
            .filter(|left| !left.is_zero())
        {
            return Turn::After(pause);
        }
        let Ok(place) = self.queue.binary_search(&ticket) else {
            return Turn::Now;
        };
        let free = REQUESTS_PER_SECOND.saturating_sub(self.slots.len());
        if place < free {
            self.queue.remove(place);
            self.slots.push(Slot {
                ticket: Some(ticket),
                sent: now,
                answered: None,
            });
            return Turn::Now;
        }
        Turn::After(self.until_free(place - free, now))
    }

    /// Takes in that the answer to a ticket's request came, or never will, and what its
    /// `Remaining-Req` says.
    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        let slot = self
            .slots
            .iter_mut()
            .find(|slot| slot.ticket == Some(ticket));
        if let Some(slot) = slot {
            slot.answered = Some(now);
        }
        let Some(left) = remaining.and_then(|count| usize::try_from(count).ok()) else {
            return;
        };
        self.slots.retain(|slot| slot.busy_until(now) > now);
        let free = REQUESTS_PER_SECOND.saturating_sub(self.slots.len());
        let used_by_others = free.saturating_sub(left);
        self.slots.extend((0..used_by_others).map(|_| Slot {
            ticket: None,
            sent: now,
            answered: Some(now),
        }));
    }

    /// Sends nothing for a while: the account was refused.
    pub fn pause(&mut self, now: Moment, wait: Duration) {
        self.paused_until = self.paused_until.max(now + wait);
    }

    /// Whether nothing is left to remember.
    #[must_use]
    pub fn is_idle(&self, now: Moment) -> bool {
        self.queue.is_empty()
            && now >= self.paused_until
            && self.slots.iter().all(|slot| slot.busy_until(now) <= now)
    }

    /// The shortest time in which a slot is free for one who has `ahead` others before it.
    fn until_free(&self, ahead: usize, now: Moment) -> Duration {
        let ends = || self.slots.iter().map(|slot| slot.busy_until(now));
        let free_by = |end: Moment| ends().filter(|other| *other <= end).count();
        let in_this_round = ahead % REQUESTS_PER_SECOND;
        let end = ends().filter(|end| free_by(*end) > in_this_round).min();
        // Whoever finds no end here waits for one of those before it to send first.
        let wait = end.map_or(ONE_SECOND, |end| end.saturating_sub(now));
        let rounds = u32::try_from(ahead / REQUESTS_PER_SECOND).unwrap_or(u32::MAX);
        wait.saturating_add(ONE_SECOND.saturating_mul(rounds))
    }
}
