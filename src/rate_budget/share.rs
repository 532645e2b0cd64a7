//! The slots that a program leaves itself for the sake of other programs on the same account.
//!
//! Programs do not see each other's requests under way. They only see what `Remaining-Req` leaves
//! over, and that one of them is refused. So each keeps to a share of the slots:
//!
//! - It begins with 10, so that three programs can start at once. After a pause without requests it
//!   begins so again, because it knows nothing of the others any more.
//! - A refusal reduces the share to the requests that were granted within the last window, and to
//!   half of the limit at most. All programs together were granted no more than the limit, so their
//!   shares fit.
//! - A round ends when the share has been used up, a window or more after the round began, and those
//!   requests are answered. If no answer told of other programs, the share becomes the whole limit.
//!   Otherwise it grows by half of what all programs left over. If answers are still missing a
//!   window later, it doubles, so that requests that hang do not hold up others.
//!
//! What a newcomer gets beside a program that uses the whole limit: its first ten requests are
//! refused and its share is 1. It tries once in a little more than a second and is mostly refused,
//! for 10 s or longer, until one of its requests comes between those of the busy program. Then the
//! busy program is refused, both find half of the limit left over, and the newcomer gets more than a
//! third of the requests. `requestsPerSecond` divides the limit without this search.
//!
//! Within three seconds after all others have stopped, a round without them ends, and the program
//! that is left is back at the whole limit.

use super::request::{Moment, RateGroup};

/// The first share, where the limit is not smaller.
const FIRST_SHARE: usize = 10;

#[derive(Debug)]
pub struct Share {
    group: RateGroup,
    /// At least 1.
    slots: usize,
    /// When the round began; `None`: with the first request. Only requests granted since then tell of others.
    since: Option<Moment>,
    /// The most slots of others that were seen in this round.
    others: usize,
    /// When the share was used up, long enough after the beginning to end the round.
    used_up: Option<Moment>,
}

impl Share {
    pub fn new(group: RateGroup) -> Self {
        Self {
            group,
            slots: FIRST_SHARE.min(group.limit()),
            since: None,
            others: 0,
            used_up: None,
        }
    }

    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Takes in that the program knows nothing of others any more.
    pub fn forget(&mut self) {
        self.slots = self.slots.min(FIRST_SHARE);
        self.others = 0;
    }

    /// Takes in that a request was granted, and how many slots the program occupies with it.
    pub fn granted(&mut self, occupied: usize, now: Moment) {
        let is_held_back = (self.slots..self.group.limit()).contains(&occupied);
        let window = self.group.window();
        let is_long_enough = self
            .since
            .is_none_or(|since| now >= since.saturating_add(window));
        if self.used_up.is_none() && is_held_back && is_long_enough {
            self.used_up = Some(now);
        }
    }

    /// Takes in how many slots of others the answer to a request told of.
    pub fn told(&mut self, granted: Moment, others: usize) {
        if self.since.is_none_or(|since| granted >= since) {
            self.others = self.others.max(others);
        }
    }

    /// Lets the share grow if the round is over. `oldest`: when the oldest request that is under way
    /// was granted.
    pub fn review(&mut self, oldest: Option<Moment>, now: Moment) {
        let Some(used_up) = self.used_up else {
            return;
        };
        let unused = self.group.limit().saturating_sub(self.slots + self.others);
        if oldest.is_none_or(|oldest| oldest > used_up) {
            self.slots += if self.others == 0 { unused } else { unused / 2 };
            self.begin_round(now);
        } else if self.silent_at().is_some_and(|moment| now >= moment) {
            self.slots += unused.min(self.slots);
            self.used_up = None;
        }
    }

    /// When the share doubles if answers are still missing.
    pub fn silent_at(&self) -> Option<Moment> {
        let used_up = self.used_up?;
        Some(used_up.saturating_add(self.group.window()))
    }

    /// Takes in a refusal and when its pause ends. `granted`: the slots that the program occupied
    /// without this request at the first refusal of a pause, `None` at a further one: that request
    /// was taken for granted then.
    pub fn refused(&mut self, granted: Option<usize>, paused_until: Moment) {
        let granted = granted.unwrap_or(self.slots.saturating_sub(1));
        self.slots = granted.min(self.group.limit() / 2).max(1);
        self.begin_round(paused_until);
    }

    fn begin_round(&mut self, now: Moment) {
        self.since = Some(now);
        self.others = 0;
        self.used_up = None;
    }
}
