//! The rate budget of one account at one host: who may send next, and when.
//!
//! Upbit limits requests by account and rate group. [`AccountBudget`] keeps one queue and one set
//! of slots for each group. The caller is its dispatcher: it calls [`AccountBudget::next`] after
//! every other call and when the time of [`Step::WaitUntil`] has come, again and again, until that
//! returns [`Step::WaitUntil`] or [`Step::Idle`]. One timer for each account is enough.
//!
//! See [Rate Limits](https://global-docs.upbit.com/reference/rate-limits).

mod group;
mod queue;
mod request;
mod share;

pub use request::{Moment, Priority, RateGroup, Refusal, Step, Ticket};

use group::GroupBudget;
use request::time_left;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a block lasts if the answer does not tell it.
pub const DEFAULT_BLOCK: Duration = Duration::from_secs(10);

/// The budget of one account at one host, with a part for each rate group.
///
/// Each granted request ends with exactly one call of [`answered`](Self::answered),
/// [`throttled`](Self::throttled), [`blocked`](Self::blocked) or [`give_up`](Self::give_up).
/// Reports about tickets that are unknown or have ended do nothing.
#[derive(Debug)]
pub struct AccountBudget {
    default: GroupBudget,
    order_cancel_all: GroupBudget,
    /// How many clients are open with each `requestsPerSecond`.
    clients: BTreeMap<u32, usize>,
    blocked_until: Moment,
    tickets: u64,
}

impl Default for AccountBudget {
    fn default() -> Self {
        Self {
            default: GroupBudget::new(RateGroup::Default),
            order_cancel_all: GroupBudget::new(RateGroup::OrderCancelAll),
            clients: BTreeMap::new(),
            blocked_until: Moment::ZERO,
            tickets: 0,
        }
    }
}

impl AccountBudget {
    /// Counts a client in. The lowest `requests_per_second` of the open clients is the number of
    /// slots of the default group.
    pub fn open_client(&mut self, requests_per_second: u32) {
        *self.clients.entry(requests_per_second).or_insert(0) += 1;
    }

    /// Counts out a client that was opened with the same number.
    pub fn close_client(&mut self, requests_per_second: u32) {
        if let Some(count) = self.clients.get_mut(&requests_per_second) {
            *count -= 1;
            if *count == 0 {
                self.clients.remove(&requests_per_second);
            }
        }
    }

    /// Puts a new request into a group's queue.
    pub fn join(&mut self, group: RateGroup, priority: Priority, now: Moment) -> Ticket {
        let ticket = Ticket(self.tickets);
        self.tickets += 1;
        self.group(group).join(ticket, priority, now);
        ticket
    }

    /// Puts a request back into the queue, at its old place in the order, to send it once more. An
    /// attempt whose end was not reported counts as given up.
    pub fn rejoin(&mut self, ticket: Ticket, group: RateGroup, priority: Priority, now: Moment) {
        self.give_up(ticket, now);
        self.group(group).join(ticket, priority, now);
    }

    /// Ends a request that its caller gave up: it leaves the queue, or, if it is under way, its slot
    /// is free one window after it has arrived. That is now, or 250 ms after the grant if that is
    /// later.
    pub fn give_up(&mut self, ticket: Ticket, now: Moment) {
        for group in self.groups() {
            group.give_up(ticket, now);
        }
    }

    /// Says what to do next.
    pub fn next(&mut self, now: Moment) -> Step {
        let blocked = time_left(self.blocked_until, now).map(|left| Refusal::Blocked { left });
        let slots = self.slots();
        let mut wake = None;
        for group in self.groups() {
            let step = match blocked {
                Some(refusal) => group.refuse(refusal),
                None => group.next(now, slots),
            };
            match step {
                Step::Idle => {}
                Step::WaitUntil(moment) => wake = Some(wake.unwrap_or(moment).min(moment)),
                Step::Grant(_) | Step::Refuse(..) => return step,
            }
        }
        wake.map_or(Step::Idle, Step::WaitUntil)
    }

    /// Reports an answer other than 429 and 418, or that none will come.
    ///
    /// `remaining`: requests that are left by the answer's `Remaining-Req` for the request's own
    /// group.
    pub fn answered(&mut self, ticket: Ticket, now: Moment, remaining: Option<u32>) {
        for group in self.groups() {
            group.answered(ticket, now, remaining);
        }
    }

    /// Reports a 429: the group pauses.
    ///
    /// `retry_after`: as the answer tells it. `jitter`: a random number from 0 up to 1.
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

    /// Reports a 418: all groups stop, for 10 s if `retry_after` does not tell how long.
    pub fn blocked(&mut self, ticket: Ticket, now: Moment, retry_after: Option<Duration>) {
        self.answered(ticket, now, None);
        let until = now.saturating_add(retry_after.unwrap_or(DEFAULT_BLOCK));
        self.blocked_until = self.blocked_until.max(until);
    }

    /// Whether a new budget would behave the same, apart from its open clients.
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

    /// The slots that the open clients leave to this program.
    fn slots(&self) -> usize {
        let lowest = self.clients.keys().next().copied();
        lowest.map_or(usize::MAX, |lowest| {
            usize::try_from(lowest).unwrap_or(usize::MAX).max(1)
        })
    }
}
