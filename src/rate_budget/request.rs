//! A request in a budget: its group, its place in the order, and what is decided about it.

use std::time::Duration;

/// A moment on a clock that never goes back, counted from any beginning.
pub type Moment = Duration;

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
    Lookup,
}

/// A place in the order of an account's requests. A request keeps it through all its repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

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

/// The time until a moment, if it has not come yet.
pub fn time_left(until: Moment, now: Moment) -> Option<Duration> {
    until.checked_sub(now).filter(|left| !left.is_zero())
}
