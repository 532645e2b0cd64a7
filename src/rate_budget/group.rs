//! The part of a budget that one rate group has: its queue, its slots and its pause.
//!
//! A request occupies a slot from the moment it is granted until one window after its end. It
//! arrives somewhere in between, so no window holds more arrivals than there are slots, however
//! late a busy event loop sends and however slow the connection is.

use super::queue::Queue;
use super::request::{Moment, Priority, RateGroup, Refusal, Step, Ticket, time_left};
use super::share::Share;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// A longer pause is not waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Spreads the programs that were refused together over the beginning of the next window.
const SPREAD: Duration = Duration::from_millis(250);

/// By then a request has arrived, unless its connection took longer.
const LONGEST_WAY: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub struct GroupBudget {
    group: RateGroup,
    queue: Queue,
    /// Requests that have been granted and not ended, with the moment of the grant.
    in_flight: BTreeMap<Ticket, Moment>,
    /// How long the slowest of the last answers took: each answer shortens the memory of a slower
    /// one by a sixteenth.
    answer_time: Duration,
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
            queue: Queue::default(),
            in_flight: BTreeMap::new(),
            answer_time: Duration::ZERO,
            own: Slots::new(group.limit()),
            others: Slots::new(group.limit()),
            paused_until: Moment::ZERO,
            share: Share::new(group),
        }
    }

    pub fn join(&mut self, ticket: Ticket, priority: Priority, now: Moment) {
        self.queue.join(ticket, priority, now);
    }

    /// Ends a request that its caller gave up.
    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        self.queue.give_up(ticket, now);
        if let Some(granted) = self.in_flight.remove(&ticket) {
            // Its last bytes may still be on the way.
            self.ended(granted, now.max(granted.saturating_add(LONGEST_WAY)), None);
        }
    }

    /// Refuses the first of the queue.
    pub fn refuse(&mut self, refusal: Refusal) -> Step {
        let first = self.queue.take_first();
        first.map_or(Step::Idle, |ticket| Step::Refuse(ticket, refusal))
    }

    /// What to do next, if this program may occupy so many slots.
    pub fn next(&mut self, now: Moment, slots: usize) -> Step {
        if let Some(left) = time_left(self.paused_until, now) {
            if left > LONGEST_WAIT {
                return self.refuse(Refusal::Paused { left });
            }
            return self.when_queued(Step::WaitUntil(self.paused_until));
        }
        let own = self.in_flight.len() + self.own.busy(now);
        let a_window_ago = now.saturating_sub(self.group.window());
        if self.in_flight.is_empty() && self.own.busy(a_window_ago) == 0 {
            self.share.forget();
        }
        let oldest = self.in_flight.values().min().copied();
        self.share.review(oldest, now);
        let all = own + self.others.busy(now);
        if own >= slots.min(self.share.slots()) || all >= self.group.limit() {
            // Slots of others are free together with that of the answer that told of them.
            let free = [self.own.next_free(now), self.share.silent_at()];
            let first = free.into_iter().flatten().min();
            return self.when_queued(first.map_or(Step::Idle, Step::WaitUntil));
        }
        let Some(ticket) = self.queue.take_next(now, self.answer_time) else {
            return Step::Idle;
        };
        self.in_flight.insert(ticket, now);
        self.share.granted(own + 1, now);
        Step::Grant(ticket)
    }

    /// Takes in that a request was answered, and what its answer told.
    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        if let Some(granted) = self.in_flight.remove(&ticket) {
            let remembered = self.answer_time / 16 * 15;
            self.answer_time = now.saturating_sub(granted).max(remembered);
            self.ended(granted, now, remaining);
        }
    }

    /// Takes in that a request has ended that was granted and has arrived by these moments.
    fn ended(&mut self, granted: Moment, arrived: Moment, remaining: Option<u32>) {
        let free_at = arrived.saturating_add(self.group.window());
        self.own.occupy(free_at);
        let others = remaining.map_or(0, |left| self.count_others(granted, free_at, left));
        self.share.told(granted, others);
    }

    /// Takes in that a request was refused for the rate.
    pub fn throttled(&mut self, ticket: Ticket, now: Moment, told: Duration, jitter: f64) {
        if self.in_flight.remove(&ticket).is_none() {
            return;
        }
        let own = self.in_flight.len() + self.own.busy(now);
        let first = now >= self.paused_until;
        // From the answer on, the second in which the quota was used up lasts a window at most.
        let spread = Duration::try_from_secs_f64(SPREAD.as_secs_f64() * jitter).unwrap_or_default();
        let window = self.group.window() + spread.min(SPREAD);
        self.paused_until = self.paused_until.max(now.saturating_add(window.max(told)));
        self.share.refused(first.then_some(own), self.paused_until);
    }

    pub fn is_idle(&self, now: Moment) -> bool {
        self.queue.is_empty()
            && self.in_flight.is_empty()
            && now >= self.paused_until
            && self.own.busy(now) == 0
    }

    /// Occupies slots for those requests of other programs that an answer tells of, if they are not
    /// known yet. Returns how many slots of others there are.
    fn count_others(&mut self, granted: Moment, free_at: Moment, left: u32) -> usize {
        // All of these may have been counted when the request arrived.
        let own = self.in_flight.len() + self.own.busy(granted);
        let known = self.others.busy(granted);
        let unused = self.group.limit().saturating_sub(own + known);
        let new = unused.saturating_sub(usize::try_from(left).unwrap_or(usize::MAX));
        (0..new).for_each(|_| self.others.occupy(free_at));
        known + new
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
        let place = self.free_at.partition_point(|earlier| *earlier <= free_at);
        self.free_at.insert(place, free_at);
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
