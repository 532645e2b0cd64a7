//! The part of a budget that one rate group has: its queue, its slots and its pause.
//!
//! A request occupies a slot from the moment it is granted until one window after its end. It
//! arrives somewhere in between, so no window holds more arrivals than there are slots, however
//! late a busy event loop sends and however slow the connection is.

use super::share::Share;
use super::{Moment, Priority, RateGroup, Refusal, Step, Ticket, time_left};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// A longer pause is not waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Spreads the programs that were refused together over the beginning of the next window.
const SPREAD: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub struct GroupBudget {
    group: RateGroup,
    queue: BTreeSet<(Priority, Ticket)>,
    /// Requests that have been granted and not ended, with the moment of the grant.
    under_way: BTreeMap<Ticket, Moment>,
    own: Slots,
    /// Slots of other programs' requests, of which `Remaining-Req` told.
    others: Slots,
    paused_until: Moment,
    share: Share,
}

impl GroupBudget {
    pub fn new(group: RateGroup) -> Self {
        Self {
            group,
            queue: BTreeSet::new(),
            under_way: BTreeMap::new(),
            own: Slots::new(group.limit()),
            others: Slots::new(group.limit()),
            paused_until: Moment::ZERO,
            share: Share::new(group),
        }
    }

    pub fn join(&mut self, ticket: Ticket, priority: Priority) {
        self.queue.insert((priority, ticket));
    }

    pub fn leave(&mut self, ticket: Ticket) {
        self.queue.remove(&(Priority::Cancellation, ticket));
        self.queue.remove(&(Priority::LookUp, ticket));
    }

    /// Refuses the first of the queue.
    pub fn refuse(&mut self, refusal: Refusal) -> Step {
        let first = self.queue.pop_first();
        first.map_or(Step::Idle, |(_, ticket)| Step::Refuse(ticket, refusal))
    }

    /// What to do next, if this program may occupy so many slots.
    pub fn next(&mut self, now: Moment, slots: usize) -> Step {
        if let Some(left) = time_left(self.paused_until, now) {
            if left > LONGEST_WAIT {
                return self.refuse(Refusal::Paused { left });
            }
            return self.when_queued(Step::WaitUntil(self.paused_until));
        }
        let own = self.under_way.len() + self.own.busy(now);
        let own_full = own >= slots.min(self.share.slots());
        if own_full || own + self.others.busy(now) >= self.group.limit() {
            let others = self.others.next_free(now).filter(|_| !own_full);
            let free = self.own.next_free(now).into_iter().chain(others).min();
            return self.when_queued(free.map_or(Step::Idle, Step::WaitUntil));
        }
        let Some((_, ticket)) = self.queue.pop_first() else {
            return Step::Idle;
        };
        self.under_way.insert(ticket, now);
        self.share.granted(ticket, own + 1, now);
        Step::Grant(ticket)
    }

    /// Takes in that a request has ended, and what its answer told.
    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        let Some(granted) = self.under_way.remove(&ticket) else {
            return;
        };
        let free_at = now.saturating_add(self.group.window());
        self.own.occupy(free_at);
        let others = remaining.map(|left| {
            let left = usize::try_from(left).unwrap_or(usize::MAX);
            // All of these may have been counted when the request arrived.
            let known = self.others.busy(granted);
            let own = self.under_way.len() + self.own.busy(granted);
            let unused = self.group.limit().saturating_sub(own + known);
            let new = unused.saturating_sub(left);
            (0..new).for_each(|_| self.others.occupy(free_at));
            known + new
        });
        self.share.answered(ticket, granted, now, others);
    }

    /// Takes in that a request was refused for the rate.
    pub fn throttled(&mut self, ticket: Ticket, now: Moment, told: Duration, jitter: f64) {
        if self.under_way.remove(&ticket).is_none() {
            return;
        }
        let own = self.under_way.len() + self.own.busy(now);
        let first = now >= self.paused_until;
        // From the answer on, the second in which the quota was used up lasts a window at most.
        let window = self.group.window() + SPREAD.mul_f64(jitter.clamp(0.0, 1.0));
        self.paused_until = self.paused_until.max(now.saturating_add(window.max(told)));
        self.share.refused(first.then_some(own), self.paused_until);
    }

    pub fn is_idle(&self, now: Moment) -> bool {
        self.queue.is_empty()
            && self.under_way.is_empty()
            && now >= self.paused_until
            && self.own.busy(now) + self.others.busy(now) == 0
    }

    fn when_queued(&self, step: Step) -> Step {
        if self.queue.is_empty() {
            Step::Idle
        } else {
            step
        }
    }
}

/// Slots whose requests have ended, by the moment at which they are free: the latest, no more of
/// them than the group has.
#[derive(Debug)]
struct Slots {
    free_at: VecDeque<Moment>,
    most: usize,
}

impl Slots {
    fn new(most: usize) -> Self {
        let free_at = VecDeque::new();
        Self { free_at, most }
    }

    fn occupy(&mut self, free_at: Moment) {
        if self.free_at.len() >= self.most {
            self.free_at.pop_front();
        }
        self.free_at.push_back(free_at);
    }

    /// How many were occupied at some time after this moment.
    fn busy(&self, since: Moment) -> usize {
        self.free_at.len() - self.free_at.partition_point(|free_at| *free_at <= since)
    }

    fn next_free(&self, now: Moment) -> Option<Moment> {
        self.free_at
            .get(self.free_at.len() - self.busy(now))
            .copied()
    }
}
