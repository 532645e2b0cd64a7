//! The queue and the slots of a budget, step by step on a simulated clock.

use std::time::Duration;
use upbit_cancel_order::rate_budget::Priority::{Cancellation, Lookup};
use upbit_cancel_order::rate_budget::RateGroup::{Default as Ordinary, OrderCancelAll};
use upbit_cancel_order::rate_budget::{AccountBudget, Moment, Step, Ticket};

pub const START: Moment = Duration::from_secs(100);

pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Queues cancellations in the default group.
pub fn join(budget: &mut AccountBudget, count: usize) -> Vec<Ticket> {
    let mut ticket = || budget.join(Ordinary, Cancellation, START);
    (0..count).map(|_| ticket()).collect()
}

/// Grants requests until there is another step. Returns the tickets and that step.
pub fn grant_all(budget: &mut AccountBudget, now: Moment) -> (Vec<Ticket>, Step) {
    let mut granted = Vec::new();
    loop {
        match budget.next(now) {
            Step::Grant(ticket) => granted.push(ticket),
            step => return (granted, step),
        }
    }
}

/// A budget whose share is the whole limit, with all slots free at `START`.
pub fn alone() -> AccountBudget {
    let mut budget = AccountBudget::default();
    let before = ms(99_000);
    join(&mut budget, 10);
    let (first, _) = grant_all(&mut budget, before);
    assert_eq!(first.len(), 10);
    for ticket in first {
        budget.answered(ticket, before, None);
    }
    budget
}

/// The same with 30 requests in flight since `START`.
pub fn full() -> (AccountBudget, Vec<Ticket>) {
    let mut budget = alone();
    join(&mut budget, 30);
    let (granted, step) = grant_all(&mut budget, START);
    assert_eq!((granted.len(), step), (30, Step::Idle));
    (budget, granted)
}

#[test]
fn a_slot_is_free_one_second_after_its_response() {
    let (mut budget, granted) = full();
    let waiting = join(&mut budget, 2);
    // Without a response, no slot becomes free.
    assert_eq!(budget.next(START + ms(9000)), Step::Idle);
    budget.answered(granted[7], START + ms(9000), None);
    let free = START + ms(10_000);
    assert_eq!(budget.next(START + ms(9000)), Step::WaitUntil(free));
    let just_before = free.saturating_sub(Duration::from_nanos(1));
    assert_eq!(budget.next(just_before), Step::WaitUntil(free));
    assert_eq!(budget.next(free), Step::Grant(waiting[0]));
    assert_eq!(budget.next(free), Step::Idle);
}

#[test]
fn a_request_that_is_given_up_in_flight_frees_its_slot_one_second_later() {
    // A request that is given up at once may still arrive within 250 ms.
    for (given_up, free) in [(0, 1250), (249, 1250), (251, 1251), (900, 1900)] {
        let (mut budget, granted) = full();
        budget.give_up(granted[3], START + ms(given_up));
        budget.give_up(granted[3], START + ms(950));
        budget.answered(granted[3], START + ms(950), Some(0));
        let waiting = join(&mut budget, 2);
        let free = START + ms(free);
        assert_eq!(budget.next(START + ms(950)), Step::WaitUntil(free));
        assert_eq!(grant_all(&mut budget, free), (vec![waiting[0]], Step::Idle));
    }
}

#[test]
fn a_response_may_free_its_slot_before_a_request_that_was_given_up_earlier() {
    let (mut budget, granted) = full();
    budget.give_up(granted[0], START + ms(10));
    budget.answered(granted[1], START + ms(100), None);
    join(&mut budget, 2);
    for free in [1100, 1250] {
        let step = grant_all(&mut budget, START + ms(free - 1)).1;
        assert_eq!(step, Step::WaitUntil(START + ms(free)));
    }
}

#[test]
fn a_waiter_that_leaves_the_queue_makes_room() {
    let (mut budget, granted) = full();
    let waiting = join(&mut budget, 40);
    for ticket in &waiting[..39] {
        budget.give_up(*ticket, START);
    }
    budget.answered(granted[0], START, None);
    let next = grant_all(&mut budget, START + ms(1000));
    assert_eq!(next, (vec![waiting[39]], Step::Idle));
}

#[test]
fn a_retry_keeps_its_place() {
    let (mut budget, granted) = full();
    join(&mut budget, 3);
    budget.answered(granted[4], START, None);
    budget.rejoin(granted[4], Ordinary, Cancellation, START);
    assert_eq!(budget.next(START + ms(1000)), Step::Grant(granted[4]));
}

#[test]
fn a_retry_ends_the_previous_attempt() {
    let (mut budget, granted) = full();
    budget.rejoin(granted[4], Ordinary, Cancellation, START + ms(300));
    let free = START + ms(1300);
    assert_eq!(budget.next(START + ms(300)), Step::WaitUntil(free));
    let repeated = grant_all(&mut budget, free);
    assert_eq!(repeated, (vec![granted[4]], Step::Idle));
}

#[test]
fn cancellations_come_before_lookups() {
    let mut budget = alone();
    let lookup = budget.join(Ordinary, Lookup, START);
    let cancellations = join(&mut budget, 2);
    let (granted, _) = grant_all(&mut budget, START);
    assert_eq!(granted, [cancellations[0], cancellations[1], lookup]);
    let lookup = budget.join(Ordinary, Lookup, START);
    budget.give_up(lookup, START);
    assert_eq!(budget.next(START), Step::Idle);
}

#[test]
fn each_group_has_its_own_limit() {
    let (mut budget, granted) = full();
    let [first, second] = [(); 2].map(|()| budget.join(OrderCancelAll, Cancellation, START));
    join(&mut budget, 1);
    assert_eq!(grant_all(&mut budget, START), (vec![first], Step::Idle));
    budget.answered(granted[0], START + ms(500), None);
    budget.answered(first, START + ms(10), None);
    assert_eq!(
        budget.next(START + ms(600)),
        Step::WaitUntil(START + ms(1500))
    );
    assert_eq!(
        grant_all(&mut budget, START + ms(2009)).1,
        Step::WaitUntil(START + ms(2010))
    );
    assert_eq!(budget.next(START + ms(2010)), Step::Grant(second));
}

#[test]
fn requests_of_other_programs_occupy_slots() {
    let mut budget = alone();
    join(&mut budget, 100);
    let Step::Grant(first) = budget.next(START) else {
        panic!()
    };
    budget.answered(first, START + ms(20), Some(4));
    let (granted, step) = grant_all(&mut budget, START + ms(20));
    assert_eq!(
        (granted.len(), step),
        (4, Step::WaitUntil(START + ms(1020)))
    );
    assert_eq!(grant_all(&mut budget, START + ms(1020)).0.len(), 26);
}

#[test]
fn unexpected_values_of_remaining_req_are_harmless() {
    for remaining in [None, Some(29), Some(31), Some(u32::MAX)] {
        let mut budget = alone();
        join(&mut budget, 100);
        let Step::Grant(first) = budget.next(START) else {
            panic!()
        };
        budget.answered(first, START, remaining);
        assert_eq!(grant_all(&mut budget, START).0.len(), 29, "{remaining:?}");
    }
}

#[test]
fn own_requests_are_not_taken_for_those_of_others() {
    let (mut budget, granted) = full();
    for ticket in &granted[1..] {
        budget.answered(*ticket, START + ms(10), Some(0));
    }
    // It took 2 s. When it arrived, the other requests still counted.
    budget.answered(granted[0], START + ms(2000), Some(0));
    join(&mut budget, 100);
    assert_eq!(grant_all(&mut budget, START + ms(2000)).0.len(), 29);
}

#[test]
fn the_lowest_requests_per_second_of_the_open_clients_counts() {
    let mut budget = alone();
    join(&mut budget, 100);
    budget.open_client(20);
    budget.open_client(3);
    budget.open_client(3);
    assert_eq!(grant_all(&mut budget, START).0.len(), 3);
    budget.close_client(3);
    assert_eq!(grant_all(&mut budget, START).0.len(), 0);
    budget.close_client(3);
    budget.close_client(7);
    assert_eq!(grant_all(&mut budget, START).0.len(), 17);
    budget.close_client(20);
    assert_eq!(grant_all(&mut budget, START).0.len(), 10);
    let mut budget = alone();
    join(&mut budget, 2);
    budget.open_client(0);
    assert_eq!(grant_all(&mut budget, START).0.len(), 1);
}

#[test]
fn unknown_and_ended_tickets_are_ignored() {
    let (mut budget, granted) = full();
    let unknown = Ticket::from_number(granted[29].number() + 5);
    budget.answered(granted[0], START, None);
    for ticket in [unknown, granted[0]] {
        budget.throttled(ticket, START, Some(ms(5000)), 1.0);
        budget.answered(ticket, START, Some(0));
        budget.give_up(ticket, START);
    }
    join(&mut budget, 3);
    assert_eq!(grant_all(&mut budget, START + ms(1000)).0.len(), 1);
}

#[test]
fn a_budget_is_idle_when_it_can_be_dropped() {
    let mut budget = AccountBudget::default();
    assert!(budget.is_idle(START));
    let ticket = join(&mut budget, 1)[0];
    assert!(!budget.is_idle(START));
    budget.next(START);
    assert!(!budget.is_idle(START + ms(60_000)));
    budget.answered(ticket, START, Some(20));
    assert!(!budget.is_idle(START + ms(999)));
    assert!(budget.is_idle(START + ms(1000)));
    join(&mut budget, 2);
    let (granted, _) = grant_all(&mut budget, START + ms(1000));
    budget.throttled(granted[0], START + ms(1000), Some(ms(1500)), 0.0);
    budget.answered(granted[1], START + ms(1000), None);
    assert!(!budget.is_idle(START + ms(2499)));
    assert!(budget.is_idle(START + ms(2500)));
    join(&mut budget, 1);
    let (granted, _) = grant_all(&mut budget, START + ms(2500));
    budget.blocked(granted[0], START + ms(2500), Some(ms(3000)));
    assert!(!budget.is_idle(START + ms(5499)));
    assert!(budget.is_idle(START + ms(5500)));
}

#[test]
fn the_state_does_not_grow() {
    let mut budget = AccountBudget::default();
    let mut longest = [0, 0];
    for second in 0..400 {
        let now = START + ms(second * 1300);
        let waiting = join(&mut budget, 100);
        for (left, ticket) in (0..).zip(grant_all(&mut budget, now).0) {
            match left {
                0 => budget.give_up(ticket, now),
                1 if second % 9 == 0 => budget.throttled(ticket, now, None, 0.5),
                _ => budget.answered(ticket, now, Some(left % 20)),
            }
        }
        for ticket in waiting {
            budget.give_up(ticket, now + ms(50));
        }
        let half = usize::from(second >= 200);
        longest[half] = longest[half].max(format!("{budget:?}").len());
    }
    assert!(longest[1] <= longest[0] + 100, "{longest:?}");
}
