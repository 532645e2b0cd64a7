//! Callers that give up: even with more callers than slots, the whole budget is used.

use super::rate_budget::{START, alone, full, grant_all, join, ms};
use super::rate_budget_world::{self as world, Load, Seconds, World};
use std::ops::Range;
use std::time::Duration;
use upbit_cancel_order::rate_budget::Priority::{Cancellation, Lookup};
use upbit_cancel_order::rate_budget::{RateGroup::Default as Ordinary, Step, Ticket};

#[test]
fn a_waiter_that_is_about_to_give_up_is_skipped() {
    // One waiter gives up after 500 ms, and responses take 40 ms: waiters of 400 to 550 ms are skipped.
    for (age, turn) in [(399, 0), (400, 1), (550, 1), (551, 0)] {
        let mut budget = alone();
        join(&mut budget, 31);
        let (granted, _) = grant_all(&mut budget, START);
        let [old, young] = [age, 300].map(|age| {
            let joined = START + ms(1040 - age);
            budget.join(Ordinary, Cancellation, joined)
        });
        budget.give_up(Ticket::from_number(old.number() - 1), START + ms(500));
        budget.answered(granted[0], START + ms(40), None);
        let step = budget.next(START + ms(1040));
        assert_eq!(step, Step::Grant([old, young][turn]), "{age}");
    }
}

#[test]
fn a_lookup_never_comes_before_a_skipped_cancellation() {
    let (mut budget, granted) = full();
    let [gone, cancellation] = [(); 2].map(|()| budget.join(Ordinary, Cancellation, START));
    budget.join(Ordinary, Lookup, START + ms(900));
    budget.give_up(gone, START + ms(1000));
    budget.answered(granted[0], START, None);
    assert_eq!(budget.next(START + ms(1000)), Step::Grant(cancellation));
}

#[test]
fn an_empty_queue_forgets_earlier_waiters() {
    let (mut budget, granted) = full();
    let gone = join(&mut budget, 1)[0];
    budget.give_up(gone, START + ms(500));
    let old = budget.join(Ordinary, Cancellation, START + ms(600));
    budget.join(Ordinary, Cancellation, START + ms(1000));
    budget.answered(granted[0], START + ms(100), None);
    assert_eq!(budget.next(START + ms(1100)), Step::Grant(old));
}

/// The number of successes in each of ten seconds, with a call every few milliseconds.
fn successes_by_second(
    every_ms: u64,
    patience_ms: u64,
    way_ms: Range<u64>,
    seed: u64,
) -> [u32; 10] {
    let load = Load {
        program: 0,
        first: Duration::ZERO,
        every: Duration::from_millis(every_ms),
        times: u32::try_from(10_000 / every_ms).unwrap(),
        requests: 1,
        patience: Some(Duration::from_millis(patience_ms)),
    };
    let mut run = World::new(&[load], way_ms, Seconds::Sliding, seed);
    run.run();
    let program = &run.programs[0];
    assert_eq!(
        program.throttled,
        [],
        "every {every_ms} ms, for {patience_ms} ms"
    );
    let mut counts = [0; 10];
    for at in &program.answered {
        let second = usize::try_from(at.saturating_sub(world::START).as_secs()).unwrap();
        if let Some(count) = counts.get_mut(second) {
            *count += 1;
        }
    }
    counts
}

#[test]
fn callers_that_give_up_do_not_waste_the_budget() {
    for every in [10, 3] {
        for patience in [500, 900, 3000] {
            for seed in 0..5 {
                let counts = successes_by_second(every, patience, 2..10, seed);
                let context = format!("every {every} ms, for {patience} ms: {counts:?}");
                assert!(counts.iter().skip(1).all(|count| *count >= 28), "{context}");
            }
        }
    }
}

#[test]
fn varying_response_times_waste_few_slots() {
    for every in [10, 3] {
        for patience in [500, 900, 3000] {
            for seed in 0..5 {
                let counts = successes_by_second(every, patience, 2..300, seed);
                let sum: u32 = counts.iter().skip(1).sum();
                let context = format!("every {every} ms, for {patience} ms: {counts:?}");
                assert!(sum >= 9 * 20, "{context}");
            }
        }
    }
}
