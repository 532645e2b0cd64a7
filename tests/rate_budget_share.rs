//! The share of a program, step by step on a simulated clock.

use super::rate_budget::{START, alone, grant_all, join, ms};
use upbit_cancel_order::rate_budget::{AccountBudget, Moment, Step};

/// Uses up the share at `now`, with an immediate response to every request. Returns the number of requests.
/// `left`: the `sec` of every `Remaining-Req`.
fn round(budget: &mut AccountBudget, now: Moment, left: u32) -> usize {
    let mut sent = 0;
    loop {
        let (granted, _) = grant_all(budget, now);
        if granted.is_empty() {
            return sent;
        }
        sent += granted.len();
        for ticket in granted {
            budget.answered(ticket, now, Some(left));
        }
    }
}

/// A budget with a long queue whose first requests were sent at `START`: `granted` succeeded, and `refused`
/// got a 429. Its pause ends a second later.
fn refused(granted: usize, refused: usize) -> AccountBudget {
    let mut budget = alone();
    join(&mut budget, granted + refused);
    let (sent, _) = grant_all(&mut budget, START);
    for ticket in &sent[..granted] {
        budget.answered(*ticket, START, Some(0));
    }
    for ticket in &sent[granted..] {
        budget.throttled(*ticket, START, None, 0.0);
    }
    join(&mut budget, 2000);
    budget
}

#[test]
fn the_share_is_ten_until_the_first_responses() {
    let mut budget = AccountBudget::default();
    join(&mut budget, 100);
    let (first, _) = grant_all(&mut budget, START);
    assert_eq!(first.len(), 10);
    for ticket in &first[1..] {
        budget.answered(*ticket, START + ms(20), Some(20));
        assert_eq!(grant_all(&mut budget, START + ms(20)).0.len(), 0);
    }
    budget.answered(first[0], START + ms(30), Some(20));
    assert_eq!(grant_all(&mut budget, START + ms(30)).0.len(), 20);
}

#[test]
fn requests_that_hang_do_not_hold_up_others() {
    let mut budget = AccountBudget::default();
    join(&mut budget, 100);
    for (at, granted, wake) in [(0, 10, 1000), (999, 0, 1000), (1000, 10, 2000)] {
        let (sent, step) = grant_all(&mut budget, START + ms(at));
        let wake = Step::WaitUntil(START + ms(wake));
        assert_eq!((sent.len(), step), (granted, wake), "{at}");
    }
    let (sent, step) = grant_all(&mut budget, START + ms(2000));
    assert_eq!((sent.len(), step), (10, Step::Idle));
}

#[test]
fn if_a_request_hangs_the_share_grows_by_unused_slots_only() {
    let mut budget = refused(8, 4);
    round(&mut budget, START + ms(1000), 2);
    let (sent, _) = grant_all(&mut budget, START + ms(2000));
    for ticket in &sent[1..] {
        budget.answered(*ticket, START + ms(2000), Some(2));
    }
    let (sent, _) = grant_all(&mut budget, START + ms(3000));
    assert_eq!(sent.len(), 8 + 2 - 1);
}

#[test]
fn the_share_is_ten_again_after_an_idle_time() {
    for (pause, granted) in [(1999, 30), (2000, 10)] {
        let mut budget = alone();
        join(&mut budget, 100);
        assert_eq!(round(&mut budget, START, 0), 30);
        assert_eq!(grant_all(&mut budget, START + ms(pause)).0.len(), granted);
    }
}

#[test]
fn other_programs_seen_long_ago_do_not_count() {
    let mut budget = alone();
    join(&mut budget, 20);
    assert_eq!(round(&mut budget, START, 5), 20);
    join(&mut budget, 100);
    assert_eq!(round(&mut budget, START + ms(3000), 20), 30);
}

#[test]
fn after_a_429_the_share_is_what_was_granted() {
    for (granted, refusals, share) in [(8, 4, 8), (0, 10, 1), (15, 1, 15), (29, 1, 15)] {
        let mut budget = refused(granted, refusals);
        for second in 1..6 {
            let sent = round(&mut budget, START + ms(second * 1000), 0);
            assert_eq!(sent, share, "{granted} {refusals}");
        }
    }
}

#[test]
fn each_further_429_of_a_pause_reduces_the_share_by_one() {
    let mut budget = alone();
    join(&mut budget, 12);
    let (sent, _) = grant_all(&mut budget, START);
    for ticket in &sent[4..] {
        budget.answered(*ticket, START + ms(10), None);
    }
    budget.throttled(sent[0], START + ms(200), None, 0.0);
    for ticket in &sent[1..4] {
        budget.throttled(*ticket, START + ms(1100), None, 0.0);
    }
    join(&mut budget, 100);
    assert_eq!(grant_all(&mut budget, START + ms(2100)).0.len(), 8);
}

#[test]
fn a_429_after_the_pause_counts_as_a_first_one() {
    let mut budget = refused(8, 4);
    let (sent, _) = grant_all(&mut budget, START + ms(1000));
    for ticket in &sent[3..] {
        budget.answered(*ticket, START + ms(1000), Some(0));
    }
    for ticket in &sent[..3] {
        budget.throttled(*ticket, START + ms(1000), None, 0.0);
    }
    assert_eq!(grant_all(&mut budget, START + ms(2000)).0.len(), 5);
}

/// With a share of 8, and `30 - 8 - left` slots of other programs, `left` slots are unused.
#[test]
fn a_share_grows_by_half_of_the_unused_slots() {
    for (left, grown) in [(0, 8), (1, 8), (2, 9), (10, 13), (21, 18), (22, 30)] {
        let mut budget = refused(8, 4);
        assert_eq!(round(&mut budget, START + ms(1000), left), 8);
        // The round is not over: the other programs may have resumed after the first second.
        assert_eq!(round(&mut budget, START + ms(1999), left), 0);
        assert_eq!(round(&mut budget, START + ms(2000), left), grown, "{left}");
    }
}

#[test]
fn the_lowest_number_of_unused_slots_counts() {
    let mut budget = refused(8, 4);
    round(&mut budget, START + ms(1000), 4);
    assert_eq!(round(&mut budget, START + ms(2000), 22), 10);
}

#[test]
fn the_share_is_the_whole_limit_within_three_seconds_after_the_others_stop() {
    let mut budget = refused(0, 10);
    let mut now = START;
    for _ in 0..60 {
        now += ms(1000);
        assert_eq!(round(&mut budget, now, 0), 1);
    }
    // The others stop here.
    assert_eq!(round(&mut budget, now + ms(1000), 29), 30);
    assert_eq!(round(&mut budget, now + ms(2000), 0), 30);
}

#[test]
fn a_clock_that_starts_at_zero_is_harmless() {
    let mut budget = AccountBudget::default();
    join(&mut budget, 30);
    let (first, _) = grant_all(&mut budget, ms(300));
    for ticket in &first {
        budget.answered(*ticket, ms(305), Some(29));
    }
    let (then, _) = grant_all(&mut budget, ms(305));
    assert_eq!((first.len(), then.len()), (10, 20));
}
