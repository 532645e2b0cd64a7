//! One attempt: sends a signed request and reads the answer to its last byte, within a limit.

use super::account::SignedRequest;
use super::clock::time_limit;
use super::interrupts::Event;
use crate::problem::Problem;
use crate::rate_budget::RateGroup;
use crate::rate_headers::{remaining_requests, retry_after};
use crate::response::{Body, Response};
use futures_util::future::{Either, select};
use js_sys::{Object, Promise, Reflect};
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect,
};

// A page's or a test's own `fetch` may answer with anything: everything is read through imports that catch.
#[wasm_bindgen]
extern "C" {
    /// The bare global: pages, workers and Node have it, `window` only pages.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;

    type Answer;
    #[wasm_bindgen(method, structural, catch, getter)]
    fn status(this: &Answer) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, getter)]
    fn headers(this: &Answer) -> Result<AnswerHeaders, JsValue>;
    #[wasm_bindgen(method, structural, catch, getter)]
    fn body(this: &Answer) -> Result<JsValue, JsValue>;

    type AnswerHeaders;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &AnswerHeaders, name: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "#host")]
extern "C" {
    /// Reads a body to its end, and parses it. Resolves to an object with it, or to the reason why there is none.
    #[wasm_bindgen(js_name = readBody)]
    fn read_body(body: &JsValue) -> Promise;

    /// The milliseconds since 1970 of an HTTP date.
    #[wasm_bindgen(js_name = httpDate)]
    fn http_date(date: &str) -> Option<f64>;

    /// What the runtime tells of a `fetch` that failed.
    #[wasm_bindgen(js_name = connectionError)]
    fn connection_error(error: &JsValue) -> ConnectionError;

    type ConnectionError;
    /// Such as `ECONNREFUSED`.
    #[wasm_bindgen(method, getter)]
    fn code(this: &ConnectionError) -> Option<String>;
    /// Whether it proves that nothing was sent.
    #[wasm_bindgen(method, getter, js_name = notSent)]
    fn not_sent(this: &ConnectionError) -> bool;
}

/// What came of an attempt.
pub struct Attempt {
    /// The answer, or why there is none.
    pub response: Result<Response<JsValue>, Problem>,
    /// What `Remaining-Req` says of the request's own group.
    pub remaining: Option<u32>,
}

impl Attempt {
    fn failed(problem: Problem) -> Self {
        Self {
            response: Err(problem),
            remaining: None,
        }
    }
}

/// Sends the request at once; the future reads the answer. The limit spans everything from the
/// connection to the last byte.
pub fn send(
    request: &SignedRequest,
    group: RateGroup,
    limit: Duration,
    aborted: &Rc<Event>,
) -> impl Future<Output = Attempt> + use<> {
    let sent = start(request);
    let aborted = aborted.fired();
    async move {
        let Ok((connection, answer)) = sent else {
            return Attempt::failed(Problem::Unreachable(None));
        };
        let read = connection.read(answer, group);
        // First of all the answer: one that is there is told, whatever else has happened.
        let (read, aborted, late) = (pin!(read), pin!(aborted), pin!(time_limit(limit)));
        match select(read, select(aborted, late)).await {
            Either::Left((attempt, _)) => attempt,
            Either::Right((Either::Left(_), _)) => Attempt::failed(Problem::Aborted),
            Either::Right((Either::Right(_), _)) => Attempt::failed(Problem::TimedOut),
        }
    }
}

/// An error here means that `fetch` was not reached.
fn start(request: &SignedRequest) -> Result<(Connection, Result<JsValue, JsValue>), JsValue> {
    let controller = AbortController::new()?;
    let headers = Headers::new()?;
    headers.append("Authorization", &request.authorization)?;
    headers.append("Accept", "application/json")?;
    // Without a prototype: what a page adds to the prototype of all objects must not get into the request.
    let init: RequestInit = bare_object().unchecked_into();
    init.set_method(request.method.name());
    init.set_headers(&headers);
    init.set_signal(Some(&controller.signal()));
    init.set_redirect(RequestRedirect::Manual);
    set_privacy(&init);
    if !Reflect::get(&js_sys::global(), &"fetch".into())?.is_function() {
        return Err(JsValue::UNDEFINED);
    }
    let answer = fetch(&request.url, &init);
    let connection = Connection {
        controller,
        open: Cell::new(true),
    };
    Ok((connection, answer))
}

fn bare_object() -> Object {
    Object::<JsValue>::create(JsValue::NULL.unchecked_ref()).unchecked_into()
}

/// Keeps cookies, caches and referrers out of the request. Runtimes that do not know these options
/// (workerd) throw at their mere mention, so only those that their requests have are set.
fn set_privacy(init: &RequestInit) {
    thread_local! {
        static KNOWN: [bool; 4] = ["credentials", "cache", "referrer", "referrerPolicy"].map(request_has);
    }
    let [credentials, cache, referrer, referrer_policy] = KNOWN.with(|known| *known);
    if credentials {
        init.set_credentials(RequestCredentials::Omit);
    }
    if cache {
        init.set_cache(RequestCache::NoStore);
    }
    if referrer {
        init.set_referrer("");
    }
    if referrer_policy {
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    }
}

fn request_has(option: &str) -> bool {
    let request = Reflect::get(&js_sys::global(), &"Request".into());
    let prototype = request.and_then(|class| Reflect::get(&class, &"prototype".into()));
    prototype
        .and_then(|prototype| Reflect::has(&prototype, &option.into()))
        .unwrap_or(false)
}

/// Ends the request when dropped before the answer was read.
struct Connection {
    controller: AbortController,
    open: Cell<bool>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.open.get() {
            self.controller.abort();
        }
    }
}

impl Connection {
    async fn read(&self, answer: Result<JsValue, JsValue>, group: RateGroup) -> Attempt {
        let attempt = match resolved(answer).await {
            Ok(answer) => read_answer(answer.unchecked_ref(), group).await,
            Err(error) => Err(error),
        };
        self.open.set(false);
        attempt.unwrap_or_else(|error| Attempt::failed(problem_of(&error)))
    }
}

/// Waits for what may be a promise.
async fn resolved(value: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&value?)).await
}

fn problem_of(error: &JsValue) -> Problem {
    let told = connection_error(error);
    if told.not_sent() {
        Problem::Unreachable(told.code())
    } else {
        Problem::ConnectionLost(told.code())
    }
}

async fn read_answer(answer: &Answer, group: RateGroup) -> Result<Attempt, JsValue> {
    let headers = answer.headers()?;
    let remaining = text(&headers, "remaining-req")?;
    let wait = text(&headers, "retry-after")?;
    let date = if wait.is_some() {
        text(&headers, "date")?
    } else {
        None
    };
    let body = parsed_body(answer.body()?).await?;
    let status = answer
        .status()?
        .as_f64()
        .filter(|status| (0.0..1000.0).contains(status));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is in range"
    )]
    let status = status.ok_or(JsValue::UNDEFINED)? as u16;
    Ok(Attempt {
        response: Ok(Response {
            status,
            retry_after: wait.and_then(|wait| retry_after(&wait, date.as_deref(), http_date)),
            body,
        }),
        remaining: remaining.and_then(|header| remaining_requests(&header, group)),
    })
}

fn text(headers: &AnswerHeaders, name: &str) -> Result<Option<String>, JsValue> {
    Ok(headers.get(name)?.as_string())
}

async fn parsed_body(body: JsValue) -> Result<Body<JsValue>, JsValue> {
    let read = JsFuture::from(read_body(&body)).await?;
    Ok(match read.as_string().as_deref() {
        None => Body::Json(Reflect::get(&read, &"json".into())?),
        Some("too large") => Body::TooLarge,
        Some("incomplete") => Body::Incomplete,
        Some(_) => Body::NotJson,
    })
}
