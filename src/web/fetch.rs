//! One attempt: sends a signed request with `fetch`, and reads the whole response within a timeout.

use super::account::SignedRequest;
use super::clock;
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

// A page may replace `fetch` with a function that returns anything, so every read may throw.
#[wasm_bindgen]
extern "C" {
    /// The global `fetch`. `window.fetch` would only exist in pages.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;

    type FetchResponse;
    #[wasm_bindgen(method, structural, catch, getter)]
    fn status(this: &FetchResponse) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, getter)]
    fn headers(this: &FetchResponse) -> Result<FetchHeaders, JsValue>;
    #[wasm_bindgen(method, structural, catch, getter)]
    fn body(this: &FetchResponse) -> Result<JsValue, JsValue>;

    type FetchHeaders;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &FetchHeaders, name: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "#host")]
extern "C" {
    /// Reads and parses a body. Resolves to an object with the member `json`, or to a string with the
    /// reason.
    #[wasm_bindgen(js_name = readBody)]
    fn read_body(body: &JsValue) -> Promise;

    /// Parses an HTTP date to milliseconds since 1970.
    #[wasm_bindgen(js_name = httpDate)]
    fn http_date(date: &str) -> Option<f64>;

    /// Interprets an error of `fetch`.
    #[wasm_bindgen(js_name = connectionError)]
    fn connection_error(error: &JsValue) -> ConnectionError;

    type ConnectionError;
    /// Such as `ECONNREFUSED`, if the runtime reports it.
    #[wasm_bindgen(method, getter)]
    fn code(this: &ConnectionError) -> Option<String>;
    /// Whether the error proves that nothing was sent.
    #[wasm_bindgen(method, getter, js_name = notSent)]
    fn not_sent(this: &ConnectionError) -> bool;
}

/// The result of an attempt.
pub struct Attempt {
    /// The response, or why there is none.
    pub response: Result<Response<JsValue>, Problem>,
    /// The requests left in the request's group, from `Remaining-Req`.
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

/// Sends the request before this returns. The future reads the response. The timeout covers the time from
/// the connection to the last byte.
pub fn send(
    request: &SignedRequest,
    group: RateGroup,
    timeout: Duration,
    aborted: &Rc<Event>,
) -> impl Future<Output = Attempt> + use<> {
    let sent = start(request);
    let aborted = aborted.fired();
    async move {
        let Ok((connection, response)) = sent else {
            return Attempt::failed(Problem::Unreachable(None));
        };
        let read = connection.read(response, group);
        // A response that has arrived counts, even if the call was aborted or the timeout has passed.
        let (read, aborted, late) = (pin!(read), pin!(aborted), pin!(clock::timeout(timeout)));
        match select(read, select(aborted, late)).await {
            Either::Left((attempt, _)) => attempt,
            Either::Right((Either::Left(_), _)) => Attempt::failed(Problem::Aborted),
            Either::Right((Either::Right(_), _)) => Attempt::failed(Problem::TimedOut),
        }
    }
}

/// Calls `fetch`. An error means that `fetch` was not called.
fn start(request: &SignedRequest) -> Result<(Connection, Result<JsValue, JsValue>), JsValue> {
    let controller = AbortController::new()?;
    let headers = Headers::new()?;
    headers.append("Authorization", &request.authorization)?;
    headers.append("Accept", "application/json")?;
    // Without a prototype, because a page may have added members to that of all objects.
    let init = Object::<JsValue>::create(JsValue::NULL.unchecked_ref());
    let init: RequestInit = init.unchecked_into();
    init.set_method(request.method.name());
    init.set_headers(&headers);
    init.set_signal(Some(&controller.signal()));
    init.set_redirect(RequestRedirect::Manual);
    set_privacy(&init);
    if !Reflect::get(&js_sys::global(), &"fetch".into())?.is_function() {
        return Err(JsValue::UNDEFINED);
    }
    let response = fetch(&request.url, &init);
    let connection = Connection {
        controller,
        open: Cell::new(true),
    };
    Ok((connection, response))
}

/// Excludes cookies, caches and the referrer. Sets only the options that the runtime supports, because
/// workerd throws for others.
fn set_privacy(init: &RequestInit) {
    thread_local! {
        static SUPPORTED: [bool; 4] = ["credentials", "cache", "referrer", "referrerPolicy"].map(request_has);
    }
    let [credentials, cache, referrer, referrer_policy] = SUPPORTED.with(|supported| *supported);
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

/// Aborts the request if it is dropped before the response was read.
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
    async fn read(&self, response: Result<JsValue, JsValue>, group: RateGroup) -> Attempt {
        let attempt = match resolve(response).await {
            Ok(response) => read_response(response.unchecked_ref(), group).await,
            Err(error) => Err(error),
        };
        self.open.set(false);
        attempt.unwrap_or_else(|error| Attempt::failed(problem_of(&error)))
    }
}

/// Waits for a value that may be a promise.
async fn resolve(value: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&value?)).await
}

fn problem_of(error: &JsValue) -> Problem {
    let error = connection_error(error);
    if error.not_sent() {
        Problem::Unreachable(error.code())
    } else {
        Problem::ConnectionLost(error.code())
    }
}

async fn read_response(response: &FetchResponse, group: RateGroup) -> Result<Attempt, JsValue> {
    let headers = response.headers()?;
    let remaining = header(&headers, "remaining-req")?;
    let retry_after_header = header(&headers, "retry-after")?;
    let date = if retry_after_header.is_some() {
        header(&headers, "date")?
    } else {
        None
    };
    let body = read_and_parse(response.body()?).await?;
    let status = response
        .status()?
        .as_f64()
        .filter(|status| (0.0..1000.0).contains(status));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is in 0..1000"
    )]
    let status = status.ok_or(JsValue::UNDEFINED)? as u16;
    Ok(Attempt {
        response: Ok(Response {
            status,
            retry_after: retry_after_header
                .and_then(|header| retry_after(&header, date.as_deref(), http_date)),
            body,
        }),
        remaining: remaining.and_then(|header| remaining_requests(&header, group)),
    })
}

fn header(headers: &FetchHeaders, name: &str) -> Result<Option<String>, JsValue> {
    Ok(headers.get(name)?.as_string())
}

async fn read_and_parse(body: JsValue) -> Result<Body<JsValue>, JsValue> {
    let read = JsFuture::from(read_body(&body)).await?;
    Ok(match read.as_string().as_deref() {
        None => Body::Json(Reflect::get(&read, &"json".into())?),
        Some("too large") => Body::TooLarge,
        Some("incomplete") => Body::Incomplete,
        Some(_) => Body::NotJson,
    })
}
