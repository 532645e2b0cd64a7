//! Turns an HTTP response into the endpoint's output or into a [`Problem`].

use crate::json_value::JsonValue;
use crate::problem::{BadResponse, ErrorResponse, Problem, RELAY_NOT_SENT};
use std::time::Duration;

/// Longest text of the server, in characters, that goes into an error.
const MAX_TEXT_LENGTH: usize = 200;

/// Upbit's access keys have 40 characters. A shorter one, as in a test, may occur in an error code by
/// chance.
const MIN_KEY_LENGTH: usize = 16;

/// An HTTP response whose body was read, as far as possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response<J> {
    /// HTTP status, or 0 if a browser hides the status of a redirect.
    pub status: u16,
    /// How long its `Retry-After` asks to wait.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Body<J>,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body<J> {
    /// The whole body, parsed.
    Json(J),
    /// The whole body, but it is not JSON.
    NotJson,
    /// The body is larger than 1 MiB, so it was not read to its end.
    TooLarge,
    /// The connection was lost before the end of the body.
    Incomplete,
}

/// What is needed of the request to interpret its response.
#[derive(Debug, Clone, Copy)]
pub struct RequestContext<'a> {
    /// Access key and token. They are masked if the server repeats them.
    pub sensitive: &'a [&'a str],
    /// Whether the request went to a loopback address. Only there, a relay may report that it sent
    /// nothing to Upbit.
    pub to_loopback: bool,
}

/// Turns a response into the endpoint's output. `accept` parses the body of a success.
///
/// The status decides; a body that cannot be read only matters for a 2xx.
///
/// # Errors
/// Returns a `Problem` unless the status is 2xx and `accept` takes the body.
pub fn interpret<J: JsonValue, T>(
    accept: impl FnOnce(J) -> Result<T, BadResponse>,
    response: Response<J>,
    request: RequestContext<'_>,
) -> Result<T, Problem> {
    let status = response.status;
    if (200..300).contains(&status) {
        return interpret_success(accept, response);
    }
    let error = read_error(&response, request.sensitive);
    let without_body = || ErrorResponse {
        code: None,
        message: None,
        ..error.clone()
    };
    Err(match status {
        429 => Problem::Throttled(error),
        418 => Problem::Blocked(error),
        502 if request.to_loopback && error.code.as_deref() == Some(RELAY_NOT_SENT) => {
            Problem::Unreachable(error.message)
        }
        408 | 500..=599 => Problem::Server(error),
        400..=499 => Problem::Rejected(error),
        0 => Problem::BadResponse(None, BadResponse::Redirect),
        300..=399 => Problem::BadResponse(Some(without_body()), BadResponse::Redirect),
        _ => Problem::BadResponse(Some(without_body()), BadResponse::Status),
    })
}

fn interpret_success<J: JsonValue, T>(
    accept: impl FnOnce(J) -> Result<T, BadResponse>,
    response: Response<J>,
) -> Result<T, Problem> {
    let Response {
        status,
        retry_after,
        body,
    } = response;
    let accepted = match body {
        Body::Json(body) => accept(body),
        Body::NotJson => Err(BadResponse::NotJson),
        Body::TooLarge => Err(BadResponse::TooLarge),
        Body::Incomplete => Err(BadResponse::Incomplete),
    };
    let response = ErrorResponse {
        status,
        retry_after,
        ..ErrorResponse::default()
    };
    accepted.map_err(|reason| Problem::BadResponse(Some(response), reason))
}

/// Reads Upbit's `error` object. Some endpoints return the name as a number.
fn read_error<J: JsonValue>(response: &Response<J>, sensitive: &[&str]) -> ErrorResponse {
    let error = match &response.body {
        Body::Json(body) => body.member("error"),
        Body::NotJson | Body::TooLarge | Body::Incomplete => None,
    };
    let sanitized = |name, sensitive: &[&str]| {
        let text = error.as_ref()?.text(name)?;
        Some(sanitize(&text, sensitive))
    };
    // Programs branch on the code, so masking must not change it by chance.
    let long_keys: Vec<_> = sensitive
        .iter()
        .copied()
        .filter(|key| key.len() >= MIN_KEY_LENGTH)
        .collect();
    ErrorResponse {
        status: response.status,
        retry_after: response.retry_after,
        code: sanitized("name", &long_keys),
        message: sanitized("message", sensitive),
    }
}

/// Masks keys, replaces control characters by spaces, and shortens the text.
fn sanitize(text: &str, sensitive: &[&str]) -> String {
    let mut sanitized = String::new();
    let mut left = MAX_TEXT_LENGTH;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if left == 0 {
            sanitized.push('…');
            break;
        }
        left -= 1;
        let key = sensitive.iter().find(|key| rest.starts_with(**key));
        let length = key.map_or(character.len_utf8(), |key| key.len());
        rest = rest.get(length..).unwrap_or_default();
        match character {
            _ if key.is_some() => sanitized.push_str("***"),
            _ if character.is_control() || is_bidi_control(character) => sanitized.push(' '),
            _ => sanitized.push(character),
        }
    }
    sanitized
}

/// Unicode characters that change the direction of the text around them.
fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
