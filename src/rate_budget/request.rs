//! The types of the rate budget: rate groups, priorities, tickets and decisions.

use std::time::Duration;

/// A time on a monotonic clock with an arbitrary origin.
pub type Moment = Duration;

/// A group of endpoints whose requests Upbit counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateGroup {
    /// 30 requests in a second.
    Default,
    /// One request in two seconds.
    OrderCancelAll,
}

impl RateGroup {
    /// The number of requests in one window.
    #[must_use]
    pub const fn limit(self) -> usize {
        match self {
            Self::Default => 30,
            Self::OrderCancelAll => 1,
        }
    }

    /// The time in which at most [`limit`](Self::limit) requests may arrive.
    #[must_use]
    pub const fn window(self) -> Duration {
        match self {
            Self::Default => Duration::from_secs(1),
            Self::OrderCancelAll => Duration::from_secs(2),
        }
    }

    /// Its name in the `Remaining-Req` header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::OrderCancelAll => "order-cancel-all",
        }
    }
}

/// Priority of a request in the queue. Requests of the same priority are granted in the order of their
/// tickets, except that requests that are likely to be given up soon may be skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// A cancellation, or a read that the caller asked for.
    Cancellation,
    /// A lookup that confirms a cancellation. It waits until no cancellation is queued.
    Lookup,
}

/// Identifies a request and its place in the order. A request keeps its ticket when it is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

impl Ticket {
    /// The ticket as a number, for JavaScript.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The ticket with this number. A ticket that was never issued is ignored.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }
}

/// Why a request is refused instead of queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A 429 paused the group for more than 10 s.
    Paused {
        /// Time until the pause ends.
        left: Duration,
    },
    /// A 418 blocked the account.
    Blocked {
        /// Time until the block ends.
        left: Duration,
    },
}

/// A decision of the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send this request now.
    Grant(Ticket),
    /// Fail this request. It has left the queue.
    Refuse(Ticket, Refusal),
    /// Call `next` again at this time.
    WaitUntil(Moment),
    /// Nothing to do until another method is called.
    Idle,
}

/// The time until `until`, or `None` if it has passed.
pub fn time_left(until: Moment, now: Moment) -> Option<Duration> {
    until.checked_sub(now).filter(|left| !left.is_zero())
}
