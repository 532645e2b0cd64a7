//! The slots that a program leaves itself while others use the account too.

use super::{Moment, RateGroup, Ticket};

/// Slots of a program that knows nothing of others yet: three that start at once fit in.
const FIRST_SHARE: usize = 10;

#[derive(Debug)]
pub struct Share {
    group: RateGroup,
    /// At least 1.
    slots: usize,
    /// Only requests granted since then tell of others.
    since: Moment,
    /// The most slots of others that were seen since then; `None`: no answer told.
    others: Option<usize>,
    /// The request whose answer ends the round.
    last: Option<Ticket>,
}

impl Share {
    pub fn new(group: RateGroup) -> Self {
        Self {
            group,
            slots: FIRST_SHARE.min(group.limit()),
            since: Moment::ZERO,
            others: None,
            last: None,
        }
    }

    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Takes in that a request was granted, and how many slots the program occupies with it.
    pub fn granted(&mut self, ticket: Ticket, occupied: usize, now: Moment) {
        let round_is_over = now >= self.since.saturating_add(self.group.window());
        if self.last.is_none() && occupied >= self.slots && round_is_over {
            self.last = Some(ticket);
        }
    }

    /// Takes in that a request has ended, and how many slots of others it told of.
    pub fn answered(
        &mut self,
        ticket: Ticket,
        granted: Moment,
        now: Moment,
        others: Option<usize>,
    ) {
        if granted >= self.since {
            self.others = self.others.max(others);
        }
        if self.last == Some(ticket) {
            let unused = |others| self.group.limit().saturating_sub(self.slots + others);
            let more = match self.others {
                None => 1,
                Some(0) => unused(0),
                Some(others) => unused(others) / 2,
            };
            self.slots = (self.slots + more).min(self.group.limit());
            self.begin_round(now);
        }
    }

    /// Takes in a refusal and when its pause ends. `granted`: what the program occupied, at the
    /// first refusal of a pause.
    pub fn refused(&mut self, granted: Option<usize>, paused_until: Moment) {
        self.slots = granted.unwrap_or(self.slots - 1).max(1);
        self.begin_round(paused_until);
    }

    fn begin_round(&mut self, now: Moment) {
        self.since = now;
        self.others = None;
        self.last = None;
    }
}
