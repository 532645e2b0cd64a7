//! Responses: a status and a body. Each endpoint returns only what is in the body, and an error has the right
//! kind and a short message on one line that contains no key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use upbit_cancel_order::endpoint::Endpoint;
use upbit_cancel_order::endpoints::cancel_by_ids::CancelByIds;
use upbit_cancel_order::endpoints::cancel_order::CancelOrder;
use upbit_cancel_order::endpoints::get_order::GetOrder;
use upbit_cancel_order::endpoints::list_open_orders::ListOpenOrders;
use upbit_cancel_order::endpoints::list_orders_by_ids::ListOrdersByIds;
use upbit_cancel_order::json_value::JsonValue;
use upbit_cancel_order::order::Order;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::Kind;
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::response::{Body, RequestContext, Response, interpret};

/// A token and an access key, as a server may repeat them.
const SENSITIVE: [&str; 2] = ["eyJh.eyJh.c2lnbmF0dXJl", "ACCESS0KEY1ACCESS0KEY1"];
const UUID: &str = "cdd92199-2897-4e14-9448-f923320408ad";

#[derive(Debug, Clone)]
struct Json(Value);

impl JsonValue for Json {
    fn entries(&self) -> Option<Vec<Self>> {
        Some(self.0.as_array()?.iter().cloned().map(Self).collect())
    }

    fn member(&self, name: &str) -> Option<Self> {
        self.0.get(name).cloned().map(Self)
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

fuzz_target!(|input: (u16, &str)| {
    let (status, text) = input;
    let body = serde_json::from_str(text).ok();
    let requested = OrderRef::Uuid(UUID.to_owned());
    let (all, many) = (body.as_ref(), vec![requested.clone()]);
    single(answered(&CancelOrder(requested.clone()), status, all), all);
    single(answered(&GetOrder(requested), status, all), all);
    listed(answered(&ListOrdersByIds(many.clone()), status, all), all);
    let page = ListOpenOrders {
        market: None,
        states: Vec::new(),
        page: 1,
    };
    listed(answered(&page, status, all).map(|page| page.orders), all);
    if let Some(report) = answered(&CancelByIds(many), status, all) {
        listed(Some([report.canceled, report.failed].concat()), all);
    }
});

/// The output of the endpoint. Checks the problem if there is none.
fn answered<E: Endpoint>(
    endpoint: &E,
    status: u16,
    body: Option<&Value>,
) -> Option<E::Output<Json>> {
    let body = body
        .cloned()
        .map_or(Body::NotJson, |body| Body::Json(Json(body)));
    let response = Response {
        status,
        retry_after: None,
        body,
    };
    let request = RequestContext {
        sensitive: &SENSITIVE,
        to_loopback: false,
    };
    match interpret(|body| endpoint.accept(body), response, request) {
        Ok(answer) => {
            assert!((200..300).contains(&status));
            Some(answer)
        }
        Err(problem) => {
            assert_problem(&problem, status);
            None
        }
    }
}

/// Checks that an order is the requested one and unchanged.
fn single(found: Option<Order<Json>>, body: Option<&Value>) {
    if let Some(order) = found {
        assert!(order.uuid().eq_ignore_ascii_case(UUID));
        listed(Some(vec![order]), body);
    }
}

fn listed(found: Option<Vec<Order<Json>>>, body: Option<&Value>) {
    for order in found.unwrap_or_default() {
        let Json(value) = order.value();
        assert!(!order.uuid().is_empty());
        assert!(
            body.is_some_and(|body| holds(body, value)),
            "{value} was not sent"
        );
    }
}

fn holds(whole: &Value, part: &Value) -> bool {
    whole == part
        || match whole {
            Value::Array(entries) => entries.iter().any(|entry| holds(entry, part)),
            Value::Object(members) => members.values().any(|member| holds(member, part)),
            _ => false,
        }
}

fn assert_problem(problem: &Problem, status: u16) {
    let expected = match status {
        418 | 429 => Kind::RateLimited,
        408 | 500..=599 => Kind::Server,
        400..=499 => Kind::Rejected,
        _ => Kind::BadResponse,
    };
    assert_eq!(problem.kind(), expected);
    let message = problem.message("sg-api.upbit.com");
    assert!(!message.is_empty() && message.chars().count() < 1000);
    assert!(!message.chars().any(char::is_control));
    assert!(
        SENSITIVE.iter().all(|key| !message.contains(key)),
        "{message}"
    );
}
