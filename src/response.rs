//! From an HTTP answer to what the endpoint tells, or to a problem.

use crate::json_value::{JsonValue, LenientText};
use crate::problem::{BadResponse, ErrorAnswer, Problem, RELAY_NOT_SENT};
use serde::Deserialize;
use std::time::Duration;

/// As much of a server's words as fits an error message.
const LONGEST_TEXT: usize = 200;

/// Upbit's keys have 40 characters. A shorter one of a test may be a part of an error's name.
const SHORTEST_KEY: usize = 16;

/// An HTTP answer, read to its end or as far as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response<J> {
    /// HTTP status; 0 where a browser hides that of a redirect.
    pub status: u16,
    /// How long its `Retry-After` asks to wait.
    pub retry_after: Option<Duration>,
    /// What could be read of it.
    pub body: Body<J>,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body<J> {
    /// All of it, parsed.
    Json(J),
    /// All of it, but no JSON.
    NotJson,
    /// More than is read.
    TooLarge,
    /// The connection broke before its end.
    Incomplete,
}

/// What the sender knows of a request, for reading its answer.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// Texts that are blanked where a server repeats them.
    pub sensitive: &'a [&'a str],
    /// Whether it went to this machine: a relay on it is believed that it sent nothing.
    pub to_loopback: bool,
}

/// Says what an answer means. `accept`: that of the endpoint.
///
/// Once there is a status, it decides; a body that cannot be read matters to a success only.
///
/// # Errors
/// Everything but a 2xx status with a body that is accepted is a `Problem`.
pub fn judge<J: JsonValue, A>(
    accept: impl FnOnce(J) -> Result<A, BadResponse>,
    response: Response<J>,
    sent: Sent<'_>,
) -> Result<A, Problem> {
    let status = response.status;
    if (200..300).contains(&status) {
        return success(accept, response);
    }
    let error = read_error(&response, sent.sensitive);
    let bare = || ErrorAnswer {
        code: None,
        message: None,
        ..error.clone()
    };
    Err(match status {
        429 => Problem::Throttled(error),
        418 => Problem::Blocked(error),
        502 if sent.to_loopback && error.code.as_deref() == Some(RELAY_NOT_SENT) => {
            Problem::Unreachable(error.message)
        }
        408 | 500..=599 => Problem::Server(error),
        400..=499 => Problem::Rejected(error),
        0 => Problem::BadResponse(None, BadResponse::Redirect),
        300..=399 => Problem::BadResponse(Some(bare()), BadResponse::Redirect),
        _ => Problem::BadResponse(Some(bare()), BadResponse::Status),
    })
}

fn success<J: JsonValue, A>(
    accept: impl FnOnce(J) -> Result<A, BadResponse>,
    response: Response<J>,
) -> Result<A, Problem> {
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
    let answer = ErrorAnswer {
        status,
        retry_after,
        ..ErrorAnswer::default()
    };
    accepted.map_err(|what| Problem::BadResponse(Some(answer), what))
}

/// Upbit's error object. Some of its endpoints give the name as a number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorFacts {
    name: LenientText,
    message: LenientText,
}

fn read_error<J: JsonValue>(response: &Response<J>, sensitive: &[&str]) -> ErrorAnswer {
    let error = match &response.body {
        Body::Json(body) => body
            .member("error")
            .and_then(|error| error.read::<ErrorFacts>()),
        Body::NotJson | Body::TooLarge | Body::Incomplete => None,
    };
    let error = error.unwrap_or_default();
    let shown =
        |text: &LenientText, hidden: &[&str]| text.text().map(|text| presentable(text, hidden));
    // Much is decided by the name: a short key that is a part of one must not change it.
    let keys: Vec<_> = sensitive
        .iter()
        .copied()
        .filter(|key| key.len() >= SHORTEST_KEY)
        .collect();
    ErrorAnswer {
        status: response.status,
        retry_after: response.retry_after,
        code: shown(&error.name, &keys),
        message: shown(&error.message, sensitive),
    }
}

/// One line of moderate length that repeats no key.
fn presentable(text: &str, sensitive: &[&str]) -> String {
    let mut shown = String::new();
    let mut left = LONGEST_TEXT;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if left == 0 {
            shown.push('…');
            break;
        }
        left -= 1;
        let repeated = sensitive.iter().find(|key| rest.starts_with(**key));
        let taken = repeated.map_or(character.len_utf8(), |key| key.len());
        rest = rest.get(taken..).unwrap_or_default();
        match character {
            _ if repeated.is_some() => shown.push_str("***"),
            _ if character.is_control() || is_direction(character) => shown.push(' '),
            _ => shown.push(character),
        }
    }
    shown
}

/// Characters that change the direction of the text around them, and so what a person reads.
fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
