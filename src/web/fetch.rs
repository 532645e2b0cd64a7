//! One attempt: sends a signed request and reads the answer to its last byte, within a limit.

use super::account::SignedRequest;
use super::body;
use super::clock;
use super::object::{self, object, property};
use super::signal::Signal;
use super::timer::Timer;
use crate::answer::Answer;
use crate::problem::Problem;
use crate::rate_headers::{remaining_requests, retry_after};
use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Response};

/// The method of a cancellation.
pub const METHOD: &str = "DELETE";

/// Options that keep cookies, caches and referrers out of the request. Runtimes without these
/// ideas (workerd) throw at their mere mention, so each is set only where requests have it.
const PRIVACY: [(&str, &str); 4] = [
    ("credentials", "omit"),
    ("cache", "no-store"),
    ("referrer", ""),
    ("referrerPolicy", "no-referrer"),
];

/// Codes of Node's TLS for a certificate that it refused before anything was sent.
const REFUSED_CERTIFICATE: [&str; 8] = [
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &JsValue) -> Result<Promise, JsValue>;
}

/// What came of an attempt.
pub struct Attempt {
    /// The answer, or why there is none.
    pub answer: Result<Answer, Problem>,
    /// What `Remaining-Req` says.
    pub remaining: Option<u32>,
}

impl Attempt {
    fn failed(problem: Problem) -> Self {
        Self {
            answer: Err(problem),
            remaining: None,
        }
    }
}

/// Sends the request. The limit spans everything from the connection to the last byte.
pub async fn attempt(request: &SignedRequest, limit: Duration, interrupt: &Signal) -> Attempt {
    let Ok(connection) = Connection::new() else {
        return Attempt::failed(Problem::Unreachable);
    };
    let timer = Timer::start(limit);
    let mut exchange = pin!(exchange(request, &connection));
    poll_fn(|context| {
        // First of all the answer: one that is there is told, whatever else has happened.
        if let Poll::Ready(attempt) = exchange.as_mut().poll(context) {
            return Poll::Ready(attempt);
        }
        if interrupt.poll(context).is_ready() {
            return Poll::Ready(Attempt::failed(Problem::Aborted));
        }
        let late = timer.signal().poll(context);
        late.map(|()| Attempt::failed(Problem::TimedOut))
    })
    .await
}

async fn exchange(request: &SignedRequest, connection: &Connection) -> Attempt {
    let Ok(sent) = send(request, connection) else {
        return Attempt::failed(Problem::Unreachable);
    };
    // Not checked for its class: a page's or a test's own `fetch` may answer with another.
    let response: Response = match JsFuture::from(sent).await {
        Ok(response) => response.unchecked_into(),
        Err(error) if never_sent(&error) => return Attempt::failed(Problem::Unreachable),
        Err(_) => return Attempt::failed(Problem::ConnectionLost),
    };
    let attempt = read(&response).await;
    connection.finished();
    attempt
}

fn send(request: &SignedRequest, connection: &Connection) -> Result<Promise, JsValue> {
    global_fetch(&request.url, &init(request, connection)?)
}

async fn read(response: &Response) -> Attempt {
    let headers = response.headers();
    let header = |name| headers.get(name).ok().flatten();
    Attempt {
        remaining: header("remaining-req").and_then(|text| remaining_requests(&text)),
        answer: Ok(Answer {
            status: response.status(),
            retry_after: header("retry-after")
                .and_then(|text| retry_after(&text, clock::since_epoch())),
            body: body::read(response).await,
        }),
    }
}

fn init(request: &SignedRequest, connection: &Connection) -> Result<JsValue, JsValue> {
    let headers = Headers::new()?;
    let authorization = zeroize::Zeroizing::new(["Bearer ", &request.token].concat());
    headers.set("Authorization", &authorization)?;
    headers.set("Accept", "application/json")?;
    let init = object([
        ("method", METHOD.into()),
        ("headers", headers.into()),
        ("signal", connection.controller.signal().into()),
        ("redirect", "manual".into()),
    ]);
    let known = object::get(&js_sys::global(), "Request")
        .and_then(|class| object::get(&class, "prototype"))?;
    for (name, value) in PRIVACY {
        if known.is_object() && object::has(&known, name)? {
            object::set_text(&init, name, value);
        }
    }
    Ok(init)
}

/// Ends the request when dropped before the answer was read.
struct Connection {
    controller: AbortController,
    open: Cell<bool>,
}

impl Connection {
    fn new() -> Result<Self, JsValue> {
        Ok(Self {
            controller: AbortController::new()?,
            open: Cell::new(true),
        })
    }

    fn finished(&self) {
        self.open.set(false);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.open.get() {
            self.controller.abort();
        }
    }
}

/// Whether an error of `fetch` proves that no connection was made. Node and those who follow it
/// tell in the error's cause; a browser tells nothing.
fn never_sent(error: &JsValue) -> bool {
    let cause = property(error, "cause");
    let causes = property(&cause, "errors");
    if let Some(causes) = causes.dyn_ref::<Array>() {
        return causes.length() > 0 && causes.iter().all(|cause| failed_to_connect(&cause));
    }
    failed_to_connect(&cause)
}

fn failed_to_connect(cause: &JsValue) -> bool {
    let text = |name| property(cause, name).as_string().unwrap_or_default();
    let code = text("code");
    matches!(text("syscall").as_str(), "connect" | "getaddrinfo")
        || code == "UND_ERR_CONNECT_TIMEOUT"
        || REFUSED_CERTIFICATE.contains(&code.as_str())
}
