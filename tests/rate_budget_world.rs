//! A model of programs, connections and an exchange on a simulated clock. Each program has a real budget and
//! dispatches as `src/web` does. The programs share nothing except the exchange.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::time::Duration;
use upbit_cancel_order::rate_budget::{
    AccountBudget, Moment, Priority, RateGroup, Refusal, Step, Ticket,
};

pub const SECOND: Duration = Duration::from_secs(1);

/// Not at the start of a second.
pub const START: Moment = Duration::new(100, 370_000_000);

/// Pseudorandom numbers with a fixed seed.
pub struct Random(pub u64);

impl Random {
    /// A number in `0.0..1.0`.
    pub fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / 4_294_967_296.0
    }

    pub fn within(&mut self, range: &Range<Duration>) -> Duration {
        range.start + range.end.saturating_sub(range.start).mul_f64(self.next())
    }
}

/// How an exchange counts a second.
#[derive(Clone, Copy, Debug)]
pub enum Seconds {
    Sliding,
    Fixed,
}

/// Requests of one program, in regular bursts.
#[derive(Clone, Copy)]
pub struct Load {
    pub program: usize,
    pub first: Duration,
    pub every: Duration,
    pub times: u32,
    pub requests: usize,
    /// After how long a request is given up.
    pub patience: Option<Duration>,
}

/// One burst of requests.
pub fn burst(program: usize, first_ms: u64, requests: usize) -> Load {
    Load {
        program,
        first: Duration::from_millis(first_ms),
        every: Duration::ZERO,
        times: 1,
        requests,
        patience: None,
    }
}

#[derive(Default)]
struct Exchange {
    granted: VecDeque<Moment>,
}

impl Exchange {
    /// The `sec` of `Remaining-Req`, or `None` for a 429.
    fn admit(&mut self, now: Moment, seconds: Seconds) -> Option<u32> {
        let over = |then: &Moment| match seconds {
            Seconds::Sliding => *then + SECOND <= now,
            Seconds::Fixed => then.as_secs() < now.as_secs(),
        };
        while self.granted.front().is_some_and(over) {
            self.granted.pop_front();
        }
        let left = RateGroup::Default
            .limit()
            .checked_sub(self.granted.len() + 1)?;
        self.granted.push_back(now);
        u32::try_from(left).ok()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Load(usize, u32),
    GiveUp(usize, Ticket),
    Arrive(usize, Ticket),
    Answer(usize, Ticket, Option<u32>),
    Wake(usize),
}

#[derive(Default)]
pub struct Program {
    pub budget: AccountBudget,
    /// When the program got each success, and each 429.
    pub answered: Vec<Moment>,
    pub throttled: Vec<Moment>,
    pub unsent: Vec<Refusal>,
    wanted: HashSet<Ticket>,
    answer_way: HashMap<Ticket, Duration>,
    wake: Option<Moment>,
}

pub struct World {
    pub programs: Vec<Program>,
    /// When each request arrived that did not get a 429.
    pub arrived: Vec<Moment>,
    latency: Range<Duration>,
    seconds: Seconds,
    loads: Vec<Load>,
    exchange: Exchange,
    random: Random,
    agenda: BinaryHeap<Reverse<(Moment, u64, Event)>>,
    events: u64,
}

impl World {
    pub fn new(loads: &[Load], latency_ms: Range<u64>, seconds: Seconds, seed: u64) -> Self {
        let count = loads.iter().map(|load| load.program + 1).max().unwrap_or(0);
        let mut world = World {
            programs: (0..count).map(|_| Program::default()).collect(),
            arrived: Vec::new(),
            latency: Duration::from_millis(latency_ms.start)..Duration::from_millis(latency_ms.end),
            seconds,
            loads: loads.to_vec(),
            exchange: Exchange::default(),
            random: Random(seed),
            agenda: BinaryHeap::new(),
            events: 0,
        };
        for (index, load) in loads.iter().enumerate() {
            let start = START + load.first + Duration::from_millis(5).mul_f64(world.random.next());
            world.plan(start, Event::Load(index, load.times));
        }
        world
    }

    fn plan(&mut self, at: Moment, event: Event) {
        self.agenda.push(Reverse((at, self.events, event)));
        self.events += 1;
    }

    /// Runs until no event is left. Returns the time of the last one.
    pub fn run(&mut self) -> Moment {
        let mut end = START;
        while let Some(Reverse((now, _, event))) = self.agenda.pop() {
            end = now;
            let program = self.happen(event, now);
            self.dispatch(program, now);
        }
        for program in &self.programs {
            assert!(program.wanted.is_empty(), "somebody waits for ever");
        }
        end
    }

    /// Handles an event. Returns the index of its program.
    fn happen(&mut self, event: Event, now: Moment) -> usize {
        match event {
            Event::Load(index, times) => {
                let load = self.loads[index];
                for _ in 0..load.requests {
                    let program = &mut self.programs[load.program];
                    let ticket =
                        program
                            .budget
                            .join(RateGroup::Default, Priority::Cancellation, now);
                    program.wanted.insert(ticket);
                    if let Some(patience) = load.patience {
                        self.plan(now + patience, Event::GiveUp(load.program, ticket));
                    }
                }
                if times > 1 {
                    self.plan(now + load.every, Event::Load(index, times - 1));
                }
                load.program
            }
            Event::GiveUp(index, ticket) => {
                let program = &mut self.programs[index];
                if program.wanted.remove(&ticket) {
                    program.budget.give_up(ticket, now);
                }
                index
            }
            Event::Arrive(index, ticket) => {
                let left = self.exchange.admit(now, self.seconds);
                if left.is_some() {
                    self.arrived.push(now);
                }
                let way = self.programs[index].answer_way.remove(&ticket).unwrap();
                self.plan(now + way, Event::Answer(index, ticket, left));
                index
            }
            Event::Answer(index, ticket, left) => {
                let jitter = self.random.next();
                let program = &mut self.programs[index];
                if program.wanted.contains(&ticket) {
                    program.answer(ticket, left, now, jitter);
                }
                index
            }
            Event::Wake(index) => {
                self.programs[index].wake = None;
                index
            }
        }
    }

    fn dispatch(&mut self, index: usize, now: Moment) {
        loop {
            match self.programs[index].budget.next(now) {
                Step::Grant(ticket) => {
                    let latency = self.random.within(&self.latency);
                    let way = latency.mul_f64(self.random.next());
                    self.programs[index]
                        .answer_way
                        .insert(ticket, latency.saturating_sub(way));
                    self.plan(now + way, Event::Arrive(index, ticket));
                }
                Step::Refuse(ticket, refusal) => {
                    let program = &mut self.programs[index];
                    program.wanted.remove(&ticket);
                    program.unsent.push(refusal);
                }
                Step::WaitUntil(at) => {
                    assert!(at > now, "a wait that is over");
                    let program = &mut self.programs[index];
                    if program.wake.is_none_or(|wake| wake > at) {
                        program.wake = Some(at);
                        // Timers are late.
                        let lag = Duration::from_millis(1).mul_f64(1.0 + 2.0 * self.random.next());
                        self.plan(at + lag, Event::Wake(index));
                    }
                    return;
                }
                Step::Idle => return,
            }
        }
    }
}

impl Program {
    fn answer(&mut self, ticket: Ticket, left: Option<u32>, now: Moment, jitter: f64) {
        if left.is_some() {
            self.budget.answered(ticket, now, left);
            self.wanted.remove(&ticket);
            self.answered.push(now);
        } else {
            self.budget.throttled(ticket, now, None, jitter);
            self.budget
                .rejoin(ticket, RateGroup::Default, Priority::Cancellation, now);
            self.throttled.push(now);
        }
    }
}

/// The largest number of these moments, which are sorted, in any window.
pub fn most_within(moments: &[Moment], window: Duration) -> usize {
    let within = |(index, first): (usize, &Moment)| {
        moments[index..].partition_point(|at| *at < *first + window)
    };
    moments.iter().enumerate().map(within).max().unwrap_or(0)
}
