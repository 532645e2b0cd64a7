//! Programs that share an account and only learn of each other from the responses. Each case runs with many
//! seeds. The bounds are little above the worst result of these.

use super::rate_budget_world::{Load, SECOND, START, Seconds, World, burst, most_within};
use std::ops::Range;
use std::time::Duration;

const QUICK: Range<u64> = 2..30;
const SLOW: Range<u64> = 100..300;

/// Latencies and ways of counting a second.
const EXCHANGES: [(Range<u64>, Seconds); 3] = [
    (QUICK, Seconds::Sliding),
    (SLOW, Seconds::Sliding),
    (QUICK, Seconds::Fixed),
];

fn seeds() -> impl Iterator<Item = u64> {
    (0..20).map(|seed| seed * 7919 + 7)
}

fn refusals(world: &World) -> Vec<Duration> {
    let all = world.programs.iter().flat_map(|program| &program.throttled);
    let mut all: Vec<_> = all.copied().collect();
    all.sort_unstable();
    all
}

#[test]
fn a_program_alone_gets_no_429_and_uses_the_whole_limit() {
    for (latency, seconds) in EXCHANGES {
        for seed in seeds() {
            let mut world = World::new(&[burst(0, 0, 300)], latency.clone(), seconds, seed);
            let total = world.run().saturating_sub(START);
            let turn = SECOND + Duration::from_millis(latency.end + 5);
            assert_eq!(refusals(&world).len(), 0, "{latency:?} {seconds:?}");
            assert!(total <= turn * 10, "{latency:?} {seconds:?}: {total:?}");
        }
    }
}

#[test]
fn a_slow_exchange_is_used_up_to_the_limit() {
    for (requests, most_ms) in [(30, 4020), (100, 11_050)] {
        let mut world = World::new(&[burst(0, 0, requests)], 2000..2001, Seconds::Sliding, 1);
        let total = world.run().saturating_sub(START);
        assert_eq!(refusals(&world).len(), 0);
        assert!(
            total <= Duration::from_millis(most_ms),
            "{requests}: {total:?}"
        );
    }
}

/// Every request succeeds, there are few 429s, and the limit is well used.
#[test]
fn programs_with_the_same_account_share_the_limit() {
    let same = |programs: usize, requests: usize| -> Vec<Load> {
        (0..programs)
            .map(|program| burst(program, 0, requests))
            .collect()
    };
    let plans = [
        ("two", same(2, 150)),
        ("three", same(3, 100)),
        (
            "three, one after the other",
            (0..3).map(|n| burst(n, 40 * n as u64, 100)).collect(),
        ),
        ("five", same(5, 60)),
        (
            "one joins late",
            vec![burst(0, 0, 300), burst(1, 2300, 100)],
        ),
        (
            "one leaves early",
            vec![burst(0, 0, 140), burst(1, 0, 140), burst(2, 0, 20)],
        ),
    ];
    for (name, plan) in plans {
        let requests: usize = plan.iter().map(|load| load.requests).sum();
        for (latency, seconds) in EXCHANGES {
            let context = format!("{name}, {latency:?} ms, {seconds:?}");
            let mut time = Duration::ZERO;
            let mut refused = 0;
            for seed in seeds() {
                let mut world = World::new(&plan, latency.clone(), seconds, seed);
                time += world.run().saturating_sub(START);
                let answered = world.programs.iter().map(|program| program.answered.len());
                assert_eq!(answered.sum::<usize>(), requests, "{context}");
                let refusals = refusals(&world);
                // The practice exchange blocks after 150 requests in a second.
                assert!(most_within(&refusals, 5 * SECOND) < 75, "{context}");
                refused += refusals.len();
            }
            let runs = seeds().count();
            let few = match (seconds, world_size(&plan)) {
                (Seconds::Sliding, ..=3) => requests / 8,
                // At least twenty of the first fifty get a 429.
                _ => requests / 5,
            };
            assert!(refused / runs <= few, "{context}: {}", refused / runs);
            let per_slot = SECOND + Duration::from_millis(latency.start + latency.end) / 2;
            let ideal = per_slot * u32::try_from(requests.div_ceil(30)).unwrap();
            let mean = time / u32::try_from(runs).unwrap();
            assert!(
                mean <= ideal.mul_f64(1.3),
                "{context}: {mean:?}, ideal {ideal:?}"
            );
        }
    }
}

fn world_size(plan: &[Load]) -> usize {
    plan.iter().map(|load| load.program + 1).max().unwrap_or(0)
}

/// A program that starts while another one uses the whole limit has it within three seconds, plus one
/// response time, after the other has stopped.
#[test]
fn a_program_gets_the_whole_limit_soon_after_another_has_stopped() {
    for (latency, seconds) in EXCHANGES {
        for seed in seeds() {
            let loads = [burst(0, 0, 150), burst(1, 2000, 1500)];
            let mut world = World::new(&loads, latency.clone(), seconds, seed);
            world.run();
            let [other, program] = &world.programs[..] else {
                panic!()
            };
            let end = *other.answered.last().unwrap();
            let turn = SECOND + Duration::from_millis(latency.end);
            let late = end + 3 * SECOND + Duration::from_millis(latency.end);
            let is_back = |thirty: &[Duration]| thirty[0] > end && thirty[29] <= thirty[0] + turn;
            let back = program.answered.windows(30).find(|thirty| is_back(thirty));
            let context = format!("{latency:?} {seconds:?} {seed}");
            let back = back.expect(&context)[0];
            assert!(back <= late, "{context}: {:?}", back.saturating_sub(end));
        }
    }
}

/// What the documentation of `share.rs` says of a program that starts later.
#[test]
fn a_program_that_starts_beside_a_busy_one_gets_a_third_in_the_end() {
    let (mut early, mut late, mut refused) = (0, 0, 0);
    for seed in seeds() {
        let loads = [burst(0, 0, 2400), burst(1, 3000, 2400)];
        let mut world = World::new(&loads, QUICK, Seconds::Sliding, seed);
        world.run();
        let newcomer = &world.programs[1];
        let within = |times: &[Duration], seconds: Range<u32>| {
            let seconds = START + SECOND * seconds.start..START + SECOND * seconds.end;
            times.iter().filter(|at| seconds.contains(at)).count()
        };
        early += within(&newcomer.answered, 3..13);
        late += within(&newcomer.answered, 23..63);
        refused += within(&newcomer.throttled, 3..63);
    }
    // Of 300 requests in the first ten seconds, and of 1200 in the forty seconds after that.
    let mean = |sum: usize| sum / seeds().count();
    assert!((1..60).contains(&mean(early)), "{early}");
    assert!((360..600).contains(&mean(late)), "{late}");
    assert!(mean(refused) <= 40, "{refused}");
}
