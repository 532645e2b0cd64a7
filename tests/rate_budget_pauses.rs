//! The pause after a 429 and the block after a 418, step by step on a simulated clock.

use super::rate_budget::{START, full, join, ms};
use std::time::Duration;
use upbit_cancel_order::rate_budget::Priority::{Cancellation, Lookup};
use upbit_cancel_order::rate_budget::RateGroup::{Default as Ordinary, OrderCancelAll};
use upbit_cancel_order::rate_budget::{AccountBudget, Moment, Refusal, Step, Ticket};

fn refuse_all(budget: &mut AccountBudget, now: Moment) -> Vec<(Ticket, Refusal)> {
    let mut refused = Vec::new();
    while let Step::Refuse(ticket, refusal) = budget.next(now) {
        refused.push((ticket, refusal));
    }
    refused
}

#[test]
fn a_429_pauses_its_group_until_the_second_is_over() {
    for (retry_after, jitter, pause) in [
        (None, 0.0, 1000),
        (None, 1.0, 1250),
        (None, 7.0, 1250),
        (None, f64::NAN, 1000),
        (Some(ms(1)), 0.5, 1125),
        (Some(ms(1200)), 0.4, 1200),
        (Some(ms(10_000)), 1.0, 10_000),
    ] {
        let (mut budget, granted) = full();
        let waiting = join(&mut budget, 1);
        let answered = START + ms(30);
        budget.throttled(granted[0], answered, retry_after, jitter);
        let end = answered + ms(pause);
        assert_eq!(
            budget.next(answered),
            Step::WaitUntil(end),
            "{retry_after:?}"
        );
        let other = budget.join(OrderCancelAll, Cancellation, START);
        assert_eq!(budget.next(answered), Step::Grant(other));
        for ticket in &granted[1..] {
            budget.answered(*ticket, answered, None);
        }
        assert_eq!(
            budget.next(end.saturating_sub(ms(1))),
            Step::WaitUntil(end),
            "{retry_after:?}"
        );
        assert_eq!(budget.next(end), Step::Grant(waiting[0]));
    }
}

#[test]
fn a_shorter_pause_does_not_end_a_longer_one() {
    let (mut budget, granted) = full();
    join(&mut budget, 1);
    budget.throttled(granted[0], START, Some(ms(3000)), 0.0);
    budget.throttled(granted[1], START + ms(10), None, 0.0);
    assert_eq!(
        budget.next(START + ms(10)),
        Step::WaitUntil(START + ms(3000))
    );
}

#[test]
fn requests_are_refused_during_a_pause_of_more_than_ten_seconds() {
    let (mut budget, granted) = full();
    let mut waiting = join(&mut budget, 1);
    waiting.push(budget.join(Ordinary, Lookup, START));
    budget.throttled(granted[0], START, Some(ms(30_000)), 1.0);
    let refused = |left| {
        waiting
            .iter()
            .map(|ticket| (*ticket, Refusal::Paused { left: ms(left) }))
            .collect::<Vec<_>>()
    };
    assert_eq!(refuse_all(&mut budget, START), refused(30_000));
    budget.rejoin(waiting[0], Ordinary, Cancellation, START);
    budget.rejoin(waiting[1], Ordinary, Lookup, START);
    assert_eq!(refuse_all(&mut budget, START + ms(19_999)), refused(10_001));
    budget.rejoin(waiting[0], Ordinary, Cancellation, START);
    assert_eq!(
        budget.next(START + ms(20_000)),
        Step::WaitUntil(START + ms(30_000))
    );
}

#[test]
fn a_418_stops_all_groups_for_its_retry_after() {
    for (retry_after, block) in [
        (None, ms(10_000)),
        (Some(ms(1)), ms(1)),
        (Some(ms(40_000)), ms(40_000)),
        (Some(Duration::MAX), Duration::MAX.saturating_sub(START)),
    ] {
        let (mut budget, granted) = full();
        let mut waiting = join(&mut budget, 1);
        waiting.push(budget.join(OrderCancelAll, Lookup, START));
        budget.blocked(granted[0], START, retry_after);
        let refusal = Refusal::Blocked { left: block };
        let expected: Vec<_> = waiting.iter().map(|ticket| (*ticket, refusal)).collect();
        assert_eq!(refuse_all(&mut budget, START), expected);
        assert_eq!(budget.next(START), Step::Idle);
        // A later, shorter block does not end it.
        budget.blocked(granted[1], START, Some(Duration::from_nanos(1)));
        let late = budget.join(OrderCancelAll, Cancellation, START);
        let left = Duration::from_nanos(1);
        let refused = Step::Refuse(late, Refusal::Blocked { left });
        assert_eq!(budget.next((START + block).saturating_sub(left)), refused);
        budget.rejoin(late, OrderCancelAll, Cancellation, START);
        assert_eq!(budget.next(START + block), Step::Grant(late));
    }
}
