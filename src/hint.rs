//! What a user can do about a failure: one sentence for each.
//!
//! The codes are those of Upbit's [REST API guide](https://global-docs.upbit.com/reference/rest-api-guide)
//! and a few that have been seen without being documented.

use crate::failure::Outcome;
use crate::problem::{BadResponse, ErrorAnswer, Problem};

/// For a call whose last attempt did nothing, after one of which nobody knows.
const AFTER_A_LOST_ANSWER: &str = "An earlier attempt, whose answer was lost, may have canceled the order: look at your open orders.";

/// The advice for a call that ended with this problem.
#[must_use]
pub fn for_problem(problem: &Problem, outcome: Outcome) -> &'static str {
    match problem {
        Problem::Rejected(answer) => for_rejection(answer, outcome),
        Problem::Blocked(_) if outcome == Outcome::Unknown => {
            "Send nothing until the time that Upbit tells has passed; then look at your open orders: an earlier attempt may have canceled the order."
        }
        Problem::Throttled(_) | Problem::Unreachable if outcome == Outcome::Unknown => {
            AFTER_A_LOST_ANSWER
        }
        Problem::Throttled(_) => {
            "Other requests of the account use its 30 a second: send fewer, or wait a second and try again."
        }
        Problem::Blocked(_) => {
            "Send nothing until the time that Upbit tells has passed: every further request prolongs the block."
        }
        Problem::Server(_) => {
            "Look at your open orders before you try again: the order may have been canceled although the answer failed."
        }
        Problem::Unreachable => {
            "The request was not sent: check the network, the base URL, and that the host's certificate is trusted."
        }
        Problem::ConnectionLost | Problem::TimedOut => {
            "Look at your open orders before you try again: the request may have arrived."
        }
        Problem::Aborted => match outcome {
            Outcome::NotCanceled => "No request of this call took effect: the order is as it was.",
            Outcome::Unknown => {
                "Look at your open orders: a request was under way and may have taken effect."
            }
        },
        Problem::BadResponse(_, BadResponse::Redirect) => {
            "Check the base URL: Upbit does not redirect, so this may not be Upbit; then look at your open orders."
        }
        Problem::BadResponse(..) => {
            "Look at your open orders: the answer says success but a proxy or an error may have made it."
        }
    }
}

fn for_rejection(answer: &ErrorAnswer, outcome: Outcome) -> &'static str {
    let code = answer.code.as_deref().unwrap_or_default();
    match (code, outcome) {
        ("order_not_found", Outcome::Unknown) => {
            "An earlier attempt, whose answer was lost, may well have canceled the order: look it up."
        }
        ("nonce_used", _) => {
            "Something on the way sent the request twice, and the first may have canceled the order: look it up."
        }
        (_, Outcome::Unknown) => AFTER_A_LOST_ANSWER,
        (_, Outcome::NotCanceled) => for_code(code, answer.status),
    }
}

fn for_code(code: &str, status: u16) -> &'static str {
    match code {
        "order_not_found" => {
            "Check the UUID or identifier, region and account: the order may be filled or canceled already."
        }
        "validation_error" | "invalid_parameter" | "invaild_parameter" => {
            "Check the UUID or identifier: Upbit could not make sense of it."
        }
        "bad_request" => "Read Upbit's message: it says what it did not like about the request.",
        "QUERY_PARAMETER_NOT_SUPPORTED" => {
            "A proxy or relay on the way has changed the request: Upbit takes the order from the query only."
        }
        "invalid_query_payload" | "V1::Exceptions::InvalidQueryPayload" => {
            "A proxy or relay on the way has changed the query: it is not the one that was signed."
        }
        "jwt_verification" => {
            "Check the secret key: it must be the one issued with this access key, whole and without spaces around it."
        }
        "invalid_access_key" => {
            "Check the access key and the region: a key works only in the region that issued it."
        }
        "expired_access_key" => {
            "Issue a new key at Upbit: a key ends after a year and cannot be extended."
        }
        "no_authorization_token" => {
            "A proxy or relay on the way has removed the Authorization header: let it pass."
        }
        "no_authorization_ip" | "no_authorization_i_p" => {
            "Add the IP address that you send from to the key's list at Upbit."
        }
        "out_of_scope" => {
            "Give the key the permission to make orders in Upbit's API key management."
        }
        "thirdparty_agreement_required" => {
            "Accept the agreement that Upbit asks for on its site first."
        }
        "market_offline" => "The market is under maintenance: try again when it is back.",
        "pocket_not_found" => "Check that the pocket that this key belongs to still exists.",
        "not_found" => "Check the base URL: there is no cancellation endpoint at this address.",
        _ => for_status(status),
    }
}

fn for_status(status: u16) -> &'static str {
    match status {
        401 | 403 => "Check the keys, their permissions, their IP list and the region.",
        404 => "Check the order and the base URL: the answer is not one that Upbit documents.",
        _ => "Read the message and code: Upbit does not document them.",
    }
}
