//! The share of the slots that a program uses, so that other programs with the same account get the rest.
//!
//! Programs do not see each other's requests in flight. They only see `Remaining-Req` and 429s. So each
//! program limits itself to a share:
//!
//! - The share starts at 10, so that three programs can start at once. After an idle time it goes back
//!   to at most 10, because other programs may have started.
//! - A 429 reduces the share to the number of requests that were granted within the last window, and to
//!   at most half of the limit. All programs together were granted at most the limit, so their shares
//!   add up to no more than that.
//! - A round ends when the share has been used up, at least one window after the round began, and those
//!   requests have their responses. If no response revealed other programs, the share becomes the whole
//!   limit. Otherwise it grows by half of the slots that nobody used. If responses are still missing a
//!   window later, the share doubles, so that requests that hang do not hold up others.
//!
//! When a program starts while another one uses the whole limit, its first ten requests get 429s and its
//! share becomes 1. It tries again a little more than every second, and mostly gets another 429. After
//! 10 s or more, one of its requests arrives between those of the busy program, which then gets a 429
//! itself. Now both programs find half of the limit unused, and the new one ends up with more than a
//! third of the requests. `requestsPerSecond` divides the limit without this search.
//!
//! When all other programs stop, a round without them ends within three seconds, and the share becomes
//! the whole limit.

use super::request::{Moment, RateGroup};

/// The share at the start, unless the limit is lower.
const INITIAL_SHARE: usize = 10;

/// The share of one program in one rate group.
#[derive(Debug)]
pub struct Share {
    group: RateGroup,
    /// The size of the share. At least 1.
    slots: usize,
    /// When the round began, or `None` before the first round has ended. Responses to requests that were
    /// granted before do not count.
    round_start: Option<Moment>,
    /// The most slots of other programs that a response in this round revealed.
    others: usize,
    /// When the share was used up, at least one window after the round began.
    used_up_at: Option<Moment>,
}

impl Share {
    pub fn new(group: RateGroup) -> Self {
        Self {
            group,
            slots: INITIAL_SHARE.min(group.limit()),
            round_start: None,
            others: 0,
            used_up_at: None,
        }
    }

    pub fn slots(&self) -> usize {
        self.slots
    }

    /// After an idle time, what is known of other programs is out of date.
    pub fn reset(&mut self) {
        self.slots = self.slots.min(INITIAL_SHARE);
        self.others = 0;
    }

    /// A request was granted. `occupied`: how many slots the program occupies with it.
    pub fn granted(&mut self, occupied: usize, now: Moment) {
        let is_limited_by_share = (self.slots..self.group.limit()).contains(&occupied);
        let window = self.group.window();
        let is_long_enough = self
            .round_start
            .is_none_or(|start| now >= start.saturating_add(window));
        if self.used_up_at.is_none() && is_limited_by_share && is_long_enough {
            self.used_up_at = Some(now);
        }
    }

    /// The response to a request that was granted at `granted` revealed this many slots of others.
    pub fn observed(&mut self, granted: Moment, others: usize) {
        if self.round_start.is_none_or(|start| granted >= start) {
            self.others = self.others.max(others);
        }
    }

    /// Increases the share if the round has ended. `oldest`: when the oldest request in flight was
    /// granted.
    pub fn update(&mut self, oldest: Option<Moment>, now: Moment) {
        let Some(used_up_at) = self.used_up_at else {
            return;
        };
        let unused = self.group.limit().saturating_sub(self.slots + self.others);
        if oldest.is_none_or(|oldest| oldest > used_up_at) {
            self.slots += if self.others == 0 { unused } else { unused / 2 };
            self.start_round(now);
        } else if self
            .overdue_at()
            .is_some_and(|overdue_at| now >= overdue_at)
        {
            self.slots += unused.min(self.slots);
            self.used_up_at = None;
        }
    }

    /// When the share doubles if responses are still missing.
    pub fn overdue_at(&self) -> Option<Moment> {
        let used_up_at = self.used_up_at?;
        Some(used_up_at.saturating_add(self.group.window()))
    }

    /// A request got a 429. `occupied`: how many other slots the program occupied, or `None` if the group
    /// was already paused. In that case the request was counted as granted at the first 429.
    pub fn throttled(&mut self, occupied: Option<usize>, paused_until: Moment) {
        let occupied = occupied.unwrap_or(self.slots.saturating_sub(1));
        self.slots = occupied.min(self.group.limit() / 2).max(1);
        self.start_round(paused_until);
    }

    fn start_round(&mut self, start: Moment) {
        self.round_start = Some(start);
        self.others = 0;
        self.used_up_at = None;
    }
}
