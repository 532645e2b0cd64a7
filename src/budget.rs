//! The requests that one account may send to one host: 30 in any second, first come first served.
//!
//! A request occupies one of 30 slots until a second after it has arrived at Upbit, at the latest.
//! When that was is known only from both ends: not before it was sent, not after its answer came.
//! Requests of other programs, of which `Remaining-Req` tells, occupy slots too.
//!
//! Programs that use one account at once cannot see each other's requests under way, only that one
//! of them is refused. Whoever is refused pauses, and from then on keeps to a share of the slots: as
//! many as it was granted within the last second. Since together the programs were granted no
//! more than there is, their shares fit. When a share holds its program back although the server
//! tells of requests left over for a while, it grows by half of them; it ends when it has
//! grown to all slots, or when nothing was sent for a while.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

/// Calls a second and account; see [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).
pub const REQUESTS_PER_SECOND: usize = 30;

const ONE_SECOND: Duration = Duration::from_secs(1);

/// By then a request has arrived, answered or not, so that slow answers do not hold up others.
const LONGEST_WAY: Duration = Duration::from_millis(500);

/// In such a time every program that keeps to a share has sent all it may, or needs none.
const ROUND: Duration = LONGEST_WAY.saturating_add(ONE_SECOND);

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

/// The slots that this program leaves to itself after a refusal.
#[derive(Debug)]
struct Share {
    /// At least 1.
    slots: usize,
    /// When it began, or grew last.
    since: Moment,
    /// The least that was left over since then; `None`: the server has not told.
    left_over: Option<usize>,
}

/// The slots of one account at one host, and those who wait for one.
#[derive(Debug, Default)]
pub struct Budget {
    slots: Vec<Slot>,
    queue: VecDeque<Ticket>,
    paused_until: Moment,
    /// `None`: all slots.
    share: Option<Share>,
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
        // A slot that is free again may still count in an answer under way.
        self.slots
            .retain(|slot| slot.busy_until(now) + LONGEST_WAY > now);
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
        let own = self.busy(true, now).count();
        self.review_share(own, now);
        let unused = REQUESTS_PER_SECOND.saturating_sub(self.busy(false, now).count());
        let allowed = self.slots_allowed().saturating_sub(own);
        let free = unused.min(allowed);
        if place < free {
            self.queue.remove(place);
            self.slots.push(Slot {
                ticket: Some(ticket),
                sent: now,
                answered: None,
            });
            return Turn::Now;
        }
        Turn::After(self.until_free(place - free, allowed <= unused, now))
    }

    /// Takes in that the answer to a ticket's request came, or never will, and what its
    /// `Remaining-Req` says.
    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        let slot = self
            .slots
            .iter_mut()
            .find(|slot| slot.ticket == Some(ticket));
        // An answer so late that its slot is forgotten tells of a second long past.
        let Some(slot) = slot else {
            return;
        };
        slot.answered = Some(now);
        let sent = slot.sent;
        let Some(left) = remaining.and_then(|count| usize::try_from(count).ok()) else {
            return;
        };
        if let Some(share) = &mut self.share {
            share.left_over = Some(share.left_over.map_or(left, |least| least.min(left)));
        }
        // Those that have become free on the way of this request may still have counted.
        let counted = self.slots.iter().filter(|slot| slot.busy_until(now) > sent);
        let free = REQUESTS_PER_SECOND.saturating_sub(counted.count());
        let used_by_others = free.saturating_sub(left);
        self.slots.extend((0..used_by_others).map(|_| Slot {
            ticket: None,
            sent: now,
            answered: Some(now),
        }));
    }

    /// Takes in that a ticket's request was refused for the rate: nothing is sent for a while, and
    /// less from then on.
    pub fn refused(&mut self, ticket: Ticket, now: Moment, wait: Duration) {
        self.slots.retain(|slot| slot.ticket != Some(ticket));
        let granted = match &self.share {
            // It was under way when the first one was refused, and was taken for granted then.
            Some(share) if now < self.paused_until => share.slots - 1,
            _ => self.busy(true, now).count(),
        };
        self.paused_until = self.paused_until.max(now + wait);
        self.share = Some(Share {
            slots: granted.max(1),
            since: self.paused_until,
            left_over: None,
        });
    }

    /// Whether nothing is left to remember.
    #[must_use]
    pub fn is_idle(&self, now: Moment) -> bool {
        self.queue.is_empty()
            && now >= self.paused_until + ROUND
            && self.slots.iter().all(|slot| slot.busy_until(now) <= now)
    }

    /// When the slots that are busy will be free: the program's own, or all.
    fn busy(&self, own: bool, now: Moment) -> impl Iterator<Item = Moment> {
        let counts = move |slot: &&Slot| !own || slot.ticket.is_some();
        let ends = self.slots.iter().filter(counts);
        ends.map(move |slot| slot.busy_until(now))
            .filter(move |end| *end > now)
    }

    fn slots_allowed(&self) -> usize {
        let share = self.share.as_ref();
        share.map_or(REQUESTS_PER_SECOND, |share| share.slots)
    }

    /// Lets the share grow or end, if it is time to.
    fn review_share(&mut self, own: usize, now: Moment) {
        let Some(share) = &mut self.share else {
            return;
        };
        if own >= share.slots && now >= share.since + ROUND {
            share.slots += share.left_over.map_or(1, |left| left / 2);
            share.since = now;
            share.left_over = None;
        }
        let unused = self.slots.iter().all(|slot| slot.ticket.is_none());
        let forgotten = unused && now >= self.paused_until + ROUND;
        if forgotten || share.slots >= REQUESTS_PER_SECOND {
            self.share = None;
        }
    }

    /// The shortest time in which a slot is free for one who has `ahead` others before it.
    /// `own`: the share holds it back.
    fn until_free(&self, ahead: usize, own: bool, now: Moment) -> Duration {
        let size = self.slots_allowed();
        let ends = || self.busy(own, now);
        let free_by = |end: Moment| ends().filter(|other| *other <= end).count();
        let in_this_round = ahead % size;
        let end = ends().filter(|end| free_by(*end) > in_this_round).min();
        // Whoever finds no end here waits for one of those before it to send first.
        let wait = end.map_or(ONE_SECOND, |end| end.saturating_sub(now));
        // A share may have grown by the next round.
        let rounds = self.share.as_ref().map_or(ahead / size, |_| 0);
        let rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
        wait.saturating_add(ONE_SECOND.saturating_mul(rounds))
    }
}
