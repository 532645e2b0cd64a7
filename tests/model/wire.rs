//! The HTTP responses of the model exchange, and how a client reads them.

use super::exchange::{Exchange, distort};
use super::fate::{Fate, Lie, seconds};
use serde_json::{Value, json};
use upbit_cancel_order::batch::Request;
use upbit_cancel_order::endpoint::Endpoint;
use upbit_cancel_order::endpoints::cancel_by_ids::{CancelByIds, CancelReport};
use upbit_cancel_order::endpoints::cancel_order::CancelOrder;
use upbit_cancel_order::endpoints::get_order::GetOrder;
use upbit_cancel_order::endpoints::list_orders_by_ids::ListOrdersByIds;
use upbit_cancel_order::order::Order;
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::rate_budget::Moment;
use upbit_cancel_order::response::{Body, RequestContext, Response, interpret};

/// The output of a successful request.
pub enum Answer {
    Order(Order<Value>),
    Parts(CancelReport<Value>),
    Orders(Vec<Order<Value>>),
}

impl Exchange {
    /// Carries out a request and returns the response.
    pub fn act(&mut self, request: &Request, fate: Fate, now: Moment) -> Response<Value> {
        let code = |status, code: &str| answer(status, json!({"error": {"name": code}}));
        let asking = |status, wait| Response {
            retry_after: seconds(wait),
            ..answer(status, json!(null))
        };
        match fate {
            Fate::Unreachable
            | Fate::Lost { arrives: false }
            | Fate::Late { arrives: false }
            | Fate::Server { arrives: false } => damaged(503),
            Fate::Refused => code(400, "validation_error"),
            Fate::KeyRefused => code(401, "out_of_scope"),
            Fate::Throttled(wait) => asking(429, wait),
            Fate::Blocked(wait) => asking(418, wait),
            Fate::Server { arrives: true } => {
                self.serve(request, None, now);
                damaged(503)
            }
            Fate::Garbled => damaged(self.serve(request, None, now).status),
            Fate::SentTwice => {
                self.serve(request, None, now);
                code(401, "nonce_used")
            }
            Fate::Lie(lie) => self.serve(request, Some(lie), now),
            Fate::Answered | Fate::Slow | Fate::Lost { .. } | Fate::Late { .. } => {
                self.serve(request, None, now)
            }
        }
    }

    fn serve(&mut self, request: &Request, lie: Option<Lie>, now: Moment) -> Response<Value> {
        let order = match request {
            Request::CancelByIds(names) => {
                return answer(200, self.cancel_by_ids(names, lie, now));
            }
            Request::LookupByIds(names, _) => {
                return answer(200, json!(self.look_up(names, lie, now)));
            }
            Request::Cancel { order: name, .. } => {
                let mut order = self.cancel(name, now);
                if let Some(order) = &mut order {
                    distort(order, name, lie);
                }
                order
            }
            Request::Lookup(name, _) => self.look_up(std::slice::from_ref(name), lie, now).pop(),
        };
        order.map_or_else(
            || answer(404, json!({"error": {"name": "order_not_found"}})),
            |order| answer(200, order),
        )
    }
}

pub fn read(request: &Request, response: Response<Value>) -> Result<Answer, Problem> {
    let sent = RequestContext {
        sensitive: &[],
        to_loopback: false,
    };
    let accept = |body| match request.clone() {
        Request::Cancel { order, .. } => CancelOrder(order).accept(body).map(Answer::Order),
        Request::CancelByIds(names) => CancelByIds(names).accept(body).map(Answer::Parts),
        Request::Lookup(order, _) => GetOrder(order).accept(body).map(Answer::Order),
        Request::LookupByIds(names, _) => ListOrdersByIds(names).accept(body).map(Answer::Orders),
    };
    interpret(accept, response, sent)
}

fn answer(status: u16, body: Value) -> Response<Value> {
    Response {
        status,
        retry_after: None,
        body: Body::Json(body),
    }
}

fn damaged(status: u16) -> Response<Value> {
    Response {
        body: Body::NotJson,
        ..answer(status, json!(null))
    }
}
