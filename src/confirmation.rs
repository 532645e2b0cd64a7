//! Looks an order up after its cancellation, until it has ended or the time limit has passed.
//!
//! Upbit's response to a cancellation only means that the cancellation was accepted: the order can
//! still be filled. If the response was lost, not even that is known. A lookup settles both.

use crate::failure::{Attempts, Failure, StopReason};
use crate::hint;
use crate::json_value::JsonValue;
use crate::order::{Order, State};
use crate::outcome::{Kind, Outcome};
use crate::rate_budget::Moment;
use std::time::Duration;

/// The delay between the cancellation and the first lookup. It doubles with every lookup up to
/// [`MAX_DELAY`].
const FIRST_DELAY: Duration = Duration::from_millis(100);
const MAX_DELAY: Duration = Duration::from_secs(1);

/// A cancellation with an unknown effect is sent again at most once in this time.
const RESEND_INTERVAL: Duration = Duration::from_secs(1);

/// Upbit may not find a new order at first. After this many lookups without an end state, its 'not
/// found' stands.
const MAX_LOOKUPS_AFTER_NOT_FOUND: u32 = 3;

/// Why a cancellation failed, with the order as it was last seen.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFailure<J> {
    /// The fields of the error.
    pub failure: Failure,
    /// `order` of the error.
    pub order: Option<J>,
}

impl<J> From<Failure> for OrderFailure<J> {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            order: None,
        }
    }
}

/// The result of a cancellation: the canceled order, or why it failed.
pub type OrderResult<J> = Result<J, OrderFailure<J>>;

/// What is known about the cancellation that is being confirmed.
#[derive(Debug, Clone)]
enum CancelStatus<J> {
    /// Upbit accepted it.
    Accepted(J),
    /// It may have taken effect.
    Unknown(Failure),
    /// Upbit did not find the order: it may have ended before.
    NotFound(Failure),
}

/// Why a lookup did not show the state of the order.
#[derive(Debug, Clone, PartialEq)]
pub enum LookupFailure {
    /// It failed for now, or the response is about another order.
    Inconclusive,
    /// Upbit refused it: the key lacks the permission [View Orders], for example.
    Refused(Failure),
    /// No more requests may be sent.
    Stopped(StopReason),
}

impl From<Failure> for LookupFailure {
    /// 401 and 403 are about the key; 400 and 404 are about the order.
    fn from(failure: Failure) -> Self {
        let is_about_key = matches!(failure.status, Some(401 | 403));
        if failure.kind == Kind::Rejected && is_about_key && !failure.is_nonce_used() {
            Self::Refused(failure)
        } else {
            Self::Inconclusive
        }
    }
}

/// What to do after a lookup.
#[derive(Debug, PartialEq)]
pub enum NextAction<J> {
    /// Look the order up again at [`Confirmation::next_lookup`].
    LookUpAgain,
    /// Send the cancellation again: the order is still open, and the last cancellation may have been
    /// lost.
    CancelAgain,
    /// Return this result.
    Finish(OrderResult<J>),
}

/// The confirmation of one cancellation.
#[derive(Debug, Clone)]
pub struct Confirmation<J> {
    status: CancelStatus<J>,
    attempts: Attempts,
    deadline: Moment,
    next_lookup: Moment,
    delay: Duration,
    lookups_without_end: u32,
    last_seen: Option<J>,
    resend_from: Moment,
}

impl<J: JsonValue> Confirmation<J> {
    /// Confirms a cancellation that was accepted at `now`.
    #[must_use]
    pub fn after_accepted(order: J, attempts: Attempts, now: Moment, limit: Duration) -> Self {
        Self::new(CancelStatus::Accepted(order), attempts, now, limit)
    }

    /// Confirms a cancellation that failed at `now`, or returns `None` if a lookup could not change the
    /// result.
    #[must_use]
    pub fn after_failure(
        failure: &Failure,
        attempts: Attempts,
        now: Moment,
        limit: Duration,
    ) -> Option<Self> {
        let status = if failure.outcome == Outcome::Unknown && failure.kind != Kind::Aborted {
            CancelStatus::Unknown(failure.clone())
        } else if failure.outcome == Outcome::NotCanceled && failure.is_order_not_found() {
            CancelStatus::NotFound(failure.clone())
        } else {
            return None;
        };
        Some(Self::new(status, attempts, now, limit))
    }

    fn new(status: CancelStatus<J>, attempts: Attempts, now: Moment, limit: Duration) -> Self {
        let deadline = now.saturating_add(limit);
        Self {
            status,
            attempts,
            deadline,
            next_lookup: (now + FIRST_DELAY).min(deadline),
            delay: FIRST_DELAY,
            lookups_without_end: 0,
            last_seen: None,
            resend_from: now + RESEND_INTERVAL,
        }
    }

    /// When the next lookup is due.
    #[must_use]
    pub fn next_lookup(&self) -> Moment {
        self.next_lookup
    }

    /// When the last lookup is due.
    #[must_use]
    pub fn deadline(&self) -> Moment {
        self.deadline
    }

    /// Takes the order that a lookup returned, or `None` if Upbit did not find it.
    pub fn looked_up(&mut self, order: Option<&Order<J>>, now: Moment) -> NextAction<J> {
        if let Some(order) = order {
            self.last_seen = Some(order.value().clone());
            let accepted = matches!(self.status, CancelStatus::Accepted(_));
            match order.state() {
                State::Canceled if accepted || !order.is_executed_market_buy() => {
                    return NextAction::Finish(Ok(order.value().clone()));
                }
                State::Canceled | State::Filled => return NextAction::Finish(Err(self.filled())),
                State::Open => (),
            }
        }
        self.lookups_without_end += 1;
        if let CancelStatus::NotFound(failure) = &self.status
            && self.lookups_without_end >= MAX_LOOKUPS_AFTER_NOT_FOUND
        {
            return NextAction::Finish(Err(failure.clone().into()));
        }
        let may_resend = matches!(self.status, CancelStatus::Unknown(_)) && now >= self.resend_from;
        match self.look_up_again(now) {
            NextAction::LookUpAgain if may_resend && order.is_some() => {
                self.resend_from = now + RESEND_INTERVAL;
                NextAction::CancelAgain
            }
            action => action,
        }
    }

    /// Takes a lookup that did not show the state of the order.
    pub fn lookup_failed(&mut self, reason: &LookupFailure, now: Moment) -> NextAction<J> {
        match reason {
            LookupFailure::Inconclusive => self.look_up_again(now),
            LookupFailure::Refused(refusal) => NextAction::Finish(Err(self.refused(refusal))),
            LookupFailure::Stopped(reason) => NextAction::Finish(Err(self.stopped(*reason))),
        }
    }

    /// The cancellation was sent again and accepted.
    pub fn resend_accepted(&mut self, order: J, attempts: Attempts, now: Moment) {
        self.status = CancelStatus::Accepted(order);
        self.resent(attempts, now);
    }

    /// The cancellation was sent again and failed.
    pub fn resend_failed(&mut self, failure: &Failure, attempts: Attempts, now: Moment) {
        self.status = CancelStatus::Unknown(failure.clone());
        self.resent(attempts, now);
    }

    /// Restarts the lookups with the first delay. The deadline stays.
    fn resent(&mut self, attempts: Attempts, now: Moment) {
        self.attempts = attempts;
        self.resend_from = now + RESEND_INTERVAL;
        self.delay = FIRST_DELAY;
        self.next_lookup = (now + FIRST_DELAY).min(self.deadline);
    }

    /// Schedules the next lookup. The last one is at the deadline.
    fn look_up_again(&mut self, now: Moment) -> NextAction<J> {
        if now >= self.deadline {
            return NextAction::Finish(Err(self.deadline_passed()));
        }
        self.delay = (self.delay * 2).min(MAX_DELAY);
        self.next_lookup = (now + self.delay).min(self.deadline);
        NextAction::LookUpAgain
    }

    fn deadline_passed(&self) -> OrderFailure<J> {
        if let CancelStatus::NotFound(failure) = &self.status {
            return failure.clone().into();
        }
        let message = "the cancellation could not be confirmed: no lookup within `confirmMs` showed that the order has ended";
        OrderFailure {
            failure: self.unconfirmed(message.to_owned()),
            order: self.last_seen.clone().or_else(|| self.accepted_order()),
        }
    }

    fn refused(&self, refusal: &Failure) -> OrderFailure<J> {
        let message = format!(
            "the cancellation could not be confirmed: {}",
            refusal.message
        );
        self.without_lookup(Failure {
            status: refusal.status,
            code: refusal.code.clone(),
            hint: refusal.hint,
            ..self.unconfirmed(message)
        })
    }

    fn stopped(&self, reason: StopReason) -> OrderFailure<J> {
        let kind = match reason {
            StopReason::Aborted => Kind::Aborted,
            StopReason::Blocked(_) | StopReason::Paused(_) => Kind::RateLimited,
            StopReason::Closed | StopReason::BatchStopped | StopReason::NoRandomness => {
                Kind::Unconfirmed
            }
        };
        let message = format!(
            "the cancellation could not be confirmed: {}",
            reason.cause()
        );
        self.without_lookup(Failure {
            kind,
            retry_after_ms: Failure::from(reason).retry_after_ms,
            ..self.unconfirmed(message)
        })
    }

    /// The result if lookups are not possible: 'not found' stands, everything else fails with `failure`.
    fn without_lookup(&self, failure: Failure) -> OrderFailure<J> {
        match &self.status {
            CancelStatus::NotFound(not_found) => not_found.clone().into(),
            CancelStatus::Accepted(_) | CancelStatus::Unknown(_) => OrderFailure {
                failure,
                order: self.accepted_order(),
            },
        }
    }

    fn accepted_order(&self) -> Option<J> {
        match &self.status {
            CancelStatus::Accepted(order) => Some(order.clone()),
            CancelStatus::Unknown(_) | CancelStatus::NotFound(_) => None,
        }
    }

    fn filled(&self) -> OrderFailure<J> {
        let failure = Failure {
            kind: Kind::Filled,
            outcome: Outcome::NotCanceled,
            hint: Some(hint::FILLED),
            ..self.unconfirmed("the order was filled before it could be canceled".to_owned())
        };
        OrderFailure {
            failure,
            order: self.last_seen.clone(),
        }
    }

    fn unconfirmed(&self, message: String) -> Failure {
        let last = match &self.status {
            CancelStatus::Accepted(_) => None,
            CancelStatus::Unknown(failure) | CancelStatus::NotFound(failure) => Some(failure),
        };
        Failure {
            outcome: Outcome::Unknown,
            status: last.and_then(|failure| failure.status),
            code: last.and_then(|failure| failure.code.clone()),
            hint: Some(hint::LOOK_UP_ORDER),
            attempts: self.attempts.sent,
            ..Failure::not_sent(Kind::Unconfirmed, message)
        }
    }
}
