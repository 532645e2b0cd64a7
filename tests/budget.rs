//! Pacing on a made-up clock.

use proptest::prelude::*;
use std::time::Duration;
use upbit_cancel_order::budget::{Budget, Moment, REQUESTS_PER_SECOND, Ticket, Turn};

pub const START: Moment = Duration::from_secs(100);

pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Sends as many as may be sent at once.
pub fn burst(budget: &mut Budget, now: Moment, limit: usize) -> Vec<Ticket> {
    let mut sent = Vec::new();
    while sent.len() < limit {
        let ticket = budget.join();
        if budget.ask(ticket, now) != Turn::Now {
            budget.leave(ticket);
            break;
        }
        sent.push(ticket);
    }
    sent
}

#[test]
fn thirty_go_at_once_and_the_next_after_a_second() {
    let mut budget = Budget::default();
    assert_eq!(burst(&mut budget, START, 100).len(), REQUESTS_PER_SECOND);
    let late = budget.join();
    assert_eq!(budget.ask(late, START), Turn::After(ms(1000)));
    // No answer yet: the requests may have arrived as late as half a second after they were sent.
    assert_eq!(budget.ask(late, START + ms(1000)), Turn::After(ms(500)));
    assert_eq!(budget.ask(late, START + ms(1500)), Turn::Now);
}

#[test]
fn an_answer_frees_its_slot_a_second_later() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 100);
    budget.answered(sent[7], START + ms(40), None);
    let late = budget.join();
    assert_eq!(budget.ask(late, START + ms(50)), Turn::After(ms(990)));
    assert_eq!(budget.ask(late, START + ms(1040)), Turn::Now);
    let later = budget.join();
    assert_eq!(budget.ask(later, START + ms(1040)), Turn::After(ms(460)));
}

#[test]
fn late_answers_do_not_hold_up_others() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 100);
    for ticket in sent {
        budget.answered(ticket, START + ms(1400), None);
    }
    assert_eq!(
        burst(&mut budget, START + ms(1500), 100).len(),
        REQUESTS_PER_SECOND
    );
}

#[test]
fn first_come_first_served() {
    let mut budget = Budget::default();
    burst(&mut budget, START, 100);
    let waiting: Vec<Ticket> = (0..3).map(|_| budget.join()).collect();
    let free_again = START + ms(1500);
    let sent = burst(&mut budget, free_again, 100);
    assert_eq!(sent.len(), REQUESTS_PER_SECOND - waiting.len());
    for ticket in waiting {
        assert_eq!(budget.ask(ticket, free_again), Turn::Now);
    }
}

#[test]
fn whoever_leaves_the_queue_holds_up_nobody() {
    let mut budget = Budget::default();
    burst(&mut budget, START, 100);
    let waiting: Vec<Ticket> = (0..40).map(|_| budget.join()).collect();
    let last = budget.join();
    assert!(matches!(budget.ask(last, START), Turn::After(wait) if wait > ms(1000)));
    for ticket in waiting {
        budget.leave(ticket);
    }
    assert_eq!(budget.ask(last, START + ms(1500)), Turn::Now);
}

#[test]
fn a_ticket_that_was_served_takes_no_second_slot_and_has_none_to_give_up() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 1);
    assert_eq!(budget.ask(sent[0], START), Turn::Now);
    budget.leave(sent[0]);
    assert_eq!(burst(&mut budget, START, 100).len(), 29);
}

#[test]
fn an_answer_to_a_request_long_forgotten_tells_nothing() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 1);
    let late = START + ms(5000);
    burst(&mut budget, late, 1);
    budget.answered(sent[0], late, Some(0));
    assert_eq!(burst(&mut budget, late, 100).len(), 29);
}

#[test]
fn requests_of_others_count_too() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 1);
    budget.answered(sent[0], START, Some(4));
    assert_eq!(burst(&mut budget, START, 100).len(), 4);
    assert_eq!(burst(&mut budget, START + ms(1000), 100).len(), 30 - 4);
}

#[test]
fn nothing_remains_until_the_second_is_over() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 1);
    budget.answered(sent[0], START, Some(0));
    let ticket = budget.join();
    assert_eq!(budget.ask(ticket, START + ms(300)), Turn::After(ms(700)));
}

#[test]
fn odd_counts_are_harmless() {
    for remaining in [None, Some(30), Some(31), Some(u32::MAX)] {
        let mut budget = Budget::default();
        let sent = burst(&mut budget, START, 1);
        budget.answered(sent[0], START, remaining);
        assert_eq!(burst(&mut budget, START, 100).len(), 29);
    }
}

#[test]
fn an_answer_that_counted_our_own_earlier_requests_tells_of_nobody_else() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 29);
    for ticket in sent {
        budget.answered(ticket, START, None);
    }
    let last = burst(&mut budget, START + ms(990), 1);
    // It arrived before, and its answer comes after, the 29 others were over.
    budget.answered(last[0], START + ms(1010), Some(0));
    assert_eq!(burst(&mut budget, START + ms(1010), 100).len(), 29);
}

#[test]
fn an_answer_that_counted_a_slot_free_by_then_tells_of_nobody_else_either() {
    // Half a second after it is free, a slot is forgotten.
    for (answered, free_slots) in [(ms(1499), 1), (ms(1500), 0)] {
        let mut budget = Budget::default();
        let first = burst(&mut budget, START, 1);
        budget.answered(first[0], START, None);
        let second = burst(&mut budget, START + ms(900), 1);
        let asks = budget.join();
        budget.ask(asks, START + answered);
        budget.answered(second[0], START + answered, Some(0));
        budget.answered(asks, START + answered, None);
        assert_eq!(burst(&mut budget, START + answered, 100).len(), free_slots);
    }
}

#[test]
fn an_answer_does_not_count_what_was_free_when_its_request_was_sent() {
    let mut budget = Budget::default();
    for ticket in burst(&mut budget, START, 100) {
        budget.answered(ticket, START, None);
    }
    let next = burst(&mut budget, START + ms(1000), 1);
    budget.answered(next[0], START + ms(1000), Some(10));
    assert_eq!(burst(&mut budget, START + ms(1000), 100).len(), 10);
}

#[test]
fn whoever_waits_is_told_when_as_many_are_free_as_stand_before_it() {
    let mut budget = Budget::default();
    let mut answered = START;
    for ticket in burst(&mut budget, START, 100) {
        budget.answered(ticket, answered, None);
        answered += ms(10);
    }
    let waiting: Vec<Ticket> = (0..61).map(|_| budget.join()).collect();
    for (place, wait) in [
        (0, 700),
        (1, 710),
        (29, 990),
        (30, 1700),
        (35, 1750),
        (60, 2700),
    ] {
        let turn = budget.ask(waiting[place], START + ms(300));
        assert_eq!(turn, Turn::After(ms(wait)), "{place}");
    }
}

#[test]
fn a_refusal_pauses_the_account() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 2);
    budget.refused(sent[0], START, ms(1000));
    budget.refused(sent[1], START, ms(200));
    let ticket = budget.join();
    assert_eq!(budget.ask(ticket, START + ms(100)), Turn::After(ms(900)));
    assert_eq!(budget.ask(ticket, START + ms(1000)), Turn::Now);
}

#[test]
fn idle_means_that_nothing_is_remembered() {
    let mut budget = Budget::default();
    assert!(budget.is_idle(START));
    let sent = burst(&mut budget, START, 1);
    budget.answered(sent[0], START + ms(10), None);
    assert!(!budget.is_idle(START + ms(1009)));
    assert!(budget.is_idle(START + ms(1010)));
    let ticket = budget.join();
    assert!(!budget.is_idle(START + ms(5000)));
    budget.leave(ticket);
    assert!(budget.is_idle(START + ms(5000)));
}

/// A client that sends `count` requests as fast as it may. Returns when each was sent.
fn run(count: usize, latency: impl Fn(usize) -> Duration) -> Vec<Moment> {
    let mut budget = Budget::default();
    let mut under_way: Vec<(Moment, Ticket)> = Vec::new();
    let (mut now, mut sent) = (START, Vec::new());
    while sent.len() < count {
        let ticket = budget.join();
        while let Turn::After(wait) = budget.ask(ticket, now) {
            assert!(!wait.is_zero(), "a turn that never comes");
            let next_answer = under_way.iter().map(|(at, _)| *at).min();
            now = next_answer
                .map_or(now + wait, |at| at.min(now + wait))
                .max(now + ms(1));
            under_way.retain(|(at, answered)| {
                if *at <= now {
                    budget.answered(*answered, *at, None);
                }
                *at > now
            });
        }
        under_way.push((now + latency(sent.len()), ticket));
        sent.push(now);
    }
    sent
}

#[test]
fn three_hundred_take_nine_seconds_and_little_more() {
    let sent = run(300, |_| ms(30));
    assert!(
        sent[299] <= sent[0] + ms(9 * 1030 + 10),
        "{:?}",
        sent[299].abs_diff(sent[0])
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whenever on its way a request arrives, no second holds more than 30.
    #[test]
    fn no_second_holds_more_than_thirty(
        latencies in prop::collection::vec(0_u64..500, 75),
        arrival in prop::collection::vec(0.0_f64..=1.0, 75),
    ) {
        let sent = run(latencies.len(), |index| ms(latencies[index]));
        let mut arrived: Vec<Moment> = sent
            .iter()
            .zip(latencies.iter().zip(&arrival))
            .map(|(sent, (latency, part))| *sent + ms(*latency).mul_f64(*part))
            .collect();
        arrived.sort_unstable();
        for (first, after_thirty) in arrived.iter().zip(&arrived[REQUESTS_PER_SECOND..]) {
            prop_assert!(*after_thirty >= *first + ms(999));
        }
    }
}
