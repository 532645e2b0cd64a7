//! What a program leaves to others, step by step on a made-up clock.

use super::rate_budget::{START, alone, grant_all, join, ms};
use upbit_cancel_order::rate_budget::{AccountBudget, Moment, Step};

/// Uses up the share at a moment, with every answer at once; each tells the same. Returns how many
/// requests that were.
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

/// A budget whose first `granted + refused` requests were sent at `START`, with a long queue. Its
/// pause ends a second later.
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
fn a_program_begins_with_ten_until_these_are_answered() {
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
fn where_one_request_hangs_the_share_takes_no_more_than_is_left_over() {
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
fn a_program_that_paused_begins_with_ten_again() {
    for (pause, granted) in [(1999, 30), (2000, 10)] {
        let mut budget = alone();
        join(&mut budget, 100);
        assert_eq!(round(&mut budget, START, 0), 30);
        assert_eq!(grant_all(&mut budget, START + ms(pause)).0.len(), granted);
    }
}

#[test]
fn others_of_long_ago_do_not_count() {
    let mut budget = alone();
    join(&mut budget, 20);
    assert_eq!(round(&mut budget, START, 5), 20);
    join(&mut budget, 100);
    assert_eq!(round(&mut budget, START + ms(3000), 20), 30);
}

#[test]
fn whoever_is_refused_keeps_to_what_it_was_granted() {
    for (granted, refusals, share) in [(8, 4, 8), (0, 10, 1), (15, 1, 15), (29, 1, 15)] {
        let mut budget = refused(granted, refusals);
        for second in 1..6 {
            let sent = round(&mut budget, START + ms(second * 1000), 0);
            assert_eq!(sent, share, "{granted} {refusals}");
        }
    }
}

#[test]
fn requests_refused_during_the_pause_were_taken_for_granted_before() {
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
fn a_refusal_after_the_pause_counts_anew() {
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

/// With a share of 8, others that occupy `30 - 8 - left` slots leave `left` over.
#[test]
fn a_share_grows_by_half_of_what_is_left_over() {
    for (left, grown) in [(0, 8), (1, 8), (2, 9), (10, 13), (21, 18), (22, 30)] {
        let mut budget = refused(8, 4);
        assert_eq!(round(&mut budget, START + ms(1000), left), 8);
        // The round is not over: those of the first second may have come before the others resumed.
        assert_eq!(round(&mut budget, START + ms(1999), left), 0);
        assert_eq!(round(&mut budget, START + ms(2000), left), grown, "{left}");
    }
}

#[test]
fn the_least_that_was_left_over_counts() {
    let mut budget = refused(8, 4);
    round(&mut budget, START + ms(1000), 4);
    assert_eq!(round(&mut budget, START + ms(2000), 22), 10);
}

#[test]
fn a_program_that_was_refused_first_is_back_within_three_seconds_of_the_others_end() {
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
fn a_clock_that_has_just_begun_holds_nothing_back() {
    let mut budget = AccountBudget::default();
    join(&mut budget, 30);
    let (first, _) = grant_all(&mut budget, ms(300));
    for ticket in &first {
        budget.answered(*ticket, ms(305), Some(29));
    }
    let (then, _) = grant_all(&mut budget, ms(305));
    assert_eq!((first.len(), then.len()), (10, 20));
}
