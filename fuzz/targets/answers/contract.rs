//! The table of failures once more, written down independently.

use super::attempt::Attempt;
use upbit_cancel_order::failure::Kind;
use upbit_cancel_order::problem::Problem;

/// What a call has to say of its attempts so far.
#[derive(Default)]
pub struct Expected {
    pub kind: Option<Kind>,
    pub may_have_canceled: bool,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub attempts: u32,
    throttled: u32,
}

impl Expected {
    pub fn add(&mut self, attempt: &Attempt, problem: &Problem) {
        let kind = kind(attempt);
        let code = problem.answer().and_then(|answer| answer.code.as_deref());
        self.attempts += 1;
        self.throttled += u32::from(status(attempt) == Some(429));
        self.kind = Some(kind);
        self.may_have_canceled |= match kind {
            Kind::Rejected => code == Some("nonce_used"),
            Kind::RateLimited => false,
            _ => !matches!(attempt, Attempt::Failed(Problem::Unreachable)),
        };
        // A browser tells no status of a redirect.
        if status(attempt).is_some_and(|status| status != 0) {
            self.status = status(attempt);
            self.code = code.map(str::to_owned);
        }
    }

    /// Whether the last attempt may be followed by another.
    pub fn may_repeat(&self, last: &Attempt, max_retries: u32, in_batch: bool) -> bool {
        let throttled = status(last) == Some(429);
        let worth_it = match self.kind {
            Some(Kind::Server | Kind::Network | Kind::Timeout) => true,
            Some(Kind::RateLimited) => throttled,
            _ => false,
        };
        let asked = last.retry_after().unwrap_or_default().as_secs_f64();
        let left = if in_batch && throttled {
            self.throttled <= 60
        } else {
            let free = if in_batch { self.throttled } else { 0 };
            self.attempts - free <= max_retries
        };
        worth_it && left && asked <= 10.0
    }
}

fn status(attempt: &Attempt) -> Option<u16> {
    attempt.answer().map(|answer| answer.status)
}

pub fn kind(attempt: &Attempt) -> Kind {
    let answer = match attempt {
        Attempt::Answered(answer) => answer,
        Attempt::Failed(Problem::TimedOut) => return Kind::Timeout,
        Attempt::Failed(Problem::Aborted) => return Kind::Aborted,
        Attempt::Failed(_) => return Kind::Network,
    };
    match answer.status {
        418 | 429 => Kind::RateLimited,
        408 | 500.. if answer.status < 600 => Kind::Server,
        400..500 => Kind::Rejected,
        _ => Kind::BadResponse,
    }
}
