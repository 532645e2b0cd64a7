//! The model exchange: its orders can be canceled and looked up, and it knows their true state.

use super::fate::Lie;
use serde_json::{Value, json};
use std::time::Duration;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::rate_budget::Moment;

/// How an order of the model behaves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Behavior {
    /// Whether it has an identifier.
    pub named: bool,
    /// How many characters of its identifier take six bytes in a URL.
    pub long: usize,
    /// How it ended before anything was sent.
    pub ended: Option<End>,
    /// What happens after an accepted cancellation, and after how long.
    pub then: After,
    pub delay: Duration,
    /// Whether a second cancellation is refused while the first has not taken effect.
    pub forgets: bool,
    /// Lookups do not find it before this time.
    pub hidden_until: Moment,
    /// How many lookups show it open although it has ended.
    pub stale_looks: u32,
    /// When it is placed.
    pub placed_at: Moment,
    /// When it is filled, unless it is canceled before.
    pub filled_at: Option<Moment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Filled,
    Canceled,
    /// A filled market buy, which ends as `cancel`.
    MarketBuy,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum After {
    #[default]
    Canceled,
    CanceledInPart,
    FilledFirst,
}

#[derive(Debug)]
pub struct ModelOrder {
    pub uuid: String,
    pub identifier: Option<String>,
    pub is_bid: bool,
    pub behavior: Behavior,
    pub end: Option<End>,
    /// When an accepted cancellation takes effect.
    pending: Option<Moment>,
    executed: bool,
    stale_looks: u32,
    /// The names by which it was canceled, including cancellations that are pending.
    pub canceled_by: Vec<OrderRef>,
}

#[derive(Debug, Default)]
pub struct Exchange {
    pub orders: Vec<ModelOrder>,
}

pub fn uuid(number: usize) -> String {
    format!("abcdef{number:02x}-0000-4000-8000-00000000cafe")
}

impl Exchange {
    pub fn new(behaviors: &[Behavior]) -> Self {
        let order = |(number, behavior): (usize, &Behavior)| ModelOrder {
            uuid: uuid(number),
            is_bid: number % 2 == 0,
            identifier: behavior
                .named
                .then(|| format!("bot-{number}{}", "é".repeat(behavior.long))),
            behavior: *behavior,
            end: behavior.ended,
            pending: None,
            executed: behavior.ended == Some(End::MarketBuy),
            stale_looks: behavior.stale_looks,
            canceled_by: Vec::new(),
        };
        Self {
            orders: behaviors.iter().enumerate().map(order).collect(),
        }
    }

    /// Applies the cancellations and fills that are due.
    pub fn advance(&mut self, now: Moment) {
        for order in &mut self.orders {
            let filled_at = order
                .behavior
                .filled_at
                .filter(|at| *at <= now && order.end.is_none());
            if filled_at.is_some_and(|at| order.pending.is_none_or(|pending| at < pending)) {
                order.end = Some(End::Filled);
                order.executed = true;
                order.canceled_by.clear();
            }
            if order.end.is_none() && order.pending.is_some_and(|at| at <= now) {
                order.pending = None;
                order.executed = order.behavior.then != After::Canceled;
                order.end = Some(match order.behavior.then {
                    After::Canceled | After::CanceledInPart => End::Canceled,
                    After::FilledFirst => End::Filled,
                });
            }
        }
    }

    pub fn find(&self, name: &OrderRef) -> Option<&ModelOrder> {
        self.orders.iter().find(|order| order.is(name))
    }

    /// `DELETE /v1/order`. `None` for `order_not_found`.
    pub fn cancel(&mut self, name: &OrderRef, now: Moment) -> Option<Value> {
        self.advance(now);
        let order = self.orders.iter_mut().find(|order| order.is(name))?;
        let again = order.pending.is_some();
        if order.end.is_some() || order.behavior.placed_at > now || again && order.behavior.forgets
        {
            return None;
        }
        if !again {
            order.pending = Some(now + order.behavior.delay);
            if order.behavior.then != After::FilledFirst {
                order.canceled_by.push(name.normalized());
            }
        }
        let shown = order.shown(None);
        self.advance(now);
        Some(shown)
    }

    /// `DELETE /v1/orders/uuids`. An unknown order is in neither list.
    pub fn cancel_by_ids(&mut self, names: &[OrderRef], lie: Option<Lie>, now: Moment) -> Value {
        let (mut canceled, mut failed) = (Vec::new(), Vec::new());
        for name in names {
            let accepted = self.cancel(name, now).is_some();
            let Some(order) = self.find(name) else {
                continue;
            };
            let (list, other) = if accepted {
                (&mut canceled, &mut failed)
            } else {
                (&mut failed, &mut canceled)
            };
            let mut summary = order.summary();
            distort(&mut summary, name, lie);
            if lie == Some(Lie::BothLists) {
                other.push(summary.clone());
            }
            list.push(summary);
        }
        let (canceled, failed) = (part(canceled, lie), part(failed, lie));
        match lie {
            Some(Lie::OneList) => json!({"success": canceled}),
            _ => json!({"success": canceled, "failed": failed}),
        }
    }

    /// `GET /v1/orders/open`: a page, and whether it is the last one. The newest orders come first.
    pub fn list(&mut self, page: usize, size: usize, now: Moment) -> (Vec<Value>, bool) {
        self.advance(now);
        let is_open = |order: &&ModelOrder| order.end.is_none() && order.behavior.placed_at <= now;
        let open = self.orders.iter().rev().filter(is_open);
        let shown: Vec<_> = open
            .skip((page - 1) * size)
            .take(size)
            .map(|order| order.shown(None))
            .collect();
        let is_last = shown.len() < size;
        (shown, is_last)
    }

    /// `GET /v1/orders/uuids`, in another order than requested.
    pub fn look_up(&mut self, names: &[OrderRef], lie: Option<Lie>, now: Moment) -> Vec<Value> {
        self.advance(now);
        let mut found = Vec::new();
        for name in names.iter().rev() {
            let order = self.orders.iter_mut().find(|order| order.is(name));
            if let Some(order) = order.filter(|order| order.behavior.hidden_until <= now) {
                let mut end = order.end;
                if end.is_some() && order.stale_looks > 0 {
                    order.stale_looks -= 1;
                    end = None;
                }
                let mut shown = order.shown(end);
                distort(&mut shown, name, lie);
                found.push(shown);
            }
        }
        found
    }
}

impl ModelOrder {
    fn is(&self, name: &OrderRef) -> bool {
        match name {
            OrderRef::Uuid(uuid) => self.uuid.eq_ignore_ascii_case(uuid),
            OrderRef::Identifier(identifier) => self.identifier.as_ref() == Some(identifier),
        }
    }

    /// Whether a request with this name canceled it.
    pub fn was_canceled_by(&self, name: &OrderRef) -> bool {
        self.canceled_by.contains(&name.normalized())
    }

    fn summary(&self) -> Value {
        match &self.identifier {
            Some(identifier) => {
                json!({"uuid": self.uuid, "market": "SGD-BTC", "identifier": identifier})
            }
            None => json!({"uuid": self.uuid, "market": "SGD-BTC"}),
        }
    }

    fn shown(&self, end: Option<End>) -> Value {
        let mut shown = self.summary();
        shown["side"] = if self.is_bid { "bid" } else { "ask" }.into();
        shown["state"] = match end {
            None => "wait",
            Some(End::Filled) => "done",
            Some(End::Canceled | End::MarketBuy) => "cancel",
        }
        .into();
        let is_market_buy = self.behavior.ended == Some(End::MarketBuy);
        shown["ord_type"] = if is_market_buy { "price" } else { "limit" }.into();
        let executed = if self.executed && end.is_some() {
            "0.5"
        } else {
            "0.0"
        };
        shown["executed_volume"] = executed.into();
        shown
    }
}

/// Falsifies one order of a response. `name`: how it was requested.
pub fn distort(order: &mut Value, name: &OrderRef, lie: Option<Lie>) {
    match (lie, name) {
        (Some(Lie::NoIdentifiers), OrderRef::Identifier(_)) => order["identifier"] = Value::Null,
        (Some(Lie::Others), _) => {
            order["uuid"] = "another".into();
            order["identifier"] = "another".into();
        }
        _ => (),
    }
}

/// One list of a cancel report.
fn part(mut orders: Vec<Value>, lie: Option<Lie>) -> Value {
    let mut count = orders.len();
    match lie {
        Some(Lie::Counts) => {
            orders.pop();
            count += 1;
        }
        Some(Lie::Doubled) if count > 1 => orders[0] = orders[count - 1].clone(),
        _ => (),
    }
    json!({"count": count, "orders": orders})
}
