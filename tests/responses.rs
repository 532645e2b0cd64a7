//! How responses become outputs or problems, and problems become failures.

use serde_json::{Value, json};
use std::time::Duration;
use upbit_cancel_order::endpoint::{Endpoint, Method};
use upbit_cancel_order::endpoints::cancel_order::CancelOrder;
use upbit_cancel_order::endpoints::get_order::GetOrder;
use upbit_cancel_order::failure::{Attempts, Failure, History};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::outcome::{Kind, Outcome};
use upbit_cancel_order::problem::{BadResponse, Problem, RetryRule};
use upbit_cancel_order::response::{Body, RequestContext, Response, interpret};

const UUID: &str = "cdd92199-2897-4e14-9448-f923320408ad";
const HOST: &str = "sg-api.upbit.com";

const REMOTE: RequestContext<'_> = RequestContext {
    sensitive: &[],
    to_loopback: false,
};
const LOOPBACK: RequestContext<'_> = RequestContext {
    to_loopback: true,
    ..REMOTE
};

fn response(status: u16, body: Body<Value>) -> Response<Value> {
    Response {
        status,
        retry_after: None,
        body,
    }
}

fn answer(status: u16, body: Value) -> Response<Value> {
    response(status, Body::Json(body))
}

fn error(status: u16, name: &str) -> Response<Value> {
    let body = json!({"error": {"name": name, "message": "Words."}});
    answer(status, body)
}

fn order() -> OrderRef {
    OrderRef::Uuid(UUID.to_owned())
}

fn interpreted(response: Response<Value>, request: RequestContext<'_>) -> Result<Value, Problem> {
    interpret(|body| CancelOrder(order()).accept(body), response, request)
        .map(|order| order.value().clone())
}

fn problem(response: Response<Value>) -> Problem {
    interpreted(response, REMOTE).unwrap_err()
}

/// The failure of a call whose attempts ended with these problems.
fn failure_after<'a>(method: Method, problems: impl IntoIterator<Item = &'a Problem>) -> Failure {
    let mut history = History::new(method, HOST, Attempts::default());
    let mut last = None;
    for problem in problems {
        history.record(problem);
        last = Some(problem);
    }
    history.failure(last.unwrap())
}

fn failure(response: Response<Value>) -> Failure {
    failure_after(Method::Delete, [&problem(response)])
}

/// Each row of the table in docs/errors.md, with the lowest and highest status of its range.
#[test]
fn every_status_has_a_kind_an_outcome_and_a_retry_rule() {
    use Kind::{BadResponse, RateLimited, Rejected, Server};
    use Outcome::{NotCanceled, Unknown};
    let rows = [
        (400, Rejected, NotCanceled, RetryRule::Never),
        (401, Rejected, NotCanceled, RetryRule::Never),
        (404, Rejected, NotCanceled, RetryRule::Never),
        (407, Rejected, NotCanceled, RetryRule::Never),
        (408, Server, Unknown, RetryRule::Backoff),
        (409, Rejected, NotCanceled, RetryRule::Never),
        (417, Rejected, NotCanceled, RetryRule::Never),
        (418, RateLimited, NotCanceled, RetryRule::Never),
        (419, Rejected, NotCanceled, RetryRule::Never),
        (429, RateLimited, NotCanceled, RetryRule::NextSlot),
        (499, Rejected, NotCanceled, RetryRule::Never),
        (500, Server, Unknown, RetryRule::Backoff),
        (502, Server, Unknown, RetryRule::Backoff),
        (599, Server, Unknown, RetryRule::Backoff),
        (200, BadResponse, Unknown, RetryRule::Never),
        (204, BadResponse, Unknown, RetryRule::Never),
        (301, BadResponse, Unknown, RetryRule::Never),
        (308, BadResponse, Unknown, RetryRule::Never),
        (100, BadResponse, Unknown, RetryRule::Never),
        (600, BadResponse, Unknown, RetryRule::Never),
    ];
    for (status, kind, outcome, rule) in rows {
        let problem = problem(error(status, "some_error"));
        assert_eq!(problem.retry_rule(), rule, "{status}");
        let canceling = failure_after(Method::Delete, [&problem]);
        assert_eq!(
            (canceling.kind, canceling.outcome),
            (kind, outcome),
            "{status}"
        );
        let reading = failure_after(Method::Get, [&problem]);
        assert_eq!(
            (reading.kind, reading.outcome),
            (kind, NotCanceled),
            "{status}"
        );
        for failure in [canceling, reading] {
            assert_eq!((failure.status, failure.attempts), (Some(status), 1));
            assert!(failure.hint.is_some_and(|hint| !hint.is_empty()));
        }
    }
}

/// Browsers hide the status of a redirect that is not followed.
#[test]
fn a_redirect_in_a_browser_has_no_status() {
    let failure = failure(response(0, Body::NotJson));
    assert_eq!((failure.kind, failure.status), (Kind::BadResponse, None));
    assert_eq!(failure.outcome, Outcome::Unknown);
}

#[test]
fn problems_without_a_response() {
    use Outcome::{NotCanceled, Unknown};
    let cause = || Some("ENOTFOUND".to_owned());
    let rows = [
        (
            Problem::Unreachable(cause()),
            Kind::Network,
            NotCanceled,
            "no connection to sg-api.upbit.com (ENOTFOUND)",
        ),
        (
            Problem::ConnectionLost(cause()),
            Kind::Network,
            Unknown,
            "the connection to sg-api.upbit.com failed (ENOTFOUND)",
        ),
        (
            Problem::ConnectionLost(None),
            Kind::Network,
            Unknown,
            "the connection to sg-api.upbit.com failed",
        ),
        (
            Problem::TimedOut,
            Kind::Timeout,
            Unknown,
            "no complete response from sg-api.upbit.com within `timeoutMs`",
        ),
        (
            Problem::Aborted,
            Kind::Aborted,
            Unknown,
            "the call was aborted",
        ),
    ];
    for (problem, kind, outcome, message) in rows {
        let failure = failure_after(Method::Delete, [&problem]);
        assert_eq!((failure.kind, failure.outcome), (kind, outcome));
        assert_eq!((failure.status, failure.code), (None, None));
        assert_eq!((failure.message.as_str(), failure.attempts), (message, 1));
        let reading = failure_after(Method::Get, [&problem]);
        assert_eq!((reading.kind, reading.outcome), (kind, NotCanceled));
    }
}

/// The dashboard's relay reports that it sent nothing. Any other server could claim the same.
#[test]
fn relay_not_sent_only_counts_from_a_loopback_host() {
    let relay = |status, request| {
        let body = json!({"error": {"name": "relay_not_sent", "message": "ECONNREFUSED"}});
        interpreted(answer(status, body), request).unwrap_err()
    };
    assert_eq!(
        relay(502, LOOPBACK),
        Problem::Unreachable(Some("ECONNREFUSED".to_owned()))
    );
    let failure = failure_after(Method::Delete, [&relay(502, LOOPBACK)]);
    assert_eq!(
        (failure.kind, failure.outcome),
        (Kind::Network, Outcome::NotCanceled)
    );
    for other in [
        relay(502, REMOTE),
        relay(503, LOOPBACK),
        interpreted(error(502, "relay_error"), LOOPBACK).unwrap_err(),
        interpreted(response(502, Body::NotJson), LOOPBACK).unwrap_err(),
    ] {
        let failure = failure_after(Method::Delete, [&other]);
        assert_eq!(
            (failure.kind, failure.outcome),
            (Kind::Server, Outcome::Unknown)
        );
    }
}

#[test]
fn the_message_of_a_bad_response_names_the_reason() {
    let other = json!({"uuid": "another"});
    let rows = [
        (response(0, Body::NotJson), "is a redirect"),
        (response(300, Body::NotJson), "is a redirect"),
        (response(399, Body::NotJson), "is a redirect"),
        (response(200, Body::TooLarge), "is larger than 1 MiB"),
        (response(200, Body::Incomplete), "was cut off"),
        (response(200, Body::NotJson), "is not JSON"),
        (answer(200, json!({})), "contains no order"),
        (answer(200, json!([])), "contains no order"),
        (answer(200, json!(null)), "contains no order"),
        (answer(200, other), "is about another order"),
        (answer(199, json!({})), "unexpected status"),
        (answer(600, json!({})), "unexpected status"),
    ];
    for (response, words) in rows {
        let failure = failure(response);
        assert!(failure.message.contains(words), "{}", failure.message);
        assert_eq!(
            (failure.kind, failure.outcome),
            (Kind::BadResponse, Outcome::Unknown)
        );
    }
}

#[test]
fn every_2xx_with_an_order_is_a_success() {
    for status in [200, 201, 202, 299] {
        assert!(interpreted(answer(status, json!({"uuid": UUID})), REMOTE).is_ok());
    }
}

#[test]
fn the_status_of_an_error_decides_whatever_its_body() {
    let bodies = [
        Body::Json(json!("Too many API requests.")),
        Body::Json(json!({"error": null})),
        Body::Json(json!({"error": []})),
        Body::Json(json!({"error": {"name": null, "message": []}})),
        Body::Json(json!([{"uuid": UUID}])),
        Body::NotJson,
        Body::TooLarge,
        Body::Incomplete,
    ];
    for body in bodies {
        let failure = failure(response(404, body));
        assert_eq!((failure.kind, failure.code), (Kind::Rejected, None));
        assert_eq!(failure.message, "Upbit refused the request (HTTP 404)");
    }
}

#[test]
fn name_and_message_of_an_error_are_kept() {
    let exception = "V1::Exceptions::InvalidQueryPayload";
    let cases = [
        (
            json!({"name": "order_not_found", "message": "No."}),
            "order_not_found",
            ": No)",
        ),
        (json!({"name": 400, "message": "No."}), "400", ": No)"),
        (
            json!({"name": exception, "dialog": "client"}),
            exception,
            "Payload)",
        ),
        (
            json!({"message": "찾지\n못했습니다.\u{202e}", "name": "a"}),
            "a",
            ": 찾지 못했습니다. )",
        ),
    ];
    for (error, code, end) in cases {
        let failure = failure(answer(400, json!({"error": error})));
        assert_eq!(failure.code.as_deref(), Some(code));
        assert!(failure.message.ends_with(end), "{}", failure.message);
    }
}

#[test]
fn long_messages_are_shortened() {
    let failure = failure(error(400, &"긴".repeat(100_000)));
    assert_eq!(failure.code.unwrap().chars().count(), 201);
}

#[test]
fn keys_and_tokens_in_a_response_are_masked() {
    let token = "aaaaaaaa.bbbbbbbb.cccccccc";
    let body = json!({"error": {"name": format!("Bearer {token}"), "message": format!("key \"my key\" sent {token}")}});
    let request = RequestContext {
        sensitive: &[token, "\"my key\""],
        ..REMOTE
    };
    let problem = interpreted(answer(401, body), request).unwrap_err();
    let answer = problem.response().unwrap();
    assert_eq!(answer.code.as_deref(), Some("Bearer ***"));
    assert_eq!(answer.message.as_deref(), Some("key *** sent ***"));
}

#[test]
fn a_short_key_is_not_masked_in_the_code() {
    let body = json!({"error": {"name": "invalid_access_key", "message": "the key"}});
    let request = RequestContext {
        sensitive: &["key"],
        ..REMOTE
    };
    let problem = interpreted(answer(401, body), request).unwrap_err();
    let answer = problem.response().unwrap();
    assert_eq!(answer.code.as_deref(), Some("invalid_access_key"));
    assert_eq!(answer.message.as_deref(), Some("the ***"));
}

/// Each nonce is sent once. If the server has seen it, the request has arrived twice.
#[test]
fn nonce_used_makes_the_outcome_unknown() {
    assert_eq!(failure(error(401, "nonce_used")).outcome, Outcome::Unknown);
}

#[test]
fn retry_after_is_reported() {
    let response = Response {
        retry_after: Some(Duration::from_millis(89_999)),
        ..error(418, "")
    };
    assert_eq!(failure(response).retry_after_ms, Some(89_999.0));
}

/// Whatever happened to the last attempt, an earlier one may have canceled the order.
#[test]
fn hints_after_a_lost_response_mention_the_earlier_attempt() {
    let later = [
        Problem::Unreachable(None),
        problem(error(429, "")),
        problem(error(418, "")),
        problem(error(404, "order_not_found")),
        problem(error(401, "jwt_verification")),
    ];
    for problem in later {
        let alone = failure_after(Method::Delete, [&problem]);
        let after = failure_after(Method::Delete, [&Problem::TimedOut, &problem]);
        assert_eq!(
            (alone.outcome, after.outcome),
            (Outcome::NotCanceled, Outcome::Unknown)
        );
        assert!(
            after
                .hint
                .unwrap()
                .to_lowercase()
                .contains("an earlier attempt"),
            "{after:?}"
        );
        assert!(!alone.hint.unwrap().contains("arlier attempt"), "{alone:?}");
    }
}

#[test]
fn hints_of_a_read_do_not_mention_canceling() {
    let problems = [
        Problem::TimedOut,
        Problem::Aborted,
        Problem::ConnectionLost(None),
        Problem::BadResponse(None, BadResponse::NotJson),
        Problem::BadResponse(None, BadResponse::Redirect),
        problem(error(500, "")),
        problem(error(401, "out_of_scope")),
    ];
    for problem in problems {
        let hint = failure_after(Method::Get, [&Problem::TimedOut, &problem])
            .hint
            .unwrap();
        assert!(
            !hint.contains("ancel") && !hint.contains("Make Orders"),
            "{hint}"
        );
    }
}

#[test]
fn a_lookup_that_returns_another_order_is_a_bad_response() {
    let look_up = |body| {
        let found = interpret(
            |body| GetOrder(order()).accept(body),
            answer(200, body),
            REMOTE,
        );
        found.map(|order| order.uuid().to_owned())
    };
    assert_eq!(
        look_up(json!({"uuid": UUID.to_uppercase()})),
        Ok(UUID.to_uppercase())
    );
    let other = look_up(json!({"uuid": "another"})).unwrap_err();
    assert!(matches!(
        other,
        Problem::BadResponse(_, BadResponse::OtherOrder)
    ));
}

#[test]
fn each_documented_code_has_its_own_hint() {
    let codes = [
        (400, "validation_error"),
        (400, "bad_request"),
        (400, "QUERY_PARAMETER_NOT_SUPPORTED"),
        (401, "invalid_query_payload"),
        (401, "jwt_verification"),
        (401, "expired_access_key"),
        (401, "nonce_used"),
        (401, "no_authorization_ip"),
        (401, "no_authorization_token"),
        (401, "out_of_scope"),
        (401, "invalid_access_key"),
        (401, "thirdparty_agreement_required"),
        (403, "market_offline"),
        (404, "order_not_found"),
        (404, "not_found"),
        (404, "pocket_not_found"),
        (401, "some_error"),
        (404, "some_error"),
        (400, "some_error"),
    ];
    let mut hints: Vec<_> = codes
        .iter()
        .filter_map(|(status, code)| failure(error(*status, code)).hint)
        .collect();
    hints.sort_unstable();
    hints.dedup();
    assert_eq!(hints.len(), codes.len());
}

#[test]
fn spellings_of_the_same_code_share_a_hint() {
    let hint = |code| failure(error(400, code)).hint;
    assert_eq!(hint("invaild_parameter"), hint("invalid_parameter"));
    assert_eq!(hint("no_authorization_i_p"), hint("no_authorization_ip"));
    let exception = hint("V1::Exceptions::InvalidQueryPayload");
    assert_eq!(exception, hint("invalid_query_payload"));
}
