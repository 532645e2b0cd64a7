//! The rate budget of one account at one host: which request may be sent next, and when.
//!
//! Upbit limits requests by account and rate group. [`AccountBudget`] has a queue and a set of slots
//! for each group. It has no timer of its own: the caller calls [`AccountBudget::next`] after every
//! other call and at the time of [`Step::WaitUntil`], and repeats that until `next` returns
//! [`Step::WaitUntil`] or [`Step::Idle`]. One timer for each account is enough.
//!
//! See [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).

mod group;
mod queue;
mod request;
mod share;

pub use request::{Moment, Priority, RateGroup, Refusal, Step, Ticket};

use group::GroupBudget;
use request::time_left;
use std::time::Duration;

/// How long a block lasts if the 418 has no `Retry-After`.
pub const DEFAULT_BLOCK: Duration = Duration::from_secs(10);

/// The budget of one account at one host.
///
/// Each granted request ends with exactly one call of [`answered`](Self::answered),
/// [`throttled`](Self::throttled), [`blocked`](Self::blocked) or [`give_up`](Self::give_up).
/// Calls with a ticket that is unknown or has ended are ignored.
#[derive(Debug)]
pub struct AccountBudget {
    default: GroupBudget,
    order_cancel_all: GroupBudget,
    /// The `requestsPerSecond` of each open client.
    clients: Vec<u32>,
    blocked_until: Moment,
    next_ticket: u64,
}

impl Default for AccountBudget {
    fn default() -> Self {
        Self {
            default: GroupBudget::new(RateGroup::Default),
            order_cancel_all: GroupBudget::new(RateGroup::OrderCancelAll),
            clients: Vec::new(),
            blocked_until: Moment::ZERO,
            next_ticket: 0,
        }
    }
}

impl AccountBudget {
    /// Registers a client. The lowest `requests_per_second` of the open clients limits the slots of
    /// each group.
    pub fn open_client(&mut self, requests_per_second: u32) {
        self.clients.push(requests_per_second);
    }

    /// Removes a client that was registered with the same number.
    pub fn close_client(&mut self, requests_per_second: u32) {
        let mut clients = self.clients.iter();
        if let Some(index) = clients.position(|open| *open == requests_per_second) {
            self.clients.swap_remove(index);
        }
    }

    /// Adds a new request to the queue of a group.
    pub fn join(&mut self, group: RateGroup, priority: Priority, now: Moment) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.group(group).join(ticket, priority, now);
        ticket
    }

    /// Adds a request to the queue again for a retry. It keeps its place in the order. If its previous
    /// attempt has not ended, that attempt counts as given up.
    pub fn rejoin(&mut self, ticket: Ticket, group: RateGroup, priority: Priority, now: Moment) {
        self.give_up(ticket, now);
        self.group(group).join(ticket, priority, now);
    }

    /// Ends a request that the caller gave up. If it is queued, it leaves the queue. If it is in
    /// flight, it is assumed to arrive now or 250 ms after the grant, whichever is later, and its slot
    /// is free one window after that.
    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        for group in self.groups() {
            group.give_up(ticket, now);
        }
    }

    /// Decides what to do next.
    pub fn next(&mut self, now: Moment) -> Step {
        let blocked = time_left(self.blocked_until, now).map(|left| Refusal::Blocked { left });
        let slots = self.slots();
        let mut wake_at: Option<Moment> = None;
        for group in self.groups() {
            let step = match blocked {
                Some(refusal) => group.refuse(refusal),
                None => group.next(now, slots),
            };
            match step {
                Step::Idle => {}
                Step::WaitUntil(moment) => {
                    wake_at = Some(wake_at.map_or(moment, |earlier| earlier.min(moment)));
                }
                Step::Grant(_) | Step::Refuse(..) => return step,
            }
        }
        wake_at.map_or(Step::Idle, Step::WaitUntil)
    }

    /// The request got a response other than 429 and 418, or its connection failed.
    ///
    /// `remaining`: the requests left in the request's group, from `Remaining-Req`.
    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        for group in self.groups() {
            group.answered(ticket, now, remaining);
        }
    }

    /// The request got a 429: its group pauses.
    ///
    /// `retry_after`: from the response. `jitter`: a random number in `0.0..1.0`.
    pub fn throttled(
        &mut self,
        ticket: Ticket,
        now: Moment,
        retry_after: Option<Duration>,
        jitter: f64,
    ) {
        for group in self.groups() {
            group.throttled(ticket, now, retry_after.unwrap_or_default(), jitter);
        }
    }

    /// The request got a 418: all groups stop for `retry_after`, or for 10 s without it.
    pub fn blocked(&mut self, ticket: Ticket, now: Moment, retry_after: Option<Duration>) {
        self.answered(ticket, now, None);
        let until = now.saturating_add(retry_after.unwrap_or(DEFAULT_BLOCK));
        self.blocked_until = self.blocked_until.max(until);
    }

    /// Whether nothing is queued, in flight, paused or blocked, so that the budget can be dropped.
    #[must_use]
    pub fn is_idle(&self, now: Moment) -> bool {
        now >= self.blocked_until && self.default.is_idle(now) && self.order_cancel_all.is_idle(now)
    }

    fn group(&mut self, group: RateGroup) -> &mut GroupBudget {
        match group {
            RateGroup::Default => &mut self.default,
            RateGroup::OrderCancelAll => &mut self.order_cancel_all,
        }
    }

    fn groups(&mut self) -> [&mut GroupBudget; 2] {
        [&mut self.default, &mut self.order_cancel_all]
    }

    /// The lowest `requestsPerSecond` of the open clients.
    fn slots(&self) -> usize {
        let lowest = self.clients.iter().min();
        lowest.map_or(usize::MAX, |lowest| {
            usize::try_from(*lowest).unwrap_or(usize::MAX).max(1)
        })
    }
}
