//! From an HTTP answer to success or a problem.

use crate::json::Json;
use crate::order::CanceledOrders;
use crate::problem::{BadResponse, ErrorAnswer, Problem};
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

/// As much of a server's words as fits an error message.
const LONGEST_TEXT: usize = 200;

/// An HTTP answer, read to its end or as far as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 0 where a browser hides that of a redirect.
    pub status: u16,
    /// How long its `Retry-After` asks to wait.
    pub retry_after: Option<Duration>,
    /// What could be read of it.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// More than is read.
    TooLarge,
    /// The connection broke before its end.
    Incomplete,
}

/// Says what an answer means.
///
/// Once there is a status, it decides; a body that cannot be read matters to a success only.
/// `sensitive` texts are blanked where a server repeats them.
///
/// # Errors
/// Everything but a 2xx status with an order in the body is a `Problem`.
pub fn judge(answer: &Answer, sensitive: &[&str]) -> Result<CanceledOrders, Problem> {
    let status = answer.status;
    if (200..300).contains(&status) {
        return success(answer);
    }
    let error = || read_error(answer, sensitive);
    Err(match status {
        429 => Problem::Throttled(error()),
        418 => Problem::Blocked(error()),
        408 | 500..=599 => Problem::Server(error()),
        400..=499 => Problem::Rejected(error()),
        0 => Problem::BadResponse(None, BadResponse::Redirect),
        300..=399 => Problem::BadResponse(Some(bare(answer)), BadResponse::Redirect),
        _ => Problem::BadResponse(Some(bare(answer)), BadResponse::Status),
    })
}

fn success(answer: &Answer) -> Result<CanceledOrders, Problem> {
    let bad = |what| Problem::BadResponse(Some(bare(answer)), what);
    match &answer.body {
        Body::Whole(body) => CanceledOrders::read(body).ok_or_else(|| bad(BadResponse::NoOrder)),
        Body::TooLarge => Err(bad(BadResponse::TooLarge)),
        Body::Incomplete => Err(bad(BadResponse::Incomplete)),
    }
}

fn bare(answer: &Answer) -> ErrorAnswer {
    ErrorAnswer {
        status: answer.status,
        retry_after: answer.retry_after,
        ..ErrorAnswer::default()
    }
}

fn read_error(answer: &Answer, sensitive: &[&str]) -> ErrorAnswer {
    let body = match &answer.body {
        Body::Whole(body) => core::str::from_utf8(body).ok().and_then(Json::read),
        Body::TooLarge | Body::Incomplete => None,
    };
    let error = body.as_ref().and_then(|body| body.member("error"));
    let member = |name| {
        let text = error?.member(name).and_then(text_or_number)?;
        (!text.is_empty()).then(|| presentable(text, sensitive))
    };
    ErrorAnswer {
        code: member("name"),
        message: member("message"),
        ..bare(answer)
    }
}

/// A name is text; some of Upbit's endpoints give a number.
fn text_or_number<'a>(value: &'a Json<'_>) -> Option<&'a str> {
    match value {
        Json::Number(digits) => Some(digits),
        other => other.text(),
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
            // Control characters of ASCII and Latin-1.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => shown.push(' '),
            _ => shown.push(character),
        }
    }
    shown
}
