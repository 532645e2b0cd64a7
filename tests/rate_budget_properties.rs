//! Random calls in random order, checked against a simple record of all requests.

use super::rate_budget::{START, ms};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;
use upbit_cancel_order::rate_budget::{
    AccountBudget, Moment, Priority, RateGroup, Refusal, Step, Ticket,
};

#[derive(Debug, Clone)]
enum Call {
    Join(RateGroup, Priority, usize),
    Pass(u64),
    /// Index of a request in flight, modulo their number.
    Answer(usize, Option<u32>),
    Throttle(usize, Option<u64>, f64),
    Block(usize, Option<u64>),
    GiveUpUnderWay(usize),
    GiveUpWaiting(usize),
    OpenClient(u32),
    CloseClient(u32),
}

fn any_call() -> impl Strategy<Value = Call> {
    let group = prop_oneof![
        5 => Just(RateGroup::Default),
        1 => Just(RateGroup::OrderCancelAll),
    ];
    let priority = prop_oneof![Just(Priority::Cancellation), Just(Priority::Lookup)];
    let index = 0_usize..100;
    let retry_after = prop::option::of(0_u64..15_000);
    prop_oneof![
        6 => (group, priority, 1_usize..40).prop_map(|(group, priority, count)| Call::Join(group, priority, count)),
        8 => (0_u64..1500).prop_map(Call::Pass),
        12 => (index.clone(), prop::option::of(0_u32..32)).prop_map(|(index, left)| Call::Answer(index, left)),
        1 => (index.clone(), retry_after.clone(), 0.0..1.0).prop_map(|(index, retry_after, jitter)| Call::Throttle(index, retry_after, jitter)),
        1 => (index.clone(), retry_after).prop_map(|(index, retry_after)| Call::Block(index, retry_after)),
        2 => index.clone().prop_map(Call::GiveUpUnderWay),
        4 => index.prop_map(Call::GiveUpWaiting),
        1 => (1_u32..=30).prop_map(Call::OpenClient),
        1 => (1_u32..=30).prop_map(Call::CloseClient),
    ]
}

/// The requests of a group.
#[derive(Default)]
struct Record {
    waiting: BTreeMap<(Priority, Ticket), Moment>,
    in_flight: BTreeMap<Ticket, Priority>,
    ended: Vec<Moment>,
    paused_until: Moment,
    longest_patience: Option<Duration>,
}

struct World {
    budget: AccountBudget,
    now: Moment,
    default: Record,
    order_cancel_all: Record,
    blocked_until: Moment,
}

impl World {
    fn record(&mut self, group: RateGroup) -> &mut Record {
        match group {
            RateGroup::Default => &mut self.default,
            RateGroup::OrderCancelAll => &mut self.order_cancel_all,
        }
    }

    /// Ends the n-th request in flight.
    fn end(&mut self, n: usize) -> Option<(RateGroup, Priority, Ticket)> {
        let now = self.now;
        let groups = [RateGroup::Default, RateGroup::OrderCancelAll];
        let group = groups.into_iter().find(|group| {
            let record = self.record(*group);
            // Sometimes of the other group.
            (n % 5 < 4 || *group != RateGroup::Default) && !record.in_flight.is_empty()
        })?;
        let record = self.record(group);
        let (ticket, priority) = record.in_flight.iter().nth(n % record.in_flight.len())?;
        let (ticket, priority) = (*ticket, *priority);
        record.in_flight.remove(&ticket);
        record.ended.push(now);
        Some((group, priority, ticket))
    }

    fn call(&mut self, call: &Call) {
        let now = self.now;
        match *call {
            Call::Join(group, priority, count) => {
                for _ in 0..count {
                    let ticket = self.budget.join(group, priority, now);
                    self.record(group).waiting.insert((priority, ticket), now);
                }
            }
            Call::Pass(milliseconds) => self.now += ms(milliseconds),
            Call::Answer(n, left) => {
                if let Some((_, _, ticket)) = self.end(n) {
                    self.budget.answered(ticket, now, left);
                }
            }
            Call::Throttle(n, retry_after, jitter) => {
                if let Some((group, priority, ticket)) = self.end(n) {
                    let retry_after = retry_after.map(ms);
                    self.budget.throttled(ticket, now, retry_after, jitter);
                    self.budget.rejoin(ticket, group, priority, now);
                    let pause = retry_after.unwrap_or_default().max(group.window());
                    let record = self.record(group);
                    record.paused_until = record.paused_until.max(now + pause);
                    record.waiting.insert((priority, ticket), now);
                }
            }
            Call::Block(n, retry_after) => {
                if let Some((_, _, ticket)) = self.end(n) {
                    let retry_after = retry_after.map(ms);
                    self.budget.blocked(ticket, now, retry_after);
                    let until = now + retry_after.unwrap_or(ms(10_000));
                    self.blocked_until = self.blocked_until.max(until);
                }
            }
            Call::GiveUpUnderWay(n) => {
                if let Some((_, _, ticket)) = self.end(n) {
                    self.budget.give_up(ticket, now);
                }
            }
            Call::GiveUpWaiting(n) => {
                let record = self.record(RateGroup::Default);
                let count = record.waiting.len().max(1);
                let Some((place, joined)) = record.waiting.iter().nth(n % count) else {
                    return;
                };
                let (place, joined) = (*place, *joined);
                record.waiting.remove(&place);
                let patience = Some(now.saturating_sub(joined));
                record.longest_patience = record.longest_patience.max(patience);
                self.budget.give_up(place.1, now);
            }
            Call::OpenClient(requests_per_second) => self.budget.open_client(requests_per_second),
            Call::CloseClient(requests_per_second) => self.budget.close_client(requests_per_second),
        }
    }

    /// Carries out the steps of the budget. Returns when to call it again.
    fn dispatch(&mut self) -> Result<Option<Moment>, TestCaseError> {
        loop {
            match self.budget.next(self.now) {
                Step::Grant(ticket) => self.granted(ticket)?,
                Step::Refuse(ticket, refusal) => self.refused(ticket, refusal)?,
                Step::WaitUntil(moment) => {
                    prop_assert!(moment > self.now);
                    return Ok(Some(moment));
                }
                Step::Idle => {
                    for record in [&self.default, &self.order_cancel_all] {
                        let stuck = !record.waiting.is_empty() && record.in_flight.is_empty();
                        prop_assert!(!stuck, "somebody waits for nothing");
                    }
                    return Ok(None);
                }
            }
        }
    }

    fn take(&mut self, ticket: Ticket) -> Option<(RateGroup, Priority, Moment)> {
        for group in [RateGroup::Default, RateGroup::OrderCancelAll] {
            for priority in [Priority::Cancellation, Priority::Lookup] {
                let joined = self.record(group).waiting.remove(&(priority, ticket));
                if let Some(joined) = joined {
                    return Some((group, priority, joined));
                }
            }
        }
        None
    }

    fn granted(&mut self, ticket: Ticket) -> Result<(), TestCaseError> {
        let now = self.now;
        let Some((group, priority, _)) = self.take(ticket) else {
            return Err(TestCaseError::fail("granted to one that does not wait"));
        };
        prop_assert!(now >= self.blocked_until);
        let record = self.record(group);
        prop_assert!(now >= record.paused_until);
        // All of these may arrive in the same window as this one.
        let close = |end: &&Moment| **end + group.window() > now;
        let close = record.ended.iter().filter(close).count() + record.in_flight.len();
        prop_assert!(close < group.limit(), "{close} others in a window");
        for ((other, passed_over), joined) in record.waiting.range(..(priority, ticket)) {
            prop_assert_eq!(*other, priority, "a lookup went first");
            let latest = record.longest_patience.map(|patience| patience + ms(50));
            let critical = Some(now.saturating_sub(*joined)) <= latest;
            prop_assert!(critical, "{:?} was passed over", passed_over);
        }
        record.in_flight.insert(ticket, priority);
        Ok(())
    }

    fn refused(&mut self, ticket: Ticket, refusal: Refusal) -> Result<(), TestCaseError> {
        let now = self.now;
        let Some((group, ..)) = self.take(ticket) else {
            return Err(TestCaseError::fail("refused one that does not wait"));
        };
        match refusal {
            Refusal::Blocked { left } => prop_assert_eq!(now + left, self.blocked_until),
            Refusal::Paused { left } => {
                // With up to 250 ms of jitter.
                let expected = self.record(group).paused_until.saturating_sub(now);
                prop_assert!(left > ms(10_000) && left >= expected && left <= expected + ms(250));
            }
        }
        Ok(())
    }

    /// Answers all requests until the queue is empty. Checks that none starves.
    fn drain(&mut self) -> Result<(), TestCaseError> {
        let waiting = self.default.waiting.len() + self.order_cancel_all.waiting.len();
        let mut turns = 4 * waiting + 100;
        while let Some(wake) = self.dispatch()?.or_else(|| self.next_end()) {
            prop_assert!(turns > 0, "no end");
            turns -= 1;
            self.now = wake;
            while let Some((_, _, ticket)) = self.end(0) {
                self.budget.answered(ticket, wake, None);
            }
        }
        prop_assert!(self.default.waiting.is_empty() && self.order_cancel_all.waiting.is_empty());
        Ok(())
    }

    fn next_end(&self) -> Option<Moment> {
        let in_flight = self.default.in_flight.len() + self.order_cancel_all.in_flight.len();
        (in_flight > 0).then(|| self.now + ms(20))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_limit_holds_and_requests_are_granted_in_order(
        calls in prop::collection::vec(any_call(), 1..120),
    ) {
        let mut world = World {
            budget: AccountBudget::default(),
            now: START,
            default: Record::default(),
            order_cancel_all: Record::default(),
            blocked_until: Moment::ZERO,
        };
        for call in &calls {
            world.call(call);
            world.dispatch()?;
        }
        world.drain()?;
        prop_assert!(world.budget.is_idle(world.now + ms(20_000)));
    }
}
