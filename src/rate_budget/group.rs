//! The budget of one rate group: its queue, its slots and its pause.
//!
//! A request occupies a slot from its grant until one window after its response. It arrives at Upbit
//! somewhere in between. So no window has more arrivals than there are slots, even if the event loop is
//! busy or the connection is slow.

use super::queue::Queue;
use super::request::{Moment, Priority, RateGroup, Refusal, Step, Ticket, time_left};
use super::share::Share;
use std::time::Duration;

/// The longest pause that requests wait for. In a longer one they are refused.
const MAX_PAUSE: Duration = Duration::from_secs(10);

/// Maximum jitter of a pause. It spreads the retries of several programs that got a 429 at the same
/// time.
const MAX_JITTER: Duration = Duration::from_millis(250);

/// A request that was given up is assumed to arrive within this time after its grant.
const MAX_TRANSIT_TIME: Duration = Duration::from_millis(250);

/// The budget of one rate group.
#[derive(Debug)]
pub struct GroupBudget {
    group: RateGroup,
    queue: Queue,
    /// When each request in flight was granted.
    in_flight: Vec<(Ticket, Moment)>,
    /// A decaying maximum of the response times: each response lowers it by a sixteenth.
    response_time: Duration,
    /// Slots of this program's requests that have ended.
    own: Slots,
    /// Slots of other programs' requests, inferred from `Remaining-Req`.
    others: Slots,
    paused_until: Moment,
    share: Share,
}

impl GroupBudget {
    pub fn new(group: RateGroup) -> Self {
        Self {
            group,
            queue: Queue::default(),
            in_flight: Vec::new(),
            response_time: Duration::ZERO,
            own: Slots::new(group.limit()),
            others: Slots::new(group.limit()),
            paused_until: Moment::ZERO,
            share: Share::new(group),
        }
    }

    pub fn join(&mut self, ticket: Ticket, priority: Priority, now: Moment) {
        self.queue.join(ticket, priority, now);
    }

    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        self.queue.give_up(ticket, now);
        if let Some(granted) = self.take_in_flight(ticket) {
            let arrived = now.max(granted.saturating_add(MAX_TRANSIT_TIME));
            self.ended(granted, arrived, None);
        }
    }

    /// Refuses the first waiter.
    pub fn refuse(&mut self, refusal: Refusal) -> Step {
        let first = self.queue.pop_first();
        first.map_or(Step::Idle, |ticket| Step::Refuse(ticket, refusal))
    }

    /// Decides what to do next. `max_slots`: how many slots this program may occupy.
    pub fn next(&mut self, now: Moment, max_slots: usize) -> Step {
        if let Some(left) = time_left(self.paused_until, now) {
            if left > MAX_PAUSE {
                return self.refuse(Refusal::Paused { left });
            }
            return self.if_queued(Step::WaitUntil(self.paused_until));
        }
        let own = self.in_flight.len() + self.own.busy(now);
        let a_window_ago = now.saturating_sub(self.group.window());
        if self.in_flight.is_empty() && self.own.busy(a_window_ago) == 0 {
            self.share.reset();
        }
        let oldest = self.in_flight.iter().map(|(_, granted)| *granted).min();
        self.share.update(oldest, now);
        let all = own + self.others.busy(now);
        if own >= max_slots.min(self.share.slots()) || all >= self.group.limit() {
            // A slot of another program is free at the same time as the own slot whose response
            // revealed it.
            let wake_at = [self.own.next_free(now), self.share.overdue_at()];
            let wake_at = wake_at.into_iter().flatten().min();
            return self.if_queued(wake_at.map_or(Step::Idle, Step::WaitUntil));
        }
        let Some(ticket) = self.queue.pop_next(now, self.response_time) else {
            return Step::Idle;
        };
        self.in_flight.push((ticket, now));
        self.share.granted(own + 1, now);
        Step::Grant(ticket)
    }

    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        if let Some(granted) = self.take_in_flight(ticket) {
            let decayed = self.response_time / 16 * 15;
            self.response_time = now.saturating_sub(granted).max(decayed);
            self.ended(granted, now, remaining);
        }
    }

    fn ended(&mut self, granted: Moment, arrived: Moment, remaining: Option<u32>) {
        let free_at = arrived.saturating_add(self.group.window());
        self.own.occupy(free_at);
        let others = remaining.map_or(0, |left| self.count_others(granted, free_at, left));
        self.share.observed(granted, others);
    }

    pub fn throttled(&mut self, ticket: Ticket, now: Moment, retry_after: Duration, jitter: f64) {
        if self.take_in_flight(ticket).is_none() {
            return;
        }
        let own = self.in_flight.len() + self.own.busy(now);
        let is_first = now >= self.paused_until;
        // The quota is back one window after the response at the latest.
        let jitter =
            Duration::try_from_secs_f64(MAX_JITTER.as_secs_f64() * jitter).unwrap_or_default();
        let pause = (self.group.window() + jitter.min(MAX_JITTER)).max(retry_after);
        self.paused_until = self.paused_until.max(now.saturating_add(pause));
        self.share
            .throttled(is_first.then_some(own), self.paused_until);
    }

    pub fn is_idle(&self, now: Moment) -> bool {
        self.queue.is_empty()
            && self.in_flight.is_empty()
            && now >= self.paused_until
            && self.own.busy(now) == 0
    }

    /// Infers from `Remaining-Req` how many slots other programs occupy, and returns that number.
    fn count_others(&mut self, granted: Moment, free_at: Moment, remaining: u32) -> usize {
        // Upbit may have counted all of these when the request arrived.
        let own = self.in_flight.len() + self.own.busy(granted);
        let known = self.others.busy(granted);
        let unused = self.group.limit().saturating_sub(own + known);
        let new = unused.saturating_sub(usize::try_from(remaining).unwrap_or(usize::MAX));
        (0..new).for_each(|_| self.others.occupy(free_at));
        known + new
    }

    /// When the request was granted, or `None` if it is not in flight.
    fn take_in_flight(&mut self, ticket: Ticket) -> Option<Moment> {
        let mut in_flight = self.in_flight.iter();
        let index = in_flight.position(|(other, _)| *other == ticket)?;
        Some(self.in_flight.swap_remove(index).1)
    }

    fn if_queued(&self, step: Step) -> Step {
        if self.queue.is_empty() {
            Step::Idle
        } else {
            step
        }
    }
}

/// The slots of requests that have ended, each with the time at which it is free again.
#[derive(Debug)]
struct Slots {
    /// Sorted. Holds the latest `capacity` slots.
    free_at: Vec<Moment>,
    capacity: usize,
}

impl Slots {
    fn new(capacity: usize) -> Self {
        let free_at = Vec::new();
        Self { free_at, capacity }
    }

    fn occupy(&mut self, free_at: Moment) {
        if self.free_at.len() >= self.capacity {
            self.free_at.remove(0);
        }
        let position = self.free_at.partition_point(|other| *other <= free_at);
        self.free_at.insert(position, free_at);
    }

    /// How many slots were still occupied at this time, or were occupied later.
    fn busy(&self, at: Moment) -> usize {
        self.free_at.len() - self.free_at.partition_point(|free_at| *free_at <= at)
    }

    fn next_free(&self, now: Moment) -> Option<Moment> {
        self.free_at
            .get(self.free_at.len() - self.busy(now))
            .copied()
    }
}
