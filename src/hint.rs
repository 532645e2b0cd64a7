//! What a user can do about a failure: one sentence for each.
//!
//! The codes are those of Upbit's [REST API guide](https://global-docs.upbit.com/reference/rest-api-guide)
//! and a few that have been seen without being documented.

use crate::endpoint::Method;
use crate::outcome::Outcome;
use crate::problem::{BadResponse, ErrorAnswer, Problem};

/// The last attempt did nothing, but nobody knows what an earlier one did.
pub const AFTER_A_LOST_ANSWER: &str = "Look at your open orders: an earlier attempt, whose answer was lost, may have canceled the order.";

/// No look-up could tell how the order ended.
pub const LOOK_AGAIN: &str = "Look the order up: it may be canceled, filled or still open.";

/// The order was filled before its cancellation took effect.
pub const FILLED: &str = "The order was filled: look at your balance before you place another one.";

/// The order was not found, but another entry may have named it.
pub const OTHER_NAME_UNKNOWN: &str = "Look the order up: another entry names the same order, and may have canceled it: its answer was lost.";

/// Listing was refused, so nothing was canceled.
pub const LIST_NEEDS_VIEW_ORDERS: &str =
    "Give the key the permission [View Orders], or use `cancelOpen`, which cancels without a list.";

/// A list proved nothing.
pub const LIST_AGAIN: &str = "List the open orders again in a moment, or name fewer markets.";

/// Upbit takes no requests for now.
pub const WAIT: &str = "Try again when the time in `retryAfterMs` has passed.";

/// The advice for a call that ended with this problem.
#[must_use]
pub fn for_problem(problem: &Problem, outcome: Outcome, method: Method) -> &'static str {
    match problem {
        Problem::Rejected(answer) => for_rejection(answer, outcome, method),
        Problem::Blocked(_) if outcome == Outcome::Unknown => {
            "Send nothing until the block ends. Then look at your open orders: an earlier attempt may have canceled the order."
        }
        Problem::Throttled(_) | Problem::Unreachable(_) if outcome == Outcome::Unknown => {
            AFTER_A_LOST_ANSWER
        }
        Problem::Throttled(_) => {
            "Other programs may use the rate limit of this account too: send fewer requests, or try again in a few seconds."
        }
        Problem::Blocked(_) => {
            "Send nothing until the block ends: every further request prolongs it."
        }
        Problem::Unreachable(_) => {
            "The request was not sent: check the network, the base URL, and that the host's certificate is trusted."
        }
        _ if method == Method::Get => for_failed_read(problem),
        Problem::Server(_) => {
            "Look at your open orders before you try again: the order may be canceled in spite of the error."
        }
        Problem::ConnectionLost(_) | Problem::TimedOut => {
            "Look at your open orders before you try again: the request may have arrived."
        }
        Problem::Aborted => match outcome {
            Outcome::NotCanceled => "No request of this call took effect.",
            Outcome::Unknown => {
                "Look at your open orders: a request was sent and may have taken effect."
            }
        },
        Problem::BadResponse(_, BadResponse::Redirect) => {
            "Check the base URL: Upbit does not redirect, so this may not be Upbit; then look at your open orders."
        }
        Problem::BadResponse(_, BadResponse::OtherOrder) => {
            "Look at your open orders: a proxy or relay may have mixed up two answers."
        }
        Problem::BadResponse(..) => {
            "Look at your open orders: the status says success, but the body is not Upbit's; a proxy may have made it."
        }
    }
}

/// A read changes nothing, so it can be tried again.
fn for_failed_read(problem: &Problem) -> &'static str {
    match problem {
        Problem::Aborted => "Nothing was changed: the request only reads.",
        Problem::BadResponse(_, BadResponse::Redirect) => {
            "Check the base URL: Upbit does not redirect, so this may not be Upbit."
        }
        Problem::BadResponse(..) => "Check the base URL: a proxy may have made the answer.",
        _ => "Try again: the request only reads, and nothing was changed.",
    }
}

fn for_rejection(answer: &ErrorAnswer, outcome: Outcome, method: Method) -> &'static str {
    let code = answer.code.as_deref().unwrap_or_default();
    match (code, outcome) {
        ("order_not_found", Outcome::Unknown) => {
            "Look the order up: an earlier attempt, whose answer was lost, may well have canceled it."
        }
        ("nonce_used", Outcome::Unknown) => {
            "Look the order up: a proxy or relay sent the request twice, and the first copy may have canceled it."
        }
        (_, Outcome::Unknown) => AFTER_A_LOST_ANSWER,
        ("out_of_scope", _) if method == Method::Get => {
            "Give the key the permission [View Orders] in Upbit's API key management."
        }
        (_, Outcome::NotCanceled) => for_code(code, answer.status),
    }
}

/// The advice for an error that nothing went before.
#[must_use]
pub fn for_code(code: &str, status: u16) -> &'static str {
    match code {
        "order_not_found" => {
            "Check the UUID or identifier, the region and the account. The order may already be filled or canceled."
        }
        "validation_error" | "invalid_parameter" | "invaild_parameter" => {
            "Check the UUID or identifier: Upbit does not accept it."
        }
        "bad_request" => "Read Upbit's message: it says what is wrong with the request.",
        "QUERY_PARAMETER_NOT_SUPPORTED" => {
            "A proxy or relay on the way has changed the request: Upbit takes parameters from the query only."
        }
        "invalid_query_payload" | "V1::Exceptions::InvalidQueryPayload" => {
            "A proxy or relay on the way has changed the query: it is not the one that was signed."
        }
        "nonce_used" => "Try again: a proxy or relay sent the request twice.",
        "jwt_verification" => {
            "Check the secret key: it must be the one issued with this access key, complete and without spaces around it."
        }
        "invalid_access_key" => {
            "Check the access key and the region: a key works only in the region that issued it."
        }
        "expired_access_key" => {
            "Create a new key at Upbit: a key expires after a year and cannot be extended."
        }
        "no_authorization_token" => {
            "A proxy or relay on the way has removed the Authorization header: let it pass."
        }
        "no_authorization_ip" | "no_authorization_i_p" => {
            "Add the IP address that you send from to the key's list at Upbit."
        }
        "out_of_scope" => {
            "Give the key the permission [Make Orders] in Upbit's API key management."
        }
        "thirdparty_agreement_required" => {
            "Accept the third-party agreement on Upbit's site, then try again."
        }
        "market_offline" => "The market is under maintenance: try again when it is back.",
        "pocket_not_found" => "Check that the pocket that this key belongs to still exists.",
        "not_found" => "Check the base URL: there is no such endpoint at this address.",
        _ => for_status(status),
    }
}

fn for_status(status: u16) -> &'static str {
    match status {
        401 | 403 => "Check the keys, their permissions, their IP list and the region.",
        404 => "Check the order and the base URL: the answer is not one that Upbit documents.",
        _ => "Upbit does not document this code: read its message.",
    }
}
