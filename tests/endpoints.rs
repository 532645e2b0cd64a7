//! Each endpoint: its query, the query hash, and which response bodies it accepts.

use serde_json::{Value, json};
use upbit_cancel_order::endpoint::{Endpoint, Method};
use upbit_cancel_order::endpoints::cancel_by_ids::{CancelByIds, CancelReport};
use upbit_cancel_order::endpoints::cancel_open::CancelOpen;
use upbit_cancel_order::endpoints::cancel_order::CancelOrder;
use upbit_cancel_order::endpoints::get_order::GetOrder;
use upbit_cancel_order::endpoints::list_open_orders::{ListOpenOrders, PAGE_SIZE};
use upbit_cancel_order::endpoints::list_orders_by_ids::ListOrdersByIds;
use upbit_cancel_order::filter::{CancelOpenArguments, CancelOpenFilter};
use upbit_cancel_order::order::Order;
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::problem::BadResponse;
use upbit_cancel_order::rate_budget::RateGroup;

const UUID: &str = "9ca023a5-851b-4fec-9f0a-48cd83c2eaae";

fn uuid(text: &str) -> OrderRef {
    OrderRef::Uuid(text.to_owned())
}

fn identifier(text: &str) -> OrderRef {
    OrderRef::Identifier(text.to_owned())
}

fn list(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn cancel_open(arguments: CancelOpenArguments) -> CancelOpen {
    CancelOpen(CancelOpenFilter::try_from(arguments).unwrap())
}

/// Checks the encoded query and the beginning of its hash.
fn check_query<E: Endpoint>(endpoint: &E, wire: &str, hash: &str) {
    let query = endpoint.query();
    assert_eq!(query.wire(), wire);
    assert_eq!(&query.hash()[..32], hash, "{wire}");
}

/// Requests from Upbit's documentation and similar ones. The hashes were computed by other programs.
#[test]
fn queries_are_sent_and_hashed_as_upbit_documents_them() {
    let hash = "c8db14e9113df71312d41d84427a620d";
    let wire = format!("uuid={UUID}");
    check_query(&CancelOrder(uuid(UUID)), &wire, hash);
    check_query(&GetOrder(uuid(UUID)), &wire, hash);

    let ids = [
        "bbbb8e07-1689-4769-af3e-a117016623f8",
        "4312ba49-5f1a-4a01-9f3b-2d2bce17267e",
        "bdb49a54-de36-4eb4-a963-9c8d4337a9da",
    ];
    let wire = format!("uuids[]={}&uuids[]={}&uuids[]={}", ids[0], ids[1], ids[2]);
    let hash = "a00e34d3184e581105a3fb512fb9a8e0";
    check_query(&CancelByIds(ids.map(uuid).to_vec()), &wire, hash);
    check_query(&ListOrdersByIds(ids.map(uuid).to_vec()), &wire, hash);

    let names = vec![identifier("bot-1"), identifier("bot-2")];
    let wire = "identifiers[]=bot-1&identifiers[]=bot-2";
    check_query(
        &CancelByIds(names),
        wire,
        "31357c24a1569d37d2815bb5d6e183e6",
    );

    let open = cancel_open(CancelOpenArguments {
        side: Some("bid".to_owned()),
        pairs: Some(list(&["SGD-BTC", "SGD-ETH"])),
        order_by: Some("asc".to_owned()),
        ..CancelOpenArguments::default()
    });
    let wire = "cancel_side=bid&pairs=SGD-BTC%2CSGD-ETH&count=300&order_by=asc";
    check_query(&open, wire, "5eed4241ddd4cf9225c8b75abacdc605");

    let page = ListOpenOrders {
        market: Some("SGD-BTC".to_owned()),
        states: list(&["wait", "watch"]),
        page: 1,
    };
    let wire = "market=SGD-BTC&states[]=wait&states[]=watch&page=1&limit=100&order_by=desc";
    check_query(&page, wire, "027dae4d5ae2c8928155e4676fe140c0");
}

/// Clients differ in how they encode a space and a comma. The hash is that of the unencoded text.
#[test]
fn identifiers_are_encoded_in_the_url_and_not_in_the_hash() {
    let query = CancelByIds(vec![identifier("a&b c")]).query();
    assert_eq!(query.wire(), "identifiers[]=a%26b%20c");
    assert_eq!(
        query.hash(),
        upbit_cancel_order::query::Query::new([("identifiers[]", "a&b c")]).hash()
    );
}

/// An empty query would cancel the newest 20 orders of every market.
#[test]
fn cancel_open_always_sends_side_and_count() {
    let everything = cancel_open(CancelOpenArguments {
        everything: Some(true),
        ..CancelOpenArguments::default()
    });
    assert_eq!(
        everything.query().wire(),
        "cancel_side=all&count=300&order_by=desc"
    );
    let excluding = cancel_open(CancelOpenArguments {
        quote_currencies: Some(list(&["SGD", "BTC"])),
        excluded_pairs: Some(list(&["SGD-ETH", "BTC-XRP"])),
        count: Some(7.0),
        ..CancelOpenArguments::default()
    });
    assert_eq!(
        excluding.query().wire(),
        "cancel_side=all&quote_currencies=SGD%2CBTC&excluded_pairs=SGD-ETH%2CBTC-XRP&count=7&order_by=desc"
    );
}

#[test]
fn each_endpoint_has_its_method_path_and_group() {
    fn facts<E: Endpoint>(_: &E) -> (Method, &'static str, RateGroup, bool) {
        (E::METHOD, E::PATH, E::GROUP, E::IDEMPOTENT)
    }
    use Method::{Delete, Get};
    use RateGroup::{Default, OrderCancelAll};
    let open = cancel_open(CancelOpenArguments {
        side: Some("ask".to_owned()),
        ..CancelOpenArguments::default()
    });
    let page = ListOpenOrders {
        market: None,
        states: Vec::new(),
        page: 1,
    };
    assert_eq!(
        facts(&CancelOrder(uuid(UUID))),
        (Delete, "/v1/order", Default, true)
    );
    assert_eq!(
        facts(&GetOrder(uuid(UUID))),
        (Get, "/v1/order", Default, true)
    );
    assert_eq!(
        facts(&CancelByIds(Vec::new())),
        (Delete, "/v1/orders/uuids", Default, true)
    );
    assert_eq!(
        facts(&ListOrdersByIds(Vec::new())),
        (Get, "/v1/orders/uuids", Default, true)
    );
    assert_eq!(facts(&page), (Get, "/v1/orders/open", Default, true));
    assert_eq!(
        facts(&open),
        (Delete, "/v1/orders/open", OrderCancelAll, false)
    );
}

#[test]
fn a_response_must_contain_the_requested_order() {
    use BadResponse::{NoOrder, OtherOrder};
    let upper = UUID.to_uppercase();
    let rows = [
        (uuid(UUID), json!({"uuid": UUID}), Ok(UUID)),
        (uuid(UUID), json!({"uuid": upper}), Ok(upper.as_str())),
        (
            uuid(UUID),
            json!({"uuid": UUID, "identifier": "mine"}),
            Ok(UUID),
        ),
        (uuid(UUID), json!({"uuid": "another"}), Err(OtherOrder)),
        (
            identifier("mine"),
            json!({"uuid": "u", "identifier": "mine"}),
            Ok("u"),
        ),
        (identifier("mine"), json!({"uuid": "u"}), Ok("u")),
        (
            identifier("mine"),
            json!({"uuid": "u", "identifier": null}),
            Ok("u"),
        ),
        (
            identifier("7"),
            json!({"uuid": "u", "identifier": 7}),
            Ok("u"),
        ),
        (
            identifier("mine"),
            json!({"uuid": "u", "identifier": "Mine"}),
            Err(OtherOrder),
        ),
        (uuid(UUID), json!({"identifier": "mine"}), Err(NoOrder)),
        (uuid(UUID), json!({"uuid": null}), Err(NoOrder)),
        (uuid(UUID), json!({"uuid": [UUID]}), Err(NoOrder)),
        (uuid(UUID), json!("text"), Err(NoOrder)),
        (uuid(UUID), json!(null), Err(NoOrder)),
    ];
    for (asked, body, expected) in rows {
        let uuid = |order: Order<Value>| order.uuid().to_owned();
        let expected = expected.map(str::to_owned);
        let bodies = [body.clone(), json!([body.clone()]), json!([null, 1, body])];
        for body in bodies {
            let canceled = CancelOrder(asked.clone()).accept(body.clone()).map(uuid);
            assert_eq!(canceled, expected, "{body}");
            let found = GetOrder(asked.clone()).accept(body.clone()).map(uuid);
            assert_eq!(found, expected, "{body}");
        }
    }
    assert!(matches!(
        CancelOrder(uuid(UUID)).accept(json!([])),
        Err(NoOrder)
    ));
    let both = json!([{"uuid": "another"}, {"uuid": UUID}]);
    assert!(CancelOrder(uuid(UUID)).accept(both).is_ok());
}

#[test]
fn an_order_is_returned_unchanged() {
    let body: Value = serde_json::from_str(include_str!("vectors/order-cancel-200.json")).unwrap();
    let accepted = CancelOrder(uuid(body[0]["uuid"].as_str().unwrap())).accept(body.clone());
    assert_eq!(accepted.unwrap().into_value(), body[0]);
}

fn parts(body: Value) -> CancelReport<Value> {
    CancelByIds(vec![uuid("a")]).accept(body).unwrap()
}

fn uuids(orders: &[Order<Value>]) -> Vec<&str> {
    orders.iter().map(Order::uuid).collect()
}

#[test]
fn a_cancel_report_has_two_lists() {
    let part = |count: Value, uuids: &[&str]| {
        let orders: Vec<_> = uuids
            .iter()
            .map(|uuid| json!({"uuid": uuid, "market": "SGD-BTC"}))
            .collect();
        json!({"count": count, "orders": orders})
    };
    let two = || part(json!(2), &["a", "b"]);
    let one = || part(json!(1), &["c"]);
    let none = || part(json!(0), &[]);
    let rows = [
        (json!({"success": two(), "failed": one()}), 2, 1, true),
        (json!({"success": two(), "failed": none()}), 2, 0, true),
        (json!({"success": none(), "failed": one()}), 0, 1, true),
        (
            json!({"success": part(json!("2"), &["a", "b"]), "failed": none(), "more": 1}),
            2,
            0,
            true,
        ),
        // One list is missing or invalid.
        (json!({"success": two()}), 2, 0, false),
        (json!({"failed": one()}), 0, 1, false),
        (json!({"success": two(), "failed": null}), 2, 0, false),
        (
            json!({"success": two(), "failed": {"count": 0}}),
            2,
            0,
            false,
        ),
        // A count differs from the length of its list.
        (
            json!({"success": part(json!(3), &["a", "b"]), "failed": none()}),
            2,
            0,
            false,
        ),
        (
            json!({"success": two(), "failed": part(json!(1), &[])}),
            2,
            0,
            false,
        ),
        (
            json!({"success": part(json!(null), &["a"]), "failed": none()}),
            1,
            0,
            false,
        ),
        (
            json!({"success": {"orders": [{"uuid": "a"}]}, "failed": none()}),
            1,
            0,
            false,
        ),
        // Entries that are not orders.
        (
            json!({"success": {"count": 2, "orders": [{"uuid": "a"}, null]}, "failed": none()}),
            1,
            0,
            false,
        ),
        (
            json!({"success": two(), "failed": {"count": 1, "orders": [{"market": "SGD-BTC"}]}}),
            2,
            0,
            false,
        ),
    ];
    for (body, canceled, failed, is_consistent) in rows {
        let parts = parts(body.clone());
        let found = (
            parts.canceled.len(),
            parts.failed.len(),
            parts.is_consistent,
        );
        assert_eq!(found, (canceled, failed, is_consistent), "{body}");
    }
    let parts = parts(json!({"success": two(), "failed": one()}));
    assert_eq!(
        (uuids(&parts.canceled), uuids(&parts.failed)),
        (vec!["a", "b"], vec!["c"])
    );
}

#[test]
fn a_cancel_report_without_lists_is_refused() {
    for body in [
        json!({}),
        json!([]),
        json!(null),
        json!({"success": 1}),
        json!([{"uuid": "a"}]),
    ] {
        let by_ids = CancelByIds(vec![uuid("a")]).accept(body.clone());
        assert!(matches!(by_ids, Err(BadResponse::NoList)), "{body}");
        let side = CancelOpenArguments {
            side: Some("ask".to_owned()),
            ..CancelOpenArguments::default()
        };
        let open = cancel_open(side).accept(body.clone());
        assert!(matches!(open, Err(BadResponse::NoList)), "{body}");
    }
}

#[test]
fn a_list_is_an_array_of_orders() {
    let page = ListOpenOrders {
        market: None,
        states: list(&["wait"]),
        page: 2,
    };
    let by_ids = ListOrdersByIds(vec![uuid("a"), uuid("b")]);
    let body = json!([{"uuid": "b", "state": "done"}, {"uuid": "x"}, {"uuid": "a"}]);
    assert_eq!(
        uuids(&page.accept(body.clone()).unwrap().orders),
        ["b", "x", "a"]
    );
    assert_eq!(uuids(&by_ids.accept(body).unwrap()), ["b", "x", "a"]);
    assert_eq!(by_ids.accept(json!([])).unwrap().len(), 0);
    for body in [json!({}), json!(null), json!({"uuid": "a"})] {
        assert!(
            matches!(page.accept(body.clone()), Err(BadResponse::NoList)),
            "{body}"
        );
        assert!(
            matches!(by_ids.accept(body.clone()), Err(BadResponse::NoList)),
            "{body}"
        );
    }
}

#[test]
fn a_list_of_open_orders_with_an_invalid_entry_is_refused() {
    let page = ListOpenOrders {
        market: None,
        states: list(&["wait"]),
        page: 1,
    };
    for body in [json!([null]), json!([{"uuid": "a"}, {"market": "SGD-BTC"}])] {
        assert!(
            matches!(page.accept(body.clone()), Err(BadResponse::NoList)),
            "{body}"
        );
    }
    for (size, is_last) in [(0, true), (PAGE_SIZE - 1, true), (PAGE_SIZE, false)] {
        let body = json!(vec![json!({"uuid": "a"}); size]);
        assert_eq!(page.accept(body).unwrap().is_last, is_last, "{size}");
    }
}
