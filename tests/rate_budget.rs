//! Pacing on a made-up clock.

use std::time::Duration;
use upbit_cancel_order::rate_budget::{
    AccountBudget, Moment, Priority, RateGroup, Refusal, Step, Ticket,
};

pub const START: Moment = Duration::from_secs(100);

pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Puts cancellations into the default group's queue.
pub fn join(budget: &mut AccountBudget, count: usize) -> Vec<Ticket> {
    (0..count)
        .map(|_| budget.join(RateGroup::Default, Priority::Cancellation))
        .collect()
}

#[test]
fn a_first_request_goes_at_once() {
    let mut budget = AccountBudget::default();
    let tickets = join(&mut budget, 1);
    assert_eq!(budget.next(START), Step::Grant(tickets[0]));
    assert_eq!(budget.next(START), Step::Idle);
    budget.blocked(tickets[0], START, None);
    let tickets = join(&mut budget, 1);
    assert_eq!(
        budget.next(START),
        Step::Refuse(tickets[0], Refusal::Blocked { left: ms(10_000) })
    );
}
