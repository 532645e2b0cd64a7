//! More calls than the limit, each given up after a while: they still use the whole budget.

use super::rate_budget_world::{Load, START, Seconds, World};
use std::time::Duration;

/// Successes in each of the ten seconds in which a call is made every few milliseconds.
fn successes_by_second(every_ms: u64, patience_ms: u64, seed: u64) -> [u32; 10] {
    let load = Load {
        program: 0,
        first: Duration::ZERO,
        every: Duration::from_millis(every_ms),
        times: u32::try_from(10_000 / every_ms).unwrap(),
        requests: 1,
        patience: Some(Duration::from_millis(patience_ms)),
    };
    let mut world = World::new(&[load], 2..10, Seconds::Sliding, seed);
    world.run();
    let program = &world.programs[0];
    assert_eq!(
        program.throttled,
        [],
        "every {every_ms} ms, for {patience_ms} ms"
    );
    let mut counts = [0; 10];
    for at in &program.answered {
        let second = usize::try_from(at.saturating_sub(START).as_secs()).unwrap();
        if let Some(count) = counts.get_mut(second) {
            *count += 1;
        }
    }
    counts
}

#[test]
fn callers_that_give_up_leave_the_whole_budget_to_others() {
    for every in [10, 3] {
        for patience in [500, 900, 3000] {
            for seed in 0..5 {
                let counts = successes_by_second(every, patience, seed);
                let context = format!("every {every} ms, for {patience} ms: {counts:?}");
                assert!(counts.iter().skip(1).all(|count| *count >= 28), "{context}");
            }
        }
    }
}
