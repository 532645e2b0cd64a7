//! What a program leaves to others once it was refused, on the same made-up clock.

use super::budget::{START, burst, ms};
use upbit_cancel_order::budget::{Budget, Moment, Turn};

/// A budget after a second in which 8 of 12 requests were granted; the pause ends a second later.
fn with_a_share_of_eight() -> Budget {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 12);
    for ticket in &sent[4..] {
        budget.answered(*ticket, START, Some(0));
    }
    for ticket in &sent[..4] {
        budget.refused(*ticket, START, ms(1000));
    }
    budget
}

/// Uses up the share, one request answered at once, with so many left over.
fn round(budget: &mut Budget, now: Moment, left_over: Option<u32>) -> usize {
    let sent = burst(budget, now, 100);
    for ticket in &sent {
        budget.answered(*ticket, now, left_over);
    }
    sent.len()
}

#[test]
fn whoever_is_refused_keeps_to_what_it_was_granted() {
    let mut budget = with_a_share_of_eight();
    for second in 1..6 {
        assert_eq!(round(&mut budget, START + ms(second * 1000), Some(1)), 8);
    }
}

#[test]
fn requests_refused_while_the_account_pauses_were_taken_for_granted_before() {
    let mut budget = Budget::default();
    let sent = burst(&mut budget, START, 12);
    for ticket in &sent[4..] {
        budget.answered(*ticket, START + ms(10), None);
    }
    budget.refused(sent[0], START + ms(200), ms(1000));
    // By now those that were granted are over.
    for ticket in &sent[1..4] {
        budget.refused(*ticket, START + ms(1100), ms(100));
    }
    assert_eq!(burst(&mut budget, START + ms(1200), 100).len(), 8);
}

#[test]
fn a_refusal_after_the_pause_counts_anew() {
    let mut budget = with_a_share_of_eight();
    let sent = burst(&mut budget, START + ms(1000), 3);
    budget.refused(sent[0], START + ms(1000), ms(1000));
    for ticket in &sent[1..] {
        budget.answered(*ticket, START + ms(1000), None);
    }
    assert_eq!(burst(&mut budget, START + ms(2000), 100).len(), 2);
}

#[test]
fn whoever_is_held_back_by_its_share_waits_for_its_own_slots() {
    for left_over in [0, 10] {
        let mut budget = with_a_share_of_eight();
        let sent = burst(&mut budget, START + ms(1000), 100);
        // Those of others are free at 2000, seven of our own at 2300.
        budget.answered(sent[0], START + ms(1000), Some(left_over));
        for ticket in &sent[1..] {
            budget.answered(*ticket, START + ms(1300), None);
        }
        budget.join();
        let second = budget.join();
        let turn = budget.ask(second, START + ms(1400));
        assert_eq!(turn, Turn::After(ms(900)), "{left_over}");
    }
}

#[test]
fn a_share_grows_by_half_of_what_is_left_over() {
    for (left_over, grown) in [(None, 9), (Some(1), 8), (Some(10), 13), (Some(44), 30)] {
        let mut budget = with_a_share_of_eight();
        assert_eq!(round(&mut budget, START + ms(1000), left_over), 8);
        assert_eq!(round(&mut budget, START + ms(2000), left_over), 8);
        // Held back for longer than a round takes.
        let more = round(&mut budget, START + ms(2500), left_over);
        assert_eq!(8 + more, grown, "{left_over:?}");
    }
}

#[test]
fn a_share_is_never_less_than_one() {
    let mut budget = Budget::default();
    for ticket in burst(&mut budget, START, 10) {
        budget.refused(ticket, START, ms(1000));
    }
    assert_eq!(burst(&mut budget, START + ms(1000), 100).len(), 1);
}

#[test]
fn a_refusal_is_forgotten_when_nothing_is_sent_for_a_while() {
    let mut budget = with_a_share_of_eight();
    assert!(!budget.is_idle(START + ms(2499)));
    assert!(budget.is_idle(START + ms(2500)));
    assert_eq!(burst(&mut budget, START + ms(2500), 100).len(), 30);
    let mut budget = with_a_share_of_eight();
    assert_eq!(burst(&mut budget, START + ms(2499), 100).len(), 8);
}
