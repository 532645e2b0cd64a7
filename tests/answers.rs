//! From every kind of answer to success or a problem, and what the caller is told.

use std::time::Duration;
use upbit_cancel_order::answer::{Answer, Body, judge};
use upbit_cancel_order::failure::{Failure, History, Kind, Outcome};
use upbit_cancel_order::problem::{Problem, Repeat};

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        retry_after: None,
        body: Body::Whole(body.as_bytes().to_vec()),
    }
}

fn error(status: u16, name: &str) -> Answer {
    let body = format!(r#"{{"error":{{"name":"{name}","message":"Words."}}}}"#);
    answer(status, &body)
}

fn problem(answer: &Answer) -> Problem {
    judge(answer, &[]).unwrap_err()
}

fn failure(answer: &Answer) -> Failure {
    let problem = problem(answer);
    let mut history = History::default();
    history.record(&problem);
    history.failure(&problem)
}

/// The table of the contract, row by row, with the edges of each row.
#[test]
fn every_status_has_its_row() {
    use Kind::{BadResponse, RateLimited, Rejected, Server};
    use Outcome::{NotCanceled, Unknown};
    let rows = [
        (400, Rejected, NotCanceled, Repeat::Never),
        (401, Rejected, NotCanceled, Repeat::Never),
        (404, Rejected, NotCanceled, Repeat::Never),
        (407, Rejected, NotCanceled, Repeat::Never),
        (408, Server, Unknown, Repeat::Backoff),
        (409, Rejected, NotCanceled, Repeat::Never),
        (417, Rejected, NotCanceled, Repeat::Never),
        (418, RateLimited, NotCanceled, Repeat::Never),
        (419, Rejected, NotCanceled, Repeat::Never),
        (429, RateLimited, NotCanceled, Repeat::NextSecond),
        (499, Rejected, NotCanceled, Repeat::Never),
        (500, Server, Unknown, Repeat::Backoff),
        (503, Server, Unknown, Repeat::Backoff),
        (599, Server, Unknown, Repeat::Backoff),
        (200, BadResponse, Unknown, Repeat::Never),
        (204, BadResponse, Unknown, Repeat::Never),
        (301, BadResponse, Unknown, Repeat::Never),
        (308, BadResponse, Unknown, Repeat::Never),
        (100, BadResponse, Unknown, Repeat::Never),
        (600, BadResponse, Unknown, Repeat::Never),
    ];
    for (status, kind, outcome, repeat) in rows {
        let answer = error(status, "some_error");
        let failure = failure(&answer);
        assert_eq!((failure.kind, failure.outcome), (kind, outcome), "{status}");
        assert_eq!(failure.status, Some(status));
        assert_eq!(problem(&answer).repeat(), repeat, "{status}");
        assert!(failure.hint.is_some_and(|hint| !hint.is_empty()));
    }
}

/// Browsers hide the status of a redirect that is not followed.
#[test]
fn a_hidden_redirect_has_no_status() {
    let failure = failure(&answer(0, ""));
    assert_eq!((failure.kind, failure.status), (Kind::BadResponse, None));
    assert_eq!(failure.outcome, Outcome::Unknown);
}

#[test]
fn problems_without_an_answer() {
    let rows = [
        (Problem::Unreachable, Kind::Network, Outcome::NotCanceled),
        (Problem::ConnectionLost, Kind::Network, Outcome::Unknown),
        (Problem::TimedOut, Kind::Timeout, Outcome::Unknown),
        (Problem::Aborted, Kind::Aborted, Outcome::Unknown),
    ];
    for (problem, kind, outcome) in rows {
        let mut history = History::default();
        history.record(&problem);
        let failure = history.failure(&problem);
        assert_eq!((failure.kind, failure.outcome), (kind, outcome));
        assert_eq!((failure.status, failure.code), (None, None));
        assert_eq!(failure.attempts, 1);
    }
}

#[test]
fn a_success_that_cannot_be_read_is_no_success() {
    for body in [Body::TooLarge, Body::Incomplete] {
        let answer = Answer {
            body,
            ..answer(200, "")
        };
        let failure = failure(&answer);
        assert_eq!(
            (failure.kind, failure.outcome),
            (Kind::BadResponse, Outcome::Unknown)
        );
        assert_eq!(failure.status, Some(200));
    }
}

/// Whoever reads the message has to know where to look.
#[test]
fn bad_responses_say_what_is_wrong_with_them() {
    let too_large = Answer {
        body: Body::TooLarge,
        ..answer(200, "")
    };
    let incomplete = Answer {
        body: Body::Incomplete,
        ..answer(200, "")
    };
    let rows = [
        (answer(0, ""), "is a redirect"),
        (answer(300, ""), "is a redirect"),
        (answer(399, ""), "is a redirect"),
        (too_large, "is larger than 1 MiB"),
        (incomplete, "broke off"),
        (answer(200, "{}"), "holds no order"),
        (answer(199, ""), "status that means nothing"),
        (answer(600, ""), "status that means nothing"),
    ];
    for (answer, words) in rows {
        let message = failure(&answer).message;
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn every_2xx_with_an_order_is_a_success() {
    for status in [200, 201, 202, 299] {
        assert!(judge(&answer(status, r#"{"uuid":"u"}"#), &[]).is_ok());
    }
}

/// Once the status is known, it decides.
#[test]
fn an_error_is_one_whatever_its_body() {
    let bodies = [
        Body::Whole(b"Too many API requests.".to_vec()),
        Body::Whole(b"<html></html>".to_vec()),
        Body::Whole(Vec::new()),
        Body::Whole(b"\xff\xfe".to_vec()),
        Body::Whole(br#"{"error":null}"#.to_vec()),
        Body::Whole(br#"{"error":{"name":null,"message":[]}}"#.to_vec()),
        Body::Whole(br#"[{"uuid":"u"}]"#.to_vec()),
        Body::TooLarge,
        Body::Incomplete,
    ];
    for body in bodies {
        let answer = Answer {
            body,
            ..answer(404, "")
        };
        let failure = failure(&answer);
        assert_eq!((failure.kind, failure.code), (Kind::Rejected, None));
        assert_eq!(
            failure.message,
            "Upbit refused to cancel the order (HTTP 404)"
        );
    }
}

#[test]
fn names_and_messages_are_passed_on() {
    let cases = [
        (
            r#"{"error":{"name":"order_not_found","message":"No."}}"#,
            "order_not_found",
            ": No.)",
        ),
        (r#"{"error":{"name":400,"message":"No."}}"#, "400", ": No.)"),
        (
            r#"{"error":{"name":"V1::Exceptions::InvalidQueryPayload","dialog":"client"}}"#,
            "V1::Exceptions::InvalidQueryPayload",
            ")",
        ),
        (
            r#"{"error":{"message":"주문을 찾지 못했습니다.\n","name":"a"}}"#,
            "a",
            ": 주문을 찾지 못했습니다. )",
        ),
    ];
    for (body, code, end) in cases {
        let failure = failure(&answer(400, body));
        assert_eq!(failure.code.as_deref(), Some(code));
        assert!(failure.message.ends_with(end), "{}", failure.message);
    }
}

#[test]
fn words_of_a_server_are_kept_short() {
    let failure = failure(&error(400, &"긴".repeat(100_000)));
    assert_eq!(failure.code.unwrap().chars().count(), 201);
}

#[test]
fn keys_and_tokens_that_a_server_repeats_are_blanked() {
    let body = r#"{"error":{"name":"Bearer a.b.c","message":"key \"my key\" sent a.b.c"}}"#;
    let problem = judge(&answer(401, body), &["a.b.c", "\"my key\""]).unwrap_err();
    let answer = problem.answer().unwrap();
    assert_eq!(answer.code.as_deref(), Some("Bearer ***"));
    assert_eq!(answer.message.as_deref(), Some("key *** sent ***"));
}

/// A nonce is sent once, so a server that has seen it has had the request before.
#[test]
fn a_repeated_nonce_means_that_an_answer_was_lost() {
    assert_eq!(failure(&error(401, "nonce_used")).outcome, Outcome::Unknown);
}

#[test]
fn the_wait_that_is_asked_for_is_told() {
    let answer = Answer {
        retry_after: Some(Duration::from_secs(90)),
        ..error(418, "")
    };
    assert_eq!(failure(&answer).retry_after_ms, Some(90_000.0));
}

/// Whatever the last attempt came to, an earlier one may have canceled the order.
#[test]
fn a_lost_answer_is_in_the_hint_of_every_later_problem() {
    let later = [
        Problem::Unreachable,
        problem(&error(429, "")),
        problem(&error(418, "")),
        problem(&error(404, "order_not_found")),
        problem(&error(401, "jwt_verification")),
    ];
    for problem in later {
        let hint = |lost: &[Problem]| {
            let mut history = History::default();
            for problem in lost {
                history.record(problem);
            }
            history.record(&problem);
            history.failure(&problem).hint.unwrap()
        };
        let (alone, after) = (hint(&[]), hint(&[Problem::ConnectionLost]));
        assert!(
            after.to_lowercase().contains("an earlier attempt"),
            "{after}"
        );
        assert!(!alone.contains("arlier attempt"), "{alone}");
    }
}

/// Codes that a cancellation can meet; each has advice of its own.
#[test]
fn documented_codes_have_hints_of_their_own() {
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
        .filter_map(|(status, code)| failure(&error(*status, code)).hint)
        .collect();
    hints.sort_unstable();
    hints.dedup();
    assert_eq!(hints.len(), codes.len());
}

#[test]
fn spellings_of_a_code_share_their_hint() {
    let hint = |code| failure(&error(400, code)).hint;
    assert_eq!(hint("invaild_parameter"), hint("invalid_parameter"));
    assert_eq!(hint("no_authorization_i_p"), hint("no_authorization_ip"));
    let exception = hint("V1::Exceptions::InvalidQueryPayload");
    assert_eq!(exception, hint("invalid_query_payload"));
}
