//! How one order ended: looks after a cancellation, until the order has ended or time is up.
//!
//! Upbit's answer to a cancellation means 'accepted': the order can still fill. After a lost answer
//! nobody knows. A look at the order settles both.

use crate::failure::{Earlier, Failure, Halt};
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
pub struct Failed<J> {
    /// What the caller is told.
    pub failure: Failure,
    /// What accompanies it as `error.order`.
    pub order: Option<J>,
}

impl<J> From<Failure> for Failed<J> {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            order: None,
        }
    }
}

/// How a cancellation ended: with the order, or not.
pub type Ended<J> = Result<J, Failed<J>>;

/// How the cancellation stands that is being confirmed.
#[derive(Debug, Clone)]
enum Standing<J> {
    /// Upbit accepted it.
    Accepted(J),
    /// It may have taken effect.
    Unknown(Failure),
    /// Upbit did not find the order: it may have ended before.
    NotFound(Failure),
}

/// Why a look told nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum LookFailure {
    /// It failed for now, or it told of another order.
    Failed,
    /// Upbit refuses it, as to a key without the permission [View Orders].
    Refused(Failure),
    /// Nothing more may be sent.
    Halted(Halt),
}

impl From<Failure> for LookFailure {
    /// 400 and 404 are about the order or its name, 401 and 403 about the key.
    fn from(failure: Failure) -> Self {
        let of_the_key = matches!(failure.status, Some(401 | 403));
        if failure.kind == Kind::Rejected && of_the_key && !failure.is_nonce_used() {
            Self::Refused(failure)
        } else {
            Self::Failed
        }
    }
}

/// What to do after a look.
#[derive(Debug, PartialEq)]
pub enum Verdict<J> {
    /// Look again when it is time.
    LookAgain,
    /// Send the cancellation again: the order is still open, and the effect of the last one is unknown.
    CancelAgain,
    /// It has ended.
    Ended(Ended<J>),
}

/// One order whose end is looked for.
#[derive(Debug, Clone)]
pub struct Confirmation<J> {
    standing: Standing<J>,
    requests: Earlier,
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
    pub fn of_accepted(order: J, requests: Earlier, now: Moment, limit: Duration) -> Self {
        Self::new(Standing::Accepted(order), requests, now, limit)
    }

    /// Follows a cancellation that failed at `now`. `None`: a look would not change what is known.
    #[must_use]
    pub fn of_failed(
        failure: &Failure,
        requests: Earlier,
        now: Moment,
        limit: Duration,
    ) -> Option<Self> {
        let standing = if failure.outcome == Outcome::Unknown && failure.kind != Kind::Aborted {
            Standing::Unknown(failure.clone())
        } else if failure.outcome == Outcome::NotCanceled && failure.is_order_not_found() {
            Standing::NotFound(failure.clone())
        } else {
            return None;
        };
        Some(Self::new(standing, requests, now, limit))
    }

    fn new(standing: Standing<J>, requests: Earlier, now: Moment, limit: Duration) -> Self {
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
    pub fn requests(&self) -> Earlier {
        self.requests
    }

    /// Takes in a look that was answered. `None`: Upbit does not find the order.
    pub fn looked(&mut self, order: Option<&Order<J>>, now: Moment) -> Verdict<J> {
        if let Some(order) = order {
            self.seen = Some(order.value().clone());
            let accepted = matches!(self.standing, Standing::Accepted(_));
            match order.state() {
                State::Canceled if accepted || !order.is_executed_market_buy() => {
                    return Verdict::Ended(Ok(order.value().clone()));
                }
                State::Canceled | State::Filled => return Verdict::Ended(Err(self.filled())),
                State::Open => (),
            }
        }
        self.looks_without_end += 1;
        if let Standing::NotFound(failure) = &self.standing
            && self.looks_without_end >= LOOKS_AFTER_NOT_FOUND
        {
            return Verdict::Ended(Err(failure.clone().into()));
        }
        let verdict = self.look_again(now);
        let may_cancel =
            matches!(self.standing, Standing::Unknown(_)) && now >= self.cancel_again_from;
        match verdict {
            Verdict::LookAgain if may_cancel && order.is_some() => {
                self.cancel_again_from = now + BETWEEN_CANCELLATIONS;
                Verdict::CancelAgain
            }
            verdict => verdict,
        }
    }

    /// Takes in a look that told nothing.
    pub fn look_failed(&mut self, why: &LookFailure, now: Moment) -> Verdict<J> {
        match why {
            LookFailure::Failed => self.look_again(now),
            LookFailure::Refused(refusal) => Verdict::Ended(Err(self.refused(refusal))),
            LookFailure::Halted(halt) => Verdict::Ended(Err(self.halted(*halt))),
        }
    }

    /// Takes in that the cancellation was sent again and accepted.
    pub fn accepted_again(&mut self, order: J, requests: Earlier, now: Moment) {
        self.standing = Standing::Accepted(order);
        self.sent_again(requests, now);
    }

    /// Takes in that the cancellation was sent again and failed.
    pub fn failed_again(&mut self, failure: &Failure, requests: Earlier, now: Moment) {
        self.standing = Standing::Unknown(failure.clone());
        self.sent_again(requests, now);
    }

    /// Looks begin anew, but for the time at which they end.
    fn sent_again(&mut self, requests: Earlier, now: Moment) {
        self.requests = requests;
        self.cancel_again_from = now + BETWEEN_CANCELLATIONS;
        self.wait = FIRST_WAIT;
        self.next_look = (now + FIRST_WAIT).min(self.deadline);
    }

    /// A last look comes when time is up.
    fn look_again(&mut self, now: Moment) -> Verdict<J> {
        if now >= self.deadline {
            return Verdict::Ended(Err(self.time_is_up()));
        }
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
        self.next_look = (now + self.wait).min(self.deadline);
        Verdict::LookAgain
    }

    fn time_is_up(&self) -> Failed<J> {
        if let Standing::NotFound(failure) = &self.standing {
            return failure.clone().into();
        }
        let message = "the cancellation could not be confirmed: no look-up within `confirmMs` showed that the order has ended";
        let order = self.seen.clone().or_else(|| self.accepted_order());
        Failed {
            failure: self.unconfirmed(message.to_owned()),
            order,
        }
    }

    fn refused(&self, refusal: &Failure) -> Failed<J> {
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

    fn halted(&self, halt: Halt) -> Failed<J> {
        let kind = match halt {
            Halt::Aborted => Kind::Aborted,
            Halt::Blocked(_) | Halt::Paused(_) => Kind::RateLimited,
            Halt::Closed | Halt::Stopped | Halt::NoRandomness => Kind::Unconfirmed,
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
    fn end_unseen(&self, failure: Failure) -> Failed<J> {
        match &self.standing {
            Standing::NotFound(refusal) => refusal.clone().into(),
            Standing::Accepted(_) | Standing::Unknown(_) => Failed {
                failure,
                order: self.accepted_order(),
            },
        }
    }

    fn accepted_order(&self) -> Option<J> {
        match &self.standing {
            Standing::Accepted(order) => Some(order.clone()),
            Standing::Unknown(_) | Standing::NotFound(_) => None,
        }
    }

    fn filled(&self) -> Failed<J> {
        let failure = Failure {
            kind: Kind::Filled,
            outcome: Outcome::NotCanceled,
            hint: Some(hint::FILLED),
            ..self.unconfirmed("the order was filled before it could be canceled".to_owned())
        };
        Failed {
            failure,
            order: self.seen.clone(),
        }
    }

    fn unconfirmed(&self, message: String) -> Failure {
        let last = match &self.standing {
            Standing::Accepted(_) => None,
            Standing::Unknown(failure) | Standing::NotFound(failure) => Some(failure),
        };
        Failure {
            outcome: Outcome::Unknown,
            status: last.and_then(|failure| failure.status),
            code: last.and_then(|failure| failure.code.clone()),
            hint: Some(hint::LOOK_AGAIN),
            attempts: self.requests.attempts,
            ..Failure::not_sent(Kind::Unconfirmed, message)
        }
    }
}
