//! How one order ended: looks after a cancellation, until the order has ended or time is up.
//!
//! Upbit's answer to a cancellation means 'accepted': the order can still fill. After a lost answer
//! nobody knows. A look at the order settles both.

use crate::failure::{Attempts, Failure, StopReason};
use crate::hint;
use crate::order::{Order, State};
use crate::outcome::{Kind, Outcome};
use crate::rate_budget::Moment;
use std::time::Duration;

/// The first look comes so long after the cancellation; each further wait is twice as long, up to the last.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// A cancellation whose effect is unknown is sent again at most once in this time.
const BETWEEN_CANCELLATIONS: Duration = Duration::from_secs(1);

/// Upbit may not find an order at first. After so many looks, 'not found' is believed.
const LOOKS_AFTER_NOT_FOUND: u32 = 3;

/// Why a cancellation failed, with the order as it was seen last.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFailure<J> {
    /// What the caller is told.
    pub failure: Failure,
    /// What accompanies it as `error.order`.
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

/// How a cancellation ended: with the order, or not.
pub type OrderResult<J> = Result<J, OrderFailure<J>>;

/// How the cancellation stands that is being confirmed.
#[derive(Debug, Clone)]
enum CancelStatus<J> {
    /// Upbit accepted it.
    Accepted(J),
    /// It may have taken effect.
    Unknown(Failure),
    /// Upbit did not find the order: it may have ended before.
    NotFound(Failure),
}

/// Why a look told nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum LookupFailure {
    /// It failed for now, or it told of another order.
    Inconclusive,
    /// Upbit refuses it, as to a key without the permission [View Orders].
    Refused(Failure),
    /// Nothing more may be sent.
    Stopped(StopReason),
}

impl From<Failure> for LookupFailure {
    /// 400 and 404 are about the order or its name, 401 and 403 about the key.
    fn from(failure: Failure) -> Self {
        let of_the_key = matches!(failure.status, Some(401 | 403));
        if failure.kind == Kind::Rejected && of_the_key && !failure.is_nonce_used() {
            Self::Refused(failure)
        } else {
            Self::Inconclusive
        }
    }
}

/// What to do after a look.
#[derive(Debug, PartialEq)]
pub enum NextAction<J> {
    /// Look again when it is time.
    LookUpAgain,
    /// Send the cancellation again: the order is still open, and the effect of the last one is unknown.
    CancelAgain,
    /// It has ended.
    Finish(OrderResult<J>),
}

/// One order whose end is looked for.
#[derive(Debug, Clone)]
pub struct Confirmation<J> {
    standing: CancelStatus<J>,
    requests: Attempts,
    deadline: Moment,
    next_look: Moment,
    wait: Duration,
    looks_without_end: u32,
    seen: Option<J>,
    cancel_again_from: Moment,
}

impl<J: Clone> Confirmation<J> {
    /// Follows a cancellation that was accepted at `now`.
    #[must_use]
    pub fn of_accepted(order: J, requests: Attempts, now: Moment, limit: Duration) -> Self {
        Self::new(CancelStatus::Accepted(order), requests, now, limit)
    }

    /// Follows a cancellation that failed at `now`. `None`: a look would not change what is known.
    #[must_use]
    pub fn of_failed(
        failure: &Failure,
        requests: Attempts,
        now: Moment,
        limit: Duration,
    ) -> Option<Self> {
        let standing = if failure.outcome == Outcome::Unknown && failure.kind != Kind::Aborted {
            CancelStatus::Unknown(failure.clone())
        } else if failure.outcome == Outcome::NotCanceled && failure.is_order_not_found() {
            CancelStatus::NotFound(failure.clone())
        } else {
            return None;
        };
        Some(Self::new(standing, requests, now, limit))
    }

    fn new(standing: CancelStatus<J>, requests: Attempts, now: Moment, limit: Duration) -> Self {
        let deadline = now.saturating_add(limit);
        Self {
            standing,
            requests,
            deadline,
            next_look: (now + FIRST_WAIT).min(deadline),
            wait: FIRST_WAIT,
            looks_without_end: 0,
            seen: None,
            cancel_again_from: now + BETWEEN_CANCELLATIONS,
        }
    }

    /// When to look next.
    #[must_use]
    pub fn next_look(&self) -> Moment {
        self.next_look
    }

    /// When looking ends.
    #[must_use]
    pub fn deadline(&self) -> Moment {
        self.deadline
    }

    /// Requests about this order, for the next one.
    #[must_use]
    pub fn requests(&self) -> Attempts {
        self.requests
    }

    /// Takes in a look that was answered. `None`: Upbit does not find the order.
    pub fn looked(&mut self, order: Option<&Order<J>>, now: Moment) -> NextAction<J> {
        if let Some(order) = order {
            self.seen = Some(order.value().clone());
            let accepted = matches!(self.standing, CancelStatus::Accepted(_));
            match order.state() {
                State::Canceled if accepted || !order.is_executed_market_buy() => {
                    return NextAction::Finish(Ok(order.value().clone()));
                }
                State::Canceled | State::Filled => return NextAction::Finish(Err(self.filled())),
                State::Open => (),
            }
        }
        self.looks_without_end += 1;
        if let CancelStatus::NotFound(failure) = &self.standing
            && self.looks_without_end >= LOOKS_AFTER_NOT_FOUND
        {
            return NextAction::Finish(Err(failure.clone().into()));
        }
        let verdict = self.look_again(now);
        let may_cancel =
            matches!(self.standing, CancelStatus::Unknown(_)) && now >= self.cancel_again_from;
        match verdict {
            NextAction::LookUpAgain if may_cancel && order.is_some() => {
                self.cancel_again_from = now + BETWEEN_CANCELLATIONS;
                NextAction::CancelAgain
            }
            verdict => verdict,
        }
    }

    /// Takes in a look that told nothing.
    pub fn look_failed(&mut self, why: &LookupFailure, now: Moment) -> NextAction<J> {
        match why {
            LookupFailure::Inconclusive => self.look_again(now),
            LookupFailure::Refused(refusal) => NextAction::Finish(Err(self.refused(refusal))),
            LookupFailure::Stopped(halt) => NextAction::Finish(Err(self.halted(*halt))),
        }
    }

    /// Takes in that the cancellation was sent again and accepted.
    pub fn accepted_again(&mut self, order: J, requests: Attempts, now: Moment) {
        self.standing = CancelStatus::Accepted(order);
        self.sent_again(requests, now);
    }

    /// Takes in that the cancellation was sent again and failed.
    pub fn failed_again(&mut self, failure: &Failure, requests: Attempts, now: Moment) {
        self.standing = CancelStatus::Unknown(failure.clone());
        self.sent_again(requests, now);
    }

    /// Looks begin anew, but for the time at which they end.
    fn sent_again(&mut self, requests: Attempts, now: Moment) {
        self.requests = requests;
        self.cancel_again_from = now + BETWEEN_CANCELLATIONS;
        self.wait = FIRST_WAIT;
        self.next_look = (now + FIRST_WAIT).min(self.deadline);
    }

    /// A last look comes when time is up.
    fn look_again(&mut self, now: Moment) -> NextAction<J> {
        if now >= self.deadline {
            return NextAction::Finish(Err(self.time_is_up()));
        }
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
        self.next_look = (now + self.wait).min(self.deadline);
        NextAction::LookUpAgain
    }

    fn time_is_up(&self) -> OrderFailure<J> {
        if let CancelStatus::NotFound(failure) = &self.standing {
            return failure.clone().into();
        }
        let message = "the cancellation could not be confirmed: no look-up within `confirmMs` showed that the order has ended";
        let order = self.seen.clone().or_else(|| self.accepted_order());
        OrderFailure {
            failure: self.unconfirmed(message.to_owned()),
            order,
        }
    }

    fn refused(&self, refusal: &Failure) -> OrderFailure<J> {
        let message = format!(
            "the cancellation could not be confirmed: {}",
            refusal.message
        );
        self.end_unseen(Failure {
            status: refusal.status,
            code: refusal.code.clone(),
            hint: refusal.hint,
            ..self.unconfirmed(message)
        })
    }

    fn halted(&self, halt: StopReason) -> OrderFailure<J> {
        let kind = match halt {
            StopReason::Aborted => Kind::Aborted,
            StopReason::Blocked(_) | StopReason::Paused(_) => Kind::RateLimited,
            StopReason::Closed | StopReason::BatchStopped | StopReason::NoRandomness => {
                Kind::Unconfirmed
            }
        };
        self.end_unseen(Failure {
            kind,
            retry_after_ms: Failure::from(halt).retry_after_ms,
            ..self.unconfirmed(format!(
                "the cancellation could not be confirmed: {}",
                halt.cause()
            ))
        })
    }

    /// The end where nothing was seen that counts: a refusal stands, everything else is unknown.
    fn end_unseen(&self, failure: Failure) -> OrderFailure<J> {
        match &self.standing {
            CancelStatus::NotFound(refusal) => refusal.clone().into(),
            CancelStatus::Accepted(_) | CancelStatus::Unknown(_) => OrderFailure {
                failure,
                order: self.accepted_order(),
            },
        }
    }

    fn accepted_order(&self) -> Option<J> {
        match &self.standing {
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
            order: self.seen.clone(),
        }
    }

    fn unconfirmed(&self, message: String) -> Failure {
        let last = match &self.standing {
            CancelStatus::Accepted(_) => None,
            CancelStatus::Unknown(failure) | CancelStatus::NotFound(failure) => Some(failure),
        };
        Failure {
            outcome: Outcome::Unknown,
            status: last.and_then(|failure| failure.status),
            code: last.and_then(|failure| failure.code.clone()),
            hint: Some(hint::LOOK_UP_ORDER),
            attempts: self.requests.sent,
            ..Failure::not_sent(Kind::Unconfirmed, message)
        }
    }
}
