//! Several programs on one account, which share nothing but the server's answers: a model with a
//! made-up clock, in which every order is canceled by the real budget and the real repeats.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::ops::Range;
use std::time::Duration;
use upbit_cancel_order::budget::{Budget, Moment, REQUESTS_PER_SECOND, Ticket, Turn};
use upbit_cancel_order::problem::{ErrorAnswer, Problem};
use upbit_cancel_order::retry::{Retries, RetryPolicy, account_pause};

const IN_FLIGHT: usize = 10;
const SECOND: Duration = Duration::from_secs(1);

const POLICY: RetryPolicy = RetryPolicy {
    max_retries: 0,
    in_batch: true,
};

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    /// From 0 up to 1.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / 4_294_967_296.0
    }
}

/// How a server counts a second.
#[derive(Clone, Copy, Debug)]
enum Seconds {
    Sliding,
    Fixed,
}

struct Server {
    seconds: Seconds,
    granted: VecDeque<Moment>,
    refused: Vec<Moment>,
}

impl Server {
    /// What is left of this second, if the request is granted.
    fn admit(&mut self, now: Moment) -> Option<usize> {
        let over = |then: &Moment| match self.seconds {
            Seconds::Sliding => *then + SECOND <= now,
            Seconds::Fixed => then.as_secs() < now.as_secs(),
        };
        while self.granted.front().is_some_and(over) {
            self.granted.pop_front();
        }
        let left = REQUESTS_PER_SECOND.checked_sub(self.granted.len() + 1);
        if left.is_some() {
            self.granted.push_back(now);
        } else {
            self.refused.push(now);
        }
        left
    }
}

/// Where a worker of a program stands.
enum Step {
    Idle,
    Queued(Ticket),
    Sent(Ticket),
    Answered(Ticket, Option<usize>),
    Refused,
}

struct Worker {
    program: usize,
    step: Step,
    retries: Retries,
    answer_way: Duration,
}

struct Program {
    budget: Budget,
    left: usize,
}

/// When each program starts, and how many orders it has.
type Plan<'a> = &'a [(Duration, usize)];

#[derive(Debug)]
struct Outcome {
    refusals: usize,
    worst_five_seconds: usize,
    total: Duration,
}

/// Not the beginning of a second.
const START: Moment = Duration::new(100, 370_000_000);

struct World {
    random: Random,
    latency: Range<f64>,
    server: Server,
    programs: Vec<Program>,
    workers: Vec<Worker>,
    agenda: BinaryHeap<Reverse<(Moment, usize)>>,
}

impl World {
    fn new(plan: Plan, latency: Range<f64>, seconds: Seconds, seed: u64) -> Self {
        let mut world = World {
            random: Random(seed),
            latency,
            server: Server {
                seconds,
                granted: VecDeque::new(),
                refused: Vec::new(),
            },
            programs: Vec::new(),
            workers: Vec::new(),
            agenda: BinaryHeap::new(),
        };
        for (program, (start, orders)) in plan.iter().enumerate() {
            world.programs.push(Program {
                budget: Budget::default(),
                left: *orders,
            });
            let start = START + *start + Duration::from_millis(5).mul_f64(world.random.next());
            for _ in 0..IN_FLIGHT {
                world.agenda.push(Reverse((start, world.workers.len())));
                world.workers.push(Worker {
                    program,
                    step: Step::Idle,
                    retries: Retries::new(POLICY),
                    answer_way: Duration::ZERO,
                });
            }
        }
        world
    }

    fn run(mut self) -> Outcome {
        let mut end = START;
        while let Some(Reverse((now, index))) = self.agenda.pop() {
            end = now;
            if let Some(wait) = self.step(index, now) {
                self.agenda.push(Reverse((now + wait, index)));
            }
        }
        assert!(self.programs.iter().all(|program| program.left == 0));
        let refused = &self.server.refused;
        let within_five = |first: &Moment| {
            let within = |at: &&Moment| *at >= first && **at < *first + 5 * SECOND;
            refused.iter().filter(within).count()
        };
        Outcome {
            refusals: refused.len(),
            worst_five_seconds: refused.iter().map(within_five).max().unwrap_or(0),
            total: end.saturating_sub(START),
        }
    }

    /// Goes one step further and says how long the next takes to come.
    fn step(&mut self, index: usize, now: Moment) -> Option<Duration> {
        // A timer is late.
        let lag = Duration::from_millis(1).mul_f64(1.0 + 2.0 * self.random.next());
        let worker = &mut self.workers[index];
        let program = &mut self.programs[worker.program];
        match worker.step {
            Step::Idle => {
                program.left = program.left.checked_sub(1)?;
                worker.retries = Retries::new(POLICY);
                worker.step = Step::Queued(program.budget.join());
                Some(Duration::ZERO)
            }
            Step::Refused => {
                worker.step = Step::Queued(program.budget.join());
                Some(Duration::ZERO)
            }
            Step::Queued(ticket) => match program.budget.ask(ticket, now) {
                Turn::After(wait) => Some(wait + lag),
                Turn::Now => {
                    let latency = self.latency.start
                        + (self.latency.end - self.latency.start) * self.random.next();
                    let way = latency * self.random.next();
                    worker.answer_way = Duration::from_secs_f64((latency - way) / 1000.0);
                    worker.step = Step::Sent(ticket);
                    Some(Duration::from_secs_f64(way / 1000.0))
                }
            },
            Step::Sent(ticket) => {
                worker.step = Step::Answered(ticket, self.server.admit(now));
                Some(worker.answer_way)
            }
            Step::Answered(ticket, left) => {
                if let Some(left) = left {
                    let remaining = u32::try_from(left).ok();
                    program.budget.answered(ticket, now, remaining);
                    worker.step = Step::Idle;
                    return Some(Duration::ZERO);
                }
                let pause = account_pause(&throttled()).unwrap();
                program.budget.refused(ticket, now, pause);
                worker.step = Step::Refused;
                let wait = worker.retries.next(&throttled(), self.random.next());
                Some(wait.expect("an order is lost") + lag)
            }
        }
    }
}

fn throttled() -> Problem {
    Problem::Throttled(ErrorAnswer::default())
}

const QUICK: Range<f64> = 2.0..30.0;
const SLOW: Range<f64> = 100.0..300.0;

fn at(start_ms: u64, orders: usize) -> (Duration, usize) {
    (Duration::from_millis(start_ms), orders)
}

#[test]
fn a_program_alone_is_never_refused_nor_held_up() {
    for seconds in [Seconds::Sliding, Seconds::Fixed] {
        let outcome = World::new(&[at(0, 300)], 29.0..31.0, seconds, 1).run();
        assert_eq!(outcome.refusals, 0, "{seconds:?}");
        assert!(outcome.total <= Duration::from_millis(9600), "{outcome:?}");
    }
}

/// Every order is canceled, refusals are few, and the account's requests are put to use.
#[test]
fn programs_that_share_an_account_find_their_shares() {
    let plans: [(&str, Plan, usize); 6] = [
        ("two", &[at(0, 150); 2], 10),
        ("three", &[at(0, 100); 3], 8),
        // Twenty of the first fifty cannot but be refused.
        ("five", &[at(0, 60); 5], 5),
        ("one joins late", &[at(0, 300), at(2300, 100)], 10),
        (
            "the third joins late",
            &[at(0, 100), at(0, 100), at(3300, 100)],
            8,
        ),
        ("one leaves early", &[at(0, 140), at(0, 140), at(0, 20)], 10),
    ];
    for (name, plan, orders_per_refusal) in plans {
        for (latency, seconds) in [
            (QUICK, Seconds::Sliding),
            (SLOW, Seconds::Sliding),
            (QUICK, Seconds::Fixed),
        ] {
            let outcome = World::new(plan, latency.clone(), seconds, 7).run();
            let context = format!("{name}, {latency:?} ms, {seconds:?}: {outcome:?}");
            let orders: usize = plan.iter().map(|(_, orders)| orders).sum();
            // What is left over of a fixed second, others may be about to take.
            let few = match seconds {
                Seconds::Sliding => orders / orders_per_refusal,
                Seconds::Fixed => 2 * orders / orders_per_refusal,
            };
            assert!(outcome.refusals <= few, "{context}");
            assert!(outcome.worst_five_seconds < 75, "{context}");
            // A slot comes free a second after the answer.
            let per_slot = 1.0 + (latency.start + latency.end) / 2000.0;
            let ideal = Duration::from_secs_f64(
                per_slot * f64::from(u32::try_from(orders).unwrap()) / 30.0,
            );
            assert!(outcome.total <= ideal.mul_f64(1.5), "{context}");
        }
    }
}
