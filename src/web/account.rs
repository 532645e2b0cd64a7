//! The keys, base URL and settings of a client.

use super::clock;
use super::interrupts::Event;
use super::reservation::Registration;
use crate::base_url::BaseUrl;
use crate::credentials::Credentials;
use crate::endpoint::Method;
use crate::failure::StopReason;
use crate::query::Query;
use crate::settings::Settings;
use crate::token::Claims;
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// The keys, base URL and settings of a client.
pub struct Account {
    /// `None` after `close`.
    credentials: RefCell<Option<Credentials>>,
    /// `None` after `close`.
    registration: RefCell<Option<Rc<Registration>>>,
    pub base_url: BaseUrl,
    pub settings: Settings,
    pub closed: Rc<Event>,
}

/// A request with its token.
pub struct SignedRequest {
    pub method: Method,
    pub url: String,
    pub authorization: Zeroizing<String>,
    /// Masked if the response repeats it.
    pub access_key: Rc<Zeroizing<String>>,
}

/// A `RequestPreview`, for JavaScript.
#[derive(Serialize)]
struct Preview<'a> {
    method: &'static str,
    url: String,
    claims: Claims<'a>,
}

impl Account {
    pub fn new(
        credentials: Credentials,
        base_url: BaseUrl,
        settings: Settings,
        registration: Registration,
    ) -> Self {
        Self {
            credentials: RefCell::new(Some(credentials)),
            registration: RefCell::new(Some(Rc::new(registration))),
            base_url,
            settings,
            closed: Rc::default(),
        }
    }

    /// Wipes the keys, and ends the waits of all calls.
    pub fn close(&self) {
        self.credentials.take();
        self.registration.take();
        self.closed.fire();
    }

    pub fn registration(&self) -> Result<Rc<Registration>, StopReason> {
        self.registration.borrow().clone().ok_or(StopReason::Closed)
    }

    /// Signs a request with a fresh nonce.
    pub fn sign(
        &self,
        method: Method,
        path: &str,
        query: &Query,
    ) -> Result<SignedRequest, StopReason> {
        let credentials = self.credentials.borrow();
        let credentials = credentials.as_ref().ok_or(StopReason::Closed)?;
        let random = clock::random_bytes().ok_or(StopReason::NoRandomness)?;
        Ok(SignedRequest {
            method,
            url: self.base_url.request_url(path, query),
            authorization: Claims::new(credentials, query, random).authorization(credentials),
            access_key: credentials.access_key().clone(),
        })
    }

    /// Method, URL and claims of a request.
    pub fn preview(
        &self,
        method: Method,
        path: &str,
        query: &Query,
    ) -> Result<JsValue, StopReason> {
        let credentials = self.credentials.borrow();
        let credentials = credentials.as_ref().ok_or(StopReason::Closed)?;
        let random = clock::random_bytes().ok_or(StopReason::NoRandomness)?;
        Ok(super::convert::to_js(&Preview {
            method: method.name(),
            url: self.base_url.request_url(path, query),
            claims: Claims::new(credentials, query, random),
        }))
    }
}
