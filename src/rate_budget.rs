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
mod share;

use group::GroupBudget;
use std::collections::BTreeMap;
use std::time::Duration;

/// A moment on a clock that never goes back, counted from any beginning.
pub type Moment = Duration;

/// How long a block lasts if the answer does not tell it.
const BLOCK_UNTOLD: Duration = Duration::from_secs(10);

/// The requests that Upbit counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateGroup {
    /// 30 requests in a second.
    Default,
    /// One request in two seconds.
    OrderCancelAll,
}

impl RateGroup {
    /// Requests in one window.
    #[must_use]
    pub const fn limit(self) -> usize {
        match self {
            Self::Default => 30,
            Self::OrderCancelAll => 1,
        }
    }

    /// The time in which no more than [`limit`](Self::limit) requests may arrive.
    #[must_use]
    pub const fn window(self) -> Duration {
        match self {
            Self::Default => Duration::from_secs(1),
            Self::OrderCancelAll => Duration::from_secs(2),
        }
    }

    /// Its name in a `Remaining-Req` header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::OrderCancelAll => "order-cancel-all",
        }
    }
}

/// Whose turn comes first. Within a priority the order is that of the tickets. Only if callers give
/// up, those who have waited about as long as the last of them are passed over for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// A cancellation, or what a caller waits for.
    Cancellation,
    /// A look at what became of a cancellation: gives way to every cancellation that waits.
    LookUp,
}

/// A place in the order of an account's requests. A request keeps it through all its repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

impl Ticket {
    /// The ticket as a number, to hand it to JavaScript.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The ticket with this number. A number that was never given out is harmless.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }
}

/// Why a request may not be sent and is not worth waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// After a 429 whose pause lasts longer than anyone waits (10 s).
    Paused {
        /// Time until the pause ends.
        left: Duration,
    },
    /// After a 418.
    Blocked {
        /// Time until the block ends.
        left: Duration,
    },
}

/// What the dispatcher has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send this request now. It is under way until its end is reported.
    Grant(Ticket),
    /// Tell this request that it is not sent. It has left the queue.
    Refuse(Ticket, Refusal),
    /// Nothing before this moment, unless something else is reported.
    WaitUntil(Moment),
    /// Nothing before something else is reported.
    Idle,
}

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
        let until = now.saturating_add(retry_after.unwrap_or(BLOCK_UNTOLD));
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

/// The time until a moment, if it has not come yet.
fn time_left(until: Moment, now: Moment) -> Option<Duration> {
    until.checked_sub(now).filter(|left| !left.is_zero())
}
