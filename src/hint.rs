//! What a user can do about a failure: one hint for each.
//!
//! The error codes are those of Upbit's [REST API guide](https://global-docs.upbit.com/reference/rest-api-guide),
//! plus a few undocumented ones that its servers have returned.

use crate::endpoint::Method;
use crate::outcome::Outcome;
use crate::problem::{BadResponse, ErrorResponse, Problem};

/// The last attempt had no effect, but the response to an earlier one was lost.
pub const AFTER_LOST_RESPONSE: &str = "Check your open orders: the response to an earlier attempt was lost, so that attempt may have canceled the order.";

/// No lookup showed how the order ended.
pub const LOOK_UP_ORDER: &str = "Look the order up: it may be canceled, filled or still open.";

/// The order was filled before its cancellation took effect.
pub const FILLED: &str =
    "Nothing is left to cancel. Check your balance before you place another order.";

/// The order was not found, but the cancellation of another entry may have canceled it.
pub const OTHER_ENTRY_UNKNOWN: &str = "Look the order up: another entry may name the same order, and the response to its cancellation was lost.";

/// The key may not list orders, so nothing was canceled.
pub const LIST_NEEDS_VIEW_ORDERS: &str = "Give the key the permission [View Orders], or use `cancelOpen`, which does not list the orders first.";

/// The lists did not agree with each other.
pub const LIST_AGAIN: &str =
    "List the open orders again in a moment, or name fewer markets in the filter.";

/// The rate group is paused, or the account is blocked.
pub const WAIT: &str = "Try again when the time in `retryAfterMs` has passed.";

/// The hint for a call that failed with this problem.
#[must_use]
pub fn for_problem(problem: &Problem, outcome: Outcome, method: Method) -> &'static str {
    match problem {
        Problem::Rejected(response) => for_rejection(response, outcome, method),
        Problem::Blocked(_) if outcome == Outcome::Unknown => {
            "Send nothing until the block ends. Then check your open orders: an earlier attempt may have canceled the order."
        }
        Problem::Throttled(_) | Problem::Unreachable(_) if outcome == Outcome::Unknown => {
            AFTER_LOST_RESPONSE
        }
        Problem::Throttled(_) => {
            "Other programs may use the rate limit of this account too: send fewer requests, or try again in a few seconds."
        }
        Problem::Blocked(_) => {
            "Send nothing until the block ends: every further request prolongs it."
        }
        Problem::Unreachable(_) => {
            "The request was not sent: check the network, the base URL and the host's TLS certificate."
        }
        _ if method == Method::Get => for_failed_read(problem),
        Problem::Server(_) => {
            "Check your open orders before you try again: the order may be canceled despite the error."
        }
        Problem::ConnectionLost(_) | Problem::TimedOut => {
            "Check your open orders before you try again: the request may have reached Upbit."
        }
        Problem::Aborted => match outcome {
            Outcome::NotCanceled => "No request of this call took effect.",
            Outcome::Unknown => {
                "Check your open orders: a request was sent and may have taken effect."
            }
        },
        Problem::BadResponse(_, BadResponse::Redirect) => {
            "Check the base URL: Upbit does not redirect, so another server may have answered. Then check your open orders."
        }
        Problem::BadResponse(_, BadResponse::OtherOrder) => {
            "Check your open orders: a proxy or relay may have mixed up two responses."
        }
        Problem::BadResponse(..) => {
            "Check your open orders: the status is a success, but the body is not from Upbit; a proxy may have replaced it."
        }
    }
}

/// A read changes nothing, so it is safe to try again.
fn for_failed_read(problem: &Problem) -> &'static str {
    match problem {
        Problem::Aborted => "The request only reads, so nothing was changed.",
        Problem::BadResponse(_, BadResponse::Redirect) => {
            "Check the base URL: Upbit does not redirect, so another server may have answered."
        }
        Problem::BadResponse(..) => {
            "Check the base URL: a proxy or another server may have answered."
        }
        _ => "Try again: the request only reads, so nothing was changed.",
    }
}

fn for_rejection(response: &ErrorResponse, outcome: Outcome, method: Method) -> &'static str {
    let code = response.code.as_deref().unwrap_or_default();
    match (code, outcome) {
        ("order_not_found", Outcome::Unknown) => {
            "Look the order up: the response to an earlier attempt was lost, and that attempt has probably canceled the order."
        }
        ("nonce_used", Outcome::Unknown) => {
            "Look the order up: a proxy or relay sent the request twice, and the first copy may have canceled the order."
        }
        (_, Outcome::Unknown) => AFTER_LOST_RESPONSE,
        ("out_of_scope", _) if method == Method::Get => {
            "Give the key the permission [View Orders] in Upbit's API key management."
        }
        (_, Outcome::NotCanceled) => for_code(code, response.status),
    }
}

/// The hint for an error code of the first attempt.
#[must_use]
pub fn for_code(code: &str, status: u16) -> &'static str {
    match code {
        "order_not_found" => {
            "Check the UUID or identifier, the region and the account. The order may already be filled or canceled."
        }
        "validation_error" | "invalid_parameter" | "invaild_parameter" => {
            "Check the UUID, identifier or filter: Upbit does not accept it."
        }
        "bad_request" => "Read Upbit's message: it says what is wrong with the request.",
        "QUERY_PARAMETER_NOT_SUPPORTED" => {
            "A proxy or relay has changed the request: Upbit takes parameters from the query string only."
        }
        "invalid_query_payload" | "V1::Exceptions::InvalidQueryPayload" => {
            "A proxy or relay has changed the query: it does not match the signed query hash."
        }
        "nonce_used" => "Try again: a proxy or relay sent the request twice.",
        "jwt_verification" => {
            "Check the secret key: it must be complete, without spaces around it, and belong to this access key."
        }
        "invalid_access_key" => {
            "Check the access key and the region: a key works only in the region that issued it."
        }
        "expired_access_key" => {
            "Create a new key at Upbit: a key expires after a year and cannot be renewed."
        }
        "no_authorization_token" => {
            "A proxy or relay has removed the Authorization header: configure it to pass the header on."
        }
        "no_authorization_ip" | "no_authorization_i_p" => {
            "Add your public IP address to the key's list of allowed addresses at Upbit."
        }
        "out_of_scope" => {
            "Give the key the permission [Make Orders] in Upbit's API key management."
        }
        "thirdparty_agreement_required" => {
            "Accept the third-party agreement on Upbit's site, then try again."
        }
        "market_offline" => "The market is under maintenance. Try again when it is back.",
        "pocket_not_found" => "Check that the pocket of this key still exists.",
        "not_found" => "Check the base URL: it has no such endpoint.",
        _ => for_status(status),
    }
}

fn for_status(status: u16) -> &'static str {
    match status {
        401 | 403 => "Check the keys, their permissions, their IP list and the region.",
        404 => "Check the order and the base URL: Upbit documents no such error.",
        _ => "Read Upbit's message: its documentation does not list this error.",
    }
}
