//! `cancelAllOrders` against a model exchange: orders move between pages, lists fail, and cancellations take
//! effect after the next list.

use super::model::driver::Driver;
use super::model::exchange::{After, Behavior, Exchange};
use super::model::fate::{Fate, fates};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;
use upbit_cancel_order::batch::{Batch, Request, SendMode};
use upbit_cancel_order::cancel_all::{CancelAll, MAX_SNAPSHOTS, Snapshot, Step};
use upbit_cancel_order::confirmation::OrderFailure;
use upbit_cancel_order::failure::Failure;
use upbit_cancel_order::filter::OrderFilter;
use upbit_cancel_order::order::Order;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::rate_budget::Moment;

const START: Moment = Duration::from_secs(100);

/// The page size of the model.
const PAGE: usize = 5;

/// The response time of a page.
const PAGE_TIME: Duration = Duration::from_millis(40);

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[derive(Debug, Clone)]
struct Scenario {
    behaviors: Vec<Behavior>,
    side: Option<&'static str>,
    confirm: Duration,
    fates: Vec<Fate>,
    /// The index of the list that fails.
    failing_list: Option<usize>,
}

fn behavior() -> impl Strategy<Value = Behavior> {
    let delay = prop_oneof![2 => Just(0), 2 => 0_u64..2_500];
    let placed = prop_oneof![5 => Just(0), 1 => 0_u64..2_000];
    let filled = prop::option::weighted(0.3, 0_u64..2_500);
    let then = prop_oneof![5 => Just(After::Canceled), 1 => Just(After::FilledFirst)];
    (any::<bool>(), delay, any::<bool>(), placed, filled, then).prop_map(
        |(named, delay, forgets, placed, filled, then)| Behavior {
            named,
            delay: ms(delay),
            forgets,
            placed_at: START + ms(placed),
            filled_at: filled.map(|filled| START + ms(filled)),
            then,
            ..Behavior::default()
        },
    )
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let fates = prop_oneof![
        1 => Just(vec![Fate::Answered]),
        2 => prop::collection::vec(fates(), 1..12),
    ];
    (
        prop::collection::vec(behavior(), 0..40),
        prop_oneof![Just(None), Just(Some("ask")), Just(Some("bid"))],
        prop_oneof![Just(Duration::ZERO), Just(ms(600))],
        fates,
        prop::option::weighted(0.2, 1_usize..4),
    )
        .prop_map(|(behaviors, side, confirm, fates, failing_list)| Scenario {
            behaviors,
            side,
            confirm,
            fates,
            failing_list,
        })
}

/// A finished call of `cancelAllOrders`.
struct Played {
    all: CancelAll<Value>,
    exchange: Exchange,
    /// The orders that each round canceled.
    rounds: Vec<Vec<OrderRef>>,
    waits: Vec<Duration>,
    /// Orders that were reported as canceled in any round.
    accepted: HashSet<String>,
    /// The last list, or `None` if it failed or was inconclusive.
    remaining: Option<Vec<Order<Value>>>,
    /// When the last list began.
    listed_at: Moment,
}

struct World<'a> {
    scenario: &'a Scenario,
    filter: OrderFilter,
    exchange: Exchange,
    now: Moment,
    attempts: usize,
}

impl World<'_> {
    fn read(&mut self) -> Snapshot<Value> {
        let mut reading = Snapshot::default();
        reading.begin_list();
        for page in 1.. {
            let (orders, is_last) = self.exchange.list(page, PAGE, self.now);
            reading.add_page(orders.into_iter().filter_map(Order::read).collect());
            self.now += PAGE_TIME;
            if is_last {
                break;
            }
        }
        reading
    }

    /// Lists as `src/web` does. `None` if the list keeps changing.
    fn list(&mut self) -> Option<Vec<Order<Value>>> {
        let mut before = None;
        for _ in 0..MAX_SNAPSHOTS {
            let reading = self.read();
            let open = reading.if_conclusive(before.as_ref(), &self.filter);
            if open.is_some() {
                return open;
            }
            before = Some(reading);
        }
        None
    }

    fn cancel(&mut self, orders: &[OrderRef], all: &mut CancelAll<Value>) -> HashSet<String> {
        let entries = orders.iter().cloned().map(Ok).collect();
        let batch = Batch::new(entries, SendMode::ByIds, self.scenario.confirm);
        let (fates, attempts) = (&self.scenario.fates, &mut self.attempts);
        let mut next = |_: &Request, _| {
            *attempts += 1;
            (fates[*attempts % fates.len()], ms(20))
        };
        let exchange = std::mem::take(&mut self.exchange);
        let mut driver = Driver::new(batch, exchange, 1, &mut next);
        driver.now = self.now;
        driver.play();
        let mut accepted = HashSet::new();
        for (entry, order) in orders.iter().enumerate() {
            let (_, uuid) = order.parameter();
            let ended = driver.batch.result(entry).unwrap().clone();
            if ended.is_ok() {
                accepted.insert(uuid.to_owned());
            }
            all.record(uuid, ended);
        }
        if driver.batch.is_stopped() {
            all.stop();
        }
        (self.now, self.exchange) = (driver.now, driver.exchange);
        accepted
    }
}

fn play(scenario: &Scenario) -> Played {
    let mut world = World {
        scenario,
        filter: OrderFilter::new(None, scenario.side, None).unwrap(),
        exchange: Exchange::new(&scenario.behaviors),
        now: START,
        attempts: 0,
    };
    let mut all = CancelAll::default();
    let (mut rounds, mut waits, mut accepted) = (Vec::new(), Vec::new(), HashSet::new());
    let mut lists = 0;
    let mut listed_at = world.now;
    let mut remaining = world.list();
    while let Some(open) = &remaining {
        let step = match all.next_step(open) {
            Step::Cancel(orders) => {
                accepted.extend(world.cancel(&orders, &mut all));
                rounds.push(orders);
                all.next_wait()
            }
            step => step,
        };
        let Step::Wait(wait) = step else {
            break;
        };
        waits.push(wait);
        world.now += wait;
        lists += 1;
        listed_at = world.now;
        remaining = world
            .list()
            .filter(|_| scenario.failing_list != Some(lists));
    }
    let mut exchange = world.exchange;
    exchange.advance(START * 100);
    Played {
        all,
        exchange,
        rounds,
        waits,
        accepted,
        remaining,
        listed_at,
    }
}

fn check_results(played: &Played) -> Result<(), TestCaseError> {
    let results: Vec<_> = played.all.results().collect();
    let uuids: HashSet<_> = results.iter().map(|(order, _)| order.uuid()).collect();
    let sent: HashSet<_> = played
        .rounds
        .iter()
        .flatten()
        .map(|order| order.parameter().1)
        .collect();
    prop_assert_eq!(results.len(), uuids.len());
    prop_assert_eq!(&uuids, &sent);
    prop_assert_eq!(played.all.total(), sent.len());
    for (order, ended) in results {
        let uuid = order.uuid();
        let known = played
            .exchange
            .find(&OrderRef::Uuid(uuid.to_owned()))
            .unwrap();
        prop_assert!(
            ended.is_ok() || !played.accepted.contains(uuid),
            "{} {:?}",
            uuid,
            ended
        );
        if let Err(failed) = ended {
            let failure = &failed.failure;
            let canceled = failure.outcome == Outcome::NotCanceled && !known.canceled_by.is_empty();
            prop_assert!(!canceled, "{:?}", failure);
        }
    }
    Ok(())
}

fn check_rounds(played: &Played, side: Option<&str>) -> Result<(), TestCaseError> {
    let waits = [ms(100), ms(300), ms(1_000)];
    prop_assert!(played.rounds.len() <= waits.len() && played.waits.len() <= waits.len());
    for (wait, expected) in played.waits.iter().zip(waits) {
        // After a stopped batch, only the last wait follows.
        prop_assert!(*wait == expected || *wait == waits[2]);
    }
    for order in played.rounds.iter().flatten() {
        let known = played.exchange.find(order).unwrap();
        prop_assert!(side.is_none_or(|side| (side == "bid") == known.is_bid));
    }
    Ok(())
}

/// An order that is not in the last list was not open during the whole listing.
fn check_remaining(played: &Played, side: Option<&str>) -> Result<(), TestCaseError> {
    let Some(open) = played.remaining.as_ref().filter(|open| open.is_empty()) else {
        return Ok(());
    };
    prop_assert!(open.is_empty());
    for order in &played.exchange.orders {
        let named = side.is_none_or(|side| (side == "bid") == order.is_bid);
        let open_throughout = order.behavior.placed_at <= played.listed_at && order.end.is_none();
        prop_assert!(!named || !open_throughout, "{:?}", order);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn the_result_of_each_order_is_true(scenario in scenarios()) {
        let played = play(&scenario);
        check_results(&played)?;
        check_rounds(&played, scenario.side)?;
        check_remaining(&played, scenario.side)?;
    }
}

fn orders(uuids: &[&str]) -> Vec<Order<Value>> {
    let order = |uuid: &&str| Order::read(json!({"uuid": uuid, "side": "bid"})).unwrap();
    uuids.iter().map(order).collect()
}

fn refs(uuids: &[&str]) -> Vec<OrderRef> {
    uuids
        .iter()
        .map(|uuid| OrderRef::Uuid((*uuid).to_owned()))
        .collect()
}

fn failed(kind: Kind, outcome: Outcome) -> OrderFailure<Value> {
    let failure = Failure {
        outcome,
        attempts: 1,
        ..Failure::not_sent(kind, "")
    };
    OrderFailure::from(failure)
}

#[test]
fn an_accepted_order_is_sent_again_in_the_last_round_only() {
    let mut all = CancelAll::default();
    let open = orders(&["a", "b"]);
    assert_eq!(all.next_step(&open), Step::Cancel(refs(&["a", "b"])));
    all.record("a", Ok(json!("accepted")));
    all.record("b", Err(failed(Kind::Rejected, Outcome::NotCanceled)));
    assert_eq!(all.next_wait(), Step::Wait(ms(100)));
    assert_eq!(all.next_step(&open), Step::Cancel(refs(&["b"])));
    all.record("b", Ok(json!("accepted")));
    assert_eq!(all.next_wait(), Step::Wait(ms(300)));
    assert_eq!(all.next_step(&open), Step::Cancel(refs(&["a", "b"])));
    all.record("a", Err(failed(Kind::Rejected, Outcome::NotCanceled)));
    assert_eq!(all.next_wait(), Step::Wait(ms(1_000)));
    assert_eq!(all.next_step(&open), Step::Done);
    assert!(all.results().all(|(_, ended)| ended.is_ok()));
}

#[test]
fn an_empty_list_ends_the_call() {
    let mut all = CancelAll::default();
    assert_eq!(all.next_step(&orders(&[])), Step::Done);
    let mut all = CancelAll::default();
    all.next_step(&orders(&["a"]));
    all.record("a", Ok(json!("accepted")));
    all.next_wait();
    assert_eq!(all.next_step(&orders(&["a"])), Step::Wait(ms(300)));
    assert_eq!(all.next_step(&orders(&[])), Step::Done);
}

#[test]
fn a_stopped_call_lists_once_more() {
    let mut all = CancelAll::default();
    all.next_step(&orders(&["a"]));
    all.record("a", Err(failed(Kind::Rejected, Outcome::NotCanceled)));
    all.stop();
    assert!(matches!(all.next_wait(), Step::Wait(_)));
    assert_eq!(all.next_step(&orders(&["a"])), Step::Done);
}

#[test]
fn a_later_refusal_does_not_replace_an_unknown_outcome() {
    use Kind::{Filled, Rejected, Timeout, Unconfirmed};
    use Outcome::{NotCanceled, Unknown};
    let rows = [
        (
            (Timeout, Unknown),
            (Rejected, NotCanceled),
            (Timeout, Unknown),
        ),
        (
            (Unconfirmed, Unknown),
            (Rejected, NotCanceled),
            (Unconfirmed, Unknown),
        ),
        (
            (Timeout, Unknown),
            (Filled, NotCanceled),
            (Filled, NotCanceled),
        ),
        (
            (Timeout, Unknown),
            (Unconfirmed, Unknown),
            (Unconfirmed, Unknown),
        ),
        (
            (Rejected, NotCanceled),
            (Timeout, Unknown),
            (Timeout, Unknown),
        ),
        (
            (Timeout, NotCanceled),
            (Rejected, NotCanceled),
            (Rejected, NotCanceled),
        ),
    ];
    for (first, second, expected) in rows {
        let mut all = CancelAll::default();
        all.next_step(&orders(&["a"]));
        all.record("a", Err(failed(first.0, first.1)));
        all.record("a", Err(failed(second.0, second.1)));
        all.record("never listed", Ok(json!(null)));
        let results: Vec<_> = all.results().collect();
        let failure = &results[0].1.as_ref().unwrap_err().failure;
        assert_eq!((failure.kind, failure.outcome), expected);
        assert_eq!((results.len(), failure.attempts), (1, 2));
    }
}

#[test]
fn an_order_that_the_server_lists_in_spite_of_the_filter_does_not_match() {
    let listed = [
        json!({ "uuid": "a", "market": "SGD-BTC", "side": "ask", "state": "wait" }),
        json!({ "uuid": "b", "market": "SGD-ETH", "side": "ask", "state": "wait" }),
        json!({ "uuid": "c", "market": "SGD-BTC", "side": "ask", "state": "watch" }),
        json!({ "uuid": "d", "market": "SGD-BTC", "side": "bid", "state": "wait" }),
        json!({ "uuid": "e", "side": "ask" }),
    ];
    let mut snapshot = Snapshot::default();
    snapshot.begin_list();
    snapshot.add_page(listed.into_iter().filter_map(Order::read).collect());
    let list = |name: &str| Some(vec![name.to_owned()]);
    let filter = OrderFilter::new(list("SGD-BTC"), Some("ask"), list("wait")).unwrap();
    let matching = snapshot.matching(&filter);
    let uuids: Vec<_> = matching.iter().map(Order::uuid).collect();
    // The last one says neither market nor state: the server was asked for those of the filter.
    assert_eq!(uuids, ["a", "e"]);
}

#[test]
fn an_empty_list_of_several_pages_needs_a_second_snapshot() {
    let filter = OrderFilter::new(None, Some("ask"), None).unwrap();
    let reading = |pages: &[&[&str]]| {
        let mut reading = Snapshot::default();
        reading.begin_list();
        for page in pages {
            reading.add_page(orders(page));
        }
        reading
    };
    let one = reading(&[&["a", "b"]]);
    assert_eq!(one.if_conclusive(None, &filter), Some(Vec::new()));
    let two = reading(&[&["a", "b"], &["c"]]);
    let same = reading(&[&["a", "b"], &["b", "c"]]);
    let other = reading(&[&["a", "b"], &["d"]]);
    assert_eq!(two.if_conclusive(None, &filter), None);
    assert_eq!(two.if_conclusive(Some(&other), &filter), None);
    assert_eq!(two.if_conclusive(Some(&same), &filter), Some(Vec::new()));
    // An order that was found is open.
    let bids = OrderFilter::new(None, Some("bid"), None).unwrap();
    assert_eq!(
        same.if_conclusive(None, &bids),
        Some(orders(&["a", "b", "c"]))
    );
    let mut markets = reading(&[&["a"]]);
    markets.begin_list();
    markets.add_page(orders(&[]));
    assert_eq!(markets.if_conclusive(None, &filter), Some(Vec::new()));
}
