//! One attempt, read from the input.

use std::str;
use std::time::Duration;
use upbit_cancel_order::answer::{Answer, Body, judge};
use upbit_cancel_order::order::CanceledOrders;
use upbit_cancel_order::problem::Problem;
use upbit_cancel_order::rate_headers::retry_after;

/// A token and an access key, as a server may repeat them.
pub const SENSITIVE: [&str; 2] = ["eyJh.eyJh.c2ln", "ACCESS0KEY1"];

const BETWEEN: &[u8] = b"\n====\n";

const NOW: Duration = Duration::from_secs(1_750_000_000);

pub enum Attempt {
    Failed(Problem),
    Answered(Answer),
}

pub fn all(mut input: &[u8]) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    while let Some((attempt, rest)) = split_at(input, BETWEEN) {
        attempts.push(Attempt::read(attempt));
        input = rest;
    }
    attempts.push(Attempt::read(input));
    attempts
}

impl Attempt {
    fn read(input: &[u8]) -> Self {
        let (head, body) = split_at(input, b"\n\n").unwrap_or((input, b""));
        let head = str::from_utf8(head).unwrap_or_default();
        let mut lines = head.lines().skip_while(|line| line.is_empty());
        let first = lines.next().unwrap_or_default();
        match first {
            "unreachable" => return Self::Failed(Problem::Unreachable),
            "lost" => return Self::Failed(Problem::ConnectionLost),
            "late" => return Self::Failed(Problem::TimedOut),
            "aborted" => return Self::Failed(Problem::Aborted),
            _ => {}
        }
        let (status, reading) = first.split_once(' ').unwrap_or((first, ""));
        let header = lines.find_map(|line| line.strip_prefix("retry-after:"));
        Self::Answered(Answer {
            status: status.parse().unwrap_or_default(),
            retry_after: header.and_then(|header| retry_after(header, NOW)),
            body: match reading {
                "too large" => Body::TooLarge,
                "incomplete" => Body::Incomplete,
                _ => Body::Whole(body.to_vec()),
            },
        })
    }

    /// Judged as a call does it.
    pub fn result(&self) -> Result<CanceledOrders, Problem> {
        match self {
            Self::Failed(problem) => Err(problem.clone()),
            Self::Answered(answer) => judge(answer, &SENSITIVE),
        }
    }

    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Failed(_) => None,
            Self::Answered(answer) => Some(answer),
        }
    }

    pub fn retry_after(&self) -> Option<Duration> {
        self.answer()?.retry_after
    }

    /// Something that is random enough.
    pub fn jitter(&self) -> f64 {
        let length = self
            .answer()
            .map_or(0, |answer| format!("{:?}", answer.body).len());
        f64::from(u8::try_from(length % 256).unwrap()) / 256.0
    }
}

fn split_at<'a>(input: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = input
        .windows(mark.len())
        .position(|window| window == mark)?;
    Some((&input[..at], &input[at + mark.len()..]))
}
